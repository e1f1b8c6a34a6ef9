"""Bad files of scenarios, each beside the complete list of what is wrong with it.

`ESCALATION_RECORD=1 pytest tests/whatif/test_scenario_files.py` writes the lists anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from escalation.errors import Refused
from escalation.whatif.scenarios.load import loads
from tests.whatif.clinic import clinic

FILES = sorted((Path(__file__).parent.parent / "files" / "err" / "scenario").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_mistake_is_told_as_it_was_reviewed(file: Path) -> None:
    with pytest.raises(Refused) as caught:
        loads(file.read_bytes(), clinic(), file=file.name)
    output = "".join(f"{one}\n" for one in caught.value.diagnostics)
    expected = file.with_suffix(".out")
    if os.environ.get("ESCALATION_RECORD"):
        expected.write_text(output, encoding="utf-8")
    assert output == expected.read_text(encoding="utf-8")


def test_there_is_no_list_without_a_file() -> None:
    assert [file for file in FILES[0].parent.glob("*.out") if not file.with_suffix(".yaml").exists()] == []
