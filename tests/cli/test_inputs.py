"""Options that cannot be meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result


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
    assert done.stderr.endswith("error: the output cannot be written: no space left on device\n")
    assert "Traceback" not in done.stderr
