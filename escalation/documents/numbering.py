"""Numbers as letters and as Roman numerals, which number the parts of a text."""

from __future__ import annotations

_ROMAN_SIGNS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = 26


def letters(number: int) -> str:
    """Write a number from 1 on in letters: a to z, then aa.

    >>> letters(1), letters(26), letters(27)
    ('a', 'z', 'aa')
    """
    more, place = divmod(number - 1, _LETTERS)
    return (letters(more) if more else "") + chr(ord("a") + place)


def roman(number: int) -> str:
    """Write a number from 1 on in Roman capitals.

    >>> roman(4), roman(14), roman(49)
    ('IV', 'XIV', 'XLIX')
    """
    text = ""
    for value, sign in _ROMAN_SIGNS:
        text += sign * (number // value)
        number %= value
    return text
