"""What the commands about the weeks to come share: their options, and how an outlook is made and printed."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from escalation.cli.inputs import DONE, data_options, each_once, gather, language_option, show
from escalation.cli.supposing import horizon
from escalation.cli.unanswered import warned_of
from escalation.cli.workbooks import check_out, out_option, write_outlooks, write_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from escalation.cli.inputs import Inputs
    from escalation.documents.report.origin import Origin
    from escalation.policy.model import Policy
    from escalation.policy.values import Language
    from escalation.reports.outlook import Outlooks
    from escalation.whatif.coming import Course
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.outlook import Outlook
    from escalation.whatif.paired import Paired
    from escalation.whatif.scenarios.scenario import Applied, Scenario

F = TypeVar("F", bound="Callable[..., Any]")
JUDGED = {"yes": 1.0, "ya": 1.0, "no": 0.0, "tidak": 0.0}


class Pair(click.ParamType[tuple[str, str]]):
    """A name and what it gets: `services_ready=yes`, `first_doses=40000`."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Read a name and a text."""
        if isinstance(value, tuple):
            return value
        name, found, text = (part.strip() for part in str(value).partition("="))
        if not (name and found and text):
            self.fail(f"`{value}` is no name with a value; write it as NAME=VALUE", param, ctx)
        return name, text


def print_options(command: F) -> F:
    """Add the options that say in which form outlooks come out."""
    for option in (
        out_option,
        click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text",
                     show_default=True, help="The form of the output."),
    ):  # fmt: skip
        command = option(command)
    return command


def outlook_options(command: F) -> F:
    """Add the data and the options of an outlook."""
    return course_options("Weeks to look ahead; without it those of the scenario, or 26.")(command)


def course_options(weeks: str) -> Callable[[F], F]:
    """Add the data and the options of what looks ahead; `weeks` is the help of `--weeks`."""
    return lambda command: _course_options(command, weeks)


def _course_options(command: F, weeks: str) -> F:
    for option in reversed(
        [
            click.option("--weeks", type=click.IntRange(1, 520), help=weeks),
            click.option("--draws", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True,
                         help="Draws of the figures to come."),
            click.option("--seed", type=click.IntRange(0, 2**64 - 1), default=0, show_default=True,
                         help="Gives the same draws again."),
            click.option("--region", multiple=True, callback=each_once, help="A region; all without it."),
            click.option("--method", default="residual-paths", show_default=True, help="How figures are forecast."),
            click.option("--uptake", type=Pair(), multiple=True, callback=each_once, metavar="METRIC=PEOPLE",
                         help="Instead of a forecast: a count grows by so many people each week."),
            click.option("--judge", type=Pair(), multiple=True, callback=each_once, metavar="JUDGEMENT=yes|no",
                         help="Assume that a judgement holds in every week to come."),
            click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Threads."),
            print_options,
            language_option,
        ]
    ):  # fmt: skip
        command = option(command)
    return data_options(command)


