"""The inputs that a goal is sought by: a number of the policy, the weekly uptake of a count, or a campaign."""

from __future__ import annotations

import math
from collections.abc import Sequence

from escalation.errors import RequestError
from escalation.observations import Observations
from escalation.observations.findings import nearest
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.policy.paths import Misplaced, path_of, route_of
from escalation.whatif.asking import moving
from escalation.whatif.forecasts.past import population_of
from escalation.whatif.numbers import Number, Sort, bounds, every
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.seek import Goal, Lever

UPTAKE = "uptake"
"""`uptake:METRIC` is how many people a week a count grows by, whatever is forecast."""
CAMPAIGN = "campaign"
"""`campaign:METRIC` is how many people more a week there are than what is drawn, or given."""
MOST_WEEKS = 104
"""The longest duration that is tried where nobody names another."""
FINE = 0.01
"""The step of a threshold over the weeks to come where nobody names another."""


def refuse_edited(name: str, edits: Sequence[Edit], now: int) -> None:
    """Raise RequestError where people a week are sought, and an edit changes what comes of them behind the week `now`.

    What is late or missing is what it would be.
    """
    kind, _, metric = name.partition(":")
    for edit in edits if kind in (UPTAKE, CAMPAIGN) else ():
        is_to_come = edit.last is None or edit.last > now
        if metric in edit.metrics and is_to_come and edit.alters not in (Alters.LATE, Alters.MISSING):
            raise RequestError(
                f"`{name}` is sought, and `{edit.alters}` edits the same figures: they would not be those found",
                help="leave the edit out, or seek another input",
                indonesian=(
                    f"`{name}` dicari, padahal `{edit.alters}` mengubah angka yang sama: angkanya bukan yang ditemukan",
                    "hilangkan perubahan itu, atau cari masukan lain",
                ),
            )


def number_of(policy: Policy, name: str, *, others: Sequence[str] = ()) -> Number:
    """Find a number that moves rest on, by its path, with all metrics that moves out of any stage compare with it.

    Raise RequestError where there is none such, with those there are and the `others` that may be named.
    """
    found = every(policy)
    if name in found:
        return found[name]
    listed = ", ".join(f"`{one}`" for one in (*found, *others))
    try:
        path = path_of(policy, route_of(policy, name))
    except Misplaced as error:
        near = nearest(name, (*found, *others))
        indonesian = f"yang dapat disebut: {listed}" if near is None else f"maksudnya `{near}`?"
        raise RequestError(
            error.defect.message,
            help=error.defect.help,
            indonesian=(f"`{name}` bukan angka kebijakan ini", indonesian),
        ) from None
    written = path.removeprefix("parameters.").removesuffix(".value")
    if path in found or written in found:
        return found[path if path in found else written]
    if dated := ", ".join(f"`{one}`" for one in found if one.startswith(f"parameters.{name}.")):
        raise RequestError(
            f"`{name}` has a value for each date",
            help=f"name one of them: {dated}",
            indonesian=(f"`{name}` memiliki nilai untuk tiap tanggal", f"sebutkan salah satunya: {dated}"),
        )
    raise RequestError(
        f"`{name}` is no threshold, `for` or `after` on which a move rests",
        help=f"those that may be named are: {listed}",
        indonesian=(
            f"`{name}` bukan ambang, `for`, atau `after` yang menjadi dasar suatu langkah",
            f"yang dapat disebut: {listed}",
        ),
    )


