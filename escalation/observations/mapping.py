"""The mapping: a small YAML file that says which columns of a foreign table hold what."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema
from pydantic_core import PydanticCustomError

from escalation.diagnostics import in_order
from escalation.errors import Refused
from escalation.observations.dates import Order
from escalation.observations.figures import Locale
from escalation.observations.findings import diagnose, resembling, shown
from escalation.periods import Calendar
from escalation.policy.metrics import Ratio
from escalation.policy.shape import validated
from escalation.policy.source import Route, Source, read_file
from escalation.policy.values import Document, Line, Name, YesNo

if TYPE_CHECKING:
    from escalation.diagnostics import Diagnostic
    from escalation.policy.model import Policy

SUFFIX = ".map.yaml"
MOST_NAMED = 12


class Origin(Document):
    """Where a text comes from: a column, or one text for all rows."""

    column: Line | None = Field(default=None, description="The column that holds it.")
    is_: Line | None = Field(default=None, alias="is", description="The text that all rows have.")


def _origin(raw: object) -> object:
    if isinstance(raw, str):
        return {"column": raw}
    if isinstance(raw, dict) and len(raw) == 1:
        return raw
    raise PydanticCustomError("wording", "write the name of a column, or `{is: TEXT}` for one text in all rows")


Where = Annotated[
    Origin,
    BeforeValidator(_origin),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, Origin.model_json_schema()]}),
]


class ColumnMap(Document):
    """Which columns hold what; a part that is left out is looked for under its own name."""

    region: Where | None = Field(default=None, description="The column of regions, or `{is: NAME}`.")
    week: Line | None = Field(default=None, description="The column of weeks, as 2021-W36 or as dates.")
    date: Line | None = Field(default=None, description="The column of dates, each of which stands for its week.")
    metrics: dict[Name, Line] | None = Field(
        default=None, description="The column of each metric; in a tidy table its name in the column of metrics."
    )
    attributes: dict[Name, Line] = Field(default_factory=dict, description="The column of each attribute of regions.")
    groups: dict[Name, Line] = Field(
        default_factory=dict, description="The column of each attribute that names the group of a region."
    )
    check: dict[Name, Line] = Field(
        default_factory=dict, description="Columns with printed percentages, compared with their counts, not used."
    )
    metric: Line | None = Field(default=None, description="In a tidy table the column of metrics.")
    value: Line | None = Field(default=None, description="In a tidy table the column of values.")
    as_of: Line | None = Field(default=None, description="The column of dates since when a row is known.")
    basis: Where | None = Field(default=None, description="The column of counting bases, or `{is: NAME}`.")
    source: Where | None = Field(default=None, description="The column of sources, or `{is: TEXT}`.")
    calendar: Calendar | None = Field(
        default=None, strict=False, description="The weeks: `iso-week` (from Monday) or `epi-week` (from Sunday)."
    )
    delimiter: Literal[",", ";", "\t", "|"] | None = Field(default=None, description="What stands between the cells.")
    dates: Order | None = Field(
        default=None, strict=False, description="The order of dates such as 12/09/2021: `dmy` or `mdy`."
    )
    numbers: Locale | None = Field(
        default=None, strict=False, description="Whose numbers: `en` (1,234.5) or `id` (1.234,5)."
    )
    missing: tuple[Annotated[str, Field(max_length=100)], ...] = Field(
        default=(), description="Texts that mean that there is no figure, besides the empty cell."
    )
    judgements: dict[Line, YesNo] = Field(
        default_factory=dict, description="Words that mean yes or no, in capital letters or not."
    )
    ignore: tuple[Line, ...] = Field(default=(), description="Columns that are not read.")
    sheet: Line | None = Field(default=None, description="The sheet of a workbook; the first one without it.")

    _origin: Source | None = PrivateAttr(default=None)

    @property
    def source_file(self) -> Source | None:
        """The file the mapping was read from; none for the mapping that says nothing."""
        return self._origin

    def problem(self, rule: str, message: str, route: Route, *, help: str = "") -> Diagnostic:  # noqa: A002 - the word of the diagnostics
        """Make a finding on a part of the mapping."""
        if self._origin is None:
            raise ValueError(f"no mapping file to blame: {message}")
        return diagnose(rule, message, self._origin.place(route), help=help)


def beside(path: str) -> Path | None:
    """Find the mapping that stands beside a data file: `observations.map.yaml` beside `observations.csv`."""
    if path == "-" or not Path(path).name:
        return None
    neighbour = Path(path).with_suffix(SUFFIX)
    return neighbour if neighbour.is_file() else None


def load_map(path: str | os.PathLike[str], policy: Policy) -> ColumnMap:
    """Read a mapping. Raise Refused with all that is wrong with it or does not fit the policy."""
    source = read_file(path)
    mapping = validated(ColumnMap, source)
    mapping._origin = source  # noqa: SLF001 - the model's own place for it
    if problems := tuple(_problems(mapping, policy)):
        raise Refused(in_order(problems))
    return mapping


def order_of(path: str | os.PathLike[str] | None, policy: Policy) -> Order | None:
    """Give the order of dates such as 12/09/2021 that a mapping declares; none where it, or the mapping, is missing."""
    return load_map(path, policy).dates if path is not None else None


def _problems(mapping: ColumnMap, policy: Policy) -> Iterator[Diagnostic]:
    if mapping.calendar not in (None, policy.calendar):
        message = f"the weeks are those of the {mapping.calendar} calendar, and the policy counts by {policy.calendar}"
        help_ = "give a column of dates under `date` instead of `week`"
        yield mapping.problem("bad-mapping", message, ("calendar",), help=help_)
    if (mapping.metric is None) != (mapping.value is None):
        yield mapping.problem("bad-mapping", "a tidy table has both a `metric` and a `value` column", ())
    for section, named in (("metrics", mapping.metrics or {}), ("attributes", mapping.attributes)):
        yield from _unless_observed(mapping, policy, section, named)
    groups = {metric.group for metric in policy.inputs.values() if metric.group}
    yield from _unless_known(mapping, "groups", mapping.groups, dict.fromkeys(groups), "a group of the policy")
    yield from _contradictions(mapping)
    ratios = {name: metric for name, metric in policy.metrics.items() if isinstance(metric, Ratio)}
    yield from _unless_known(mapping, "check", mapping.check, ratios, "a `ratio` of the policy")


def _contradictions(mapping: ColumnMap) -> Iterator[Diagnostic]:
    """List words that mean yes and no, in other capital letters; `yes` and `no` themselves mean what they say."""
    meant = {"yes": "yes", "no": "no"}
    for word, answer in mapping.judgements.items():
        if meant.setdefault(word.casefold(), answer) != answer:
            message = f"{shown(word)} means {answer} here, and {meant[word.casefold()]} otherwise"
            yield mapping.problem("bad-mapping", message, ("judgements", word), help="capital letters do not count")


def _unless_observed(
    mapping: ColumnMap, policy: Policy, section: str, named: Mapping[str, str]
) -> Iterator[Diagnostic]:
    computed = [name for name in named if name in policy.metrics and name not in policy.inputs]
    for name in computed:
        is_ratio = isinstance(policy.metrics[name], Ratio)
        help_ = "write it under `check` to compare the column with its counts" if is_ratio else ""
        message = f"`{name}` is computed by the policy, not read"
        yield mapping.problem("bad-mapping", message, (section, name), help=help_)
    others = {name: column for name, column in named.items() if name not in computed}
    yield from _unless_known(mapping, section, others, policy.inputs, "a metric of the policy")


def _unless_known(
    mapping: ColumnMap, section: str, named: Mapping[str, str], known: Mapping[str, object], what: str
) -> Iterator[Diagnostic]:
    listed = "" if not known else "the policy has " + ", ".join(f"`{name}`" for name in [*known][:MOST_NAMED])
    listed += f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    for name in named:
        if name not in known:
            help_ = resembling(name, known) or listed
            yield mapping.problem("bad-mapping", f"`{name}` is not {what}", (section, name), help=help_)
