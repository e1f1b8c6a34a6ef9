"""Numbers of a policy that are varied, and the values that they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from escalation.errors import RequestError
from escalation.policy.amend import amend
from escalation.policy.model import Policy
from escalation.policy.paths import Misplaced, held, route_of

MOST_VALUES = 2_500
"""Values of one number, or pairs of values of two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """A number of a policy, by its path, and the values that it is given, ascending.

    `present` is the policy's own, and none where it has no single one; `unit` is `weeks` for a duration.
    """

    path: str
    values: tuple[float, ...]
    present: float | None
    unit: str


def varied(policy: Policy, path: str, values: Sequence[float]) -> Varied:
    """Find a number of a policy. Raise RequestError where there is none, or one value is none that it can have."""
    try:
        route = route_of(policy, path)
    except Misplaced as error:
        raise RequestError(str(error), help=error.defect.help) from None
    if not values:
        raise RequestError(
            f"`{path}` is given no value",
            help=f"write it as {path}=40..95/5",
            indonesian=(f"`{path}` tidak diberi nilai", f"tulis sebagai {path}=40..95/5"),
        )
    if route[0] == "parameters" and route[2:] and route[-1] != "value":
        raise RequestError(
            f"`{path}` is not a value of a parameter",
            help=f"vary the parameter: {route[1]}=...",
            indonesian=(f"`{path}` bukan nilai suatu parameter", f"ubah parameternya: {route[1]}=..."),
        )
    ascending = tuple(sorted(set(values)))
    for value in (ascending[0], ascending[-1]):
        amend(policy, {path: number(value)})
    present, unit = _as_written(held(policy, route))
    if route[0] == "parameters":
        parameter = policy.parameters[str(route[1])]
        present, unit = present if route[2:] else parameter.value, parameter.unit or ""
    return Varied(path=path, values=ascending, present=present, unit=unit)


def _as_written(text: object) -> tuple[float | None, str]:
    """Read a number of the file, with `weeks` as its unit where it is a duration."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        return float(text), ""
    duration = re.fullmatch(r"(\d+) weeks?", str(text))
    return (float(duration[1]), "weeks") if duration else (None, "")


def number(value: float) -> float | int:
    """Give a value as a file would have it: whole where it is."""
    return int(value) if value == int(value) else value


def combined(of: Sequence[Varied]) -> Iterator[dict[str, float | int]]:
    """Give all combinations of values, by path."""
    for values in product(*(one.values for one in of)):
        yield {one.path: number(value) for one, value in zip(of, values, strict=True)}


def check(of: Sequence[Varied]) -> None:
    """Raise RequestError where more than two numbers are varied, or one too finely."""
    if len(of) > 2:  # noqa: PLR2004 - a table or a map
        raise RequestError(
            f"{len(of)} numbers are varied",
            help="vary one or two",
            indonesian=(f"{len(of)} angka diubah-ubah", "ubah satu atau dua"),
        )
    if len({one.path for one in of}) < len(of):
        raise RequestError(
            f"`{of[0].path}` is varied twice",
            help="vary another number",
            indonesian=(f"`{of[0].path}` diubah-ubah dua kali", "pilih angka lain"),
        )
    if (size := prod(len(one.values) for one in of)) > MOST_VALUES:
        raise RequestError(
            f"{size:,} values are too many",
            help=f"try at most {MOST_VALUES:,}, in larger steps",
            indonesian=(
                f"{size} nilai terlalu banyak",
                f"coba paling banyak {MOST_VALUES}, dengan langkah lebih besar",
            ),
        )
