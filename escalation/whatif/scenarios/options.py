"""A scenario given as options of a command: each is read as a file would be, and every mistake names its option."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from escalation.diagnostics import Diagnostic, Place
from escalation.errors import Refused
from escalation.policy.source import Source, Spans, read
from escalation.whatif.scenarios.load import scenarios_in
from escalation.whatif.scenarios.scenario import NAME

if TYPE_CHECKING:
    from escalation.policy.amend import Amendment
    from escalation.policy.model import Policy
    from escalation.policy.source import Route
    from escalation.whatif.scenarios.scenario import Scenario

KEY = "x: "
"""Stands before a value, so that it is read as that of a key."""
LINE_BREAKS = re.compile("[\r\n\x85\u2028\u2029]")
WORD = re.compile(r"[\w-]*")


def of_options(
    policy: Policy,
    *,
    settings: Mapping[str, float | str] = MappingProxyType({}),
    drop: Sequence[str] = (),
    add: Sequence[str] = (),
    data: Sequence[str] = (),
    adopt: str = "",
    before: Sequence[Amendment] = (),
) -> Scenario:
    """Make a scenario of what is given as options, read as a file would be.

    `settings` are values by their paths, `drop` paths, `add` moves, `data` edits and `adopt` an adoption rule: mappings
    with or without their braces, as `pace: first_doses, by: 0.5, from: 2021-W40`; a rule may be its name alone. They
    stack on the amendments `before`, which are not part of what is made. Raise Refused, where the place is the option.

    >>> from escalation.policy.template import POLICY
    >>> from escalation.policy.load import loads as loads_policy
    >>> of_options(loads_policy(POLICY), data=["scale: storage, by: 0.9"], adopt="rule: follow, lag: 2").adoption.lag
    2
    """
    options = _Options()
    drop, add, data = (tuple(map(_text, given)) for given in (drop, add, data))
    adopt, settings = _text(adopt), {_text(path): value for path, value in settings.items()}
    for path, value in settings.items():
        options.take(("set", path), "--set", value, written=f"{path}={_plain(value)}")
    for index, path in enumerate(drop):
        options.stand(("drop", index), "--drop", path)
    for index, text in enumerate(add):
        options.take(("add", "moves", index), "--add", text, is_mapping=True)
    for index, text in enumerate(data):
        options.take(("data", index), "--data", text, is_mapping=True)
    if adopt:
        options.take(("adopt",), "--adopt", adopt, is_mapping=WORD.fullmatch(adopt.strip()) is None)
    return options.scenario(policy, before)


def _text(given: str) -> str:
    """Put stand-ins for bytes that are no UTF-8, which a shell passes on as it has them."""
    return given.encode(errors="surrogatepass").decode(errors="replace")


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


class _Options:
    """Makes of options the tree that a file would have; each stands on a line of its own."""

    def __init__(self) -> None:
        self.tree: dict[str, Any] = {"name": NAME}
        self.spans: dict[Route, Spans] = {(): Spans(key=None, value=(0, 0))}
        self.labels: list[str] = []
        self.lines: list[str] = []
        self.mistakes: list[Diagnostic] = []

    def stand(self, route: Route, option: str, value: object, written: str | None = None) -> int:
        """Put a value in its place, on a line of its own; give the number of the line."""
        said = str(value) if written is None else written
        self.labels.append(f"{option} {shlex.quote(said)}")
        self.lines.append(LINE_BREAKS.sub(" ", said))
        line = len(self.labels)
        node: Any = self.tree
        for depth, (key, next_) in enumerate(pairwise(route), start=1):
            node = node.setdefault(key, [] if isinstance(next_, int) else {})
            self.spans.setdefault(route[:depth], Spans(key=(line, 1), value=(line, 1)))
        if isinstance(node, list):
            node.append(value)
        else:
            node[route[-1]] = value
        self.spans[route] = Spans(key=(line, 1), value=(line, 1))
        return line

    def take(
        self, route: Route, option: str, given: float | str, *, written: str | None = None, is_mapping: bool = False
    ) -> None:
        """Put what a text means in its place; a mapping may lack its braces."""
        if not isinstance(given, str):
            self.stand(route, option, given, written)
            return
        text = LINE_BREAKS.sub(" ", _text(given))
        is_bare = is_mapping and not text.lstrip().startswith("{")
        opening, closing = ("{", "}") if is_bare else ("", "")
        skipped = len(KEY + opening)
        try:
            source = read(option, f"{KEY}{opening}{text}{closing}".encode())
        except Refused as refused:
            self.stand(route, option, given, written or given)
            for one in refused.diagnostics:
                column = min(max(one.place.column - skipped, 1), len(text))
                self.mistakes.append(
                    replace(one, place=self._named(Place(file="", line=len(self.labels), column=column)), related=())
                )
            return
        line = self.stand(route, option, source.tree["x"], written or given)  # type: ignore[index]
        for inner, spans in source.spans.items():
            if len(inner) > 1 and written is None:
                key = None if spans.key is None else (line, spans.key[1] - skipped)
                self.spans[(*route, *inner[1:])] = Spans(key=key, value=(line, spans.value[1] - skipped))

    def scenario(self, policy: Policy, before: Sequence[Amendment]) -> Scenario:
        """Read the scenario. Raise Refused with all mistakes."""
        if self.mistakes:
            raise Refused(tuple(self.mistakes))
        source = Source(file="options", digest="", tree=self.tree, spans=self.spans, text="\n".join(self.lines))
        try:
            (made,) = scenarios_in(source, policy, before=before)
        except Refused as refused:
            raise Refused(tuple(map(self._told, refused.diagnostics))) from None
        edits = (replace(one, place=self._named(one.place)) for one in made.edits if one.place is not None)
        return replace(made, edits=tuple(edits), place=None)

    def _told(self, one: Diagnostic) -> Diagnostic:
        related = tuple(replace(other, place=self._named(other.place)) for other in one.related)
        advice = one.help
        if one.message == "`rule` is missing":
            advice = f"write `rule: follow, {self.lines[one.place.line - 1].strip(' {}')}`; {advice}"
        return replace(one, place=self._named(one.place), related=related, help=advice)

    def _named(self, place: Place) -> Place:
        """Name the option that stands on a line, and the column of its value behind the first."""
        if not place.line:
            return Place(file="--set, --drop, --add, --data, --adopt")
        return Place(file=self.labels[place.line - 1], column=place.column if place.column > 1 else 0)
