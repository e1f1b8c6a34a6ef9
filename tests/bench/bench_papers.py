"""How long the papers of a recommendation take, and of each further region: `python -m tests.bench.bench_papers`."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from escalation.documents.layout import FORMS
from tests.bench.bench_kernel import BEKASI

AIM_FIRST, AIM_FURTHER = 3.0, 0.3
"""Seconds: all papers of one recommendation from a cold start, and of each further region."""


def folder_of(regions: int, goal: Path) -> None:
    """Make the illustration of Bekasi one of so many regions."""
    shutil.copy(BEKASI / "policy.yaml", goal / "policy.yaml")
    for name, source in (("observations.csv", "observations-illustration.csv"), ("standings.csv", "standings.csv")):
        head, *rows = (BEKASI / source).read_text(encoding="utf-8").splitlines()
        parts = [row.partition(",")[2] for row in rows]
        lines = [f"Kota {number:03},{part}" for number in range(regions) for part in parts]
        (goal / name).write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def seconds(folder: Path, form: str, *options: str) -> float:
    """Give the seconds of work that a fresh interpreter needs to write the papers of a folder, waiting left out."""
    command = [sys.executable, "-m", "escalation.cli", "draft", str(folder), "--out", str(folder / "out")]
    before = _worked()
    subprocess.run([*command, "--format", form, *options], check=True, capture_output=True)
    return _worked() - before


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(*, regions: int = 12, forms: tuple[str, ...] = FORMS) -> None:
    """Measure each form, with charts where it has them, and print it beside what is aimed at."""
    for form in forms:
        for options in ((),) if form == "md" else (("--no-charts",), ()):
            with TemporaryDirectory() as one, TemporaryDirectory() as several:
                folder_of(1, Path(one))
                folder_of(regions, Path(several))
                seconds(Path(one), form, *options)
                first = seconds(Path(one), form, *options)
                further = (seconds(Path(several), form, *options) - first) / (regions - 1)
            print(
                f"{' '.join((form, *options))}: {first:.2f} s (aim: {AIM_FIRST} s); "
                f"each further region {further:.3f} s (aim: {AIM_FURTHER} s)"
            )


if __name__ == "__main__":
    main()
