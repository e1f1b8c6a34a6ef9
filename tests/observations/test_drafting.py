"""Drafts of mappings: foreign tables of many kinds, each read through its draft once its metrics are renamed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from escalation.observations import Observations, draft, read
from escalation.periods import Calendar, Week
from tests.observations.vaccination import POLICY

W36 = Week.parse("2021-W36", Calendar.ISO).number
FOREIGN = {
    "semicolons and Indonesian numbers and dates": (
        "Tanggal;Kabupaten/Kota;Dosis 1\n12/09/2021;Bekasi;1.120.590\n19/09/2021;Bekasi;1.200.000\n",
        {"dosis_1": "first_doses"},
        [1120590.0, 1200000.0],
    ),
    "a comma in a quoted header": (
        'Wilayah;Minggu;"Cakupan (%), dosis 1"\nBekasi;2021-W36;55,58\nBekasi;2021-W37;56,1\n',
        {"cakupan_dosis_1": "elderly"},
        [55.58, 56.1],
    ),
    "a comma in a header without quotes": (
        "Wilayah;Minggu;Cakupan (%), dosis 1\nBekasi;2021-W36;55,58\nBekasi;2021-W37;56,1\n",
        {"cakupan_dosis_1": "elderly"},
        [55.58, 56.1],
    ),
    "tabs": ("city\tdate\tcases, new\nBekasi\t2021-09-12\t5\nBekasi\t2021-09-19\t6\n", {"cases_new": "cases"}, [5, 6]),
    "months first": ("city,date,count\nBekasi,9/12/2021,5\nBekasi,9/19/2021,6\n", {"count": "cases"}, [5, 6]),
    "a time behind the date": (
        "city,date,count\nBekasi,2021-09-12 00:00:00,5\nBekasi,2021-09-19T08:30:00,6\n",
        {"count": "cases"},
        [5, 6],
    ),
    "a row for each metric": (
        "Kecamatan,Tanggal,Indikator,Nilai\nBekasi,2021-09-12,Kasus baru,5\nBekasi,2021-09-19,Kasus baru,-\n",
        {"kasus_baru": "cases"},
        [5],
    ),
    "a line of totals": (
        "city;date;count\n" + "".join(f"Bekasi;2021-0{m}-05;{m}\n" for m in range(1, 10)) + "Total;;45\n",
        {"count": "cases"},
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ),
    "groups of regions": (
        "city,health service area,week,count\nBekasi,HSA 1,2021-W36,5\nBekasi,HSA 1,2021-W37,6\n",
        {"count": "cases"},
        [5, 6],
    ),
}


def through_draft(path: Path, names: dict[str, str]) -> Observations:
    text = draft(path)
    for drafted, name in names.items():
        assert f"\n  {drafted}: " in text
        text = text.replace(f"\n  {drafted}: ", f"\n  {name}: ")
    path.with_suffix(".map.yaml").write_text(text, encoding="utf-8")
    return read(path, POLICY)


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_table_is_read_through_its_draft(tmp_path: Path, name: str) -> None:
    table, names, values = FOREIGN[name]
    path = tmp_path / "foreign.csv"
    path.write_text(table, encoding="utf-8")
    observations = through_draft(path, names)
    (metric,) = names.values()
    assert [one.value for one in observations.series["Bekasi", metric]] == values
    assert [one.rule for one in observations.findings if one.rule not in ("blank-week", "total-as-region")] == []


def test_the_dates_of_a_workbook_are_dates_with_or_without_a_time(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Wilayah", "Waktu", "Kasus"])
    for day, hour, cases in ((12, 0, 5), (19, 8, 6)):
        book.active.append(["Bekasi", datetime(2021, 9, day, hour), cases])  # noqa: DTZ001 - workbooks have no zones
    book.save(tmp_path / "foreign.xlsx")
    observations = through_draft(tmp_path / "foreign.xlsx", {"kasus": "cases"})
    assert [one[:2] for one in observations.series["Bekasi", "cases"]] == [(W36, 5.0), (W36 + 1, 6.0)]
    assert observations.findings == ()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "Kota;Tanggal;Kasus\nB;12 September 2021;5\n",
            '#   "Tanggal" holds `12 September 2021`: write weeks or dates',
        ),
        ("Kota;Minggu ke;Tahun;Kasus\nB;36;2021;5\n", '#   "Minggu ke" holds `36`: write weeks or dates like those'),
        ("city,date,n\nB,09/12/2021,5\n", "# dates: dmy or mdy? the first rows can be read both ways; choose one"),
        ("city,date,share\nB,2021-09-12,55%\n", '# In the column "share" figures have a percent sign'),
        (
            "LAPORAN;;\nKota;Tanggal;Kasus\nB;2021-09-12;5\n",
            "# The first line of the table does not look like a header",
        ),
        ("city,basin,date,n\nB,X,2021-09-12,5\n", '# groups: {basin: "basin"}     # if a metric of the policy has'),
    ],
)
def test_a_draft_says_what_must_be_changed_by_hand(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "foreign.csv"
    path.write_text(table, encoding="utf-8")
    assert said in draft(path)


def kinds(folder: Path, text: str) -> dict[str, str]:
    (folder / "weekly.csv").write_text(text, encoding="utf-8")
    _, _, listed = draft(folder / "weekly.csv").partition("# metrics:\n")
    lines = [line.removeprefix("#").strip().partition(": ") for line in listed.splitlines()]
    return {name: declared for name, _, declared in lines}


def test_kinds_are_guessed_from_week_to_week_of_one_region_and_basis(tmp_path: Path) -> None:
    rows = [f"2021-0{month}-05,{basis},{start + month}" for month in range(9, 0, -1) for basis, start in BASES.items()]
    text = "date,basis,doses\n" + "\n".join(rows) + "\n"
    assert kinds(tmp_path, text) == {"doses": "{unit: people, kind: cumulative}"}


BASES = {"facility": 500, "resident": 100}


@pytest.mark.parametrize("name", ["target_people", "Sasaran", "population"])
def test_a_target_or_population_is_a_level(tmp_path: Path, name: str) -> None:
    (declared,) = kinds(tmp_path, f"week,{name}\n2021-W36,5\n2021-W37,6\n2021-W38,7\n").values()
    assert declared.endswith("kind: level}")


def test_a_column_of_answers_is_drafted_as_a_judgement_with_its_words(tmp_path: Path) -> None:
    text = "region,week,Siap\nBekasi,2021-W36,Ya\nBekasi,2021-W37,-\nBekasi,2021-W38,TIDAK\n"
    assert kinds(tmp_path, text) == {"siap": "{kind: judgement, by: name-of-the-role}"}
    mapping = tmp_path / "weekly.map.yaml"
    mapping.write_text(draft(tmp_path / "weekly.csv").replace("siap:", "services_ready:"), encoding="utf-8")
    observations = read(tmp_path / "weekly.csv", POLICY)
    assert [one.value for one in observations.series["Bekasi", "services_ready"]] == [1.0, 0.0]


def test_a_draft_says_that_metrics_have_the_names_of_the_policy(tmp_path: Path) -> None:
    (tmp_path / "weekly.csv").write_text("week,count\n2021-W36,5\n", encoding="utf-8")
    assert "# On the left stand the names of the metrics of your policy" in draft(tmp_path / "weekly.csv")
