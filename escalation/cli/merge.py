"""`escalation merge`: the counts of all shards of a run added up, and told as the run itself would tell them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import language_option, told
from escalation.cli.keeping import PATHS
from escalation.cli.large import manifest_for, options_of
from escalation.cli.outlooks import ask, print_options, print_outlooks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from escalation.cli.inputs import Inputs
    from escalation.whatif.scenarios.scenario import Scenario


@click.command("merge")
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER...")
@print_options
@language_option
@told
def command(folders: tuple[Path, ...], **printed: Any) -> None:
    """Add up what the shards of a run have counted.

    FOLDER... are those that `forecast` or `whatif` have kept with --keep: all shards, or one whole run.
    """
    from escalation.whatif.large.drawing import drawn
    from escalation.whatif.large.kept import manifest_of
    from escalation.whatif.large.shards import gathered

    manifest = manifest_of(folders[0])
    counting, scenarios = _counting(manifest.command)
    options = options_of(manifest, counting) | printed
    asked = ask(options, scenarios)
    source = gathered(folders, manifest_for(asked, counting, options), paths=PATHS)
    print_outlooks(asked, drawn(asked.courses, asked.draws, source, tolerance=options["tolerance"]), options)


def _counting(name: str) -> tuple[click.Command, Callable[[Inputs, dict[str, Any]], Sequence[Scenario]]]:
    """Give the command that has counted, and what scenarios it makes of its options.

    Raise RequestError for one that has no shards.
    """
    from escalation.cli import forecast, whatif
    from escalation.errors import RequestError

    counting = {"forecast": (forecast.command, forecast.scenarios_of), "whatif": (whatif.command, whatif.scenarios_of)}
    if name not in counting:
        raise RequestError(f"a run of `{name}` is not merged: it has no shards", help="go on with it by --resume")
    return counting[name]
