"""The ladder of Kota Bekasi: what SEMANTICS gives on the reported figures by hand, and the illustrations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from escalation.documents.papers.contents import Subject
from escalation.documents.papers.study import context
from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.library import replay, step
from escalation.evaluation.replay import Adopt, Adoption, Outcome
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.step import Evaluation, Recommendation
from escalation.evaluation.truth import Verdict
from escalation.observations import Observations, read
from escalation.observations.standings import read_standings
from escalation.periods import Week, week_text
from escalation.policy.load import load
from escalation.policy.values import ASSUMPTION, Language
from escalation.reports.text import one_region

if TYPE_CHECKING:
    from escalation.policy.model import Policy

FOLLOW, NEVER = Adoption(adopt=Adopt.FOLLOW), Adoption(adopt=Adopt.NEVER)
ILLUSTRATIONS = ("observations-illustration.csv", "observations-recovery.csv", "observations-lingering.csv")


@pytest.fixture(scope="module")
def folder(project: Path) -> Path:
    return project / "policies" / "bekasi-vaccination"


@pytest.fixture(scope="module")
def policy(folder: Path) -> Policy:
    return load(folder / "policy.yaml")


@pytest.fixture(scope="module")
def reported(folder: Path, policy: Policy) -> Observations:
    return read(folder / "observations.csv", policy)


@pytest.fixture(scope="module")
def weeks(folder: Path, policy: Policy, reported: Observations) -> dict[str, Evaluation]:
    """Evaluate the reported figures week by week while the appeal stays in force."""
    outcomes = replay(policy, reported, record=read_standings(folder / "standings.csv", policy), adoption=NEVER)
    return {week_text(policy.calendar, one.evaluation.week): one.evaluation for one in outcomes}


def followed(folder: Path, policy: Policy, file: str) -> list[Outcome]:
    """Replay an illustration in which every recommendation is followed at once."""
    record = read_standings(folder / "standings.csv", policy)
    return list(replay(policy, read(folder / file, policy), record=record, adoption=FOLLOW))


def value(evaluation: Evaluation, metric: str) -> float | None:
    return evaluation.situation.readings.at(metric, evaluation.week).value


def streak(evaluation: Evaluation, trigger: str) -> tuple[int, int]:
    index = list(evaluation.ladder.policy.triggers).index(trigger)
    least, most, *_ = evaluation.standing.streaks[index]
    return least, most


def slow(evaluation: Evaluation) -> tuple[tuple[int, int], Verdict]:
    name = "target-missed-and-slow"
    return streak(evaluation, name), evaluation.situation.triggers[name]


def moves(outcomes: list[Outcome], policy: Policy) -> list[tuple[str, str | None, str]]:
    """List the weeks in which the stage changes, with the move and the new stage."""
    changed = [one for one in outcomes if one.stage_after != one.evaluation.stage]
    return [(week_text(policy.calendar, one.evaluation.week), one.evaluation.move, one.stage_after) for one in changed]


def stages(outcomes: list[Outcome], policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Give the first and the last week in which each stage is in force."""
    first = outcomes[0].evaluation
    for before, after in pairwise([one.evaluation for one in outcomes]):
        if after.stage != before.stage:
            yield before.stage, week_text(policy.calendar, first.week), week_text(policy.calendar, before.week)
            first = after
    last = outcomes[-1].evaluation
    yield last.stage, week_text(policy.calendar, first.week), week_text(policy.calendar, last.week)


# The reported first doses stand for their week and the next (max_age 1 week), of 2,016,006 people:
#   W31, W32   463,810    23.0064 %
#   W36, W37   1,120,590  55.5847 %   the figure of 12 September, the newer of the two of W36
#   W41, W42   1,401,126  69.5001 %
#   W46        1,506,334  74.7187 %
#   W47        1,507,071  74.7553 %
# The growth over 4 weeks needs a figure in both weeks: only W36 (from W32), W41 (from W37) and W46 (from W42) have it.
# The appeal is in force since W36, so dwell is 0 there, and 4 (what `to-instruction` asks) in W40. It is the only move
# out of the appeal; its trigger, target-missed-and-slow, is to hold for 2 weeks, and an unknown week leaves it open.


