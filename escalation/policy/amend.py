"""Amendments: a policy with changes that stack, for the question "what if"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from escalation.errors import RequestError
from escalation.policy.changes import LISTS, Amendment, Change, Does, Draft
from escalation.policy.defects import Defect, diagnosed
from escalation.policy.load import attempted
from escalation.policy.model import Policy
from escalation.policy.paths import ENTRY, SECTIONS, Misplaced, held, path_of, route_of
from escalation.policy.scalars import Unquoted
from escalation.policy.shape import Flawed
from escalation.policy.source import Route

__all__ = ["Amendment", "Does", "Misfit", "amend", "as_in_a_file", "attempt", "conflict"]

DURATIONS = frozenset(("for", "after", "max_age", "over", "from_last"))
DECIDES_NOTHING = frozenset(("name", "title", "source", "note"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Why an amendment, given by its place among them, cannot be; `other` is the place of one it conflicts with.

    `is_of_result` says that the policy with the amendment has this mistake, in the loader's words.
    """

    at: int
    rule: str
    message: str
    help: str = ""
    other: int | None = None
    is_of_result: bool = False


def amend(policy: Policy, amendments: Iterable[Amendment] | Mapping[str, Any]) -> Policy:
    """Give a policy with changes; the source of what is amended is then the question itself, and its note gone.

    A mapping gives values by paths: `{"low_storage": 30, "moves.to-drought.after": 2}`. Raise RequestError for the
    first change that cannot be.
    """
    if isinstance(amendments, Mapping):
        amendments = [Amendment(path=path, value=value) for path, value in amendments.items()]
    given = tuple(amendments)
    made = attempt(policy, given)
    if isinstance(made, Policy):
        return made
    first = made[0]
    said = f"`{given[first.at]}` cannot be: {first.message}" if first.is_of_result else first.message
    raise RequestError(said, help=first.help)


def attempt(policy: Policy, amendments: Sequence[Amendment]) -> Policy | tuple[Misfit, ...]:
    """Give a policy with changes, or all that is wrong with them.

    Its digest is that of the policy and of the changes; in which order values are set and entries dropped, and how a
    path is shortened, makes no difference to it.
    """
    if not amendments:
        return policy
    changes: list[Change] = []
    misfits: list[Misfit] = []
    for at, one in enumerate(amendments):
        try:
            changes.append(_understood(policy, one, at))
        except Misplaced as error:
            misfits.append(_misfit(policy, error.defect, at))
    misfits += [misfit for pair in combinations(changes, 2) for misfit in _conflict(*pair)]
    if misfits:
        at_fault = {one.at for one in misfits}
        changes = [one for one in changes if one.at not in at_fault and one.does is not Does.ORDER]
    try:
        draft = Draft(policy, changes)
    except Misplaced as error:
        return (_misfit(policy, error.defect, next(one.at for one in changes if one.does is Does.ORDER)),)
    made = attempted(draft.source)
    if isinstance(made, Flawed):
        misfits += [_misfit(policy, defect, draft.blamed(defect), is_of_result=True) for defect in made.defects]
    elif not misfits:
        return draft.marked(made)
    return tuple(sorted(misfits, key=lambda one: one.at))


def conflict(policy: Policy, amendments: Sequence[Amendment], path: str) -> Amendment | None:
    """Give the first of some amendments that changes or drops what stands at a path of a policy; none without any."""
    try:
        changed = Change(at=0, amendment=Amendment(path=path), route=route_of(policy, path))
    except Misplaced:
        return None
    return next((one for one in amendments if any(_conflict(_understood(policy, one, 0), changed))), None)


def _misfit(policy: Policy, defect: Defect, at: int, *, is_of_result: bool = False) -> Misfit:
    (said,) = diagnosed([replace(defect, related=())], policy.source)
    return Misfit(at=at, rule=said.rule, message=said.message, help=said.help, is_of_result=is_of_result)


def _understood(policy: Policy, one: Amendment, at: int) -> Change:
    match one.does:
        case Does.ADD:
            _check_section(one, LISTS)
            if not isinstance(one.value, dict):
                remedy = "write it as the policy would: {name: ..., from: ..., to: ..., trigger: ...}"
                raise _unfit(f"what is added to `{one.path}` is an entry with keys of its own", remedy=remedy)
            return Change(at=at, amendment=one, route=(one.path,), value=one.value)
        case Does.ORDER:
            _check_section(one, ("moves",))
            return Change(at=at, amendment=one, route=(one.path,), value=one.value)
        case Does.DROP:
            return Change(at=at, amendment=one, route=_dropped(policy, one))
        case Does.SET:
            route = _set(policy, one)
            return Change(at=at, amendment=one, route=route, value=as_in_a_file(route, one.value))


