"""Rules on time: streaks that no data carry, rules that are never in force, stays shorter than an act takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.checks.authority import forms_of
from escalation.checks.registry import Finding, rule
from escalation.checks.valuations import MOST_WORK, scopes
from escalation.diagnostics import Severity
from escalation.periods import Calendar, Week
from escalation.policy.conditions import AllOf, AnyOf, Comparison, Condition
from escalation.policy.metrics import InputMetric, Kind, Per, Ratio
from escalation.policy.model import ANY

if TYPE_CHECKING:
    from escalation.policy.model import Lock, Move, Policy, Validity
    from escalation.policy.source import Route

DAYS, WORKING_DAYS = 7, 5


@rule(
    "carried-streak",
    severity=Severity.WARNING,
    help="shorten `max_age`, or ask for more weeks",
)
def carried_streak(policy: Policy) -> Iterator[Finding]:
    """Old figures alone keep a condition going for as long as it asks.

    Figures that are carried for as many weeks as `for` asks, or for more, count in every week of the streak and in the
    week before it, and "in a row" says nothing. A figure counts in its own week too: with `max_age: 1 week` and
    `for: 2 weeks` one figure fills the streak, which is taken as meant (ask for 3 weeks where it is not), as are
    figures that are usable `always`. Of a count that never falls, and of its share, an old figure that is high enough
    says all about the weeks after it: of those nothing is told.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level, max_age: 4 weeks}
        triggers:
          low: {when: {metric: coverage, below: 70}, for: 3 weeks, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level, max_age: 1 week}
        triggers:
          low: {when: {metric: coverage, below: 70}, for: 3 weeks, missing: unknown}
    """
    told: dict[str, list[str]] = {}
    for name, scope in scopes(policy):
        trigger = policy.triggers[name]
        if trigger.for_ > 1 and not _stays_met(policy, trigger.when):
            leaves = {leaf for root in scope.roots for leaf in policy.inputs_of(root)}
            ages = {leaf: policy.inputs[leaf].max_age for leaf in sorted(leaves)}
            finite = {
                leaf: age
                for leaf, age in ages.items()
                if age is not None and policy.inputs[leaf].kind is not Kind.ATTRIBUTE
            }
            if finite and min(finite.values()) >= trigger.for_:
                told.setdefault(min(finite, key=lambda one: finite[one]), []).append(name)
    for leaf, names in told.items():
        weeks = (policy.inputs[leaf].max_age or 0) + 1
        asking = f"`{names[0]}` asks" if len(names) == 1 else f"{len(names)} triggers ask"
        message = f"one figure of `{leaf}` counts for {weeks} weeks, and {asking} for no more"
        places = [
            (("triggers", name, "for"), f"`{name}` asks for {policy.triggers[name].for_} weeks") for name in names
        ]
        yield ("metrics", leaf, "max_age"), message, places


def _stays_met(policy: Policy, condition: Condition) -> bool:
    """Say whether a condition that was met by some figures is met by all that can come later."""
    match condition:
        case Comparison(metric=name):
            rises = all(operator in {"at_least", "above"} for operator, _ in condition.limits)
            return rises and _never_falls(policy, name)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return all(_stays_met(policy, part) for part in parts)
        case _:
            return False


def _never_falls(policy: Policy, name: str) -> bool:
    """Say whether a metric is a count that never falls, or one divided by what stays as it is."""
    metric = policy.metrics[name]
    match metric:
        case InputMetric():
            return metric.kind is Kind.CUMULATIVE
        case Ratio(ratio=pair) | Per(per=pair):
            whole = [policy.inputs[leaf] for leaf in policy.inputs_of(pair.to)]
            is_fixed = all(one.kind is Kind.ATTRIBUTE or one.max_age is None for one in whole)
            return is_fixed and _never_falls(policy, pair.of)
        case _:
            return False


@rule(
    "streak-outlasts-judgement",
    severity=Severity.WARNING,
    help="ask for fewer weeks, or let the judgement count longer",
)
def streak_outlasts_judgement(policy: Policy) -> Iterator[Finding]:
    """A judgement must hold for more weeks in a row than one judgement counts.

    Unless the role judges again in time, the streak can never be long enough.

    Bad:

        metrics:
          sites_ready: {kind: judgement, by: health-office, max_age: 2 weeks}
        triggers:
          ready: {when: {judgement: sites_ready, is: yes}, for: 6 weeks, missing: unknown}

    Good:

        metrics:
          sites_ready: {kind: judgement, by: health-office, max_age: 6 weeks}
        triggers:
          ready: {when: {judgement: sites_ready, is: yes}, for: 6 weeks, missing: unknown}
    """
    for name, scope in scopes(policy):
        trigger = policy.triggers[name]
        for judgement in sorted(scope.judgements) if trigger.for_ > 1 else ():
            age = policy.judgements[judgement].max_age
            if age is not None and trigger.for_ > age + 1:
                weeks = f"{age + 1} week{'s' if age else ''}"
                message = f"one judgement of `{judgement}` counts for {weeks}, and {trigger.for_} are asked for"
                yield ("triggers", name, "for"), message, [(("metrics", judgement), "the judgement")]


@rule("never-in-force", severity=Severity.ERROR, help="correct the days, or delete the rule")
def never_in_force(policy: Policy) -> Iterator[Finding]:
    """A move or a lock is not in force in any week; or a lock forbids a move for as long as it is valid.

    What holds in a week is what is in force on its last day: Sunday, or Saturday where the calendar is `epi-week`.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low, valid: {from: 2021-09-06, until: 2021-09-11}}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low, valid: {from: 2021-09-06, until: 2021-09-12}}
    """
    most = MOST_WORK // max(1, len(policy.moves))
    for index, move in enumerate(policy.moves):
        if move.valid is not None and not _reaches_the_end_of_a_week(move.valid, policy.calendar):
            yield ("moves", index, "valid"), f"`{move.name}` is valid on the last day of no week"
        lock = _lock_on(policy, move, most)
        if lock is not None:
            related: list[tuple[Route, str]] = [(("locks", lock), "this lock forbids it")]
            yield ("moves", index, "name"), f"`{move.name}` is locked for as long as it is valid", related
    for index, one in enumerate(policy.locks):
        if not _reaches_the_end_of_a_week(one, policy.calendar):
            yield ("locks", index), "this lock is in force on the last day of no week"


@rule("late-parameter", severity=Severity.WARNING, help="add the value that was in force before")
def late_parameter(policy: Policy) -> Iterator[Finding]:
    """A dated parameter has no value on days on which rules that rest on it hold.

    Before the first date its value is unknown, and so is every condition that compares with it. A move begins with
    `valid`, or with the first dated value that it rests on.

    Bad:

        parameters:
          low: {unit: percent, dated: [{from: 2021-03-01, value: 40, source: assumption}]}
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: low}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low, valid: {from: 2021-01-01}}

    Good:

        parameters:
          low: {unit: percent, dated: [{from: 2020-12-01, value: 40, source: assumption}]}
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: low}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low, valid: {from: 2021-01-01}}
    """
    starts = {name: one.dated[0].from_ for name, one in policy.parameters.items() if one.dated}
    used = {name: sorted(starts.keys() & scope.parameters) for name, scope in scopes(policy)} if starts else {}
    told: set[str] = set()
    for index, move in enumerate(policy.moves):
        names = used.get(move.trigger, [])
        begins = [move.valid.from_] if move.valid and move.valid.from_ else [starts[name] for name in names]
        for name in names:
            if min(begins) < starts[name] and name not in told:
                told.add(name)
                message = f"`{name}` has no value before {starts[name]}, and `{move.name}` holds from {min(begins)}"
                yield ("parameters", name, "dated", 0, "from"), message, [(("moves", index), "the move")]


@rule(
    "stay-below-lead-time",
    severity=Severity.WARNING,
    help="ask for a longer stay with `after`, or prepare the act before",
)
def stay_below_lead_time(policy: Policy) -> Iterator[Finding]:
    """A move may escalate sooner than the act that it leads to can be made.

    `after` is the shortest stay before the move, and a trigger with `for` is seen coming in all but the last of its
    weeks. The pack of legal forms says how many days an act takes at least (`lead_time`); working days are counted as
    seven fifths. Looked at are moves to a harder form, and acts that take a week or more: what takes some days falls
    within the week that a recommendation is about.

    Bad:

        instruments: indonesia-city
        stages: [{name: mild, instrument: surat_edaran}, {name: strict, instrument: perda}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low, after: 2 weeks}

    Good:

        instruments: indonesia-city
        stages: [{name: mild, instrument: surat_edaran}, {name: strict, instrument: perda}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low, after: 12 weeks}
    """
    forms = forms_of(policy)
    for index, move in enumerate(policy.moves if forms else ()):
        form = forms.get(policy.stage(move.to).instrument or "")
        if form is None or form.lead_time is None or move.from_ == (ANY,):
            continue
        plan = form.lead_time.planning.value
        least = plan.least if plan.clock == "calendar" else -(-plan.least * DAYS // WORKING_DAYS)
        softer = [
            origin
            for origin in policy.origins(move)
            if (held := forms.get(policy.stage(origin).instrument or "")) and held.kind.rank < form.kind.rank
        ]
        weeks = max(move.after, policy.triggers[move.trigger].for_ - 1)
        if softer and weeks * DAYS < least and least >= DAYS:
            notice = "at once" if not weeks else "after one week" if weeks == 1 else f"after {weeks} weeks"
            form_name = policy.stage(move.to).instrument
            message = f"`{move.name}` may come {notice}, and the form `{form_name}` takes {least} days at least"
            yield ("moves", index, "after" if move.after else "name"), message


def _reaches_the_end_of_a_week(days: Validity, calendar: Calendar) -> bool:
    if days.from_ is None or days.until is None:
        return True
    return Week.of(days.from_, calendar).last_day <= days.until


def _lock_on(policy: Policy, move: Move, most: int) -> int | None:
    """Find a lock that forbids a move out of all its stages for as long as it is valid, among the first so many."""
    origins = policy.origins(move)
    for index, lock in enumerate(policy.locks[:most]):
        if origins and _covers(lock, move) and all(_forbids(policy, lock, origin, move.to) for origin in origins):
            return index
    return None


def _covers(lock: Lock, move: Move) -> bool:
    first, last = (move.valid.from_, move.valid.until) if move.valid else (None, None)
    begins = lock.from_ is None or (first is not None and lock.from_ <= first)
    return begins and (lock.until is None or (last is not None and lock.until >= last))


def _forbids(policy: Policy, lock: Lock, origin: str, goal: str) -> bool:
    ranks = policy.ranks
    if lock.not_above is not None:
        return ranks[goal] > max(ranks[origin], ranks[lock.not_above])
    return lock.not_below is not None and ranks[goal] < min(ranks[origin], ranks[lock.not_below])
