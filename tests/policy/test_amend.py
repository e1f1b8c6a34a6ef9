"""Amendments of parameters."""

from __future__ import annotations

import timeit
from datetime import date
from pathlib import Path

import pytest

from escalation.errors import RequestError
from escalation.policy.amend import Amendment, Does, amend, attempt
from escalation.policy.conditions import Comparison, walk
from escalation.policy.load import load, loads
from escalation.policy.metrics import Bands
from escalation.policy.model import Policy

POLICY = loads("""
language: 1
name: reservoir
calendar: iso-week
sources: {decree: {title: "Decree 4/2021"}}
parameters:
  low: {unit: percent, value: 40, range: [10, 90], source: decree, note: "the decree says 40"}
  limit: {dated: [{from: 2020-01-01, value: 7, source: decree}, {from: 2021-01-01, value: 10, source: decree}]}
metrics: {storage: {unit: percent, kind: level}}
triggers: {dry: {when: {metric: storage, below: low}, missing: unknown, source: assumption}}
stages: [{name: normal}, {name: drought}]
moves: [{name: to-drought, from: normal, to: drought, trigger: dry}]
""")


def test_an_amended_number_is_the_questions_and_no_longer_its_sources_nor_the_files_assumption() -> None:
    amended = amend(POLICY, {"low": 30})
    assert amended.parameters["low"].value == 30
    assert amended.parameters["low"].source == ("--set",)
    assert amended.parameters["low"].note is None
    assert POLICY.parameters["low"].value == 40


def test_an_amendment_stands_for_all_dates_of_a_dated_parameter() -> None:
    amended = amend(POLICY, {"limit": 8})
    assert amended.parameters["limit"].on(date(2020, 6, 1)) == amended.parameters["limit"].on(date(2022, 6, 1)) == 8


def test_an_amended_policy_has_a_digest_of_its_own() -> None:
    digests = {POLICY.digest, amend(POLICY, {"low": 30}).digest, amend(POLICY, {"low": 31}).digest}
    assert len(digests) == 3
    assert amend(POLICY, {"low": 30}).digest == amend(POLICY, {"low": 30}).digest


@pytest.mark.parametrize("value", [9.99, 90.01])
def test_a_value_outside_the_range_is_refused(value: float) -> None:
    with pytest.raises(RequestError, match="outside the range"):
        amend(POLICY, {"low": value})


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(RequestError, match="`high` is not a parameter"):
        amend(POLICY, {"high": 4})


ROOT = Path(__file__).resolve().parent.parent.parent
LADDER = loads("""
language: 1
name: ladder
calendar: iso-week
sources: {decree: {title: "Decree 4/2021"}}
parameters:
  low: {unit: percent, value: 40, range: [10, 90], source: decree}
  limit: {range: [0, 20], dated: [{from: 2020-01-01, value: 7}, {from: 2021-01-01, value: 10, source: decree}]}
metrics:
  storage: {unit: percent, kind: level, max_age: 1 week, source: decree, note: "kept for a week"}
  inflow: {kind: flow}
  before: {lag: {of: inflow, by: 1 week}}
  band: {bands: {of: inflow, rows: [{below: 10, value: 1}, {otherwise: 2}]}}
  ready: {kind: judgement, by: board}
triggers:
  dry:
    when: {all: [{metric: storage, below: low}, {metric: inflow, below: 5, at_least: 1}, {judgement: ready, is: yes}]}
    for: 2 weeks
    missing: unknown
    source: decree
  worse: {when: {any: [{metric: storage, below: 20}, {metric: storage, above: 95}]}, missing: unknown}
stages: [{name: normal}, {name: drought}, {name: crisis}]
moves:
  - {name: to-drought, from: normal, to: drought, trigger: dry, after: 2 weeks, source: decree, note: "by decree"}
  - {name: to-crisis, from: drought, to: crisis, trigger: worse, requires: ready}
  - {name: back, from: any, to: normal, trigger: worse, valid: {from: 2021-09-20}}
locks:
  - {not_above: drought, until: 2021-07-20, source: decree}
  - {not_below: drought, from: 2021-08-01, source: decree}
""")
EXTRA = {"name": "leap", "from": "normal", "to": "crisis", "trigger": "worse"}


