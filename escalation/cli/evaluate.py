"""`escalation evaluate`: the main job."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import (
    DONE,
    FINDINGS,
    NO_INPUT,
    data_options,
    each_once,
    gather,
    language_option,
    set_option,
    show,
    told,
)
from escalation.cli.unanswered import nothing_evaluated, record_set_aside, warn, without_stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from escalation.cli.inputs import Inputs
    from escalation.diagnostics import Diagnostic
    from escalation.documents.papers.contents import Subject
    from escalation.evaluation.records import Explanation, Figure
    from escalation.evaluation.step import Evaluation
    from escalation.evaluation.trend import Course
    from escalation.periods import Week
    from escalation.policy.model import Policy
    from escalation.reports.evaluated import Evaluated

UNHEARD = {
    "en": "nothing was known of `{region}` by then; it is left out",
    "id": "belum ada yang diketahui tentang `{region}` saat itu; wilayah ini dikesampingkan",
}


@click.command("evaluate")
@data_options
@click.option("--week", help="The week to evaluate; the latest of each region without it.")
@click.option("--region", multiple=True, callback=each_once, help="A region to evaluate; all without it.")
@set_option
@click.option(
    "--memo", metavar="FILE", help="Write the decision memo to FILE, whose ending says its form: html, md, docx, pdf."
)
@click.option("--exit-on", multiple=True, type=click.Choice(["escalate", "relax", "hold", "undetermined"]),
              help="Exit with 1 where this is recommended.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "markdown"]), default="text",
              show_default=True, help="The form of the output.")  # fmt: skip
@language_option
@told
def command(**options: Any) -> None:
    """Recommend the next step for a week, explained number by number.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.policy.values import Language

    inputs = gather(options)
    language = Language(options["lang"])
    result = evaluated(inputs, options)
    if not result.explanations:
        if options["form"] == "json":
            click.echo(_printed(result, "json", language), nl=False)
        nothing_evaluated(result.observations, "nothing was known of any region asked for by then", language=language)
        sys.exit(NO_INPUT)
    without_stage(result.without_stage, language.value)
    record_set_aside(inputs.set_aside, language)
    for region in result.unheard:
        warn(UNHEARD[language.value].format(region=region), language.value)
    if options["memo"] is not None:
        _write_memo(result, inputs, options, language)
    printed = _printed(result, options["form"], language)
    if options["form"] == "text":
        show(printed)
    else:
        click.echo(printed, nl=False)
    recommended = {one.recommendation.value for one in result.explanations}
    sys.exit(FINDINGS if recommended.intersection(options["exit_on"]) else DONE)


def evaluated(inputs: Inputs, options: dict[str, Any], *, past_weeks: int = 0) -> Evaluated:
    """Evaluate the regions asked for, and again with the amendments where there are any; keep figures of past weeks."""
    from dataclasses import replace

    from escalation.diagnostics import in_order
    from escalation.evaluation.explanation import explain
    from escalation.evaluation.faults import concerning, illustrates
    from escalation.evaluation.library import the_region
    from escalation.policy.amend import amend
    from escalation.reports.evaluated import Evaluated

    observations = inputs.observations
    asked = observations.regions
    if asked:
        asked = tuple(the_region(observations, region) for region in options["region"]) or asked
    early = _early(inputs, asked, options)
    if len(early) < len(asked):  # otherwise there is nothing to answer, and the evaluation says why
        asked = tuple(region for region in asked if region not in early)
    amendments = dict(options.get("settings") or ())
    amended = amend(inputs.policy, amendments) if amendments else None
    explained = [_explained(one, inputs, past_weeks) for one in _evaluations(inputs.policy, inputs, asked, options)]
    regions = [explanation.region for explanation, _, _, _ in explained]
    computed = [finding for _, _, _, found in explained for finding in found]
    read = concerning(observations.findings, asked, of=observations.regions)
    return Evaluated(
        policy=inputs.policy,
        observations=replace(observations, findings=in_order([*read, *computed])),
        explanations=tuple(explanation for explanation, _, _, _ in explained),
        figures=tuple(found for _, found, _, _ in explained),
        courses=tuple(moved for _, _, moved, _ in explained),
        assumed=frozenset(region for region in regions if region not in inputs.record),
        unheard=tuple(region for region in asked if region not in regions),
        without_stage=early,
        illustrated=tuple(one.region for one, _, _, _ in explained if illustrates(observations, one)),
        amendments=amendments,
        amended=tuple(explain(one) for one in _evaluations(amended, inputs, asked, options)) if amended else (),
        amended_policy=amended,
    )


