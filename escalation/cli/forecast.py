"""`escalation forecast`: the weeks to come, drawn many times, and what the policy makes of them."""

from __future__ import annotations

from typing import Any

import click

from escalation.cli.inputs import told
from escalation.cli.outlooks import outlook_options, print_outlooks


@click.command("forecast")
@outlook_options
@told
def command(**options: Any) -> None:
    """Say how probable each stage is in the weeks to come.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.whatif.scenarios.scenario import BASELINE

    print_outlooks(options, lambda _: [BASELINE])