def added(**keys: object) -> Amendment:
    return Amendment(does=Does.ADD, path="moves", value=EXTRA | keys)


def dropped(path: str) -> Amendment:
    return Amendment(does=Does.DROP, path=path)


def ordered(*names: str) -> Amendment:
    return Amendment(does=Does.ORDER, path="moves", value=list(names))


def misfits(*amendments: Amendment) -> list[str]:
    found = attempt(LADDER, amendments)
    assert not isinstance(found, Policy)
    return [f"{one.at}: {one.message}" + (f"; {one.help}" if one.help else "") for one in found]


def setting(path: str, value: object) -> list[str]:
    return misfits(Amendment(path=path, value=value))


@pytest.mark.parametrize("value", [8, "8 weeks"])
def test_weeks_may_be_amended_by_their_number_alone(value: object) -> None:
    assert amend(LADDER, {"moves.to-drought.after": value}).moves[0].after == 8


def test_every_scalar_of_an_entry_is_reached_by_its_path() -> None:
    amended = amend(
        LADDER,
        {
            "triggers.dry.for": 3,
            "triggers.dry.missing": "hold",
            "metrics.storage.max_age": "always",
            "metrics.before.lag.by": 2,
            "metrics.band.bands.rows.1.below": 12,
            "moves.to-crisis.valid.until": "2021-12-31",
            "parameters.limit.dated.2.value": 9,
            "locks.2.from": "2021-09-01",
        },
    )
    assert (amended.triggers["dry"].for_, amended.triggers["dry"].missing) == (3, "hold")
    assert amended.inputs["storage"].max_age is None
    assert amended.metrics["before"].model_dump()["lag"]["by"] == 2
    assert isinstance(band := amended.metrics["band"], Bands)
    assert band.bands.rows[0].below == 12
    assert (valid := amended.moves[1].valid) is not None
    assert valid.until == date(2021, 12, 31)
    assert amended.parameters["limit"].on(date(2020, 6, 1)) == 7
    assert amended.parameters["limit"].sources_on(date(2022, 1, 1)) == ("--set",)
    assert amended.locks[1].from_ == date(2021, 9, 1)


@pytest.mark.parametrize(
    "path",
    [
        "triggers.dry.storage",
        "triggers.dry.when.storage",
        "triggers.dry.storage.below",
        "triggers.dry.when.all.1.below",
    ],
)
def test_a_threshold_is_named_by_its_metric_or_by_its_place(path: str) -> None:
    amended = amend(LADDER, {path: 35})
    assert amended.digest == amend(LADDER, {"triggers.dry.storage": 35}).digest
    assert "below=35.0" in str(amended.triggers["dry"].when)
    assert amended.triggers["dry"].source == ("--set",)


def test_entries_that_are_not_amended_keep_their_sources_and_the_policy_stays_as_it_is() -> None:
    amended = amend(LADDER, {"moves.to-drought.after": 8, "metrics.storage.max_age": 2})
    assert (amended.moves[0].source, amended.moves[0].note) == (("--set",), None)
    assert (amended.inputs["storage"].source, amended.inputs["storage"].note) == (("--set",), None)
    assert amended.triggers["dry"].source == amended.locks[0].source == ("decree",)
    assert LADDER.moves[0].after == 2
    assert LADDER.moves[0].source == ("decree",)


def test_amendments_stack_and_those_made_before_stay_marked() -> None:
    once = amend(LADDER, {"low": 30})
    twice = amend(once, {"moves.to-drought.after": 8})
    assert (twice.parameters["low"].value, twice.parameters["low"].source) == (30, ("--set",))
    assert (twice.moves[0].after, twice.moves[0].source) == (8, ("--set",))
    assert twice.digest not in (once.digest, amend(LADDER, {"moves.to-drought.after": 8}).digest)


