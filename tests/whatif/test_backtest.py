"""Back-tests count what a reader would count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from escalation.cli import main
from escalation.errors import RequestError
from escalation.observations import tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.whatif.arrays.panel import panel
from escalation.whatif.backtest import Backtest, Differing, Moves, backtest
from escalation.whatif.retraced import Retraced

POLICY = loads("""
language: 1
name: follows
calendar: iso-week
metrics: {x: {kind: level}}
triggers:
  up: {when: {metric: x, above: 1}, missing: hold}
  down: {when: {metric: x, at_most: 1}, missing: hold}
stages: [{name: mild}, {name: strict}]
moves:
  - {name: to-strict, from: mild, to: strict, trigger: up}
  - {name: to-mild, from: strict, to: mild, trigger: down}
""")
START = Week.parse("2021-W01", POLICY.calendar).number
ROOT = Path(__file__).resolve().parent.parent.parent
LEVELS = ROOT.parent / "shared" / "data" / "us-community-levels-new-jersey.csv"


def compared(policy: str, record: str, *, miss_weight: float = 1.0) -> Backtest:
    """Compare stages week by week: `s` for strict, `m` for mild, `.` for nothing on record."""
    figures = [("R", START + week, "x", 2.0 if one == "s" else 0.0) for week, one in enumerate(policy)]
    names = {"s": "strict", "m": "mild"}
    stages = [StageInForce(stage=names[one], since=START + week) for week, one in enumerate(record) if one != "."]
    observations = tabulate(POLICY.calendar, figures)
    found = backtest(panel(POLICY, observations), {"R": tuple(stages)}, observations, miss_weight=miss_weight)
    assert found.retraced == Retraced(1, ())
    return found


def test_a_policy_that_gives_what_was_in_force_agrees_everywhere() -> None:
    found = compared("mmssmm", "mmssmm")
    assert (found.agree, found.weeks) == (6, 6)
    assert (found.baseline_agree, found.baseline_weeks) == (3, 5)
    assert (found.loss, found.baseline_loss) == (0, 2)
    assert (found.escalations, found.same_week, found.missed, found.false_alarms) == (1, 1, 0, 0)
    assert found.leads == {0: 1}
    assert found.policy_moves == found.record_moves == Moves(changes=2, flips=1)
    assert found.differing == ()


def test_what_is_too_mild_is_weighed() -> None:
    found = compared("mmmmss", "mmssmm", miss_weight=3)
    assert (found.agree, found.stricter, found.milder) == (2, 2, 2)
    assert found.loss == 2 + 3 * 2
    assert found.leads == {-2: 1}
    assert found.differing[0] == Differing("R", START + 2, "mild", "strict")


def test_the_loss_is_over_the_weeks_that_the_baseline_has_too() -> None:
    found = compared("ssmm", "mmmm")
    assert (found.stricter, found.loss, found.baseline_loss) == (2, 1, 0)


def test_the_stages_of_a_region_stand_week_by_week() -> None:
    (region,) = compared("mssm", ".mss").regions
    start = START - region.first
    assert region.given[start:] == (None, 1, 1, 0)
    assert region.held[start:] == (None, 0, 1, 1)
    assert (region.weeks, region.agree, region.baseline_weeks, region.baseline_agree) == (3, 1, 2, 1)
    assert (region.escalations, region.alarms, region.leads, region.missed) == (1, 0, (1,), 0)


def test_an_escalation_that_is_given_earlier_has_a_lead() -> None:
    assert compared("msssss", "mmmsss").leads == {2: 1}


def test_an_escalation_that_is_never_given_is_missed() -> None:
    found = compared("mmmmmm", "mmmsss")
    assert (found.escalations, found.missed, found.leads) == (1, 1, {})


def test_an_escalation_that_nobody_made_is_a_false_alarm() -> None:
    found = compared("mmsmmm", "mmmmmm")
    assert (found.escalations, found.false_alarms) == (0, 1)


def test_weeks_before_the_record_do_not_count() -> None:
    found = compared("ssmmmm", "...mmm")
    assert (found.weeks, found.baseline_weeks) == (3, 2)


def test_without_a_record_in_the_weeks_of_the_data_nothing_is_compared() -> None:
    with pytest.raises(RequestError, match="no stage is on record"):
        compared("mmm", "...")


def test_weeks_in_which_the_policy_cannot_say_are_counted_beside_the_agreement() -> None:
    policy = loads(RESERVOIR)
    storage = [60.0, None, 30.0, None]
    observations = tabulate(policy.calendar, [("R", START + week, "storage", one) for week, one in enumerate(storage)])
    record = (StageInForce(stage="normal", since=START),)
    found = backtest(panel(policy, observations), {"R": record}, observations)
    assert (found.weeks, found.agree, found.undetermined, found.undetermined_agree) == (4, 2, 1, 1)
    assert found.undetermined_weeks == (Differing("R", START + 1, "normal", "normal", is_undetermined=True),)
    assert [one.is_undetermined for one in found.differing] == [False, False]
    (region,) = found.regions
    assert region.undetermined == 1


def test_text_and_rows_tell_agreement_and_what_cannot_be_said_apart(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    rows = ("60,normal", ",normal", "60,normal", ",normal")
    weeks = "".join(f"A,2021-W0{week},{row}\n" for week, row in enumerate(rows, start=1))
    data.write_text(f"region,week,storage,stage\n{weeks}", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(RESERVOIR, encoding="utf-8")

    def printed(*options: str) -> str:
        given = ("--observations", str(data), "--recorded", "stage", *options)
        return CliRunner().invoke(main, ["backtest", str(tmp_path), *given]).stdout

    text = printed()
    assert "4 of 4 region-weeks (100.0 %)    2 of 4 region-weeks (50.0 %)" in text
    assert "agrees with the stage on record, in the weeks in which it can say       2 of 2 region-weeks" in text
    assert "tidak pasti menurut kebijakan" in printed("--lang", "id")
    assert printed("--format", "csv").splitlines()[1:] == [
        "policy,A,2021-W02,normal,normal,True",
        "policy,A,2021-W04,normal,normal,True",
    ]


@pytest.mark.skipif(not LEVELS.is_file(), reason="the published levels are not part of the project")
def test_the_published_levels_of_new_jersey_agree_beside_the_baseline() -> None:
    folder = ROOT / "policies" / "us-community-levels"
    given = (
        "--observations",
        str(LEVELS),
        "--map",
        str(folder / "new-jersey.map.yaml"),
        "--recorded",
        "published_level",
    )
    result = CliRunner().invoke(main, ["backtest", str(folder), *given, "--set", "triggers.high.for=2"])
    assert result.exit_code == 0
    assert "1,344 of 1,344 region-weeks (100.0 %)" in result.stdout
    assert "1,072 of 1,323 region-weeks (81.03 %)" in result.stdout
    assert "251 (On record: 251)" in result.stdout
    assert "214 (On record: 251)" in result.stdout


@pytest.mark.parametrize("form", ["json", "csv"])
def test_machines_get_every_differing_week(form: str, tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("region,week,storage,stage\nA,2021-W01,60,normal\nA,2021-W02,60,drought\n", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(RESERVOIR, encoding="utf-8")
    result = CliRunner().invoke(
        main, ["backtest", str(tmp_path), "--observations", str(data), "--recorded", "stage", "--format", form]
    )
    assert result.exit_code == 0, result.stderr
    assert "2021-W02" in result.stdout
    assert ("2021-W01" in result.stdout) is (form == "json")  # as the first of the weeks compared


RESERVOIR = """
language: 1
name: reservoir
calendar: iso-week
metrics: {storage: {unit: percent, kind: level}}
triggers: {dry: {when: {metric: storage, below: 40}, missing: unknown, source: assumption}}
stages: [{name: normal}, {name: drought}]
moves: [{name: to-drought, from: normal, to: drought, trigger: dry}]
"""
