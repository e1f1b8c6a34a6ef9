"""`escalation test`: whether policies give what their cases expect."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import COULD_NOT_RUN, DONE, FINDINGS, NO_INPUT, language_option, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escalation.reports.cases import Tested

USUAL = "cases.yaml"


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--case", "names", multiple=True, metavar="NAME", help="Run only the case of this name.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@language_option
@told
def command(**options: Any) -> None:
    """Run the cases of policies, and show the weeks that are not as expected.

    PATHS are files of cases, policy files with a cases.yaml beside them, or folders, searched with all below; the
    present folder without any. Exits with 1 where a case fails, with 2 where one cannot be run, with 3 where there is
    none.
    """
    files = list(dict.fromkeys(file for path in options["paths"] or (".",) for file in found(Path(path))))
    absent = [file for file in files if not file.is_file()]
    for file in absent:
        click.echo(f"error: there is no file `{file}`", err=True)
    if absent or not files:
        click.echo("error: no file of cases to run; put `cases.yaml` beside the policy", err=True)
        sys.exit(NO_INPUT)
    tested, refused = _tested(files, options)
    if not refused and not any(one.played for one in tested):
        click.echo("error: no case has this name", err=True)
        sys.exit(NO_INPUT)
    _print(tested, options)
    sys.exit(COULD_NOT_RUN if refused else FINDINGS if any(one.failed for one in tested) else DONE)


def found(path: Path) -> Iterator[Path]:
    """Find the files of cases that a path leads to; hidden folders are not searched."""
    if path.is_dir():
        for file in sorted(path.rglob(USUAL)):
            if not any(part.startswith(".") for part in file.relative_to(path).parts):
                yield file
    elif path.name == "policy.yaml":
        if (beside := path.with_name(USUAL)).is_file():
            yield beside
    else:
        yield path


def _tested(files: list[Path], options: dict[str, Any]) -> tuple[list[Tested], bool]:
    """Run the files that can be run, and tell what is wrong with the others."""
    from escalation.cases.load import load
    from escalation.cases.run import play
    from escalation.errors import Refused
    from escalation.evaluation.ladder import Ladder
    from escalation.reports.cases import Tested

    tested, refused = [], False
    for file in files:
        try:
            cases = load(file)
        except Refused as error:
            refused = True
            for diagnostic in error.diagnostics:
                click.echo(str(diagnostic), err=True)
            continue
        ladder = Ladder(cases.policy)
        names = options["names"]
        chosen = [case for case in cases.cases if not names or case.name in names]
        tested.append(Tested(cases=cases, played=tuple(play(ladder, case) for case in chosen)))
    return tested, refused


def _print(tested: list[Tested], options: dict[str, Any]) -> None:
    from escalation.policy.values import Language
    from escalation.reports.cases import tested_json, tested_text

    if options["form"] == "json":
        click.echo(tested_json(tested), nl=False)
        return
    for one in tested:
        if one.played:
            click.echo(tested_text(one, language=Language(options["lang"])), nl=False)
