"""Which policy files are meant by names of files and folders, and by patterns that no shell has filled in."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from escalation.diagnostics import visible

POLICY = "policy.yaml"
CASES = "cases.yaml"


def matching(named: Iterable[str], *, names: tuple[str, ...] = (POLICY,)) -> tuple[list[Path], list[str]]:
    """Find the files meant, each once, and say of each name that matches nothing what is missing.

    A folder stands for every file in it and below it that has one of the `names`, which may be patterns such as `*.md`;
    folders whose names begin with a dot are left out.
    """
    files: dict[Path, None] = {}
    absent: list[str] = []
    for name in named:
        found = [file for path in _paths(name) for file in _files(path, names)]
        if not found:
            absent.append(_complaint(name, names))
        files |= dict.fromkeys(found)
    return list(files), absent


def _paths(name: str) -> list[Path]:
    if Path(name).exists() or not glob.has_magic(name):
        return [Path(name)]
    return [Path(one) for one in sorted(glob.glob(name, recursive=True))]  # noqa: PTH207 - a pattern may be absolute


def _files(path: Path, wanted: tuple[str, ...]) -> Iterator[Path]:
    if path.is_file():
        yield path
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        yield from (Path(folder) / name for one in wanted for name in sorted(names) if fnmatchcase(name, one))


def _complaint(name: str, wanted: tuple[str, ...]) -> str:
    said = visible(name)
    if Path(name).is_dir():
        return f"there is no {' or '.join(wanted)} in or below `{said}`"
    return f"no file matches `{said}`" if glob.has_magic(name) else f"there is no file `{said}`"
