"""Scenarios: what a file says, and what comes of a policy and its data."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.errors import Refused, RequestError
from escalation.evaluation.replay import Adopt, Adoption
from escalation.policy.amend import Amendment, Does
from escalation.policy.load import load as load_policy
from escalation.policy.load import loads as loads_policy
from escalation.policy.values import BothLanguages, Language
from escalation.whatif.scenarios.adopting import Lift, lead_weeks
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.scenarios.load import load, loads
from escalation.whatif.scenarios.options import of_options
from escalation.whatif.scenarios.scenario import BASELINE, Applied, Scenario, applied
from tests.whatif.clinic import FIRST, POLICY, clinic, data, edit, scenarios, values

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = data(doses=[100.0, 200.0, 300.0], visits=[10.0, 20.0, 30.0])
LEAD_TIMES = (
    "it takes effect after the lead time of its legal form (assumption), in weeks: `leap` 13, `to-order` 3, `to-law` 13"
)
UNCHANGED = "Assumes that the measures do not change the metrics."
FULL = """
policy: policy.yaml
scenarios:
  - name: less
    title: {en: Less of everything, id: Semua berkurang}
    horizon: 26
    set:
      target: 50
      moves.to-law.after: 2
      triggers.low.for: 3 weeks
      locks.1.until: 2021-08-20
      moves.to-law.valid: {from: 2021-08-01}
    drop: moves.back
    add:
      moves: [{name: leap, from: appeal, to: law, trigger: low}]
    order: [leap, to-order, to-law]
    data:
      - {scale: visits, by: 0.5, from: 2021-W31}
      - {revise: ready, value: yes, week: 2021-W32, regions: East}
      - {late: all, by: 2 weeks}
    adopt: {rule: follow, lag: instruments, probability: 0.5, up_to: order}
    response:
      - {instrument: perwal, lifts: doses, percent: 20}
      - {stage: law, lifts: visits, percent: 5, source: decree}
  - {name: never, adopt: never}
