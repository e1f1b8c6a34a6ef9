"""`escalation tornado`: how far each single number moves one outcome."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.grounds import asked_by_weeks, ground_of, parts_of
from escalation.cli.inputs import DONE, Amount, each_once, show, told
from escalation.cli.keeping import keep_options
from escalation.cli.outcomes import outcome_option
from escalation.cli.outlooks import course_options
from escalation.cli.supposing import suppose_options
from escalation.cli.unanswered import warned_of
from escalation.cli.workbooks import check_out, write_report, write_workbook

if TYPE_CHECKING:
    from escalation.cli.grounds import Asked
    from escalation.whatif.outcomes import Outcome
    from escalation.whatif.tornado import Tornado


@click.command("tornado")
@course_options("Look so many weeks ahead; without it the weeks on record are replayed.")
@outcome_option("What is moved", without="without it `recommended` of the last stage")
@click.option("--by", type=Amount(), default="10%", show_default=True,
              help="Thresholds are changed by this part of their range.")  # fmt: skip
@click.option("--by-weeks", type=click.IntRange(1, 104), default=2, show_default=True,
              help="Lengths of time are changed by so many weeks.")  # fmt: skip
@click.option("--between", type=click.IntRange(0, 100), default=2, show_default=True,
              help="Ahead, so many values are tried between a threshold and each end.")  # fmt: skip
@click.option("--number", "names", multiple=True, callback=each_once, metavar="PATH",
              help="Only this threshold, `for`, `after` or `adopt.lag`; all a move rests on without it.")  # fmt: skip
@suppose_options
@keep_options
@told
def command(**options: Any) -> None:
    """Say how far each single number of a policy moves one outcome.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.reports.tornado import (
        COLUMNS,
        Swung,
        notes,
        present,
        said,
        tornado_csv,
        tornado_json,
        tornado_rows,
        tornado_text,
    )
    from escalation.reports.tornado_pictures import tornado_report
    from escalation.whatif.outcomes import outcome
    from escalation.whatif.retraced import agreed

    is_workbook = check_out(options["out"])
    by = _part(options["by"])
    asked = asked_by_weeks(options)
    found = _tornado(asked, outcome(options["outcome"], asked.inputs.policy), options, by)
    ground = ground_of(asked, options, found.regions, agreed([found.retraced]).told(asked.speaker.language))
    swung, speaker = Swung(tornado=found, ground=ground), asked.speaker
    warned_of(ground.basis, speaker, options["form"])
    if is_workbook:
        write_workbook(
            options["out"],
            "tornado",
            tornado_rows(swung, speaker),
            columns=COLUMNS,
            basis=ground.basis,
            speaker=speaker,
            said=said(swung, speaker),
            results=[present(swung, speaker), *notes(swung, speaker), ground.retraced],
        )
    elif options["out"] is not None:
        write_report(tornado_report(swung, speaker), options["out"])
    if options["form"] == "text":
        show(tornado_text(swung, speaker))
    else:
        click.echo((tornado_csv if options["form"] == "csv" else tornado_json)(swung, speaker), nl=False)
    sys.exit(DONE)


def _part(amount: tuple[float, bool]) -> float:
    """Give the part of a range. Raise RequestError for an amount that is none."""
    from escalation.errors import RequestError

    value, is_percent = amount
    if not is_percent or not 0 < value <= 100:  # noqa: PLR2004 - percent
        raise RequestError(
            "thresholds are changed by a percentage up to 100",
            help="write it as --by 10%",
            indonesian=("ambang diubah sebesar persentase sampai 100", "tulis sebagai --by 10%"),
        )
    return value / 100


def _tornado(asked: Asked, outcome: Outcome, options: dict[str, Any], by: float) -> Tornado:
    """Change the numbers ahead or over the weeks on record."""
    from escalation.whatif.tornado import on_record, to_come

    each, inputs, workers = parts_of(asked, options), asked.inputs, options["workers"]
    how = {"by": by, "names": options["names"], "workers": workers, "each": each}
    how |= {name: options[name] for name in ("by_weeks", "between")}
    if asked.course is not None and asked.draws is not None:
        return to_come(asked.course, outcome, asked.draws, **how)
    return on_record(
        inputs.policy,
        inputs.observations,
        outcome,
        regions=asked.regions,
        record=inputs.record,
        adoption=asked.supposed.made.adoption,
        **how,
    )
