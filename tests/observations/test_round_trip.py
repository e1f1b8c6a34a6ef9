"""Random tables are written and read back: wide or tidy, in any locale, nothing gained and nothing lost."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import Refused
from escalation.observations import Locale, read
from escalation.periods import Calendar, week_text
from tests.observations.vaccination import POLICY

METRICS = ("target_population", "cases", "elderly")
NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\xa0"), max_size=12
)
REGIONS = NAMES.map(lambda name: " ".join(name.split())).filter(lambda name: name.isprintable() and name.strip())


class Written(NamedTuple):
    """One figure of a random table; cents are hundredths."""

    region: str
    week: int
    known: int
    metric: str
    cents: int | None


@st.composite
def tables(draw: st.DrawFn) -> list[Written]:
    regions = draw(st.lists(REGIONS, min_size=1, max_size=4, unique=True))
    keys = st.tuples(
        st.sampled_from(regions), st.integers(105_400, 105_460), st.integers(0, 3), st.sampled_from(METRICS)
    )
    cents = st.none() | st.integers(0, 9_999)
    rows = draw(st.dictionaries(keys, cents, min_size=1, max_size=30))
    return [Written(*key, value) for key, value in rows.items()]


def printed(cents: int | None, locale: Locale | None) -> str:
    if cents is None:
        return ""
    text = f"{cents / 100:,.2f}" if locale is not None else f"{cents / 100:.2f}"
    return text.translate(str.maketrans(",.", ".,")) if locale is Locale.INDONESIAN else text


def as_of(one: Written) -> str:
    last_day = date.fromordinal(one.week * 7 + 7)
    return (last_day + timedelta(weeks=one.known)).isoformat() if one.known else ""


def tidy(table: list[Written], locale: Locale | None) -> list[list[str]]:
    head = ["region", "week", "as_of", "metric", "value"]
    return [head] + [
        [one.region, week_text(Calendar.ISO, one.week), as_of(one), one.metric, printed(one.cents, locale)]
        for one in table
    ]


def wide(table: list[Written], locale: Locale | None) -> list[list[str]]:
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for one in table:
        key = (one.region, week_text(Calendar.ISO, one.week), as_of(one))
        rows.setdefault(key, {})[one.metric] = printed(one.cents, locale)
    return [["region", "week", "as_of", *METRICS]] + [
        [*key, *(figures.get(metric, "") for metric in METRICS)] for key, figures in rows.items()
    ]


@given(table=tables(), locale=st.none() | st.sampled_from(Locale), is_wide=st.booleans(), quoted=st.booleans())
def test_what_is_written_is_read_back(
    table: list[Written], locale: Locale | None, *, is_wide: bool, quoted: bool
) -> None:
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=";", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n"
    )
    writer.writerows((wide if is_wide else tidy)(table, locale))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "observations.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        observations = read(path, POLICY, numbers=locale)
    assert {finding.rule for finding in observations.findings} <= {"revised", "fraction-for-percent"}
    assert set(observations.regions) == {one.region for one in table}
    found = {
        (region, one.week, one.known, metric): one.value
        for (region, metric), series in observations.series.items()
        for one in series
    }
    assert found == {
        (one.region, one.week, date.fromisoformat(as_of(one)).toordinal() if one.known else 0, one.metric): one.cents
        / 100
        for one in table
        if one.cents is not None
    }
    lines = text.getvalue().splitlines()
    for (region, metric), series in observations.series.items():
        for one in series:
            assert printed(round(one.value * 100), locale) in lines[one.line - 1][one.column - 1 :], (region, metric)


@given(
    data=st.binary(max_size=400) | st.text(alphabet='",;\n\t region,week,cases2021-W36.', max_size=400).map(str.encode)
)
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "observations.csv"
        for content in (data, b"region,week,cases\n" + data):
            path.write_bytes(content)
            try:
                read(path, POLICY)
            except Refused as refused:
                assert refused.diagnostics  # noqa: PT017 - both answers will do
