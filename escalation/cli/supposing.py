"""What the what-if commands suppose: options that make a scenario, each declared once, and read once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from escalation.cli.inputs import FileName, set_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from escalation.cli.inputs import Inputs
    from escalation.policy.model import Policy
    from escalation.whatif.scenarios.scenario import Applied, Scenario

F = TypeVar("F", bound="Callable[..., Any]")
WEEKS = 26
"""Half a year, where nobody says how far to look."""
SHOWN = 8
"""So many scenarios of a file are named."""
scenario_option = click.option(
    "--scenario",
    "file",
    type=FileName(),
    metavar="FILE[:NAME]",
    help="Scenarios of a file, or one of them by its name.",
)
drop_option = click.option("--drop", multiple=True, metavar="PATH", help="What if a move or lock were left out?")
add_option = click.option(
    "--add",
    multiple=True,
    metavar="MOVE",
    help="What if there were this move? As `name: at-once, from: appeal, to: perda, trigger: low`.",
)
data_option = click.option(
    "--data",
    "edits",
    multiple=True,
    metavar="EDIT",
    help="What if figures were others? As `pace: first_doses, by: 0.5, from: 2021-W40`.",
)
adopt_option = click.option(
    "--adopt",
    default="",
    metavar="RULE",
    help="What people do, as `rule: follow, lag: instruments`; `follow` without it.",
)


def suppose_options(command: F) -> F:
    """Add the options that make a scenario."""
    return amend_options(adopt_option(command))


def amend_options(command: F) -> F:
    """Add the options that make a scenario of other numbers, moves and figures."""
    for option in (data_option, add_option, drop_option, set_option, scenario_option):
        command = option(command)
    return command


def is_amended(options: dict[str, Any]) -> bool:
    """Say whether options change a policy, its data, or name a scenario."""
    return options["file"] is not None or any(options[name] for name in ("settings", "drop", "add", "edits"))


def is_supposed(options: dict[str, Any]) -> bool:
    """Say whether options make a scenario at all."""
    return is_amended(options) or bool(options.get("adopt"))


def supposed(policy: Policy, options: dict[str, Any]) -> Scenario:
    """Give the scenario that options make: that of a file, with what other options change of it besides.

    Without any it is the baseline. Raise Refused with all mistakes, RequestError where a file has several scenarios and
    none is named, or where it is said twice what people do.
    """
    from escalation.errors import RequestError
    from escalation.evaluation.replay import FOLLOW
    from escalation.whatif.scenarios.scenario import BASELINE

    found = one_of(options["file"], policy) if options["file"] is not None else BASELINE
    more = of_others(policy, options, before=found)
    if more is None:
        return found
    if options.get("adopt") and (found.adoption != FOLLOW or found.is_by_lead_time):
        raise RequestError(
            f"the scenario `{found.name}` says what people do as well as --adopt",
            help="leave out --adopt",
            indonesian=(
                f"skenario `{found.name}` sudah menyebut apa yang dilakukan orang, seperti juga --adopt",
                "hilangkan --adopt",
            ),
        )
    return replace(
        found if found is not BASELINE else more,
        amendments=(*found.amendments, *more.amendments),
        edits=(*found.edits, *more.edits),
        adoption=more.adoption if options.get("adopt") else found.adoption,
        is_by_lead_time=more.is_by_lead_time or found.is_by_lead_time,
    )


def only_adopted(policy: Policy, options: dict[str, Any]) -> Scenario:
    """Give the baseline with what people do by --adopt."""
    from escalation.whatif.scenarios.scenario import BASELINE

    if not options["adopt"]:
        return BASELINE
    from escalation.whatif.scenarios.options import of_options

    return replace(of_options(policy, adopt=options["adopt"]), name=BASELINE.name)


def of_others(policy: Policy, options: dict[str, Any], *, before: Scenario | None = None) -> Scenario | None:
    """Give the scenario that options make besides that of a file; none where there is no such option."""
    given = [options[name] for name in ("settings", "drop", "add", "edits")]
    if not any((*given, options.get("adopt"))):
        return None
    from escalation.whatif.scenarios.options import of_options

    return of_options(
        policy,
        settings=dict(options["settings"]),
        drop=options["drop"],
        add=options["add"],
        data=options["edits"],
        adopt=options.get("adopt") or "",
        before=before.amendments if before is not None else (),
    )


def beside(
    scenarios: Sequence[Scenario], policy: Policy, options: dict[str, Any], *, called: str | None = None
) -> Scenario | None:
    """Give the scenario that options make beside those of a file. Raise RequestError where one of them is called so."""
    from escalation.errors import RequestError

    found = of_others(policy, options)
    if found is not None and called is not None:
        found = replace(found, name=called)
    if found is not None and any(one.name == found.name for one in scenarios):
        raise RequestError(
            f"a scenario of the file is called `{found.name}`, as is what options make",
            help="choose another name in the file",
            indonesian=(
                f"satu skenario dalam berkas bernama `{found.name}`, sama dengan yang dibuat oleh opsi",
                "pilih nama lain di berkas itu",
            ),
        )
    return found


def all_of(named: str, policy: Policy) -> tuple[Scenario, ...]:
    """Read the scenarios of `FILE`, or the one of `FILE:NAME`. Raise RequestError where the file has none such."""
    from escalation.errors import RequestError
    from escalation.whatif.scenarios.load import load

    file, found, name = named.rpartition(":")
    if not found or Path(named).exists():
        return load(named, policy)[1]
    scenarios = load(file, policy)[1]
    chosen = tuple(one for one in scenarios if one.name == name)
    if not chosen:
        names = _names(scenarios)
        indonesian = (f"`{file}` tidak memuat skenario `{name}`", f"yang ada: {names}")
        raise RequestError(f"`{file}` has no scenario `{name}`", help=f"it has: {names}", indonesian=indonesian)
    return chosen


def one_of(named: str, policy: Policy) -> Scenario:
    """Read the only scenario of `FILE`, or the one of `FILE:NAME`. Raise RequestError where there are several."""
    from escalation.errors import RequestError

    scenarios = all_of(named, policy)
    if len(scenarios) > 1:
        names, example = _names(scenarios), f"--scenario {named}:{scenarios[0].name}"
        raise RequestError(
            f"`{named}` has {len(scenarios)} scenarios, and one is looked at here",
            help=f"name it: {example}; there are: {names}",
            indonesian=(
                f"`{named}` memuat {len(scenarios)} skenario, padahal di sini hanya satu yang diperiksa",
                f"sebutkan namanya: {example}; yang ada: {names}",
            ),
        )
    return scenarios[0]


def _names(scenarios: Sequence[Scenario]) -> str:
    listed = ", ".join(f"`{one.name}`" for one in scenarios[:SHOWN])
    return f"{listed} and {len(scenarios) - SHOWN} more" if len(scenarios) > SHOWN else listed


class Supposing(NamedTuple):
    """The policy and the data as they are read, with all that is supposed of them, and the scenario carried out."""

    read: Inputs
    inputs: Inputs
    made: Applied


def supposing(inputs: Inputs, options: dict[str, Any], *, is_ahead: bool = False) -> Supposing:
    """Carry out the scenario that options make, in the weeks to come or on record.

    Raise RequestError where it is on record, and only weeks to come or a replay could be so.
    """
    from escalation.whatif.scenarios.scenario import applied, refuse_on_record

    scenario = supposed(inputs.policy, options)
    weeks = horizon(scenario, options) if is_ahead else None
    made = applied(replace(scenario, horizon=weeks), inputs.policy, inputs.observations)
    if not is_ahead:
        refuse_on_record(made)
    return Supposing(inputs, replace(inputs, policy=made.policy, observations=made.observations), made)


def horizon(scenario: Scenario, options: dict[str, Any]) -> int:
    """Give the weeks to look ahead: those of --weeks, or of the scenario, or half a year."""
    weeks: int = options["weeks"] or scenario.horizon or WEEKS
    return weeks


def refuse_both(found: Supposing, path: str, verb: str) -> None:
    """Raise RequestError for a number that is supposed, and varied or sought as well, as `verb` says."""
    from escalation.errors import RequestError
    from escalation.policy.amend import conflict

    if (other := conflict(found.read.policy, found.made.scenario.amendments, path)) is not None:
        raise RequestError(
            f"`{path}` is both {verb} and supposed: `{other}`",
            help="leave one of the two out, or take another number",
            indonesian=(
                f"`{path}` sudah diandaikan (`{other}`), sehingga tidak dapat diubah-ubah lagi",
                "hilangkan salah satunya, atau pilih angka lain",
            ),
        )
