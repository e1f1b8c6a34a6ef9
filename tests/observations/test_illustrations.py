"""Made-up rows: how they say so, and which evaluations rest on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from escalation.observations import read
from escalation.observations.illustrations import is_illustration, rests_on_illustration
from escalation.periods import Week
from escalation.policy.load import loads

POLICY = """
language: 1
name: reservoir
calendar: iso-week
metrics: {storage: {unit: percent, kind: level}}
triggers: {dry: {when: {metric: storage, below: 40}, missing: unknown, source: assumption}}
stages: [{name: normal}, {name: drought}]
moves: [{name: up, from: normal, to: drought, trigger: dry}]
"""
ROWS = """\
region,week,as_of,storage,source
North,2021-W30,2021-08-01,41,service
North,2021-W31,2021-08-09,39,"Illustration, not data"
South,2021-W30,2021-08-01,39,service: no illustration
"""


def test_a_source_that_begins_with_the_word_is_one_of_a_made_up_row() -> None:
    made_up = ["illustration", "illustration, not data", "ILUSTRASI"]
    assert [is_illustration(one) for one in (*made_up, "press, with an illustration", "")] == [
        *[True] * len(made_up),
        False,
        False,
    ]


def test_an_evaluation_rests_on_the_made_up_rows_of_its_region_up_to_its_week(tmp_path: Path) -> None:
    policy, file = loads(POLICY), tmp_path / "observations.csv"
    file.write_text(ROWS, encoding="utf-8")
    observations = read(file, policy)

    def rests(region: str, week: str, as_of: date | None = None) -> bool:
        number = Week.parse(week, policy.calendar).number
        return rests_on_illustration(observations, region, week=number, as_of=as_of)

    assert rests("North", "2021-W31")
    assert rests("North", "2021-W40")
    assert not rests("North", "2021-W30")
    assert not rests("North", "2021-W31", date(2021, 8, 8))
    assert not rests("South", "2021-W40")
