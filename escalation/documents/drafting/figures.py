"""Numbers, amounts of money, and figures of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.grounds import WITH_GROUNDS, considerations
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.numerals import number_in
from escalation.documents.drafting.passage import Passage, Position
from escalation.documents.drafting.registry import ALL, AMENDED, SOFT, Finding, rule

_NUMBER = re.compile(r"(?<![\w.,/(-])(?P<number>[0-9]{1,3}(?:\.[0-9]{3}){0,4})(?![\w/-]|[.,][0-9]| ?%)")
_WORDS = re.compile(r" ?\((?P<words>[a-z ]{2,200})\)")
_NAMED = re.compile(
    r"(?:\b(?:[Pp]asal|ayat|angka|huruf|[Nn]omor|[Tt]ahun|tanggal|kategori|BAB|Bagian|Paragraf|pukul|Tingkat|Lampiran"
    r"|minggu ke|ke)|Rp) ?$"
)
_MONTH = re.compile(r" (?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember)\b")
_MONEY = re.compile(r"\bRp\.? ?(?P<amount>[0-9]{1,3}(?:\.[0-9]{3}){0,5}|[0-9]{1,16})(?:,(?:[0-9]{2}|-))?(?![0-9])")
_MONEY_WORDS = re.compile(r" ?\((?P<words>[a-z ]{2,200}?) rupiah\)")
_FIGURE = re.compile(
    r"(?<![\w.,/-])(?P<number>[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,9})?|[0-9]{1,9}(?:,[0-9]{1,9})?)"
    r"(?P<unit> ?(?:%|persen\b|orang\b|jiwa\b|kasus\b|dosis\b|kematian\b|pasien\b|warga\b|penduduk\b))?(?!\w)"
)
_THRESHOLD = re.compile(
    r"(?:di bawah|di atas|kurang dari|lebih dari|paling (?:sedikit|banyak|rendah|tinggi|lama|kurang)|sasaran|target"
    r"|ambang|batas|minimal|maksimal|mencapai|sama dengan|[<>≥≤=]) ?(?:sebesar |yaitu )?$",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?:Angka|Figure): ")
_IN_TRACE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,9})?|[0-9]{1,9}(?:,[0-9]{1,9})?")
NEAR = 40
"""Characters before a number in which the words stand that say what it is."""


def _numbers(draft: Draft) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Give the numbers in the articles of a draft that are no reference, date or amount of money."""
    for article in draft.articles:
        for one in article.all():
            for found in _NUMBER.finditer(one.text):
                before = one.text[max(0, found.start() - NEAR) : found.start()]
                if not _NAMED.search(before) and not _MONTH.match(one.text, found.end()):
                    yield one.passage, found


def _plain(number: str) -> int:
    return int(number.replace(".", ""))


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
    for passage, found in _numbers(draft):
        if not _WORDS.match(passage.text, found.end()):
            yield passage.at(found.start()), {"number": found["number"]}


@rule(
    "words-differ-from-number",
    severity=Severity.ERROR,
    number="86",
    says=("`{number}` is written `{words}` in words", "`{number}` ditulis `{words}` dalam kata"),
    help=("mend the number or the words", "perbaiki angka atau katanya"),
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
    for passage, found in _numbers(draft):
        words = _WORDS.match(passage.text, found.end())
        said = number_in(words["words"]) if words else None
        if words and said is not None and said != _plain(found["number"]):
            yield passage.at(found.start()), {"number": found["number"], "words": words["words"]}
    for one in draft.norms():
        for at, found in one.passage.finds(_MONEY):
            words = _MONEY_WORDS.match(one.text, found.end())
            said = number_in(words["words"]) if words else None
            if words and said is not None and said != _plain(found["amount"]):
                yield at, {"number": found[0], "words": words["words"]}


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


def figures(draft: Draft) -> Iterator[tuple[Position, str]]:
    """Give the figures of the data among the reasons: shares, people, large numbers, and no thresholds."""
    for one in _reasons(draft):
        for at, found in one.finds(_FIGURE):
            before = one.text[max(0, found.start() - NEAR) : found.start()]
            is_figure = found["unit"] or not found["number"].isdigit()
            if is_figure and not _NAMED.search(before) and not _THRESHOLD.search(before):
                yield at, found["number"]


def _reasons(draft: Draft) -> Iterator[Passage]:
    """Give what a draft says of why it is made; a circular or an instruction says it in its opening or its points."""
    yield from (one.passage for top in considerations(draft) for one in top.all())
    if draft.instrument in SOFT:
        yield from (*draft.opening, *(one.passage for one in draft.norms()))


@rule(
    "figure-not-in-trace",
    severity=Severity.ERROR,
    number="good practice",
    says=("the figure `{number}` is not among those that the draft says it rests on",
          "angka `{number}` tidak terdapat dalam asal rancangan"),
    help=(
        "take the figure from the data again with `escalation draft`, or say where it comes from",
        "buat kembali rancangan dengan `escalation draft`, atau sebutkan asal angkanya",
    ),
    of=ALL,
)  # fmt: skip
def figure_not_in_trace(draft: Draft) -> Iterator[Finding]:
    """A figure in the considerations is none of those that the draft was made from.

    A draft of `escalation draft` ends with where it comes from: every figure with metric, region and week. A figure
    that was changed by hand, or is of another week, is not among them.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi dosis pertama sebesar 56,58 %;

        MEMUTUSKAN:

        Pasal 1

        Ketentuan.

        Asal rancangan ini:

        - Angka: first_dose_coverage, Kota Bekasi, 2021-W36: 55,58 %

    Good:

        Menimbang : a. bahwa cakupan vaksinasi dosis pertama sebesar 55,58 %;

        MEMUTUSKAN:

        Pasal 1

        Ketentuan.

        Asal rancangan ini:

        - Angka: first_dose_coverage, Kota Bekasi, 2021-W36: 55,58 %
    """
    if not draft.trace:
        return
    told = [one.text.rpartition(": ")[2] for one in draft.trace if _TOLD.match(one.text)]
    known = {number for text in told for number in _IN_TRACE.findall(text)}
    for at, number in figures(draft):
        if number not in known:
            yield at, {"number": number}


@rule(
    "figure-without-trace",
    severity=Severity.INFO,
    number="good practice",
    says=("where the figure `{number}` comes from is not said", "asal angka `{number}` tidak disebutkan"),
    help=(
        "name source and date beside it, or let `escalation draft` write the considerations",
        "sebutkan sumber dan tanggalnya, atau gunakan `escalation draft`",
    ),
    of=WITH_GROUNDS,
)
def figure_without_trace(draft: Draft) -> Iterator[Finding]:
    """A figure in the considerations of a draft that does not say where its figures come from.

    A decision rests on complete information (UU 30/2014): whoever signs should be able to look every figure up. This
    is a remark, as a draft written by hand may have its sources elsewhere.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi dosis pertama sebesar 55,58 %;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi dosis pertama belum mencapai 70 %;
    """
    if not draft.trace:
        yield from ((at, {"number": number}) for at, number in figures(draft))
