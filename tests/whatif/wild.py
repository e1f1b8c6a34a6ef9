"""Random scenarios, extreme values included, and data of every sort: what a what-if must stand."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import numpy as np

from escalation.observations import NO_WEEK, Entry, Observations, tabulate
from escalation.periods import Week, week_text
from escalation.policy.amend import Does
from escalation.policy.load import load
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.scenarios.scenario import Scenario
from tests.agreement.ladders import some_policy
from tests.whatif.clinic import clinic
from tests.whatif.families import UPTAKE
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import EXTREMES, FIGURES, Record, some_history, some_record

Tree = dict[str, object]
SHIPPED = Path(__file__).resolve().parent.parent.parent / "policies"
AMOUNTS = (0, 1, 0.5, 0.9, 1.1, 2, 3, 25, 60, -1, 0.000_000_001, 999_999_999_999_999, -999_999_999_999_999)
FACTORS = (0, 0.5, 0.9, 1, 1.1, 2, 1000, 0.000_000_001, 999_999_999_999_999)
PEOPLE = (0, 1, 5000, 40_000, -100, 999_999_999_999_999)
STAYS = (0, 1, 2, 3, 5, 8)
STREAKS = (1, 1, 2, 3, 4, 6)
LONG = (26, 52, 104, 520, 9999)
"""Weeks of a streak or a stay that are seldom asked for."""
LAGS = (0, 1, 2, 5, 26, 520)
HORIZONS = (1, 1, 2, 3, 8, 26)
FAR = (120, 520)
CHANCES = (0, 0.000_000_001, 0.1, 0.5, 0.99, 1)
PERCENTS = (-100, -50, 0, 0.000_000_001, 20, 300, 999_999_999_999_999)
BEYOND = (0.0, -0.0, 5e-324, 1e-300, 2.0**53, 1e150, 1e300, 1.7e308)
"""Amounts that no file can say, as only Python can ask for them."""
MOST_EDITS = 3
LEAST_WEEKS = 13
SELDOM = 0.002
EXPONENT = re.compile(r"-?\d+(\.\d+)?e[-+]?\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A policy with data and stages on record, on which scenarios stand."""

    policy: Policy
    observations: Observations
    record: Record

    @property
    def is_long(self) -> bool:
        """Whether some region has the weeks that a forecast rests on."""
        return any(last - first >= LEAST_WEEKS for first, last in self.observations.weeks.values())


def some_ground(seed: int) -> Ground:
    """Give a shipped policy or a random one, with data of a random sort."""
    random = Random(seed)  # noqa: S311 - the same ground every time
    kind = random.randrange(6)
    policy = shipped()[kind] if kind < len(shipped()) else (whole_policy if kind % 2 else some_policy)(seed)
    observations = some_data(policy, random)
    record = some_record(policy, observations, random) if random.random() < 0.3 else {}
    return Ground(policy=policy, observations=observations, record=record)


@cache
def shipped() -> tuple[Policy, ...]:
    """Give the policies of this project, and the small one of the scenario tests."""
    folders = sorted(path.parent for path in SHIPPED.glob("*/policy.yaml"))
    return (*(load(folder / "policy.yaml") for folder in folders), clinic())


def some_data(policy: Policy, random: Random) -> Observations:
    """Give data: mostly such as reports bring, else odd, extreme, a single week, all missing, or none at all."""
    sort = random.choice(["uptake"] * 6 + ["odd", "extreme", "one week", "missing", "none", "long"])
    match sort:
        case "odd":
            return some_history(policy, random, of=FIGURES)
        case "extreme":
            return some_history(policy, random, of=EXTREMES)
        case "missing":
            return some_history(policy, random, of=[None])
        case "none":
            return tabulate(policy.calendar, [])
        case _:
            weeks = {"one week": 1, "long": 40}.get(sort) or random.randint(15, 18)
            return _uptake(policy, random, regions=1 if sort == "long" else random.randint(1, 4), weeks=weeks)


