"""`escalation schema`: the JSON Schema of policy files, of cases and of scenarios, for editors."""

from __future__ import annotations

import click

from escalation.cli.inputs import told
from escalation.writing import write_file


@click.command("schema")
@click.option("--cases", "of_cases", is_flag=True, help="The schema of files of cases.")
@click.option("--scenario", "of_scenarios", is_flag=True, help="The schema of files of scenarios.")
@click.option("--out", metavar="FILE", help="Write to a file instead of standard output.")
@told
def command(*, of_cases: bool, of_scenarios: bool, out: str | None) -> None:
    """Print the JSON Schema (2020-12) of policy files, or of cases or scenarios.

    An editor with YAML support uses it where the first line of a policy file is
    `# yaml-language-server: $schema=policy.schema.json`.
    """
    if of_cases and of_scenarios:
        from escalation.errors import RequestError

        raise RequestError("--cases and --scenario exclude each other", help="leave out one of them")
    if of_cases:
        from escalation.cases.schema import text
    elif of_scenarios:
        from escalation.whatif.scenarios.schema import text
    else:
        from escalation.policy.schema import text

    if out is not None:
        write_file(out, text())
    else:
        click.echo(text(), nl=False)
