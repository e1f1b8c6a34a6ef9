"""Which values of one input reach a goal: what is asked, what is found, and how it is found by halving."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from escalation.errors import RequestError
from escalation.evaluation.comparison import HOLDS, relation
from escalation.policy.conditions import Operator
from escalation.whatif.outcomes import Kind, Outcome

GRID = 24
"""Parts into which a range is cut before halving: where the outcome goes up and down within one, it is not seen."""
MANY = 100_000
"""From so many steps on the parts near the lowest value are the smaller ones: people a week differ by factors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An outcome of a stage, and what it is to be in a region.

    That a stage is `recommended` is sought in the weeks to come, its `weeks` in force over those on record. Raise
    RequestError for an outcome that is not sought.
    """

    outcome: Outcome
    operator: Operator
    limit: float

    def __post_init__(self) -> None:
        """Refuse what is not sought."""
        if self.outcome.kind not in (Kind.RECOMMENDED, Kind.WEEKS):
            raise RequestError(
                f"no input is sought for `{self.outcome}`",
                help="seek `recommended:STAGE` in the weeks to come, or `weeks:STAGE` over those on record; "
                "`sweep` tells what other outcomes come to with each value",
                indonesian=(
                    f"tidak dicari masukan untuk `{self.outcome}`",
                    "cari `recommended:STAGE` (mendatang) atau `weeks:STAGE` (tercatat); `sweep` memberi hasil lain",
                ),
            )

    @property
    def stage(self) -> str:
        """The stage it is about."""
        return self.outcome.stage or ""

    @property
    def is_ahead(self) -> bool:
        """Whether it is about the weeks to come."""
        return self.outcome.kind is Kind.RECOMMENDED

    def is_reached(self, outcome: float) -> bool:
        """Say whether an outcome is as it is to be; within the tolerance of the limit it is on it."""
        return relation(outcome, self.limit) in HOLDS[self.operator]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """The input that is varied, from `low` to `high`.

    `name` is the path of a number of the policy, or `uptake:METRIC` or `campaign:METRIC` for people a week; `step` is
    how finely it is looked at, 0 for floats one by one. `present` is its present value, none where it has none.
    """

    name: str
    low: float
    high: float
    step: float
    present: float | None = None
    unit: str | None = None

    @property
    def steps(self) -> int:
        """How many steps there are from the one end to the other."""
        return int((self.high - self.low) / self.step + 1e-9)

    def at(self, place: int) -> float:
        """Give the value so many steps above the lowest, free of the noise of floating point."""
        return round(self.low + place * self.step, 9)


class Came(NamedTuple):
    """What comes of a value: the outcome, and in how many weeks, as a mean, the policy cannot say."""

    outcome: float
    unsaid: float = 0.0


class Tried(NamedTuple):
    """A value of the input, the outcome with it, and in how many weeks, as a mean, the policy cannot say."""

    value: float
    outcome: float
    unsaid: float = 0.0


class Stretch(NamedTuple):
    """Values of the input, from the first to the last, with which the goal is reached."""

    first: float
    last: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What was found of a region: the outcomes of all values that were tried, ascending, and where the goal is reached.

    `is_exact` says that the values tried stand for all there are. A stretch ends where the neighbouring value, one step
    farther, is among those tried and does not reach the goal, or at the end of the range.
    """

    region: str
    tried: tuple[Tried, ...]
    stretches: tuple[Stretch, ...]
    is_exact: bool

    @property
    def depends(self) -> bool:
        """Whether the outcome depends on the input at all, among the values tried."""
        return len({one.outcome for one in self.tried}) > 1

    @property
    def unsaid(self) -> tuple[float, float]:
        """In how many weeks the policy cannot say with the values tried, at least and at most."""
        return min(one.unsaid for one in self.tried), max(one.unsaid for one in self.tried)

    @property
    def is_monotone(self) -> bool:
        """Whether the outcome only rises, or only falls, among the values tried."""
        steps = [later.outcome - earlier.outcome for earlier, later in pairwise(self.tried)]
        return all(one >= 0 for one in steps) or all(one <= 0 for one in steps)


