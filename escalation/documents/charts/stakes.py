"""What all pictures of a changed input have in common: the input's values, and the one at present."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An input that was varied: `values` ascending, in its unit; `present` is the policy's own, none if it has none."""

    label: str
    unit: str
    values: tuple[float, ...]
    present: float | None = None

    @property
    def named(self) -> str:
        """The label with the unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


def edges(values: tuple[float, ...]) -> list[float]:
    """Give the edges of cells around values: half-way between neighbours, and as far outside.

    >>> edges((1.0, 2.0, 4.0)), edges((5.0,))
    ([0.5, 1.5, 3.0, 5.0], [4.5, 5.5])
    """
    if len(values) == 1:
        return [values[0] - 0.5, values[0] + 0.5]
    inner = [(a + b) / 2 for a, b in pairwise(values)]
    return [values[0] - (inner[0] - values[0]), *inner, values[-1] + (values[-1] - inner[-1])]
