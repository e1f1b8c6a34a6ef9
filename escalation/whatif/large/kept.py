"""The folder in which the finished parts of a long work are kept, with a manifest of what they are parts of."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from escalation import __version__
from escalation.errors import RequestError
from escalation.evaluation.library import Record
from escalation.evaluation.replay import Adoption
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.whatif.coming import Course
from escalation.writing import write_file

MANIFEST, ENDING, DIGEST = "manifest.json", ".npz", "digest"
Part = Mapping[str, NDArray[Any]]
"""What a part of a work comes to: arrays of numbers or of texts, by their names."""
Make = Callable[[int], Part]
"""Makes the part at a place."""
Each = Callable[[Sequence[str], Make], Iterator[Part]]
"""Gives the parts of a work in order, of which each has a name for its file, and nothing to do with the others."""


def made(names: Sequence[str], make: Make) -> Iterator[Part]:
    """Make all parts of a work, and keep none."""
    return map(make, range(len(names)))


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
    """What parts are parts of.

    `options` are those of the `command` that bear on the result or say where its files are; `files` are what the files
    came to: the policy, data and standings as digests, and of each scenario what else is asked.
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


def files_of(
    policy: Policy, observations: Observations, record: Record, *, adoption: Adoption | None = None
) -> dict[str, str]:
    """Say what the files of a work came to, with what people do if that bears on it."""
    stages = [(region, [(one.stage, one.since, one.decided) for one in given]) for region, given in record.items()]
    found = {"policy": policy.digest, "data": observations.digest, "standings": _sum_of(sorted(stages))}
    return found if adoption is None else {**found, "adoption": _sum_of(adoption)}


def files_of_scenario(name: str, course: Course) -> dict[str, str]:
    """Say what the files of a scenario came to."""
    return {
        "scenario": name,
        **files_of(course.policy, course.observations, course.record, adoption=course.adoption),
        "horizon": str(course.weeks),
        "edits": _sum_of([replace(one, place=None) for one in course.edits]),
        "response": _sum_of(course.response),
    }


def _sum_of(found: object) -> str:
    return sha256(repr(found).encode()).hexdigest()


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
            f"`{folder}` keeps no results: its {MANIFEST} cannot be read: {reason}",
            help="name a folder that --keep has made",
            indonesian=(
                f"`{folder}` tidak menyimpan hasil: {MANIFEST} tidak dapat dibaca: {reason}",
                "sebutkan folder yang dibuat oleh --keep",
            ),
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RequestError(
            f"`{folder / MANIFEST}` is no manifest of results",
            indonesian=(f"`{folder / MANIFEST}` bukan manifes hasil", ""),
        ) from None


class Kept(NamedTuple):
    """A folder of parts."""

    folder: Path

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}{ENDING}"

    @property
    def finished(self) -> int:
        """How many parts are there."""
        return sum(1 for _ in self.folder.glob(f"*{ENDING}"))

    def holds(self, name: str) -> bool:
        """Say whether a part is there."""
        return self._file(name).is_file()

    def read(self, name: str) -> Part:
        """Give a part. Raise RequestError where it is damaged."""
        path = self._file(name)
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
                part = {key: held[key] for key in held.files if key != DIGEST}
                is_whole = held[DIGEST].tobytes() == _digest(name, part)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
            is_whole, part = False, {}
        if not is_whole:
            raise RequestError(
                f"`{path}` is damaged",
                help="delete it, and go on with --resume",
                indonesian=(f"`{path}` rusak", "hapus berkas itu, lalu lanjutkan dengan --resume"),
            )
        return part

    def write(self, name: str, part: Part) -> None:
        """Keep a part."""
        packed = io.BytesIO()
        digest = np.frombuffer(_digest(name, part), dtype=np.uint8)
        np.savez_compressed(packed, allow_pickle=False, **{DIGEST: digest}, **part)
        write_file(self._file(name), packed.getvalue())

    def each(self, names: Sequence[str], make: Make) -> Iterator[Part]:
        """Give the parts of a work in order: those that are kept, and the others made, and kept from then on."""
        for place, name in enumerate(names):
            if self.holds(name):
                yield self.read(name)
                continue
            part = make(place)
            self.write(name, part)
            yield part


def _digest(name: str, part: Part) -> bytes:
    """Give the SHA-256 of a part: bytes that are altered, cut or of another part are found out."""
    found = sha256(name.encode())
    for key in sorted(part):
        array = part[key]
        found.update(f"{key} {array.dtype.str} {array.shape}".encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.digest()


def begin(folder: Path, manifest: Manifest, *, is_resumed: bool, paths: Sequence[str]) -> Kept:
    """Begin to keep parts in a folder, or go on with those that it keeps.

    Raise RequestError where it holds anything else, or parts of another run.
    """
    try:
        folder.mkdir(exist_ok=True)
        names = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
    except OSError as error:
        raise RequestError(f"`{folder}` is no folder for results: {(error.strerror or 'unknown').lower()}") from None
    if not names:
        write_file(folder / MANIFEST, manifest.text)
        return Kept(folder)
    if MANIFEST not in names:
        raise RequestError(
            f"`{folder}` holds other files, such as `{names[0]}`",
            help="name a folder of its own",
            indonesian=(f"`{folder}` memuat berkas lain, misalnya `{names[0]}`", "sebutkan folder tersendiri"),
        )
    held = manifest_of(folder)
    refuse_other(manifest, held, f"`{folder}`", paths=paths)
    if held.shard != manifest.shard:
        raise RequestError(
            f"`{folder}` keeps shard {held.shard} of this run, not {manifest.shard}",
            help="name a folder of its own for each shard",
            indonesian=(
                f"`{folder}` menyimpan bagian {held.shard} dari perhitungan ini, bukan {manifest.shard}",
                "sebutkan folder tersendiri untuk tiap bagian",
            ),
        )
    if not is_resumed:
        raise RequestError(
            f"`{folder}` keeps results of this run",
            help="go on with --resume, or name another folder",
            indonesian=(
                f"`{folder}` menyimpan hasil perhitungan ini",
                "lanjutkan dengan --resume, atau sebutkan folder lain",
            ),
        )
    return Kept(folder)


def refuse_other(manifest: Manifest, held: Manifest, where: str, *, paths: Sequence[str]) -> None:
    """Raise RequestError where a manifest is not that of the run that is asked for."""
    differing = manifest.differing(held, paths=paths)
    if differing:
        raise RequestError(
            f"{where} keeps the results of another run, with another: {', '.join(differing)}",
            help=f"name another folder, or ask as its {MANIFEST} says",
            indonesian=(
                f"{where} menyimpan hasil perhitungan lain; yang berbeda: {', '.join(differing)}",
                f"sebutkan folder lain, atau ajukan seperti tertulis dalam {MANIFEST}",
            ),
        )
