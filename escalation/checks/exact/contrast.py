"""Two policies over all inputs: whether one is stricter, from any standing and on any data, with shortest examples."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from escalation.checks.exact.budget import Budget, NotProved
from escalation.checks.exact.laws import Times, times
from escalation.checks.exact.letters import subject
from escalation.checks.exact.search import Taken, Way
from escalation.checks.exact.shared import steps_up, strangers, with_metrics_of
from escalation.checks.exact.showing import shown
from escalation.checks.exact.stepper import Outcome, Stepper, Streaks
from escalation.checks.exact.witness import Witness, replayed
from escalation.checks.exact.worlds import worlds
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.step import Evaluation, Recommendation
from escalation.policy.model import Policy

TRIES = 12
"""How many differences of a kind are tried for an example in figures of the inputs."""

WORST = 4
"""The faults of no example at all: 2 count for a computed metric that is set directly, 1 for what is undetermined."""


class Relation(StrEnum):
    """How a new policy stands to an old one.

    `differs`: no stricter or milder stage is recommended, but one that cannot be ranked, or one policy cannot say where
    the other can, or other triggers decide.
    """

    EQUAL = "equal"
    STRICTER = "stricter"
    LOOSER = "looser"
    MIXED = "mixed"
    DIFFERS = "differs"
    NOT_PROVED = "not-proved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What two policies recommend in the same standing on the same data.

    `stricter`, `looser` and `other` are shortest examples, of those in which both say what to do where there are such;
    what they expect in their last week is what the old policy recommends there, and the new one recommends a stricter
    stage, a milder one, or differs otherwise. An example that sets computed metrics directly names them. `why` says why
    something is not proved: the examples stand all the same.
    """

    relation: Relation
    stricter: Witness | None = None
    looser: Witness | None = None
    other: Witness | None = None
    why: str = ""

    @property
    def is_free(self) -> bool:
        """Whether the relation rests on examples that set computed metrics directly: they may be unable to move so."""
        found = [one for one in (self.stricter, self.looser) if one is not None]
        found += [self.other] if self.other is not None and not found else []
        return any(one.derived for one in found)

    @property
    def witness(self) -> Witness | None:
        """Some example of a difference; none where none was found."""
        found = [one for one in (self.stricter, self.looser, self.other) if one is not None]
        return min(found, key=lambda one: one.length, default=None)


def contrast(
    old: Policy,
    new: Policy,
    *,
    budget: Budget = Budget(),  # noqa: B008 - frozen
    any_difference: bool = False,
) -> Contrast:
    """Compare two policies from every standing, on all data, gaps included.

    Metrics that both rest on must be defined alike; what only one rests on the other does not ask for. Stages are
    matched by name, and what only one of them has is not a standing that is looked at. With `any_difference` the search
    ends at the first one.
    """
    why = strangers(old, new)
    if why:
        return Contrast(relation=Relation.NOT_PROVED, why=why)
    ladders = (Ladder(with_metrics_of(old, new)), Ladder(with_metrics_of(new, old)))
    examples = _Examples(ladders)
    try:
        when = times(ladders, budget)
        subjects = (subject(ladders[0]), subject(ladders[1]))
        for gaps in (False, True):
            search = _Search(*worlds(subjects, when, gaps=gaps, budget=budget), budget)
            for found in search.differences():
                examples.look_at(found, search)
                if (any_difference and examples.found) or examples.are_enough:
                    return _answer(examples.found, "")
    except NotProved as reason:
        return _answer(examples.found, str(reason))
    open_ = examples.unconfirmed - examples.found.keys()
    if examples.found.keys() & {"stricter", "looser"}:
        open_.discard("other")  # It leaves the relation as it is.
    why = "a difference was found, and no example of it that the engine confirms" if open_ else ""
    return _answer(examples.found, why)


