"""Shards: the share of a run that one machine does, and all shares put together again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from escalation.errors import RequestError
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.chunks import Chunk, cut
from escalation.whatif.large.drawing import Parts, Source, Tell, keeping
from escalation.whatif.large.kept import Kept, Manifest, Shard, manifest_of, refuse_other


def finish(
    kept: Kept, shard: Shard, courses: Sequence[Course], draws: Draws, source: Source, *, tell: Tell | None = None
) -> int:
    """Make those chunks of a shard that are not kept yet, and keep them; give how many it has."""
    own = [chunk for place, chunk in enumerate(cut(courses, 0, draws.count)) if shard.has(place)]
    for done, _ in enumerate(keeping(kept, source)(own), start=1):
        if tell is not None:
            tell(done, len(own), draws.count)
    return len(own)


def gathered(folders: Sequence[Path], manifest: Manifest, *, paths: Sequence[str]) -> Source:
    """Give the chunks that folders keep between them: all shards of the run of a manifest, or a whole run in one.

    Raise RequestError where a folder keeps another run, and where a shard is missing, not whole, or there twice.
    """
    shards: dict[Shard, Path] = {}
    for folder in folders:
        held = manifest_of(folder)
        refuse_other(manifest, held, f"`{folder}`", paths=paths)
        if held.shard in shards:
            raise RequestError(
                f"shard {held.shard} is in `{shards[held.shard]}` and in `{folder}`", help="leave one of the two out"
            )
        shards[held.shard] = folder
    _all_there(shards)

    def parts(chunks: Sequence[Chunk]) -> Parts:
        for shard, folder in shards.items():
            kept, own = Kept(folder), [chunk for place, chunk in enumerate(chunks) if shard.has(place)]
            missing = sum(not kept.holds(chunk.name) for chunk in own)
            if missing:
                raise RequestError(
                    f"shard {shard} in `{folder}` lacks {missing} of its {len(own)} chunks",
                    help="run it again: what is there is not counted again",
                )
            yield from ((chunk, kept.read(chunk.name)) for chunk in own)

    return parts


def _all_there(shards: dict[Shard, Path]) -> None:
    """Raise RequestError where shards do not make up a whole."""
    first, *others = shards
    for shard in others:
        if shard.of != first.of:
            raise RequestError(
                f"`{shards[first]}` keeps one of {first.of} shards, and `{shards[shard]}` one of {shard.of}",
                help="merge shards of one number",
            )
    missing = [str(one) for number in range(1, first.of + 1) if (one := Shard(number, first.of)) not in shards]
    if missing:
        raise RequestError(f"not all shards are there: {', '.join(missing)}", help="run and name them as well")
