"""Numbers and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.grounds import reasons
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.numerals import DIGITS, amount_in, is_named, number_in
from escalation.documents.drafting.passage import Passage, Position
from escalation.documents.drafting.registry import ALL, AMENDED, Finding, rule
from escalation.policy.values import Language
from escalation.policy.wording import MONTHS

_NUMBER = re.compile(r"(?<![\w.,/(-])(?P<number>[0-9]{1,3}(?:\.[0-9]{3}){0,4})(?![\w/-]|[.,][0-9]| ?%)")
_WORDS = re.compile(r" ?\((?P<words>[a-z ]{2,200})\)")
_MONTH = re.compile(rf" (?:{'|'.join(MONTHS[Language.INDONESIAN])})\b")
_MONEY = re.compile(r"\bRp\.? ?(?P<number>" + DIGITS + r")(?:,(?:[0-9]{2}|-))?(?![0-9])")
_MONEY_WORDS = re.compile(r" ?\((?P<words>[a-z ]{2,200}?) rupiah\)")
_Said = tuple[Position, re.Match[str], re.Pattern[str]]
"""Where a `number` stands, and what finds its words behind it."""


def _numbers(passages: Iterable[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Give the numbers that are no reference, date or amount of money."""
    for one in passages:
        for found in _NUMBER.finditer(one.text):
            if not is_named(found) and not _MONTH.match(one.text, found.end()):
                yield one, found


def _in_articles(draft: Draft) -> Iterator[Passage]:
    return (one.passage for article in draft.articles for one in article.all())


@rule(
    "number-without-words",
    severity=Severity.WARNING,
    number="86",
    says=("the number `{number}` is not followed by its words", "angka `{number}` tidak diikuti kata dalam kurung"),
    help=("write `14 (empat belas)`", "tulis `14 (empat belas)`"),
)
def number_without_words(draft: Draft) -> Iterator[Finding]:
    """A number in an article is not repeated in words.

    A number is followed by its words in brackets, so that a slip of a digit shows. References, dates and percentages
    are left out.

    Bad:

        Pasal 2

        Layanan ditunda paling lama 14 hari.

    Good:

        Pasal 2

        Layanan ditunda paling lama 14 (empat belas) hari.
    """
    for passage, found in _numbers(_in_articles(draft)):
        if not _WORDS.match(passage.text, found.end()):
            yield passage.at(found.start()), {"number": found["number"]}


@rule(
    "words-differ-from-number",
    severity=Severity.ERROR,
    number="86",
    says=("`{number}` is written `{words}` in words", "`{number}` ditulis `{words}` dalam kata"),
    help=("mend the number or the words", "perbaiki angka atau katanya"),
    of=ALL,
)
def words_differ_from_number(draft: Draft) -> Iterator[Finding]:
    """The words in brackets are not the number before them.

    Which of the two was meant cannot be told from the act.

    Bad:

        Pasal 2

        Layanan ditunda paling lama 14 (empat puluh) hari.

    Good:

        Pasal 2

        Layanan ditunda paling lama 14 (empat belas) hari.
    """
    for at, found, pattern in (*_all_numbers(draft), *_all_money(draft)):
        words = pattern.match(found.string, found.end())
        said = number_in(words["words"]) if words else None
        if words and said not in {None, amount_in(found["number"])}:
            yield at, {"number": found[0], "words": words["words"]}


def _all_numbers(draft: Draft) -> Iterator[_Said]:
    for passage, found in _numbers((*reasons(draft), *_in_articles(draft))):
        yield passage.at(found.start()), found, _WORDS


def _all_money(draft: Draft) -> Iterator[_Said]:
    for one in draft.norms():
        yield from ((at, found, _MONEY_WORDS) for at, found in one.passage.finds(_MONEY))


@rule(
    "money-without-words",
    severity=Severity.ERROR,
    number="270a-c",
    says=(
        "the amount `{amount}` is not followed by its words",
        "jumlah uang `{amount}` tidak diikuti kata dalam kurung",
    ),
    help=(
        "write `Rp250.000,00 (dua ratus lima puluh ribu rupiah)`",
        "tulis `Rp250.000,00 (dua ratus lima puluh ribu rupiah)`",
    ),
    since=AMENDED,
)
def money_without_words(draft: Draft) -> Iterator[Finding]:
    """An amount of money is not repeated in words.

    Since UU 13/2022 an amount of money in a norm is written in words as well.

    Bad:

        Pasal 2

        Denda administratif dikenakan paling banyak Rp250.000,00.

    Good:

        Pasal 2

        Denda administratif dikenakan paling banyak Rp250.000,00 (dua ratus lima puluh ribu rupiah).
    """
    for one in draft.norms():
        for at, found in one.passage.finds(_MONEY):
            if not _MONEY_WORDS.match(one.text, found.end()):
                yield at, {"amount": found[0]}
