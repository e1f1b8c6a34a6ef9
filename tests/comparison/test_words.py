"""What changed, in the policy's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.comparison import catalogue
from escalation.comparison.changes import Action
from escalation.comparison.sentences import Teller
from escalation.comparison.usage import used
from escalation.comparison.words import changes
from escalation.policy.load import loads
from escalation.policy.metrics import Bands, InputMetric
from escalation.policy.model import Invariant, Lock, Move, Parameter, Policy, Stage, Trigger
from escalation.policy.origins import Origin
from escalation.policy.values import Document, Language
from tests.comparison.pairs import RESERVOIR, both, changed, told
from tests.evaluation.strategies import worlds

CASES = {
    "value: 40": ("value: 35", "parameter `low` (Low storage): value: 40 % -> 35 %"),
    "range: [10, 90]": ("range: [20, null]", "= parameter `low` (Low storage): range: 10 % to 90 % -> 20 % and more"),
    "source: assumption}\n  rain": (
        "source: decree}\n  rain",
        "= parameter `low` (Low storage): source: assumption -> decree",
    ),
    "from: 2021-01-01, value: 12": (
        "from: 2021-01-01, value: 14",
        "parameter `rain`: value in force: 12 mm from 1 January 2021 -> 14 mm from 1 January 2021",
    ),
    ", {from: 2021-01-01, value: 12}": ("", "parameter `rain`: value in force removed: 12 mm from 1 January 2021"),
    "max_age: 1 week": ("max_age: 3 weeks", "metric `rainfall`: usable for: 1 week -> 3 weeks (longer)"),
    "sum: {of: rainfall, over: 4 weeks}": (
        "mean: {of: rainfall, over: 4 weeks}",
        "metric `month`: definition: {sum: {of: rainfall, over: 4 weeks}} -> {mean: {of: rainfall, over: 4 weeks}}",
    ),
    "{below: 60, value: 2}": (
        "{at_most: 60, value: 2}",
        "metric `band`: row of the table 2: {below: 60, value: 2} -> {at_most: 60, value: 2}",
    ),
    "{unit: percent, kind: level, title": (
        "{unit: percent, kind: level, range: [0, 90], title",
        "metric `storage` (Storage): range: none -> 0 % to 90 %",
    ),
    "shown: {unit: percent, kind: level}": (
        "shown: {unit: percent, kind: level, max_age: always}",
        "= metric `shown`: usable for: 0 weeks -> always",
    ),
    "storage, below: low": (
        "storage, at_most: low",
        "trigger `dry` (Storage is low): comparison of Storage: below -> at most",
    ),
    "month, below: rain": (
        "month, below: 11",
        "trigger `dry` (Storage is low): threshold of month: rain -> 11 mm",
    ),
    "storage, below: low}": (
        "storage, below: 40}",
        "= trigger `dry` (Storage is low): threshold of Storage: low (40 %) -> 40 %",
    ),
    "{metric: band, at_least: 2}": (
        "{metric: band, at_least: 2, missing: met}",
        "trigger `dry` (Storage is low): absent figure of band counts as: none -> met",
    ),
    ", {metric: band, at_least: 2}": (
        "",
        "trigger `dry` (Storage is low): part of the condition removed: {metric: band, at_least: 2}",
    ),
    "{metric: band, at_least: 2}]": (
        "{metric: band, at_least: 2}, {judgement: agreed, is: yes}]",
        "trigger `dry` (Storage is low): part of the condition added: {judgement: agreed, is: yes}",
    ),
    "when: {metric: storage, at_least: low}": (
        "when: {not: {metric: storage, below: low}}",
        "trigger `wet`: condition: {metric: storage, at_least: low} -> {not: {metric: storage, below: low}}",
    ),
    "for: 2 weeks": ("for: 1 week", "trigger `dry` (Storage is low): weeks in a row: 2 weeks -> 1 week (shorter)"),
    "missing: hold": ("missing: break", "trigger `wet`: weeks without data: hold -> break"),
    "missing: unknown": (
        "missing: unknown\n    since: entry",
        "trigger `dry` (Storage is low): weeks counted since: none -> entry",
    ),
    "en: Drought,": ("en: Water shortage,", "= stage `drought` (Water shortage): title: Drought -> Water shortage"),
    "after: 4 weeks": ("after: 5 weeks", "move `to-drought`: shortest stay: 4 weeks -> 5 weeks (longer)"),
    ", requires: [agreed]": ("", "move `to-emergency`: judgements required: agreed -> none"),
    "trigger: wet}": (
        "trigger: wet, valid: {from: 2021-06-01}}",
        "move `relief`: time in force: none -> {from: 2021-06-01}",
    ),
    "[drought, emergency]": ("[drought]", "move `relief`: from: drought, emergency -> drought"),
    "until: 2021-03-31": ("until: 2021-04-30", "lock `1`: in force until: 31 March 2021 -> 30 April 2021"),
    "not_above: drought": (
        "not_above: normal",
        "lock `1` removed: {not_above: drought, from: 2021-01-01, until: 2021-03-31}",
    ),
    "weeks: 10": (
        "weeks: 8",
        "= invariant `1`: earliest: {stage: emergency, weeks: 10} -> {stage: emergency, weeks: 8}",
    ),
    "version: 1.0.0": ("version: 1.1.0", "= policy: version: 1.0.0 -> 1.1.0"),
    "calendar: iso-week": ("calendar: epi-week", "policy: calendar: iso-week -> epi-week"),
    "Decree 7": ("Decree 8", "= source `decree`: title: Decree 7 -> Decree 8"),
    "Inflow": ("Outflow", "= simplification `1` removed: Inflow is left out."),
}  # fmt: skip


COMPARED = (Policy, Origin, Parameter, Trigger, Stage, Move, Lock, Invariant, InputMetric, Bands)


def keys_of(model: type[Document]) -> set[str]:
    sections = {*catalogue.SECTIONS, "language"}
    return {field.alias or name for name, field in model.model_fields.items()} - sections


@pytest.mark.parametrize("before", CASES)
def test_a_change_is_said_with_both_values(before: str) -> None:
    after, expected = CASES[before]
    assert told({before: after})[0] == expected


def test_every_part_of_a_policy_is_compared() -> None:
    edits = {before: after for before, (after, _) in CASES.items() if RESERVOIR.count(before) == 1}
    sections = {change.section for before, after in edits.items() for change in changes(*both({before: after}))}
    assert sections == {*catalogue.SECTIONS}


def test_a_policy_is_the_same_as_itself_whatever_its_comments_and_its_format() -> None:
    spaced = changed({"requires: [agreed]": "requires: agreed", "value: 40,": "value: 40.0,"})
    reordered = spaced.replace("moves:\n", "moves: # by priority\n").replace(
        "unit: mm, kind: flow", "kind: flow, unit: mm"
    )
    assert changes(loads(RESERVOIR), loads(reordered)) == ()


def test_each_side_has_its_own_place() -> None:
    (change,) = changes(*both({"version: 1.0.0": "version: 1.0.0 # first\n# second", "value: 40": "value: 35"}))
    assert change.old is not None
    assert change.new is not None
    assert (str(change.old.place), str(change.new.place)) == ("old.yaml:8:31", "new.yaml:9:31")
    assert (change.key, change.old.value, change.new.value, change.old.unit) == ("parameters.value", 40, 35, "percent")


def test_an_element_that_is_new_has_a_place_in_the_new_file_only() -> None:
    stage = "  - {name: emergency}\n"
    (change,) = changes(*both({stage: stage + "  - {name: closure}\n"}))
    assert (change.key, change.name, change.old) == ("stages.added", "closure", None)
    assert change.has_effect


def test_stages_in_another_order_are_told_by_their_names() -> None:
    swapped = {
        "  - {name: drought, title: {en: Drought, id: Kekeringan}}\n": "",
        "  - {name: emergency}\n": "  - {name: emergency}\n  - {name: drought, title: {en: Drought, id: Kekeringan}}\n",
    }
    assert "stage: order changed: normal, drought, emergency -> normal, emergency, drought" in told(swapped)


def moved(first: str, *, origin: str) -> list[str]:
    """Say what changes where a move stands before the others."""
    line = f"  - {{name: {first}, from: {origin}, to: "
    rest = RESERVOIR.partition(line)[2].partition("\n")[0]
    return told({f"{line}{rest}\n": "", "moves:\n": f"moves:\n{line}{rest}\n"})


def test_the_order_of_moves_has_an_effect_only_between_moves_out_of_one_stage() -> None:
    assert moved("to-drought", origin="normal") == [
        "= move: order changed: relief, to-drought, to-emergency -> to-drought, relief, to-emergency"
    ]
    assert moved("to-emergency", origin="drought") == [
        "move: order changed: relief, to-drought, to-emergency -> to-emergency, relief, to-drought"
    ]


def test_the_order_of_the_parts_of_a_condition_has_no_effect() -> None:
    swapped = {
        "[{metric: storage, below: low}, ": "[",
        "{metric: band, at_least: 2}]": "{metric: band, at_least: 2}, {metric: storage, below: low}]",
    }
    (said,) = told(swapped)
    assert said.startswith("= trigger `dry` (Storage is low): order of the parts changed:")


def test_another_unit_has_an_effect_where_it_means_another_number() -> None:
    rained = {"unit: mm, kind: flow": "unit: millimetres, kind: flow"}
    assert told(rained) == ["= metric `rainfall`: unit: mm -> millimetres"]
    stored = {"storage: {unit: percent, kind": "storage: {unit: share, kind"}
    assert told(stored) == ["metric `storage` (Storage): unit: percent -> share"]


def test_what_no_move_rests_on_has_no_effect() -> None:
    assert used(loads(RESERVOIR)) >= {("metrics", "rainfall"), ("metrics", "agreed"), ("parameters", "rain")}
    assert ("metrics", "shown") not in used(loads(RESERVOIR))


def test_changes_are_told_in_indonesian() -> None:
    assert told({"value: 40": "value: 37.5"}, language=Language.INDONESIAN) == [
        "parameter `low` (Isi rendah): nilai: 40 % -> 37,50 %"
    ]


def test_the_number_of_parts_needed_is_compared() -> None:
    parts = "{metric: storage, below: low}, {metric: month, below: rain}"
    old, new = (
        loads(changed({"{metric: storage, at_least: low}": f"{{count: {{of: [{parts}], at_least: {least}}}}}"}))
        for least in (1, 2)
    )
    (change,) = changes(old, new)
    assert change.old is not None
    assert change.new is not None
    assert (change.key, change.old.value, change.new.value) == ("triggers.when.at_least", 1, 2)


@given(st.data())
def test_no_change_means_the_same_policy_and_the_mirror_image_has_the_same_changes(
    data: st.DataObject,
) -> None:
    old, new = (data.draw(worlds()).policy for _ in range(2))
    there, back = changes(old, new), changes(new, old)
    assert (there == ()) == all(getattr(old, field) == getattr(new, field) for field in Policy.model_fields)
    opposite = {Action.ADDED: Action.REMOVED, Action.REMOVED: Action.ADDED}
    facts = {(one.key, one.name, one.action, one.has_effect) for one in there if one.aspect not in ("when.part", "")}
    mirrored = {
        (one.key, one.name, opposite.get(one.action, one.action), one.has_effect)
        for one in back
        if one.aspect not in ("when.part", "")
    }
    assert facts == mirrored


def test_every_key_that_can_change_has_words() -> None:
    asked = {key for model in COMPARED for key in keys_of(model)} - {"sum", "dated", "when"}
    assert asked <= catalogue.ASPECTS.keys()


DRAFTED = """
language: 1
name: drafted
calendar: iso-week
metrics: {}
triggers: {}
stages:
  - name: asked
    draft:
      source: assumption
      subject: {en: Water}
      addressees: [everyone, farmers]
      measures: [{name: lawns, text: Nobody waters lawns, points: [at noon, at night]}]
      sanctions: {administrative: {breach_of: lawns, steps: [reprimand]}, FINED}
