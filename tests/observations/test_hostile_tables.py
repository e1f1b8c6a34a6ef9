"""Hostile tables of 256 kB: answered within 2 seconds and 256 MB, whatever is in them."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path
from time import process_time

import pytest

from escalation.errors import Refused
from escalation.observations import read
from tests.observations.vaccination import POLICY

HEAD = b"region,week,cases\n"
SIZE = 256_000
MEGABYTES = 256


def filled(piece: bytes) -> bytes:
    return HEAD + piece * (SIZE // len(piece))


TABLES = {
    "nothing but line ends": filled(b"\n"),
    "nothing but quotation marks": filled(b'"'),
    "a quotation mark on each line": filled(b'"\n'),
    "three quotation marks on each line": filled(b'a,"b","c\n'),
    "two quotation marks on each line": filled(b'""\n'),
    "nothing but commas": filled(b","),
    "short rows": filled(b",\n"),
    "blank rows": filled(b",,\n"),
    "one line": filled(b"x"),
    "one number": HEAD + b"B,2021-W36," + b"9" * SIZE,
    "one long number on each line": filled(b"B,2021-W36," + b"9" * 30_000 + b"\n"),
    "dots": HEAD + b"B,2021-W36," + b"1.111" * (SIZE // 5),
    "zeros": filled(b"\x00"),
    "unreadable numbers": filled(b"B,2021-W36,x\n"),
    "many regions": HEAD + b"".join(b"%d,2021-W36,5\n" % number for number in range(SIZE // 18)),
    "many weeks": HEAD
    + b"".join(b"B,%04d-W%02d,5\n" % (1 + number // 60, number % 60) for number in range(SIZE // 14)),
    "many columns": b"region,week," + b",".join(b"c%d" % number for number in range(SIZE // 7)) + b"\n",
    "one column many times": b"region,week," + b"cases," * (SIZE // 6) + b"\n",
    "many metrics": b"region,week,metric,value\n" + b"".join(b"B,2021-W36,m%d,5\n" % n for n in range(SIZE // 20)),
    "many bases": b"region,week,basis,facility_doses\n" + b"".join(b"B,2021-W36,%d,5\n" % n for n in range(SIZE // 20)),
    "one week again and again": filled(b"B,2021-W36,5\n"),
    "noise": HEAD + random.Random(2021).randbytes(SIZE),  # noqa: S311 - not a secret
    "noise of signs": HEAD + bytes(random.Random(1).choices(b'",\n;0123456789.-W', k=SIZE)),  # noqa: S311 - as above
}


@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_is_answered_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_bytes(TABLES[name])
    start = process_time()
    try:
        read(path, POLICY)
    except Refused as refused:
        assert refused.diagnostics  # noqa: PT017 - both answers will do
    assert process_time() - start < 2


def test_a_hostile_table_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    tracemalloc.start()
    for name in ("many regions", "many columns"):
        path.write_bytes(TABLES[name])
        read(path, POLICY)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert peak < MEGABYTES
