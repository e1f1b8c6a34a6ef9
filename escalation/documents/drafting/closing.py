"""Closing provisions and closing block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.citations import numbered
from escalation.documents.drafting.grounds import WITH_GROUNDS
from escalation.documents.drafting.model import Article, Draft, Instrument
from escalation.documents.drafting.passage import Passage
from escalation.documents.drafting.registry import ALL, Finding, rule
from escalation.documents.drafting.repeals import REPEALS, repealed, repealing

_DATE = re.compile(
    r"(?:pada )?tanggal (?P<date>[0-9]{1,2}[ -](?:[A-Z][a-z]{2,8}|[0-9]{1,2})[ -][0-9]{4})", re.IGNORECASE
)
_PLACE_AND_DATE = re.compile(r"[A-Z][A-Za-z ]{1,40}, (?P<date>[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4})")
_REGISTER = re.compile(r"\bNOREG\b[^0-9]{0,80}(?P<number>[0-9][0-9/]{0,20})")
_GAZETTE = re.compile(r"(?:BERITA|LEMBARAN) DAERAH\b[A-Z ]{0,60}(?:TAHUN|NOMOR) (?P<number>[0-9]{1,4})")
_ENTERS = re.compile(r"\bmulai berlaku\b")
_ENTRY_FORM = re.compile(
    r"\bmulai berlaku (?:pada tanggal (?:diundangkan|ditetapkan|dikeluarkan)"
    r"|setelah .{1,60} terhitung sejak tanggal diundangkan|pada tanggal [0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4})"
)
_BACKDATES = re.compile(r"\b(?:berlaku surut|mempunyai daya laku surut|terhitung mulai tanggal)\b", re.IGNORECASE)
_LEFT_OPEN = re.compile("Nomor … Tahun … tentang [A-Z]")
_SWEEPING = re.compile(
    r"\b(?:semua|segala|seluruh)\b.{0,80}\b(?:peraturan|ketentuan|keputusan)\b.{0,120}\b(?:bertentangan|dicabut)\b",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\bdicabut dan dinyatakan tidak berlaku\b")
_ORDERS_PROMULGATION = re.compile(r"Agar setiap orang mengetahuinya, memerintahkan pengundangan .{1,80} ini dengan "
                                  r"penempatannya dalam (?P<venue>Lembaran|Berita) Daerah\b")  # fmt: skip
_PARTS = {
    "Ditetapkan di": re.compile(r"Ditetapkan di\b"),
    "pada tanggal": re.compile(r"[Pp]ada tanggal\b"),
    "Diundangkan di": re.compile(r"Diundangkan di\b"),
    "SEKRETARIS DAERAH": re.compile(r"SEKRETARIS DAERAH\b"),
}
_TITLED = re.compile(
    r"\b(?:NIP\b\.?|(?:Drs|Dra|dr|Dr|DR|Ir|IR|Prof|PROF|Hj|H)\.)|, ?(?:S\.|M\.|SH\b|SE\b|MM\b|M\.?Si\b|S\.?Sos\b|Ph)"
)
_VENUES = {Instrument.REGULATION: "Berita", Instrument.BYLAW: "Lembaran"}


def whole(article: Article) -> Iterator[Passage]:
    """Give what an article says, part by part."""
    return (one.passage for one in article.all())


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
    "entry-into-force-missing",
    severity=Severity.ERROR,
    number="150-151c",
    says=("the draft does not say when it enters into force", "rancangan tidak mengatur saat mulai berlaku"),
    help=(
        "write `... ini mulai berlaku pada tanggal diundangkan.`",
        "tulis `... ini mulai berlaku pada tanggal diundangkan.`",
    ),
    of=ALL - {Instrument.CIRCULAR},
)
def entry_into_force_missing(draft: Draft) -> Iterator[Finding]:
    """A draft does not say from when it is in force.

    The last provision says it: on promulgation, for an instruction on the day on which it is issued.

    Bad:

        BAB III KETENTUAN PENUTUP

        Pasal 4

        Pelaksanaan Peraturan Wali Kota ini dilaporkan kepada Gubernur.

    Good:

        BAB III KETENTUAN PENUTUP

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    if not any(_ENTERS.search(one.text) for one in draft.norms()):
        last = draft.articles[-1].at if draft.articles else draft.points[-1].at if draft.points else draft.title.at()
        yield last, {}


