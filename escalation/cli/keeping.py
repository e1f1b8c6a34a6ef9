"""What long commands share: what is finished is kept, told when they are interrupted, and gone on with."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from escalation.cli import AT_INTERRUPTION, arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from escalation.cli.inputs import Inputs
    from escalation.evaluation.replay import Adoption
    from escalation.whatif.large.kept import Each, Kept, Make, Manifest, Part

F = TypeVar("F", bound="Callable[..., Any]")
PATHS = ("policy", "observations", "map", "regions", "standings", "scenario")
"""Options that say where files are: what they hold is compared, and they may stand elsewhere."""
WITHOUT_EFFECT = ("workers", "format", "out", "lang", "keep", "resume", "shard", "scheduler")
"""Options on which nothing that is kept depends."""
RESUME = "--resume"


def keep_options(command: F) -> F:
    """Add the options that say where finished parts are kept, and that they are gone on with."""
    resume = click.option(RESUME, "is_resumed", is_flag=True, help="Go on with what --keep has kept.")
    keep = click.option("--keep", type=click.Path(path_type=Path), metavar="FOLDER",
                        help="Keep what is finished, so that it can be resumed.")  # fmt: skip
    return keep(resume(command))


def check_kept(options: Mapping[str, Any]) -> None:
    """Raise RequestError where there is nothing to resume; otherwise have an interruption say what is kept."""
    from escalation.errors import RequestError

    if options["is_resumed"] and options["keep"] is None:
        raise RequestError(
            "there is nothing to resume",
            help="name the folder with --keep",
            indonesian=("tidak ada yang dapat dilanjutkan", "sebutkan foldernya dengan --keep"),
        )
    if options["keep"] is None:
        click.get_current_context().meta[AT_INTERRUPTION] = lambda: (
            "nothing is kept; --keep FOLDER would keep what is finished"
        )


def begun(manifest: Manifest, options: Mapping[str, Any], *, is_resumed: bool) -> Kept:
    """Begin to keep in the folder of --keep, or go on with it, and have an interruption say so."""
    from escalation.whatif.large.kept import begin

    kept = begin(options["keep"], manifest, is_resumed=is_resumed, paths=PATHS)
    context = click.get_current_context()
    words = [*arguments(context)]
    again = f"{context.find_root().info_name} {shlex.join(words if RESUME in words else [*words, RESUME])}"
    context.meta[AT_INTERRUPTION] = lambda: f"parts kept in `{kept.folder}`: {kept.finished}; go on with\n  {again}"
    return kept


def each_for(
    inputs: Inputs,
    options: Mapping[str, Any],
    adoption: Adoption | None = None,
    *,
    files: Sequence[Mapping[str, str]] | None = None,
) -> Each:
    """Give what makes the parts of the work of the command that runs, and keeps them where --keep says so.

    `files` are what the files came to, if there are others than the inputs.
    """
    from escalation.whatif.large.kept import Manifest, files_of, made

    check_kept(options)
    if options["keep"] is None:
        return _told(made)
    command = click.get_current_context().command
    own = files or [files_of(inputs.policy, inputs.observations, inputs.record, adoption=adoption)]
    manifest = Manifest(command=str(command.name), options=held(command, options), files=own)
    return _told(begun(manifest, options, is_resumed=options["is_resumed"]).each)


def with_effect(command: click.Command) -> dict[str, click.Parameter]:
    """Give the options of a command on which what is kept depends, by their names without dashes."""
    found = {one.opts[0].removeprefix("--"): one for one in command.params}
    return {name: one for name, one in found.items() if name not in WITHOUT_EFFECT}


def held(command: click.Command, options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options on which what is kept depends, as JSON holds them."""
    from escalation.reports.records import plain

    return {name: plain(options[str(one.name)]) for name, one in with_effect(command).items()}


def _told(each: Each) -> Each:
    """Tell on a terminal how far the work is, before each part that is made."""

    def parts(names: Sequence[str], make: Make) -> Iterator[Part]:
        def telling(place: int) -> Part:
            tell(f"{place} of {len(names)} done, now {names[place]}")
            return make(place)

        yield from each(names, telling)
        tell("")

    return parts


def tell(progress: str, *, is_last: bool = False) -> None:
    """Write over the last line of a terminal how far the work is."""
    if sys.stderr.isatty():
        click.echo(f"\r{progress}\033[K", err=True, nl=is_last)
