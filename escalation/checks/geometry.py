"""Rules on the geometry of thresholds: what no figures meet, what all meet, what falls between two conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from escalation.checks.ladder import entries_of, exits_of
from escalation.checks.registry import Finding, rule
from escalation.checks.units import is_outside
from escalation.checks.valuations import Allowance, Axis, Cell, Scope, Values, Week, scopes, sizes
from escalation.diagnostics import Severity
from escalation.evaluation.truth import MET, UNMET, Verdict
from escalation.policy.conditions import Condition, Limits, parts_of
from escalation.policy.metrics import Bands, Change, Difference, Highest, Lowest, Projection, Sum
from escalation.policy.thresholds import thresholds, values

if TYPE_CHECKING:
    from escalation.policy.model import Move, Policy
    from escalation.policy.source import Route

DAY = timedelta(days=1)
MOST_NAMED = 3
NOTHING, UNKNOWN_YET = "", "?"


@rule("condition-never-met", severity=Severity.ERROR, help="correct one of the thresholds, or join by `any`")
def condition_never_met(policy: Policy) -> Iterator[Finding]:
    """A condition contradicts itself: no figures can meet it.

    The trigger, or the part of it, is dead text. All combinations of what the thresholds tell apart are tried; where
    there are very many, the exact analysis answers instead.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          middle: {when: {all: [{metric: coverage, above: 60}, {metric: coverage, below: 40}]}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          middle: {when: {all: [{metric: coverage, above: 40}, {metric: coverage, below: 60}]}, missing: unknown}
    """
    for name, verdicts in _verdicts(policy, gaps=True):
        for route, part in _innermost(policy.triggers[name].when, ("triggers", name, "when"), verdicts, never=MET):
            if UNMET in verdicts[route]:
                yield route, f"no figures can meet {_named(part)}"


@rule("condition-always-met", severity=Severity.WARNING, help="delete the part, or correct its thresholds")
def condition_always_met(policy: Policy) -> Iterator[Finding]:
    """A condition is met whatever the figures are.

    It decides nothing: `at_least: 0` of a percentage, or `any` of two halves that are the whole. Looked at are weeks in
    which there are figures.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {any: [{metric: coverage, at_least: 55}, {metric: coverage, below: 60}]}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {any: [{metric: coverage, at_least: 60}, {metric: coverage, below: 55}]}, missing: unknown}
    """
    for name, verdicts in _verdicts(policy, gaps=False):
        if not Scope(policy, [name]).is_rounded:
            for route, part in _innermost(
                policy.triggers[name].when, ("triggers", name, "when"), verdicts, never=UNMET
            ):
                if verdicts[route] == {MET}:
                    yield route, f"all figures meet {_named(part)}"


@rule("dead-row", severity=Severity.ERROR, help="delete the row, or correct the rows above it")
def dead_row(policy: Policy) -> Iterator[Finding]:
    """A row of `bands` can never win: the rows above it, or the range of the metric, leave it no value.

    The first row that holds gives the value, so the order counts.

    Bad:

        metrics:
          cases: {kind: flow, range: [0, null]}
          level: {bands: {of: cases, rows: [{below: 20, value: 1}, {below: 10, value: 2}, {otherwise: 3}]}}

    Good:

        metrics:
          cases: {kind: flow, range: [0, null]}
          level: {bands: {of: cases, rows: [{below: 10, value: 1}, {below: 20, value: 2}, {otherwise: 3}]}}
    """
    allowance = Allowance()
    for name, metric in policy.metrics.items():
        if not isinstance(metric, Bands):
            continue
        won = [_winners(policy, name, metric, law, allowance) for law in Scope(policy, [], metrics=[name]).laws()]
        winners = {row for one in won for row, _ in one}
        for index, row in enumerate(metric.bands.rows if all(won) else ()):
            out = any(is_outside(limit, policy.metrics[metric.bands.of].bounds) for limit in _limits(policy, row))
            if index not in winners and not out:
                yield ("metrics", name, "bands", "rows", index), f"no value of `{metric.bands.of}` reaches this row"


@rule("bands-gap", severity=Severity.WARNING, help="add the row that is missing, or `{otherwise: VALUE}` at the end")
def bands_gap(policy: Policy) -> Iterator[Finding]:
    """Some values fall into no row of `bands`.

    The metric then has no value, and what rests on it is unknown. Most often it is the threshold itself: below 55, and
    above 55.

    Bad:

        metrics:
          cases: {kind: flow, range: [0, null]}
          level: {bands: {of: cases, rows: [{below: 55, value: 1}, {above: 55, value: 2}]}}

    Good:

        metrics:
          cases: {kind: flow, range: [0, null]}
          level: {bands: {of: cases, rows: [{below: 55, value: 1}, {at_least: 55, value: 2}]}}
    """
    allowance = Allowance()
    for name, metric in policy.metrics.items():
        if not isinstance(metric, Bands) or isinstance(policy.metrics[metric.bands.of], Bands | Highest | Lowest):
            continue
        for law in reversed(Scope(policy, [], metrics=[name]).laws()):
            left_out = [cell for row, cell in _winners(policy, name, metric, law, allowance) if row is None]
            known = [cell.words for cell in left_out if _exists(policy, metric.bands.of, cell)]
            if known and None not in law.values():
                more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
                words = ", ".join(known[:MOST_NAMED]) + more
                yield ("metrics", name, "bands", "rows"), f"no row holds for `{metric.bands.of}` {words}"
                break


@rule(
    "threshold-gap", severity=Severity.WARNING, help="let one of the two include its threshold: `at_least`, `at_most`"
)
def threshold_gap(policy: Policy) -> Iterator[Finding]:
    """Conditions on both sides of a threshold leave out the threshold itself.

    Below 55 one move applies, above 55 another one, and at exactly 55 none. Looked at are the moves out of a stage with
    those that lead to it, as far as they are in force (`valid`) on the same days. That nothing applies at exactly 0 of
    a change is taken as meant, and so is what lies between a threshold for going up and one for coming down.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 55}, missing: unknown}
          met: {when: {metric: coverage, above: 55}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: met}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 55}, missing: unknown}
          met: {when: {metric: coverage, at_least: 55}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: met}
    """
    counted, allowance = sizes(policy), Allowance()
    exits, entries = exits_of(policy), entries_of(policy)
    families = dict.fromkeys(
        together
        for stage in policy.stages
        for together in _together([move for _, move in (*exits.get(stage.name, ()), *entries.get(stage.name, ()))])
    )
    told: dict[tuple[str, ...], None] = {}
    for names, day in families:
        if len(names) > 1 and allowance.grants(sum(counted[name] for name in names)):
            told |= dict.fromkeys(_gaps(policy, names, day, allowance))
    for axis, words, below, above in told:
        route: Route = ("triggers", above, "when")
        message = f"with `{axis}` {words}, neither `{below}` nor `{above}` is met"
        yield route, message, [(("triggers", below, "when"), "the other side")]


@rule(
    "opposite-moves-overlap",
    severity=Severity.WARNING,
    help="make the conditions exclude each other; as they are, the order of the file decides",
)
def opposite_moves_overlap(policy: Policy) -> Iterator[Finding]:
    """The same figures meet the conditions of a move that escalates and of one that relaxes, out of the same stage.

    Which of the two is recommended then hangs on the order of the file alone. Only figures that can last are looked at,
    and only metrics that share no input; the exact analysis sees the rest.

    Bad:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 60}, missing: unknown}
          met: {when: {metric: coverage, at_least: 55}, missing: unknown}
        moves:
          - {name: up, from: mild, to: middle, trigger: low}
          - {name: further-up, from: middle, to: strict, trigger: low}
          - {name: down, from: [middle, strict], to: mild, trigger: met}

    Good:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 55}, missing: unknown}
          met: {when: {metric: coverage, at_least: 55}, missing: unknown}
        moves:
          - {name: up, from: mild, to: middle, trigger: low}
          - {name: further-up, from: middle, to: strict, trigger: low}
          - {name: down, from: [middle, strict], to: mild, trigger: met}
    """
    told: set[tuple[int, int]] = set()
    counted, allowance = sizes(policy), Allowance()
    for name, exits in exits_of(policy).items():
        lasting = [(index, move) for index, move in exits if move.valid is None]
        rising = [(index, move) for index, move in lasting if policy.ranks[move.to] > policy.ranks[name]]
        falling = [(index, move) for index, move in lasting if policy.ranks[move.to] < policy.ranks[name]]
        triggers = {move.trigger for _, move in lasting}
        if rising and falling and allowance.grants(sum(counted[trigger] for trigger in triggers)):
            for one, other, words in _both_met(policy, rising, falling, allowance):
                first, later = sorted((one, other))
                if (first, later) not in told:
                    told.add((first, later))
                    names = f"`{policy.moves[first].name}` and `{policy.moves[later].name}`"
                    message = f"with {words}, {names} are both met out of `{name}`"
                    yield ("moves", later, "trigger"), message, [(("moves", first, "trigger"), "the other move")]


def _verdicts(policy: Policy, *, gaps: bool) -> Iterator[tuple[str, Mapping[Route, set[Verdict]]]]:
    """Give for each trigger the verdicts that its condition and each part of it can have."""
    outside = {one.route[1] for one in thresholds(policy) if is_outside(one.value, policy.metrics[one.metric].bounds)}
    allowance = Allowance()
    for name, scope in scopes(policy):
        if outside.intersection((*scope.triggers, *scope.metrics, *scope.parameters)):
            continue
        laws = [(law, scope.axes(law, gaps=gaps, streaks=True)) for law in scope.laws()]
        if not allowance.grants(sum(scope.work(axes) for _, axes in laws)):
            continue
        found: dict[Route, set[Verdict]] = {}
        for law, axes in laws:
            for _, week in scope.weeks(law, axes):
                week.judge(policy.triggers[name].when, ("triggers", name, "when"))
                for route, verdict in week.verdicts.items():
                    found.setdefault(route, set()).add(verdict)
        yield name, found


def _innermost(
    condition: Condition, route: Route, verdicts: Mapping[Route, set[Verdict]], *, never: Verdict
) -> Iterator[tuple[Route, Condition]]:
    """Give the parts of a condition that never have a verdict, and of parts within each other the inner one."""
    within = [found for at, part in parts_of(condition, route) for found in _innermost(part, at, verdicts, never=never)]
    yield from within
    if not within and never not in verdicts[route]:
        yield route, condition


def _limits(policy: Policy, limits: Limits) -> Iterator[float]:
    for _, limit in limits.limits:
        yield from [limit] if isinstance(limit, float) else (value for _, value in values(policy.parameters[limit]))


def _named(part: Condition) -> str:
    return "this comparison" if hasattr(part, "metric") else "this condition"


def _winners(
    policy: Policy, name: str, metric: Bands, law: Values, allowance: Allowance
) -> list[tuple[int | None, Cell]]:
    """Give for each piece of the range of what is sorted into bands the row that wins there, or none."""
    scope = Scope(policy, [], metrics=[name])
    rows = metric.bands.rows
    of = metric.bands.of
    axes = scope.axes(law, gaps=True, streaks=False)
    if not allowance.grants(scope.work(axes)):
        return []
    found: dict[tuple[int | None, Cell], None] = {}
    for combination, week in scope.weeks(law, axes):
        value = week.value(of)
        if value is not None:
            won = (at for at, row in enumerate(rows) if row.otherwise is not None or week.holds(row, value) is MET)
            found[next(won, None), combination[0]] = None
    return list(found)


def _exists(policy: Policy, name: str, cell: Cell) -> bool:
    """Say whether a metric that is rounded to some places can have a value in a cell."""
    decimals = policy.metrics[name].decimals
    if decimals is None or cell.value is None:
        return True
    return cell.is_point and round(cell.value, decimals) == cell.value


def _together(moves: Sequence[Move]) -> Iterator[tuple[tuple[str, ...], date]]:
    """Give the triggers of moves that are in force together, and the last day of each span in which they are."""
    ends = [move.valid.from_ - DAY for move in moves if move.valid and move.valid.from_]
    ends += [move.valid.until for move in moves if move.valid and move.valid.until]
    for day in sorted({*ends, date.max}):
        names = {move.trigger for move in moves if move.valid is None or move.valid.covers(day)}
        yield tuple(sorted(names)), day


def _gaps(policy: Policy, names: Sequence[str], day: date, allowance: Allowance) -> Iterator[tuple[str, str, str, str]]:
    """Find the axis and the value at which nothing is met on a day, and what is met on either side of it."""
    scope = Scope(policy, names)
    law = {name: policy.parameters[name].on(day) for name in sorted(scope.parameters)}
    axes = scope.axes(law, gaps=False, streaks=False)
    if scope.is_rounded or not axes or None in law.values() or not allowance.grants(scope.work(axes)):
        return
    met = {combination: _first_met(week, names) for combination, week in scope.weeks(law, axes)}
    for place, axis in enumerate(axes):
        if axis.name in scope.roots:
            for before, point, after in zip(axis.cells, axis.cells[1:], axis.cells[2:], strict=False):
                if point.is_point and _exists(policy, axis.name, point) and not _is_rest(policy, axis.name, point):
                    sides = _sides(met, place, (before, point, after), each=scope.is_free)
                    if sides:
                        yield axis.name, point.words, *sides


def _sides(
    met: Mapping[tuple[Cell, ...], str], place: int, around: tuple[Cell, Cell, Cell], *, each: bool
) -> tuple[str, str] | None:
    """Give what is met below and above a value at which nothing is.

    `each`: with all other metrics held still; without it, whatever the other metrics are.
    """
    before, point, after = around
    on_it = [combination for combination in met if combination[place] is point]
    if not each and {met[combination] for combination in on_it} != {NOTHING}:
        return None
    for combination in on_it:
        others = [(*combination[:place], cell, *combination[place + 1 :]) for cell in (before, after)]
        below, above = (met[other] for other in others)
        if met[combination] == NOTHING and {below, above}.isdisjoint({NOTHING, UNKNOWN_YET}) and below != above:
            return below, above
    return None


def _first_met(week: Week, names: Sequence[str]) -> str:
    """Name the first trigger that is met; `NOTHING` if all are unmet, `UNKNOWN_YET` if one is neither."""
    verdicts = [week.trigger(name) for name in names]
    if MET in verdicts:
        return names[verdicts.index(MET)]
    return NOTHING if set(verdicts) == {UNMET} else UNKNOWN_YET


def _is_rest(policy: Policy, name: str, cell: Cell) -> bool:
    """Say whether a value is that of a metric that does not change."""
    return cell.value == 0 and isinstance(policy.metrics[name], Change | Difference | Projection)


def _both_met(
    policy: Policy, rising: Sequence[tuple[int, Move]], falling: Sequence[tuple[int, Move]], allowance: Allowance
) -> Iterator[tuple[int, int, str]]:
    """Find pairs of moves whose triggers the same lasting figures meet, and such figures in words."""
    scope = Scope(policy, [move.trigger for _, move in (*rising, *falling)])
    law = scope.laws()[-1]
    axes = scope.axes(law, gaps=False, streaks=False)
    fleeting = any(isinstance(policy.metrics[root], Change | Sum | Projection) for root in scope.roots)
    if fleeting or scope.is_rounded or not scope.is_free or not allowance.grants(scope.work(axes)):
        return
    for combination, week in scope.weeks(law, axes):
        one = next((index for index, move in rising if week.trigger(move.trigger) is MET), None)
        other = next((index for index, move in falling if week.trigger(move.trigger) is MET), None)
        if one is not None and other is not None and _can_be(policy, axes, combination):
            yield one, other, _in_words(axes, combination)


def _can_be(policy: Policy, axes: Sequence[Axis], combination: Sequence[Cell]) -> bool:
    pairs = zip(axes, combination, strict=True)
    return all(axis.name in policy.judgements or _exists(policy, axis.name, cell) for axis, cell in pairs)


def _in_words(axes: Sequence[Axis], combination: Sequence[Cell]) -> str:
    return ", ".join(f"`{axis.name}` {cell.words}" for axis, cell in zip(axes, combination, strict=True))
