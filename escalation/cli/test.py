"""`escalation test`: whether policies give what their cases expect, and how much their cases would notice."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import (
    COULD_NOT_RUN,
    DONE,
    FINDINGS,
    NO_INPUT,
    Real,
    figure_options,
    language_option,
    told,
)
from escalation.cli.matching import CASES, POLICY, matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escalation.cases.case import Cases
    from escalation.cases.mutate import Judged
    from escalation.evaluation.ladder import Ladder
    from escalation.reports.cases import Tested
    from escalation.reports.strength import Strength


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--case", "names", multiple=True, metavar="NAME", help="Run only the case of this name.")
@click.option("--coverage", is_flag=True, help="Say what of the policy no case shows.")
@click.option("--mutate", is_flag=True, help="Say which small changes of the policy no case notices.")
@click.option("--fail-under", type=Real(0, 100), metavar="PERCENT",
              help="Exit with 1 where less is covered or noticed.")  # fmt: skip
@click.option("--record", nargs=2, metavar="REGION FROM..TO", help="Print an episode of the data as a case instead.")
@click.option("--append", is_flag=True, help="Add the recorded case to the file of cases.")
@figure_options
@click.option("--format", "form", type=click.Choice(["text", "json", "junit"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@language_option
@told
def command(**options: Any) -> None:
    """Run the cases of policies, and show the weeks that are not as expected.

    PATHS are files of cases, policy files with a cases.yaml beside them, or folders, searched with all below; the
    present folder without any. Exits with 1 where a case fails, with 2 where one cannot be run, with 3 where there is
    none.
    """
    from escalation.errors import RequestError

    if options["fail_under"] is not None and not (options["coverage"] or options["mutate"]):
        raise RequestError("--fail-under has nothing to measure", help="add --coverage or --mutate")
    if options["record"]:
        from escalation.cli.recording import record

        record(options)
        return
    if options["append"]:
        raise RequestError("--append belongs to --record")
    files, absent = _found(options["paths"] or (".",))
    for complaint in absent:
        click.echo(f"error: {complaint}", err=True)
    if any(CASES in complaint for complaint in absent):
        click.echo(f"  help: put `{CASES}` beside the policy", err=True)
    if absent:
        sys.exit(NO_INPUT)
    sys.exit(_run(files, options))


def _run(files: list[Path], options: dict[str, Any]) -> int:
    tested, strengths = _tested(files, options)
    refused = len(tested) < len(files)
    if not refused and not any(one.played for one in tested):
        click.echo("error: no case has this name", err=True)
        return NO_INPUT
    _print(tested, strengths if options["coverage"] or options["mutate"] else [], options)
    if refused:
        return COULD_NOT_RUN
    weak = any(one.weakest < (options["fail_under"] or 0) for one in strengths)
    return FINDINGS if weak or any(one.failed for one in tested) else DONE


def _found(paths: tuple[str, ...]) -> tuple[list[Path], list[str]]:
    """Find the files of cases that are meant, and say of each path without any what is missing."""
    files, absent = matching(paths, names=(CASES,))
    found: dict[Path, None] = {}
    for file in files:
        beside = file.with_name(CASES) if file.name == POLICY else file
        if beside.is_file():
            found[beside] = None
        else:
            from escalation.diagnostics import visible

            absent.append(f"there is no {CASES} beside `{visible(str(file))}`")
    return list(found), absent


def _tested(files: list[Path], options: dict[str, Any]) -> tuple[list[Tested], list[Strength]]:
    """Run the files that can be run, those of one policy together, and tell what is wrong with the others."""
    from escalation.cases.load import load
    from escalation.errors import Refused

    by_policy: dict[Path, list[Cases]] = {}
    for file in files:
        try:
            cases = load(file)
        except Refused as error:
            for diagnostic in error.diagnostics:
                click.echo(str(diagnostic), err=True)
        else:
            by_policy.setdefault(Path(cases.policy.source.file).resolve(), []).append(cases)
    tested: list[Tested] = []
    strengths: list[Strength] = []
    for group in by_policy.values():
        found, strength = _of_one_policy(group, options)
        tested += found
        strengths.append(strength)
    return tested, strengths


def _of_one_policy(group: list[Cases], options: dict[str, Any]) -> tuple[list[Tested], Strength]:
    from escalation.cases.coverage import Watch
    from escalation.cases.run import play
    from escalation.evaluation.ladder import Ladder
    from escalation.observations.pausing import collection_paused
    from escalation.reports.cases import Tested
    from escalation.reports.strength import Strength

    policy, names = group[0].policy, options["names"]
    ladder = Ladder(policy)
    watch = Watch(ladder)
    tested = []
    for cases in group:
        played = []
        with collection_paused():
            for case in cases.cases:
                if not names or case.name in names:
                    one = play(ladder, case)
                    if options["coverage"]:
                        watch.see(one)
                    # What a case that passes went through is not needed any more, and large.
                    played.append(one if one.differences else replace(one, outcomes=()))
        tested.append(Tested(cases=cases, played=tuple(played)))
    judged = None
    if options["mutate"]:
        if any(one.failed for one in tested):
            click.echo("error: mutants are not run before every case passes", err=True)
        else:
            judged = _judged(ladder, tested)
    covered = watch.coverage if options["coverage"] else None
    return tested, Strength(policy=policy, coverage=covered, judged=judged)


def _judged(ladder: Ladder, tested: list[Tested]) -> tuple[Judged, ...]:
    from escalation.cases.mutants import mutants
    from escalation.cases.mutate import mutate

    cases = [one.case for part in tested for one in part.played]
    everything = list(mutants(ladder))
    run = mutate(ladder, cases, everything)
    return tuple(_tracked(run, len(everything), ladder.policy.name))


def _tracked(run: Iterator[Judged], total: int, name: str) -> Iterator[Judged]:
    """Show on a terminal how far a long run is."""
    if not sys.stderr.isatty():
        return run
    from rich.console import Console
    from rich.progress import track

    return iter(track(run, total=total, description=name, console=Console(stderr=True)))


def _print(tested: list[Tested], strengths: list[Strength], options: dict[str, Any]) -> None:
    from escalation.policy.values import Language
    from escalation.reports.cases import tested_json, tested_junit, tested_text
    from escalation.reports.strength import strength_record, strength_text

    language = Language(options["lang"])
    if options["form"] == "json":
        facts = {"strength": [strength_record(one) for one in strengths]} if strengths else {}
        click.echo(tested_json(tested, **facts), nl=False)
        return
    if options["form"] == "junit":
        click.echo(tested_junit(tested, language=language), nl=False)
        return
    for one in tested:
        if one.played:
            click.echo(tested_text(one, language=language), nl=False)
    for strength in strengths:
        click.echo(strength_text(strength, language=language), nl=False)