def lever(
    policy: Policy,
    observations: Observations,
    name: str,
    goal: Goal,
    *,
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
) -> Lever:
    """Make an input ready: its ends and its step, where they are not given, are those of the policy and the data.

    Raise RequestError where the input has no ends, or is none of this outcome.
    """
    if name.startswith((f"{UPTAKE}:", f"{CAMPAIGN}:")):
        made = _people(policy, observations, name, goal)
    else:
        number = number_of(policy, name, others=(f"{UPTAKE}:METRIC", f"{CAMPAIGN}:METRIC"))
        made = _number(policy, number, goal)
        if number.route[0] == "parameters":
            _refuse_outside(name, (low, high), made)
        elif number.low is not None:
            _refuse_outside(name, (low, high), (number.low, None, *made[2:]))
    low, high = made[0] if low is None else low, made[1] if high is None else high
    if low is None or high is None:
        raise RequestError(
            f"`{name}` has no range",
            help="say from where to where with --from and --to",
            indonesian=(f"`{name}` tidak memiliki rentang", "sebutkan dari mana sampai mana dengan --from dan --to"),
        )
    if not low < high:
        raise RequestError(
            f"there is nothing from {low:g} to {high:g}",
            help="exchange --from and --to",
            indonesian=(f"tidak ada apa-apa dari {low:g} sampai {high:g}", "tukarkan --from dan --to"),
        )
    smallest, present, unit = made[2:]
    given = smallest if step is None or not goal.is_ahead else step
    return Lever(name=name, low=low, high=high, step=given, present=present, unit=unit)


Ends = tuple[float | None, float | None, float, float | None, str | None]
"""The ends of an input, its step, its present value and its unit."""


def _refuse_outside(name: str, asked: tuple[float | None, float | None], made: Ends) -> None:
    """Raise RequestError where a number would leave the range that the policy gives it, or be no length of time."""
    low, high = made[0], made[1]
    for value in asked:
        if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
            ends = ["" if end is None else f"{end:g}" for end in (low, high)]
            raise RequestError(
                f"{value:g} is outside the range of `{name}`: {ends[0] or 'any'} to {ends[1] or 'any'}",
                help="stay within the range, or change it in the policy",
                indonesian=(
                    f"{value:g} di luar rentang `{name}`: {ends[0] or 'berapa pun'} sampai {ends[1] or 'berapa pun'}",
                    "pilih nilai dalam rentang itu, atau ubah rentangnya dalam kebijakan",
                ),
            )


def _people(policy: Policy, observations: Observations, name: str, goal: Goal) -> Ends:
    if not goal.is_ahead:
        raise RequestError(
            f"this outcome does not depend on `{name}`: the weeks on record are as they are",
            help="name a number of the policy, or ask for `recommended:STAGE` in the weeks to come",
            indonesian=(
                f"hasil ini tidak bergantung pada `{name}`: minggu yang tercatat sudah pasti",
                "sebutkan angka kebijakan, atau tanyakan `recommended:STAGE` untuk minggu-minggu mendatang",
            ),
        )
    kind, _, metric = name.partition(":")
    counts = [one for one in moving(policy) if policy.inputs[one].kind in (Kind.CUMULATIVE, Kind.FLOW)]
    if metric not in counts:
        known = ", ".join(f"`{kind}:{one}`" for one in counts)
        raise RequestError(
            f"this outcome does not depend on `{name}`",
            help=f"those of counts are: {known or 'none'}",
            indonesian=(
                f"hasil ini tidak bergantung pada `{name}`",
                f"yang menyangkut jumlah: {known or 'tidak ada'}",
            ),
        )
    whole = population_of(policy, metric)
    people = [
        one.value
        for region in observations.regions
        for one in observations.series.get((region, whole or ""), ())
        if math.isfinite(one.value)
    ]
    unit, present = f"{policy.units[metric] or 'people'} a week", 0.0 if kind == CAMPAIGN else None
    return 0.0, max(people, default=None), 1.0, present, unit


def _number(policy: Policy, number: Number, goal: Goal) -> Ends:
    if number.sort in (Sort.FOR, Sort.AFTER):
        return number.low, float(MOST_WEEKS), 1.0, number.present, "weeks"
    low, high = bounds(policy, number)
    is_parameter = number.route[0] == "parameters"
    unit = policy.parameters[str(number.route[1])].unit if is_parameter else None
    step = FINE if goal.is_ahead else 0.0
    return low, high, step, number.present, unit or policy.units[number.metrics[0]]
