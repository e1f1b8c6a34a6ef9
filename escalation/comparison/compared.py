"""All that a comparison found, before it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from escalation.checks.exact import Relation
from escalation.checks.exact.shared import steps_up
from escalation.comparison.changes import Change
from escalation.comparison.history import History
from escalation.comparison.inputs import Inputs
from escalation.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two policies with what changed in words, over all inputs, and over history where that was asked for.

    `unused_standings` names a file of stages in force that does not fit both policies; `apart` says that the calendars
    differ, so that no history can be compared.
    """

    old: Policy
    new: Policy
    changes: tuple[Change, ...]
    inputs: Inputs
    history: History | None = None
    unused_standings: str = ""
    apart: bool = False

    def can_be(self, kind: str) -> bool:
        """Say whether the new policy is `stricter`, `looser`, `mixed` or `different`, or this is not ruled out.

        Policies that have other stages, or begin in another one, are different. Where the ladders do not tell which of
        two stages is stricter, nothing but their being equal rules anything out.
        """
        if kind == "different" and list(self.old.ranks) != list(self.new.ranks):
            return True
        return self.inputs.can_be(kind) or (self.inputs.relation is not Relation.EQUAL and self._has_unranked_stages())

    def _has_unranked_stages(self) -> bool:
        both = (self.old, self.new)
        return any(
            one != other and not steps_up(both, one, other) for one in self.old.ranks for other in self.new.ranks
        )

    @property
    def effects(self) -> tuple[Change, ...]:
        """The changes that may change a recommendation."""
        return tuple(change for change in self.changes if change.has_effect)

    @property
    def formalities(self) -> tuple[Change, ...]:
        """The changes that cannot."""
        return tuple(change for change in self.changes if not change.has_effect)
