"""The checker: tries the rules on a policy, gives their findings places, and leaves out answered ones and echoes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from escalation.checks.echoes import without_echoes
from escalation.checks.registry import RULES, Rule
from escalation.checks.suppression import Suppression, suppressions, without_answered
from escalation.diagnostics import Diagnostic, Place, in_order
from escalation.errors import RequestError
from escalation.policy.comments import Comment
from escalation.policy.defects import Defect, diagnosed, named

if TYPE_CHECKING:
    from datetime import date

    from escalation.policy.model import Policy


def check(
    policy: Policy,
    *,
    select: Collection[str] | None = None,
    ignore: Collection[str] = frozenset(),
    today: date | None = None,
) -> tuple[Diagnostic, ...]:
    """Give all that the rules find wrong with a policy, in the order of the file.

    `select` names the only rules that are tried, among them those on request; `ignore` names rules that are not.
    What only follows from another finding stands among its related places. Without `today` no source and no suppression
    has expired. Raise RequestError for a name that is no rule's.
    """
    chosen = _chosen(select, ignore)
    of_policy = [one for one in chosen if "suppressions" not in one.asks_for]
    asked = suppressions(policy.source.comments)
    found = [diagnostic for one in of_policy for diagnostic in _found(one, policy, today, asked)]
    if asked:
        # Of one with a fault only the fault is told: it fails the run on its own.
        answers = [one for one in asked if not one.fault or RULES["bad-suppression"] in chosen]
        tried, pairs = {one.name for one in of_policy}, {one.name for one in of_policy if one.of_pairs}
        found = without_answered(found, answers, tried=tried, of_pairs=pairs, today=today)
        found += [
            diagnostic for one in chosen if one not in of_policy for diagnostic in _found(one, policy, today, asked)
        ]
    return in_order(without_echoes(found, policy))


def _chosen(select: Collection[str] | None, ignore: Collection[str]) -> list[Rule]:
    for name in (*(select or ()), *ignore):
        if name not in RULES:
            raise RequestError(f"there is no rule `{name}`", help=f"the rules are: {named(RULES)}")
    if select is None:
        return [one for one in RULES.values() if not one.on_request and one.name not in ignore]
    return [one for one in RULES.values() if one.name in select and one.name not in ignore]


def _found(one: Rule, policy: Policy, today: date | None, asked: Sequence[Suppression]) -> Iterator[Diagnostic]:
    facts = {"today": today, "suppressions": asked}
    defects = []
    for finding in one.check(policy, **{name: facts[name] for name in one.asks_for}):
        at, message = finding[0], finding[1]
        if isinstance(at, Comment):
            place = Place(file=policy.source.file, line=at.line, column=at.column)
            yield Diagnostic(rule=one.name, severity=one.severity, message=message, place=place, help=one.help)
            continue
        related = tuple(finding[2]) if len(finding) > 2 else ()  # noqa: PLR2004 - the third part may be left out
        defects.append(
            Defect(rule=one.name, route=at, message=message, help=one.help, on_key=one.on_key, related=related)
        )
    yield from diagnosed(defects, policy.source, severity=one.severity)
