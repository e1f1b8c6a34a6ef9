"""The report of the values at which recommendations tip."""

from __future__ import annotations

from dataclasses import replace

from escalation.documents.charts.bars import Bars
from escalation.documents.report.model import Chart
from escalation.documents.report.verbs import Flip, flip_report
from tests.documents.report.test_verbs import HEADED, kinds, rows


def test_tipping_values_stand_beside_those_of_the_policy() -> None:
    flip = Flip(
        region="Kota Bekasi",
        label="Target",
        unit="percent",
        present=70.0,
        tips_at=69.9961,
        tips="69.9961 % (less)",
        change=0.0039,
        then="hold",
    )
    report = flip_report(HEADED, (flip,), said=("Kota Bekasi, 2021-W36: escalate",))
    assert rows(report)[0] == (("Kota Bekasi", "Target", "70 %", "69.9961 % (less)", "hold"),)
    assert report.sections[0].paragraphs == ("Kota Bekasi, 2021-W36: escalate",)
    assert kinds(report) == [Bars]


def test_what_is_no_change_of_policy_stands_in_the_table_and_is_not_drawn() -> None:
    near = Flip(
        region="Kota Bekasi",
        label="Beds",
        unit="",
        present=9.0,
        tips_at=10.0,
        tips="10 (more)",
        change=0.1,
        then="hold",
    )
    idle = replace(near, label="Level", tips="anything less than 2", change=0.0, is_idle=True)
    report = flip_report(HEADED, (near, idle))
    assert [row[1] for row in rows(report)[0]] == ["Beds", "Level"]
    (drawing,) = [part.drawing for part in report.sections[0].parts if isinstance(part, Chart)]
    assert isinstance(drawing, Bars)
    assert drawing.values == (("Beds: 10 (more)", 10.0),)
    assert kinds(flip_report(HEADED, (idle,))) == []


def test_without_tipping_values_this_is_said() -> None:
    report = flip_report(HEADED, ())
    assert report.sections[0].paragraphs == ("No single number changes it within its range.",)
    assert rows(report) == []
