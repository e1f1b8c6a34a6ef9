"""README.md and the manual print what the product prints. ESCALATION_RECORD=1 rewrites them instead."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.manual.sessions import carry_out, recorded

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted(path.relative_to(ROOT) for path in (ROOT / "README.md", *ROOT.glob("escalation/manual/**/*.md")))
RECORDING = os.environ.get("ESCALATION_RECORD", "") not in {"", "0"}


@pytest.mark.parametrize("name", PAGES, ids=str)
def test_a_page_shows_what_its_commands_print(name: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    page = (ROOT / name).read_text(encoding="utf-8")
    outcomes = carry_out(page, tmp_path)
    if RECORDING:
        (ROOT / name).write_text(recorded(page, outcomes), encoding="utf-8")
    else:
        differences = "\n".join(outcome.difference for outcome in outcomes if outcome.difference)
        assert not differences, f"{name}, to be recorded anew with ESCALATION_RECORD=1 if this is right:\n{differences}"
