"""What an analysis answers, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from escalation.checks.exact.witness import Witness


class Claim(StrEnum):
    """How an answer stands. `never` and `proved` hold for all data; `possible` and `refuted` have an example.

    `if-free` is `possible` with an example that sets computed metrics directly: whether their inputs can move so is not
    shown.
    """

    POSSIBLE = "possible"
    IF_FREE = "if-free"
    NEVER = "never"
    SHADOWED = "shadowed"
    PROVED = "proved"
    REFUTED = "refuted"
    NOT_PROVED = "not-proved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whether a stage can be reached from the first one.

    `earliest` counts the weeks from the one in which the first stage takes effect to the one at whose end this stage
    does; the data may have begun before. `latest` is the most that it takes while the condition of every escalating
    move holds all the time and every recommendation is followed; none where it may take for ever, or is not known.
    """

    stage: str
    claim: Claim
    earliest: int | None = None
    latest: int | None = None
    witness: Witness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """Whether a move can be recommended, and the earliest week in which it is, counted as for stages.

    `why` says what stands against it, `by` names the moves that shadow it.
    """

    move: str
    claim: Claim
    earliest: int | None = None
    why: str = ""
    by: tuple[str, ...] = ()
    witness: Witness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two moves out of a stage to different stages that can be met in the same week: their order alone decides."""

    stage: str
    first: str
    second: str
    witness: Witness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flap:
    """A way to leave a stage and be back in it: `weeks` from one change to the other."""

    stages: tuple[str, ...]
    moves: tuple[str, ...]
    weeks: int
    witness: Witness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of an invariant, by its place in the file."""

    index: int
    claim: Claim
    why: str = ""
    witness: Witness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that a search of every reachable standing has found.

    `notes` say why something is not proved. `gaps` says whether missing figures were part of the search; where they
    were not, they cannot make a move possible that complete figures do not.
    """

    stages: tuple[Reach, ...]
    moves: tuple[Firing, ...]
    conflicts: tuple[Conflict, ...] = ()
    flap: Flap | None = None
    steady: Flap | None = None
    invariants: tuple[Proof, ...] = ()
    notes: tuple[str, ...] = ()
    gaps: bool = False
    nodes: int = 0

    @property
    def is_complete(self) -> bool:
        """Say whether the whole policy was searched."""
        return not self.notes