""".replace("FINED", "penalty: {breach_of: lawns, fine: {amount: 500, currency: IDR}}")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("{en: Water}", "{en: Rain}", "subject: {en: Water} -> {en: Rain}"),
        ("Nobody waters", "No one waters", "measures.1.text: Nobody waters lawns -> No one waters lawns"),
        ("[at noon, at night]", "[at noon]", "measures.1.points.2 removed: at night"),
        (", at night]}", ", at night], joined: or}", "measures.1.joined: and -> or"),
        ("[everyone, farmers]", "[everyone, farmers, schools]", "addressees.3 added: schools"),
        (
            "fine: {amount: 500, currency: IDR}",
            "fine: {amount: 600, currency: IDR}",
            "sanctions.penalty.fine.amount: 500 -> 600",
        ),
        (
            ", penalty: {breach_of: lawns, fine: {amount: 500, currency: IDR}}",
            "",
            "sanctions.penalty removed: {breach_of: lawns, fine: {amount: 500, currency: IDR}}",
        ),
    ],
)
def test_a_change_of_a_draft_is_told_part_by_part(before: str, after: str, expected: str) -> None:
    old, new = loads(DRAFTED), loads(DRAFTED.replace(before, after))
    (change,) = changes(old, new)
    assert not change.has_effect
    assert change.key == "stages.draft"
    words = Teller(old=old, new=new, language=Language.ENGLISH)
    sides = " -> ".join(side for side in (words.before(change), words.after(change)) if side)
    assert f"{words.what(change)}: {sides}" == f"stage `asked`: draft of the legal form {expected}"


def test_a_draft_that_only_one_side_has_is_told_by_its_subject() -> None:
    without = DRAFTED[: DRAFTED.index("    draft:")]
    (change,) = changes(loads(without), loads(DRAFTED))
    words = Teller(old=loads(without), new=loads(DRAFTED), language=Language.ENGLISH)
    assert words.what(change) == "stage `asked`: draft of the legal form added"
    assert words.after(change) == "{en: Water}"
