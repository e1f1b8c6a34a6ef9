"""`escalation regret`: every alternative in every future, how far it lies behind the best, and its worst case."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import DONE, gather, show, told
from escalation.cli.keeping import each_for, keep_options
from escalation.cli.outcomes import outcome_option
from escalation.cli.outlooks import course_of, methods, outlook_options
from escalation.cli.supposing import WEEKS, all_of, beside, suppose_options
from escalation.cli.unanswered import exit_without_weeks, warned_of
from escalation.cli.workbooks import check_out, write_report, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from escalation.cli.inputs import Inputs
    from escalation.documents.report.origin import Origin
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.model import Policy
    from escalation.reports.regret import Regretted, Side
    from escalation.whatif.coming import Course
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.scenarios.scenario import Scenario
    from escalation.whatif.scenarios.sides import Sides


ALTERNATIVE, FUTURE = "alternative", "future"
"""The names of the alternative and the future that options make."""


@click.command("regret")
@outlook_options
@suppose_options
@outcome_option("What is compared")
@click.option("--prefer", type=click.Choice(["fewer", "more", "earlier", "later"]), required=True,
              help="Which way the outcome is better.")  # fmt: skip
@keep_options
@told
def command(**options: Any) -> None:
    """Evaluate every alternative in every future, on the same draws: regret and worst case.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.regret import regret_text
    from escalation.reports.regret_records import regret_csv, regret_json

    is_workbook = check_out(options["out"])
    inputs = gather(options)
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    exit_without_weeks(inputs.observations, speaker.language)
    found = _found(inputs, options, speaker)
    warned_of(found.basis, speaker, options["form"])
    if options["out"] is not None:
        (_write_workbook if is_workbook else _write_report)(options["out"], found, speaker)
    printed = {"text": regret_text, "json": regret_json, "csv": regret_csv}[options["form"]](found, speaker)
    if options["form"] == "text":
        show(printed)
    else:
        click.echo(printed, nl=False)
    sys.exit(DONE)


def _found(inputs: Inputs, options: dict[str, Any], speaker: Speaker) -> Regretted:
    """Compare. Raise RequestError where the two engines do not agree."""
    from escalation.reports.basis import basis_of
    from escalation.reports.regret import Regretted
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.large.kept import files_of_scenario
    from escalation.whatif.outcomes import outcome
    from escalation.whatif.regret import courses, preferred, regret
    from escalation.whatif.retraced import agreed
    from escalation.whatif.scenarios.sides import sided

    asked = outcome(options["outcome"], inputs.policy)
    prefer = preferred(options["prefer"], asked)
    sides = sided([*_scenarios(inputs.policy, options)], weeks=options["weeks"], otherwise=WEEKS)
    pairs = courses(
        sides, inputs.policy, inputs.observations, lambda made: course_of(made, inputs, options, sides.weeks)
    )
    draws = Draws(seed=options["seed"], count=options["draws"])
    names = [f"{one.name} x {other.name}" for one in sides.alternatives for other in sides.futures]
    files = [files_of_scenario(name, pair) for name, pair in zip(names, pairs, strict=True)]
    each = each_for(inputs, options, files=files)
    found = regret(sides, pairs, asked, prefer, draws, workers=options["workers"], each=each)
    agreed([found.retraced])
    first = pairs[0]
    return Regretted(
        found=found,
        basis=basis_of(inputs.observations, inputs.record, regions=first.regions, as_of=options["as_of"]),
        alternatives=(*_alternatives(sides, pairs, speaker),),
        futures=(*_futures(sides, inputs, pairs, draws, speaker),),
        methods=methods(first, draws, speaker.language),
        assumed=first.throughout,
    )


def _scenarios(policy: Policy, options: dict[str, Any]) -> Iterator[Scenario]:
    """Give the scenarios of the file, and an alternative and a future that the other options make."""
    found = all_of(options["file"], policy) if options["file"] is not None else ()
    yield from found
    alternative = {**options, "edits": ()}
    future = {**options, "settings": (), "drop": (), "add": (), "adopt": ""}
    made = (beside(found, policy, own, called=name) for name, own in ((ALTERNATIVE, alternative), (FUTURE, future)))
    yield from (one for one in made if one is not None)


