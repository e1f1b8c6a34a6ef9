"""Every defect planted in a sound ladder is found, on its line, by the rule that is meant to see it."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.checks import check
from escalation.diagnostics import Diagnostic
from escalation.errors import Refused
from escalation.policy.load import loads
from tests.checks.defects import DEFECTS, SOUND, Defect

TODAY = date(2026, 1, 1)


def found_in(text: str) -> tuple[Diagnostic, ...]:
    try:
        return check(loads(text), today=TODAY)
    except Refused as refused:
        return refused.diagnostics


def test_nothing_is_found_in_the_sound_ladder() -> None:
    assert found_in(SOUND.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS)
def test_a_planted_defect_is_found_on_its_line(defect: Defect) -> None:
    found = [(one.rule, one.place.line) for one in found_in(defect.text)]
    assert (defect.rule, defect.line) in found


def test_there_are_enough_defects() -> None:
    assert len(DEFECTS) >= 40


def test_a_defect_that_changes_nothing_is_noticed() -> None:
    with pytest.raises(ValueError, match="stands 0 times"):
        _ = Defect("nothing of the kind", "", "dead-row").text