def _answer(examples: dict[str, Witness], why: str) -> Contrast:
    if why and not examples.keys() >= {"stricter", "looser"}:
        relation = Relation.NOT_PROVED
    elif examples.keys() >= {"stricter", "looser"}:
        relation = Relation.MIXED
    else:
        named = next((kind for kind in ("stricter", "looser") if kind in examples), None)
        relation = Relation(named) if named else Relation.DIFFERS if examples else Relation.EQUAL
    return Contrast(relation=relation, why=why, **examples)


class _Examples:
    """The examples of each kind of difference: the first in which nothing is undetermined, if there is one.

    One that sets no computed metric directly goes before all that do.
    """

    def __init__(self, ladders: tuple[Ladder, Ladder]) -> None:
        self.ladders = ladders
        self.found: dict[str, Witness] = {}
        self.unconfirmed: set[str] = set()
        self._tries: Counter[str] = Counter()
        self._faults: dict[str, int] = {}

    def look_at(self, found: _Found, search: _Search) -> None:
        """Make an example of a difference, if one of its kind is still wanted."""
        kind = found.kind
        if self._is_settled(kind) or self._faults.get(kind, WORST) <= found.is_open:
            return
        self._tries[kind] += 1
        witness = self._confirmed(search.way(found), kind)
        if witness is None:
            self.unconfirmed.add(kind)
            return
        faults = 2 * bool(witness.derived) + found.is_open
        if faults < self._faults.get(kind, WORST):
            self.found[kind], self._faults[kind] = witness, faults

    @property
    def are_enough(self) -> bool:
        """Whether nothing can be added to the answer that both directions occur."""
        return self._is_settled("stricter") and self._is_settled("looser")

    def _is_settled(self, kind: str) -> bool:
        return kind in self.found and (not self._faults[kind] or self._tries[kind] >= TRIES)

    def _confirmed(self, way: Way, kind: str) -> Witness | None:
        """Make an example of a way, if both engines say what the search says."""

        def differ(witness: Witness, last: Evaluation) -> bool:
            other = replayed(self.ladders[1], witness)[witness.length - 1]
            return difference(self.ladders, way.stage, Outcome.of(last), Outcome.of(other)) == kind

        return shown(self.ladders[0], way, shows=differ)


def difference(ladders: tuple[Ladder, Ladder], stage: str, old: Outcome, new: Outcome) -> str:
    """Name the way in which two outcomes in a stage differ: `stricter`, `looser`, `other`; the empty text for none."""
    policies = (ladders[0].policy, ladders[1].policy)
    one, other = (outcome.goes_to or stage for outcome in (old, new))
    if one != other and (up := steps_up(policies, one, other)):
        return "stricter" if up > 0 else "looser"
    if (old.recommendation, old.to) != (new.recommendation, new.to):
        return "other"
    deciding = [_trigger(policy, outcome.move) for policy, outcome in zip(policies, (old, new), strict=True)]
    shared = all(name in policy.triggers for name in deciding for policy in policies)
    return "other" if deciding[0] != deciding[1] and shared else ""


def _trigger(policy: Policy, move: str | None) -> str | None:
    return next((one.trigger for one in policy.moves if one.name == move), None)


class _Place(NamedTuple):
    """A moment, the weeks in the stage before it (0 where no trigger counts since entry), the streaks of both."""

    moment: int
    dwell: int
    streaks: tuple[Streaks, Streaks]


class _Found(NamedTuple):
    """A difference in the week that follows a place, with a letter, in a stage and after some weeks in it.

    `is_open`: one of the two cannot say what to do.
    """

    kind: str
    place: _Place
    letter: int
    stage: str
    dwell: int
    is_open: bool


