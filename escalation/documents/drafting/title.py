"""Title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.passage import Passage
from escalation.documents.drafting.registry import ALL, Finding, rule

_ABOUT = re.compile(r"\bTENTANG\b", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]+")
_ROMAN = re.compile(r"\b[IVXLCDM]+\b")
_OF_REGION = re.compile(
    r"(?:PERATURAN|INSTRUKSI|KEPUTUSAN|SURAT EDARAN)(?: DAERAH)?(?: (?:WALI ?KOTA|BUPATI|GUBERNUR))?"
)
_SHORTENED = re.compile(
    r"\b(?:APBD|APBN|ASN|BLUD|BPJS|BUMD|BUMN|CSR|DPRD|KTP|KTR|OPD|PKL|PNS|PPKM|PPNS|PSBB|RPJMD|RT|RTRW|RW|SATPOL|SKPD"
    r"|SPM|SOTK|TPP|UMKM|UPTD)\b"
)
_NUMBER_WORD = "(?:SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN|SEPULUH|SEBELAS)(?: (?:BELAS|PULUH))?"
_LIMIT = re.compile(
    r"\b(?:DALAM|SELAMA)(?: (?:JANGKA )?WAKTU| TEMPO)?(?: PALING LAMA)? "
    rf"(?:SE(?=HARI|MINGGU|PEKAN|BULAN|TAHUN)|(?:[0-9]{{1,3}}(?: \([A-Z ]{{1,30}}\))?|{_NUMBER_WORD}) )"
    r"(?:HARI|MINGGU|PEKAN|BULAN|TAHUN)\b(?! (?:ANGGARAN|PELAJARAN|PAJAK))",
    re.IGNORECASE,
)
"""A time within which something is to be done: `DALAM DUA MINGGU`."""
LONGEST_NAME = 25
"""Words of a name; Lampiran II asks for one word or phrase and gives no number, so this one is ours."""


def before_name(draft: Draft) -> str:
    """Give the title up to the name of the instrument: what stands before TENTANG."""
    return draft.title.text[: _named_at(draft)]


def name_of(draft: Draft) -> str:
    """Give the name of the instrument: what stands after TENTANG, without a mark at its end."""
    return draft.title.text[_named_at(draft) + len("TENTANG") :].strip(" .;:,")


def _named_at(draft: Draft) -> int:
    """Say where in the title TENTANG stands; at its end where it does not."""
    found = _ABOUT.search(draft.title.text)
    return found.start() if found else len(draft.title.text)


@rule(
    "unknown-draft",
    severity=Severity.ERROR,
    number="2",
    says=("the title names no instrument that is known here", "judul tidak menyebut jenis naskah yang dikenal"),
    help=(
        "begin with one line `# RANCANGAN PERATURAN WALI KOTA ... TENTANG ...`",
        "mulailah dengan satu baris `# RANCANGAN PERATURAN WALI KOTA ... TENTANG ...`",
    ),
    of=frozenset({None}),
)
def unknown_draft(draft: Draft) -> Iterator[Finding]:
    """A draft has no title that says what it is a draft of.

    Known are Surat Edaran, Instruksi, Keputusan, Peraturan Wali Kota (Bupati, Gubernur) and Peraturan Daerah, in
    capitals. No other rule is tried where the kind of instrument is not known.

    Bad:

        # Vaksinasi COVID-19

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    yield draft.title.at(), {}