def test_the_weeks_from_the_circular_to_the_last_report_are_evaluated(weeks: dict[str, Evaluation]) -> None:
    assert list(weeks) == [f"2021-W{number}" for number in range(36, 48)]
    assert {one.stage for one in weeks.values()} == {"appeal"}
    assert [one.dwell for one in weeks.values()] == list(range(12))


def test_in_w36_coverage_grows_too_fast_to_be_slow(weeks: dict[str, Evaluation]) -> None:
    # 55.58 < 70 is met; 55.5847 - 23.0064 = 32.58 points < 4 is unmet: the condition is unmet, whatever came before.
    w36 = weeks["2021-W36"]
    assert value(w36, "first_doses") == 1_120_590
    assert value(w36, "first_dose_coverage") == pytest.approx(55.584656, abs=1e-6)
    assert value(w36, "first_dose_gain") == pytest.approx(32.578276, abs=1e-6)
    assert slow(w36) == ((0, 0), Verdict.UNMET)
    assert w36.recommendation is Recommendation.HOLD
    assert w36.missing == ()


def test_in_w37_it_can_be_one_week_of_two_at_most(weeks: dict[str, Evaluation]) -> None:
    # 55.58 < 70 is met with the carried figure; the growth from W33 is unknown, so the condition is. Streak 0 to 1, and
    # one week is not two: unmet, although a figure is missing.
    w37 = weeks["2021-W37"]
    assert value(w37, "first_dose_coverage") == pytest.approx(55.584656, abs=1e-6)
    assert value(w37, "first_dose_gain") is None
    assert slow(w37) == ((0, 1), Verdict.UNMET)
    assert w37.recommendation is Recommendation.HOLD


@pytest.mark.parametrize("week", ["2021-W38", "2021-W39"])
def test_in_w38_and_w39_the_trigger_is_unknown_and_the_appeal_too_young(
    weeks: dict[str, Evaluation], week: str
) -> None:
    # No first doses, so the condition is unknown for the second and third week: 0 to 2 weeks (capped at 2), which may
    # be enough. But `after: 4 weeks` is unmet with dwell 2 and 3: the move is passed over, and no other is left.
    assert value(weeks[week], "first_dose_coverage") is None
    assert slow(weeks[week]) == ((0, 2), Verdict.UNKNOWN)
    assert weeks[week].recommendation is Recommendation.HOLD
    assert weeks[week].missing == ()


def test_in_w40_nobody_can_say_for_want_of_first_doses(weeks: dict[str, Evaluation]) -> None:
    # As in W39, and the appeal has been in force for 4 weeks: the trigger is the only guard that is not met. The target
    # population is carried (max_age always) and not missing.
    w40 = weeks["2021-W40"]
    assert slow(w40) == ((0, 2), Verdict.UNKNOWN)
    assert (w40.recommendation, w40.to) == (Recommendation.UNDETERMINED, "instruction")
    assert w40.missing == ("first_doses",)


def test_in_w41_half_a_point_below_the_target_is_not_slow(weeks: dict[str, Evaluation]) -> None:
    # 69.5001 < 70 is met; 69.5001 - 55.5847 (W37, carried from W36) = 13.92 points < 4 is unmet.
    w41 = weeks["2021-W41"]
    assert value(w41, "first_dose_coverage") == pytest.approx(69.500091, abs=1e-6)
    assert value(w41, "first_dose_gain") == pytest.approx(13.915435, abs=1e-6)
    assert slow(w41) == ((0, 0), Verdict.UNMET)
    assert w41.recommendation is Recommendation.HOLD