@rule(
    "entry-into-force-worded",
    severity=Severity.WARNING,
    number="150-151c",
    says=("the entry into force is not worded in one of the usual forms", "rumusan saat mulai berlaku tidak baku"),
    help=(
        "write `mulai berlaku pada tanggal diundangkan` or `setelah ... terhitung sejak tanggal diundangkan`",
        "tulis `mulai berlaku pada tanggal diundangkan` atau `setelah ... terhitung sejak tanggal diundangkan`",
    ),
)
def entry_into_force_worded(draft: Draft) -> Iterator[Finding]:
    """The entry into force is worded otherwise than the formulas.

    The formulas (nos. 150 to 151c) leave no doubt about the day: on promulgation, on a date that is named, or some time
    `setelah ... terhitung sejak tanggal diundangkan`.

    Bad:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku sejak ditandatangani.

    Good:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    for article in draft.articles[-1:]:
        for one in whole(article):
            found = _ENTERS.search(one.text)
            if found and one.text.startswith("Peraturan") and not _ENTRY_FORM.search(one.text):
                yield one.at(found.start()), {}


@rule(
    "retroactive-force",
    severity=Severity.ERROR,
    number="124, 132, 155, 157",
    says=("`{found}` lets the act reach back before its promulgation", "`{found}` membuat peraturan berlaku surut"),
    help=("let it begin on promulgation or later", "tetapkan mulai berlaku pada tanggal diundangkan atau sesudahnya"),
)
def retroactive_force(draft: Draft) -> Iterator[Finding]:
    """An act shall hold before it is promulgated.

    Entry into force is not earlier than promulgation, and no earlier than that of the norm which the act carries out
    (nos. 155 and 157); a duty or a penalty never reaches back.

    Bad:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan dan berlaku surut sejak tanggal 1 September 2021.

    Good:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    for one in draft.norms():
        yield from ((at, {"found": found[0]}) for at, found in one.passage.finds(_BACKDATES))


@rule(
    "repeal-without-name",
    severity=Severity.ERROR,
    number="145-147",
    says=("the repeal does not name the act that is repealed", "pencabutan tidak menyebut peraturan yang dicabut"),
    help=(
        "name kind, number, year and title of every act that is repealed",
        "sebut jenis, nomor, tahun, dan judul setiap peraturan yang dicabut",
    ),
)
def repeal_without_name(draft: Draft) -> Iterator[Finding]:
    """A repeal does not say which act it repeals.

    An act that is no longer needed is repealed by name, with its gazette. "All provisions that conflict with this one"
    leaves everybody to find out what still holds. Number and year may still be open, `Nomor … Tahun … tentang` with the
    title: people fill them.

    Bad:

        Pasal 4

        Semua peraturan yang bertentangan dengan Peraturan Wali Kota ini dicabut dan dinyatakan tidak berlaku.

    Good:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi (Berita Daerah Kota Bekasi Tahun 2020 Nomor 28) dicabut dan dinyatakan tidak berlaku.
    """  # noqa: E501 - a provision is one line
    for part in repealing(draft):
        texts = list(part.all())
        sweeping = next((one for one in texts if _SWEEPING.search(one.text)), None)
        if sweeping is not None or not any(list(numbered(one.text)) or _LEFT_OPEN.search(one.text) for one in texts):
            yield (sweeping or part).passage.at(), {}


@rule(
    "repeal-worded",
    severity=Severity.ERROR,
    number="145-147",
    says=("the repeal is not worded `dicabut dan dinyatakan tidak berlaku`",
          "pencabutan tidak dirumuskan `dicabut dan dinyatakan tidak berlaku`"),
    help=("write `dicabut dan dinyatakan tidak berlaku`", "tulis `dicabut dan dinyatakan tidak berlaku`"),
)  # fmt: skip
def repeal_worded(draft: Draft) -> Iterator[Finding]:
    """A repeal is not worded in the formula.

    What is in force is repealed with `dicabut dan dinyatakan tidak berlaku`.

    Bad:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut.

    Good:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut dan dinyatakan tidak berlaku.
    """
    for part in repealing(draft):
        if not any(_FORMULA.search(one.text) for one in part.all()):
            found = next(one for one in part.all() if REPEALS.search(one.text))
            start = REPEALS.search(found.text)
            yield found.passage.at(start.start() if start else 0), {}


@rule(
    "repeal-of-higher-norm",
    severity=Severity.ERROR,
    number="158",
    says=(
        "`{said}` ranks above the draft, which cannot repeal it",
        "`{said}` lebih tinggi daripada rancangan yang mencabut",
    ),
    help=("repeal it by an act of the same or higher rank", "cabut dengan peraturan yang setingkat atau lebih tinggi"),
)
def repeal_of_higher_norm(draft: Draft) -> Iterator[Finding]:
    """A draft repeals a norm that ranks above it.

    An act is repealed by one of the same or of a higher rank: a Perwal cannot repeal a Perda, so that stepping down
    from a Perda needs a Perda.

    Bad:

        Pasal 4

        Peraturan Daerah Kota Bekasi Nomor 15 Tahun 2020 tentang Adaptasi dicabut dan dinyatakan tidak berlaku.

    Good:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut dan dinyatakan tidak berlaku.
    """
    for one, cited in repealed(draft):
        is_higher = not cited.is_below_bylaw and (draft.instrument is Instrument.REGULATION or not cited.is_bylaw)
        if is_higher:
            yield one.passage.at(), {"said": f"{cited.said} {cited.number}/{cited.year}"}


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
    on the right (nos. 160 to 173). A decree is not promulgated.

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
    """
    last = draft.closing[-1].at() if draft.closing else draft.title.at()
    for part, pattern in _PARTS.items():
        is_of_promulgation = part in {"Diundangkan di", "SEKRETARIS DAERAH"}
        if is_of_promulgation and draft.instrument is Instrument.DECREE:
            continue
        if not any(pattern.match(one.text) for one in draft.closing):
            yield last, {"part": part}


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
