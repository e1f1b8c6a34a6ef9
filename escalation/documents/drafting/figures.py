"""Figures of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.days import DAY
from escalation.documents.drafting.grounds import WITH_GROUNDS, reasons
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.numerals import NEAR, is_named, number_in
from escalation.documents.drafting.origin import MADE_UP, NUMBER, REQUIRED, Origin, origin, unit_at
from escalation.documents.drafting.passage import Passage, before
from escalation.documents.drafting.registry import ALL, Finding, rule

_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?P<number>{NUMBER})"
    r"(?P<unit> ?(?:%|(?:persen|poin persen|orang|jiwa|kasus|dosis|kematian|pasien|warga|penduduk)\b))?(?!\w)"
)
_THRESHOLD = re.compile(
    r"(?:di bawah|di atas|kurang dari|lebih dari|paling (?:sedikit|banyak|rendah|tinggi|lama|kurang)|sasaran|target"
    r"|ambang|batas|minimal|maksimal|mencapai|sama dengan|[<>≥≤=]) ?(?:sebesar |yaitu )?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r" ?\((?P<asked>[^()]{1,200})\)")
_REQUIRED = re.compile(REQUIRED)
_IN_A_ROW = re.compile(
    r"\b(?:(?P<number>[0-9]{1,3})(?: \([a-z ]{2,40}\))?|(?P<words>[a-z]+(?: belas| puluh)?)) minggu berturut-turut\b"
)
_UP_TO = re.compile(
    rf"\bdata\b[^.;:]{{0,60}}?(?:sampai dengan (?:tanggal )?(?P<until>[^,;.]{{1,40}})|(?P<date>{DAY}))", re.IGNORECASE
)
_WEEK = re.compile(r"\b[0-9]{4}-W[0-9]{2}\b")
DIGITS_OF_A_YEAR = 4


def figures(draft: Draft) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Give the figures of the data among the reasons: shares, people, large numbers, and no thresholds."""
    return ((one, found) for one in reasons(draft) for found in _numbers_of(one) if not _is_threshold(found))


def _numbers_of(one: Passage) -> Iterator[re.Match[str]]:
    """Give the numbers of a reason that are figures or thresholds."""
    for _, found in one.finds(_FIGURE):
        is_figure = found["unit"] or not found["number"].isdigit() or len(found["number"]) > DIGITS_OF_A_YEAR
        if is_figure and not is_named(found):
            yield found


def _is_threshold(found: re.Match[str]) -> bool:
    return _THRESHOLD.search(before(found, most=NEAR)) is not None


