"""The promise on hostile policies of well-formed YAML: 0.25 s and 16 MiB more memory each, beside PyYAML's reading.

python -m tests.bench.bench_policies
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import yaml

from escalation.errors import Refused
from escalation.policy.load import loads
from tests.policy.test_limits import HEAD, HOSTILE, seconds_for

PROMISE = 0.25
MEBIBYTES = 16.0
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def main(*, runs: int = 5) -> int:
    """Print the seconds and the memory of each text and its ratio to PyYAML's time; give 1 for a broken promise."""
    with suppress(Refused):
        loads(HEAD)  # builds the models, once
    grown = {name: growth(text) for name, text in HOSTILE.items()}  # first: memory used before would hide the growth
    slowest = 0.0
    for name, text in HOSTILE.items():
        took = min(seconds_for(text) for _ in range(runs))
        start = perf_counter()
        with suppress(yaml.YAMLError):
            yaml.load(text, Loader=LOADER)  # noqa: S506 - the safe loader, in C where there is one
        baseline = perf_counter() - start
        slowest = max(slowest, took)
        print(f"{name}: {len(text):,} bytes, {took:.3f} s, {grown[name]:.1f} MiB, {took / baseline:.1f} x PyYAML alone")
    largest = max(grown.values())
    print(f"slowest {slowest:.3f} s (promise: {PROMISE} s), largest {largest:.1f} MiB (promise: {MEBIBYTES:.0f} MiB)")
    return 0 if slowest <= PROMISE and largest <= MEBIBYTES else 1


def growth(text: str) -> float:
    """Give the mebibytes that a fresh child needs beyond those it began with; 0 where the system does not say."""
    if not Path("/proc/self/clear_refs").exists():
        return 0.0
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        seconds_for(HEAD)  # touches what a child copies of its parent's memory
        Path("/proc/self/clear_refs").write_text("5")  # sets the peak back
        before = _kibibytes("VmRSS")
        seconds_for(text)
        os.write(sender, str(_kibibytes("VmHWM") - before).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(sender)
    with os.fdopen(receiver) as stream:
        return int(stream.read()) / 1024


def _kibibytes(name: str) -> int:
    found = re.search(rf"{name}:\s+([0-9]+)", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