def test_from_w43_to_w45_nobody_can_say_again(weeks: dict[str, Evaluation]) -> None:
    # W42: carried, growth from W38 unknown: 0 to 1, unmet. W43 to W45: nothing known: 0 to 2, unknown.
    assert slow(weeks["2021-W42"]) == ((0, 1), Verdict.UNMET)
    for week in ("2021-W43", "2021-W44", "2021-W45"):
        assert slow(weeks[week]) == ((0, 2), Verdict.UNKNOWN)
        assert weeks[week].recommendation is Recommendation.UNDETERMINED
        assert weeks[week].missing == ("first_doses",)


def test_in_w46_the_target_of_first_doses_is_reached_and_that_of_the_elderly_is_not(
    weeks: dict[str, Evaluation],
) -> None:
    # 74.7187 < 70 is unmet. 75,709 of 156,149 elderly are 48.49 %, below 60: target-met is unmet. The streak of
    # gate-met-and-growing is 1 to 4: 74.72 >= 50, 48.49 >= 40, 74.7187 - 69.5001 (W42) = 5.22 >= 4, and before W46
    # nothing ruled it out: there is no elderly figure after W32.
    w46 = weeks["2021-W46"]
    assert value(w46, "elderly_coverage") == pytest.approx(48.485101, abs=1e-6)
    assert value(w46, "first_dose_gain") == pytest.approx(5.218635, abs=1e-6)
    assert slow(w46) == ((0, 0), Verdict.UNMET)
    assert (streak(w46, "target-met"), w46.situation.triggers["target-met"]) == ((0, 0), Verdict.UNMET)
    assert streak(w46, "gate-met-and-growing") == (1, 4)
    assert w46.recommendation is Recommendation.HOLD


def test_in_w47_the_last_report_leaves_the_appeal_as_it_is(weeks: dict[str, Evaluation]) -> None:
    # 74.7553 < 70 is unmet, so the missing growth (from W43) does not matter.
    w47 = weeks["2021-W47"]
    assert value(w47, "first_dose_coverage") == pytest.approx(74.755283, abs=1e-6)
    assert value(w47, "first_dose_gain") is None
    assert slow(w47) == ((0, 0), Verdict.UNMET)
    assert (w47.recommendation, w47.dwell, w47.missing) == (Recommendation.HOLD, 11, ())


def test_the_two_counting_bases_are_kept_apart(weeks: dict[str, Evaluation]) -> None:
    # In W41 the target is missed by facility and reached by residence: 1,527,902 of 2,016,006.
    assert value(weeks["2021-W41"], "first_dose_coverage") == pytest.approx(69.500091, abs=1e-6)
    assert value(weeks["2021-W41"], "resident_coverage") == pytest.approx(75.788564, abs=1e-6)


def test_the_findings_are_the_fall_in_september_and_the_counting_bases_not_stated(reported: Observations) -> None:
    found = [(one.rule, one.place.line) for one in reported.findings]
    assert found == [
        ("unspecified-basis", 2),
        ("unspecified-basis", 3),
        ("unspecified-basis", 4),
        ("falling-count", 4),
    ]
    fall = reported.findings[-1].message
    assert "1,216,443 (2021-W36, as of 2021-09-07)" in fall
    assert "1,120,590 (2021-W36, as of 2021-09-12)" in fall


def test_on_8_september_the_higher_figure_was_the_newest(folder: Path, policy: Policy) -> None:
    # 1,216,443 of 2,016,006, whose correction was not known yet.
    day = Week.parse("2021-W36", policy.calendar).first_day.replace(day=8)
    known = read(folder / "observations.csv", policy, as_of=day)
    record = read_standings(folder / "standings.csv", policy)
    *_, last = replay(policy, known, record=record, adoption=NEVER, as_of=day)
    assert value(last.evaluation, "first_dose_coverage") == pytest.approx(60.339255, abs=1e-6)