def halved(
    region: str, lever: Lever, goal: Goal, *, grid: Mapping[int, Came], outcome_at: Callable[[float], Came]
) -> Sought:
    """Find where a goal is reached: between neighbours of a grid, one of which reaches it, by halving to the step.

    `grid` has the outcomes at some numbers of steps above the lowest value, its ends among them.
    """
    known = dict(grid)
    for one, other in pairwise(sorted(grid)):
        low, high = one, other
        if goal.is_reached(known[low].outcome) == goal.is_reached(known[high].outcome):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            known[middle] = outcome_at(lever.at(middle))
            if goal.is_reached(known[middle].outcome) == goal.is_reached(known[low].outcome):
                low = middle
            else:
                high = middle
    tried = tuple(Tried(lever.at(place), *known[place]) for place in sorted(known))
    return Sought(
        region=region, tried=tried, stretches=tuple(stretches(tried, goal)), is_exact=len(known) > lever.steps
    )


def grid_of(lever: Lever) -> list[int]:
    """Give numbers of steps, evenly, the ends of the range and the present value among them."""
    steps = lever.steps
    bend = 3 if steps >= MANY else 1
    found = {round(steps * (part / GRID) ** bend) for part in range(GRID + 1)}
    if lever.present is not None and lever.low <= lever.present <= lever.high:
        found.add(round((lever.present - lever.low) / lever.step))
    return sorted(found)


def stretches(tried: Sequence[Tried], goal: Goal) -> Iterator[Stretch]:
    """Join neighbouring values that reach a goal."""
    first: float | None = None
    last = 0.0
    for one in tried:
        if goal.is_reached(one.outcome):
            first = one.value if first is None else first
            last = one.value
        elif first is not None:
            yield Stretch(first, last)
            first = None
    if first is not None:
        yield Stretch(first, last)


def refuse_what_does_not_depend(found: Sequence[Sought], lever: Lever, goal: Goal) -> None:
    """Raise RequestError where the input has no influence on the outcome of any region.

    Where the policy cannot say in some weeks, the outcome may depend on it: that is said.
    """
    if any(one.depends for one in found):
        return
    outcomes = {one.outcome for sought in found for one in sought.tried}
    told = ""
    if len(outcomes) == 1:
        told = f"{100 * outcomes.pop():.4g} %" if goal.is_ahead else f"{outcomes.pop():g}"
    span = f"`{lever.name}` from {lever.low:.15g} to {lever.high:.15g}"
    if max(one.unsaid[1] for one in found):
        raise _cannot_say(found, lever, told, is_mean=goal.is_ahead)
    raise RequestError(
        f"this outcome does not depend on {span}" + (f": it is {told} throughout" if told else ""),
        help="name another input with --by, another stage, or a wider range with --from and --to",
        indonesian=(
            f"hasil ini tidak bergantung pada `{lever.name}` dari {lever.low:.15g} sampai {lever.high:.15g}"
            + (f": hasilnya selalu {told}" if told else ""),
            "sebutkan masukan lain dengan --by, tahap lain, atau rentang lebih lebar dengan --from dan --to",
        ),
    )


def _cannot_say(found: Sequence[Sought], lever: Lever, told: str, *, is_mean: bool) -> RequestError:
    """Say that no value changes an outcome, as far as the policy can say."""
    low, high = (f"{end(one.unsaid[place] for one in found):.3g}" for place, end in ((0, min), (1, max)))
    weeks, minggu = (low, low) if low == high else (f"{low} to {high}", f"{low} sampai {high}")
    mean, rata_rata = ("on average ", "rata-rata ") if is_mean else ("", "")
    span, rentang = (f"{lever.low:.15g} {to} {lever.high:.15g}" for to in ("to", "sampai"))
    said = (
        f"tidak ada nilai `{lever.name}` dari {rentang} yang mengubah hasil ini, sejauh kebijakan "
        f"dapat menentukan: {f'hasilnya tetap {told}, dan ' if told else ''}{rata_rata}"
        f"pada {minggu.replace('.', ',')} minggu tidak pasti"
    )
    return RequestError(
        f"no value of `{lever.name}` from {span} changes this outcome, as far as the policy can say: "
        f"{f'it is {told} throughout, and ' if told else ''}{mean}in {weeks} weeks it cannot say",
        help="give the figures and judgements that are missing, or suppose them (--judge, --data); or name another "
        "input with --by",
        indonesian=(said, "lengkapi angka dan penilaian yang tidak ada, atau andaikan (--judge, --data)"),
    )
