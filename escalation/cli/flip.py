"""`escalation flip`: which single number would change the recommendation of a week, exactly."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import DONE, NO_INPUT, data_options, each_once, gather, language_option, show, told
from escalation.cli.keeping import each_for, keep_options
from escalation.cli.supposing import amend_options, supposing
from escalation.cli.unanswered import nothing_evaluated, warned_of, without_stage
from escalation.cli.workbooks import check_out, out_option, write_report, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.cli.inputs import Inputs
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import BothLanguages
    from escalation.reports.flip import Flipped


@click.command("flip")
@data_options
@click.option("--week", help="The week to ask about; the latest of each region without it.")
@click.option("--region", multiple=True, callback=each_once, help="A region to ask about; all without it.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@out_option
@amend_options
@keep_options
@language_option
@told
def command(**options: Any) -> None:
    """Say which single number would change the recommendation of a week, and at which value.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.flip import flip_csv, flip_json, flip_text

    is_workbook = check_out(options["out"])
    _, inputs, made = supposing(gather(options), options)
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    flipped = _flipped(inputs, made.changes, options)
    if not flipped.flips:
        nothing_evaluated(inputs.observations, "nothing was known of any region by then", language=speaker.language)
        sys.exit(NO_INPUT)
    warned_of(flipped.basis, speaker, options["form"])
    if options["out"] is not None:
        (_write_workbook if is_workbook else _write)(flipped, speaker, options["out"])
    if options["form"] == "text":
        show(flip_text(flipped, speaker))
    else:
        printed = flip_csv if options["form"] == "csv" else flip_json
        click.echo(printed(flipped, speaker), nl=False)
    sys.exit(DONE)


def _flipped(inputs: Inputs, changes: tuple[BothLanguages, ...], options: dict[str, Any]) -> Flipped:
    from escalation.evaluation.library import not_yet_on_record, the_region, the_week
    from escalation.reports.basis import basis_of
    from escalation.reports.flip import Flipped
    from escalation.whatif.flip import flips

    policy, observations = inputs.policy, inputs.observations
    week = the_week(policy, options["week"]) if options["week"] is not None else None
    known = observations.regions
    asked = tuple(the_region(observations, one) for one in options["region"]) or known
    begun = tuple(
        region
        for region in asked
        if (span := observations.span(region, as_of=options["as_of"])) is not None
        and (week is None or span[0] <= week.number)
    )
    early = not_yet_on_record(policy, observations, begun, record=inputs.record, week=week, as_of=options["as_of"])
    if len(early) < len(begun):  # otherwise there is nothing to answer, and the evaluation says why
        without_stage(early, options["lang"])
        begun = tuple(region for region in begun if region not in early)
    found = flips(
        policy,
        observations,
        regions=begun,
        week=week,
        record=inputs.record,
        as_of=options["as_of"],
        each=each_for(inputs, options),
    )
    basis = basis_of(
        observations,
        inputs.record,
        regions=[one.region for one in found],
        as_of=options["as_of"],
        until=max((one.week.number for one in found), default=None),
    )
    return Flipped(flips=found, basis=basis, changes=changes)


def _write_workbook(flipped: Flipped, speaker: Speaker, out: Path) -> None:
    from escalation.reports.flip import COLUMNS, at_present, confirmed, flip_rows, supposed

    write_workbook(
        out,
        "flip",
        flip_rows(flipped, speaker),
        columns=COLUMNS,
        basis=flipped.basis,
        speaker=speaker,
        said=supposed(flipped, speaker),
        results=(*("; ".join(at_present(found, speaker)) for found in flipped.flips), confirmed(speaker)),
    )


def _write(flipped: Flipped, speaker: Speaker, folder: Path) -> None:
    from escalation.documents.report.verbs import Headed, flip_report
    from escalation.policy.wording import phrase, title
    from escalation.reports.basis import provenance
    from escalation.reports.flip import PHRASES, at_present, confirmed, supposed, told_in_reports, unchanging

    policy, language = speaker.policy, speaker.language
    called = phrase(PHRASES, "title", language, policy=title(policy.title, policy.name, language))
    said: list[str] = []
    for found in flipped.flips:
        said.append("; ".join(at_present(found, speaker)))
        said += [f"{found.region}: {head} {'; '.join(others)}" for head, others in unchanging(found, speaker)]
    headed = Headed(
        title=called,
        language=language,
        labels=(*supposed(flipped, speaker), confirmed(speaker)),
        provenance=provenance(flipped.basis, speaker, supposed=supposed(flipped, speaker)),
    )
    write_report(flip_report(headed, tuple(told_in_reports(flipped, speaker)), said=tuple(said)), folder)