def test_moves_and_locks_are_dropped_added_and_put_in_order() -> None:
    amended = amend(
        LADDER, [dropped("moves.to-crisis"), dropped("locks.1"), added(), ordered("leap", "back", "to-drought")]
    )
    assert [move.name for move in amended.moves] == ["leap", "back", "to-drought"]
    assert [move.source for move in amended.moves] == [("--set",), None, ("decree",)]
    assert [lock.not_below for lock in amended.locks] == ["drought"]
    assert str(amended.source.place(("moves", 2, "after"))) == str(LADDER.source.place(("moves", 0, "after")))
    assert str(amended.source.place(("locks", 0, "from"))) == str(LADDER.source.place(("locks", 1, "from")))


def test_a_key_is_dropped_with_what_it_asks() -> None:
    amended = amend(
        LADDER,
        [dropped("moves.to-crisis.requires"), dropped("triggers.dry.when.all.3"), dropped("triggers.dry.when.all.2")],
    )
    assert amended.moves[1].requires is None
    assert [leaf.metric for _, leaf in walk(amended.triggers["dry"].when, ()) if isinstance(leaf, Comparison)] == [
        "storage"
    ]


def test_a_move_may_be_replaced_by_another_of_its_name() -> None:
    amended = amend(LADDER, [dropped("moves.to-crisis"), added(name="to-crisis", after="9 weeks")])
    assert [(move.name, move.after) for move in amended.moves][-1] == ("to-crisis", 9)


def test_the_digest_does_not_depend_on_how_the_same_changes_are_written() -> None:
    one = amend(LADDER, {"low": 30, "moves.to-drought.after": 8})
    other = amend(LADDER, {"moves.to-drought.after": "8 weeks", "parameters.low.value": 30.0})
    assert one.digest == other.digest
    assert (
        amend(LADDER, [added(name="a"), added(name="b")]).digest
        != amend(LADDER, [added(name="b"), added(name="a")]).digest
    )
    assert amend(LADDER, {}) is LADDER


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("hgih", 3, ("0: `hgih` is not a parameter of this policy; the parameters are: low, limit; "
         "anything else is named by its path, as `moves.to-drought.after`")),
        ("move.to-drought.after", 3, "0: `move` is not a part of a policy that can be amended; did you mean `moves`?"),
        ("moves.to-drougth.after", 3, "0: `to-drougth` is not a move of this policy; did you mean `to-drought`?"),
        ("moves.to-drought", 3, ("0: `moves.to-drought` is a whole move; name what of it is amended: "
         "`moves.to-drought.from`, `moves.to-drought.to`, `moves.to-drought.trigger`, `moves.to-drought.after`")),
        ("moves.to-drought.aftr", 3, "0: `aftr` is not a key here; did you mean `after`?"),
        ("moves.to-drought.after", "soon", ("0: `after` must be a number of weeks, not the text `soon`; "
         "write it as `2 weeks`")),
        ("moves.to-drought.after.most", 3, "0: `moves.to-drought.after` is a figure of its own, without a part `most`"),
        ("moves.to-drought.to", "crises", "0: `crises` is not a stage of this policy; did you mean `crisis`?"),
        ("moves.to-drought.name", "up", "0: `name` decides nothing, and is not amended; leave the amendment out"),
        ("moves.to-drought.after", None, "0: `moves.to-drought.after` is given no value; give one, or drop it"),
        ("triggers.dry.missing", "wait", ("0: `missing` must be `unknown`, `hold` or `break`, not the text `wait`; "
         "it says: what a week without data does to the streak: `unknown` leaves it open, `hold` passes over the week, "
         "`break` ends the streak")),
        ("triggers.dry.before", 3, "0: `dry` does not compare `before`; it compares `storage`, `inflow`"),
        ("triggers.dry.inflow", 3, ("0: `dry` compares `inflow` otherwise; "
         "write `triggers.dry.inflow.at_least`, `triggers.dry.inflow.below`")),
        ("triggers.dry.storage.above", 3, "0: `dry` compares `storage` otherwise; write `triggers.dry.storage.below`"),
        ("triggers.worse.storage", 3, ("0: `worse` compares `storage` in 2 places; "
         "name one of them: `triggers.worse.when.any.1`, `triggers.worse.when.any.2`")),
        ("triggers.dry.when.all.4.below", 3, ("0: `4` is not the number of an entry of `all`; "
         "the entries are numbered from 1 to 3")),
        ("locks.3.until", "2021-01-01", ("0: `3` is not the number of an entry of `locks`; "
         "the entries are numbered from 1 to 2")),
        ("parameters.low.range", 3, "0: the `range` of a parameter cannot be amended; amend its value within it"),
        ("parameters.limit.dated.1.value", 30, "0: 30 is outside the range of `limit`, 0 to 20"),
        ("low", "much", ("0: `value` must be a number, not the text `much`; "
         "write plain digits, with a dot for decimals and without a unit: 70, 55.58, 2016006")),
        ("calendar", "epi-week", ("0: `calendar` is not a parameter of this policy; the parameters are: low, limit; "
         "anything else is named by its path, as `moves.to-drought.after`")),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_says_what_could_be_written(path: str, value: object, found: str) -> None:
    assert setting(path, value) == [found]