@rule(
    "draft-not-marked",
    severity=Severity.ERROR,
    number="4",
    says=("the title does not begin with `RANCANGAN`", "judul tidak diawali kata `RANCANGAN`"),
    help=("write `RANCANGAN` before the kind of instrument", "tulis `RANCANGAN` di depan jenis naskah"),
    of=ALL,
)
def draft_not_marked(draft: Draft) -> Iterator[Finding]:
    """A draft does not say that it is one.

    Since UU 13/2022 the title of a draft begins with the word `RANCANGAN`; here that holds for circulars, instructions
    and decrees as well, so that no draft can be taken for what was issued. The word may stand on a line of its own.

    Bad:

        # PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    lines = (draft.title.text, *(one.text.strip(" .:") for one in draft.before))
    if not (lines[0].upper().startswith("RANCANGAN") or "RANCANGAN" in lines):
        yield draft.title.at(), {}


@rule(
    "number-filled-in",
    severity=Severity.ERROR,
    number="4",
    says=(
        "the title of a draft has the number or year `{found}`",
        "judul rancangan sudah memuat nomor atau tahun `{found}`",
    ),
    help=(
        "leave an ellipsis: `NOMOR … TAHUN …`; a person gives the number when the act is made",
        "biarkan titik-titik: `NOMOR … TAHUN …`; nomor diberikan oleh pejabat saat penetapan",
    ),
    of=ALL,
)
def number_filled_in(draft: Draft) -> Iterator[Finding]:
    """A number or a year stands in the title of a draft.

    Lampiran II no. 4, as amended in 2022, has an ellipsis in place of both. A draft with a number looks issued. The
    title of the elucidation is looked at, too.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR 12 TAHUN 2027 TENTANG VAKSINASI COVID-19

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    for one, said in ((draft.title, before_name(draft)), *_heads(draft)):
        upper = said.upper().replace("COVID-19", "COVID-__")
        start = upper.find("NOMOR")
        found = (_DIGIT.search(upper, start) or _ROMAN.search(upper, start + len("NOMOR"))) if start >= 0 else None
        if found:
            yield one.at(found.start()), {"found": found[0]}


def _heads(draft: Draft) -> Iterator[tuple[Passage, str]]:
    """Give the lines of the title of the elucidation, each up to the name of the act."""
    for one in draft.elucidation.head if draft.elucidation else ():
        about = _ABOUT.search(one.text)
        said = one.text[: about.start()] if about else one.text
        if not said.isupper():
            return
        yield one, said
        if about:
            return


@rule(
    "title-incomplete",
    severity=Severity.ERROR,
    number="2",
    says=("the title has no `{part}`", "judul tidak memuat `{part}`"),
    help=(
        "write kind, region, `NOMOR … TAHUN …` and `TENTANG` with the name",
        "tulis jenis, nama daerah, `NOMOR … TAHUN …`, dan `TENTANG` beserta nama",
    ),
    of=ALL,
)
def title_incomplete(draft: Draft) -> Iterator[Finding]:
    """A title lacks a part: number, year or name.

    The title has the kind, the number, the year and the name of the act. A circular may do without `TAHUN`, as its
    number follows the rules for letters of an office.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI TENTANG VAKSINASI COVID-19

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    said = before_name(draft).upper()
    wanted = ("NOMOR",) if draft.instrument is Instrument.CIRCULAR else ("NOMOR", "TAHUN")
    missing = [word for word in wanted if word not in said]
    if not name_of(draft):
        missing.append("TENTANG")
    yield from ((draft.title.at(), {"part": word}) for word in missing)


@rule(
    "region-not-named",
    severity=Severity.ERROR,
    number="2",
    says=("the title does not name the region", "judul tidak memuat nama daerah"),
    help=(
        "write the region after the kind: `PERATURAN WALI KOTA BEKASI`, `PERATURAN DAERAH KOTA BEKASI`",
        "tulis nama daerah setelah jenis: `PERATURAN WALI KOTA BEKASI`, `PERATURAN DAERAH KOTA BEKASI`",
    ),
)
def region_not_named(draft: Draft) -> Iterator[Finding]:
    """The title of a regional act does not say of which region it is.

    Without it two acts of the same number and year cannot be told apart.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    said = before_name(draft).partition("NOMOR")[0].upper()
    found = _OF_REGION.search(said)
    if found and not said[found.end() :].strip(" .…"):
        yield draft.title.at(found.start()), {}


