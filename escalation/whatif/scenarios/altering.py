"""The edits of a file of scenarios, read with their policy at hand: metrics, weeks, amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalation.policy.metrics import Kind
from escalation.policy.scalars import Unquoted
from escalation.policy.shape import described
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.scenarios.flaws import LONGEST, Flaws
from escalation.whatif.scenarios.model import EditEntry

if TYPE_CHECKING:
    from escalation.policy.source import Route, Source

ALL = "all"
WITH_AMOUNT = {
    Alters.SCALE: "by",
    Alters.SHIFT: "by",
    Alters.PACE: "by",
    Alters.LATE: "by",
    Alters.CAMPAIGN: "people",
    Alters.REVISE: "value",
}
"""The key under which each edit says by how much."""
KINDS = {
    Alters.SCALE: (Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL, Kind.ATTRIBUTE),
    Alters.SHIFT: (Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL, Kind.ATTRIBUTE),
    Alters.PACE: (Kind.CUMULATIVE, Kind.FLOW),
    Alters.CAMPAIGN: (Kind.CUMULATIVE, Kind.FLOW),
    Alters.STOP: (Kind.CUMULATIVE, Kind.FLOW),
    Alters.MISSING: (Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL, Kind.JUDGEMENT),
    Alters.LATE: (Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL, Kind.JUDGEMENT),
    Alters.REVISE: tuple(Kind),
}
"""The kinds of metrics that each edit is of."""


class EditEntries:
    """Reads edits."""

    def __init__(self, flaws: Flaws, source: Source) -> None:
        self.flaws = flaws
        self.policy = flaws.policy
        self.source = source

    def edits(self, entries: Sequence[EditEntry], route: Route) -> tuple[Edit, ...]:
        """Read edits, and refuse two that give one figure two values; all others follow one another."""
        found = [self._edit(one, (*route, index)) for index, one in enumerate(entries)]
        self._refuse_revised_twice(found, route)
        return tuple(one for one in found if one is not None)

    def _edit(self, entry: EditEntry, route: Route) -> Edit | None:
        heads = [alters for alters in Alters if getattr(entry, alters.value) is not None]
        if len(heads) != 1:
            keys = ", ".join(f"`{alters}`" for alters in Alters)
            said = "an edit says what it does" if not heads else f"`{heads[1]}` cannot stand beside `{heads[0]}`"
            self.flaws.note("bad-edit", route, said, help=f"write one of {keys}" if not heads else "write two edits")
            return None
        (alters,) = heads
        metrics, is_all = self._metrics(alters, getattr(entry, alters.value), (*route, alters.value))
        first, last = self._span(entry, route)
        amount = self._amount(alters, entry, metrics, route)
        if amount is None or not metrics:
            return None
        kinds = {self.policy.inputs[metric].kind for metric in metrics}
        if Kind.ATTRIBUTE in kinds and (first is not None or last is not None):
            self.flaws.note("bad-edit", route, "an attribute has one figure, and no weeks", help="leave out the weeks")
        if alters is Alters.REVISE and first is not None and last is not None and last - first >= LONGEST:
            message = f"an edit gives figures to at most {LONGEST} weeks"
            self.flaws.note("bad-edit", route, message, help="name the weeks by `from` and `to`, or by `week`")
        return Edit(
            alters=alters, metrics=metrics, amount=amount, first=first, last=last, regions=entry.regions,
            is_all=is_all, place=self.source.place(route),
        )  # fmt: skip

    def _metrics(self, alters: Alters, named: tuple[str, ...], route: Route) -> tuple[tuple[str, ...], bool]:
        if named == (ALL,) and alters in (Alters.MISSING, Alters.LATE) and ALL not in self.policy.metrics:
            unreported = (Kind.JUDGEMENT, Kind.ATTRIBUTE)
            return tuple(name for name, one in self.policy.inputs.items() if one.kind not in unreported), True
        return tuple(name for name in named if self.is_edited(alters, name, route)), False

    def is_edited(self, alters: Alters, name: str, route: Route) -> bool:
        """Say whether figures of a metric can be altered so; note it if they cannot."""
        if not self.flaws.is_known("metric", name, self.policy.metrics, route):
            return False
        if name not in self.policy.inputs:
            inputs = ", ".join(f"`{one}`" for one in self.policy.inputs_of(name))
            self.flaws.note("bad-edit", route, f"`{name}` is computed", help=f"edit what it rests on: {inputs}")
            return False
        kind = self.policy.inputs[name].kind
        if kind not in KINDS[alters]:
            message = f"`{alters}` is not of a metric of kind `{kind}`, which `{name}` is"
            others = ", ".join(f"`{one}`" for one in Alters if kind in KINDS[one])
            self.flaws.note("bad-edit", route, message, help=f"write one of {others}")
            return False
        return True

    def _span(self, entry: EditEntry, route: Route) -> tuple[int | None, int | None]:
        if entry.week is not None:
            if entry.from_ is not None or entry.to is not None:
                message = "`week` cannot stand beside `from` or `to`"
                self.flaws.note("bad-edit", (*route, "week"), message, help="keep one of the two")
            week = self.flaws.week(entry.week, (*route, "week"))
            return week, week
        first = self.flaws.week(entry.from_, (*route, "from")) if entry.from_ is not None else None
        last = self.flaws.week(entry.to, (*route, "to")) if entry.to is not None else None
        if first is not None and last is not None and first > last:
            self.flaws.note("bad-edit", (*route, "to"), "`to` is earlier than `from`", help="exchange the two")
        return first, last

    def _amount(self, alters: Alters, entry: EditEntry, metrics: tuple[str, ...], route: Route) -> float | None:
        """Read by how much an edit changes figures; keys that belong to other edits are told."""
        key = WITH_AMOUNT.get(alters)
        for other in ("by", "people", "value"):
            if other != key and getattr(entry, other) is not None:
                remedy = f"write `{key}`" if key is not None else "delete it"
                self.flaws.note("bad-edit", (*route, other), f"`{other}` does not belong to `{alters}`", help=remedy)
        if key is None:
            return 0.0
        raw, place = getattr(entry, key), (*route, key)
        if raw is None:
            self.flaws.note("bad-edit", route, f"`{alters}` does not say by how much", help=f"add `{key}`")
            return None
        if alters is Alters.LATE:
            weeks = self.flaws.weeks(raw, place)
            return None if weeks is None else float(weeks)
        if any(metric in self.policy.judgements for metric in metrics):
            return self._answer(raw, metrics, place)
        if not isinstance(raw, int | float) or isinstance(raw, bool):
            self.flaws.note("bad-number", place, f"`{key}` must be a number, not {described(raw)}", help=PLAIN)
            return None
        if alters in (Alters.SCALE, Alters.PACE) and raw < 0:
            self.flaws.note(
                "out-of-range", place, f"a factor is not below 0, as `{raw}` is", help="write 0.9 for 10 % less"
            )
        return float(raw)

    def _answer(self, raw: object, metrics: tuple[str, ...], route: Route) -> float | None:
        text = raw.text if isinstance(raw, Unquoted) else raw
        if text not in ("yes", "no") or not all(metric in self.policy.judgements for metric in metrics):
            message = f"a judgement is `yes` or `no`, not {described(raw)}"
            self.flaws.note("unknown-word", route, message, help="edit judgements and figures apart")
            return None
        return 1.0 if text == "yes" else 0.0

    def _refuse_revised_twice(self, edits: Sequence[Edit | None], route: Route) -> None:
        revisions = [(index, one) for index, one in enumerate(edits) if one is not None and one.alters is Alters.REVISE]
        for place, (index, one) in enumerate(revisions):
            for earlier, other in revisions[:place]:
                if _overlap(one, other):
                    message = "two edits give one figure another value"
                    related = (((*route, earlier), "the other stands here"),)
                    self.flaws.note(
                        "conflicting-edits", (*route, index), message, help="keep one of the two", related=related
                    )  # fmt: skip


PLAIN = "write plain digits, with a dot for decimals: 0.9, 10000"


def _overlap(one: Edit, other: Edit) -> bool:
    regions = one.regions is None or other.regions is None or set(one.regions) & set(other.regions)
    metrics = set(one.metrics) & set(other.metrics)
    starts = max(one.first or 0, other.first or 0)
    ends = min(edit.last for edit in (one, other) if edit.last is not None) if one.last or other.last else starts
    return bool(regions and metrics and starts <= ends)
