"""Scales of residuals and drives: there and back, the other way round, and never out of bounds."""

from __future__ import annotations

import numpy as np
import pytest

from escalation.policy.metrics import Kind
from escalation.whatif.forecasts.drive import carry_on, drive, driven_by
from escalation.whatif.forecasts.scale import Odds, Ratios, Scale, Steps, scale_of
from tests.whatif.families import levels, past_of, uptake

SCALES: dict[str, Scale] = {
    "above a bound": Ratios(bound=2.0, sign=1.0, floor=0.5),
    "below a bound": Ratios(bound=9.0, sign=-1.0, floor=0.5),
    "between two": Odds(low=2.0, high=9.0, floor=0.5),
    "without bounds": Steps(unit=np.array([4.0, 2.0])),
}
LEVEL, VALUE, ROW = np.array([[3.0], [8.0]]), np.array([[5.0, 2.0], [8.5, 9.0]]), np.array([0, 1])


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_a_residual_leads_from_its_level_to_its_value(scale: Scale) -> None:
    residuals = scale.between(LEVEL, VALUE, ROW)
    for row in ROW:
        assert scale.apply(LEVEL[row], residuals[row], row) == pytest.approx(VALUE[row])


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_a_reversed_residual_leads_back(scale: Scale) -> None:
    reversed_ = scale.reverse(scale.between(LEVEL, VALUE, ROW))
    for row in ROW:
        assert scale.apply(VALUE[row], reversed_[row], row) == pytest.approx([LEVEL[row, 0]] * 2)


@pytest.mark.parametrize("residual", [0.0, 1e-300, 0.3, 7.0, 1e150])
def test_no_residual_leads_out_of_bounds(residual: float) -> None:
    for level in (2.0, 2.1, 5.0, 9.0):
        between = SCALES["between two"].apply(np.array([level]), np.array([residual]), 0)
        assert (between >= 2).all()
        assert (between <= 9).all()
        assert (SCALES["above a bound"].apply(np.array([level]), np.array([residual]), 0) >= 2).all()
        assert (SCALES["below a bound"].apply(np.array([level]), np.array([residual]), 0) <= 9).all()


def test_regions_lend_each_other_steps_in_units_of_their_own_changes() -> None:
    past = past_of(np.array([[0.0, 1, 0, 1], [0, 10, 0, 10]]), kind=Kind.LEVEL)
    scale = scale_of(drive(past))
    residual = scale.between(np.array([[0.0], [0.0]]), np.array([[1.0], [10.0]]), ROW)
    assert residual.tolist() == [[1], [1]]
    assert scale.apply(np.array([5.0]), residual[0], 1).tolist() == [15]


def test_the_scale_is_that_of_the_bounds() -> None:
    values = levels(1).values
    bounds: list[dict[str, float]] = [{"low": 0}, {"high": 1e6}, {"low": 0, "high": 1e6}, {}]
    scales = [scale_of(drive(past_of(values, kind=Kind.FLOW, bounds=one))) for one in bounds]
    assert [type(one) for one in scales] == [Ratios, Ratios, Odds, Steps]


def test_the_drive_of_a_count_is_the_share_of_those_not_yet_reached() -> None:
    past = past_of(np.array([[0.0, 10, 55, 50, np.nan, 60]]), np.array([100.0]))
    assert drive(past).values[0, :3].tolist() == [0.1, 0.5, 0]
    assert np.isnan(drive(past).values[0, 3:]).all()


def test_the_drive_of_a_count_without_population_is_its_gain() -> None:
    assert drive(past_of(np.array([[0.0, 10, 55, 50]]))).values.tolist() == [[10, 45, 0]]


def test_nobody_is_left_where_a_count_has_reached_its_population() -> None:
    assert np.isnan(drive(past_of(np.array([[100.0, 100, 101]]), np.array([100.0]))).values).all()


def test_a_drive_leads_to_the_figures_and_back() -> None:
    past = uptake("noise", 1)
    shares = np.array([[0.1, 0.0, 0.5, 1.0], [0.2, 0.3, 0.0, 0.1]])
    assert driven_by(past, 0, carry_on(past, 0, shares)) == pytest.approx(shares)
    counted = past_of(np.array([[0.0, 10, 55]]))
    assert carry_on(counted, 0, np.array([[5.0, 0, 7]])).tolist() == [[60, 60, 67]]
    assert driven_by(counted, 0, np.array([[60.0, 60, 67]])).tolist() == [[5, 0, 7]]
