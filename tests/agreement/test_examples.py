"""The examples of the exact analysis, pasted into a file of cases, are what `escalation test` finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.cases.load import loads
from escalation.cases.run import play
from escalation.checks.exact import analyse
from escalation.checks.exact.paste import pasted
from escalation.evaluation.ladder import Ladder
from escalation.policy.load import load


@pytest.mark.parametrize("name", ["bekasi-vaccination", "us-community-levels"])
def test_the_earliest_weeks_of_stages_and_moves_pass_as_cases(project: Path, name: str) -> None:
    policy = load(project / "policies" / name / "policy.yaml")
    ladder = Ladder(policy)
    analysis = analyse(policy)
    found = [(f"{one.stage} is reached", one.witness) for one in analysis.stages]
    found += [(f"{one.move} is recommended", one.witness) for one in analysis.moves]
    entries = [pasted(ladder, witness, name) for name, witness in found if witness is not None]
    cases = loads("policy: policy.yaml\ncases:\n" + "".join(entries), policy).cases
    assert len(cases) >= len(policy.moves)
    assert [(one.case.name, one.differences) for one in (play(ladder, case) for case in cases) if one.differences] == []