def refuse_ahead(remedy: str, indonesian: str) -> None:
    """Raise RequestError where an option about the weeks to come is given, and nobody asks about them."""
    from click.core import ParameterSource

    from escalation.errors import RequestError

    context = click.get_current_context()
    for name in ("weeks", "draws", "seed", "method", "uptake", "judge"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise RequestError(
                f"--{name} is about weeks to come",
                help=remedy,
                indonesian=(f"--{name} untuk minggu mendatang", indonesian),
            )


class Asked(NamedTuple):
    """What is asked: scenarios with the policy and data that each has made, and the course of each."""

    inputs: Inputs
    scenarios: Sequence[Scenario]
    made: Sequence[Applied]
    courses: Sequence[Course]
    draws: Draws


def ask(options: dict[str, Any], scenarios: Callable[[Inputs, dict[str, Any]], Sequence[Scenario]]) -> Asked:
    """Read what the options name, and make a course of each scenario."""
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.scenarios.scenario import applied

    check_out(options["out"])
    inputs = gather(options)
    asked = [replace(one, horizon=horizon(one, options)) for one in scenarios(inputs, options)]
    made = [applied(one, inputs.policy, inputs.observations) for one in asked]
    if len(made) == 1:
        inputs = replace(inputs, policy=made[0].policy, observations=made[0].observations)
    courses = [_course(one, inputs, options, is_alone=len(made) == 1) for one in made]
    return Asked(inputs, asked, made, courses, Draws(seed=options["seed"], count=options["draws"]))


def _course(made: Applied, inputs: Inputs, options: dict[str, Any], *, is_alone: bool) -> Course:
    """Make a course of a scenario; of several, say of which one there can be none."""
    from escalation.errors import RequestError

    try:
        return course_of(made, inputs, options, horizon(made.scenario, options))
    except RequestError as error:
        if is_alone:
            raise
        raise error.of(f"the scenario `{made.scenario.name}`", f"skenario `{made.scenario.name}`") from None


def print_outlooks(asked: Asked, found: Sequence[Outlook], options: dict[str, Any]) -> None:
    """Print the outlook of each scenario."""
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.json_text import json_text
    from escalation.reports.outlook import outlook_csv, outlook_record, outlook_text

    speaker = Speaker(asked.inputs.policy, Language(options["lang"]))
    outlooks = _told(asked, found, options)
    warned_of(outlooks.basis, speaker, options["form"])
    if check_out(options["out"]):
        write_outlooks(options["out"], outlooks, speaker)
    elif options["out"] is not None:
        _write(outlooks, asked, options)
    if options["form"] == "json":
        printed = json_text(outlook_record(outlooks, speaker))
    else:
        printed = outlook_csv(outlooks) if options["form"] == "csv" else outlook_text(outlooks, speaker)
    if options["form"] == "text":
        show(printed)
    else:
        click.echo(printed, nl=False)
    sys.exit(DONE)


def _told(asked: Asked, found: Sequence[Outlook], options: dict[str, Any]) -> Outlooks:
    """Put beside the outlooks what must be said of them."""
    from escalation.policy.values import Language
    from escalation.reports.basis import basis_of
    from escalation.reports.outlook import Outlooks, Told
    from escalation.whatif.large.stopping import label
    from escalation.whatif.remarks import remarks
    from escalation.whatif.retraced import agreed
    from escalation.whatif.waiting import waiting

    inputs, language = asked.inputs, Language(options["lang"])
    draws = replace(asked.draws, count=found[0].draws)
    checked = agreed([one.retraced for one in found])
    origins = [*_origins(asked, draws, language)]
    known = () if options["tolerance"] is None else (label(found, options["tolerance"]),)
    said = [(*known, *one.labels, *remarks(course)) for one, course in zip(asked.made, asked.courses, strict=True)]
    return Outlooks(
        told=tuple(
            Told(
                name=one.scenario.name,
                outlook=outlook,
                labels=labels,
                paired=beside,
                waiting=waiting(course, outlook),
                origin=origin,
            )
            for one, course, labels, outlook, beside, origin in zip(
                asked.made, asked.courses, said, found, _paired(asked, draws), origins, strict=True
            )
        ),
        basis=basis_of(inputs.observations, inputs.record, regions=asked.courses[0].regions, as_of=options["as_of"]),
        seed=options["seed"],
        methods=origins[0].methods,
        assumed=asked.courses[0].throughout,
        retraced=checked.told(language),
    )


def _origins(asked: Asked, draws: Draws, language: Language) -> Iterator[Origin]:
    """Say what each scenario rests on; those with other figures on record, or another horizon, have own methods."""
    from escalation.documents.report.origin import Origin
    from escalation.whatif.scenarios import labels

    first = asked.courses[0]
    shared = methods(first, draws, language)
    for made, course in zip(asked.made, asked.courses, strict=True):
        is_alike = course.weeks == first.weeks and not any(effect.figures for effect in made.effects)
        yield Origin(
            policy=made.policy.digest,
            data=made.observations.digest,
            title=made.scenario.title,
            note=made.scenario.note,
            supposed=(labels.adoption(made.adoption, is_ahead=True), *labels.response(made.response)),
            methods=shared if is_alike else methods(course, draws, language),
        )


def _paired(asked: Asked, draws: Draws) -> Iterator[Paired | None]:
    """Set every scenario beside the first, where there are few regions and both are about the same weeks."""
    from escalation.whatif.paired import MOST_REGIONS, paired

    first, *others = asked.courses
    yield None
    for other in others:
        is_alike = (first.weeks, first.now, first.regions) == (other.weeks, other.now, other.regions)
        yield paired(first, other, draws) if is_alike and len(first.regions) <= MOST_REGIONS else None


def _write(outlooks: Outlooks, asked: Asked, options: dict[str, Any]) -> None:
    """Write the report of outlooks to a folder, with fan charts where there are few regions."""
    from escalation.documents.report.whatif import MOST_IN_DETAIL, outlook_report
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.basis import provenance
    from escalation.whatif.fans import compared, fanned
    from escalation.whatif.scenarios.scenario import called

    language = Language(options["lang"])
    draws = replace(asked.draws, count=outlooks.told[0].outlook.draws)
    regions = asked.courses[0].regions if len(asked.courses[0].regions) <= MOST_IN_DETAIL else ()
    fans = [
        (one.name, fanned(course, region, metric, draws))
        for one, course in zip(outlooks.told, asked.courses, strict=True)
        for region in regions
        for metric in compared(course)
    ]
    titles = {
        one.name: called(one.name, language) if one.title is None else one.title.in_language(language)
        for one in asked.scenarios
    }
    speaker = Speaker(asked.inputs.policy, language)
    made_from = provenance(outlooks.basis, speaker, draws=draws.count, seed=draws.seed, retraced=outlooks.retraced)
    report = outlook_report(
        asked.inputs.policy,
        outlooks,
        made_from,
        language=language,
        fans=fans,
        titles=titles,
    )
    write_report(report, options["out"])


def course_of(made: Applied, inputs: Inputs, options: dict[str, Any], weeks: int) -> Course:
    """Make what the options ask for into a course of so many weeks."""
    from escalation.evaluation.library import the_region
    from escalation.whatif.asking import course
    from escalation.whatif.forecasts.forecast import method

    regions = [the_region(inputs.observations, one) for one in options["region"]] or None
    return course(
        made,
        record=inputs.record,
        regions=regions,
        weeks=weeks,
        assumed=judged(inputs.policy, dict(options["judge"])),
        uptakes=people(inputs.policy, dict(options["uptake"])),
        by=method(options["method"]),
    )


def judged(policy: Policy, given: Mapping[str, str]) -> dict[str, float]:
    """Read the judgements that are assumed: 1 for yes."""
    from escalation.errors import RequestError

    for name, text in given.items():
        if name not in policy.judgements:
            known = ", ".join(f"`{one}`" for one in policy.judgements) or "none"
            raise RequestError(
                f"`{name}` is not a judgement of this policy",
                help=f"the judgements are: {known}",
                indonesian=(f"`{name}` bukan penilaian dalam kebijakan ini", f"penilaian yang ada: {known}"),
            )
        if text not in JUDGED:
            raise RequestError(
                f"`{text}` is no judgement",
                help=f"write --judge {name}=yes or --judge {name}=no",
                indonesian=(f"`{text}` bukan penilaian", f"tulis --judge {name}=ya atau --judge {name}=tidak"),
            )
    return {name: JUDGED[text] for name, text in given.items()}


def people(policy: Policy, given: Mapping[str, str]) -> dict[str, float]:
    """Read the weekly uptakes that are given, in people."""
    from escalation.errors import RequestError
    from escalation.whatif.asking import moving

    found = {}
    for name, text in given.items():
        if name not in moving(policy):
            known = ", ".join(f"`{one}`" for one in moving(policy)) or "none"
            raise RequestError(
                f"`{name}` is not a metric that a move rests on",
                help=f"there are: {known}",
                indonesian=(f"`{name}` bukan ukuran yang mendasari suatu langkah", f"yang ada: {known}"),
            )
        _refuse_uptake(policy, name)
        if not text.isascii() or not text.isdigit():
            raise RequestError(
                f"`{text}` is no number of people",
                help=f"write it as --uptake {name}=40000",
                indonesian=(f"`{text}` bukan jumlah orang", f"tulis sebagai --uptake {name}=40000"),
            )
        found[name] = float(text)
    return found


def _refuse_uptake(policy: Policy, name: str) -> None:
    """Raise RequestError for a metric that is not a count that only grows."""
    from escalation.errors import RequestError
    from escalation.policy.metrics import Kind

    if policy.inputs[name].kind is not Kind.CUMULATIVE:
        example = f"--data 'scale: {name}, by: 0.5'"
        raise RequestError(
            f"--uptake is about cumulative counts, and `{name}` is of the kind `{policy.inputs[name].kind}`",
            help=f"change its figures, as {example}",
            indonesian=(
                f"--uptake untuk jumlah kumulatif, sedangkan `{name}` berjenis `{policy.inputs[name].kind}`",
                f"ubah angkanya, misalnya {example}",
            ),
        )


def methods(course: Course, draws: Draws, language: Language) -> dict[str, tuple[str, str]]:
    """Say of each metric where its figures come from, and how well such forecasts have held."""
    from escalation.policy.values import Language
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.forecasts.forecast import Prepared
    from escalation.whatif.forecasts.past_coverage import coverage

    found = {}
    for name, forecasting in course.forecasts.items():
        basis = forecasting.forecast(course.regions[0], Draws(seed=draws.seed, count=1)).basis
        held = "nothing is drawn" if language is Language.ENGLISH else "tanpa undian"
        if isinstance(forecasting, Prepared):
            measured = coverage(forecasting.past, weeks=course.weeks, by=forecasting.by, regions=course.regions[:20])
            held = measured.told(language)
        found[name] = (basis.in_language(language), held)
    return found
