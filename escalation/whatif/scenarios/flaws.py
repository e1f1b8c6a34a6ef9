"""What is found wrong with the entries of a file of scenarios, and how their weeks are read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from escalation.errors import NotAWeek
from escalation.periods import Week
from escalation.policy.defects import Defect
from escalation.policy.scalars import Unquoted
from escalation.policy.shape import described
from escalation.policy.values import WEEKS

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route

LONGEST = 520
"""Weeks that a figure may be late, or that one edit may give figures to: ten years."""


class Flaws:
    """Collects the defects of one file."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.defects: list[Defect] = []

    def note(self, rule: str, route: Route, message: str, **more: Any) -> None:  # noqa: ANN401 - fields of a defect
        """Note that something is wrong."""
        self.defects.append(Defect(rule=rule, route=route, message=message, **more))

    def is_known(self, kind: str, name: str, known: Collection[str], route: Route) -> bool:
        """Say whether a name is known; note it if it is not."""
        if name in known:
            return True
        rule = f"unknown-{kind.replace(' ', '-')}"
        self.note(rule, route, f"`{name}` is not a {kind} of the policy", word=name, known=known)
        return False

    def week(self, raw: object, route: Route) -> int | None:
        """Read a week as its number."""
        text = raw.text if isinstance(raw, Unquoted) else raw
        if not isinstance(text, str):
            self.note("unreadable-week", route, f"a week is not {described(raw)}", help="write it as 2021-W36")
            return None
        try:
            return Week.parse(text, self.policy.calendar).number
        except NotAWeek as error:
            self.note("unreadable-week", route, str(error))
            return None

    def weeks(self, raw: object, route: Route, *, least: int = 0) -> int | None:
        """Read a number of weeks, with its unit or without."""
        found = WEEKS.fullmatch(raw) if isinstance(raw, str) else None
        weeks = int(found[1]) if found is not None else raw
        if isinstance(weeks, int) and not isinstance(weeks, bool) and least <= weeks <= LONGEST:
            return weeks
        message = f"`{route[-1]}` must be a number of weeks from {least} to {LONGEST}, not {described(raw)}"
        self.note("bad-duration", route, message, help="write it as `2 weeks`")
        return None
