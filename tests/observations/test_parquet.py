"""Parquet files: values as they are, queries that can do nothing but ask, and files that are none."""

from __future__ import annotations

import math
import random
from pathlib import Path
from time import process_time

import duckdb
import pytest

from escalation.errors import Refused, RequestError
from escalation.observations import Observations, draft, read
from tests.observations.vaccination import POLICY

ROW = "select '0032' region, date '2021-09-12' date"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("weekly.parquet")


def save(path: Path, select: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("set threads = 1; set enable_progress_bar = false")
        connection.execute(f"copy ({select}) to '{path}' (format parquet, compression zstd)")


def of(path: Path, select: str) -> Observations:
    save(path, select)
    return read(path, POLICY)


def told(observations: Observations) -> list[tuple[str, str]]:
    return [(finding.place.cell, finding.rule) for finding in observations.findings]


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read(path, POLICY)
    return str(refused.value)


@pytest.mark.parametrize(
    ("value", "read_as"),
    [
        ("1120590::bigint", 1120590.0),
        ("55.58::decimal(5,2)", 55.58),
        ("1.000000000000000000::decimal(38,18)", 1.0),
        ("0.1::float", 0.1),
        ("1.120590e6::float", 1120590.0),
        ("0.1::double + 0.2::double", 0.3),
        ("5::utinyint", 5.0),
        ("'5.5'", 5.5),
    ],
)
def test_numbers_are_read_digit_for_digit(path: Path, value: str, read_as: float) -> None:
    (found,) = of(path, f"{ROW}, {value} as first_doses").series["0032", "first_doses"]
    assert found.value == read_as


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("1234567890123456::bigint", "too-many-digits"),
        ("'1.234'", "ambiguous-number"),
        ("'NaN'::double", "unreadable-number"),
        ("[1, 2]", "unreadable-value"),
        ("'\\x01'::blob", "unreadable-value"),
        ("interval 1 day", "unreadable-value"),
        ("true", "unreadable-number"),
        ("date '2021-09-12'", "unreadable-number"),
        ("repeat('9', 40000)", "cell-too-long"),
    ],
)
def test_what_is_no_number_is_told_with_its_row_and_column(path: Path, value: str, rule: str) -> None:
    observations = of(path, f"{ROW}, {value} as elderly")
    assert told(observations) == [("row 1, elderly", rule)]
    assert all(math.isnan(one.value) for one in observations.series.get(("0032", "elderly"), ()))


def test_truth_values_are_judgements_and_null_is_blank(path: Path) -> None:
    observations = of(path, f"{ROW}, true as services_ready, null as cases, 'dinkes' as source")
    assert observations.findings == ()
    assert observations.series["0032", "services_ready"][0].value == 1.0
    assert ("0032", "cases") not in observations.series


def test_a_moment_with_a_time_zone_is_no_date(path: Path) -> None:
    observations = of(path, "select 'B' region, '2021-09-12 23:00+00'::timestamptz as date, 5 as cases")
    assert told(observations) == [("row 1, date", "unreadable-week")]


def test_a_finding_names_file_row_and_column(path: Path) -> None:
    observations = of(path, "select 'B' region, '2021-W3' || i as week, '1.234' elderly from range(6, 8) t(i)")
    assert str(observations.findings[0]).startswith(
        "weekly.parquet:row 1, elderly: error: `elderly` of `B`: `1.234` is one number in Indonesian"
    )
    assert [finding.place.line for finding in observations.findings] == [1, 2]


