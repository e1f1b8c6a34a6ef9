"""Weeks in which a policy cannot say, told beside what an outcome comes to."""

from __future__ import annotations

from escalation.policy.values import Language
from escalation.policy.wording import number, phrase, rounded

WORDS = {
    "weeks": ("{count} weeks", "{count} minggu"),
    "beside": ("{outcome} (cannot say: {weeks})", "{outcome} (tidak pasti: {weeks})"),
    "none": ("the policy can say in every week", "kebijakan dapat menentukan di setiap minggu"),
    "all": ("the policy cannot say in {weeks}, whatever the value", "tidak pasti pada {weeks}, berapa pun nilainya"),
    "by": (
        "the policy cannot say in {low} to {weeks}, by the value",
        "tidak pasti pada {low} sampai {weeks}, menurut nilainya",
    ),
    "mean": ("{weeks} (mean)", "{weeks} (rata-rata)"),
}


def beside(outcome: str, unsaid: float, language: Language) -> str:
    """Tell an outcome, and behind it in how many weeks the policy cannot say; nothing where it can in all."""
    return phrase(WORDS, "beside", language, outcome=outcome, weeks=weeks(unsaid, language)) if unsaid else outcome


def weeks(unsaid: float, language: Language) -> str:
    """Write a number of weeks, or a mean of them."""
    return phrase(WORDS, "weeks", language, count=_mean(unsaid, language))


def _mean(value: float, language: Language) -> str:
    return number(value, language) if value == int(value) else rounded(value, language)


def sentence(unsaid: tuple[float, float], language: Language, *, is_mean: bool) -> str:
    """Say in how many weeks the policy cannot say, at least and at most with the values tried."""
    low, high = unsaid
    key = "none" if not high else "all" if _mean(low, language) == _mean(high, language) else "by"
    said = weeks(high, language)
    said = phrase(WORDS, "mean", language, weeks=said) if is_mean else said
    return phrase(WORDS, key, language, low=_mean(low, language), weeks=said)