"""


def carried_out(scenario: Scenario) -> Applied:
    return applied(scenario, clinic(), COUNTS)


def told(found: Applied, language: Language = Language.ENGLISH) -> list[str]:
    return [one.in_language(language) for one in found.labels]


def test_a_file_says_all_that_a_scenario_holds() -> None:
    less, never = scenarios(FULL)
    assert (less.name, less.title and less.title.en, less.horizon) == ("less", "Less of everything", 26)
    assert [(one.does, one.path) for one in less.amendments] == [
        (Does.SET, "target"),
        (Does.SET, "moves.to-law.after"),
        (Does.SET, "triggers.low.for"),
        (Does.SET, "locks.1.until"),
        (Does.SET, "moves.to-law.valid"),
        (Does.DROP, "moves.back"),
        (Does.ADD, "moves"),
        (Does.ORDER, "moves"),
    ]
    assert [(one.alters, one.metrics, one.amount, one.is_all) for one in less.edits] == [
        (Alters.SCALE, ("visits",), 0.5, False),
        (Alters.REVISE, ("ready",), 1.0, False),
        (Alters.LATE, ("doses", "visits", "people"), 2.0, True),
    ]
    assert [(one.first, one.last, one.regions) for one in less.edits] == [
        (FIRST + 1, None, None), (FIRST + 2, FIRST + 2, ("East",)), (None, None, None),
    ]  # fmt: skip
    assert less.adoption == Adoption(probability=0.5, up_to="order")
    assert less.is_by_lead_time
    assert less.response == (
        Lift(stages=("order",), metric="doses", percent=20),
        Lift(stages=("law",), metric="visits", percent=5, sources=("decree",)),
    )
    assert never == Scenario(name="never", adoption=Adoption(adopt=Adopt.NEVER))


def test_a_scenario_gives_another_policy_other_data_and_what_people_do() -> None:
    found = carried_out(scenarios(FULL)[0])
    assert [move.name for move in found.policy.moves] == ["leap", "to-order", "to-law"]
    assert (found.policy.parameters["target"].value, found.policy.moves[2].after) == (50, 2)
    assert found.policy.moves[0].source == ("--set",)
    assert values(found.observations, "visits") == [10, 10, 15]
    assert found.adoption.lags == {"leap": 13, "to-order": 3, "to-law": 13}
    assert (found.horizon, found.is_as_known, len(found.response)) == (26, True, 2)
    assert len({found.policy.digest, clinic().digest, found.observations.digest, COUNTS.digest}) == 4


def test_every_result_is_labelled_with_what_was_changed_and_assumed() -> None:
    found = carried_out(scenarios(FULL)[0])
    assert told(found) == [
        "Horizon: 26 weeks.",
        "`target` is 50 (in the policy: 60).",
        "`moves.to-law.after` is 2 weeks (in the policy: 4 weeks).",
        "`triggers.low.for` is 3 weeks (in the policy: 2 weeks).",
        "`locks.1.until` is 2021-08-20 (in the policy: 2021-07-20).",
        "`moves.to-law.valid` is {from: 2021-08-01} (in the policy: nothing).",
        "`moves.back` is dropped.",
        "Added to `moves`: {name: leap, from: appeal, to: law, trigger: low}.",
        "The order of the moves is [leap, to-order, to-law].",
        "`visits`: multiplied by 0.50 from 2021-W31 on (figures on record changed: 4).",
        "`ready`: yes instead in 2021-W32 (East) (figures on record changed: 1).",
        "`doses`, `visits`, `people`: known 2 weeks later (figures on record changed: 14).",
        f"A recommendation is followed with probability 0.50, up to `order`; {LEAD_TIMES}.",
        "Response (assumption): while `order` is in force, the weekly increase of `doses` changes by 20 %.",
        "Response (assumption, after decree): while `law` is in force, the weekly increase of `visits` changes by 5 %.",
    ]
    assert told(found, Language.INDONESIAN)[0] == "Jangkauan: 26 minggu."
    assert len(set(told(found, Language.INDONESIAN)) & set(told(found))) == 0


def test_what_was_changed_has_the_units_of_the_language_and_what_counts_by_default() -> None:
    settings = {
        "target": 62.5,
        "triggers.calm.for": 3,
        "triggers.low.for": 1,
        "moves.to-order.after": 2,
        "metrics.visits.max_age": 4,
        "metrics.doses.max_age": 1,
    }
    found = carried_out(of_options(clinic(), settings=settings))
    assert told(found)[1:7] == [
        "`target` is 62.5 (in the policy: 60).",
        "`triggers.calm.for` is 3 weeks (in the policy: 1 week by default).",
        "`triggers.low.for` is 1 week (in the policy: 2 weeks).",
        "`moves.to-order.after` is 2 weeks (in the policy: 0 weeks by default).",
        "`metrics.visits.max_age` is 4 weeks (in the policy: 1 week).",
        "`metrics.doses.max_age` is 1 week (in the policy: 0 weeks by default).",
    ]
    assert told(found, Language.INDONESIAN)[1:7] == [
        "`target` menjadi 62,5 (dalam kebijakan: 60).",
        "`triggers.calm.for` menjadi 3 minggu (dalam kebijakan: 1 minggu bila tidak disebut).",
        "`triggers.low.for` menjadi 1 minggu (dalam kebijakan: 2 minggu).",
        "`moves.to-order.after` menjadi 2 minggu (dalam kebijakan: 0 minggu bila tidak disebut).",
        "`metrics.visits.max_age` menjadi 4 minggu (dalam kebijakan: 1 minggu).",
        "`metrics.doses.max_age` menjadi 1 minggu (dalam kebijakan: 0 minggu bila tidak disebut).",
    ]


def test_how_far_it_looks_is_told_apart_from_what_is_supposed() -> None:
    found = carried_out(scenarios(FULL)[0]).labels
    assert found.horizon.en == "Horizon: 26 weeks."
    assert [*found] == [found.horizon, *found.supposed]
    more = BothLanguages(en="More.", id="Lagi.")
    assert [*found.and_also([more])] == [*found, more]


def test_without_a_response_it_is_said_that_measures_change_nothing() -> None:
    assert told(carried_out(BASELINE)) == [
        "Horizon: the weeks of the data.", "Every recommendation is followed.", UNCHANGED,
    ]  # fmt: skip
    assert UNCHANGED not in told(carried_out(scenarios(FULL)[0]))


@pytest.mark.parametrize(
    ("adoption", "sentence"),
    [
        (Adoption(adopt=Adopt.NEVER), "No recommendation is followed."),
        (Adoption(adopt=Adopt.RECORDED), "The stages in force are those on record."),
        (Adoption(lag=1), "Every recommendation is followed; it takes effect 1 week later."),
    ],
)
def test_what_people_do_is_said(adoption: Adoption, sentence: str) -> None:
    assert sentence in told(carried_out(Scenario(name="one", adoption=adoption)))


def test_of_weeks_to_come_it_is_said_that_only_what_is_on_record_takes_effect() -> None:
    recorded = Adoption(adopt=Adopt.RECORDED)
    sentence = "No recommendation is followed; stages that are on record for weeks to come take effect."
    assert sentence in told(carried_out(Scenario(name="one", adoption=recorded, horizon=4)))


def test_figures_that_cannot_be_used_are_counted_in_the_label() -> None:
    one = Scenario(name="one", edits=(edit(Alters.CAMPAIGN, "doses", weeks=(2, 2), amount=5000),))
    changed = "figures on record changed: 2; 2 of them outside the range and not used"
    assert f"`doses`: 5,000 people more a week in each region in 2021-W32 ({changed})." in told(carried_out(one))


def test_regions_that_the_data_do_not_name_are_told_with_their_places() -> None:
    (one,) = scenarios(
        "name: one\ndata:\n  - {stop: visits, regions: [Est, East]}\n  - {stop: visits, regions: Wets}\n"
    )
    with pytest.raises(Refused) as caught:
        carried_out(one)
    assert [str(finding.place) for finding in caught.value.diagnostics] == ["scenarios.yaml:3:5", "scenarios.yaml:4:5"]
    assert "`Est` is not a region of the observations" in str(caught.value)


def test_nothing_changes_without_amendments_and_edits() -> None:
    found = carried_out(BASELINE)
    assert found.policy is clinic()
    assert found.observations is COUNTS
    assert not found.is_as_known


def test_a_scenario_made_in_python_is_checked_when_it_is_carried_out() -> None:
    with pytest.raises(RequestError, match="`to-ordr` is not a move"):
        carried_out(Scenario(name="one", amendments=(Amendment(path="moves.to-ordr.after", value=1),)))


def test_a_file_may_be_one_scenario_and_need_not_name_a_policy() -> None:
    (one,) = scenarios("name: one\nset: {target: 50}\n")
    assert one.amendments == (Amendment(path="target", value=50),)


def test_a_file_is_read_with_the_policy_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    file = tmp_path / "scenarios.yaml"
    file.write_text(FULL, encoding="utf-8")
    policy, found = load(file)
    assert policy.name == "clinic"
    assert [one.name for one in found] == ["less", "never"]


def test_a_file_without_a_policy_or_with_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.yaml"
    file.write_text("name: one\n", encoding="utf-8")
    with pytest.raises(RequestError, match="names no policy"):
        load(file)
    file.write_text("policy: absent.yaml\nname: one\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"scenarios.yaml:1:9: error: there is no file"):
        load(file)


def test_a_file_of_another_policy_than_the_one_given_is_refused_with_both(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "draft.yaml").write_text(f"{POLICY}# a draft\n", encoding="utf-8")
    asked, named = (load_policy(tmp_path / f"{one}.yaml") for one in ("draft", "policy"))
    file = tmp_path / "scenarios.yaml"
    file.write_text("name: as-it-is\npolicy: policy.yaml\n", encoding="utf-8")
    assert load(file, named)[0] is named
    with pytest.raises(Refused) as refused:
        load(file, asked)
    (told,) = refused.value.diagnostics
    assert str(told.place) == f"{file}:2:9"
    assert f"of `{named.source.file}` ({named.digest[:12]})" in told.message
    assert f"about is `{asked.source.file}` ({asked.digest[:12]})" in told.message
    file.write_text("name: as-it-is\n", encoding="utf-8")
    assert load(file, asked)[0] is asked


def test_options_make_the_scenario_that_a_file_makes() -> None:
    text = """
