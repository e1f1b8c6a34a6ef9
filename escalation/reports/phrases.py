"""The words of a report in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from escalation.policy.values import Language

Phrases = Mapping[str, tuple[str, str]]
"""Sentences by key, English and Indonesian; braces hold what is filled in, ready printed."""


def phrase(phrases: Phrases, key: str, language: Language, **filled: object) -> str:
    """Give a sentence in a language."""
    english, indonesian = phrases[key]
    return (indonesian if language is Language.INDONESIAN else english).format(**filled)
