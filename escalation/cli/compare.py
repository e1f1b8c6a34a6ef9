"""`escalation compare`: what a changed policy changes, in words, on all data and over history."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import DONE, FINDINGS, beside, language_option, table_options, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from escalation.comparison.compared import Comparison
    from escalation.comparison.history import History, Side
    from escalation.evaluation.replay import Outcome
    from escalation.observations import Observations
    from escalation.policy.model import Policy

LONG_RUN = 20_000
ABOUT_DATA = ("table", "query", "standings", "recorded", "lag")
"""The options that say something of a history."""


@click.command("compare")
@click.argument("old")
@click.argument("new")
@table_options
@click.option("--recorded", is_flag=True, help="Go one step ahead from the stages really in force.")
@click.option("--lag", type=click.IntRange(0, 520), default=0, show_default=True,
              help="Weeks from a recommendation to its effect, when following.")  # fmt: skip
@click.option("--no-history", is_flag=True, help="Leave the observations beside the new policy alone.")
@click.option("--exit-on", multiple=True, type=click.Choice(["stricter", "looser", "mixed", "different"]),
              help="Exit with 1 where the new policy is so on some data, or this is not ruled out.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@language_option
@told
def command(**options: Any) -> None:
    """Say what changed between two policies: in words, on all data, and over the weekly data.

    OLD and NEW are policy files, folders with policy.yaml, or git revisions with a path (main:policies/x).
    """
    from escalation.comparison.revisions import policy_of
    from escalation.policy.values import Language

    comparison = _compared(policy_of(options["old"]), policy_of(options["new"]), options)
    click.echo(_printed(comparison, options["form"], Language(options["lang"])), nl=False)
    sys.exit(FINDINGS if any(comparison.can_be(kind) for kind in options["exit_on"]) else DONE)


def _printed(comparison: Comparison, form: str, language: Any) -> str:
    if form == "json":
        from escalation.reports.comparison_json import comparison_json

        return comparison_json(comparison, language=language)
    if form == "markdown":
        from escalation.reports.comparison_markdown import comparison_markdown

        return comparison_markdown(comparison, language=language)
    from escalation.reports.comparison_text import comparison_text

    return comparison_text(comparison, language=language)


def _compared(old: Policy, new: Policy, options: dict[str, Any]) -> Comparison:
    from dataclasses import replace

    from escalation.comparison.compared import Comparison
    from escalation.comparison.inputs import over_inputs
    from escalation.comparison.renames import matched
    from escalation.comparison.words import changes

    data = _data(options)
    old, renames = matched(old, new)
    found = (*renames, *changes(old, new))
    comparison = Comparison(old=old, new=new, changes=found, inputs=over_inputs(old, new, found))
    if data is None:
        return comparison
    if old.calendar is not new.calendar:
        return replace(comparison, apart=True)
    sides, unused = _sides(old, new, data, options)
    return replace(comparison, history=_history(*sides, options), unused_standings=unused)


def _data(options: dict[str, Any]) -> str | None:
    """Give the data asked for, or those beside a new policy that is on the disk."""
    from escalation.comparison.revisions import on_disk
    from escalation.errors import RequestError

    if options["no_history"]:
        asked = [name for name in ("observations", *ABOUT_DATA) if options[name]]
        if asked:
            raise RequestError(f"--no-history and --{asked[0]} exclude each other", help="leave out one of them")
        return None
    if options["recorded"] and options["lag"]:
        raise RequestError("--lag belongs to following, not to --recorded", help="leave out one of them")
    file = on_disk(options["new"])
    found = options["observations"] or (beside(file, "observations.csv") if file is not None else None)
    if found is None and (asked := [name for name in ABOUT_DATA if options[name]]):
        raise RequestError(f"--{asked[0]} is about a history, and there are no data", help="give --observations")
    return found


def _sides(old: Policy, new: Policy, data: str, options: dict[str, Any]) -> tuple[tuple[Side, Side], str]:
    """Read data and standings as each policy reads them; standings found beside the policy must fit both."""
    from escalation.comparison.revisions import on_disk
    from escalation.errors import Refused, RequestError
    from escalation.observations.mapping import beside as mapping_beside
    from escalation.observations.mapping import order_of
    from escalation.observations.standings import read_standings

    mapped = options["mapping"] or mapping_beside(data)
    file = on_disk(options["new"])
    found = options["standings"]
    if found is None and file is not None:
        found = beside(file, "standings.csv") or beside(file, "standings.yaml")
    if options["recorded"] and found is None:
        raise RequestError("no stages are on record", help="give them with --standings")
    try:
        records = [
            read_standings(found, policy, dates=order_of(mapped, policy)) if found is not None else {}
            for policy in (old, new)
        ]
    except Refused:
        if options["standings"] or options["recorded"]:
            raise
        return _sides_of(old, new, data, options, records=[{}, {}]), str(found)
    return _sides_of(old, new, data, options, records=records), ""


def _sides_of(old: Policy, new: Policy, data: str, options: dict[str, Any], *, records: list[Any]) -> tuple[Side, Side]:
    from escalation.comparison.history import Side

    first, second = _observations(old, new, data, options)
    return (
        Side(policy=old, observations=first, record=records[0]),
        Side(policy=new, observations=second, record=records[1]),
    )


def _observations(old: Policy, new: Policy, data: str, options: dict[str, Any]) -> tuple[Observations, Observations]:
    """Read the data as each policy reads them, once where both measure the same."""
    from escalation.comparison.revisions import on_disk
    from escalation.errors import RequestError
    from escalation.observations import Locale, read

    file = on_disk(options["new"])
    regions = options["regions"] or (beside(file, "regions.csv") if file is not None else None)
    numbers = Locale(options["numbers"]) if options["numbers"] else None

    def observed(policy: Policy) -> Observations:
        return read(
            data,
            policy,
            map=options["mapping"],
            regions=regions,
            numbers=numbers,
            as_of=options["as_of"],
            table=options["table"],
            query=options["query"],
        )

    first = observed(old)
    if old.metrics == new.metrics:
        return first, first
    if data == "-":
        remedy = "give the data as a file"
        raise RequestError("the two policies measure differently, and standard input is read only once", help=remedy)
    return first, observed(new)


def _history(old: Side, new: Side, options: dict[str, Any]) -> History:
    from escalation.comparison.history import over_history
    from escalation.errors import RequestError
    from escalation.evaluation.replay import Adopt, Adoption
    from escalation.observations.unread import RULE

    adopt = Adopt.RECORDED if options["recorded"] else Adopt.FOLLOW
    total = sum(last - first + 1 for first, last in new.observations.weeks.values())
    found = over_history(
        old, new, adoption=Adoption(adopt=adopt, lag=options["lag"]), as_of=options["as_of"],
        watch=lambda outcomes: _watched(outcomes, total),
    )  # fmt: skip
    if found is None:
        raise RequestError(
            "no region-week of the data can be evaluated by both policies",
            help="check the regions and weeks of the data and of the standings, or leave them out with --no-history",
        )
    _warn_of_strays(new, options["lang"])
    unusable = sum(1 for one in new.observations.findings if one.severity == "error" and one.rule != RULE)
    if unusable:
        from escalation.policy.wording import counted

        figures = counted(unusable, "figures or rows")
        click.echo(f"{figures} of the data could not be used; `escalation evaluate` lists them", err=True)
    return found


def _warn_of_strays(side: Side, language: str) -> None:
    """Warn of regions of the standings that the data do not name."""
    from escalation.cli.unanswered import warn
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.basis import not_in_data, strays

    if found := strays(side.observations, side.record):
        warn(not_in_data(found, side.observations, Speaker(side.policy, Language(language))), language)


def _watched(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    """Show how far a long replay has come, on a terminal."""
    if total < LONG_RUN or not sys.stderr.isatty():
        return outcomes
    from rich.console import Console
    from rich.progress import track

    return track(outcomes, total=total, description="replay", console=Console(stderr=True))
