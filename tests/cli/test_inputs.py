"""Options that cannot be meant, and writing a file whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from escalation.cli.inputs import write_file
from escalation.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


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


def test_a_file_keeps_its_mode_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_file(tmp_path / "new.md", "text")
        (tmp_path / "old.md").touch()
        (tmp_path / "old.md").chmod(0o664)
        write_file(tmp_path / "old.md", "text")
    finally:
        os.umask(before)
    assert [oct((tmp_path / name).stat().st_mode & 0o777) for name in ("new.md", "old.md")] == ["0o600", "0o664"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--standings", ""], "the name is empty"),
        (["--observations", ""], "the name is empty"),
        (["--as-of", "20210310"], "is not a date; write it as 2021-09-12"),
        (["--set", "low_storage=30", "--set", "low_storage=50"], "`low_storage` is given two values"),
        (["--observations", "."], "`.` is a folder, not a table"),
        (["--observations", "/"], "`/` is a folder, not a table"),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused(
    run: Callable[..., Result], arguments: list[str], message: str
) -> None:
    result = run("evaluate", "reservoir", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_region_named_twice_is_evaluated_once(run: Callable[..., Result]) -> None:
    once = run("evaluate", "reservoir", "--region", "North", "--format", "csv")
    assert (
        run("evaluate", "reservoir", "--region", "North", "--region", "North", "--format", "csv").stdout == once.stdout
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("command", [["evaluate", "reservoir"], ["replay", "reservoir", "--format", "csv"]])
def test_output_that_cannot_be_written_is_told(folder: Path, command: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from escalation.cli import main; main()", *command],
            stdout=full, stderr=subprocess.PIPE, text=True, cwd=folder, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "error: the output cannot be written: no space left on device\n"
