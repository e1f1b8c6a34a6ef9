"""Any bytes as a policy, as cases and as series, for a given time: read or refused, without a traceback and in time.

Run it with the seconds to spend: `python tests/bench/fuzz.py 600`. What it finds it prints, and exits with 1.
"""

from __future__ import annotations

import base64
import contextlib
import faulthandler
import random
import sys
import traceback
from pathlib import Path
from time import monotonic, process_time
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from escalation.cases.load import loads as load_cases  # noqa: E402 - the project is found first
from escalation.cases.notation import Misread, read  # noqa: E402
from escalation.cases.run import play  # noqa: E402
from escalation.errors import Refused  # noqa: E402
from escalation.evaluation.ladder import Ladder  # noqa: E402
from escalation.periods import Calendar  # noqa: E402
from escalation.policy.load import load, loads  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 5.0
"""Seconds of processor time that one text may take."""
STUCK = 60
"""Seconds after which a text has hung."""
FOLDER = ROOT / "policies" / "us-community-levels"
POLICIES = [path.read_bytes() for path in sorted(ROOT.glob("policies/*/policy.yaml"))]
LISTED = (FOLDER / "cases.yaml").read_bytes()
HEAD, *ENTRIES = LISTED.split(b"\n  - name: ")
CASES = [HEAD + b"\n  - name: " + entry for entry in ENTRIES] + [LISTED]
SERIES = [b"1120590+5000x5 _ _", b"70-0.5x3 revised(71->69, 2021-W42) unusable", b"yesx3 no _x2", b"-.5+.25x99 _x1"]
PIECES = [
    *(bytes([code]) for code in b"\t\r\n :-?,[]{}&*!|>'\"%@`#~<=\\0x+_()."),
    *(b"\n  - ", b": ", b"<<: ", b"&a ", b"*a", b"!t ", b"---\n", b"null", b"1e9", b"9" * 30, b"x999", b"revised("),
    *(b"\\u202e", b"\xe2\x80\xa8", b"\xff", b"\0", b"{a: {a: {a: ", b"[[[[", b"2021-W53", b"0x3", b"yes", b"-> "),
]
LADDER = Ladder(load(FOLDER / "policy.yaml"))


def policy(data: bytes) -> None:
    """Read a policy."""
    with contextlib.suppress(Refused):
        loads(data)


def cases(data: bytes) -> None:
    """Read cases, and run them."""
    with contextlib.suppress(Refused):
        for case in load_cases(data, LADDER.policy).cases:
            play(LADDER, case)


def series(data: bytes) -> None:
    """Read a series of figures, and one of answers."""
    text = data.decode("utf-8", errors="replace")
    for answers in (False, True):
        with contextlib.suppress(Misread):
            for run in read(text, Calendar.ISO, answers=answers):
                list(run.values())


TARGETS: tuple[tuple[Callable[[bytes], None], list[bytes], int], ...] = (
    (policy, POLICIES, 6), (cases, CASES, 6), (series, SERIES, 3),
)  # fmt: skip


def damaged(data: bytes, most: int, chance: random.Random) -> bytes:
    """Damage a text in a few places, or give bytes of no meaning."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(200))
    if len(data) > 4_000:
        start = chance.randrange(len(data) - 2_000)
        data = data[:600] + data[start : start + 2_000] if chance.random() < 0.9 else data
    for _ in range(chance.randint(1, most)):
        start, length = chance.randrange(len(data) + 1), chance.choice((0, 0, 1, 2, 30))
        piece = b"".join(chance.choices(PIECES, k=chance.randint(0, 3)))
        if chance.random() < 0.2:
            piece = data[chance.randrange(len(data) + 1) :][: chance.randrange(60)]
        data = data[:start] + piece + data[start + length :]
    return data


def main(seconds: float, seed: int) -> int:
    """Fuzz for so long; give 1 where something was found."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    end = monotonic() + seconds
    tried = slowest = 0.0
    print(f"seed {seed}", flush=True)
    while monotonic() < end:
        faulthandler.dump_traceback_later(STUCK, exit=True)  # a rerun with the seed printed above leads there
        for target, texts, most in TARGETS:
            data = damaged(chance.choice(texts), most, chance)
            start = process_time()
            try:
                target(data)
            except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
                traceback.print_exc()
                print(f"{target.__name__}, seed {seed}: {base64.b64encode(data).decode()}")
                return 1
            spent = process_time() - start
            slowest, tried = max(slowest, spent), tried + 1
            if spent > LONGEST:
                print(f"{target.__name__}, seed {seed}: {spent:.1f} s: {base64.b64encode(data).decode()}")
                return 1
    faulthandler.cancel_dump_traceback_later()
    print(f"{tried:,.0f} texts in {seconds:g} s, seed {seed}: all read or refused, the slowest in {slowest:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)))  # noqa: S311 - a second argument; no secret
