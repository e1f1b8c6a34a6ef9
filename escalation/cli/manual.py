"""`escalation manual`: the pages of the manual."""

from __future__ import annotations

from importlib.resources import files

import click

from escalation.cli.inputs import told


@click.command("manual")
@click.argument("page", required=False)
@told
def command(page: str | None) -> None:
    """Print a page of the manual, what it says of one rule of the checker, or the list of its pages."""
    from escalation.errors import RequestError

    pages = {one.name.removesuffix(".md"): one for one in files("escalation").joinpath("manual").iterdir()}
    pages = {name: pages[name] for name in sorted(pages) if pages[name].name.endswith(".md")}
    if page is None:
        for name, file in pages.items():
            title = file.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
            click.echo(f"{name:<20} {title}")
        return
    for holder in ("rules", "drafting"):
        _, found, rest = pages[holder].read_text(encoding="utf-8").partition(f"\n### `{page}`\n")
        if not found:
            continue
        said = rest.partition("\n### ")[0].partition("\n## ")[0]
        click.echo(f"### `{page}`\n{said.rstrip()}")
        return
    if page not in pages:
        raise RequestError(f"the manual has no page `{page}`", help="the pages are: " + ", ".join(pages))
    click.echo(pages[page].read_text(encoding="utf-8"), nl=False)
