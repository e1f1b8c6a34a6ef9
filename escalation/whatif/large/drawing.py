"""A run: its chunks made in rounds by whatever makes them, and added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.chunks import Chunk, Part, Tally, counted, cut
from escalation.whatif.large.kept import Kept
from escalation.whatif.large.stopping import half_width, rounds
from escalation.whatif.outlook import Outlook, load_compiled

Parts = Iterator[tuple[Chunk, Part]]
Source = Callable[[Sequence[Chunk]], Parts]
"""What makes chunks, or has them; they may come in any order."""
Tell = Callable[[int, int, int], None]
"""Is told how many chunks of how many are done, in a round that ends with so many draws."""


def here(courses: Sequence[Course], draws: Draws, *, workers: int = 1) -> Source:
    """Make chunks in this process, on threads."""
    load_compiled(region_weeks(courses, draws))

    def parts(chunks: Sequence[Chunk]) -> Parts:
        for chunk in chunks:
            yield chunk, counted(courses[chunk.scenario], draws, chunk, workers=workers)

    return parts


def region_weeks(courses: Sequence[Course], draws: Draws) -> int:
    """Count the region-weeks in all draws."""
    return draws.count * sum(course.weeks * len(course.regions) for course in courses)


def drawn(
    courses: Sequence[Course], draws: Draws, source: Source, *, tolerance: float | None = None, tell: Tell | None = None
) -> list[Outlook]:
    """Make an outlook of each course, all on the same draws.

    With a `tolerance` in percentage points the draws end as soon as every probability is known to within it, at the end
    of a round: that depends on the seed, and on nothing else.
    """
    tallies = [Tally(course) for course in courses]
    found: list[Outlook] = []
    for first, end in rounds(draws.count, is_stopping=tolerance is not None):
        chunks = cut(courses, first, end)
        for done, (chunk, part) in enumerate(source(chunks), start=1):
            tallies[chunk.scenario].add(chunk, part)
            if tell is not None:
                tell(done, len(chunks), end)
        found = [tally.outlook(end) for tally in tallies]
        if tolerance is not None and half_width(found) <= tolerance:
            break
    return found


def keeping(kept: Kept, source: Source) -> Source:
    """Give the chunks that are kept, then make the others and keep them."""

    def parts(chunks: Sequence[Chunk]) -> Parts:
        there = [kept.holds(chunk.name) for chunk in chunks]
        yield from ((one, kept.read(one.name)) for one, is_there in zip(chunks, there, strict=True) if is_there)
        missing = [chunk for chunk, is_there in zip(chunks, there, strict=True) if not is_there]
        for chunk, part in source(missing):
            kept.write(chunk.name, part)
            yield chunk, part

    return parts
