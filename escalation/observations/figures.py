"""Numbers as people write them in tables: one declared format, and nothing else is read as a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NoReturn

from escalation.observations.findings import shown

DIGITS = 15
"""More significant digits than these do not survive in float64."""


class Locale(StrEnum):
    """How numbers are written: 1.120.590 and 55,58 in Indonesian, 1,120,590 and 55.58 in English."""

    ENGLISH = "en"
    INDONESIAN = "id"


class Unreadable(Exception):
    """A text is not a number of the declared format; `rule` names why and `help` says what to write."""

    def __init__(self, rule: str, message: str, help: str) -> None:  # noqa: A002 - the word of the diagnostics
        super().__init__(message)
        self.rule = rule
        self.help = help


class Figure(str):
    """A number as a workbook or a database holds it, in machine format; `percent`: shown as a percentage."""

    __slots__ = ("percent",)
    percent: bool


class Flaw(str):
    """A cell of a workbook or a database that holds no value; `rule` names why and `help` says what to do."""

    __slots__ = ("help", "rule")
    rule: str
    help: str


Read = Callable[[str], float]

MACHINE = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
MOST = re.compile(r"[+-]?(?:[1-9][0-9]*|0)(?:\.(?:[0-9]{1,2}|[0-9]{4,}))?", re.ASCII).fullmatch
"""Most numbers in machine format: all but those with three decimals, which are looked at twice."""
GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+", re.ASCII)
LOCAL = {
    Locale.INDONESIAN: re.compile(r"[+-]?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,[0-9]+)?", re.ASCII),
    Locale.ENGLISH: re.compile(r"[+-]?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII),
}
LEADING_ZEROS = re.compile(r"[+-]?0[0-9]+(?:[.,][0-9]+)?", re.ASCII)
WITH_COMMA = re.compile(r"[+-]?[0-9.,]*,[0-9.,]*", re.ASCII)
OTHER_MARKS = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*[.,]?", re.ASCII)


def reader(locale: Locale | None) -> Read:
    """Give the function that reads the numbers of a table. It raises Unreadable.

    >>> reader(Locale.INDONESIAN)("1.120.590"), reader(Locale.ENGLISH)("1,120,590.5"), reader(None)("55.58")
    (1120590.0, 1120590.5, 55.58)
    """
    if locale is None:
        return _machine
    return _indonesian if locale is Locale.INDONESIAN else _english


def judgement(words: Mapping[str, bool]) -> Read:
    """Give the function that reads `yes` as 1.0 and `no` as 0.0, and other words as declared, in capitals or not.

    It raises Unreadable for anything else.

    >>> read = judgement({"ya": True, "tidak": False})
    >>> read("yes"), read("Ya"), read("TIDAK")
    (1.0, 1.0, 0.0)
    """
    meant = {word.casefold(): 1.0 if is_yes else 0.0 for word, is_yes in words.items()}

    def read(text: str) -> float:
        bare = text.strip(" \t")
        if bare in ("yes", "no"):
            return 1.0 if bare == "yes" else 0.0
        if (value := meant.get(bare.casefold())) is not None:
            return value
        if isinstance(text, Flaw):
            raise Unreadable(text.rule, f"{shown(text)} is no value", text.help)
        raise Unreadable("unreadable-judgement", f"{shown(text)} is not a judgement", JUDGE)

    return read


JUDGE = "write `yes` or `no`, or declare the words in a mapping: `judgements: {ya: yes, tidak: no}`"


def decimals_of(text: str, locale: Locale | None) -> int:
    """Count the decimals with which a number is printed."""
    mark = "," if locale is Locale.INDONESIAN and not isinstance(text, Figure) else "."
    return len(text.strip(" \t").partition(mark)[2])


def _machine(text: str) -> float:
    if MOST(text) and len(text) <= DIGITS:
        return float(text) + 0.0  # -0 and 0 are one number
    if MACHINE.fullmatch(text) and (type(text) is Figure or not GROUPED.fullmatch(text)):
        return _number(text, text)
    return _second_look(text, _machine, None)


def _indonesian(text: str) -> float:
    if type(text) is not Figure and LOCAL[Locale.INDONESIAN].fullmatch(text):
        return _number(text.replace(".", "").replace(",", "."), text)
    return _machine(text) if type(text) is Figure else _second_look(text, _indonesian, Locale.INDONESIAN)


def _english(text: str) -> float:
    if type(text) is not Figure and LOCAL[Locale.ENGLISH].fullmatch(text):
        return _number(text.replace(",", ""), text)
    return _machine(text) if type(text) is Figure else _second_look(text, _english, Locale.ENGLISH)


def _number(plain: str, text: str) -> float:
    if len(plain) > DIGITS and len(plain.lstrip("+-0.").replace(".", "")) > DIGITS:
        raise Unreadable(
            "too-many-digits", f"{shown(text)} has more than {DIGITS} digits", "round it to what was measured"
        )
    return float(plain) + 0.0


def _second_look(text: str, read: Read, locale: Locale | None) -> float:
    """Read a number with spaces around it, or say why it is none."""
    bare = text.strip(" \t")
    if bare != text and not isinstance(text, Flaw):
        return read(bare)
    return _refuse(text, locale)


def _refuse(text: str, locale: Locale | None) -> NoReturn:
    if isinstance(text, Flaw):
        raise Unreadable(text.rule, f"{shown(text)} is no value", text.help)
    if any(char.isdigit() and not char.isascii() for char in text[:1000]):
        raise Unreadable("foreign-digits", f"{shown(text)} has digits other than 0 to 9", "write it with 0 to 9")
    if text.endswith("%"):
        help_ = "write the number alone; the unit of the metric says that it is a percentage"
        raise Unreadable("percent-sign", f"{shown(text)} has a percent sign", help_)
    if LEADING_ZEROS.fullmatch(text):
        help_ = "write numbers without leading zeros, or is it a code?"
        raise Unreadable("unreadable-number", f"{shown(text)} begins with a zero", help_)
    if locale is None and (GROUPED.fullmatch(text) or WITH_COMMA.fullmatch(text)):
        both = all(pattern.fullmatch(text) for pattern in LOCAL.values())
        why = "is one number in Indonesian and another in English" if both else "is not how machines write a number"
        raise Unreadable(
            "ambiguous-number",
            f"{shown(text)} {why}",
            "declare how numbers are written: --numbers id (1.120.590 and 55,58) or --numbers en (1,120,590 and 55.58)",
        )
    if locale is not None and OTHER_MARKS.fullmatch(text):
        example = "1.120.590 and 55,58" if locale is Locale.INDONESIAN else "1,120,590 and 55.58"
        raise Unreadable(
            "unreadable-number", f"{shown(text)} is not a number as `{locale}` writes them", f"write it like {example}"
        )
    raise Unreadable(
        "unreadable-number",
        f"{shown(text)} is not a number",
        "write digits only, leave the cell empty where there is no figure, "
        "or list the text under `missing` in the mapping",
    )
