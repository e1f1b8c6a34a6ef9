"""Numbers of drafts: what they number, and those in words, read: `dua ratus lima puluh ribu` is 250,000."""

from __future__ import annotations

import re

from escalation.documents.drafting.passage import before

_UNITS = {
    word: number
    for number, word in enumerate(
        ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
    )
}
_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100}
SCALES = {"ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000, "triliun": 1_000_000_000_000}
_NAMED = re.compile(
    r"(?:\b(?:[Pp]asal|ayat|angka|huruf|[Nn]omor|[Tt]ahun|tanggal|kategori|BAB|Bagian|Paragraf|pukul|Tingkat|Lampiran"
    r"|minggu ke|ke)|Rp) ?$"
)
NEAR = 40
"""Characters before a number in which the words stand that say what it is."""
DIGITS = r"[0-9]{1,16}(?:\.[0-9]{3}){0,5}"
"""A pattern of an amount in figures, its thousands set off by points or not."""
_TENS, _HUNDREDS, _TEENS = "puluh", "ratus", "belas"


def is_named(found: re.Match[str]) -> bool:
    """Say whether a number is that of an article, a day or the like, or an amount of money, by the word before it."""
    return _NAMED.search(before(found, most=NEAR)) is not None


def amount_in(figures: str) -> int:
    """Read a number from its figures.

    >>> amount_in("14"), amount_in("250.000")
    (14, 250000)
    """
    return int(figures.replace(".", ""))


def number_in(words: str) -> int | None:
    """Read a number from its words; None where they are no number.

    >>> number_in("empat belas"), number_in("lima puluh juta seribu seratus satu"), number_in("paling lama")
    (14, 50001101, None)
    """
    total = below = last = 0
    for word in words.split():
        if word in _UNITS:
            below, last = below + _UNITS[word], _UNITS[word]
        elif word in _WHOLE:
            below, last = below + _WHOLE[word], 0
        elif word in {_TENS, _HUNDREDS}:
            below, last = below + last * (9 if word == _TENS else 99), 0
        elif word == _TEENS:
            below, last = below + 10, 0
        elif word == "seribu":
            total, below, last = total + 1_000, 0, 0
        elif word in SCALES:
            total, below, last = total + below * SCALES[word], 0, 0
        else:
            return None
    return total + below if words.strip() else None