name: scenario
adopt: {rule: follow, lag: 2}
drop: moves.back
data: [{stop: visits}]
set: {target: 50}
"""
    made = of_options(
        clinic(), settings={"target": 50}, drop=["moves.back"], data=["stop: visits"], adopt="rule: follow, lag: 2"
    )  # fmt: skip
    assert made == scenarios(text)[0]
    assert of_options(clinic()) == Scenario(name="scenario")


def test_what_is_wrong_with_an_option_is_told_with_the_option_and_the_column_of_its_value() -> None:
    with pytest.raises(Refused) as caught:
        of_options(clinic(), data=["stop: visits", "stop: visit"])
    assert str(caught.value).startswith("--data 'stop: visit' column 7: error: `visit` is not a metric of the policy")


def test_moves_take_the_time_of_the_act_that_is_made_or_undone() -> None:
    bekasi = load_policy(ROOT / "policies" / "bekasi-vaccination")
    assert lead_weeks(bekasi) == {
        "relax-to-appeal": 1,  # an instruction is withdrawn: 3 working days
        "relax-to-instruction": 3,  # a Perwal: 20 days
        "repeal-perda": 13,  # a Perda: 90 days
        "to-instruction": 1,
        "to-perwal": 3,
        "to-perda": 13,
    }


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (("instruments: indonesia-city\n", ""), "the policy names no pack of legal forms"),
        (("instrument: perwal", "instrument: decree"), "gives no lead time of `decree`, the form of `order`"),
    ],
)
def test_unknown_lead_times_are_told_where_the_file_asks_for_them(changed: tuple[str, str], message: str) -> None:
    policy = loads_policy(POLICY.replace(*changed))
    with pytest.raises(Refused) as caught:
        loads("name: one\nadopt: {rule: follow, lag: instruments}\n", policy)
    assert message in str(caught.value)
    assert "scenarios.yaml:2:28: error" in str(caught.value)


def test_a_stage_without_a_legal_form_takes_no_time() -> None:
    policy = loads_policy(POLICY.replace("{name: order, instrument: perwal}", "{name: order}"))
    assert lead_weeks(policy) == {"to-order": 0, "to-law": 13, "back": 13}


@pytest.mark.parametrize("rule", ["follow", "recorded", "never"])
def test_a_rule_without_keys_is_an_option_as_it_is_in_a_file(rule: str) -> None:
    assert of_options(clinic(), adopt=rule).adoption == scenarios(f"name: one\nadopt: {rule}\n")[0].adoption


def test_an_unknown_rule_given_as_an_option_is_told() -> None:
    with pytest.raises(Refused, match=r"--adopt sometimes: "):
        of_options(clinic(), adopt="sometimes")
