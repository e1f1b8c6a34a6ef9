"""The entries of a file of cases, read with their policy at hand: weeks, series, names, numbers of weeks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from escalation.cases.case import Case, Expected
from escalation.cases.model import CaseEntry, Expectation
from escalation.cases.notation import MOST_WEEKS, Misread, Run
from escalation.cases.notation import read as read_series
from escalation.errors import NotAWeek
from escalation.evaluation.replay import Adopt, Adoption
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.defects import Defect
from escalation.policy.metrics import Kind
from escalation.policy.scalars import Unquoted
from escalation.policy.shape import described

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route

Figures = float | tuple[Run, ...]
_ANSWERS = {"yes": 1.0, "no": 0.0}
_PAIR = 2


class Entries:
    """Reads the entries of one file; `defects` are what is wrong, each with how many characters stand before it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.defects: list[tuple[Defect, int]] = []
        self.names: dict[str, Route] = {}
        self.moves = {move.name for move in policy.moves}

    def case(self, entry: CaseEntry, route: Route) -> Case | None:
        """Read one case; none where its weeks cannot be read."""
        self._name(entry, route)
        start = self._week(entry.start, (*route, "start"))
        since = self._week(entry.since, (*route, "since")) if entry.since is not None else start
        if start is None or since is None:
            return None
        figures = self._figures(entry, route)
        expected = tuple(self._expectations(entry, route, since=max(start, since)))
        record, decided = self._record(entry, route, since)
        lengths = [sum(run.weeks for run in runs) for runs in figures.values() if isinstance(runs, tuple)]
        end = max([start, *(start + length - 1 for length in lengths), *(one.week for one in expected)])
        if end - min(start, since) >= MOST_WEEKS:
            self._note("too-long", (*route, "name"), f"the case is longer than {MOST_WEEKS:,} weeks", "shorten it")
        return Case(
            name=entry.name,
            route=route,
            start=start,
            end=end,
            figures={name: figure for name, figure in figures.items() if not self._is_attribute(name)},
            attributes={
                name: figure
                for name, figure in figures.items()
                if self._is_attribute(name) and isinstance(figure, float)
            },
            record=record,
            decided=decided,
            adoption=self._adoption(entry, route),
            expected=expected,
        )

    def _note(self, rule: str, route: Route, message: str, remedy: str = "", *, before: int = 0) -> None:
        self.defects.append((Defect(rule=rule, route=route, message=message, help=remedy), before))

    def _name(self, entry: CaseEntry, route: Route) -> None:
        if entry.name in self.names:
            defect = Defect(
                rule="duplicate-case", route=(*route, "name"), message="another case has this name",
                help="name each case after what it claims",
                related=((self.names[entry.name], "it stands here first"),),
            )  # fmt: skip
            self.defects.append((defect, 0))
        self.names.setdefault(entry.name, (*route, "name"))

    def _known(self, kind: str, name: str, known: Collection[str], route: Route, *, on_key: bool = False) -> bool:
        if name in known:
            return True
        message = f"`{name}` is not a {kind} of the policy"
        defect = Defect(rule=f"unknown-{kind}", route=route, message=message, on_key=on_key, word=name, known=known)
        self.defects.append((defect, 0))
        return False

    def _week(self, raw: object, route: Route) -> int | None:
        text = raw.text if isinstance(raw, Unquoted) else raw
        if not isinstance(text, str):
            self._note("unreadable-week", route, f"a week is not {described(raw)}", "write it as 2021-W36")
            return None
        try:
            return Week.parse(text, self.policy.calendar).number
        except NotAWeek as error:
            self._note("unreadable-week", route, str(error))
            return None

    def _day(self, raw: object, route: Route) -> date | None:
        """Read a day, or a week, which stands for its last day."""
        week = self._week(raw, route)
        if week is None:
            return None
        text = raw.text if isinstance(raw, Unquoted) else str(raw)
        return date.fromisoformat(text) if "W" not in text else Week(self.policy.calendar, week).last_day

    def _is_attribute(self, name: str) -> bool:
        metric = self.policy.inputs.get(name)
        return metric is not None and metric.kind is Kind.ATTRIBUTE

    def _figures(self, entry: CaseEntry, route: Route) -> Mapping[str, Figures]:
        found: dict[str, Figures] = {}
        for name, raw in entry.series.items():
            place = (*route, "series", name)
            if self._is_numeric(name, place):
                found[name] = self._series(raw, place)
        for name, raw in entry.judgements.items():
            place = (*route, "judgements", name)
            if self._known("judgement", name, self.policy.judgements, place, on_key=True):
                found[name] = self._series(raw, place, answers=True)
        return found

    def _is_numeric(self, name: str, route: Route) -> bool:
        if not self._known("metric", name, self.policy.metrics, route, on_key=True):
            return False
        if name in self.policy.judgements:
            self._note("misplaced-series", route, f"`{name}` is a judgement", "put it under `judgements`")
            return False
        return True

    def _series(self, raw: object, route: Route, *, answers: bool = False) -> Figures:
        if answers and isinstance(raw, Unquoted) and raw.text in _ANSWERS:
            return _ANSWERS[raw.text]
        if not answers and isinstance(raw, int | float) and not isinstance(raw, bool):
            return float(raw)
        name = str(route[-1])
        if self._is_attribute(name):
            self._note("misplaced-series", route, f"`{name}` is an attribute and has one figure", "write one number")
            return 0.0
        if isinstance(raw, tuple):
            return tuple(run for index, one in enumerate(raw) for run in self._runs(one, (*route, index), answers))
        return self._runs(raw, route, answers)

    def _runs(self, raw: object, route: Route, answers: bool) -> tuple[Run, ...]:  # noqa: FBT001 - passed on
        if isinstance(raw, Unquoted) and raw.text not in _ANSWERS:
            rule, message, remedy = raw.fault()
            self._note(rule, route, message, remedy)
            return ()
        text = raw.text if isinstance(raw, Unquoted) else raw
        if isinstance(text, int | float) and not isinstance(text, bool) and not answers:
            return (Run(Decimal(repr(text))),)
        if not isinstance(text, str):
            remedy = "write a series such as `1120590+5000x5 _ _`, a list, or one number for every week"
            self._note("bad-series", route, f"a series is not {described(raw)}", remedy)
            return ()
        try:
            return read_series(text, self.policy.calendar, answers=answers)
        except Misread as error:
            before = sum(1 for character in text[: error.start] if character not in " \n")
            self._note("bad-series", route, str(error), error.help, before=before)
            return ()

    def _record(self, entry: CaseEntry, route: Route, since: int) -> tuple[tuple[StageInForce, ...], Mapping[int, str]]:
        """Read the stages in force: the first one, and those that decisions put into effect."""
        stage = entry.stage or self.policy.stages[0].name
        self._known("stage", stage, self.policy.ranks, (*route, "stage"))
        found = [StageInForce(stage=stage, since=since)]
        decided: dict[int, str] = {}
        for key, taken in entry.decisions.items():
            place = (*route, "decisions", key)
            week = self._week(key, place)
            told = self._week(taken.decided, (*place, "decided")) if taken.decided is not None else None
            if not self._known("stage", taken.stage, self.policy.ranks, (*place, "stage")) or week is None:
                continue
            if told is not None and told > week:
                message = f"decided after it takes effect in {Week(self.policy.calendar, week)}"
                self._note("decided-too-late", (*place, "decided"), message, "write the earlier week under `decided`")
            if week <= since:
                message = f"the decision does not take effect after {Week(self.policy.calendar, since)}"
                self._note("decision-too-early", place, message, "decisions follow the stage in force at first")
            if week in decided:
                self._note("two-decisions", place, "two decisions take effect in this week", "keep one of the two")
            decided[week] = key
            found.append(StageInForce(stage=taken.stage, since=week, decided=told))
        return tuple(sorted(found, key=lambda one: one.since)), decided

    def _adoption(self, entry: CaseEntry, route: Route) -> Adoption:
        if entry.adopt is None:
            for key in ("lag", "up_to"):
                if getattr(entry, key) is not None:
                    self._note("not-followed", (*route, key), f"`{key}` belongs to `adopt: follow`", "add it")
            return Adoption(adopt=Adopt.RECORDED)
        if entry.decisions:
            message = "`decisions` cannot stand beside `adopt: follow`"
            self._note("not-followed", (*route, "decisions"), message, "keep one of the two")
        if entry.up_to is not None:
            self._known("stage", entry.up_to, self.policy.ranks, (*route, "up_to"))
        return Adoption(adopt=Adopt.FOLLOW, lag=entry.lag or 0, up_to=entry.up_to)

    def _expectations(self, entry: CaseEntry, route: Route, *, since: int) -> Iterator[Expected]:
        as_of = self._day(entry.as_of, (*route, "as_of")) if entry.as_of is not None else None
        seen: dict[tuple[int, date | None], Route] = {}
        for index, row in enumerate(entry.expect):
            place = (*route, "expect", index)
            week = self._week(row.week, (*place, "week"))
            known = self._day(row.as_of, (*place, "as_of")) if row.as_of is not None else as_of
            self._names(row, place)
            numbers = (self._streaks(row, place), self._values(row, place), self._countdown(row, place))
            if week is None:
                continue
            if week < since:
                message = f"no stage is in force before {Week(self.policy.calendar, since)}"
                self._note("week-too-early", (*place, "week"), message, "expect something of that week or a later one")
            if not row.model_fields_set - {"week", "as_of"}:
                self._note("nothing-expected", place, "nothing is expected of this week", "add `recommend`")
            if (week, known) in seen:
                self._note("duplicate-week", (*place, "week"), "this week stands here again", "keep one of the two")
            seen[week, known] = place
            yield Expected(week, known, row, place, *numbers)

    def _names(self, row: Expectation, route: Route) -> None:
        policy = self.policy
        for key in ("to", "stage", "stage_after", "pending", "lapsed"):
            if (name := getattr(row, key)) is not None:
                self._known("stage", name, policy.ranks, (*route, key))
        if row.move is not None:
            self._known("move", row.move, self.moves, (*route, "move"))
        for index, name in enumerate(row.because or ()):
            self._known("trigger", name, policy.triggers, (*route, "because", index))
        wanting = (*policy.metrics, *policy.parameters)
        for index, name in enumerate(row.missing or ()):
            self._known("metric", name, wanting, (*route, "missing", index))
        for name in row.triggers:
            self._known("trigger", name, policy.triggers, (*route, "triggers", name), on_key=True)

    def _streaks(self, row: Expectation, route: Route) -> Mapping[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for name, raw in row.streaks.items():
            place = (*route, "streaks", name)
            self._known("trigger", name, self.policy.triggers, place, on_key=True)
            pair = raw if isinstance(raw, tuple) else (raw, raw)
            if len(pair) == _PAIR and all(isinstance(one, int) and not isinstance(one, bool) for one in pair):
                found[name] = (pair[0], pair[1])
            else:
                remedy = "write a whole number, or `[least, most]`"
                self._note("bad-number", place, f"a streak is not {described(raw)}", remedy)
        return found

    def _values(self, row: Expectation, route: Route) -> Mapping[str, float | None]:
        found: dict[str, float | None] = {}
        for name, raw in row.values.items():
            place = (*route, "values", name)
            self._known("metric", name, self.policy.metrics, place, on_key=True)
            text = raw.text if isinstance(raw, Unquoted) else raw
            if isinstance(text, str) and text in ("_", *_ANSWERS):
                found[name] = _ANSWERS.get(text)
            elif isinstance(text, int | float) and not isinstance(text, bool):
                found[name] = float(text)
            else:
                remedy = "write a number, `_` for none, or `yes` or `no`"
                self._note("bad-number", place, f"a value is not {described(raw)}", remedy)
        return found

    def _countdown(self, row: Expectation, route: Route) -> Mapping[str, int | None]:
        found: dict[str, int | None] = {}
        for name, raw in row.countdown.items():
            place = (*route, "countdown", name)
            self._known("move", name, self.moves, place, on_key=True)
            if raw == "never":
                found[name] = None
            elif isinstance(raw, int) and not isinstance(raw, bool):
                found[name] = raw
            else:
                remedy = "write a whole number of weeks, or `never`"
                self._note("bad-number", place, f"a countdown is not {described(raw)}", remedy)
        return found
