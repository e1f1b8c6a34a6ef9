"""The mark stands under the words that a message is about, whatever the line holds."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from escalation.reports.excerpt import excerpt


def marked(line: str, column: int, *, width: int = 96) -> str:
    """Give what stands above the carets, as a terminal lines them up."""
    shown = excerpt([line], 1, column=column, width=width)
    assert shown is not None
    start = len(shown.mark) - len(shown.mark.lstrip())
    above, at = "", 0
    for character in shown.text:
        if start <= at < len(shown.mark):
            above += character
        at += cell_len(character)
    return above


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("name: bekasi", 7, "bekasi"),
        ("moves: [{to: restriction, trigger: lo}]", 14, "restriction"),
        ("  colour: red", 3, "colour"),
        ('title: "a, b: c"  # why', 8, '"a, b: c"'),
        ("title: 'it''s'", 8, "'it''s'"),
        ("for: 2 weeks  # long", 6, "2 weeks"),
        ("a: {b: 1}", 4, "{"),
        ("title: 水位 of it, x", 8, "水位 of it"),
        ("{title: 水位, storage: 55}", 22, "55"),
        ("\t\tname: x", 9, "x"),
        ("cafe\u0301: au lait", 8, "au lait"),
        ('title: "never closed', 8, '"'),
    ],
)
def test_the_mark_is_under_the_words(line: str, column: int, words: str) -> None:
    assert marked(line, column) == words


@pytest.mark.parametrize("column", [1, 50, 170, 330])
def test_a_long_line_is_cut_around_the_mark(column: int) -> None:
    line = " ".join(f"word{number:03}" for number in range(42))
    shown = excerpt([line], 1, column=column, width=60)
    assert shown is not None
    assert cell_len(shown.text) <= 60
    assert "^" in shown.mark
    assert marked(line, column, width=60).startswith(line[column - 1])


def test_a_mark_longer_than_the_line_shown_ends_with_it() -> None:
    shown = excerpt(["x" * 300], 1, column=1, width=50)
    assert shown is not None
    assert len(shown.mark) <= 50


def test_what_cannot_be_seen_is_shown() -> None:
    shown = excerpt(["a\x1b[31m\u202eb"], 1, column=2)
    assert shown is not None
    assert shown.text == "a\ufffd[31m\ufffdb"


def test_a_place_without_column_has_no_mark() -> None:
    shown = excerpt(["name: x"], 1, column=0)
    assert shown is not None
    assert shown.mark == ""


@pytest.mark.parametrize("line", [0, 2, 3])
def test_a_line_that_is_not_there_is_not_shown(line: int) -> None:
    assert excerpt(["name: x", "  "], line, column=1) is None
