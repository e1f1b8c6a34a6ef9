"""Numbers, letters and lists as legal texts of a language write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from escalation.policy.draft import Money
from escalation.policy.values import Language
from escalation.policy.wording import number

Joint = Literal["and", "or", "and/or"]
JOINTS: dict[Language, dict[Joint, str]] = {
    Language.ENGLISH: {"and": "and", "or": "or", "and/or": "and/or"},
    Language.INDONESIAN: {"and": "dan", "or": "atau", "and/or": "dan/atau"},
}
UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
RUPIAH = "IDR"
TEN, TWELVE, TWENTY, HUNDRED, THOUSAND = 10, 12, 20, 100, 1000
FIRST_WORDS = 4
"""Words by which a text is named."""
ORDINALS = {
    Language.INDONESIAN: ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN",
                          "KESEMBILAN", "KESEPULUH"),
    Language.ENGLISH: ("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH"),
}  # fmt: skip


def in_words(number: int) -> str:
    """Write a number from 0 on in Indonesian words.

    >>> in_words(500_000), in_words(1_250), in_words(16), in_words(121)
    ('lima ratus ribu', 'seribu dua ratus lima puluh', 'enam belas', 'seratus dua puluh satu')
    """
    if number < TWELVE:
        return UNITS[number]
    if number < TWENTY:
        return f"{UNITS[number - TEN]} belas"
    if number < HUNDRED:
        return _joined(f"{UNITS[number // TEN]} puluh", number % TEN)
    if number < THOUSAND:
        return _joined("seratus" if number < 2 * HUNDRED else f"{UNITS[number // HUNDRED]} ratus", number % HUNDRED)
    scale, name = next(one for one in SCALES if number >= one[0])
    head = "seribu" if number < 2 * THOUSAND else f"{in_words(number // scale)} {name}"
    return _joined(head, number % scale)


def _joined(head: str, rest: int) -> str:
    return f"{head} {in_words(rest)}" if rest else head


def money(fine: Money, language: Language) -> str:
    """Write an amount of money as acts do: rupiah in an Indonesian act with their words.

    >>> from escalation.policy.draft import Money
    >>> rupiah, euro = Money(amount=500_000, currency="IDR"), Money(amount=2_500, currency="EUR")
    >>> money(rupiah, Language.INDONESIAN), money(rupiah, Language.ENGLISH), money(euro, Language.ENGLISH)
    ('Rp500.000,00 (lima ratus ribu rupiah)', 'Rp 500,000', 'EUR 2,500')
    """
    if language is Language.INDONESIAN and fine.currency == RUPIAH:
        return f"Rp{fine.amount:,}".replace(",", ".") + f",00 ({in_words(fine.amount)} rupiah)"
    return in_short(fine, language)


def in_short(fine: Money, language: Language) -> str:
    """Write an amount of money without its words: rupiah by their sign, others after the code of their currency."""
    sign = "Rp" if fine.currency == RUPIAH else fine.currency
    return f"{sign} {number(fine.amount, language)}"


def ordinal(number: int, language: Language) -> str:
    """Write the ordinal of an order from 1 on, in capitals; after the tenth as a number.

    >>> ordinal(3, Language.INDONESIAN), ordinal(11, Language.INDONESIAN), ordinal(11, Language.ENGLISH)
    ('KETIGA', 'KESEBELAS', '11TH')
    """
    known = ORDINALS[language]
    if number <= len(known):
        return known[number - 1]
    return f"KE{in_words(number).upper()}" if language is Language.INDONESIAN else f"{number}TH"


def series(parts: Sequence[str], language: Language) -> str:
    """Write a series in one sentence, with the comma before `dan` that Indonesian drafting wants.

    >>> series(["huruf a", "huruf b", "huruf c"], Language.INDONESIAN), series(["a", "b"], Language.INDONESIAN)
    ('huruf a, huruf b, dan huruf c', 'a dan b')
    """
    word = JOINTS[language]["and"]
    if len(parts) <= 1:
        return "".join(parts)
    comma = "," if len(parts) > 2 else ""  # noqa: PLR2004 - two parts are joined without a comma
    return f"{', '.join(parts[:-1])}{comma} {word} {parts[-1]}"


def shortened(text: str) -> str:
    """Give the beginning of a text, by which a reader finds it.

    >>> shortened("Setiap orang dilarang menghalangi pelaksanaan Vaksinasi di tempat pelayanan publik")
    'Setiap orang dilarang menghalangi …'
    """
    words = text.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def listed(points: Sequence[str], joint: Joint, language: Language) -> tuple[str, ...]:
    """Give points their ends: a semicolon, the joint after the last but one, and a full stop.

    >>> listed(["dosis pertama", "dosis kedua"], "and", Language.INDONESIAN)
    ('dosis pertama; dan', 'dosis kedua.')
    """
    bare = [point.rstrip(" .;") for point in points]
    word = JOINTS[language][joint]
    ends = [";"] * len(bare)
    ends[-1] = "."
    if len(bare) > 1:
        ends[-2] = f"; {word}"
    return tuple(text + end for text, end in zip(bare, ends, strict=True))
