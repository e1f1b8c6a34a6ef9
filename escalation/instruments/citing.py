"""Citing the sources of a fact on a day: one that is not there yet on that day, or no longer, says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from escalation.instruments.model import Fact, Pack
from escalation.policy.origins import Reference
from escalation.policy.values import ASSUMPTION, Language
from escalation.policy.wording import Phrases, phrase
from escalation.policy.wording import day as printed

SENTENCES: Phrases = {
    "not-yet": ("{title} (not yet in force: from {day})", "{title} (belum berlaku: mulai {day})"),
    "later": ("{title} (of {day}, after the day of this law)", "{title} (bertanggal {day}, setelah hari hukum ini)"),
    "expired": ("{title} (no longer in force since {day})", "{title} (tidak berlaku lagi sejak {day})"),
}


def cited(pack: Pack, fact: Fact[object], day: date, language: Language, *, assumed: str) -> Iterator[str]:
    """Give the sources of a fact as they stand on a day; `assumed` for what is an assumption."""
    for name in fact.source:
        yield assumed if name == ASSUMPTION else titled(pack.sources[name], day, language)


def titled(source: Reference, day: date, language: Language) -> str:
    """Give the title of a source, with a word where it is not in force on a day, or later than it.

    >>> law = Reference.model_validate({"title": "Act 13", "from": "2022-06-16"})
    >>> titled(law, date(2022, 2, 20), Language.ENGLISH), titled(law, date(2022, 6, 16), Language.ENGLISH)
    ('Act 13 (not yet in force: from 16 June 2022)', 'Act 13')
    """
    title, apart = source.title.in_language(language), source.apart(day)
    if apart is None:
        return title
    key, when = apart
    return phrase(SENTENCES, key, language, title=title, day=printed(when, language))