# Both illustrations begin with 1,120,590 in 2021-W36 and add 2,000 doses (0.1 points) a week. The growth is known from
# W40 on: 0.40 points. The condition is met in W40 and W41; in W40 the streak is 1 or 2 weeks long (W39 is unknown), in
# W41 it is 2: to the instruction, at the end of W41. Six weeks later, in W47, and with the sites judged ready in W45,
# to the Perwal; twelve weeks later, in 2022-W07 (2021 has 52 weeks; judged ready in W05), to the Perda.
CLIMB = [
    ("2021-W41", "to-instruction", "instruction"),
    ("2021-W47", "to-perwal", "perwal"),
    ("2022-W07", "to-perda", "perda"),
]


def test_in_the_illustration_coverage_stalls_and_the_ladder_is_climbed(folder: Path, policy: Policy) -> None:
    outcomes = followed(folder, policy, "observations-illustration.csv")
    assert moves(outcomes, policy) == CLIMB
    assert list(stages(outcomes, policy)) == [
        ("appeal", "2021-W36", "2021-W41"),
        ("instruction", "2021-W42", "2021-W47"),
        ("perwal", "2021-W48", "2022-W07"),
        ("perda", "2022-W08", "2022-W11"),
    ]


def test_in_the_illustration_only_the_week_before_the_instruction_is_undetermined(folder: Path, policy: Policy) -> None:
    # W36 to W39 have no growth either, but the appeal is younger than 4 weeks.
    outcomes = followed(folder, policy, "observations-illustration.csv")
    found = [one.evaluation for one in outcomes if one.evaluation.recommendation is Recommendation.UNDETERMINED]
    assert [(week_text(policy.calendar, one.week), one.dwell, slow(one)[0]) for one in found] == [
        ("2021-W40", 4, (1, 2))
    ]


def test_where_coverage_lingers_below_the_target_the_regulation_is_reached(folder: Path, policy: Policy) -> None:
    # 1,360,590 in W42 are 67.49 %. The growth is 4.17 points in W44 (1,364,590 - 1,280,590) and 2.28 in W45:
    # target-missed-and-slow holds for two weeks in W46, and the Perwal follows six weeks later, in W52, with the sites
    # judged ready in W50.
    outcomes = followed(folder, policy, "observations-lingering.csv")
    assert moves(outcomes, policy) == [
        ("2021-W46", "to-instruction", "instruction"),
        ("2021-W52", "to-perwal", "perwal"),
    ]
    coverage = [value(one.evaluation, "first_dose_coverage") or 0.0 for one in outcomes]
    assert all(65 < one < 70 for one in coverage[5:])
    assert (round(coverage[4], 2), round(coverage[-1], 2)) == (63.52, 69.47)


def test_in_the_recovery_the_ladder_is_climbed_down_again(folder: Path, policy: Policy) -> None:
    # From 2022-W10 on 40,000 doses (1.98 points) a week. 1,410,590 in W15 are 69.97 %, 1,450,590 in W16 are 71.95 %;
    # the elderly pass 60 % in W14 (95,000 of 156,149 are 60.84 %): target-met holds for two weeks in W17. The repeal is
    # agreed in W16, and the Perda goes whatever the figures are. From the Perwal 4 weeks after, in W20; from the
    # instruction 4 weeks after that, in W24.
    outcomes = followed(folder, policy, "observations-recovery.csv")
    assert moves(outcomes, policy) == [
        *CLIMB,
        ("2022-W16", "repeal-perda", "perwal"),
        ("2022-W20", "relax-to-instruction", "instruction"),
        ("2022-W24", "relax-to-appeal", "appeal"),
    ]


def test_good_growth_towards_the_target_is_enough_to_leave_the_regulation(folder: Path, policy: Policy) -> None:
    # The growth is 4.17 points in 2022-W11 (1,250,590 - 1,166,590) and was 2.28 in W10: gate-met-and-growing holds for
    # its 4 weeks in W14, before the target is met.
    replayed = [one.evaluation for one in followed(folder, policy, "observations-recovery.csv")]
    outcomes = {week_text(policy.calendar, one.week): one for one in replayed}
    assert streak(outcomes["2022-W10"], "gate-met-and-growing") == (0, 0)
    assert streak(outcomes["2022-W14"], "gate-met-and-growing") == (4, 4)
    verdicts = outcomes["2022-W14"].situation.triggers
    assert verdicts["target-met"] is Verdict.UNMET
    assert verdicts["obligation-no-longer-needed"] is Verdict.MET


