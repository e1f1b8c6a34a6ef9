"""Parquet files, read by DuckDB (extra `sql`): nothing but the file named is opened, and nothing but a query is run."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from escalation.errors import RequestError, install
from escalation.observations.records import MAX_CELL
from escalation.observations.typed import USABLE, flaw, records, single

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from escalation.observations.findings import Findings
    from escalation.observations.records import Record

TABLE = "observations"
"""What a query calls the table that the file holds."""
MEMORY = "192MB"
BATCH = 200
ENDS = "; \t\r\n"
SAFE = re.compile(
    r"VARCHAR|ENUM\(|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|U?INTEGER$|DECIMAL|DOUBLE|BOOLEAN|DATE|TIMESTAMP|UUID|\W?NULL"
)
"""The types whose values are those of cells; `FLOAT` needs care, and others have no place in a table."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "memory_limit": MEMORY,
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
INSTALL = f"{install('sql')[0]}, or save the table as CSV"
ONE_SELECT = f"write one SELECT from the table `{TABLE}`"


def read_parquet(data: bytes, query: str | None, findings: Findings) -> Iterator[Record]:
    """Give the header of a Parquet file and its rows, or what a query makes of the table `observations`.

    Raise Refused for what is no Parquet file or a hostile one; RequestError for a query that is not one SELECT or does
    not fit the table, and without the extra `sql`.
    """
    if importlib.util.find_spec("duckdb") is None:
        raise RequestError("a Parquet file is read with duckdb", help=INSTALL)
    import duckdb  # noqa: PLC0415 - of the extra `sql`

    with TemporaryDirectory() as folder, closing(duckdb.connect(":memory:", config=SETTINGS)) as connection:
        copy = Path(folder) / "table.parquet"  # what is read is what was hashed, and no name is a pattern
        copy.write_bytes(data)
        try:
            _enclose(connection, str(copy))
            if query is None:
                yield from _read(connection, f"from {TABLE}", len(data), findings)
                return
        except duckdb.Error as error:
            message = f"the file cannot be read as Parquet: {_said(error)}"
            raise findings.refuse("not-a-table", message, help="write it anew, or save the table as CSV") from None
        try:
            statements = duckdb.extract_statements(query)
            if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
                raise RequestError("the query is not one SELECT", help=ONE_SELECT)
            yield from _read(connection, query, len(data), findings)
        except duckdb.Error as error:
            raise RequestError(f"the query cannot be run: {_said(error)}", help=ONE_SELECT) from None


def _enclose(connection: DuckDBPyConnection, path: str) -> None:
    """Make the file a table, and shut out every other file, the network, and changes of these settings."""
    quoted = "'" + path.replace("'", "''") + "'"
    connection.execute(f"set allowed_paths = [{quoted}]")
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    connection.execute(f"create view {TABLE} as from read_parquet({quoted}, hive_partitioning = false)")


def _read(connection: DuckDBPyConnection, query: str, packed: int, findings: Findings) -> Iterator[Record]:
    """Run a query, with its texts cut where they are too long for a cell, and without what no cell can hold."""
    described = connection.execute(f"select * from (\n{query.rstrip(ENDS)}\n) limit 0").description or []  # noqa: S608 - one SELECT
    kinds = {str(name): str(kind) for name, kind, *_ in described}
    wanted = ", ".join(f"{_asked(name, kind)} as {_quoted(name)}" for name, kind in kinds.items())
    made = {index: _making(kind) for index, kind in enumerate(kinds.values()) if not SAFE.match(kind)}
    cursor = connection.execute(f"select {wanted} from (\n{query.rstrip(ENDS)}\n)")  # noqa: S608 - as above
    yield from records([*kinds], _rows(cursor, made), packed, findings)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _asked(name: str, kind: str) -> str:
    if kind == "VARCHAR":
        return f"left({_quoted(name)}, {MAX_CELL + 1})"
    return _quoted(name) if kind == "FLOAT" or SAFE.match(kind) else f"{_quoted(name)} is not null"


def _making(kind: str) -> Callable[[Any], object]:
    """Give what makes a value of a column that needs care; of what no cell can hold only its presence was asked."""
    if kind == "FLOAT":
        return lambda value: single(value) if value is not None else None
    return lambda is_there: flaw(kind, "unreadable-value", USABLE) if is_there else None


def _rows(cursor: DuckDBPyConnection, made: Mapping[int, Callable[[Any], object]]) -> Iterator[Sequence[object]]:
    while batch := cursor.fetchmany(BATCH):
        for row in batch:
            if made:
                yield [made[index](value) if index in made else value for index, value in enumerate(row)]
            else:
                yield row


def _said(error: Exception) -> str:
    """Give the first line of what DuckDB says, without the names of files it does not know by their own."""
    first = (str(error).strip().splitlines() or ["?"])[0]
    return re.sub(r" *(?:in file|File)? *'[^']*table\.parquet'", "", first).strip(" :.")[:200]
