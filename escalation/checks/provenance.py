"""Rules on where numbers come from: no source, one that is not yet or no longer in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from escalation.checks.assumed import assumptions
from escalation.checks.names import documents
from escalation.checks.registry import Finding, rule
from escalation.checks.valuations import Scope
from escalation.diagnostics import Severity
from escalation.policy.operands import operands

if TYPE_CHECKING:
    from escalation.policy.model import Move, Policy
    from escalation.policy.source import Route


MOST_PLACES = 3


class Dated(NamedTuple):
    """A rule, the documents that it cites, and the days on which it begins and ends; none: it does not say."""

    route: Route
    sources: tuple[str, ...]
    start: date | None = None
    end: date | None = None


@rule(
    "number-without-source",
    severity=Severity.WARNING,
    help="name its source, or write `source: assumption`",
)
def number_without_source(policy: Policy) -> Iterator[Finding]:
    """Nothing is said of where a number comes from.

    A threshold that decides must have a source, or admit that it is an assumption. A number in a condition has the
    source of its trigger, one in a row of bands that of its metric, `after` that of its move.

    Bad:

        parameters:
          target: {unit: percent, value: 70}

    Good:

        parameters:
          target: {unit: percent, value: 70, source: assumption}
    """
    told: set[Route] = set()
    for route in assumptions(policy):
        entry = route[: 4 if "dated" in route[2:3] else 2]
        if entry not in told and not _sources_at(policy, route):
            told.add(entry)
            yield route, f"nothing is said of where {_what(route)} comes from"


@rule("assumed-number", severity=Severity.INFO, help="find a document that gives it", on_request=True)
def assumed_number(policy: Policy) -> Iterator[Finding]:
    """A number is an assumption of the policy file.

    That is no mistake, and every output marks it. `check` counts the assumptions of a file; `--select assumed-number`
    lists them, for whoever looks for documents.

    Bad:

        parameters:
          target: {unit: percent, value: 70, source: assumption}

    Good:

        sources:
          plan: {title: Vaccination plan}
        parameters:
          target: {unit: percent, value: 70, source: plan}
    """
    for route in assumptions(policy):
        yield route, f"{_what(route)} is an assumption"


@rule(
    "source-newer-than-rule",
    severity=Severity.WARNING,
    help="correct the date, or cite what was in force then",
)
def source_newer_than_rule(policy: Policy) -> Iterator[Finding]:
    """A rule begins, or has ended, before the documents that it cites existed.

    No rule can rest on a document of a later day. Looked at are dated values, and moves and locks with a first or a
    last day; of several documents the earliest counts.

    Bad:

        sources:
          decree: {title: Decree 7/2021, date: 2021-03-14}
        parameters:
          dry_days: {dated: [{from: 2020-08-31, value: 7, source: decree}]}

    Good:

        sources:
          decree: {title: Decree 7/2021, date: 2021-03-14}
        parameters:
          dry_days: {dated: [{from: 2021-03-14, value: 7, source: decree}]}
    """
    for one in _dated(policy):
        days = [day for name in one.sources if (day := policy.sources[name].begins)]
        if not days or len(days) < len(one.sources):
            continue
        first, earliest = min(zip(days, one.sources, strict=True))
        at_source = policy.sources[earliest]
        of = "the document is of this day" if at_source.from_ is None else "the document is in force from this day"
        related = [(("sources", earliest, "date" if at_source.from_ is None else "from"), of)]
        is_of = "is of" if at_source.from_ is None else "is in force from"
        at = (*one.route, "valid") if one.route[0] == "moves" else one.route
        if one.start is not None and first > one.start:
            yield (*at, "from"), f"this holds from {one.start}, and `{earliest}` {is_of} {first}", related
        elif one.start is None and one.end is not None and first > one.end:
            yield (*at, "until"), f"this held until {one.end}, and `{earliest}` {is_of} {first}", related


@rule("expired-source", severity=Severity.WARNING, help="cite what replaced it, or end the rules as well")
def expired_source(policy: Policy, *, today: date | None) -> Iterator[Finding]:
    """All documents that a rule cites have ceased to be in force: today, or when the rule begins.

    `until` of a source is its last day in force. A rule that itself ended by then (`valid`, a later dated value) is
    none of today's, nor are triggers, metrics and parameters that only ended moves use. A source is told once, with the
    rules that rest on it alone.

    Bad:

        sources:
          instruction: {title: Instruction 53/2021, until: 2021-11-01}
        parameters:
          target: {unit: percent, value: 70, source: instruction}

    Good:

        sources:
          instruction: {title: Instruction 53/2021, until: 2021-11-01}
          plan: {title: Vaccination plan}
        parameters:
          target: {unit: percent, value: 70, source: [instruction, plan]}
    """
    resting: dict[str, list[Route]] = {}
    retired = _retired(policy, today)
    for one in _dated(policy):
        ends = [end for name in one.sources if (end := policy.sources[name].until)]
        if not ends or len(ends) < len(one.sources):
            continue
        end, latest = max(zip(ends, one.sources, strict=True))
        if one.start is not None and end < one.start:
            related = [(("sources", latest, "until"), "it was in force until this day")]
            yield (*one.route, "source"), f"this holds from {one.start}, and `{latest}` ended on {end}", related
        elif (
            today is not None and end < today and (one.end is None or one.end >= today) and one.route[:2] not in retired
        ):
            resting.setdefault(latest, []).append(one.route)
    for name, routes in resting.items():
        count = "one rule rests" if len(routes) == 1 else f"{len(routes)} rules rest"
        more = len(routes) - MOST_PLACES
        last = len(routes) if more <= 0 else MOST_PLACES - 1
        places = [((*route, "source"), "this rests on it") for route in routes[:last]]
        if more > 0:
            places.append(((*routes[last], "source"), f"this rests on it, as {more} more do"))
        message = f"`{name}` ended on {policy.sources[name].until}, and {count} on it alone"
        yield ("sources", name, "until"), message, places


def _retired(policy: Policy, today: date | None) -> set[Route]:
    """Give the routes of the triggers, metrics and parameters that ended moves use, and no others."""
    if today is None:
        return set()
    ended = [move for move in policy.moves if move.valid and move.valid.until and move.valid.until < today]
    return _used(policy, ended) - _used(policy, [move for move in policy.moves if move not in ended])


def _used(policy: Policy, moves: Sequence[Move]) -> set[Route]:
    scope = Scope(policy, [move.trigger for move in moves])
    judged = scope.judgements.union(*(move.requires or () for move in moves))
    below = {name for root in scope.metrics for name in _below(policy, root)}
    return {
        *(("triggers", name) for name in scope.triggers),
        *(("metrics", name) for name in below | judged),
        *(("parameters", name) for name in scope.parameters),
    }


def _below(policy: Policy, name: str) -> Iterator[str]:
    yield name
    for _, operand in operands(policy.metrics[name]):
        yield from _below(policy, operand)


@rule("source-ends-before-it-begins", severity=Severity.ERROR, help="correct one of the two days")
def source_ends_before_it_begins(policy: Policy) -> Iterator[Finding]:
    """A source is in force until a day before its own date, or before the first day on which it is in force.

    One of the two days is wrong.

    Bad:

        sources:
          plan: {title: Drought plan, date: 2021-06-01, until: 2020-12-31}
        parameters:
          target: {unit: percent, value: 70, source: plan}

    Good:

        sources:
          plan: {title: Drought plan, date: 2020-06-01, until: 2020-12-31}
        parameters:
          target: {unit: percent, dated: [{from: 2020-06-01, value: 70, source: plan}]}
    """
    for name, source in policy.sources.items():
        if source.until is None:
            continue
        if source.date is not None and source.until < source.date:
            yield ("sources", name, "until"), f"`{name}` is of {source.date}, and ends on {source.until}"
        elif source.from_ is not None and source.until < source.from_:
            yield ("sources", name, "until"), f"`{name}` is in force from {source.from_}, and ends on {source.until}"


def _dated(policy: Policy) -> Iterator[Dated]:
    for name, parameter in policy.parameters.items():
        route: Route = ("parameters", name)
        if parameter.dated is None:
            yield Dated(route, documents(policy, parameter.source))
            continue
        later = [one.from_ for one in parameter.dated[1:]]
        for index, (dated, end) in enumerate(zip(parameter.dated, [*later, None], strict=True)):
            cited = documents(policy, dated.source or parameter.source)
            yield Dated((*route, "dated", index), cited, dated.from_, end)
    for name, trigger in policy.triggers.items():
        yield Dated(("triggers", name), documents(policy, trigger.source))
    for name, metric in policy.metrics.items():
        yield Dated(("metrics", name), documents(policy, metric.source))
    for index, move in enumerate(policy.moves):
        begins, ends = (move.valid.from_, move.valid.until) if move.valid else (None, None)
        yield Dated(("moves", index), documents(policy, move.source), begins, ends)
    for index, lock in enumerate(policy.locks):
        yield Dated(("locks", index), documents(policy, lock.source), lock.from_, lock.until)


def _sources_at(policy: Policy, route: Route) -> tuple[str, ...] | None:
    """Give what is said of the source of a number: by its own entry, or by what it stands in."""
    section, key, *rest = route
    match section:
        case "parameters":
            parameter = policy.parameters[str(key)]
            dated = parameter.dated[int(rest[1])].source if parameter.dated and rest[0] == "dated" else None
            return dated or parameter.source
        case "metrics":
            return policy.metrics[str(key)].source
        case "triggers":
            return policy.triggers[str(key)].source
        case "moves":
            return policy.moves[int(key)].source
        case _:
            return policy.locks[int(key)].source


def _what(route: Route) -> str:
    section, key, *_ = route
    match section:
        case "parameters":
            return f"the value of `{key}`"
        case "locks":
            return "this lock"
        case _:
            return "this number"
