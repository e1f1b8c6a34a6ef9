"""Metrics: what is observed every week, and what is computed from it, one operation each."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, Tag, WithJsonSchema, model_validator

from escalation.policy.conditions import Limits, by_head
from escalation.policy.values import (
    TAG,
    Age,
    Day,
    Document,
    Line,
    Name,
    Names,
    Number,
    Operand,
    PositiveNumber,
    Weeks,
    Wording,
    fault,
)

PERCENT = "percent"
PERCENTAGE_POINTS = "percentage points"
UNSPECIFIED = "unspecified"


class Kind(StrEnum):
    """What sort of number an input metric is."""

    CUMULATIVE = "cumulative"
    FLOW = "flow"
    LEVEL = "level"
    ATTRIBUTE = "attribute"
    JUDGEMENT = "judgement"


def _range(raw: object) -> object:
    if not isinstance(raw, tuple) or len(raw) != 2:  # noqa: PLR2004 - a range has two ends
        raise fault("range")
    return raw


Range = Annotated[
    tuple[Number | None, Number | None],
    BeforeValidator(_range),
    WithJsonSchema({"type": "array", "prefixItems": [{"type": ["number", "null"]}] * 2, "minItems": 2, "maxItems": 2}),
]


class Ranged(Document):
    """What has a unit, a range and a note."""

    unit: Line | None = Field(default=None, description="The unit shown to people; `percent` goes from 0 to 100.")
    range: Range | None = Field(
        default=None, description="The lowest and highest possible value, `null` for none; others are data findings."
    )
    title: Wording | None = Field(default=None, description="The name shown to people.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")

    is_unbounded: ClassVar[bool] = False
    """Whether a percentage may lie below 0 or above 100: what is computed by adding, or by a line drawn on."""

    @model_validator(mode="after")
    def _range_goes_up(self) -> Self:
        low, high = self.range or (None, None)
        if low is not None and high is not None and low > high:
            raise fault("range_order", "range", low=low, high=high)
        return self

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The range in force: what the file says, and 0 to 100 for a percentage of which it says nothing."""
        if self.range is not None:
            return self.range
        return (0.0, 100.0) if self.unit == PERCENT and not self.is_unbounded else (None, None)


class Measured(Ranged):
    """What all metrics share."""

    decimals: int | None = Field(
        default=None, ge=0, le=9, description="Round half up to so many places before comparing."
    )
    source: Names | None = Field(default=None, description="Where the definition comes from.")


class Reported(Document):
    """Only a rounded figure exists: the true value lies somewhere in the interval that rounds to it."""

    step: PositiveNumber = Field(description="The step of the rounding: 1 for whole numbers, 0.1 for one decimal.")
    how: Literal["down", "nearest", "up"] = Field(
        description="How the publisher rounds: `down` cuts off, `up` goes to the next step, `nearest` either way."
    )


