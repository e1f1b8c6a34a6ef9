"""What is not 0 is nowhere printed as 0."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from escalation.documents.report import spread
from escalation.documents.report.scored import score_rows
from escalation.policy.values import Language
from escalation.policy.wording import rounded
from escalation.reports import outcomes
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outcomes import Kind
from escalation.whatif.outlook import outlook
from escalation.whatif.scores import score
from tests.whatif.test_hindcast import CALLED, START, data, forecast
from tests.whatif.test_hindcast import POLICY as PAST_POLICY
from tests.whatif.test_outlook import COURSES

ENGLISH, INDONESIAN = Language
DRAWS = 500


@pytest.mark.parametrize("value", [0.049, 1e-9, -1e-9, -0.049])
@pytest.mark.parametrize("decimals", [1, 2, 3])
def test_what_is_not_0_is_not_printed_as_0(value: float, decimals: int) -> None:
    printed = rounded(value / 10 ** (decimals - 1), ENGLISH, decimals=decimals)
    assert printed == ("<" if value > 0 else ">-") + f"{10**-decimals:.{decimals}f}"


@pytest.mark.parametrize("kind", [Kind.WEEKS, Kind.CHANGES, Kind.UNDONE, Kind.UNDETERMINED])
def test_a_small_mean_of_an_outcome_is_told_apart_from_none(kind: Kind) -> None:
    assert outcomes.shown(kind, 0.004, START, INDONESIAN) == "<0,1"
    assert outcomes.shown(kind, 0.0, START, ENGLISH) == "0.0"


def test_a_forecast_tells_a_stage_of_few_draws_apart_from_one_of_none() -> None:
    found = outlook(COURSES["followed"], Draws(seed=2, count=DRAWS))
    counts = np.zeros_like(found.weeks_in)
    counts[..., 0], counts[0, 2, :2] = DRAWS, (DRAWS - 1, 1)
    _, none, few, *_ = spread.rows(replace(found, weeks_in=counts), 0, ("a", "b", "c"), ENGLISH)
    assert (none[1], few[1]) == ("0.0", "<0.1")


def test_a_forecast_that_is_nearly_perfect_is_not_scored_as_perfect() -> None:
    found = replace(score([forecast(data())], CALLED), brier=0.0003, unchanged=0.0)
    ((*_, nearly, perfect, _, _, _),) = score_rows(PAST_POLICY, [found], ENGLISH)
    assert (nearly, perfect) == ("<0.001", "0.000")
