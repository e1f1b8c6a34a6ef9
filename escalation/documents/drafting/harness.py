"""Tries the rules on a draft and gives their findings places and words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import islice

from escalation.diagnostics import Diagnostic, Place, in_order, visible
from escalation.documents.drafting.reader import read
from escalation.documents.drafting.registry import RULES, DraftRule
from escalation.errors import RequestError
from escalation.policy.defects import named
from escalation.policy.values import Language

MOST_FINDINGS = 200
"""Findings of one rule that are told."""


def check(
    text: str,
    on: date,
    *,
    file: str = "draft.md",
    select: Collection[str] | None = None,
    ignore: Collection[str] = frozenset(),
    language: Language = Language.ENGLISH,
) -> tuple[Diagnostic, ...]:
    """Give all that the rules find wrong with a draft under the law of a day, in the order of the file.

    `text` is Markdown; `select` names the only rules that are tried, `ignore` those that are not. Raise RequestError
    for a name that is no rule's.
    """
    draft = read(text, file=file)
    found = []
    for one in _chosen(select, ignore):
        if not one.is_tried(draft.instrument, on, amends=draft.amends):
            continue
        facts = {"on": on} if one.asks_for_day else {}
        told = [
            Diagnostic(
                rule=one.name,
                severity=one.severity,
                message=visible(one.message(language, filled)),
                place=Place(file=file, line=line, column=column),
                help=one.remedy(language),
            )
            for (line, column), filled in islice(one.check(draft, **facts), MOST_FINDINGS + 1)
        ]
        if len(told) > MOST_FINDINGS:
            more = (
                "lebih banyak tidak dicantumkan" if language is Language.INDONESIAN else "more of these are not listed"
            )
            told[-1] = replace(told[-1], message=more, help="")
        found += told
    return in_order(found)


def names_instrument(text: str) -> bool:
    """Say whether the title of a text names an instrument of which rules are known."""
    return read(text).instrument is not None


def _chosen(select: Collection[str] | None, ignore: Collection[str]) -> list[DraftRule]:
    for name in (*(select or ()), *ignore):
        if name not in RULES:
            raise RequestError(f"there is no rule `{name}`", help=f"the rules are: {named(RULES)}")
    return [one for one in RULES.values() if (select is None or one.name in select) and one.name not in ignore]
