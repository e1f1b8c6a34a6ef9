"""What a week of waiting may change is counted as the reference engine gives it, draw by draw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

import pytest

from escalation.documents.report.waiting import sentences
from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import evaluate_latest
from escalation.evaluation.replay import Adopt, Adoption
from escalation.evaluation.step import Recommendation
from escalation.observations import tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.policy.values import Language
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.asking import course as asked
from escalation.whatif.checked import by_reference
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import Forecast
from escalation.whatif.forecasts.past import Past
from escalation.whatif.forecasts.picking import Picking
from escalation.whatif.outlook import outlook
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.scenarios.scenario import BASELINE, applied
from escalation.whatif.standpoint import Answer, answer
from escalation.whatif.waiting import HOLD, UNDETERMINED, Judged, Waiting, presents, presents_at_once, waiting
from tests.whatif.ladders import whole_policy
from tests.whatif.test_outlook import COURSES, PENDING, START, some_course
from tests.whatif.test_standing import some_course as course_of
from tests.whatif.wild import some_ground

DRAWS = Draws(seed=5, count=20)
WARD = loads(
    "{language: 1, name: ward, calendar: iso-week, metrics: {cases: {kind: flow}}, triggers: {"
    "many: {when: {metric: cases, at_least: 100}, for: 2 weeks, missing: break}, "
    "few: {when: {metric: cases, below: 50}, missing: break}}, "
    "stages: [{name: calm}, {name: alert}, {name: alarm}], moves: ["
    "{name: up, from: calm, to: alert, trigger: many}, {name: further, from: alert, to: alarm, trigger: many}, "
    "{name: down, from: alert, to: calm, trigger: few}]}"
)
JUDGED = loads(
    "{language: 1, name: ward, calendar: iso-week, metrics: {cases: {kind: flow}, "
    "ready: {kind: judgement, by: clinic, max_age: 2 weeks}}, "
    "triggers: {many: {when: {metric: cases, at_least: 100}, missing: break}}, stages: [{name: calm}, {name: alert}], "
    "moves: [{name: up, from: calm, to: alert, trigger: many, requires: [ready]}]}"
)
NOW = Week.parse("2021-W10", WARD.calendar).number
TO_ALERT = Answer(Recommendation.ESCALATE, "alert")


@dataclass(frozen=True)
class Given:
    """Figures of the week to come, one for each draw."""

    figures: tuple[float, ...]

    @property
    def past(self) -> Past:
        raise NotImplementedError

    def picking(self, region: str) -> Picking | None:
        """Say that any two draws may differ."""

    def fill(self, found: Floats, region: str, draws: Draws, *, lane: int) -> None:
        assert region == "Ward"
        found[:, lane] = [self.figures[draw] for draw in draws.scenarios]

    def forecast(self, region: str, draws: Draws) -> Forecast:
        raise NotImplementedError


def waited(
    *weeks: float, then: tuple[float, ...], record: tuple[StageInForce, ...] = (), adoption: Adoption | None = None
) -> Waiting:
    """Wait one week behind the weeks of one ward, whose next figure is one of four."""
    entries = [("Ward", NOW - len(weeks) + 1 + week, "cases", cases) for week, cases in enumerate(weeks)]
    course = Course(
        policy=WARD,
        observations=tabulate(WARD.calendar, entries),
        regions=("Ward",),
        now=NOW,
        weeks=1,
        forecasts={"cases": Given(then)},
        record={"Ward": record} if record else {},
        adoption=adoption or Adoption(),
    )
    (found,) = waiting(course, outlook(course, Draws(seed=0, count=len(then))))
    return found


def judged(since: int, *, assumed: dict[str, float] | None = None, edits: tuple[Edit, ...] = ()) -> Waiting:
    """Wait one week where there are many cases, and somebody judged `yes` so many weeks ago."""
    entries = [("Ward", NOW - 1, "cases", 120), ("Ward", NOW, "cases", 120), ("Ward", NOW - since, "ready", 1)]
    course = Course(
        policy=JUDGED,
        observations=tabulate(JUDGED.calendar, entries),
        regions=("Ward",),
        now=NOW,
        weeks=1,
        forecasts={"cases": Given((120,))},
        assumed=assumed or {},
        edits=edits,
    )
    (found,) = waiting(course, outlook(course, Draws(seed=0, count=1)))
    return found


def test_a_judgement_that_runs_out_is_named_as_what_changes() -> None:
    found = judged(2)
    assert (found.present, dict(found.becomes)) == (TO_ALERT, {UNDETERMINED: 1})
    assert found.judged == (Judged("ready", now=True, then=None),)
    said = [*sentences(found, JUDGED, Language.ENGLISH)]
    assert "The judgement “ready” holds until 2021-W10, and nobody is supposed to judge in 2021-W11." in said
    said = [*sentences(found, JUDGED, Language.INDONESIAN)]
    assert "Penilaian “ready” berlaku sampai 2021-W10, dan dianggap tidak ada yang menilai pada 2021-W11." in said


def test_a_judgement_that_is_supposed_to_be_another_one_is_named() -> None:
    found = judged(2, assumed={"ready": 0.0})
    assert found.judged == (Judged("ready", now=True, then=False),)
    assert "The judgement “ready” is supposed to be no in 2021-W11; in 2021-W10 it is yes." in sentences(
        found, JUDGED, Language.ENGLISH
    )
    no = Edit(alters=Alters.REVISE, metrics=("ready",), amount=0.0, first=NOW + 1)
    assert judged(2, edits=(no,)).judged == found.judged


def test_a_judgement_that_holds_is_not_named() -> None:
    assert judged(1).judged == ()
    assert judged(2, assumed={"ready": 1.0}).judged == ()


def test_a_second_week_over_the_threshold_would_change_hold_to_escalate() -> None:
    found = waited(50, 120, then=(100, 99, 400, 10))
    assert (str(found.week), str(found.next)) == ("2021-W10", "2021-W11")
    assert found.present == HOLD
    assert dict(found.becomes) == {HOLD: 2, TO_ALERT: 2}
    assert found.others == ((TO_ALERT, 2),)
    assert found.changed == 2
    assert found.compared == ("cases",)


def test_a_week_below_it_takes_the_recommendation_back() -> None:
    found = waited(120, 120, then=(100, 130, 400, 10))
    assert found.present == TO_ALERT
    assert found.others == ((HOLD, 1),)


def test_another_goal_is_another_recommendation() -> None:
    found = waited(120, 120, then=(100, 30, 400, 60), record=(StageInForce(stage="alert", since=NOW - 1),))
    assert found.present == Answer(Recommendation.ESCALATE, "alarm")
    assert dict(found.others) == {HOLD: 1, Answer(Recommendation.RELAX, "calm"): 1}


def test_while_a_decision_waits_no_figure_changes_anything() -> None:
    stages = (StageInForce(stage="calm", since=NOW - 5), StageInForce(stage="alert", since=NOW + 2, decided=NOW))
    found = waited(120, 120, then=(100, 130, 400, 10), record=stages)
    assert found.present == HOLD
    assert found.changed == 0
    assert found.pending is not None
    assert (found.pending.to, found.pending.effective) == ("alert", NOW + 2)
    assert not found.is_entered


def test_a_stage_that_takes_effect_next_week_is_the_one_from_which_is_recommended() -> None:
    stages = (StageInForce(stage="calm", since=NOW - 5), StageInForce(stage="alert", since=NOW + 1, decided=NOW))
    found = waited(120, 120, then=(100, 30, 400, 60), record=stages)
    assert found.present == HOLD
    assert (found.stage, found.is_entered, found.pending) == ("alert", True, None)
    alarm, calm = Answer(Recommendation.ESCALATE, "alarm"), Answer(Recommendation.RELAX, "calm")
    assert dict(found.becomes) == {alarm: 2, HOLD: 1, calm: 1}


def test_without_a_stage_in_force_there_is_nothing_that_could_change() -> None:
    found = waited(120, 120, then=(100, 130), record=(StageInForce(stage="alert", since=NOW + 1),))
    assert found.present is None
    assert found.changed is None


def test_what_people_do_with_recommendations_makes_no_difference() -> None:
    rules = (Adoption(), Adoption(lag=3), Adoption(adopt=Adopt.NEVER), Adoption(adopt=Adopt.RECORDED))
    found = [waited(120, 120, then=(100, 130, 400, 10), adoption=rule) for rule in rules]
    assert found == [found[0]] * len(rules)


def by_engine(course: Course, lane: int, draws: Draws) -> tuple[Answer | None, Counter[Answer]]:
    """Evaluate the latest week and, with every draw of the figures to come, the one behind it."""
    region, policy = course.regions[lane], course.policy
    record = {region: course.record[region]} if region in course.record else {}
    week = Week(policy.calendar, course.now)
    try:
        now = [*evaluate_latest(policy, course.observations, [region], week=week, record=record)]
    except RequestError:
        now = []
    is_recorded = course.adoption.adopt is Adopt.RECORDED
    adoption = course.adoption if is_recorded else Adoption(adopt=Adopt.NEVER)
    alone = replace(course, regions=(region,), adoption=adoption)
    counts = Counter(answer(outcomes[0].evaluation) for outcomes in by_reference(alone, draws))
    return (answer(now[0]) if now else None), counts


@pytest.mark.parametrize("name", COURSES)
def test_every_count_is_that_of_the_reference_engine(name: str) -> None:
    course = COURSES[name]
    for lane, found in enumerate(waiting(course, outlook(course, DRAWS))):
        assert (found.present, Counter(dict(found.becomes))) == by_engine(course, lane, DRAWS)


def test_the_courses_have_weeks_that_matter() -> None:
    found = [one for course in COURSES.values() for one in waiting(course, outlook(course, DRAWS))]
    assert any(0 < (one.changed or 0) < DRAWS.count for one in found)
    assert any(one.pending for one in found)
    assert any(one.is_entered for one in found)


@pytest.mark.parametrize("block", range(4))
def test_random_policies_agree_as_well(block: int) -> None:
    seen: Counter[Answer] = Counter()
    for seed in range(20 * block, 20 * block + 20):
        ground = some_ground(seed)
        try:
            course = asked(applied(BASELINE, ground.policy, ground.observations), record=ground.record, weeks=2)
            found = waiting(course, outlook(course, DRAWS))
        except RequestError:  # data of which there is no forecast
            continue
        for lane, one in enumerate(found):
            assert (one.present, Counter(dict(one.becomes))) == by_engine(course, lane, DRAWS)
            seen.update(dict(one.becomes))
    assert {HOLD, UNDETERMINED} < seen.keys()


@pytest.mark.parametrize("seed", range(60))
def test_of_many_regions_the_latest_week_is_evaluated_as_of_each_alone(seed: int) -> None:
    random, policy = Random(seed), whole_policy(seed)  # noqa: S311 - the same histories every time
    course = course_of(policy, random)
    assert presents_at_once(course) == presents(course, Ladder(policy))


def test_a_decision_that_is_pending_is_told_of_the_region_alone() -> None:
    found = waiting(course := some_course(Adoption(), PENDING, ready=True), outlook(course, DRAWS))
    assert [one.region for one in found if one.pending] == ["B"]
    assert found[1].pending is not None
    assert found[1].pending.effective == START + 33
