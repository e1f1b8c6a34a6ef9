"""Reports made up for tests, with texts that try to be more than texts."""

from __future__ import annotations

from datetime import date

from escalation.documents.report.model import Chart, Provenance, Report, Section, Sheet, Table
from escalation.policy.values import Language
from tests.documents.charts.gallery import fan, strip

HOSTILE = '</title></style><script>alert(1)</script>"; } body { display: none } \u202eevil\u2066'
FORMULA = '=HYPERLINK("x")'
SOURCE = Provenance(
    policy="Vaccination proof",
    name="bekasi-vaccination",
    version="1.0.0",
    digest="a" * 64,
    data="observations.csv",
    data_digest="b" * 64,
    week="2021-W47",
    as_of=date(2021, 11, 30),
    horizon=26,
    draws=10_000,
    seed=7,
    methods=("First doses: residual paths; past coverage 12 weeks ahead: 80% intervals held 78%",),
    retraced="40 of 40 random paths agree with the reference engine",
)
SHEET = Sheet(
    columns=(("region", str), ("draws", int), ("share", float)),
    rows=(("Kota Bekasi", 4, 0.5), (FORMULA, 2, None), (f"a, b\n{HOSTILE}", 3, 1e-300)),
)


def report(text: str = "Kota Bekasi", *, sections: int = 1, language: Language = Language.ENGLISH) -> Report:
    section = Section(
        heading=text,
        paragraphs=(text,),
        parts=(
            Table(title=text, columns=(text, "draws"), rows=((text, "4"),), numbers=frozenset({1})),
            Chart(title=text, drawing=fan(metric=text), caption=(text,)),
            Chart(title=text, drawing=strip(2, names=text)),
        ),
    )
    return Report(
        title=text,
        language=language,
        sections=(section,) * sections,
        labels=("Assumes that the measures do not change the metrics.", text),
        provenance=SOURCE,
        sheet=SHEET,
    )
