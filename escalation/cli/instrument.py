"""`escalation instrument`: the legal forms of a pack as of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from escalation.cli.inputs import Day, language_option, show, told

if TYPE_CHECKING:
    from datetime import date


@click.command("instrument")
@click.argument("pack")
@click.argument("form", required=False)
@click.option("--date", "day", type=Day(), required=True, help="The day whose law is asked for.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@language_option
@told
def command(pack: str, form: str | None, day: date, output: str, lang: str) -> None:
    """Say what the law of a date is on legal forms.

    PACK is a pack that comes with the package, or a file that ends in .yaml, which is checked like a policy. FORM is
    one of its forms; all without it.
    """
    from escalation.errors import RequestError
    from escalation.instruments import load_pack, read_pack
    from escalation.policy.defects import named
    from escalation.policy.values import Language
    from escalation.reports.law import law_json, law_text

    found = read_pack(pack) if pack.endswith((".yaml", ".yml")) else load_pack(pack)
    if form is not None and form not in found.forms:
        raise RequestError(f"`{found.name}` has no form `{form}`", help=f"its forms are: {named(tuple(found.forms))}")
    forms = found.forms if form is None else {form: found.forms[form]}
    if output == "json":
        click.echo(law_json(found, forms, day, language=Language(lang)), nl=False)
    else:
        show(law_text(found, forms, day, language=Language(lang)))
