"""Pages of every kind that the product writes as HTML, by a name that says which."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from escalation.cli import main
from escalation.documents.layout.render import write
from tests.documents.layout.samples import hostile, paper
from tests.documents.papers.acts import CITY, FOLDER, GENERIC, STAGES, ladder, written

DATA = {name: ("--observations", str(FOLDER / f"observations-{name}.csv")) for name in ("illustration", "lingering")}
AHEAD = ("--judge", "services_ready=yes", "--draws", "100", "--weeks", "12")
RECORD = ("--standings", str(FOLDER / "standings.csv"))
GRID = ("--over", "first_dose_target=60..70/5", "--over", "slow_gain=2..4", "--outcome", "first:perda")
ALTERNATIVES = ("--scenario", "tests/files/alternatives.yaml", "--outcome", "first:perwal", "--prefer", "later")
PAPERS = {
    "papers": ("--charts",),
    "papers-en": ("--charts", "--lang", "en"),
    "circular": ("--for", "appeal", "--paper", "instrument"),
    "regulation": ("--for", "perwal", "--paper", "instrument", "--paper", "calendar"),
    "by-law": ("--for", "perda", "--paper", "instrument"),
}
REPORTS: dict[str, tuple[str, ...]] = {
    "forecast": ("forecast", str(FOLDER), *DATA["lingering"], *AHEAD),
    "forecast-id": ("forecast", str(FOLDER), *DATA["lingering"], *AHEAD, "--lang", "id"),
    "sweep": ("sweep", str(FOLDER), *DATA["illustration"], *AHEAD, *GRID),
    "tornado": ("tornado", str(FOLDER), *DATA["illustration"], "--outcome", "first:perda", "--by", "30%"),
    "tornado-id": ("tornado", str(FOLDER), *DATA["lingering"], *AHEAD, "--by", "5%", "--lang", "id"),
    "flip": ("flip", str(FOLDER), *DATA["lingering"]),
    "backtest": ("backtest", str(FOLDER), *DATA["illustration"], *RECORD),
    "regret": ("regret", str(FOLDER), *DATA["illustration"], *AHEAD, *ALTERNATIVES),
    "stress": ("stress", str(FOLDER), *DATA["illustration"], *RECORD),
}


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, (arguments, result.output)


@cache
def pages() -> dict[str, str]:
    """Write them: papers of both packs and languages, reports, the memo, and what has every part and hostile texts."""
    found = {"every-part": write(paper(), "html").decode(), "hostile": write(hostile(), "html").decode()}
    for pack, names in (("generic", GENERIC), ("indonesia-city", CITY)):
        found |= {f"{pack}-{stage}": written(ladder(names), stage, "html") for stage in STAGES}
    with TemporaryDirectory() as place:
        folder = Path(place)
        for name, options in PAPERS.items():
            _run("draft", str(FOLDER), *DATA["illustration"], *options, "--out", str(folder / name))
        for name, arguments in REPORTS.items():
            _run(*arguments, "--out", str(folder / name))
        _run("evaluate", str(FOLDER), *DATA["illustration"], "--memo", str(folder / "memo.html"))
        for file in sorted(folder.rglob("*.html")):
            found[file.relative_to(folder).as_posix()] = file.read_text(encoding="utf-8")
    return found