def _uptake(policy: Policy, random: Random, *, regions: int, weeks: int) -> Observations:
    """Give counts that saturate, stall or come in waves, flows and levels that go with them, and answers of people."""
    rng = np.random.default_rng(random.randrange(2**32))
    start = Week.parse("2021-W05", policy.calendar).number
    people = random.choice([3.0, 1000.0, 2_016_006.0, 1e15])
    names = [f"R{region}" for region in range(regions)]
    entries: list[Entry] = []
    for name, metric in policy.inputs.items():
        shares = np.minimum(UPTAKE[random.choice(list(UPTAKE))](rng, np.empty((regions, 1)), weeks), 0.9)
        counts = np.rint((1 - np.cumprod(1 - shares, axis=1)) * people)
        figures = np.rint(shares * people) if metric.kind is Kind.FLOW else counts
        if metric.kind is Kind.LEVEL:
            figures = np.full_like(counts, people) if metric.max_age is None else 100 * shares
        if metric.kind is Kind.JUDGEMENT:
            figures = rng.integers(0, 2, counts.shape).astype(float)
        if metric.kind is Kind.ATTRIBUTE:
            entries += [Entry(region, NO_WEEK, name, random.choice([0.0, 1.0, people])) for region in names]
            continue
        gaps = random.choice([0, 0, 0.05])
        entries += [
            Entry(region, start + week, name, None if random.random() < gaps else float(figures[lane, week]))
            for lane, region in enumerate(names)
            for week in range(weeks)
        ]
    return tabulate(policy.calendar, entries)


def some_scenario(ground: Ground, random: Random) -> Tree:
    """Give a scenario as a file says it; few of them cannot be."""
    made: Tree = {"name": "wild"}
    is_ahead = random.random() < (0.3 if ground.is_long else 0.05)
    if is_ahead:
        made["horizon"] = random.choice(FAR if random.random() < SELDOM else HORIZONS)
    if random.random() < 0.5:
        made |= _amendments(ground.policy, random)
    if random.random() < 0.6:
        made["data"] = _edits(ground, random, is_ahead=is_ahead)
    if random.random() < 0.5:
        made["adopt"] = _adoption(ground.policy, random)
    lifted = _named(ground.policy, Kind.CUMULATIVE, Kind.FLOW)
    if lifted and random.random() < 0.05:
        made["response"] = [
            {
                "stage": random.choice(ground.policy.stages).name,
                "lifts": random.choice(lifted),
                "percent": random.choice(PERCENTS),
            }
            for _ in range(random.randint(1, 2))
        ]
    return made


def written(scenario: Tree) -> str:
    """Write a scenario as a file, each part on a line of its own, and numbers in plain digits."""
    return EXPONENT.sub(lambda found: format(Decimal(found[0]), "f"), json.dumps(scenario, indent=1))


def beyond(scenario: Scenario, ground: Ground, random: Random) -> Scenario:
    """Give a scenario whose amounts are such as no file can say; of figures on record only where nothing is drawn."""
    last = max((end for _, end in ground.observations.weeks.values()), default=0)
    policy, begins = ground.policy, 0 if scenario.horizon is None else last + 1
    edits = tuple(
        replace(one, amount=random.choice(BEYOND))
        if one.alters not in {Alters.LATE, Alters.MISSING, Alters.STOP}
        and policy.judgements.keys().isdisjoint(one.metrics)
        and (one.first or 0) >= begins
        else one
        for one in scenario.edits
    )
    free = {name for name, parameter in policy.parameters.items() if parameter.bounds == (None, None)}
    amendments = tuple(
        replace(one, value=random.choice(BEYOND)) if one.path in free and one.does is Does.SET else one
        for one in scenario.amendments
    )
    response = tuple(replace(one, percent=random.choice(BEYOND)) for one in scenario.response)
    return replace(scenario, edits=edits, amendments=amendments, response=response)


def _weeks_of(usual: Sequence[int], random: Random) -> int:
    return random.choice(LONG if random.random() < SELDOM else usual)


def _named(policy: Policy, *kinds: Kind) -> list[str]:
    return [name for name, metric in policy.inputs.items() if metric.kind in kinds]


def _amendments(policy: Policy, random: Random) -> Tree:
    """Give values by paths, and moves that are dropped, added and put in another order."""
    kept = [move.name for move in policy.moves]
    made: Tree = {}
    if random.random() < 0.2:
        made["drop"] = f"moves.{kept.pop(random.randrange(len(kept)))}"
    if values := _parameters(policy, random) | _triggers(policy, random) | _moves(kept, random):
        made["set"] = values
    if random.random() < 0.2:
        made["add"] = {"moves": [_move(policy, random)]}
        kept.append("wild")
    if random.random() < 0.1:
        made["order"] = random.sample(kept, len(kept))
    return made


def _parameters(policy: Policy, random: Random) -> Tree:
    """Give values of parameters, the ends of their ranges included."""
    found: Tree = {}
    for name, parameter in policy.parameters.items():
        low, high = parameter.bounds
        inside = [one for one in AMOUNTS if (low is None or one >= low) and (high is None or one <= high)]
        if random.random() < 0.4:
            found[name] = random.choice([*inside, *(end for end in (low, high) if end is not None)])
    return found