def test_a_query_chooses_and_computes(path: Path) -> None:
    save(path, "select 'B' as area, '2021-W36' as week, 2 as cases from range(3)")
    observations = read(
        path, POLICY, query="select area as region, week, sum(cases) as cases from observations group by all;"
    )
    assert observations.series["B", "cases"][0].value == 6.0
    assert observations.digest != read(path, POLICY, query="select area region, week from observations").digest


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('other.txt')",
        "select * from 'other.parquet'",
        "select * from glob('*')",
        "copy observations to 'other.csv'",
        "select 1; select 2",
        "drop view observations",
        "install httpfs",
        "load 'other'",
        "attach 'other.db'",
        "set enable_external_access = true",
        "pragma version",
        "select * from observation",
        "selekt",
        "",
    ],
)
def test_a_query_can_do_nothing_but_ask(path: Path, query: str) -> None:
    save(path, f"{ROW}, 5 as cases")
    save(Path("other.parquet"), f"{ROW}, 6 as cases")
    Path("other.txt").write_text("secret", encoding="utf-8")
    before = sorted(Path().iterdir())
    with pytest.raises(RequestError) as request:
        read(path, POLICY, query=query)
    assert request.value.help == "write one SELECT from the table `observations`"
    assert sorted(Path().iterdir()) == before


def test_names_are_no_patterns_and_folders_no_columns(tmp_path: Path) -> None:
    folder = tmp_path / "cases=7"
    folder.mkdir()
    save(folder / "a.parquet", f"{ROW}, 5 as elderly")
    save(folder / "[a].parquet", f"{ROW}, 6 as elderly")
    observations = read(folder / "[a].parquet", POLICY)
    assert {metric: found[0].value for (_, metric), found in observations.series.items()} == {"elderly": 6.0}


@pytest.mark.parametrize("content", [b"", b"PAR1", b"region,week\nB,2021-W36\n", b"PAR1" + bytes(500) + b"PAR1"])
def test_what_is_no_parquet_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "[not-a-table]" in refusal(path) or not content


def test_a_cut_off_or_altered_file_is_refused_or_read_but_never_ends_in_a_traceback(path: Path) -> None:
    save(path, "select 'B' region, '2021-W36' as week, i as cases from range(2000) t(i)")
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    assert "[not-a-table]" in refusal(path)
    draws = random.Random(36)  # noqa: S311 - not a secret
    for _ in range(20):
        altered = bytearray(whole)
        altered[draws.randrange(len(altered))] ^= 1 << draws.randrange(8)
        path.write_bytes(altered)
        try:
            read(path, POLICY)
        except Refused as refused:
            assert refused.diagnostics  # noqa: PT017 - both answers will do


@pytest.mark.parametrize(
    "select",
    [
        "select 'B' region, '2021-W36' as week, 5 as cases from range(500000)",
        "select repeat('x', 3000000) region, '2021-W36' as week, 5 as cases from range(30)",
        "select repeat('x', 30000) region, '2021-W36' as week, 5 as cases from range(10000)",
        "select 'B' region, '2021-W36' as week, {}".format(", ".join(f"5 as c{number}" for number in range(2_000))),
    ],
)
def test_a_hostile_file_is_answered_within_two_seconds(path: Path, select: str) -> None:
    save(path, select)
    assert path.stat().st_size < 256_000
    start = process_time()
    try:
        assert read(path, POLICY).findings
    except Refused as refused:
        assert refused.diagnostics[0].rule == "file-too-large"  # noqa: PT017 - both answers will do
    assert process_time() - start < 2


def test_a_mapping_is_drafted_from_a_parquet_file(path: Path) -> None:
    save(path, "select 'Bekasi' as wilayah, date '2021-09-12' as tanggal, 5 as kasus")
    assert 'region: "wilayah"\ndate: "tanggal"' in draft(path)


def test_without_the_extra_the_reader_says_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(path, f"{ROW}, 5 as cases")
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(RequestError) as request:
        read(path, POLICY)
    assert request.value.help.startswith("pip install '.[sql]'")


def test_a_table_is_no_choice_of_a_parquet_file(path: Path) -> None:
    save(path, f"{ROW}, 5 as cases")
    with pytest.raises(RequestError, match="is no database"):
        read(path, POLICY, table="weekly")