class _Search:
    """All streaks that the two can have on the same data, breadth first."""

    def __init__(self, when: Times, pairs: Sequence[Sequence[Stepper]], budget: Budget) -> None:
        self.times = when
        self.steppers = pairs
        self.budget = budget
        self.before: dict[_Place, tuple[_Place, int] | None] = {}
        self._known: set[object] = set()
        old, new = (stepper[0].ladder for stepper in pairs)
        self._ladders = (old, new)
        self._counted = any(stepper[0].since_entry for stepper in pairs)
        exits = {stage: (*old.exits[stage], *new.exits[stage]) for stage in old.exits if stage in new.exits}
        self._dwells = {
            stage: sorted({-1, 0} | {exit_.move.after - 1 for exit_ in found}) for stage, found in exits.items()
        }
        self._longest = max(dwells[-1] for dwells in self._dwells.values())

    def differences(self) -> Iterator[_Found]:
        """Give the differences, those of the shortest series first. Raise NotProved where there is too much."""
        dwells = range(-1, self._longest + 1) if self._counted else (0,)
        waiting = deque(
            _Place(moment, dwell, (self._at(moment)[0].start, self._at(moment)[1].start))
            for moment, dwell in product(range(len(self.times.weeks)), dwells)
        )
        self.before = dict.fromkeys(waiting)
        while waiting:
            place = waiting.popleft()
            pair = self._at(place.moment)
            for letter in range(len(pair[0].letters)):
                counts = [
                    one.counted(streaks, place.dwell, letter) for one, streaks in zip(pair, place.streaks, strict=True)
                ]
                yield from self._compared(place, letter, (counts[0].number, counts[1].number))
                for following in self._following(place, (counts[0].streaks, counts[1].streaks)):
                    if following not in self.before:
                        self.before[following] = (place, letter)
                        waiting.append(following)
            self._keep_to_the_budget(len(pair[0].letters))
        if any(one.rests_on_entry() for stepper in self.steppers for one in stepper):
            raise NotProved("a trigger that counts since entry stands within another")

    def _at(self, moment: int) -> tuple[Stepper, Stepper]:
        law = self.times.laws[moment]
        return self.steppers[0][law], self.steppers[1][law]

    def _keep_to_the_budget(self, letters: int) -> None:
        if len(self.before) > self.budget.nodes:
            raise NotProved(f"there are more than {self.budget.nodes} standings to look at")
        work = sum(one.work for stepper in self.steppers for one in stepper)
        if len(self.before) * letters + work > self.budget.steps:
            raise NotProved("there are more weeks to look at than the budget allows")

    def _following(self, place: _Place, streaks: tuple[Streaks, Streaks]) -> Iterator[_Place]:
        dwells = {min(place.dwell + 1, self._longest)} | ({-1} if place.dwell < 0 else set())
        for moment in self.times.after(place.moment):
            for dwell in dwells if self._counted else (0,):
                yield _Place(moment, dwell, streaks)

    def _compared(self, place: _Place, letter: int, verdicts: tuple[int, int]) -> Iterator[_Found]:
        """Compare what both recommend in every stage, once for every way in which triggers and judgements can stand."""
        law, pair = self.times.laws[place.moment], self._at(place.moment)
        answers = tuple(tuple(one.answers[letter].values()) for one in pair)
        key = (law, place.dwell, verdicts, answers)
        if key in self._known:
            return
        self._known.add(key)
        for stage, dwells in self._dwells.items():
            for dwell in (place.dwell,) if self._counted else dwells:
                one, other = (
                    stepper.week_in(stage, dwell, streaks, letter)[0]
                    for stepper, streaks in zip(pair, place.streaks, strict=True)
                )
                if one == other and one.move is None:
                    continue
                if kind := difference(self._ladders, stage, one, other):
                    is_open = Recommendation.UNDETERMINED in (one.recommendation, other.recommendation)
                    yield _Found(kind, place, letter, stage, dwell, is_open)

    def way(self, found: _Found) -> Way:
        """Give the series of weeks that ends with a difference."""
        steps = [(found.place, found.letter)]
        while (earlier := self.before[steps[0][0]]) is not None:
            steps.insert(0, earlier)
        taken = tuple(Taken(place.moment, self._at(place.moment)[0].letters[letter], None) for place, letter in steps)
        first = steps[0][0].dwell
        if not self._counted:
            early = len(steps) - 1 - (found.dwell + 1)
        elif first < 0:
            early = sum(place.dwell < 0 for place, _ in steps) - 1
        else:
            early = -(first + 1)
        return Way(found.stage, self.times.start([place.moment for place, _ in steps]), early, taken)
