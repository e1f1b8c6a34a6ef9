"""The options of large runs: when to stop drawing, what is kept, which share is done, and who does it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from escalation.cli.inputs import DONE, Real
from escalation.cli.keeping import begun, check_kept, held, keep_options, tell, with_effect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from escalation.cli.outlooks import Asked
    from escalation.whatif.large.drawing import Source
    from escalation.whatif.large.kept import Manifest
    from escalation.whatif.outlook import Outlook

F = TypeVar("F", bound="Callable[..., Any]")


class Share(click.ParamType[tuple[int, int]]):
    """One of so many shards: `3/8`."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read a number and how many there are."""
        if isinstance(value, tuple):
            return value
        number, _, of = str(value).partition("/")
        if not all(one.isascii() and one.isdigit() for one in (number, of)):
            self.fail(f"`{value}` is no shard; write the third of eight as 3/8", param, ctx)
        if not 1 <= int(number) <= int(of):
            self.fail(f"`{value}` is no shard; they are numbered from 1 to {of}", param, ctx)
        return int(number), int(of)


def large_options(command: F) -> F:
    """Add the options of large runs."""
    for option in reversed(
        [
            click.option("--tolerance", type=Real(0, 50, min_open=True), metavar="POINTS",
                         help="Stop drawing when every probability is known to within so many percentage points."),
            click.option("--shard", type=Share(), help="Count only one of n shards, for `merge`."),
            click.option("--scheduler", metavar="ADDRESS",
                         help="Count on the workers of a Dask scheduler; local:4 starts four here."),
        ]
    ):  # fmt: skip
        command = option(command)
    return keep_options(command)


def drawn_for(asked: Asked, options: dict[str, Any]) -> list[Outlook]:
    """Make the outlooks that are asked for; with a shard, keep its counts and end."""
    from escalation.whatif.large.drawing import drawn

    _check(options)
    with _source(asked, options) as source:
        if options["keep"] is None:
            return drawn(asked.courses, asked.draws, source, tolerance=options["tolerance"], tell=_progress)
        return _kept(asked, options, source)


def _check(options: Mapping[str, Any]) -> None:
    """Raise RequestError for options that do not go together."""
    from escalation.errors import RequestError

    if options["shard"] is not None:
        if options["keep"] is None:
            raise RequestError(
                "a shard must be kept",
                help="name a folder for it with --keep",
                indonesian=("bagian (--shard) harus disimpan", "sebutkan folder untuknya dengan --keep"),
            )
        for name in ("tolerance", "out"):
            if options[name] is not None:
                remedy = "leave it out, and give it to merge" if name == "out" else "leave it out, or draw in one run"
                raise RequestError(f"--{name} rests on all draws, and a shard has some", help=remedy)
    check_kept(options)
    if options["scheduler"] is not None and options["workers"] > 1:
        raise RequestError(
            "--workers are threads of this machine, and --scheduler has its own",
            help="leave one out",
            indonesian=(
                "--workers adalah utas di mesin ini, sedangkan --scheduler memiliki pekerjanya sendiri",
                "hilangkan salah satunya",
            ),
        )


@contextmanager
def _source(asked: Asked, options: Mapping[str, Any]) -> Iterator[Source]:
    """Give what makes chunks: this process, or the workers of a scheduler."""
    from escalation.whatif.large.drawing import here

    if options["scheduler"] is None:
        yield here(asked.courses, asked.draws, workers=options["workers"])
        return
    from escalation.whatif.large.cluster import on_cluster

    with on_cluster(options["scheduler"], asked.courses, asked.draws) as source:
        yield source


def _kept(asked: Asked, options: dict[str, Any], source: Source) -> list[Outlook]:
    from escalation.whatif.large.drawing import drawn, keeping
    from escalation.whatif.large.kept import Shard
    from escalation.whatif.large.shards import finish

    shard = Shard(*(options["shard"] or ()))
    manifest = replace(manifest_for(asked, click.get_current_context().command, options), shard=shard)
    kept = begun(manifest, options, is_resumed=options["is_resumed"] or options["shard"] is not None)
    if options["shard"] is None:
        source = keeping(kept, source)
        return drawn(asked.courses, asked.draws, source, tolerance=options["tolerance"], tell=_progress)
    done = finish(kept, shard, asked.courses, asked.draws, source, tell=_progress)
    click.echo(f"shard {shard} is whole: chunks kept in `{kept.folder}`: {done}")
    sys.exit(DONE)


def manifest_for(asked: Asked, command: click.Command, options: Mapping[str, Any]) -> Manifest:
    """Say what the counts of a run are counts of."""
    from escalation.whatif.large.kept import Manifest, files_of_scenario

    named = zip(asked.made, asked.courses, strict=True)
    files = [files_of_scenario(one.scenario.name, course) for one, course in named]
    return Manifest(command=str(command.name), options=held(command, options), files=files)


def options_of(manifest: Manifest, command: click.Command) -> dict[str, Any]:
    """Give the options with which counts were made, as a command takes them.

    Raise RequestError where a manifest has not those of the command.
    """
    from escalation.errors import RequestError

    wanted = with_effect(command)
    if wanted.keys() != manifest.options.keys():
        raise RequestError(
            f"the options of `{manifest.command}` were others in version {manifest.engine}",
            help="merge with the version that has counted",
        )
    with click.Context(command) as context:
        return {
            str(one.name): one.type_cast_value(context, _tuples(manifest.options[name])) for name, one in wanted.items()
        }


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


def _progress(done: int, of: int, draws: int) -> None:
    tell(f"{done} of {of} chunks, {draws:,} draws", is_last=done == of)
