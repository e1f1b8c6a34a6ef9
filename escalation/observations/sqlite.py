"""SQLite databases, read in memory by the standard library: one table or one SELECT, and nothing else is run.

DuckDB would read them with an extension that it downloads; sqlite3 needs no network.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import RequestError
from escalation.observations.figures import Flaw
from escalation.observations.findings import resembling, shown
from escalation.observations.typed import USABLE, flaw, records

if TYPE_CHECKING:
    from escalation.observations.findings import Findings
    from escalation.observations.records import Record

MAGIC = b"SQLite format 3\x00"
VERSIONS = slice(18, 20)
"""Two bytes of the header: 2 for a database with a write-ahead log, 1 for one without."""
MOST_STEPS = 60_000_000
"""Instructions of SQLite's machine: about a second and a half."""
STEPS_AT_ONCE = 1_000_000
LONGEST_VALUE = 2**20
LAWFUL = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
}
ONE_SELECT = "write one SELECT, such as: select region, week, first_doses from weekly"
LISTED = 10


def read_sqlite(data: bytes, table: str | None, query: str | None, findings: Findings) -> Iterator[Record]:
    """Give the columns of a table of a database, or of a query, and the rows.

    Raise Refused for what is no database, a damaged or a hostile one; RequestError where the query is not one SELECT
    or does not fit, and where nobody says which of several tables is meant.
    """
    if not data.startswith(MAGIC):
        message = "this is not a SQLite database" if data else "the file is empty"
        raise findings.refuse("not-a-table" if data else "empty-file", message)
    _refuse_unwritten(findings)
    _refuse_cut_off(data, findings)
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            _enclose(connection, data)
            named = _only_table(connection, table, findings) if query is None else ""
        except (sqlite3.Error, MemoryError) as error:
            raise _damaged(error, findings) from None
        try:
            cursor = connection.execute(query if query is not None else f"select * from {named}")  # noqa: S608 - quoted
            if cursor.description is None:
                raise RequestError("the query is not one SELECT", help=ONE_SELECT)
            yield from records([column[0] for column in cursor.description], cursor, len(data), findings)
        except (sqlite3.Error, sqlite3.Warning) as error:
            if str(error).startswith("You can only execute one statement"):
                raise RequestError("the query is not one SELECT", help=ONE_SELECT) from None
            if query is None:
                raise _damaged(error, findings) from None
            raise RequestError(f"the query cannot be run: {_said(error)}", help=ONE_SELECT) from None


def _refuse_unwritten(findings: Findings) -> None:
    """Refuse a database whose newest rows still stand in a second file."""
    for suffix in ("-wal", "-journal"):
        second = Path(findings.file + suffix)
        if second.is_file() and second.stat().st_size:
            message = f"the database is being written: `{second}` stands beside it"
            raise findings.refuse(
                "not-a-table", message, help="close the program that writes it, or make a copy with it"
            )


def _refuse_cut_off(data: bytes, findings: Findings) -> None:
    """Refuse a database of which pages are missing: SQLite reads what is left as if it were all."""
    size = int.from_bytes(data[16:18]) % 65_535 or 65_536
    pages = int.from_bytes(data[28:32]) if data[24:28] == data[92:96] else 0
    if len(data) < size * max(pages, 1):
        message = f"the database is cut off: it has {len(data):,} of {size * max(pages, 1):,} bytes"
        raise findings.refuse("not-a-table", message, help="copy it again")


def _enclose(connection: sqlite3.Connection, data: bytes) -> None:
    """Load a copy of the database into memory, and forbid all but reading it, for a bounded time."""
    plain = bytearray(data)
    plain[VERSIONS] = b"\x01\x01"
    connection.deserialize(bytes(plain))
    connection.execute("pragma temp_store = memory")
    connection.execute("pragma trusted_schema = off")
    if (found := connection.execute("pragma quick_check(1)").fetchone()) != ("ok",):
        raise sqlite3.DatabaseError(str(found[0] if found else "damaged").splitlines()[-1])
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    connection.text_factory = _text
    left = iter(range(MOST_STEPS // STEPS_AT_ONCE))
    connection.set_progress_handler(lambda: next(left, None) is None, STEPS_AT_ONCE)
    connection.set_authorizer(_authorise)


def _authorise(action: int, one: str | None, other: str | None, *_: str | None) -> int:
    del one
    is_lawful = action in LAWFUL and other != "load_extension"
    return sqlite3.SQLITE_OK if is_lawful else sqlite3.SQLITE_DENY


def _text(data: bytes) -> str | Flaw:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return flaw("a text that is not UTF-8", "unreadable-value", USABLE)


def _only_table(connection: sqlite3.Connection, wanted: str | None, findings: Findings) -> str:
    """Give the table that is meant, quoted: the one named, or the only one."""
    names = "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by name"
    tables = [str(name) for (name,) in connection.execute(names)]
    listed = "the tables are " + ", ".join(shown(name) for name in tables[:LISTED])
    if not tables:
        raise findings.refuse("empty-file", "the database has no table")
    if wanted is None and len(tables) > 1:
        raise RequestError(f"`{findings.file}` has {len(tables)} tables", help=f"name one with --table; {listed}")
    if wanted is not None and wanted not in tables:
        help_ = resembling(wanted, tables) or listed
        raise findings.refuse("no-such-table", f"the database has no table {shown(wanted)}", help=help_)
    findings.sheet = wanted if wanted is not None else tables[0]
    return '"' + findings.sheet.replace('"', '""') + '"'


def _damaged(error: Exception, findings: Findings) -> Exception:
    message = f"the database cannot be read: {_said(error)}"
    return findings.refuse("not-a-table", message, help="repair it with the program that wrote it, or export the table")


def _said(error: Exception) -> str:
    said = str(error).strip().rstrip(".") or type(error).__name__
    return "it takes too long" if said == "interrupted" else said[:200]
