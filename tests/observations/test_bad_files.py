"""Every bad file has its complete output beside it; `ESCALATION_RECORD=1` records it again, to be read as a diff."""

from __future__ import annotations

import math
import os
import re
from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest

from escalation.errors import Refused
from escalation.observations import RULES, Locale, read
from tests.observations.vaccination import POLICY, Options

FOLDER = Path(__file__).resolve().parent.parent / "files" / "err" / "data"
FILES = sorted(path.name for path in FOLDER.glob("*.csv") if not path.name.endswith(".regions.csv"))
OPTIONS: dict[str, Options] = {
    "comma-under-id.csv": {"numbers": Locale.INDONESIAN},
    "grouped-under-en.csv": {"numbers": Locale.ENGLISH},
    "week-after-the-date-asked.csv": {"as_of": date(2021, 9, 19)},
}


def told(name: str) -> str:
    """Read a bad file, and print what is said of it and what is left of it."""
    regions = Path(name.replace(".csv", ".regions.csv"))
    options = OPTIONS.get(name, {}).copy()
    if regions.exists():
        options["regions"] = regions
    try:
        observations = read(name, POLICY, **options)
    except Refused as refusal:
        return f"{refusal}\nrefused\n"
    lines = [str(finding) for finding in observations.findings]
    for (region, metric), found in observations.series.items():
        lines += [f"{region}, {metric}: {', '.join(shown(one.value) for one in found)}"]
    return "\n".join([*lines, "read"]) + "\n"


def shown(value: float) -> str:
    """Print a figure, or say that what is on record cannot be used."""
    return "unusable" if math.isnan(value) else f"{value:.15g}"


def test_there_are_bad_files_of_all_sorts() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_told_completely(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    output = told(name)
    recorded = FOLDER / name.replace(".csv", ".out")
    if os.environ.get("ESCALATION_RECORD"):
        recorded.write_text(output, encoding="utf-8")
    assert output == recorded.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_finding_says_what_to_do_about_it(name: str) -> None:
    lines = (FOLDER / name.replace(".csv", ".out")).read_text(encoding="utf-8").splitlines()
    for index, line in enumerate(lines):
        rule = re.search(r": (?:error|warning|info): .* \[([a-z-]+)\]$", line)
        if rule and rule[1] in RULES and rule[1] != "revised":
            said = list(takewhile(lambda one: one.startswith("  "), lines[index + 1 :]))
            assert any(one.startswith("  help: ") for one in said), line
