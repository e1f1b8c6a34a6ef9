"""`escalation forecast --from`: forecasts from past weeks, beside what came."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from escalation.cli.inputs import each_once, gather, show
from escalation.cli.keeping import tell
from escalation.cli.origins import origins_of
from escalation.cli.outlooks import judged, methods, people
from escalation.cli.supposing import horizon, supposing
from escalation.cli.unanswered import warned_of
from escalation.cli.workbooks import check_out, write_report, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from escalation.cli.supposing import Supposing
    from escalation.errors import RequestError
    from escalation.evaluation.sentences import Speaker
    from escalation.periods import Week
    from escalation.policy.values import BothLanguages, Language
    from escalation.reports.hindcast import Hindcasts
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.hindcast import Hindcast
    from escalation.whatif.scenarios.scenario import Scenario

F = TypeVar("F", bound="Callable[..., Any]")
MOST_MAPPED = 6
"""So many weeks of origin have maps in a report, the latest; all stand in its numbers."""


def hindcast_options(command: F) -> F:
    """Add the options of forecasts from past weeks."""
    origins = click.option("--from", "origins", multiple=True, callback=each_once, metavar="WEEK",
                           help="Forecast from what was known by the end of a past week, and say what came; "
                           "2021-W20..2021-W40/4 is every fourth week.")  # fmt: skip
    outcomes = click.option("--outcome", "outcomes", multiple=True, callback=each_once,
                            metavar="at-least:STAGE|recommended:STAGE",
                            help="With --from: what is looked at; without it each stage but the mildest.")  # fmt: skip
    return origins(outcomes(command))


def refuse_outcome(options: dict[str, Any]) -> None:
    """Raise RequestError where an outcome is given, and no past week to forecast from."""
    from escalation.errors import RequestError

    if options["outcomes"]:
        raise RequestError(
            "--outcome is about what came",
            help="name a past week with --from, or leave it out",
            indonesian=("--outcome menanyakan kenyataan", "sebutkan minggu lampau dengan --from, atau hilangkan"),
        )


def print_hindcasts(options: dict[str, Any]) -> None:
    """Print forecasts from past weeks, and what came."""
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.hindcast import hindcast_csv, hindcast_record, hindcast_text
    from escalation.reports.json_text import json_text

    _refuse_large(options)
    is_workbook = check_out(options["out"])
    supposed = _supposing(options)
    speaker = Speaker(supposed.inputs.policy, Language(options["lang"]))
    is_mapped = options["out"] is not None and not is_workbook
    made = _made(supposed, options, speaker.language, most_mapped=MOST_MAPPED if is_mapped else 1)
    warned_of(made.basis, speaker, options["form"])
    if options["out"] is not None:
        (_write_workbook if is_workbook else _write)(options["out"], made, speaker)
    if options["form"] == "text":
        show(hindcast_text(made, speaker))
    else:
        printed = json_text(hindcast_record(made, speaker)) if options["form"] == "json" else hindcast_csv(made)
        click.echo(printed, nl=False)


def _refuse_large(options: dict[str, Any]) -> None:
    """Raise RequestError where an option of large runs is given beside --from."""
    from escalation.errors import RequestError

    given = {name: options[name] is not None for name in ("keep", "shard", "tolerance", "scheduler")}
    for name, is_given in {**given, "resume": options["is_resumed"]}.items():
        if is_given:
            raise RequestError(
                f"--{name} is for weeks to come, and --from is about the past",
                help="leave one of the two out",
                indonesian=(
                    f"--{name} untuk minggu mendatang, sedangkan --from menanyakan masa lalu",
                    "hilangkan salah satunya",
                ),
            )


def _supposing(options: dict[str, Any]) -> Supposing:
    """Read what the options name, with the policy that they make, and what people do.

    Raise RequestError where figures are supposed: what came is what the data say.
    """
    from escalation.errors import RequestError
    from escalation.whatif.hindcast import refuse_recorded
    from escalation.whatif.scenarios.scenario import refuse_on_record

    found = supposing(gather(options), options, is_ahead=True)
    if found.made.scenario.edits:
        raise RequestError(
            "what came is what the data say, and here other figures are supposed",
            help="leave out --data, and the `data` of the scenario",
            indonesian=(
                "kenyataan adalah apa yang tertulis dalam data, padahal di sini angka lain diandaikan",
                "hilangkan --data, dan `data` dari skenario",
            ),
        )
    if found.made.response:
        raise RequestError(
            "how people respond is not worked out in forecasts from past weeks",
            help="leave out --from, or `response` in the scenario",
            indonesian=(
                "tanggapan orang tidak dihitung dalam prakiraan dari minggu lampau",
                "hilangkan --from, atau `response` dari skenario",
            ),
        )
    refuse_on_record(found.made)
    refuse_recorded(found.made.adoption)
    return found


def _made(supposed: Supposing, options: dict[str, Any], language: Language, *, most_mapped: int) -> Hindcasts:
    """Forecast from each week of origin, and score what came; so many of the latest have methods of their own."""
    from escalation.reports.basis import basis_of
    from escalation.reports.hindcast import Hindcasts
    from escalation.whatif.retraced import agreed
    from escalation.whatif.scores import score
    from escalation.whatif.week_outcomes import each_stage, week_outcome

    inputs = supposed.inputs
    asked = [week_outcome(text, inputs.policy) for text in options["outcomes"]] or each_stage(inputs.policy)
    found = tuple(_hindcasts(supposed, options))
    retraced = agreed([one.retraced for one in found])
    regions = dict.fromkeys(region for one in found for region in one.outlook.regions)
    labels = supposed.made.labels
    return Hindcasts(
        found=found,
        scores=tuple(score(found, outcome) for outcome in asked),
        # Of which regions no stage was on record depends on the week of origin: it is said there.
        basis=replace(
            basis_of(inputs.observations, inputs.record, regions=regions, as_of=options["as_of"]), assumed=()
        ),
        seed=options["seed"],
        methods=tuple(methods(one.course, _draws(options), language) for one in found[-most_mapped:]),
        assumed=found[-1].course.assumed,
        retraced=retraced.told(language),
        labels=replace(labels, supposed=(*_named(supposed.made.scenario), *labels.supposed)),
    )


def _named(scenario: Scenario) -> Iterator[BothLanguages]:
    """Name a scenario of a file, with its note."""
    from escalation.policy.values import BothLanguages
    from escalation.whatif.scenarios.scenario import UNNAMED

    if scenario.name not in UNNAMED:
        yield BothLanguages(en=f"Scenario: {scenario.name}", id=f"Skenario: {scenario.name}")
    yield from (one for one in (scenario.title, scenario.note) if one is not None)


def _draws(options: dict[str, Any]) -> Draws:
    from escalation.whatif.forecasts.draws import Draws

    return Draws(seed=options["seed"], count=options["draws"])


def _hindcasts(supposed: Supposing, options: dict[str, Any]) -> Iterator[Hindcast]:
    """Forecast from each week of origin; of several, say from which one nothing can be."""
    from escalation.errors import RequestError

    origins = origins_of(supposed.inputs.policy, options["origins"])
    for done, origin in enumerate(origins, start=1):
        try:
            found = _hindcast(supposed, origin, options)
        except RequestError as error:
            raise _of_origin(error, f"--from {origin}: " if len(origins) > 1 else "") from None
        yield found
        tell(f"{done} of {len(origins)} weeks of origin", is_last=done == len(origins))


def _of_origin(error: RequestError, name: str) -> RequestError:
    """Name the week of origin from which nothing can be forecast; where its figures are too few, advise a later one."""
    from escalation.errors import RequestError, TooFewFigures

    (said, advice), remedy = error.indonesian, error.help
    if isinstance(error, TooFewFigures):
        remedy, advice = f"name a later week; or {remedy}", f"sebutkan minggu yang lebih kemudian; atau {advice}"
    return RequestError(f"{name}{error}", help=remedy, indonesian=(f"{name}{said}", advice))


def _hindcast(supposed: Supposing, origin: Week, options: dict[str, Any]) -> Hindcast:
    from escalation.evaluation.library import the_region
    from escalation.whatif.forecasts.forecast import method
    from escalation.whatif.hindcast import hindcast

    inputs = supposed.inputs
    return hindcast(
        inputs.policy,
        inputs.observations,
        origin,
        record=inputs.record,
        regions=[the_region(inputs.observations, one) for one in options["region"]] or None,
        weeks=horizon(supposed.made.scenario, options),
        draws=_draws(options),
        assumed=judged(inputs.policy, dict(options["judge"])),
        uptakes=people(inputs.policy, dict(options["uptake"])),
        by=method(options["method"]),
        adoption=supposed.made.adoption,
        workers=options["workers"],
    )


def _write(out: Path, made: Hindcasts, speaker: Speaker) -> None:
    """Write the report to a folder."""
    from escalation.documents.report.hindcast import Mapped, hindcast_report
    from escalation.documents.report.origin import methods_told
    from escalation.documents.report.verbs import Headed
    from escalation.reports.basis import provenance
    from escalation.reports.hindcast import hindcast_sheet, hindcast_supposed, hindcast_title

    policy, language = speaker.policy, speaker.language
    supposed = tuple(hindcast_supposed(made, speaker))
    rests_on = provenance(
        made.basis,
        speaker,
        horizon=made.found[0].outlook.weeks,
        draws=made.found[0].outlook.draws,
        seed=made.seed,
        retraced=made.retraced,
        supposed=tuple(label.in_language(language) for label in made.labels.supposed),
    )
    sources = [replace(rests_on, methods=(*methods_told(policy, one, language),)) for one in made.methods]
    headed = Headed(title=hindcast_title(speaker), language=language, labels=supposed, provenance=sources[-1])
    mapped = [Mapped(*pair) for pair in zip(made.found[-len(sources) :], sources, strict=True)]
    write_report(hindcast_report(headed, policy, mapped, made.scores, hindcast_sheet(made)), out)


def _write_workbook(out: Path, made: Hindcasts, speaker: Speaker) -> None:
    from escalation.reports.hindcast import (
        COLUMNS,
        SCORE_COLUMNS,
        SHARES,
        hindcast_rows,
        hindcast_said,
        score_records,
        scores_said,
    )
    from escalation.reports.spreadsheet import Grid

    write_workbook(
        out,
        "hindcast",
        hindcast_rows(made),
        columns=[name for name, _ in COLUMNS],
        basis=made.basis,
        speaker=speaker,
        said=hindcast_said(made, speaker),
        results=[*scores_said(made, speaker), made.retraced],
        shares=SHARES,
        behind=[Grid(title="scores", columns=SCORE_COLUMNS, rows=score_records(made))],
    )
