"""`escalation format`: what is written, what is only shown, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
UNTIDY = "language:  1\nname:   x   # why\n\n\ncalendar: iso-week\n"
TIDY = "language: 1\nname: x     # why\n\ncalendar: iso-week\n"


@pytest.fixture
def untidy(folder: Path) -> Path:
    """Give a file that is not in the usual layout."""
    (folder / "untidy.yaml").write_text(UNTIDY, encoding="utf-8")
    return folder / "untidy.yaml"


def test_a_file_is_laid_out_once(run: Run, untidy: Path) -> None:
    assert run("format", "untidy.yaml").stdout == "untidy.yaml: formatted\n1 of 1 files formatted\n"
    assert untidy.read_text(encoding="utf-8") == TIDY
    assert run("format", "untidy.yaml").stdout == "0 of 1 files formatted\n"


def test_to_check_the_layout_changes_nothing(run: Run, untidy: Path) -> None:
    result = run("format", "--check", "untidy.yaml", "reservoir")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "untidy.yaml: would change" in result.stderr
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    run("format", "reservoir")
    assert run("format", "--check", "reservoir").exit_code == 0


def test_a_diff_shows_what_would_change(run: Run, untidy: Path) -> None:
    result = run("format", "--check", "--diff", "untidy.yaml")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:] == [
        "@@ -1,5 +1,4 @@",
        "-language:  1",
        "-name:   x   # why",
        "-",
        "+language: 1",
        "+name: x     # why",
        " ",
        " calendar: iso-week",
    ]
    assert untidy.read_text(encoding="utf-8") == UNTIDY


def test_nothing_is_written_where_one_file_cannot_be_read(run: Run, folder: Path, untidy: Path) -> None:
    (folder / "broken.yaml").write_text("a: [1\n", encoding="utf-8")
    result = run("format", "untidy.yaml", "broken.yaml")
    assert result.exit_code == 2
    assert "[unclosed-bracket]" in result.stderr
    assert untidy.read_text(encoding="utf-8") == UNTIDY


def test_a_link_stays_a_link(run: Run, folder: Path, untidy: Path) -> None:
    (folder / "link.yaml").symlink_to("untidy.yaml")
    assert run("format", "link.yaml").exit_code == 0
    assert (folder / "link.yaml").is_symlink()
    assert untidy.read_text(encoding="utf-8") == TIDY


@pytest.mark.parametrize("names", [[], ["nowhere"], ["*.yml"]])
def test_formatting_nothing_is_exit_3(run: Run, names: list[str]) -> None:
    assert run("format", *names).exit_code == 3
