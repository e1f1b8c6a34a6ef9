"""`escalation forecast`: the weeks to come, drawn many times, and what the policy makes of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.hindcasts import hindcast_options, print_hindcasts, refuse_outcome
from escalation.cli.inputs import DONE, told
from escalation.cli.large import drawn_for, large_options
from escalation.cli.outlooks import ask, outlook_options, print_outlooks
from escalation.cli.supposing import suppose_options, supposed

if TYPE_CHECKING:
    from escalation.cli.inputs import Inputs
    from escalation.whatif.scenarios.scenario import Scenario


@click.command("forecast")
@outlook_options
@large_options
@suppose_options
@hindcast_options
@told
def command(**options: Any) -> None:
    """Say how probable each stage is in the weeks to come.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    if options["origins"]:
        print_hindcasts(options)
        sys.exit(DONE)
    refuse_outcome(options)
    asked = ask(options, scenarios_of)
    print_outlooks(asked, drawn_for(asked, options), options)


def scenarios_of(inputs: Inputs, options: dict[str, Any]) -> list[Scenario]:
    """Give the only scenario of a forecast."""
    return [supposed(inputs.policy, options)]
