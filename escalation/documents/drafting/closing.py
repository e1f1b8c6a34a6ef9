"""Closing block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.grounds import WITH_GROUNDS
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import ALL, Finding, rule

_DATE = re.compile(
    r"(?:pada )?tanggal (?P<date>[0-9]{1,2}[ -](?:[A-Z][a-z]{2,8}|[0-9]{1,2})[ -][0-9]{4})", re.IGNORECASE
)
_PLACE_AND_DATE = re.compile(r"[A-Z][A-Za-z ]{1,40}, (?P<date>[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4})")
_REGISTER = re.compile(r"\bNOREG\b[^0-9]{0,80}(?P<number>[0-9][0-9/]{0,20})")
_GAZETTE = re.compile(r"(?:BERITA|LEMBARAN) DAERAH\b[A-Z ]{0,60}(?:TAHUN|NOMOR) (?P<number>[0-9]{1,4})")
_ORDERS_PROMULGATION = re.compile(r"Agar setiap orang mengetahuinya, memerintahkan pengundangan .{1,80} ini dengan "
                                  r"penempatannya dalam (?P<venue>Lembaran|Berita) Daerah\b")  # fmt: skip
_PARTS = {
    "Ditetapkan di": re.compile(r"Ditetapkan di\b"),
    "WALI KOTA": re.compile(r"(?:[aA]\.?[nN]\.? ?)?(?:WALI ?KOTA|BUPATI|GUBERNUR)\b"),
    "pada tanggal": re.compile(r"[Pp]ada tanggal\b"),
    "Diundangkan di": re.compile(r"Diundangkan di\b"),
    "SEKRETARIS DAERAH": re.compile(r"SEKRETARIS DAERAH\b"),
    "BERITA DAERAH": re.compile(r"(?:BERITA|LEMBARAN) DAERAH\b"),
}
_TITLED = re.compile(
    r"\b(?:NIP\b\.?|(?:Drs|Dra|dr|Dr|DR|Ir|IR|Prof|PROF|Hj|H)\.)|, ?(?:S\.|M\.|SH\b|SE\b|MM\b|M\.?Si\b|S\.?Sos\b|Ph)"
)
_VENUES = {Instrument.REGULATION: "Berita", Instrument.BYLAW: "Lembaran"}


@rule(
    "date-filled-in",
    severity=Severity.ERROR,
    number="4",
    says=("the draft has `{found}` already", "rancangan sudah memuat `{found}`"),
    help=(
        "leave an ellipsis; a person fills date and number in when the act is made",
        "biarkan titik-titik; tanggal dan nomor diisi pejabat saat penetapan dan pengundangan",
    ),
    of=ALL,
)
def date_filled_in(draft: Draft) -> Iterator[Finding]:
    """A date of issue, enactment or promulgation, or a number of the gazette or register, stands in a draft.

    These belong to acts of people that have not happened yet, as does the number in the title (no. 4).

    Bad:

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        pada tanggal 1 Maret 2027

    Good:

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        pada tanggal …
    """
    for one in draft.closing:
        yield from ((one.at(found.start("date")), {"found": found["date"]}) for _, found in one.finds(_DATE))
        for pattern in (_GAZETTE, _REGISTER):
            yield from ((one.at(found.start("number")), {"found": found[0]}) for _, found in one.finds(pattern))
    for one in (*draft.before, *draft.opening):
        found = _PLACE_AND_DATE.fullmatch(one.text.strip())
        if found is not None:
            yield one.at(one.text.find(found["date"])), {"found": found["date"]}


@rule(
    "promulgation-formula-missing",
    severity=Severity.ERROR,
    number="160-173",
    says=(
        "the order to promulgate is missing, or not worded so",
        "rumusan perintah pengundangan tidak ada atau tidak baku",
    ),
    help=(
        "write `Agar setiap orang mengetahuinya, memerintahkan pengundangan ...` before place and date",
        "tulis `Agar setiap orang mengetahuinya, memerintahkan pengundangan ...` sebelum tempat dan tanggal",
    ),
)
def promulgation_formula_missing(draft: Draft) -> Iterator[Finding]:
    """The closing does not order the act to be promulgated.

    The formula begins the closing block of legislation (nos. 160 to 163).

    Bad:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.

        Ditetapkan di Bekasi

    Good:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.

        Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Wali Kota ini dengan penempatannya dalam Berita Daerah Kota Bekasi.

        Ditetapkan di Bekasi
    """  # noqa: E501 - the formula is one line
    if not any(_ORDERS_PROMULGATION.search(one.text) for one in draft.closing):
        yield (draft.closing[0].at() if draft.closing else draft.title.at()), {}


@rule(
    "wrong-gazette",
    severity=Severity.ERROR,
    number="160-173",
    says=(
        "`{found} Daerah` is not where this act is promulgated",
        "`{found} Daerah` bukan tempat pengundangan naskah ini",
    ),
    help=(
        "a Perda stands in Lembaran Daerah, a regulation of the mayor in Berita Daerah",
        "tempatkan Perda dalam Lembaran Daerah, peraturan wali kota dalam Berita Daerah",
    ),
)
def wrong_gazette(draft: Draft) -> Iterator[Finding]:
    """An act is sent to the wrong gazette.

    A Perda is promulgated in Lembaran Daerah, a regulation of the mayor in Berita Daerah (pasal 244 and 248 UU 23/2014).

    Bad:

        Pasal 4

        Ketentuan.

        Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Wali Kota ini dengan penempatannya dalam Lembaran Daerah Kota Bekasi.

    Good:

        Pasal 4

        Ketentuan.

        Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Wali Kota ini dengan penempatannya dalam Berita Daerah Kota Bekasi.
    """  # noqa: E501 - the formula is one line
    for one in draft.closing:
        for _, found in one.finds(_ORDERS_PROMULGATION):
            if draft.instrument is not None and found["venue"] != _VENUES[draft.instrument]:
                yield one.at(found.start("venue")), {"found": found["venue"]}


@rule(
    "closing-block-incomplete",
    severity=Severity.ERROR,
    number="160-173",
    says=("the closing block has no `{part}`", "bagian penutup tidak memuat `{part}`"),
    help=(
        "write place, date and office of enactment, and below them those of promulgation",
        "tulis tempat, tanggal, dan jabatan penetapan, lalu tempat, tanggal, dan jabatan pengundangan",
    ),
    of=WITH_GROUNDS,
)
def closing_block_incomplete(draft: Draft) -> Iterator[Finding]:
    """Place, date or office is missing at the end.

    The act is enacted by the mayor and promulgated by the secretary of the region: both stand below it, the enactment
    on the right, and last of all the gazette (nos. 160 to 173). A decree is not promulgated.

    Bad:

        Pasal 4

        Ketentuan.

        Ditetapkan di Bekasi

        pada tanggal …

        WALI KOTA BEKASI,

    Good:

        Pasal 4

        Ketentuan.

        Ditetapkan di Bekasi

        pada tanggal …

        WALI KOTA BEKASI,

        Diundangkan di Bekasi

        pada tanggal …

        SEKRETARIS DAERAH KOTA BEKASI,

        BERITA DAERAH KOTA BEKASI TAHUN … NOMOR …
    """
    last = draft.closing[-1].at() if draft.closing else draft.title.at()
    for part, pattern in _PARTS.items():
        is_of_promulgation = part in {"Diundangkan di", "SEKRETARIS DAERAH", "BERITA DAERAH"}
        if is_of_promulgation and draft.instrument is Instrument.DECREE:
            continue
        if not any(pattern.match(one.text) for one in draft.closing):
            is_bylaw = draft.instrument is Instrument.BYLAW
            yield last, {"part": part.replace("BERITA", "LEMBARAN") if is_bylaw else part}


@rule(
    "signatory-with-title",
    severity=Severity.ERROR,
    number="164, 167",
    says=(
        "a name in the closing block has the title `{found}`",
        "nama pada bagian penutup memuat gelar atau NIP `{found}`",
    ),
    help=(
        "write the name in capitals without degree, rank or NIP",
        "tulis nama dengan huruf kapital tanpa gelar, pangkat, dan NIP",
    ),
)
def signatory_with_title(draft: Draft) -> Iterator[Finding]:
    """A name in the closing block has a degree, a rank or a number of staff.

    The full name stands in capitals, without titles (nos. 164 and 167).

    Bad:

        Pasal 4

        Ketentuan.

        Ditetapkan di Bekasi

        WALI KOTA BEKASI,

        Dr. NAMA LENGKAP, S.H.

    Good:

        Pasal 4

        Ketentuan.

        Ditetapkan di Bekasi

        WALI KOTA BEKASI,

        …
    """
    for one in draft.closing:
        found = _TITLED.search(one.text)
        if found and not one.text.startswith(("Agar", "TEMBUSAN", "Tembusan")):
            yield one.at(found.start()), {"found": found[0].strip(", ")}