def _explained(
    evaluation: Evaluation, inputs: Inputs, past_weeks: int
) -> tuple[Explanation, tuple[Figure, ...], Course, tuple[Diagnostic, ...]]:
    """Keep of an evaluation what is told of it: it holds all readings of its region, and is let go before the next."""
    from escalation.evaluation.explanation import explain, figures
    from escalation.evaluation.faults import faults, unlawful
    from escalation.evaluation.trend import course

    observations, record = inputs.observations, inputs.record.get(evaluation.region, ())
    found = (*faults(evaluation, observations), *unlawful(evaluation, record, observations.file))
    return explain(evaluation), figures(evaluation), course(evaluation, past_weeks), found


def _early(inputs: Inputs, asked: tuple[str, ...], options: dict[str, Any]) -> Mapping[str, Week]:
    from escalation.evaluation.library import not_yet_on_record, the_week

    week = the_week(inputs.policy, options["week"]) if options["week"] is not None else None
    return not_yet_on_record(
        inputs.policy, inputs.observations, asked, record=inputs.record, week=week, as_of=options["as_of"]
    )


def _evaluations(
    policy: Policy, inputs: Inputs, regions: tuple[str, ...], options: dict[str, Any]
) -> Iterator[Evaluation]:
    from escalation.evaluation.library import evaluate_latest

    return evaluate_latest(
        policy, inputs.observations, regions, week=options["week"], record=inputs.record, as_of=options["as_of"]
    )


def _printed(result: Evaluated, form: str, language: Any) -> str:
    from escalation.reports.markdown import markdown
    from escalation.reports.records import evaluated_csv, evaluated_json
    from escalation.reports.text import text

    if form == "json":
        return evaluated_json(result, language=language)
    if form == "csv":
        return evaluated_csv(result)
    if form == "markdown":
        return markdown(result, language=language)
    return text(result, language=language)


def _write_memo(result: Evaluated, inputs: Inputs, options: dict[str, Any], language: Any) -> None:
    from escalation.documents.layout import FORMS
    from escalation.documents.layout.render import write
    from escalation.documents.papers.study import study
    from escalation.errors import RequestError
    from escalation.writing import write_file

    path = options["memo"]
    form = path.rpartition(".")[2]
    if form not in FORMS:
        endings = ", ".join(f".{one}" for one in FORMS)
        raise RequestError(f"`{path}` does not end as a form of papers", help=f"end the name with one of {endings}")
    if result.amended_policy is not None:
        raise RequestError("a memo is about the policy as it stands", help="leave out --set, or leave out --memo")
    memo = study(
        result.policy,
        result.observations,
        subjects(result, inputs),
        language=language,
        made_with=tuple(made_with(inputs, options)),
    )
    write_file(path, write(memo, form))


def subjects(
    result: Evaluated, inputs: Inputs, *, prepared_for: str | None = None, begun: date | None = None
) -> tuple[Subject, ...]:
    """Give what studies are made from, region by region."""
    from escalation.documents.papers.contents import Subject

    return tuple(
        Subject(
            explanation=explanation,
            figures=figures,
            trends=course.trends,
            pasts=course.pasts,
            stages=inputs.record.get(explanation.region, ()),
            is_assumed=explanation.region in result.assumed,
            is_given=inputs.is_stage_given,
            set_aside=inputs.set_aside,
            prepared_for=prepared_for,
            begun=begun,
        )
        for explanation, figures, course in zip(result.explanations, result.figures, result.courses, strict=True)
    )


def made_with(inputs: Inputs, options: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name what an answer rests on besides the policy and the data: other files with their digests, and options."""
    import hashlib
    from pathlib import Path

    files = {**inputs.files, **({"set-aside": inputs.set_aside} if inputs.set_aside is not None else {})}
    for key, path in files.items():
        yield key, f"{path} sha256 {hashlib.sha256(Path(path).read_bytes()).hexdigest()}"
    for key in ("table", "query", "stage", "since", "numbers", "week"):
        if options[key] is not None:
            yield key, str(options[key])
    if options.get("start") is not None:
        yield "start", str(options["start"])
    for region in options["region"]:
        yield "region", region
