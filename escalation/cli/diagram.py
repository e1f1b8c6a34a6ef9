"""`escalation diagram`: the ladder as a picture, generated from its machine."""

from __future__ import annotations

from pathlib import Path

import click

from escalation.cli.inputs import language_option, policy_file, told
from escalation.writing import write_file

ENDINGS = {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid", ".md": "mermaid"}
"""In Markdown, Mermaid text stands in a block of code of its own."""


@click.command("diagram")
@click.argument("policy", type=click.Path())
@click.option("--stage", help="The stage in force, to be marked.")
@click.option("--format", "form", type=click.Choice(["mermaid", "svg"]),
              help="Mermaid text, or a standalone SVG; by the ending of --out, and else mermaid.")  # fmt: skip
@click.option("--out", metavar="FILE", help="Write to a file instead of standard output.")
@language_option
@told
def command(policy: str, stage: str | None, form: str | None, out: str | None, lang: str) -> None:
    """Draw the ladder: stages, the moves between them, their triggers, and the stage in force."""
    from escalation.errors import RequestError
    from escalation.evaluation.ladder import Ladder
    from escalation.evaluation.library import the_stage
    from escalation.policy.load import load
    from escalation.policy.values import Language
    from escalation.reports.diagram import mermaid, svg

    if out is not None and Path(out).resolve() == policy_file(policy).resolve():
        raise RequestError(f"`{out}` is the policy itself", help="write the picture to another file")
    ladder = Ladder(load(policy_file(policy)))
    in_force = the_stage(ladder.policy, stage) if stage is not None else None
    draw = svg if _form(form, out) == "svg" else mermaid
    picture = draw(ladder, language=Language(lang), in_force=in_force)
    if out is not None:
        write_file(out, f"```mermaid\n{picture}```\n" if out.lower().endswith(".md") else picture)
    else:
        click.echo(picture, nl=False)


def _form(form: str | None, out: str | None) -> str:
    """Give the form asked for, or that of the file's ending; the two may not contradict each other."""
    from escalation.errors import RequestError

    ending = ENDINGS.get(Path(out).suffix.lower()) if out is not None else None
    if form is not None and ending not in (None, form):
        raise RequestError(f"`{out}` is a file for {ending}, and --format asks for {form}", help="leave out --format")
    return form or ending or "mermaid"
