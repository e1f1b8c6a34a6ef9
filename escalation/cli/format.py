"""`escalation format`: the usual layout of policy files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from escalation.cli.inputs import DONE, FINDINGS, NO_INPUT, told
from escalation.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("format")
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--check", "checks", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@click.option("--diff", "shows", is_flag=True, help="Likewise, and print what would change.")
@told
def command(*, files: tuple[str, ...], checks: bool, shows: bool) -> None:
    """Lay out policy files in the usual way: white space only; comments, quotes and order stay as they are.

    FILES are files, or folders with policy.yaml or cases.yaml files in them or below. A file is not touched where
    another layout would change what it says.
    """
    from escalation.cli.matching import CASES, POLICY, matching
    from escalation.diagnostics import visible
    from escalation.policy.formatting import in_layout
    from escalation.policy.source import read_file

    found, absent = matching(files, names=(POLICY, CASES))
    for complaint in absent:
        click.echo(f"error: {complaint}", err=True)
    if absent or not found:
        click.echo("error: no file to format", err=True)
        sys.exit(NO_INPUT)
    sources = {path: read_file(path) for path in found}
    texts = {path: in_layout(source) for path, source in sources.items()}
    changed = [path for path in found if texts[path] != sources[path].text]
    for path in changed:
        if shows:
            click.echo("".join(_difference(visible(str(path)), sources[path].text, texts[path])), nl=False)
        elif not checks:
            write_file(path.resolve(), texts[path])
    keeps = checks or shows
    for path in changed:
        click.echo(f"{visible(str(path))}: {'would change' if keeps else 'formatted'}", err=keeps)
    click.echo(f"{len(changed)} of {len(found)} files {'would change' if keeps else 'formatted'}", err=keeps)
    sys.exit(FINDINGS if keeps and changed else DONE)


def _difference(name: str, before: str, after: str) -> Iterator[str]:
    from difflib import unified_diff

    old, new = (text.replace("\r\n", "\n").splitlines(keepends=True) for text in (before, after))
    for line in unified_diff(old, new, name, f"{name} (formatted)"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