def _unfit(message: str, *, remedy: str = "", word: str = "", known: tuple[str, ...] = ()) -> Misplaced:
    return Misplaced(message, remedy=remedy, word=word, known=known, rule="bad-amendment")


def _check_section(one: Amendment, allowed: tuple[str, ...]) -> None:
    if one.path not in allowed:
        verb = "added to" if one.does is Does.ADD else "put in order in"
        raise _unfit(f"nothing is {verb} `{one.path}`", word=one.path, known=allowed)


def _dropped(policy: Policy, one: Amendment) -> Route:
    route = route_of(policy, one.path)
    if route[0] not in LISTS and len(route) == ENTRY:
        raise _unfit(f"`{one.path}` cannot be dropped", remedy="whole moves and locks can, and keys of other entries")
    _refuse_what_decides_nothing(route)
    if held(policy, route) is None:
        raise _unfit(f"`{one.path}` is not in the policy", remedy="leave the amendment out")
    return route


def _set(policy: Policy, one: Amendment) -> Route:
    route = route_of(policy, one.path)
    if route[0] == "parameters":
        route = (*route, "value") if len(route) == ENTRY else route
        if route[2] in ("range", "unit"):
            raise _unfit(f"the `{route[2]}` of a parameter cannot be amended", remedy="amend its value within it")
        _refuse_outside(policy, str(route[1]), one.value)
    elif len(route) == ENTRY:
        raise _unfit(f"`{one.path}` is a whole {SECTIONS[str(route[0])]}", remedy=_what_of_it(policy, route))
    _refuse_what_decides_nothing(route)
    if one.value is None:
        raise _unfit(f"`{one.path}` is given no value", remedy="give one, or drop it")
    return route


def _what_of_it(policy: Policy, route: Route) -> str:
    entry = held(policy, route)
    keys = [key for key in entry if key not in DECIDES_NOTHING] if isinstance(entry, dict) else []
    paths = ", ".join(f"`{path_of(policy, (*route, key))}`" for key in keys)
    return f"name what of it is amended: {paths}"


def _refuse_what_decides_nothing(route: Route) -> None:
    if len(route) > ENTRY and route[-1] in DECIDES_NOTHING:
        raise _unfit(f"`{route[-1]}` decides nothing, and is not amended", remedy="leave the amendment out")


def _refuse_outside(policy: Policy, name: str, value: object) -> None:
    if not isinstance(value, int | float):
        return
    low, high = policy.parameters[name].bounds
    if (low is not None and value < low) or (high is not None and value > high):
        ends = f"{'' if low is None else format(low, 'g')} to {'' if high is None else format(high, 'g')}"
        raise Misplaced(f"{value:g} is outside the range of `{name}`, {ends}", rule="out-of-range")


def as_in_a_file(route: Route, value: object) -> object:
    """Give a value as a file would have it: weeks with their unit, a date as a text."""
    is_duration = route[-1] in DURATIONS or route[-2:] == ("lag", "by")
    if is_duration and isinstance(value, int) and not isinstance(value, bool):
        return f"{value} week{'' if value == 1 else 's'}"
    if isinstance(value, Unquoted) and value.kind in ("date", "yes-no"):
        return value.text
    return value


def _conflict(one: Change, other: Change) -> Iterator[Misfit]:
    """Say whether two amendments are of one thing, or one changes what the other drops."""
    short, long = sorted((_claimed(one), _claimed(other)), key=len)
    is_of_a_whole_list = len(short) == 1 and not (one.does is other.does is Does.ORDER)
    if long[: len(short)] == short and not is_of_a_whole_list:
        verb = "drops what is changed by" if other.does is Does.DROP else "changes the same as"
        verb = "changes what is dropped by" if one.does is Does.DROP else verb
        yield Misfit(
            at=other.at,
            rule="conflicting-amendments",
            message=f"`{other.amendment}` {verb} `{one.amendment}`",
            help="keep one of the two",
            other=one.at,
        )


def _claimed(one: Change) -> Route:
    """Give the route of all that is changed: a parameter's value replaces its dated ones too."""
    return one.route[:ENTRY] if one.route[0] == "parameters" and one.route[2:] == ("value",) else one.route
