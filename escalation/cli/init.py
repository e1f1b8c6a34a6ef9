"""`escalation init`: a new policy folder, or the mapping of a foreign table."""

from __future__ import annotations

from pathlib import Path

import click

from escalation.cli.inputs import told
from escalation.writing import write_file


@click.command("init")
@click.argument("folder", required=False, type=click.Path())
@click.option("--from", "table", metavar="FILE.csv", help="Draft the mapping of a foreign table instead.")
@told
def command(folder: str | None, table: str | None) -> None:
    """Start a new policy FOLDER that checks clean, or draft the mapping of a foreign table.

    With --from, FILE.map.yaml is drafted beside the table; what it guesses is to be read and corrected.
    """
    from escalation.errors import RequestError

    if (folder is None) == (table is None):
        raise RequestError("name either a new folder or a table", help="escalation init my-policy, or --from FILE.csv")
    if table is not None:
        from escalation.observations.drafting import draft

        if table.lower().endswith((".yaml", ".yml")):
            remedy = "name the table of the weekly data, such as observations.csv"
            raise RequestError(f"`{table}` is a YAML file, and no table", help=remedy)
        drafted = draft(table)
        goal = Path(table).with_suffix(".map.yaml")
        _refuse_to_overwrite(goal)
        write_file(goal, drafted)
        click.echo(f"wrote {goal}: a draft, to be read and corrected")
        return
    from escalation.policy.template import new_policy

    goal = Path(str(folder))
    name = goal.resolve().name
    written = new_policy(name)
    for file in written:
        _refuse_to_overwrite(goal / file)
    try:
        goal.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"`{goal}` cannot be made: {(error.strerror or 'unknown').lower()}") from None
    for file, text in written.items():
        write_file(goal / file, text)
        click.echo(f"wrote {goal / file}")
    click.echo(f"next: escalation check {goal}; escalation test {goal}; escalation evaluate {goal}")


def _refuse_to_overwrite(path: Path) -> None:
    from escalation.errors import RequestError

    if path.exists():
        raise RequestError(f"`{path}` is there already", help="choose another name, or remove it first")
