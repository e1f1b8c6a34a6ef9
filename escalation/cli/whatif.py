"""`escalation whatif`: scenarios beside the baseline, on the same draws of the weeks to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import told
from escalation.cli.large import drawn_for, large_options
from escalation.cli.outlooks import ask, outlook_options, print_outlooks
from escalation.cli.supposing import all_of, beside, suppose_options

if TYPE_CHECKING:
    from escalation.cli.inputs import Inputs
    from escalation.whatif.scenarios.scenario import Scenario


@click.command("whatif")
@outlook_options
@large_options
@suppose_options
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
    from escalation.whatif.scenarios.scenario import BASELINE

    found = [BASELINE]
    if options["file"] is not None:
        found += all_of(options["file"], inputs.policy)
    if (besides := beside(found, inputs.policy, options)) is not None:
        found.append(besides)
    if len(found) == 1:
        raise RequestError(
            "no scenario to compare with the baseline",
            help="name a file with --scenario, or change something with --set, --drop, --add, --data or --adopt",
            indonesian=(
                "tidak ada skenario untuk dibandingkan dengan acuan",
                "sebutkan berkas dengan --scenario, atau beri --set, --drop, --add, --data, atau --adopt",
            ),
        )
    return found
