"""Writing a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.cli.inputs import write_file
from escalation.errors import RequestError


def test_an_interrupted_write_leaves_the_file_as_it_was_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = tmp_path / "memo.md"
    goal.write_text("before", encoding="utf-8")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(goal, "after")
    assert [path.name for path in tmp_path.iterdir()] == ["memo.md"]
    assert goal.read_text(encoding="utf-8") == "before"


def test_a_file_that_cannot_be_written_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written"):
        write_file(tmp_path / "absent" / "memo.md", "text")
