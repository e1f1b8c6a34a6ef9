"""Circulars and instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.denial import FURTHEST, is_denied
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import SOFT, Finding, rule

_OBLIGES = re.compile(
    r"\b(?:(?:me|di)?wajib(?:kan)?|(?:ber)?kewajiban|dilarang|larangan|melarang"
    r"|(?:menjadi|merupakan|sebagai|dijadikan) (?:per)?syarat(?:an)?|(?:diper|di|men|memper)syarat(?:kan)"
    r"|tidak (?:akan |dapat )?(?:dilayani|diberi(?:kan)? (?:pe)?layanan|mendapat(?:kan)? (?:pe)?layanan)"
    r"|ditolak|ditunda (?:pe)?layanan(?:nya)?|(?:pe)?layanan(?:nya)? (?:akan )?ditunda|penundaan (?:pe)?layanan"
    r"|hanya (?:dapat |akan )?(?:dilayani|melayani)|tindakan tegas|ditindak(?: tegas)?|penindakan"
    r"|(?:di)?sanksi|(?:di)?denda|(?:di|ter)?pidana(?:kan)?)\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"\b(?:harus(?:lah)?|mesti|(?:di|meng)haruskan|keharusan|tidak (?:boleh|diperbolehkan|diperkenankan|dibenarkan))\b",
    re.IGNORECASE,
)
"""What an instruction may say to officials, and a circular to nobody."""
_ADDRESSES = re.compile(r"(?:Yth\b|Yang [Tt]erhormat|Kepada\b)")
_PUBLIC = re.compile(
    r"\b(?:setiap orang|warga|masyarakat|penduduk|pengguna|pengunjung|pemohon|pelanggan|pelaku usaha|pemilik|orang)\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b(?:Undang-Undang|Peraturan|Keputusan|Instruksi|Surat Edaran)\b(?:[^.;]|\.(?! )){0,160}"
    r"\btentang\b[^.;,]{0,160}$"
)
"""What stands before a word in the name of another act."""


@rule(
    "words-of-obligation",
    severity=Severity.ERROR,
    number="268",
    says=("`{word}` stands in {form}, which can oblige nobody outside the administration",
          "`{word}` terdapat dalam {form}, yang tidak dapat membebani masyarakat"),
    help=(
        "ask (`mengimbau`, `mengajak`, `agar`), or put the duty into a Peraturan",
        "gunakan kata imbauan (`mengimbau`, `mengajak`, `agar`), atau atur kewajiban dalam Peraturan",
    ),
    of=SOFT,
)  # fmt: skip
def words_of_obligation(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction speaks of duties, prohibitions or penalties.

    Neither is legislation. `Wajib` is for duties whose breach is sanctioned (Lampiran II no. 268), criminal provisions
    stand in laws and Perda only (pasal 15 UU 12/2011), and that a circular carries no sanction is doctrine. Nor does
    either set a condition, or turn people away: `harus`, `menjadi syarat`, `tidak dilayani`. An instruction may say
    `harus` to officials. A sentence that denies a duty or a penalty is not found, nor is the name of another act.

    Bad:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Setiap warga wajib menunjukkan bukti vaksinasi dosis pertama.

    Good:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Setiap warga diimbau menunjukkan bukti vaksinasi dosis pertama; yang belum divaksinasi tidak dikenai sanksi.
    """
    form = "surat edaran" if draft.instrument is Instrument.CIRCULAR else "instruksi"
    for one in (draft.title, *draft.opening, *(item.passage for item in draft.norms())):
        for found in _obliging(one.text, is_circular=draft.instrument is Instrument.CIRCULAR):
            is_cited = one is not draft.title and _is_of_a_name(found)
            if not is_cited and not is_denied(one.text, found.start(), found.end()):
                yield one.at(found.start()), {"word": found[0], "form": form}


def _obliging(text: str, *, is_circular: bool) -> Iterator[re.Match[str]]:
    """Give the words that oblige, in order; those to officials in a circular only."""
    commands = [one for one in _COMMANDS.finditer(text) if is_circular or _PUBLIC.search(text, 0, one.start())]
    return iter(sorted((*_OBLIGES.finditer(text), *commands), key=lambda one: one.start()))


def _is_of_a_name(found: re.Match[str]) -> bool:
    """Say whether a word stands in the name of an act that is cited: its words begin with capitals."""
    before = found.string[max(0, found.start() - FURTHEST) : found.start()]
    return found[0][:1].isupper() and _CITED.search(before) is not None


@rule(
    "followed-up-without-number",
    severity=Severity.WARNING,
    number="practice",
    says=("what is followed up is not named by number", "yang ditindaklanjuti tidak disebut nomornya"),
    help=("name kind, number and title of what is followed up", "sebut jenis, nomor, dan judul yang ditindaklanjuti"),
    of=frozenset({Instrument.INSTRUCTION, Instrument.CIRCULAR}),
)
def followed_up_without_number(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction follows up something that cannot be looked up.

    Instructions that only say "following the direction of" somebody have been criticised, as reported: nobody can read
    what the act rests on. This is good practice, and no rule of Lampiran II.

    Bad:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Menindaklanjuti arahan Presiden, dengan ini menginstruksikan:

    Good:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Menindaklanjuti Instruksi Menteri Dalam Negeri Nomor 42 Tahun 2021, dengan ini menginstruksikan:
    """
    for one in (*draft.opening, *(point.passage for top in draft.points for point in top.all())):
        start = one.text.find("enindaklanjuti ")
        if start >= 0 and "Nomor" not in one.text[start : start + 400]:
            yield one.at(max(0, start - 1)), {}


@rule(
    "addressees-missing",
    severity=Severity.WARNING,
    number="practice",
    says=("nobody is named to whom it goes", "tidak menyebut kepada siapa naskah ini ditujukan"),
    help=("name them after `Yth.` in a circular, after `Kepada :` in an instruction",
          "sebutkan setelah `Yth.` dalam surat edaran, setelah `Kepada :` dalam instruksi"),
    of=SOFT,
)  # fmt: skip
def addressees_missing(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction does not say to whom it goes.

    It binds officials at most, and only those to whom it goes.

    Bad:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Menyelenggarakan vaksinasi.

    Good:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Kepada : 1. Camat;

        Untuk :

        KESATU : Menyelenggarakan vaksinasi.
    """
    texts = (one.text for one in (*draft.before, *draft.opening, *(item.passage for item in draft.norms())))
    if not (draft.addressees and draft.addressees.items) and not any(_ADDRESSES.match(text) for text in texts):
        yield draft.title.at(), {}
