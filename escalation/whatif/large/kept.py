"""The folder in which the counts of finished chunks are kept, with a manifest of what they are counts of."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np

from escalation import __version__
from escalation.errors import RequestError
from escalation.whatif.coming import Course
from escalation.whatif.large.chunks import Chunk, Part
from escalation.whatif.large.drawing import Parts, Source
from escalation.whatif.outlook import COUNTED
from escalation.writing import write_file

MANIFEST = "manifest.json"


class Shard(NamedTuple):
    """One of so many shares of the chunks of a run, from 1 on."""

    number: int = 1
    of: int = 1

    def __str__(self) -> str:
        """Write it as the option does."""
        return f"{self.number}/{self.of}"

    def has(self, place: int) -> bool:
        """Say whether the chunk at a place, from 0 on, is in it: every machine gets some of each region's draws."""
        return place % self.of == self.number - 1


WHOLE = Shard()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What counts are counts of.

    `options` are those of the `command` that bear on the result or say where its files are; `files` are what the files
    came to: of each scenario its name, policy, data, standings and what else is asked, as digests.
    """

    command: str
    options: Mapping[str, Any]
    files: Sequence[Mapping[str, str]]
    shard: Shard = WHOLE
    engine: str = __version__

    @property
    def text(self) -> str:
        """Write it as JSON."""
        shown = {"engine": self.engine, "command": self.command, "shard": str(self.shard)}
        return (
            json.dumps(shown | {"options": self.options, "scenarios": self.files}, indent=2, ensure_ascii=False) + "\n"
        )

    def differing(self, other: Manifest, *, paths: Sequence[str]) -> list[str]:
        """Name what differs from another one, but for the shard; files may stand at other `paths`."""
        found = ["engine version"] * (self.engine != other.engine) + ["command"] * (self.command != other.command)
        if len(self.files) != len(other.files):
            found.append("scenarios")
        pairs = [*zip(self.files, other.files, strict=False)]
        found += [name for name in self.files[0] if any(one[name] != two.get(name) for one, two in pairs)]
        keys = dict.fromkeys([*self.options, *other.options])
        return found + [
            f"--{key}" for key in keys if key not in paths and self.options.get(key) != other.options.get(key)
        ]


def files_of(name: str, course: Course) -> dict[str, str]:
    """Say what the files of a scenario came to."""
    edits = [(str(one.alters), one.metrics, one.amount, one.first, one.last, one.regions) for one in course.edits]
    record = [
        (region, [(one.stage, one.since, one.decided) for one in stages]) for region, stages in course.record.items()
    ]
    return {
        "scenario": name,
        "policy": course.policy.digest,
        "data": course.observations.digest,
        "horizon": str(course.weeks),
        "standings": sha256(repr(sorted(record)).encode()).hexdigest(),
        "edits and adoption": sha256(repr((edits, course.adoption)).encode()).hexdigest(),
    }


def manifest_of(folder: Path) -> Manifest:
    """Read the manifest of a folder. Raise RequestError where there is none."""
    try:
        held = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        number, of = held["shard"].split("/")
        return Manifest(
            command=held["command"],
            options={**held["options"]},
            files=[{**one} for one in held["scenarios"]],
            shard=Shard(int(number), int(of)),
            engine=held["engine"],
        )
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise RequestError(
            f"`{folder}` keeps no counts: its {MANIFEST} cannot be read: {reason}",
            help="name a folder that --keep has made",
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RequestError(f"`{folder / MANIFEST}` is no manifest of counts") from None


class Kept(NamedTuple):
    """A folder of counts."""

    folder: Path

    def _file(self, chunk: Chunk) -> Path:
        return self.folder / f"{chunk.name}.npz"

    def holds(self, chunk: Chunk) -> bool:
        """Say whether a chunk is there."""
        return self._file(chunk).is_file()

    def read(self, chunk: Chunk) -> Part:
        """Give the counts of a chunk. Raise RequestError where they are damaged."""
        path = self._file(chunk)
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
                part = {name: held[name] for name in COUNTED}
                is_whole = held["digest"].tobytes() == _digest(chunk, part)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            is_whole, part = False, {}
        if not is_whole:
            raise RequestError(f"`{path}` is damaged", help="delete it, and go on with --resume")
        return part

    def write(self, chunk: Chunk, part: Part) -> None:
        """Keep the counts of a chunk."""
        packed = io.BytesIO()
        digest = np.frombuffer(_digest(chunk, part), dtype=np.uint8)
        np.savez_compressed(packed, allow_pickle=False, digest=digest, **part)
        write_file(self._file(chunk), packed.getvalue())


def _digest(chunk: Chunk, part: Part) -> bytes:
    """Give the SHA-256 of the counts of a chunk: bytes that are altered, cut or of another chunk are found out."""
    found = sha256(chunk.name.encode())
    for name in COUNTED:
        counts = part[name]
        found.update(f"{name} {counts.dtype.str} {counts.shape}".encode())
        found.update(np.ascontiguousarray(counts).tobytes())
    return found.digest()


def begin(folder: Path, manifest: Manifest, *, is_resumed: bool, paths: Sequence[str]) -> Kept:
    """Begin to keep counts in a folder, or go on with those that it keeps.

    Raise RequestError where it holds anything else, or counts of another run.
    """
    try:
        folder.mkdir(exist_ok=True)
        names = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
    except OSError as error:
        raise RequestError(f"`{folder}` is no folder for counts: {(error.strerror or 'unknown').lower()}") from None
    if not names:
        write_file(folder / MANIFEST, manifest.text)
        return Kept(folder)
    if MANIFEST not in names:
        raise RequestError(f"`{folder}` holds other files, such as `{names[0]}`", help="name a folder of its own")
    held = manifest_of(folder)
    refuse_other(manifest, held, f"`{folder}`", paths=paths)
    if held.shard != manifest.shard:
        raise RequestError(
            f"`{folder}` keeps shard {held.shard} of this run, not {manifest.shard}",
            help="name a folder of its own for each shard",
        )
    if not is_resumed:
        raise RequestError(f"`{folder}` keeps counts of this run", help="go on with --resume, or name another folder")
    return Kept(folder)


def refuse_other(manifest: Manifest, held: Manifest, where: str, *, paths: Sequence[str]) -> None:
    """Raise RequestError where a manifest is not that of the run that is asked for."""
    differing = manifest.differing(held, paths=paths)
    if differing:
        raise RequestError(
            f"{where} keeps the counts of another run, with another: {', '.join(differing)}",
            help=f"name another folder, or ask as its {MANIFEST} says",
        )


def keeping(kept: Kept, source: Source) -> Source:
    """Give the chunks that are kept, then make the others and keep them."""

    def parts(chunks: Sequence[Chunk]) -> Parts:
        there = [kept.holds(chunk) for chunk in chunks]
        yield from ((chunk, kept.read(chunk)) for chunk, is_there in zip(chunks, there, strict=True) if is_there)
        missing = [chunk for chunk, is_there in zip(chunks, there, strict=True) if not is_there]
        for chunk, part in source(missing):
            kept.write(chunk, part)
            yield chunk, part

    return parts
