"""`escalation analyse`: what a policy can come to, whatever the data are."""

from __future__ import annotations

import sys

import click

from escalation.cli.inputs import DONE, FINDINGS, language_option, policy_file, told


@click.command("analyse")
@click.argument("policy", type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@language_option
@told
def command(policy: str, form: str, lang: str) -> None:
    """Say which stages and moves are possible and how soon, and prove or refute the invariants.

    Exits with 1 where a stage or a move can never be, or an invariant is broken.
    """
    from escalation.checks.exact import Claim, analyse
    from escalation.policy.load import load
    from escalation.policy.values import Language
    from escalation.reports.analysis import as_json, text

    read = load(policy_file(policy))
    found = analyse(read)
    click.echo(as_json(read, found) if form == "json" else text(read, found, language=Language(lang)), nl=False)
    claims = [*(one.claim for one in found.stages), *(one.claim for one in found.moves)]
    claims += [one.claim for one in found.invariants]
    bad = {Claim.NEVER, Claim.SHADOWED, Claim.REFUTED}
    sys.exit(FINDINGS if bad.intersection(claims) else DONE)
