"""Sorting the cells of rows into their sinks: by column in a wide table, by the metric named in a tidy one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from escalation.observations.findings import Findings, shown
from escalation.observations.records import columns_of
from escalation.policy.metrics import UNSPECIFIED

if TYPE_CHECKING:
    from escalation.observations.layout import Layout
    from escalation.observations.series import Row, Sink

MAX_TOLD = 10_000
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Generic[Key]):
    """The sinks that take rows of one counting basis, those that do not, and those that take them with a doubt."""

    used: Mapping[Key, Sink]
    refused: Mapping[Key, Sink]
    doubtful: Mapping[Key, Sink]


class Bases(Generic[Key]):
    """Selects the sinks by the counting basis that a row states."""

    def __init__(self, sinks: Mapping[Key, Sink], layout: Layout, findings: Findings) -> None:
        self.width = layout.width
        self._sinks = sinks
        self._layout = layout
        self._findings = findings
        self._selections: dict[str, Selection[Key]] = {}
        self._told: set[str] = set()

    def select(self, basis: str) -> Selection[Key]:
        """Give the selection for a basis as a row states it."""
        found = self._selections.get(basis)
        if found is None:
            found = self._choose(basis.strip(" \t") or UNSPECIFIED)
            if len(self._selections) < MAX_TOLD:
                self._selections[basis] = found
        return found

    def report(self, row: Row, names: list[str], *, used: bool) -> None:
        """List that figures of a row state another basis, or none; once for a table whose rows do not state it."""
        if not self._layout.bases_in_rows:
            names = [name for name in names if name not in self._told]
            self._told.update(names)
        if not names:
            return
        rule, end = ("unspecified-basis", "used") if used else ("other-basis", "not used")
        if self._findings.passes_over(rule):
            return
        stated = row.basis.strip(" \t")
        accepted = next(sink.bases for sink in self._sinks.values() if sink.name == names[0])
        what = f"the counting basis is {shown(stated)}" if stated else "no counting basis is stated"
        metrics = ", ".join(f"`{name}`" for name in names)
        message = f"{metrics} of {shown(row.region)}: {what}, and the policy asks for {shown(accepted[0])}"
        column = columns_of((row.line, row.cells, row.raw))[self._layout.basis] if self._layout.bases_in_rows else 0
        self._findings.add(rule, f"{message}: {end}", line=row.line, column=column)

    def _choose(self, basis: str) -> Selection[Key]:
        used = {key: sink for key, sink in self._sinks.items() if not sink.bases or basis in sink.bases}
        return Selection(
            used=used,
            refused={key: sink for key, sink in self._sinks.items() if key not in used},
            doubtful={
                key: sink for key, sink in used.items() if basis == UNSPECIFIED and sink.bases[:1] not in ((), (basis,))
            },
        )


def sort_wide(rows: Iterable[Row], bases: Bases[int], missing: frozenset[str]) -> None:
    """Sort the cells of a wide table, in which each metric has a column."""
    for row in rows:
        cells = row.cells
        selection = bases.select(row.basis)
        for others, used in ((selection.refused, False), (selection.doubtful, True)):
            if others:
                named = [sink.name for index, sink in others.items() if not _is_missing(cells[index], missing)]
                bases.report(row, named, used=used)
        columns = columns_of((row.line, cells, row.raw))
        for index, sink in selection.used.items():
            text = cells[index]
            if text not in missing:
                sink.observe(text, row, columns[index])


def sort_tidy(
    rows: Iterable[Row],
    tidy: tuple[int, int],
    bases: Bases[str],
    missing: frozenset[str],
    unknown: Callable[[str, Row, int], None],
) -> None:
    """Sort the values of a tidy table, in which each row names its metric."""
    metric, value = tidy
    is_last = value == bases.width - 1
    basis, selection = "", bases.select("")
    for row in rows:
        _, _, _, _, stated, _, cells, raw = row
        if stated != basis:
            basis = stated
            selection = bases.select(basis)
        text = cells[value]
        sink = selection.used.get(cells[metric])
        if sink is None or (selection.doubtful and cells[metric] in selection.doubtful):
            sink = _judge(row, metric, bases, selection, unknown, blank=_is_missing(text, missing))
        if sink is not None and text not in missing:
            if is_last and raw.endswith(text) and "\n" not in raw:
                column = len(raw) - len(text) + 1
            else:
                column = columns_of((row.line, cells, raw))[value]
            sink.observe(text, row, column)


def _judge(
    row: Row,
    metric: int,
    bases: Bases[str],
    selection: Selection[str],
    unknown: Callable[[str, Row, int], None],
    *,
    blank: bool,
) -> Sink | None:
    """Find the sink of a row at leisure, and list why there is none or why there is a doubt."""
    name = row.cells[metric].strip(" \t")
    if not blank and name in selection.doubtful:
        bases.report(row, [selection.doubtful[name].name], used=True)
    if not blank and name in selection.refused:
        bases.report(row, [selection.refused[name].name], used=False)
    if name not in selection.used and name not in selection.refused:
        unknown(name, row, metric)
    return selection.used.get(name)


def _is_missing(text: str, missing: frozenset[str]) -> bool:
    return text in missing or text.strip(" \t") in missing