def test_what_is_dropped_added_or_put_in_order_wrongly_is_told() -> None:
    assert misfits(dropped("triggers.dry")) == [
        "0: `triggers.dry` cannot be dropped; whole moves and locks can, and keys of other entries"
    ]
    assert misfits(dropped("moves.back.after")) == [
        "0: `moves.back.after` is not in the policy; leave the amendment out"
    ]
    assert misfits(dropped("triggers.dry.missing"))[0].startswith("0: `missing` is missing")
    assert misfits(ordered("back", "to-drought")) == [
        "0: the order does not name every move once; the moves are: to-drought, to-crisis, back"
    ]
    assert misfits(Amendment(does=Does.ADD, path="stages", value={})) == [
        "0: nothing is added to `stages`; known here: `moves`, `locks`"
    ]
    assert misfits(Amendment(does=Does.ADD, path="moves", value="leap"))[0].startswith("0: what is added to `moves` is")


def test_a_mistake_in_what_is_added_is_told_of_the_amendment_that_adds_it() -> None:
    found = misfits(dropped("moves.to-drought"), added(), added(name="leap2", trigger="dri"), added(name="back"))
    assert found == [
        "2: `dri` is not a trigger of this policy; did you mean `dry`?",
        "3: the move `back` is given twice; choose another name",
    ]


def test_two_amendments_of_one_thing_are_refused_and_both_are_named() -> None:
    after = Amendment(path="moves.to-drought.after", value=8)
    assert misfits(after, Amendment(path="moves.to-drought.after", value=9)) == [
        "1: `moves.to-drought.after=9` changes the same as `moves.to-drought.after=8`; keep one of the two"
    ]
    assert misfits(after, dropped("moves.to-drought")) == [
        "1: `drop moves.to-drought` drops what is changed by `moves.to-drought.after=8`; keep one of the two"
    ]
    assert len(misfits(Amendment(path="low", value=30), Amendment(path="parameters.low.value", value=31))) == 1
    assert (
        len(misfits(Amendment(path="limit", value=3), Amendment(path="parameters.limit.dated.1.value", value=4))) == 1
    )
    assert len(misfits(ordered("back", "to-crisis", "to-drought"), ordered("to-drought", "to-crisis", "back"))) == 1


def test_amending_a_shipped_policy_costs_a_few_milliseconds_at_most() -> None:
    bekasi = load(ROOT / "policies" / "bekasi-vaccination")
    amend(bekasi, {"slow_gain": 3})
    assert min(timeit.repeat(lambda: amend(bekasi, {"moves.to-perwal.after": 8}), number=1, repeat=5)) < 0.02