class InputMetric(Measured):
    """A metric that is observed."""

    kind: Kind = Field(
        strict=False,
        description="What sort of number it is: `cumulative` (a count that never falls), `flow` (so many in the week), "
        "`level` (so many at its end), `attribute` (one value per region) or `judgement` (yes or no by a role).",
    )
    max_age: Age = Field(
        default=0, description="How long an observation stays usable: `0 weeks` without it, `N weeks` or `always`."
    )
    basis: Names | None = Field(
        default=None,
        description="The counting basis, or a list of those accepted; data with another one are refused. "
        "`unspecified` accepts data that state none.",
    )
    group: Name | None = Field(
        default=None, description="The region attribute that names the group for which the metric is reported."
    )
    by: Name | None = Field(default=None, description="The role that judges, for a judgement.")
    reported: Reported | None = Field(default=None, description="Set where only a rounded figure exists.")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        judgement = self.kind is Kind.JUDGEMENT
        if judgement and self.by is None:
            raise fault("judgement_role")
        if not judgement and self.by is not None:
            raise fault("only_judgement", "by")
        for key in ("range", "decimals", "reported"):
            if judgement and getattr(self, key) is not None:
                raise fault("judgement_number", key, unwanted=key)
        return self

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The range in force: where the file says nothing, a count is at least 0, and a percentage 0 to 100."""
        found = super().bounds
        return (0.0, None) if self.range is None and self.is_count and found == (None, None) else found

    @property
    def is_count(self) -> bool:
        """Whether something is counted: so many until now, or so many in a week."""
        return self.kind in (Kind.CUMULATIVE, Kind.FLOW)

    @property
    def low(self) -> float | None:
        """The lowest possible value."""
        return self.bounds[0]

    @property
    def high(self) -> float | None:
        """The highest possible value."""
        return self.bounds[1]

    @property
    def bases(self) -> tuple[str, ...]:
        """The counting bases accepted, the proper one first; none: any."""
        return self.basis or ()


class Pair(Document):
    """A part and its whole."""

    of: Name = Field(description="The metric divided.")
    to: Name = Field(description="The metric it is divided by.")


class Scaled(Pair):
    """A rate."""

    scale: PositiveNumber = Field(description="The size of the group: 100000 for `per 100,000`.")


class Window(Document):
    """A metric over some weeks."""

    of: Name = Field(description="The metric.")
    over: Weeks = Field(ge=1, description="The weeks looked at.")


class Delay(Document):
    """A metric some weeks ago."""

    of: Name = Field(description="The metric.")
    by: Weeks = Field(ge=1, description="How many weeks ago.")


class Minus(Document):
    """A metric less another."""

    of: Name = Field(description="The metric.")
    minus: Operand = Field(description="The metric or number taken away.")


class Times(Document):
    """A metric times another."""

    of: Name = Field(description="The metric.")
    by: Operand = Field(description="The metric or number it is multiplied by.")


class Several(Document):
    """The highest or lowest of some metrics."""

    of: tuple[Name, ...] = Field(min_length=1, description="The metrics.")
    missing: Literal["ignore", "unknown"] = Field(
        default="unknown",
        description="What a metric without value does: `ignore` passes over it, `unknown` makes the result missing.",
    )


class Trend(Document):
    """A straight line through the last weeks, read at a date."""

    of: Name = Field(description="The metric.")
    by: Day = Field(description="The date at which the line is read (its week).")
    from_last: Weeks = Field(ge=2, description="The weeks through which the line is drawn, this one included.")


class Row(Limits):
    """One row of a table of bands: the limits that hold and the value they give."""

    value: Number | None = Field(default=None, description="The value of the row.")
    otherwise: Number | None = Field(default=None, description="The value where no row before holds.")

    @model_validator(mode="after")
    def _is_a_row(self) -> Self:
        bounded = self.value is not None and len(self.limits) in (1, 2) and self.otherwise is None
        last = self.otherwise is not None and self.value is None and not self.limits
        if not (bounded or last):
            raise fault("row")
        return self


class Table(Document):
    """A metric sorted into bands."""

    of: Name = Field(description="The metric.")
    rows: tuple[Row, ...] = Field(min_length=1, description="The rows; the first that holds gives the value.")

    @model_validator(mode="after")
    def _ends_with_otherwise(self) -> Self:
        for index, row in enumerate(self.rows[:-1]):
            if row.otherwise is not None:
                raise fault("otherwise", "rows", index)
        return self


class Ratio(Measured):
    """`of` divided by `to`, times 100 where the unit is percent."""

    ratio: Pair = Field(description="`of` divided by `to`, times 100 where the unit is percent.")


class Per(Measured):
    """`of` per `scale` of `to`."""

    per: Scaled = Field(description="`of` divided by `to`, times `scale`.")


class Change(Measured):
    """The value now less the value some weeks ago."""

    is_unbounded: ClassVar[bool] = True
    change: Window = Field(description="The value of this week less the value so many weeks ago.")


class Mean(Measured):
    """The mean of the last weeks."""

    mean: Window = Field(description="The mean over so many weeks, this one included.")


class Sum(Measured):
    """The sum of the last weeks."""

    is_unbounded: ClassVar[bool] = True
    sum: Window = Field(description="The sum over so many weeks, this one included.")


class Lag(Measured):
    """The value some weeks ago."""

    lag: Delay = Field(description="The value so many weeks ago.")


class Difference(Measured):
    """`of` less `minus`."""

    is_unbounded: ClassVar[bool] = True
    difference: Minus = Field(description="`of` less `minus`.")


class Product(Measured):
    """`of` times `by`."""

    is_unbounded: ClassVar[bool] = True
    product: Times = Field(description="`of` times `by`.")


class Highest(Measured):
    """The highest of several."""

    highest: Several = Field(description="The highest of several metrics.")


class Lowest(Measured):
    """The lowest of several."""

    lowest: Several = Field(description="The lowest of several metrics.")


class Projection(Measured):
    """Where a straight line through the last weeks leads."""

    is_unbounded: ClassVar[bool] = True
    projection: Trend = Field(description="The straight line through the last weeks, read in the week of a date.")


class Bands(Measured):
    """A table of bands."""

    bands: Table = Field(description="The first row that holds gives the value.")


Derived = Ratio | Per | Change | Mean | Sum | Lag | Difference | Product | Highest | Lowest | Projection | Bands
OPERATIONS = (
    "ratio", "per", "change", "mean", "sum", "lag", "difference", "product", "highest", "lowest", "projection", "bands",
)  # fmt: skip


METRIC_KEYS = ("kind", *OPERATIONS)


_TELL, _HAS_ONE = by_head(METRIC_KEYS, none="metric", two="two_metrics")
Metric = Annotated[
    Annotated[InputMetric, Tag(TAG + "kind")]
    | Annotated[Ratio, Tag(TAG + "ratio")]
    | Annotated[Per, Tag(TAG + "per")]
    | Annotated[Change, Tag(TAG + "change")]
    | Annotated[Mean, Tag(TAG + "mean")]
    | Annotated[Sum, Tag(TAG + "sum")]
    | Annotated[Lag, Tag(TAG + "lag")]
    | Annotated[Difference, Tag(TAG + "difference")]
    | Annotated[Product, Tag(TAG + "product")]
    | Annotated[Highest, Tag(TAG + "highest")]
    | Annotated[Lowest, Tag(TAG + "lowest")]
    | Annotated[Projection, Tag(TAG + "projection")]
    | Annotated[Bands, Tag(TAG + "bands")],
    _TELL,
    _HAS_ONE,
]
