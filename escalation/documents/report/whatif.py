"""The report of outlooks: one or several scenarios over the weeks to come, region by region or many together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from escalation.documents.charts.fan import Band, Fan, Threshold
from escalation.documents.charts.firsts import Firsts, FirstWeek
from escalation.documents.charts.shares import Shares
from escalation.documents.charts.strip import MOST_ROWS, Row, Strip
from escalation.documents.charts.wording import percent, say
from escalation.documents.report import beside
from escalation.documents.report.model import Chart, Provenance, Report, Section, Sheet, Table
from escalation.documents.report.phrases import phrase
from escalation.observations import Observations
from escalation.policy import wording
from escalation.policy.model import Policy
from escalation.policy.values import BothLanguages, Language
from escalation.whatif.fans import Fanned
from escalation.whatif.outlook import Outlook
from escalation.whatif.paired import Paired

MOST_IN_DETAIL = 3
"""So many regions have pictures of their own; more stand in tables and strips."""
QUANTILES = (0.1, 0.5, 0.9)
RISK = 0.1
"""From this share of the draws on a week in which a stage is first recommended is shaded."""
COLUMNS: tuple[tuple[str, type[str | int | float]], ...] = (
    ("scenario", str), ("region", str), ("week", str), ("stage", str), ("draws", int), ("in_force", int),
    ("entered", int), ("recommended", int), ("undetermined", int),
)  # fmt: skip


class Told(Protocol):
    """One outlook with its name and the sentences that must stand beside it."""

    @property
    def name(self) -> str:
        """The name of the scenario."""

    @property
    def outlook(self) -> Outlook:
        """What was counted."""

    @property
    def labels(self) -> tuple[BothLanguages, ...]:
        """What must be said of it."""

    @property
    def paired(self) -> Paired | None:
        """What it changes beside the baseline; none of the baseline itself."""


class Asked(Protocol):
    """Outlooks of one policy on the same draws, the baseline first, and what they rest on."""

    @property
    def told(self) -> Sequence[Told]:
        """The outlooks."""

    @property
    def observations(self) -> Observations:
        """The data."""

    @property
    def seed(self) -> int:
        """Gives the same draws again."""

    @property
    def methods(self) -> Mapping[str, tuple[str, str]]:
        """By metric where its figures come from, and the past coverage."""

    @property
    def assumed(self) -> Mapping[str, float]:
        """What holds in every week to come; of a judgement 1 for yes."""

    @property
    def retraced(self) -> str:
        """How many random paths agree with the reference engine."""


def outlook_report(
    policy: Policy,
    asked: Asked,
    *,
    language: Language,
    fans: Sequence[tuple[str, Fanned]] = (),
    titles: Mapping[str, str] | None = None,
    as_of: date | None = None,
    remarks: tuple[str, ...] = (),
) -> Report:
    """Make the report of outlooks; `fans` are figures of metrics, each with the name of its scenario.

    `titles` are those of scenarios by their names, in the language of the report.
    """
    teller = _Teller(policy, asked, language, titles or {})
    first = asked.told[0].outlook
    title = wording.title(policy.title, policy.name, language)
    ahead = phrase("ahead", language, weeks=wording.weeks(_longest(asked), language))
    is_detailed = len(first.regions) <= MOST_IN_DETAIL
    return Report(
        title=f"{title}: {ahead}",
        language=language,
        sections=(*(teller.regions(fans) if is_detailed else teller.together()),),
        labels=(*teller.labels(),),
        provenance=Provenance.of(
            policy,
            asked.observations,
            language,
            week=str(first.first + -1),
            as_of=as_of,
            remarks=remarks,
            horizon=_longest(asked),
            draws=first.draws,
            seed=asked.seed,
            methods=(*teller.methods(),),
            retraced=asked.retraced,
        ),
        sheet=Sheet(columns=COLUMNS, rows=tuple(_rows(asked))),
    )


def _rows(asked: Asked) -> Iterator[tuple[str | int, ...]]:
    """Give a row for each scenario, region, week and stage: numbers of draws."""
    for one in asked.told:
        found = one.outlook
        stage, entered, called, unknown = (
            counts.tolist() for counts in (found.stage, found.entered, found.recommended, found.undetermined)
        )
        for lane, region in enumerate(found.regions):
            for week in range(found.weeks):
                for rank, name in enumerate(found.stages):
                    counts = (grid[week][lane][rank] for grid in (stage, entered, called))
                    at = (one.name, region, str(found.first + week), name, found.draws)
                    yield (*at, *counts, unknown[week][lane])


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes sections in a language."""

    policy: Policy
    asked: Asked
    language: Language
    titles: Mapping[str, str]

    def called(self, scenario: str) -> str:
        """Give the title of a scenario, or its name where it has none."""
        return self.titles.get(scenario, scenario)

    @property
    def stages(self) -> tuple[str, ...]:
        """The titles of the stages, the mildest first."""
        return tuple(wording.stage_title(self.policy, stage.name, self.language) for stage in self.policy.stages)

    def say(self, key: str, **filled: str) -> str:
        """Give a phrase."""
        return phrase(key, self.language, **filled)

    def methods(self) -> Iterator[str]:
        """Say where the figures of each metric are from, of those that are alike in one sentence."""
        alike: dict[tuple[str, str], list[str]] = {}
        for metric, method in self.asked.methods.items():
            alike.setdefault(method, []).append(wording.metric_title(self.policy, metric, self.language))
        for (basis, held), metrics in alike.items():
            yield f"{', '.join(metrics)}: {basis}; {held}"

    def labels(self) -> Iterator[str]:
        """Give the sentences that every result must carry; those of one of several scenarios with its name."""
        for name, value in self.asked.assumed.items():
            yield self.say("assumed", name=name, value=self.say("yes" if value else "no"))
        told: dict[str, list[str]] = {}
        for one in self.asked.told:
            for label in one.labels:
                told.setdefault(label.in_language(self.language), []).append(one.name)
        for text, names in told.items():
            is_shared = len(names) == len(self.asked.told)
            yield (
                text
                if is_shared
                else self.say("labels-of", scenario=", ".join(self.called(name) for name in names), label=text)
            )

    def regions(self, fans: Sequence[tuple[str, Fanned]]) -> Iterator[Section]:
        """Give a section for each region: when each stage is recommended, the stages by week, and the figures."""
        for lane, region in enumerate(self.asked.told[0].outlook.regions):
            own = [(name, fan) for name, fan in fans if fan.region == region]
            yield Section(
                heading=region,
                paragraphs=(*beside.remarks(self.asked.told, self.language, lane=lane),),
                parts=(
                    self._first_weeks(lane, region),
                    self._firsts(lane, region),
                    *self._beside(lane),
                    *(self._shares(one, lane, region) for one in self.asked.told),
                    *(self._fan(name, fan, lane) for name, fan in own),
                ),
            )

    def _beside(self, lane: int | None = None) -> Iterator[Table]:
        """Give the table of what scenarios change beside the baseline, in a region or all; none for no change."""
        regions = self.asked.told[0].outlook.regions
        rows = tuple(
            (self.called(name), *((regions[at],) if lane is None else ()), *cells)
            for name, at, cells in beside.rows(self.asked.told, self.stages, self.language)
            if lane in (None, at)
        )
        if rows:
            heads = ("scenario", *(("region",) if lane is None else ()), "stage", *beside.FIGURES)
            columns = tuple(beside.word(head, self.language) for head in heads)
            numbers = frozenset(range(len(heads) - len(beside.FIGURES), len(heads)))
            yield Table(title=beside.word("title", self.language), columns=columns, rows=rows, numbers=numbers)

    def _titled(self, stage: str, scenario: str) -> str:
        return f"{stage}: {scenario}" if len(self.asked.told) > 1 else stage

    def _first_weeks(self, lane: int, region: str) -> Table:
        rows = []
        for one in self.asked.told:
            found = one.outlook
            within = found.within(found.recommended)[-1, lane].tolist()
            mean = float(found.mean(found.changes)[lane])
            for rank, stage in enumerate(self.stages):
                rows.append(
                    (
                        self.called(one.name),
                        stage,
                        *(self._week(found, week) for week in _quantiles(found, lane, rank)),
                        percent(within[rank], self.language),
                        wording.number(mean, self.language, decimals=1) if rank == 0 else "",
                    )
                )
        columns = ("scenario", "stage", "p10", "p50", "p90", "within", "changes")
        return Table(
            title=self.say("first-weeks", region=region),
            columns=tuple(self.say(key) for key in columns),
            rows=tuple(rows),
            numbers=frozenset({5, 6}),
        )

    def _week(self, found: Outlook, week: int | None) -> str:
        return self.say("never") if week is None else str(found.first + week)

    def _firsts(self, lane: int, region: str) -> Chart:
        rows = []
        for rank, stage in enumerate(self.stages):
            for one in self.asked.told:
                p10, p50, p90 = _quantiles(one.outlook, lane, rank)
                share = float(one.outlook.within(one.outlook.recommended)[-1, lane, rank])
                rows.append(
                    FirstWeek(
                        label=self._titled(stage, self.called(one.name)),
                        p10=p10,
                        p50=p50,
                        p90=p90,
                        share=share,
                        weeks=one.outlook.weeks,
                    )
                )
        drawing = Firsts(first=self.asked.told[0].outlook.first, weeks=_longest(self.asked), rows=tuple(rows))
        return Chart(title=self.say("first-weeks", region=region), drawing=drawing)

    def _shares(self, one: Told, lane: int, region: str) -> Chart:
        found = one.outlook
        shares = (found.stage[:, lane] / found.draws).T.tolist()
        drawing = Shares(
            first=found.first,
            stages=self.stages,
            shares=tuple(tuple(row) for row in shares),
            undetermined=tuple((found.undetermined[:, lane] / found.draws).tolist()),
        )
        return Chart(title=self.say("shares", region=region, scenario=self.called(one.name)), drawing=drawing)

    def _fan(self, scenario: str, fan: Fanned, lane: int) -> Chart:
        told = next(one for one in self.asked.told if one.name == scenario)
        metric = self.policy.metrics[fan.metric]
        title = wording.metric_title(self.policy, fan.metric, self.language)
        called = (told.outlook.recommended[:, lane].sum(axis=-1) / told.outlook.draws).tolist()
        drawing = Fan(
            metric=title,
            unit=wording.unit_text(metric.unit or "", self.language),
            first=fan.first,
            history=tuple(value if value == value else None for value in fan.history.tolist()),  # noqa: PLR0124 - nan
            median=tuple(fan.median.tolist()),
            bands=tuple(
                Band(share=share, low=tuple(low.tolist()), high=tuple(high.tolist()))
                for share, low, high in zip(fan.shares, fan.low, fan.high, strict=True)
            ),
            samples=tuple(tuple(path.tolist()) for path in fan.samples),
            thresholds=tuple(
                Threshold(label=self._threshold(limit, values.tolist()), values=tuple(values.tolist()))
                for limit, values in fan.thresholds
            ),
            at_risk=tuple(len(fan.history) + week for week, share in enumerate(called) if share >= RISK),
            risk=self.say("risk"),
        )
        return Chart(title=f"{title}: {fan.region}, {self.called(scenario)}", drawing=drawing)

    def _threshold(self, limit: float | str, values: Sequence[float]) -> str:
        """Name a threshold, with its value where that does not change; a scenario may have another than the policy."""
        if not isinstance(limit, str):
            return wording.number(limit, self.language)
        parameter = self.policy.parameters[limit]
        title = wording.title(parameter.title, limit, self.language)
        if len({*values}) > 1:
            return title
        return f"{title}: {wording.quantity(values[0], parameter.unit, self.language)}"

    def together(self) -> Iterator[Section]:
        """Give a section for each scenario: the likeliest stage of each region by week, and a table of all regions.

        Behind them stands what scenarios change beside the baseline.
        """
        for one in self.asked.told:
            found = one.outlook
            last = (found.stage[-1] / found.draws).tolist()
            order = sorted(range(len(found.regions)), key=lambda lane: [-share for share in reversed(last[lane])])
            likeliest = found.stage.argmax(axis=-1).T.tolist()
            rows = tuple(Row(region=found.regions[lane], ranks=tuple(likeliest[lane])) for lane in order)
            title = self.say("likeliest", scenario=self.called(one.name))
            yield Section(
                heading=f"{self.say('scenario')}: {self.called(one.name)}",
                paragraphs=(self.say("sorted"), *self._shortened(len(order))),
                parts=(
                    Chart(title=title, drawing=Strip(first=found.first, stages=self.stages, rows=rows)),
                    self._all_regions(one, order[:MOST_ROWS], last),
                ),
            )
        tables, remarks = (*self._beside(),), (*beside.remarks(self.asked.told, self.language),)
        if tables or remarks:
            yield Section(heading=self.say("beside"), paragraphs=remarks, parts=tables)

    def _shortened(self, regions: int) -> Iterator[str]:
        if regions > MOST_ROWS:
            shown, of_all = (wording.number(one, self.language) for one in (MOST_ROWS, regions))
            yield say("only-rows", self.language, shown=shown, all=of_all)

    def _all_regions(self, one: Told, order: Sequence[int], last: Sequence[Sequence[float]]) -> Table:
        found = one.outlook
        half = found.quantile_weeks(found.recommended, 0.5).tolist()
        unknown = (found.undetermined[-1] / found.draws).tolist()
        columns = (
            self.say("region"),
            *(self.say("last-week", stage=stage) for stage in self.stages),
            self.say("unknown-last-week"),
            *(f"{stage}: {self.say('half')}" for stage in self.stages[1:]),
        )
        rows = tuple(
            (
                found.regions[lane],
                *(percent(share, self.language) for share in (*last[lane], unknown[lane])),
                *(self._week(found, week if week >= 0 else None) for week in half[lane][1:]),
            )
            for lane in order
        )
        numbers = frozenset(range(1, len(self.stages) + 2))
        return Table(
            title=self.say("all-regions", scenario=self.called(one.name)), columns=columns, rows=rows, numbers=numbers
        )


def _longest(asked: Asked) -> int:
    """Give the weeks of the scenario that looks farthest ahead; what each looks is in its label."""
    return max(one.outlook.weeks for one in asked.told)


def _quantiles(found: Outlook, lane: int, rank: int) -> tuple[int | None, ...]:
    weeks = (int(found.quantile_weeks(found.recommended, part)[lane, rank]) for part in QUANTILES)
    return tuple(week if week >= 0 else None for week in weeks)
