"""`escalation explain`: one region and week in full."""

from __future__ import annotations

import sys
from typing import Any

import click

from escalation.cli.evaluate import evaluated
from escalation.cli.inputs import NO_INPUT, data_options, gather, language_option, show, told
from escalation.cli.unanswered import nothing_evaluated


@click.command("explain")
@data_options
@click.option("--week", help="The week; the latest without it.")
@click.option("--region", help="The region; may be left out where there is only one.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@language_option
@told
def command(**options: Any) -> None:
    """Explain one region and week in full: every condition with its values, every guard of every move, the countdown.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.evaluation.library import the_region
    from escalation.policy.values import Language
    from escalation.reports.records import evaluated_json
    from escalation.reports.text import text

    inputs = gather(options)
    options["region"] = (the_region(inputs.observations, options["region"]),) if inputs.observations.regions else ()
    result = evaluated(inputs, options)
    language = Language(options["lang"])
    if not result.explanations:
        if options["form"] == "json":
            click.echo(evaluated_json(result, language=language), nl=False)
        named = f"`{options['region'][0]}`" if options["region"] else "any region"
        nothing_evaluated(result.observations, f"nothing was known of {named} then", language=language)
        sys.exit(NO_INPUT)
    if options["form"] == "json":
        click.echo(evaluated_json(result, language=language), nl=False)
    else:
        show(text(result, language=language, in_full=True))
