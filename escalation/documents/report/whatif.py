"""The report of outlooks: one or several scenarios over the weeks to come, region by region or many together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from escalation.documents.charts.fan import Band, Fan, Threshold
from escalation.documents.charts.shares import Shares
from escalation.documents.charts.strip import MOST_ROWS, UNSAID, Row, Strip
from escalation.documents.charts.wording import percent, say
from escalation.documents.report import beside, spread, waiting
from escalation.documents.report.alike import by_name, together
from escalation.documents.report.asked import Asked, Told, outlook_sheet
from escalation.documents.report.first_weeks import first_weeks, longest, quantiles
from escalation.documents.report.model import Chart, Provenance, Report, Section, Table
from escalation.documents.report.origin import apart, assumed_told, methods_told, own_methods
from escalation.documents.report.phrases import phrase
from escalation.policy import wording
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.whatif.fans import Fanned
from escalation.whatif.outlook import Outlook
from escalation.whatif.quantiles import MEDIAN

MOST_IN_DETAIL = 3
"""So many regions have pictures of their own; more stand in tables and strips."""
RISK = 0.1
"""From this share of the draws on a week in which a stage is first recommended is shaded."""


def outlook_report(
    policy: Policy,
    asked: Asked,
    made_from: Provenance,
    *,
    language: Language,
    fans: Sequence[tuple[str, Fanned]] = (),
    titles: Mapping[str, str] | None = None,
) -> Report:
    """Make the report of outlooks; `made_from` says what all of them rest on, but for methods and horizons.

    `fans` are figures of metrics, each with the name of its scenario; `titles` are those of scenarios
    by their names, in the language of the report.
    """
    first = asked.told[0].outlook
    title = wording.title(policy.title, policy.name, language)
    ahead = phrase("ahead", language, weeks=wording.weeks(longest(asked.told), language))
    is_detailed = len(first.regions) <= MOST_IN_DETAIL
    made_from = replace(made_from, horizon=longest(asked.told))
    teller = _Teller(policy, asked, language, titles or {}, made_from)
    return Report(
        title=f"{title}: {ahead}",
        language=language,
        sections=(*(teller.regions(fans) if is_detailed else teller.together()),),
        labels=(*teller.labels(),),
        provenance=replace(made_from, methods=(*teller.all_methods(),)),
        sheet=outlook_sheet(asked),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes sections in a language."""

    policy: Policy
    asked: Asked
    language: Language
    titles: Mapping[str, str]
    made_from: Provenance

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

    def methods(self, given: Mapping[str, tuple[str, str]]) -> Iterator[str]:
        """Say where the figures of each metric are from, of those that are alike in one sentence."""
        return methods_told(self.policy, given, self.language)

    def all_methods(self) -> Iterator[str]:
        """Give the methods of the baseline, then those of scenarios that have others, with their names."""
        yield from self.methods(self.asked.methods)
        for one in self.asked.told[1:]:
            for method in self.methods(own_methods(one.origin, self.asked.told[0].origin)):
                yield self.say("labels-of", scenario=self.called(one.name), label=method)

    def source(self, one: Told) -> Provenance:
        """Say what the pictures of a scenario rest on."""
        return replace(
            self.made_from,
            digest=one.origin.policy,
            data_digest=one.origin.data,
            horizon=one.outlook.weeks,
            methods=(*self.methods(one.origin.methods),),
            supposed=tuple(label.in_language(self.language) for label in one.origin.supposed),
        )

    def apart(self) -> tuple[str, ...]:
        """Name the digests of the scenarios that have another policy or other data."""
        first = self.asked.told[0].origin
        return tuple(
            self.say("labels-of", scenario=self.called(one.name), label=said)
            for one in self.asked.told
            for said in apart(one.origin, first, self.language)
        )

    def labels(self) -> Iterator[str]:
        """Give the sentences that every result must carry; those of one of several scenarios with its name."""
        yield from (f"{one}." for one in assumed_told(self.asked.assumed, self.language))
        yield from self.apart()
        told: dict[str, list[str]] = {}
        for one in self.asked.told:
            if one.origin.note is not None:
                note = one.origin.note.in_language(self.language)
                yield self.say("labels-of", scenario=self.called(one.name), label=note)
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
            own, told = [(name, fan) for name, fan in fans if fan.region == region], by_name(self.asked.told)
            yield Section(
                heading=region,
                paragraphs=(
                    *waiting.paragraphs(self.asked.told, self.policy, self.language, lane=lane, called=self.called),
                    *waiting.note(self.asked.told[0].outlook.weeks, self.language),
                    *beside.remarks(self.asked.told, self.language, lane=lane, called=self.called),
                    *spread.said(self.language),
                ),
                parts=(
                    self._first_weeks(lane, region),
                    *self._firsts(lane, region),
                    spread.table(self.asked.told, lane, self.stages, self.language, called=self.called),
                    *self._beside(lane),
                    *self._alike((one, self._shares(one, lane)) for one in self.asked.told),
                    *self._alike((told[name], self._fan(told[name], fan, lane)) for name, fan in own),
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
            columns = tuple(beside.headed(head, self.language) for head in heads)
            numbers = frozenset(range(len(heads) - len(beside.FIGURES), len(heads)))
            yield Table(title=beside.word("title", self.language), columns=columns, rows=rows, numbers=numbers)

    def _first_weeks(self, lane: int, region: str) -> Table:
        rows = []
        for one in self.asked.told:
            found = one.outlook
            within = found.within(found.recommended)[-1, lane].tolist()
            for rank, stage in enumerate(self.stages):
                rows.append(
                    (
                        self.called(one.name),
                        stage,
                        *(self._week(found, week) for week in quantiles(found, lane, rank)),
                        percent(within[rank], self.language),
                    )
                )
        columns = ("scenario", "stage", "p10", "p50", "p90", "within")
        return Table(
            title=self.say("first-weeks", region=region),
            columns=tuple(self.say(key) for key in columns),
            rows=tuple(rows),
            numbers=frozenset({5}),
        )

    def _week(self, found: Outlook, week: int | None) -> str:
        return self.say("never") if week is None else str(found.first + week)

    def _firsts(self, lane: int, region: str) -> Iterator[Chart]:
        """Give the pictures of the first weeks."""
        source = replace(self.source(self.asked.told[0]), horizon=longest(self.asked.told))
        if len({one.origin.supposed for one in self.asked.told}) > 1:
            source = replace(source, supposed=())
        title = self.say("first-weeks", region=region)
        for stage, drawing, said in first_weeks(self.asked.told, lane, self.stages, self.language, called=self.called):
            named = f"{title}: {stage}" if stage else title
            yield Chart(title=named, drawing=drawing, caption=(*said, *self.apart()), source=source)

    def _alike(self, drawn: Iterable[tuple[Told, tuple[str, Shares | Fan]]]) -> Iterator[Chart]:
        """Give a picture for each drawing; scenarios that suppose the same and have one drawing stand together."""
        for (title, drawing), (first, *others) in together(drawn):
            names = ", ".join(self.called(one.name) for one in (first, *others))
            caption = tuple(
                self.say("labels-of", scenario=self.called(one.name), label=said)
                for one in others
                for said in apart(one.origin, first.origin, self.language)
            )
            yield Chart(title=f"{title}, {names}", drawing=drawing, caption=caption, source=self.source(first))

    def _shares(self, one: Told, lane: int) -> tuple[str, Shares]:
        found = one.outlook
        shares = (found.stage[:, lane] / found.draws).T.tolist()
        return self.say("shares", region=found.regions[lane]), Shares(
            first=found.first,
            stages=self.stages,
            shares=tuple(tuple(row) for row in shares),
            undetermined=tuple((found.undetermined[:, lane] / found.draws).tolist()),
        )

    def _fan(self, told: Told, fan: Fanned, lane: int) -> tuple[str, Fan]:
        metric = self.policy.metrics[fan.metric]
        title = wording.metric_title(self.policy, fan.metric, self.language)
        called = (told.outlook.recommended[:, lane].sum(axis=-1) / told.outlook.draws).tolist()
        return f"{title}: {fan.region}", Fan(
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
            likeliest = found.likeliest(UNSAID).T.tolist()
            rows = tuple(Row(region=found.regions[lane], ranks=tuple(likeliest[lane])) for lane in order)
            title = self.say("likeliest", scenario=self.called(one.name))
            yield Section(
                heading=f"{self.say('scenario')}: {self.called(one.name)}",
                paragraphs=(
                    self.say("sorted"),
                    *self._shortened(len(order)),
                    *spread.said(self.language),
                    *waiting.note(one.outlook.weeks, self.language),
                    self._elsewhere(),
                ),
                parts=(
                    Chart(
                        title=title,
                        drawing=Strip(first=found.first, stages=self.stages, rows=rows),
                        source=self.source(one),
                    ),
                    self._all_regions(one, order[:MOST_ROWS], last),
                    spread.table_of_all(one, order[:MOST_ROWS], self.stages[-1], self.language, called=self.called),
                ),
            )
        tables, remarks = (*self._beside(),), (*beside.remarks(self.asked.told, self.language, called=self.called),)
        if tables or remarks:
            yield Section(heading=self.say("beside"), paragraphs=remarks, parts=tables)

    def _elsewhere(self) -> str:
        """Say where the weeks of the other stages stand."""
        return spread.word("elsewhere", self.language)

    def _shortened(self, regions: int) -> Iterator[str]:
        if regions > MOST_ROWS:
            shown, of_all = (wording.number(one, self.language) for one in (MOST_ROWS, regions))
            yield say("only-rows", self.language, shown=shown, all=of_all)

    def _all_regions(self, one: Told, order: Sequence[int], last: Sequence[Sequence[float]]) -> Table:
        found = one.outlook
        half = found.quantile_weeks(found.recommended, MEDIAN).tolist()
        unknown = (found.undetermined[-1] / found.draws).tolist()
        columns = (
            self.say("region"),
            *(self.say("last-week", stage=stage) for stage in self.stages),
            self.say("unknown-last-week"),
            *(f"{stage}: {self.say('half')}" for stage in self.stages[1:]),
            waiting.word("head", self.language),
        )
        rows = tuple(
            (
                found.regions[lane],
                *(percent(share, self.language) for share in (*last[lane], unknown[lane])),
                *(self._week(found, week if week >= 0 else None) for week in half[lane][1:]),
                waiting.changed(one.waiting[lane], self.language),
            )
            for lane in order
        )
        numbers = frozenset((*range(1, len(self.stages) + 2), len(columns) - 1))
        return Table(
            title=self.say("all-regions", scenario=self.called(one.name)), columns=columns, rows=rows, numbers=numbers
        )