def _alternatives(sides: Sides, pairs: Sequence[Course], speaker: Speaker) -> Iterator[Side]:
    """Say of each alternative what it changes."""
    from escalation.reports.regret import side
    from escalation.whatif.scenarios import labels

    for place, one in enumerate(sides.alternatives):
        changes = [labels.amendment(speaker.policy, amendment) for amendment in one.amendments]
        course = pairs[place * len(sides.futures)]
        rule = labels.adoption(course.adoption, is_ahead=True)
        yield side(one, "as-it-is", (*changes, rule), _origins(course, pairs[0]), speaker.language)


def _futures(sides: Sides, inputs: Inputs, pairs: Sequence[Course], draws: Draws, speaker: Speaker) -> Iterator[Side]:
    """Say of each future what it changes, and where its figures come from if not from where the forecast has them."""
    from escalation.reports.regret import side
    from escalation.whatif.remarks import remarks
    from escalation.whatif.scenarios import labels
    from escalation.whatif.scenarios.scenario import BASELINE, applied

    language = speaker.language
    usual, known = methods(pairs[0], draws, language), remarks(pairs[0])
    for one, course in zip(sides.futures, pairs, strict=False):
        effects = applied(sides.pair(BASELINE, one), inputs.policy, inputs.observations).effects
        response = labels.response(one.response) if one.response else ()
        remarked = [remark for remark in remarks(course) if one == BASELINE or remark not in known]
        own = methods(course, draws, language) if any(effect.figures for effect in effects) else usual
        differing = [f"`{metric}`: {'; '.join(how)}." for metric, how in own.items() if usual.get(metric) != how]
        said = (*labels.edits(inputs.policy, effects), *response, *remarked)
        told = side(one, "as-forecast", said, _origins(course, pairs[0]), language)
        yield told._replace(labels=(*told.labels, *differing))


def _origins(course: Course, first: Course) -> tuple[Origin, Origin]:
    """Give the policy and the data of a course, and those as they are."""
    from escalation.documents.report.origin import Origin

    own, other = (Origin(policy=one.policy.digest, data=one.observations.digest) for one in (course, first))
    return own, other


def _write_workbook(out: Path, found: Regretted, speaker: Speaker) -> None:
    from escalation.reports.regret import least, no_chances, place_name, said, shown_places
    from escalation.reports.regret_records import COLUMNS, LEAST_COLUMNS, least_rows, regret_rows
    from escalation.reports.spreadsheet import Grid
    from escalation.whatif.outcomes import Kind

    regrets = found.found
    sides = (str(one) for one in (*found.alternatives, *found.futures))
    places = shown_places(regrets, most=len(regrets.regions))
    sentences = (
        f"{place_name(regrets, place, speaker)}: {sentence}"
        for place in places
        for sentence in least(found, place, speaker)
    )
    is_share = regrets.outcome.kind is Kind.RECOMMENDED
    shares = frozenset({"result"} if is_share else ())
    write_workbook(
        out,
        "regret",
        regret_rows(found),
        columns=COLUMNS,
        basis=found.basis,
        speaker=speaker,
        said=[*said(found, speaker), no_chances(speaker), *sides],
        results=[*sentences, regrets.retraced.told(speaker.language)],
        behind=[
            Grid(title=title, columns=LEAST_COLUMNS, rows=[*least_rows(found, by)], shares=shares)
            for title, by in (("worst", regrets.worst), ("greatest_regret", regrets.greatest))
        ],
        shares=("undetermined_ever", *(("result", "regret", "interval_low", "interval_high") if is_share else ())),
    )


def _write_report(out: Path, found: Regretted, speaker: Speaker) -> None:
    from escalation.reports.regret_pages import regret_report

    write_report(regret_report(found, speaker), out)
