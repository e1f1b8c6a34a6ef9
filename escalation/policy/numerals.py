"""Numbers as people write them in a policy file, and what to write instead."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

GROUP = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)
COMMA_BEFORE = re.compile(r"[-+]?[0-9][0-9.]*,$", re.ASCII)
DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


LONGEST = 40
PLAIN = "write digits alone, and a point before decimals"


class _Form(NamedTuple):
    """A way to write numbers, and the marks that it sets between groups and before decimals."""

    pattern: re.Pattern[str]
    between: str
    before_decimals: str
    remedy: str


_FORMS = (
    _Form(re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}"), ",", "", "write {0}, or {1} if it has decimals"),
    _Form(re.compile(r"[-+]?[0-9]+,[0-9]+"), "", ",", "write {0}, with a point"),
    _Form(re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+"), ".", ",", "write {0}, with a point"),
    _Form(re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"), ".", "", "write {0}, without points"),
    _Form(re.compile(r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"), ",", "", "write {0}, without commas"),
    _Form(re.compile(r"[-+]?[1-9][0-9]{0,2}(?: [0-9]{3})+"), " ", "", "write {0}, without spaces"),
    _Form(re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)? ?%"), "%", ",", "write {0}; the unit says that it is a percentage"),
)


def advice_on(text: str) -> str:
    """Say how a number is written in a policy, where a text is one as people write them; else nothing.

    >>> advice_on("35,5"), advice_on("1.120.590"), advice_on("55 %")
    ('write 35.5, with a point', 'write 1120590, without points', 'write 55; the unit says that it is a percentage')
    >>> advice_on("1,200"), advice_on("many")
    ('write 1200, or 1.2000 if it has decimals', '')
    """
    for form in _FORMS if len(text) <= LONGEST else ():
        if form.pattern.fullmatch(text):
            plain = text.replace(form.between, "") if form.between else text
            plain = plain.replace(form.before_decimals, ".") if form.before_decimals else plain
            return form.remedy.format(plain.strip(), text.replace(",", ".") + "0")
    return ""


def plain(value: float | Decimal) -> str:
    """Write a number in plain digits, at most 15, so that it is read as the same number everywhere.

    >>> plain(1e3), plain(55.50), plain(Decimal("2016006.0")), plain(9.999)
    ('1000', '55.5', '2016006', '9.9990')
    """
    text = f"{Decimal(f'{value:.15g}'):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    # Three decimals may be taken for thousands; a fourth may not.
    return f"{text}0" if GROUP.fullmatch(text) else text


def cut_by_comma(before: str, text: str) -> str:
    """Give the number that a comma within braces cuts in two, if `text` is its second half; else nothing.

    >>> cut_by_comma("{value: 35,", "5"), cut_by_comma("{value: 35, ", "5")
    ('35,5', '')
    """
    found = COMMA_BEFORE.search(before)
    return found[0] + text if found and DIGITS.fullmatch(text) else ""


def advice_on_amendment(text: str) -> str:
    """Say how a number is written after `--set`, where a text is one that a policy file would refuse; else nothing.

    >>> advice_on_amendment("45,5"), advice_on_amendment("1.200"), advice_on_amendment("45.5")
    ('write 45.5, with a point', 'write 1200, or 1.2000 if it has decimals', '')
    """
    return advice_on_group(text).partition(";")[0] if GROUP.fullmatch(text) else advice_on(text)


def advice_on_group(text: str) -> str:
    """Say how to write `1.200`: as a whole number, or with another count of decimals.

    >>> advice_on_group("1.200")
    'write 1200, or 1.2000 if it has decimals; quote it if it is a text'
    """
    return f"write {text.replace('.', '')}, or {text}0 if it has decimals; quote it if it is a text"
