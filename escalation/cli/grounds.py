"""What the commands share that look at the weeks on record, or with --weeks at those to come."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from escalation.cli.inputs import NO_INPUT, gather
from escalation.cli.keeping import each_for
from escalation.cli.outlooks import course_of, methods, refuse_ahead
from escalation.cli.supposing import supposing
from escalation.cli.unanswered import nothing_evaluated, told_of_late_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escalation.cli.inputs import Inputs
    from escalation.cli.supposing import Supposing
    from escalation.evaluation.sentences import Speaker
    from escalation.periods import Week
    from escalation.reports.ground import Ground
    from escalation.whatif.coming import Course
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.large.kept import Each
    from escalation.whatif.retraced import Retraced


class Asked(NamedTuple):
    """What is supposed, and the course of the weeks to come; none where the weeks on record are looked at."""

    supposed: Supposing
    speaker: Speaker
    course: Course | None
    draws: Draws
    regions: Sequence[str]

    @property
    def inputs(self) -> Inputs:
        """The policy and the data, with all that is supposed of them."""
        return self.supposed.inputs


def asked_of(options: dict[str, Any]) -> Asked:
    """Read what the options name. Exit where no week is on record."""
    from escalation.evaluation.library import the_region
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.whatif.forecasts.draws import Draws

    is_ahead = options["weeks"] is not None
    supposed = supposing(gather(options), options, is_ahead=is_ahead)
    inputs = supposed.inputs
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    if not inputs.observations.weeks:
        nothing_evaluated(inputs.observations, "no week of any region is on record", language=speaker.language)
        sys.exit(NO_INPUT)
    course = course_of(supposed.made, inputs, options, options["weeks"]) if is_ahead else None
    regions = [the_region(inputs.observations, one) for one in options["region"]] or inputs.observations.regions
    return Asked(supposed, speaker, course, Draws(seed=options["seed"], count=options["draws"]), regions)


def parts_of(asked: Asked, options: dict[str, Any]) -> Each:
    """Give what makes the parts of the work; of the weeks on record, warn of stages on record behind the data."""
    from escalation.whatif.large.kept import files_of_scenario

    made = asked.supposed.made
    if asked.course is not None:
        return each_for(asked.inputs, options, files=[files_of_scenario(made.scenario.name, asked.course)])
    refuse_ahead("say with --weeks how many", "sebutkan berapa minggu dengan --weeks")
    told_of_late_records(asked.inputs, asked.regions, options)
    return each_for(asked.inputs, options, made.adoption)


def ground_of(
    asked: Asked, options: dict[str, Any], regions: tuple[str, ...], weeks: tuple[Week, int], retraced: Retraced
) -> Ground:
    """Say what an answer rests on, over so many weeks from a first one on.

    Raise RequestError where the two engines do not agree.
    """
    from escalation.reports.basis import basis_of
    from escalation.reports.ground import Ground
    from escalation.whatif.remarks import remarks
    from escalation.whatif.retraced import agreed

    inputs, course, (start, count) = asked.inputs, asked.course, weeks
    begun = _begun(inputs, regions) if course is None else start.number
    return Ground(
        basis=basis_of(inputs.observations, inputs.record, regions=regions, as_of=options["as_of"]),
        regions=regions,
        first=start + max(begun - start.number, 0),
        last=start + (count - 1),
        draws=asked.draws if course is not None else None,
        methods=methods(course, asked.draws, asked.speaker.language) if course is not None else {},
        assumed=course.throughout if course is not None else {},
        labels=asked.supposed.made.labels.and_also(remarks(course) if course is not None else ()),
        retraced=agreed([retraced]),
    )


def _begun(inputs: Inputs, regions: Sequence[str]) -> int:
    """Give the first week in which a region has both data and a stage: data may begin before the stages do."""
    weeks, record = inputs.observations.weeks, inputs.record
    return min(max(weeks[one][0], record[one][0].since if one in record else 0) for one in regions)
