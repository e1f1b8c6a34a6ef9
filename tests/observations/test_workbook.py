"""Workbooks: good ones, bad ones, and those that are built to do harm."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import process_time
from typing import Any, Unpack

import pytest
from openpyxl import Workbook

from escalation.errors import Refused, RequestError
from escalation.observations import Locale, Observations, read
from escalation.periods import Calendar, Week
from tests.observations.vaccination import POLICY, Options

W36 = Week.parse("2021-W36", Calendar.ISO).number
SHEET = "xl/worksheets/sheet1.xml"
Edit = Callable[[bytes], bytes]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("weekly.xlsx")


def save(path: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    book.save(path)


def rewrite(path: Path, member: str, edit: Edit, *, add: str = "") -> None:
    """Change one member of a workbook behind the back of every library."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == member else old.read(name))
        if add:
            new.writestr(add, edit(b""))
    path.write_bytes(packed.getvalue())


def of(path: Path, *rows: list[Any], formats: dict[str, str] | None = None, **options: Unpack[Options]) -> Observations:
    save(path, list(rows), formats)
    return read(path, POLICY, **options)


def told(observations: Observations) -> str:
    return "\n".join(str(finding) for finding in observations.findings)


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read(path, POLICY)
    return str(refused.value)


def test_numbers_dates_and_texts_are_read_as_they_are(path: Path) -> None:
    observations = of(
        path,
        ["region", "week", "as_of", "first_doses", "elderly"],
        ["0032", "2021-W36", datetime(2021, 9, 12), 1120590, 55.58],  # noqa: DTZ001 - as workbooks hold dates
        ["0032", "2021-W37", date(2021, 9, 19), 1_200_000.0, 1.234],
    )
    assert observations.findings == ()
    assert observations.regions == ("0032",)
    found = observations.series["0032", "first_doses"][0]
    assert (found.week, found.value, found.known) == (W36, 1120590.0, date(2021, 9, 12).toordinal())
    assert str(observations.place("0032", "first_doses", found)) == "weekly.xlsx:Data!D2"
    assert observations.series["0032", "elderly"][1].value == 1.234


def test_weeks_may_be_dates_of_the_workbook(path: Path) -> None:
    rows: list[list[Any]] = [["region", "date", "cases"], ["B", datetime(2021, 9, 12), 5]]  # noqa: DTZ001 - as workbooks hold dates
    assert of(path, *rows).series["B", "cases"][0].week == W36


def test_the_noise_of_binary_sums_is_cut_at_fifteen_digits(path: Path) -> None:
    assert of(path, ["region", "week", "cases"], ["B", "2021-W36", 0.1 + 0.2]).series["B", "cases"][0].value == 0.3


def test_a_tidy_sheet_after_blank_rows_is_read(path: Path) -> None:
    observations = of(
        path,
        [],
        [],
        ["region", "week", "metric", "value"],
        ["B", "2021-W36", "cases", 5],
        [],
        ["B", "2021-W37", "cases", 6],
    )
    assert observations.findings == ()
    assert [one.line for one in observations.series["B", "cases"]] == [4, 6]


def test_a_mapping_names_the_sheet(path: Path) -> None:
    book = Workbook()
    for title, value in (("Notes", 1), ("Weekly", 2)):
        sheet = book.create_sheet(title)
        sheet.append(["region", "week", "cases"])
        sheet.append(["B", "2021-W36", value])
    book.save(path)
    Path("weekly.map.yaml").write_text("sheet: Weekly\n")
    assert read(path, POLICY).series["B", "cases"][0].value == 2.0
    Path("weekly.map.yaml").write_text("sheet: Weekley\n")
    assert refusal(path) == (
        "weekly.xlsx: error: the workbook has no sheet `Weekley` [no-such-sheet]\n  help: did you mean `Weekly`?"
    )


def test_texts_follow_the_locale_and_numbers_do_not(path: Path) -> None:
    observations = of(
        path, ["region", "week", "cases"], ["B", "2021-W36", "1.234"], ["B", "2021-W37", 1.5], numbers=Locale.INDONESIAN
    )
    assert [one.value for one in observations.series["B", "cases"]] == [1234.0, 1.5]


def test_a_formula_that_was_never_calculated_has_no_value(path: Path) -> None:
    observations = of(path, ["region", "week", "cases"], ["B", "2021-W36", "=2+3"], ["B", "2021-W37", 6])
    assert told(observations) == (
        "weekly.xlsx:Data!C2: error: `cases` of `B`: `=2+3` is no value: not used [formula-not-calculated]\n"
        "  help: open the workbook in a spreadsheet program and save it: a formula has no value before"
    )
    unusable, usable = observations.series["B", "cases"]
    assert math.isnan(unusable.value)
    assert usable.value == 6.0


