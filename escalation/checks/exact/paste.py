"""A witness as an entry of a file of cases, ready to be pasted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from escalation.checks.exact.witness import Witness, holds, replayed
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.step import is_adoptable
from escalation.periods import week_text
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.policy.numerals import plain
from escalation.policy.scalars import in_file


def pasted(ladder: Ladder, witness: Witness, name: str) -> str:
    """Write a witness as a case with a name; the empty text where no case says the same.

    Where people follow every recommendation the case does; otherwise it begins with the last stage that took effect,
    and what the data did before counts as it did. A trigger that counted since an earlier entry, within another one,
    cannot be told so. Metrics that the policy does not know are left out, and so is an attribute without a value.
    """
    policy = ladder.policy
    followed = is_followed(ladder, witness)
    shown = witness if followed or not witness.decisions else _from_last(witness)
    if shown is not witness and not holds(ladder, shown):
        return ""
    lines = [f"- name: {_quoted(name)}", f"  stage: {in_file(shown.stage)}"]
    if shown.dwell:
        lines.append(f"  since: {week_text(policy.calendar, shown.since)}")
    lines.append(f"  start: {week_text(policy.calendar, shown.start)}")
    lines += _series(policy, shown)
    if followed and witness.decisions:
        lines.append("  adopt: follow")
    lines.append("  expect:")
    for index, recommendation, to, move in shown.expected:
        week = week_text(policy.calendar, shown.start + index)
        goal = f", to: {in_file(to)}" if to is not None else ""
        by = f", move: {in_file(move)}" if move is not None else ""
        lines.append(f"    - {{week: {week}, recommend: {recommendation.value}{goal}{by}}}")
    return "\n".join(lines) + "\n"


def unknown_to(policy: Policy, witness: Witness) -> tuple[str, ...]:
    """Write the series that a case leaves out because the policy does not know their metrics."""
    strange = {name: values for name, values in witness.series.items() if name not in policy.metrics}
    return tuple(f"{name}: {_written(values, judged=False)}" for name, values in strange.items())


def is_followed(ladder: Ladder, witness: Witness) -> bool:
    """Say whether the decisions of a witness are its recommendations, all of them, before the last week."""
    found = replayed(ladder, witness)
    advised = {index: one.to for index, one in found.items() if is_adoptable(one) and index < witness.length - 1}
    return advised == {index: to for index, to in witness.decisions if index < witness.length - 1}


def _from_last(witness: Witness) -> Witness:
    earlier = [decision for decision in witness.decisions if decision[0] < witness.length - 1]
    if not earlier:
        return witness
    index, stage = earlier[-1]
    expected = tuple(one for one in witness.expected if one[0] > index)
    return replace(witness, stage=stage, dwell=-index, decisions=(), expected=expected)


def _series(policy: Policy, witness: Witness) -> Iterator[str]:
    for key in ("series", "judgements"):
        lines = [
            f"    {in_file(name)}: {_written(_gaps_kept(policy, name, values), judged=key == 'judgements')}"
            for name, values in witness.series.items()
            if name in policy.metrics and (name in policy.judgements) is (key == "judgements")
            if not (values[0] is None and _is_attribute(policy, name))
        ]
        if lines:
            yield f"  {key}:"
            yield from lines


def _gaps_kept(policy: Policy, name: str, values: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """Put an unusable figure where a computed metric has none: without any figure it would be computed."""
    return values if name in policy.inputs else tuple(math.nan if value is None else value for value in values)


def _is_attribute(policy: Policy, name: str) -> bool:
    return name in policy.inputs and policy.inputs[name].kind is Kind.ATTRIBUTE


def _written(values: tuple[float | None, ...], *, judged: bool) -> str:
    if len(set(values)) == 1 and values[0] is not None and len(values) > 1:
        return _word(values[0], judged=judged)
    words = [_word(value, judged=judged) for value in values]
    runs = [(word, len(list(same))) for word, same in groupby(words)]
    return " ".join(f"{word}x{count - 1}" if count > 1 else word for word, count in runs)


def _word(value: float | None, *, judged: bool) -> str:
    if value is None:
        return "_"
    if math.isnan(value):
        return "unusable"
    if judged:
        return "yes" if value == 1 else "no"
    return plain(value)


def _quoted(text: str) -> str:
    return in_file(text) if text.replace(" ", "").replace("-", "").replace("_", "").isalnum() else f'"{text}"'
