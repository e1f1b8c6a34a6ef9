"""SQLite databases: tables, queries that can do nothing but ask, and files that are damaged or built to do harm."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from time import process_time

import pytest

from escalation.errors import Refused, RequestError
from escalation.observations import read
from tests.observations.vaccination import POLICY

WEEKLY = "create table weekly (region text, week text, cases real, first_doses integer)"
ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n)"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("weekly.sqlite")


def save(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def one_row(path: Path) -> None:
    save(path, WEEKLY, "insert into weekly values ('0032', '2021-W36', 0.1 + 0.2, 1120590)")


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read(path, POLICY)
    return str(refused.value)


def test_the_only_table_is_read(path: Path) -> None:
    one_row(path)
    observations = read(path, POLICY)
    assert observations.findings == ()
    assert observations.series["0032", "cases"][0].value == 0.3
    found = observations.series["0032", "first_doses"][0]
    assert found.value == 1120590.0
    assert str(observations.place("0032", "first_doses", found)) == "weekly.sqlite:weekly, row 1, first_doses"


def test_cells_of_the_wrong_type_are_told(path: Path) -> None:
    save(
        path, WEEKLY,
        "insert into weekly values ('B', '2021-W36', '1.234', x'00'), ('32', '2021-W36', null, 5)",
        "insert into weekly values ('C', '2021-W36', cast(x'ff' as text), 5)",
    )  # fmt: skip
    assert [(finding.place.cell, finding.rule) for finding in read(path, POLICY).findings] == [
        ("weekly, row 1, first_doses", "unreadable-value"),
        ("weekly, row 3, cases", "unreadable-value"),
    ]


def test_a_mapping_says_what_1_and_0_mean(path: Path) -> None:
    save(
        path, "create table w (region, week, services_ready, source)", "insert into w values ('B', '2021-W36', 1, 'x')"
    )
    Path("weekly.map.yaml").write_text('metrics: {services_ready: services_ready}\njudgements: {"1": yes, "0": no}\n')
    assert read(path, POLICY).series["B", "services_ready"][0].value == 1.0


def test_of_several_tables_one_is_named(path: Path) -> None:
    one_row(path)
    save(path, 'create table "a ""b" (region, week, cases)', "insert into \"a \"\"b\" values ('C', '2021-W36', 6)")
    with pytest.raises(RequestError) as request:
        read(path, POLICY)
    assert request.value.help == 'name one with --table; the tables are `a "b`, `weekly`'
    assert read(path, POLICY, table='a "b').regions == ("C",)
    with pytest.raises(Refused, match=r"\[no-such-table\]\n  help: did you mean `weekly`"):
        read(path, POLICY, table="weekley")
    with pytest.raises(RequestError, match="a table and a query are given"):
        read(path, POLICY, table="weekly", query="select 1")


def test_a_query_chooses_and_computes(path: Path) -> None:
    one_row(path)
    observations = read(path, POLICY, query="select region, week, first_doses * 2 as first_doses from weekly")
    assert observations.series["0032", "first_doses"][0].value == 2241180.0
    assert observations.digest != read(path, POLICY).digest


@pytest.mark.parametrize(
    "query",
    [
        "insert into weekly values (1, 2, 3, 4)",
        "drop table weekly",
        "select 1; select 2",
        "pragma table_info(weekly)",
        "select * from pragma_table_info('weekly')",
        "attach 'other.sqlite' as other",
        "vacuum into 'other.sqlite'",
        "select load_extension('other')",
        "select readfile('/etc/passwd')",
        "begin",
        "selekt",
        "",
        "select zeroblob(1000000000) as region",
        f"{ENDLESS} select count(*) as region from n",
        f"{ENDLESS} select x as region from n order by x",
    ],
)
def test_a_query_can_do_nothing_but_ask_and_not_for_ever(path: Path, query: str) -> None:
    one_row(path)
    before = path.read_bytes()
    start = process_time()
    with pytest.raises(RequestError) as request:
        read(path, POLICY, query=query)
    assert process_time() - start < 4
    assert request.value.help.startswith("write one SELECT")
    assert path.read_bytes() == before
    assert [*Path().iterdir()] == [path]


def test_a_query_that_gives_more_than_the_file_can_hold_is_refused(path: Path) -> None:
    one_row(path)
    with pytest.raises(Refused, match="file-too-large"):
        read(path, POLICY, query=f"{ENDLESS} select 'B' as region, '2021-W36' as week, 5 as cases from n")


def test_a_view_without_end_is_refused(path: Path) -> None:
    save(path, f"create view weekly as {ENDLESS} select count(*) as region from n")
    start = process_time()
    assert "it takes too long [not-a-table]" in refusal(path)
    assert process_time() - start < 4


def test_rows_in_a_second_file_are_not_passed_over(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("pragma journal_mode = wal")
        database.execute(WEEKLY)
        database.commit()
        assert "`weekly.sqlite-wal` stands beside it" in refusal(path)
        database.execute("insert into weekly values ('B', '2021-W36', 5, 6)")
        database.commit()
    assert read(path, POLICY).regions == ("B",)


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"", "empty-file"), (b"region,week\n", "not-a-table"), (b"SQLite format 3\x00" + bytes(9_000), "not-a-table")],
)
def test_what_is_no_database_is_refused(path: Path, content: bytes, rule: str) -> None:
    path.write_bytes(content)
    assert f"[{rule}]" in refusal(path)


@pytest.mark.parametrize("left", [50, 100, 4_096, 5_000, 8_191])
def test_a_cut_off_database_is_refused(path: Path, left: int) -> None:
    one_row(path)
    path.write_bytes(path.read_bytes()[:left])
    assert "[not-a-table]" in refusal(path)


def test_an_empty_database_is_refused(path: Path) -> None:
    save(path, WEEKLY, "drop table weekly")
    assert "the database has no table [empty-file]" in refusal(path)


def test_altered_bytes_never_end_in_a_traceback(path: Path) -> None:
    one_row(path)
    whole = path.read_bytes()
    draws = random.Random(36)  # noqa: S311 - not a secret
    for _ in range(200):
        altered = bytearray(whole)
        altered[draws.choice([draws.randrange(120), draws.randrange(len(whole))])] = draws.randrange(256)
        path.write_bytes(altered)
        try:
            read(path, POLICY)
        except (Refused, RequestError) as refused:
            assert str(refused)  # noqa: PT017 - both answers will do
