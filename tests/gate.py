"""The gate: all that must hold before a change is taken, each step run even where an earlier one failed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest")
COUNTED = re.compile(r"([0-9]+) (passed|failed|errors?|skipped|xfailed)\b")
CLOSING = re.compile(r"=* ?(?:[0-9]+ [a-z]+(?:, )?)+ in [0-9.]+s")

CHECKS = {
    "ruff format": (sys.executable, "-m", "ruff", "format", "--check", "."),
    "ruff check": (sys.executable, "-m", "ruff", "check", "."),
    "mypy": (sys.executable, "-m", "mypy"),
    "import-linter": (str(TOOLS / "lint-imports"), "--no-logo"),
}
FUZZ = {"fuzz": (sys.executable, "tests/bench/fuzz.py", "30")}
# Two workers for the two cores of the usual runner; measurements of time have the machine to themselves.
TESTS = {
    "tests": (*PYTEST, "-q", "-n", "2", "--benchmark-disable", "--ignore=tests/bench"),
    "speed": (*PYTEST, "-q", "tests/bench"),
}


def policies() -> dict[str, tuple[str, ...]]:
    """Give the check and the cases of every policy folder."""
    folders = sorted(path.parent.relative_to(ROOT) for path in ROOT.glob("policies/*/policy.yaml"))
    asked = {"check": (), "test": ("--coverage", "--mutate", "--fail-under", "100")}
    return {
        f"{command} {folder}": (str(TOOLS / "escalation"), command, str(folder), *options)
        for folder in folders
        for command, options in asked.items()
    }


def closing_counts(output: str) -> Counter[str]:
    r"""Read the counts in pytest's closing line.

    >>> sorted(closing_counts("3 passed\n==== 1 failed, 20 passed, 2 errors in 4.56s ====\n").items())
    [('failed', 3), ('passed', 20)]
    """
    counts: Counter[str] = Counter()
    for line in CLOSING.findall(output)[-1:]:
        for number, word in COUNTED.findall(line):
            counts["failed" if word.startswith("error") else word] += int(number)
    return counts


def run(name: str, command: tuple[str, ...]) -> tuple[bool, str]:
    """Run one step, its output shown as it comes and given back."""
    print(f"\n== {name}", flush=True)
    start = perf_counter()
    output = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            output += line
    print(f"-- {name}: {'ok' if process.returncode == 0 else 'FAILED'}, {perf_counter() - start:.1f} s", flush=True)
    return process.returncode == 0, output


def main() -> int:
    """Run every step, name those that failed, and close with the counts of the tests."""
    failed: list[str] = []
    counts: Counter[str] = Counter()
    for name, command in (CHECKS | policies() | FUZZ | TESTS).items():
        passed, output = run(name, command)
        if not passed:
            failed.append(name)
        if name in TESTS:
            counts += closing_counts(output)
    print(f"\n== the gate: {'failed at ' + ', '.join(failed) if failed else 'all is well'}")
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