def test_a_formula_with_its_value_is_read(path: Path) -> None:
    save(path, [["region", "week", "cases"], ["B", "2021-W36", "=2+3"]])
    rewrite(path, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>5</v>").replace(b"<v />", b"<v>5</v>"))
    observations = read(path, POLICY)
    assert observations.findings == ()
    assert observations.series["B", "cases"][0].value == 5.0


@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_value_is_no_value(path: Path, value: str) -> None:
    observations = of(
        path, ["region", "week", "cases"], ["B", "2021-W36", value], [value, "2021-W36", 5], ["B", value, 5]
    )
    assert [finding.place.cell for finding in observations.findings] == ["Data!C2", "Data!A3", "Data!B4"]
    assert {finding.rule for finding in observations.findings} == {"spreadsheet-error"}


def test_a_percent_cell_is_not_guessed(path: Path) -> None:
    observations = of(
        path, ["region", "week", "elderly", "cases"], ["B", "2021-W36", 0.55, 0.55], formats={"C2": "0%", "D2": "0%"}
    )
    assert told(observations) == (
        "weekly.xlsx:Data!C2: error: `elderly` of `B`: the cell holds 0.55 and shows it as a percentage: not used"
        " [percent-cell]\n  help: format the column as a number and write 55 for 55 %"
    )
    assert observations.series["B", "cases"][0].value == 0.55


def test_a_printed_percentage_may_be_a_percent_cell(path: Path) -> None:
    head = ["region", "week", "first_doses", "target_population", "first_dose_coverage"]
    assert of(path, head, ["B", "2021-W36", 1120590, 2016006, 0.5558], formats={"E2": "0.00%"}).findings == ()


def test_a_region_that_is_a_number_is_doubtful(path: Path) -> None:
    observations = of(path, ["region", "week", "cases"], [32, "2021-W36", 5], [32, "2021-W37", 6])
    assert [finding.rule for finding in observations.findings] == ["number-as-region"]
    assert observations.regions == ("32",)


def test_cells_of_the_wrong_type_are_told(path: Path) -> None:
    observations = of(
        path,
        ["region", "week", "cases", "services_ready", "source"],
        ["B", 202136, 5, "yes", "dinkes"],
        ["B", "2021-W36", True, True, "dinkes"],
        ["B", "2021-W38", datetime(2021, 9, 19), None, None],  # noqa: DTZ001 - as workbooks hold dates
    )
    assert [(finding.place.cell, finding.rule) for finding in observations.findings] == [
        ("Data!B2", "unreadable-week"),
        ("Data!C3", "unreadable-number"),
        ("Data!D3", "unreadable-judgement"),
        ("Data!C4", "unreadable-number"),
    ]


def test_an_empty_sheet_is_refused(path: Path) -> None:
    save(path, [])
    assert refusal(path).startswith(
        "weekly.xlsx: error: the sheet `Data` is empty [empty-file]\n  help: save the table"
    )


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty-file"),
        (b"region,week,cases\n", "not-a-table"),
        (b"PK\x03\x04 and then nothing", "not-a-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not-a-table"),
    ],
)
def test_what_is_no_workbook_is_refused(path: Path, content: bytes, rule: str) -> None:
    path.write_bytes(content)
    assert f"[{rule}]" in refusal(path)


def test_an_archive_that_is_no_workbook_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "region,week")
    assert refusal(path) == "weekly.xlsx: error: this is an archive, not a workbook [not-a-table]"


def test_a_cut_off_workbook_is_refused(path: Path) -> None:
    save(path, [["region", "week", "cases"]])
    path.write_bytes(path.read_bytes()[:-100])
    assert "[not-a-table]" in refusal(path)


def test_broken_xml_is_refused_without_a_traceback(path: Path) -> None:
    save(path, [["region", "week", "cases"], ["B", "2021-W36", 5]])
    rewrite(path, SHEET, lambda xml: xml[: len(xml) // 2])
    assert "the workbook cannot be read (ParseError) [not-a-table]" in refusal(path)


def test_entities_are_refused(path: Path) -> None:
    save(path, [["region", "week", "cases"], ["B", "2021-W36", 5]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    rewrite(path, SHEET, lambda xml: xml.replace(b"<worksheet", bomb + b"<worksheet", 1))
    assert "[hostile-workbook]" in refusal(path)


def test_members_with_one_name_are_refused(path: Path) -> None:
    save(path, [["region", "week", "cases"], ["B", "2021-W36", 5]])
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert "[hostile-workbook]" in refusal(path)


def test_thousands_of_members_are_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"{number}.xml", "")
    assert "1,001 members" in refusal(path)


def one_far_cell(xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def wide_rows(xml: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(3, 40_000))
    return xml.replace(b"</sheetData>", rows + b"</sheetData>")


def wide_header(xml: bytes) -> bytes:
    return xml.replace(b"</row>", b'<c r="XFD1"><v>1</v></c></row>', 1)


def bare_cells(xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", b"<row>" + b"<c/>" * 3_000_000 + b"</row></sheetData>")


def formulas(xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", b"<row>" + b"<c><f>1</f></c>" * 50_000 + b"</row></sheetData>")


def merged_cells(xml: bytes) -> bytes:
    return xml.replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 200_000 + b"</mergeCells>"
    )


def spaces(xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 60_000_000)


def declared_size(xml: bytes) -> bytes:
    return xml.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')


@pytest.mark.parametrize(
    "edit", [one_far_cell, wide_rows, wide_header, bare_cells, formulas, merged_cells, spaces, declared_size]
)
def test_a_hostile_workbook_is_answered_within_two_seconds(path: Path, edit: Edit) -> None:
    save(path, [["region", "week", "cases"], ["B", "2021-W36", 5]])
    rewrite(path, SHEET, edit)
    assert path.stat().st_size < 256_000
    start = process_time()
    try:
        assert read(path, POLICY).series["B", "cases"][0].value == 5.0
    except Refused as refused:
        assert refused.diagnostics[0].rule == "hostile-workbook"  # noqa: PT017 - both answers will do
    assert process_time() - start < 2


def test_without_the_extra_the_reader_says_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(path, [["region", "week", "cases"]])
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(RequestError) as request:
        read(path, POLICY)
    assert request.value.help.startswith("pip install '.[excel]' in the folder of this project")
