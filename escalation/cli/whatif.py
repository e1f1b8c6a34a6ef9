"""`escalation whatif`: scenarios beside the baseline, on the same draws of the weeks to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import FileName, set_option, told
from escalation.cli.large import drawn_for, large_options
from escalation.cli.outlooks import ask, outlook_options, print_outlooks

if TYPE_CHECKING:
    from escalation.cli.inputs import Inputs
    from escalation.whatif.scenarios.scenario import Scenario


@click.command("whatif")
@outlook_options
@large_options
@click.option("--scenario", "file", type=FileName(), metavar="FILE", help="A file of scenarios.")
@set_option
@click.option("--drop", multiple=True, metavar="PATH", help="What if a move or lock were left out?")
@click.option("--data", "edits", multiple=True, metavar="EDIT",
              help="What if figures were others? As `pace: first_doses, by: 0.5, from: 2021-W40`.")  # fmt: skip
@click.option("--adopt", default="", metavar="RULE", help="What people do, as `rule: follow, lag: instruments`.")
@told
def command(**options: Any) -> None:
    """Compare scenarios with the baseline, in the weeks to come.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    asked = ask(options, scenarios_of)
    print_outlooks(asked, drawn_for(asked, options), options)


def scenarios_of(inputs: Inputs, options: dict[str, Any]) -> list[Scenario]:
    """Give the baseline and the scenarios that options ask for. Raise RequestError where they ask for none."""
    from escalation.errors import RequestError
    from escalation.whatif.scenarios.load import load, of_options
    from escalation.whatif.scenarios.scenario import BASELINE

    found = [BASELINE]
    if options["file"] is not None:
        found += load(options["file"], inputs.policy)[1]
    if options["settings"] or options["drop"] or options["edits"] or options["adopt"]:
        found.append(
            of_options(
                inputs.policy,
                settings=dict(options["settings"]),
                drop=options["drop"],
                data=options["edits"],
                adopt=options["adopt"],
            )
        )
    if len(found) == 1:
        raise RequestError(
            "no scenario to compare with the baseline",
            help="name a file with --scenario, or change something with --set, --drop, --data or --adopt",
        )
    return found