@rule(
    "figure-not-in-trace",
    severity=Severity.ERROR,
    number="good practice",
    says=("`{number}` is not among the figures, thresholds and days that the draft says it rests on",
          "`{number}` tidak terdapat di antara angka, ambang, dan tanggal dalam asal rancangan"),
    help=(
        "take the figure from the data again with `escalation draft`, or say where it comes from",
        "buat kembali rancangan dengan `escalation draft`, atau sebutkan asal angkanya",
    ),
    of=ALL,
)  # fmt: skip
def figure_not_in_trace(draft: Draft) -> Iterator[Finding]:
    """A figure, a threshold or a day in the considerations is none of those that the draft was made from.

    A draft of `escalation draft` ends with where it comes from: every figure with metric, region and week, what is
    asked of it, and the last day of the data. What was changed by hand, or is of another week, is not among them; a
    threshold in brackets must be that of the metric whose figure stands before it.

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
    known = origin(draft)
    for one in reasons(draft):
        for start, said in (
            *_strange_figures(one, known),
            *_strange_thresholds(one, known),
            *_strange_days(one, known),
        ):
            yield one.at(start), {"number": said}


def _strange_figures(one: Passage, known: Origin) -> Iterator[tuple[int, str]]:
    """Give what is none of the figures, or has another unit, and weeks in a row that are not among them."""
    for found in _numbers_of(one):
        units = known.figures.get(found["number"], set())
        if _is_threshold(found):
            continue
        if not units or (found["unit"] and "".join(units) and unit_at(one.text, found.end("number")) not in units):
            yield found.start(), found[0]
    for found in _IN_A_ROW.finditer(one.text):
        number = found["number"] or str(number_in(found["words"]))
        if "minggu" not in known.figures.get(number, set()):
            yield found.start(), found[0]


def _strange_thresholds(one: Passage, known: Origin) -> Iterator[tuple[int, str]]:
    """Give the thresholds of a passage with figures that are not asked of these."""
    of_figures = [found for found in _numbers_of(one) if found["number"] in known.figures and not _is_threshold(found)]
    if not known.tells_thresholds or not of_figures:
        return
    held: set[int] = set()
    for figure in of_figures:
        beside = _BESIDE.match(one.text, figure.end())
        for found in _REQUIRED.finditer(one.text, *beside.span("asked")) if beside else ():
            held.add(found.start("threshold"))
            if (found["asked"], found["threshold"]) not in known.asked.get(figure["number"], set()):
                yield found.start(), found[0]
    for found in _numbers_of(one):
        if _is_threshold(found) and found.start() not in held and found["number"] not in known.thresholds:
            yield found.start(), found[0]


def _strange_days(one: Passage, known: Origin) -> Iterator[tuple[int, str]]:
    """Give the days and weeks of the data that are others than the draft was made from."""
    for found in _UP_TO.finditer(one.text) if known.days else ():
        part = "until" if found["until"] else "date"
        if found[part].strip() not in known.days:
            yield found.start(part), found[part]
    for found in _WEEK.finditer(one.text) if known.weeks else ():
        if found[0] not in known.weeks:
            yield found.start(), found[0]


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
        yield from ((one.at(found.start()), {"number": found["number"]}) for one, found in figures(draft))


@rule(
    "illustration-not-said",
    severity=Severity.ERROR,
    number="good practice",
    says=("the figure `{number}` is an illustration, and is not called one",
          "angka `{number}` adalah ilustrasi, tetapi tidak disebut demikian"),
    help=("leave `angka ILUSTRASI, BUKAN DATA` in the sentence, or make the draft from data",
          "biarkan `angka ILUSTRASI, BUKAN DATA` dalam kalimat itu, atau buat rancangan dari data"),
    of=ALL,
)  # fmt: skip
def illustration_not_said(draft: Draft) -> Iterator[Finding]:
    """A draft that was made from invented figures does not call them so where it states them.

    Drafts on an illustration say so in their banner and in each sentence with figures. Without that, a sentence passes
    invented figures for data.

    Bad:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        **RANCANGAN — ILUSTRASI, BUKAN DATA: angkanya karangan.**

        1. Berdasarkan data, cakupan dosis pertama sebesar 55,58 %.

        Asal rancangan ini:

        - Angka: first_dose_coverage, Kota Bekasi, 2021-W36: 55,58 %

    Good:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        **RANCANGAN — ILUSTRASI, BUKAN DATA: angkanya karangan.**

        1. Berdasarkan angka ILUSTRASI, BUKAN DATA, cakupan dosis pertama sebesar 55,58 %.

        Asal rancangan ini:

        - Angka: first_dose_coverage, Kota Bekasi, 2021-W36: 55,58 %
    """
    if not any(MADE_UP in one.text for one in (*draft.before, *draft.opening)):
        return
    known = origin(draft).figures
    for one in reasons(draft):
        found = next((found for found in _numbers_of(one) if found["number"] in known), None)
        if found is not None and MADE_UP not in one.text:
            yield one.at(found.start()), {"number": found["number"]}


@rule(
    "illustration-banner-missing",
    severity=Severity.ERROR,
    number="good practice",
    says=("figures of the draft are an illustration, and no banner says so at its head",
          "angka rancangan ini adalah ilustrasi, tetapi tidak ada tanda di awal yang menyatakannya"),
    help=("leave the line `RANCANGAN — ILUSTRASI, BUKAN DATA: ...` at the head, or make the draft from data",
          "biarkan baris `RANCANGAN — ILUSTRASI, BUKAN DATA: ...` di awal, atau buat rancangan dari data"),
    of=ALL,
)  # fmt: skip
def illustration_banner_missing(draft: Draft) -> Iterator[Finding]:
    """A draft with invented figures has lost the banner that says so.

    Drafts on an illustration have it above or below the title, in Word at the head of the pages. A sentence that calls
    its figures an illustration is read later, or not at all.

    Bad:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Berdasarkan angka ILUSTRASI, BUKAN DATA, cakupan dosis pertama sebesar 55,58 %.

    Good:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        **RANCANGAN — ILUSTRASI, BUKAN DATA: angkanya karangan.**

        1. Berdasarkan angka ILUSTRASI, BUKAN DATA, cakupan dosis pertama sebesar 55,58 %.
    """
    has_banner = any(
        one.text.startswith("RANCANGAN") and MADE_UP in one.text for one in (*draft.before, *draft.opening)
    )
    if not has_banner and any(MADE_UP in one.text for one in reasons(draft)):
        yield draft.title.at(), {}
