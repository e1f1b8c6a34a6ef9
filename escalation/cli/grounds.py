"""What the commands share that look at the weeks on record, or with --weeks at those to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from escalation.cli.inputs import gather
from escalation.cli.keeping import each_for
from escalation.cli.outlooks import course_of, methods, refuse_ahead
from escalation.cli.supposing import supposing
from escalation.cli.unanswered import exit_without_weeks, told_of_late_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escalation.cli.inputs import Inputs
    from escalation.cli.supposing import Supposing
    from escalation.evaluation.sentences import Speaker
    from escalation.reports.ground import Ground
    from escalation.whatif.coming import Course
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.large.kept import Each


class Asked(NamedTuple):
    """What is supposed, and the course of the weeks to come; none where the weeks on record are looked at."""

    supposed: Supposing
    speaker: Speaker
    course: Course | None
    draws: Draws | None
    regions: Sequence[str]

    @property
    def inputs(self) -> Inputs:
        """The policy and the data, with all that is supposed of them."""
        return self.supposed.inputs


def asked_of(options: dict[str, Any], supposed: Supposing, *, weeks: int | None = None) -> Asked:
    """Make what is supposed into a question about so many weeks to come, or without them about those on record.

    Exit where no week is on record.
    """
    from escalation.evaluation.library import the_region
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language

    inputs = supposed.inputs
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    exit_without_weeks(inputs.observations, speaker.language)
    course = course_of(supposed.made, inputs, options, weeks) if weeks is not None else None
    named = [the_region(inputs.observations, one) for one in options.get("region", ())]
    draws = drawn(options) if course is not None else None
    return Asked(supposed, speaker, course, draws, named or inputs.observations.regions)


def asked_by_weeks(options: dict[str, Any]) -> Asked:
    """Read a question about as many weeks to come as --weeks says, or without it about those on record."""
    weeks = options["weeks"]
    return asked_of(options, supposing(gather(options), options, is_ahead=weeks is not None), weeks=weeks)


def drawn(options: dict[str, Any]) -> Draws:
    """Give the draws that the options ask for."""
    from escalation.whatif.forecasts.draws import Draws

    return Draws(seed=options["seed"], count=options["draws"])


def parts_of(asked: Asked, options: dict[str, Any]) -> Each:
    """Give what makes the parts of the work; of the weeks on record, warn of stages on record behind the data."""
    from escalation.whatif.large.kept import files_of_scenario

    made = asked.supposed.made
    if asked.course is not None:
        return each_for(asked.inputs, options, files=[files_of_scenario(made.scenario.name, asked.course)])
    refuse_ahead("say with --weeks how many", "sebutkan berapa minggu dengan --weeks")
    told_of_late_records(asked.inputs, asked.regions, options)
    return each_for(asked.inputs, options, made.adoption)


def ground_of(asked: Asked, options: dict[str, Any], regions: tuple[str, ...], retraced: str) -> Ground:
    """Say what an answer about some regions rests on; `retraced` says what agrees with the reference engine."""
    from escalation.periods import Week
    from escalation.reports.basis import basis_of
    from escalation.reports.ground import Ground
    from escalation.whatif.remarks import remarks

    inputs, course, draws = asked.inputs, asked.course, asked.draws
    first, last = _weeks(inputs, regions) if course is None else (course.now + 1, course.now + course.weeks)
    return Ground(
        basis=basis_of(inputs.observations, inputs.record, regions=regions, as_of=options["as_of"]),
        regions=regions,
        first=Week(inputs.policy.calendar, first),
        last=Week(inputs.policy.calendar, last),
        draws=draws,
        methods=methods(course, draws, asked.speaker.language) if course is not None and draws is not None else {},
        assumed=course.throughout if course is not None else {},
        labels=asked.supposed.made.labels.and_also(remarks(course) if course is not None else ()),
        retraced=retraced,
    )


def _weeks(inputs: Inputs, regions: Sequence[str]) -> tuple[int, int]:
    """Give the first week in which a region has both data and a stage, and the last: data may begin before stages."""
    weeks, record = inputs.observations.weeks, inputs.record
    first = min(max(weeks[one][0], record[one][0].since if one in record else 0) for one in regions)
    return first, max(weeks[one][1] for one in regions)
