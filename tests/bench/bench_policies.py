"""The promise on hostile policies of well-formed YAML, 0.25 s each, beside PyYAML's reading of the same text.

python -m tests.bench.bench_policies
"""

from __future__ import annotations

from contextlib import suppress
from time import perf_counter

import yaml

from escalation.errors import Refused
from escalation.policy.load import loads
from tests.policy.test_limits import HEAD, HOSTILE, seconds_for

PROMISE = 0.25
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def main(*, runs: int = 5) -> int:
    """Print the seconds of each text and their ratio to PyYAML's; give 1 where one breaks the promise."""
    with suppress(Refused):
        loads(HEAD)  # builds the models, once
    slowest = 0.0
    for name, text in HOSTILE.items():
        took = min(seconds_for(text) for _ in range(runs))
        start = perf_counter()
        with suppress(yaml.YAMLError):
            yaml.load(text, Loader=LOADER)  # noqa: S506 - the safe loader, in C where there is one
        baseline = perf_counter() - start
        slowest = max(slowest, took)
        print(f"{name}: {len(text):,} bytes, {took:.3f} s, {took / baseline:.1f} x PyYAML alone")
    print(f"slowest {slowest:.3f} s (promise: {PROMISE} s)")
    return 0 if slowest <= PROMISE else 1


if __name__ == "__main__":
    raise SystemExit(main())
