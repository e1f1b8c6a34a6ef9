"""Text fitted to a terminal."""

from __future__ import annotations

from escalation.reports.fitting import fitted

LINE = "      ? Growth of coverage has no value; asked: below 4 points [an assumption of the policy file, not law]"


def test_a_long_line_goes_on_under_its_text() -> None:
    first, *others = fitted(LINE, 60).split("\n")
    assert first.startswith("      ? Growth")
    assert others
    assert all(line.startswith(" " * 8) and line[8] != " " and len(line) <= 60 for line in others)


def test_nothing_is_lost_and_short_lines_stay() -> None:
    text = f"short\n\n{LINE}\n"
    assert fitted(text, 60).split() == text.split()
    assert fitted(text, 200) == text


def test_rows_of_a_table_stay_whole() -> None:
    row = "Kota Bekasi  2021-W40  Appeal  4  undetermined  Instruction  to-instruction  First doses, Target population"
    assert fitted(row, 60) == row