@rule(
    "title-not-in-capitals",
    severity=Severity.ERROR,
    number="4",
    says=("the title is not in capitals throughout", "judul tidak seluruhnya huruf kapital"),
    help=("write the whole title in capitals", "tulis seluruh judul dengan huruf kapital"),
)
def title_not_in_capitals(draft: Draft) -> Iterator[Finding]:
    """A title has small letters.

    The whole title is written in capitals.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG Vaksinasi COVID-19

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    small = next((at for at, one in enumerate(draft.title.text) if one.islower()), None)
    if small is not None:
        yield draft.title.at(small), {}


@rule(
    "title-ends-with-mark",
    severity=Severity.ERROR,
    number="4",
    says=("the title ends with `{mark}`", "judul diakhiri tanda baca `{mark}`"),
    help=("leave the mark out", "hapus tanda baca itu"),
    of=ALL,
)
def title_ends_with_mark(draft: Draft) -> Iterator[Finding]:
    """A title ends with a punctuation mark.

    No mark stands at the end of a title.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19.

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    text = draft.title.text
    if name_of(draft) and text[-1] in ".,;:!":
        yield draft.title.at(len(text) - 1), {"mark": text[-1]}


@rule(
    "title-too-long",
    severity=Severity.INFO,
    number="3",
    says=("the name of the act has {count} words", "nama naskah terdiri atas {count} kata"),
    help=("name the matter in one word or phrase", "sebut isi pokok dalam satu kata atau frasa"),
    of=ALL,
)
def title_too_long(draft: Draft) -> Iterator[Finding]:
    """The name of an act is long.

    A name is one word or phrase that gives the essence of the act. Lampiran II sets no number of words; more than 25 are
    remarked on here.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG PELAKSANAAN VAKSINASI DALAM RANGKA PENANGGULANGAN PANDEMI COVID-19 DAN PEMULIHAN EKONOMI MASYARAKAT MELALUI KEWAJIBAN MENUNJUKKAN BUKTI VAKSINASI PADA SETIAP LAYANAN PUBLIK DAN TEMPAT USAHA DI KOTA BEKASI

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG BUKTI VAKSINASI COVID-19 DALAM PELAYANAN PUBLIK
    """  # noqa: E501 - a title is one line
    count = len(name_of(draft).split())
    if count > LONGEST_NAME:
        yield draft.title.at(_named_at(draft)), {"count": count}


@rule(
    "abbreviation-in-title",
    severity=Severity.WARNING,
    number="4a, 5",
    says=("the name of the act has the abbreviation `{word}`", "nama naskah memuat singkatan `{word}`"),
    help=("write it out", "tulis selengkapnya"),
)
def abbreviation_in_title(draft: Draft) -> Iterator[Finding]:
    """The name of an act has an abbreviation.

    Abbreviations and acronyms stand in no name unless they are established and cannot be misread, as COVID-19 is. What
    is found here are common ones of regional government.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG TATA CARA PPKM

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG PEMBERLAKUAN PEMBATASAN KEGIATAN MASYARAKAT
    """
    found = _SHORTENED.finditer(draft.title.text, _named_at(draft))
    yield from ((draft.title.at(one.start()), {"word": one[0]}) for one in found)


@rule(
    "limit-in-title",
    severity=Severity.WARNING,
    number="3",
    says=("the name of the act has the limit `{limit}`", "nama naskah memuat batas waktu `{limit}`"),
    help=(
        "name the matter, and give the limit in the text",
        "sebut isi pokoknya, dan muat batas waktunya dalam naskah",
    ),
    of=ALL,
)
def limit_in_title(draft: Draft) -> Iterator[Finding]:
    """The name of an act says within what time something is to be done.

    A name is one word or phrase that gives the essence of the act. A limit is a part of what it rules: in the name
    nobody can tell whom it binds, and from when it is counted.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19 DALAM DUA MINGGU

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    found = _LIMIT.finditer(draft.title.text, _named_at(draft))
    yield from ((draft.title.at(one.start()), {"limit": one[0]}) for one in found)