def _triggers(policy: Policy, random: Random) -> Tree:
    found: Tree = {}
    for name in policy.triggers:
        if random.random() < 0.4:
            found[f"triggers.{name}.for"] = _weeks_of(STREAKS, random)
        if random.random() < 0.1:
            found[f"triggers.{name}.missing"] = random.choice(["unknown", "hold", "break"])
        if random.random() < 0.1:
            found[f"triggers.{name}.since"] = "entry"
    return found


def _moves(names: list[str], random: Random) -> Tree:
    found: Tree = {}
    for name in names:
        if random.random() < 0.4:
            found[f"moves.{name}.after"] = _weeks_of(STAYS, random)
        if random.random() < 0.1:
            found[f"moves.{name}.valid"] = {random.choice(["from", "until"]): "2021-03-15"}
    return found


def _move(policy: Policy, random: Random) -> Tree:
    """Give a move between two stages."""
    origin, goal = random.sample([stage.name for stage in policy.stages], 2)
    trigger, after = random.choice([*policy.triggers]), _weeks_of(STAYS, random)
    return {"name": "wild", "from": origin, "to": goal, "trigger": trigger, "after": f"{after} weeks"}


def _edits(ground: Ground, random: Random, *, is_ahead: bool) -> list[Tree]:
    """Give edits that follow one another; late figures are of the weeks on record only."""
    if not is_ahead and random.random() < 0.1:
        reported = _named(ground.policy, Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL, Kind.JUDGEMENT)
        return [{"late": random.choice(["all", *reported]), "by": random.choice(LAGS)} | _weeks(ground, random)]
    found: list[Tree] = []
    for _ in range(random.randint(1, MOST_EDITS)):
        one = _edit(ground, random)
        if not any("revise" in one and "revise" in other for other in found) or random.random() < 0.1:
            found.append(one)
    return found


def _edit(ground: Ground, random: Random) -> Tree:
    """Give an edit of a metric of a kind that it can be of, in some of the weeks and regions."""
    policy = ground.policy
    figures = _named(policy, Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL)
    growing = _named(policy, Kind.CUMULATIVE, Kind.FLOW)
    judgements = _named(policy, Kind.JUDGEMENT)
    edits: list[Tree] = [
        {"scale": random.choice(figures), "by": random.choice(FACTORS)},
        {"shift": random.choice(figures), "by": random.choice(AMOUNTS)},
        {"revise": random.choice(figures), "value": random.choice(AMOUNTS)},
        {"missing": random.choice(["all", *judgements, *figures])} | _week(ground, random),
    ]
    if growing:
        edits += [
            {"pace": random.choice(growing), "by": random.choice(FACTORS)},
            {"campaign": random.choice(growing), "people": random.choice(PEOPLE)},
            {"stop": random.choice(growing)},
        ]
    if judgements:
        edits.append({"revise": random.choice(judgements), "value": random.choice(["yes", "no"])})
    one = _weeks(ground, random) | random.choice(edits)
    if "week" in one:
        one = {key: what for key, what in one.items() if key not in {"from", "to"}}
    regions = ground.observations.regions
    return one | ({"regions": random.choice(regions)} if regions and random.random() < 0.3 else {})


def _week(ground: Ground, random: Random) -> Tree:
    """Give a single week, or seldom all."""
    return {} if random.random() < 0.1 else {"week": _places(ground, random)[0]}


def _weeks(ground: Ground, random: Random) -> Tree:
    """Give weeks: all, one, or those from the first to the last, each of which may be left out."""
    start, end = _places(ground, random)
    return random.choice([{}, {"week": start}, {"from": start}, {"to": end}, {"from": start, "to": end}])


def _places(ground: Ground, random: Random) -> tuple[str, str]:
    """Give two weeks within the data, before them, or behind them, the earlier one first."""
    calendar, spans = ground.policy.calendar, ground.observations.weeks.values()
    first = min((begin for begin, _ in spans), default=Week.parse("2021-W05", calendar).number)
    last = max((end for _, end in spans), default=first)
    start, end = sorted(random.randint(first - 3, last + 30) for _ in range(2))
    return week_text(calendar, start), week_text(calendar, end)


def _adoption(policy: Policy, random: Random) -> Tree:
    rule = random.choice(["follow"] * 4 + ["recorded", "never"])
    if rule != "follow":
        return {"rule": rule}
    found: Tree = {"rule": rule, "lag": random.choice(LAGS)}
    if policy.instruments is not None and random.random() < 0.2:
        found["lag"] = "instruments"
    if random.random() < 0.3:
        found["probability"] = random.choice(CHANCES)
    if random.random() < 0.3:
        found["up_to"] = random.choice(policy.stages).name
    return found
