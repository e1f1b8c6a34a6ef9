"""A run of many draws cut into chunks: some regions in some draws, whose counts add up whoever made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from escalation.errors import RequestError
from escalation.periods import Week
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.checked import checked, paths_of
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outlook import CHECKED, COUNTED, Outlook

SIZE = 20_000_000
"""Region-weeks in all draws of a chunk: some 0.2 s of compiled code on one core, 2 s of numpy."""
BYTES = 2_000_000
"""What the counts of a chunk take at most."""
ADDED = (*COUNTED, *CHECKED)
"""What chunks add up to."""
BY_WEEK = frozenset({"stage", "undetermined", "undone", "entered", "recommended"})
"""The counts that have the week before the region."""

Part = Mapping[str, Counts]
"""What a chunk comes to: the counts of an `Outlook` and of its paths that were computed again, by their names."""


class Chunk(NamedTuple):
    """Of the course with the number `scenario` the regions and draws from `first` to before `end`."""

    scenario: int
    first_region: int
    end_region: int
    first_draw: int
    end_draw: int

    @property
    def name(self) -> str:
        """Say which one it is, as files are named."""
        regions, draws = f"{self.first_region}-{self.end_region}", f"{self.first_draw}-{self.end_draw}"
        return f"scenario-{self.scenario}-regions-{regions}-draws-{draws}"

    @property
    def draws(self) -> int:
        """How many draws."""
        return self.end_draw - self.first_draw


def cut(courses: Sequence[Course], first: int, end: int) -> list[Chunk]:
    """Cut the draws from `first` to before `end` of all courses into chunks, in a fixed order."""
    return [chunk for scenario, course in enumerate(courses) for chunk in _cut(scenario, course, first, end)]


def _cut(scenario: int, course: Course, first: int, end: int) -> Iterator[Chunk]:
    draws = max(min(end - first, SIZE // course.weeks), 1)
    regions = max(min(SIZE // (course.weeks * draws), BYTES // _bytes(course)), 1)
    for lane in range(0, len(course.regions), regions):
        for draw in range(first, end, draws):
            lanes = lane, min(lane + regions, len(course.regions))
            yield Chunk(scenario, *lanes, draw, min(draw + draws, end))


def _bytes(course: Course) -> int:
    """Give what the counts of one region take."""
    return sum(one.nbytes for one in nothing(replace(course, regions=course.regions[:1])).values())


def nothing(course: Course) -> dict[str, Counts]:
    """Give counts of no draws."""
    weeks, regions, stages = course.weeks, len(course.regions), len(course.policy.stages)
    shapes = dict.fromkeys(ADDED, (weeks, regions, stages)) | {
        "undetermined": (weeks, regions),
        "undone": (weeks, regions),
        "changes": (regions, weeks + 1),
        "weeks_in": (regions, stages, weeks + 1),
        "shortest_stay": (regions, weeks + 1),
        "paths": (regions,),
        "differing": (regions,),
    }
    return {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes.items()}


def counted(course: Course, draws: Draws, chunk: Chunk, *, workers: int = 1) -> dict[str, Counts]:
    """Run a chunk of a course, count, and compute those of the run's random paths again that are in it."""
    regions = course.regions[chunk.first_region : chunk.end_region]
    some = replace(draws, first=draws.first + chunk.first_draw, count=chunk.draws)
    chosen = paths_of(course, draws)
    paths = {region: chosen[region] - chunk.first_draw for region in regions if region in chosen}
    found = checked(replace(course, regions=regions), some, paths=paths, workers=workers)
    return {name: getattr(found, name) for name in ADDED}


class Tally:
    """The counts of a course, to which those of its chunks are added in any order."""

    def __init__(self, course: Course) -> None:
        self.course, self.counts = course, nothing(course)

    def add(self, chunk: Chunk, part: Part) -> None:
        """Add a chunk. Raise RequestError where it has other counts, as another engine has kept them."""
        if part.keys() != self.counts.keys():
            raise RequestError(
                f"the chunk {chunk.name} has other counts than this engine makes", help="keep them in a new folder"
            )
        lanes = slice(chunk.first_region, chunk.end_region)
        for name, counts in part.items():
            self.counts[name][(slice(None), lanes) if name in BY_WEEK else lanes] += counts

    def outlook(self, draws: int) -> Outlook:
        """Give what so many draws have come to."""
        return Outlook(
            first=Week(self.course.policy.calendar, self.course.now + 1),
            regions=self.course.regions,
            stages=tuple(stage.name for stage in self.course.policy.stages),
            draws=draws,
            **self.counts,
        )
