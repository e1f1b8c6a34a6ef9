"""Files and folders written whole or not at all: beside their place first, from where they take its name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from escalation.errors import RequestError


def write_file(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file; one that stands there already is replaced, and keeps its mode.

    Raise RequestError where it cannot be written.
    """
    goal = Path(path)
    beside = _beside(goal)
    with _told(path):
        try:
            with beside.open("xb") as stream:
                stream.write(content.encode() if isinstance(content, str) else content)
                stream.flush()
                os.fsync(stream.fileno())
            if goal.exists():
                beside.chmod(goal.stat().st_mode)
            beside.replace(goal)
        finally:
            beside.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder to write into: left without an error it takes the place, also of a folder that stands there.

    Raise RequestError where it cannot be written.
    """
    place = path.absolute()
    beside = _beside(place)
    with _told(path):
        try:
            beside.mkdir()
            yield beside
            _put(beside, place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _put(beside: Path, place: Path) -> None:
    """Put a folder in its place; an earlier one is out of the way until it is there, and comes back if it is not."""
    if not place.exists():
        beside.rename(place)
        return
    earlier = _beside(place)
    try:
        place.rename(earlier)
        beside.rename(place)
    except BaseException:
        if earlier.exists() and not place.exists():
            earlier.rename(place)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _beside(place: Path) -> Path:
    """Name something that nobody else makes, in the folder of a place."""
    return place.parent / f".{place.name}.{os.urandom(4).hex()}"


@contextmanager
def _told(path: str | os.PathLike[str]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RequestError(f"`{path}` cannot be written: {(error.strerror or 'unknown').lower()}") from None
