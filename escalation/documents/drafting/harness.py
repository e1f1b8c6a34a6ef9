"""Tries the rules on a draft and gives their findings places and words."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from escalation.diagnostics import Diagnostic, Place, Severity, in_order, visible
from escalation.documents.drafting.reader import read
from escalation.documents.drafting.registry import RULES, DraftRule
from escalation.errors import Refused, RequestError
from escalation.policy.defects import named
from escalation.policy.values import Language

LARGEST, MOST_LINES = 500_000, 10_000
"""Bytes and lines of a draft that are read: some 200 pages."""
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
        if not one.is_tried(draft.instrument, on):
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


def read_text(path: str | os.PathLike[str]) -> str:
    """Read the text of a draft. Raise RequestError where there is no such file, Refused where it is no Markdown."""
    file = os.fspath(path)
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a name of a file").lower()
        raise RequestError(f"`{visible(file)}` cannot be read: {reason}") from None
    if len(data) > LARGEST:
        raise _refused(file, "draft-too-large", f"the file has more than {LARGEST:,} bytes", "split the draft")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(file, "draft-not-text", "the file is not text in UTF-8", "save the draft as Markdown") from None
    if "\0" in text:
        raise _refused(file, "draft-not-text", "the file is not text in UTF-8", "save the draft as Markdown")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise _refused(file, "draft-too-large", f"the file has more than {MOST_LINES:,} lines", "split the draft")
    return text


def _refused(file: str, rule: str, message: str, remedy: str) -> Refused:
    one = Diagnostic(rule=rule, severity=Severity.ERROR, message=message, place=Place(file=file), help=remedy)
    return Refused((one,))


def _chosen(select: Collection[str] | None, ignore: Collection[str]) -> list[DraftRule]:
    for name in (*(select or ()), *ignore):
        if name not in RULES:
            raise RequestError(f"there is no rule `{name}`", help=f"the rules are: {named(RULES)}")
    return [one for one in RULES.values() if (select is None or one.name in select) and one.name not in ignore]