def test_a_by_law_stands_until_its_repeal_is_agreed(folder: Path, policy: Policy) -> None:
    outcomes = followed(folder, policy, "observations-recovery.csv")
    by_law = [one.evaluation for one in outcomes if one.evaluation.stage == "perda"]
    assert [one.recommendation for one in by_law] == [Recommendation.HOLD] * 8 + [Recommendation.RELAX]


@pytest.mark.parametrize("file", ILLUSTRATIONS)
def test_every_row_of_an_illustration_says_that_it_is_no_data(folder: Path, file: str) -> None:
    rows = (folder / file).read_text(encoding="utf-8").splitlines()[1:]
    assert rows
    assert all(row.endswith(',"illustration, not data"') for row in rows)


@pytest.mark.parametrize("file", ILLUSTRATIONS)
def test_an_illustration_has_no_findings(folder: Path, policy: Policy, file: str) -> None:
    assert read(folder / file, policy).findings == ()


def test_every_number_has_a_source_or_is_called_an_assumption(policy: Policy) -> None:
    numbered = {name: one.source for name, one in policy.parameters.items()}
    numbered |= {name: one.source for name, one in policy.triggers.items()}
    numbered |= {one.name: one.source for one in policy.moves}
    aged = {name: one.source for name, one in policy.inputs.items() if one.max_age != 0}
    assert [name for name, source in (numbered | aged).items() if not source] == []


def test_no_document_is_cited_for_what_no_document_says(policy: Policy) -> None:
    # The gates are the law's; every number of weeks is an assumption. Only the repeal asks for none.
    timed = [one for one in policy.moves if one.after]
    assert all(ASSUMPTION in (one.source or ()) for one in timed)
    assert [name for name, one in policy.triggers.items() if ASSUMPTION not in (one.source or ())] == ["repeal-decided"]


@pytest.mark.parametrize(
    ("week", "told"),
    [
        (
            "2021-W37",
            (
                "Instruksi Mendagri 42/2021; Instruksi Mendagri 47/2021 (not yet in force: from 5 October 2021); "
                "Instruksi Mendagri 53/2021 (not yet in force: from 19 October 2021); "
                "Instruksi Mendagri 57/2021 (not yet in force: from 2 November 2021)"
            ),
        ),
        (
            "2021-W41",
            (
                "Instruksi Mendagri 42/2021 (no longer in force since 21 September 2021); Instruksi Mendagri 47/2021; "
                "Instruksi Mendagri 53/2021 (not yet in force: from 19 October 2021); "
                "Instruksi Mendagri 57/2021 (not yet in force: from 2 November 2021)"
            ),
        ),
    ],
)
def test_study_and_evaluation_say_which_gates_are_in_force_in_the_week(
    folder: Path, policy: Policy, week: str, told: str
) -> None:
    observations = read(folder / "observations-illustration.csv", policy)
    evaluation = step(policy, observations, stage="appeal", since="2021-W36", week=week)
    explanation = explain(evaluation)
    speaker = Speaker(policy, Language.ENGLISH)
    assert f"[source: {told}]" in "\n".join(one_region(explanation, speaker))
    subject = Subject(explanation=explanation, figures=figures(evaluation))
    rows = context(policy, observations, (subject,), Language.ENGLISH).sections[0].moves[0].rows
    assert any(row.source.startswith(f"source: {told} (") for row in rows)


def test_a_source_of_a_later_day_is_told_with_its_day(policy: Policy) -> None:
    speaker = Speaker(policy, Language.INDONESIAN).on(date(2021, 9, 12))
    assert speaker.source("report") == (
        "Berita Warta Kota tentang surat edaran (bertanggal 13 September 2021, setelah minggu ini)"
    )
    assert speaker.on(date(2021, 9, 13)).source("report") == "Berita Warta Kota tentang surat edaran"
