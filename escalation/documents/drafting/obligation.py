"""Words of obligation in circulars and instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.denial import is_denied
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.passage import SENTENCE_END, Passage, before
from escalation.documents.drafting.registry import SOFT, Finding, rule

_SERVED = r"(?:dilayani|(?:diberi|mendapat)(?:kan)? (?:pe)?layanan)"
_OBLIGES = re.compile(
    r"\b(?:(?:me|di)?wajib(?:kan)?|(?:ber)?kewajiban|dilarang|larangan|melarang"
    r"|(?:menjadi|merupakan|sebagai|dijadikan) (?:per)?syarat(?:an)?|(?:diper|di|men|memper)syarat(?:kan)"
    r"|tidak (?:akan |dapat )?(?:dilayani|diberi(?:kan)? (?:pe)?layanan|mendapat(?:kan)? (?:pe)?layanan)"
    r"|ditolak|ditunda (?:pe)?layanan(?:nya)?|(?:pe)?layanan(?:nya)? (?:akan )?ditunda|penundaan (?:pe)?layanan"
    r"|hanya (?:dapat |akan )?(?:dilayani|melayani)"
    rf"|(?:saja|hanya) yang (?:akan |dapat |bisa )?{_SERVED}"
    rf"|hanya [^.;:]{{0,60}}?\byang (?:sudah|telah|memiliki|membawa|menunjukkan|memenuhi)\b[^.;:]{{0,60}}?\b{_SERVED}"
    r"|tindakan tegas|ditindak(?: tegas)?|penindakan"
    r"|(?:diputus|dicabut)(?:kan)? (?:sambungan|aliran|izin)(?:nya| \w+nya)?"
    r"|(?:sambungan|aliran|izin)(?:nya| \w+nya)? (?:akan |dapat )?(?:diputus|dicabut|dibekukan)"
    r"|(?:akan|dapat) (?:disegel|dibongkar|disita|diblokir|ditertibkan|dituntut|diproses (?:secara )?hukum)"
    r"|(?:di)?sanksi|(?:di)?denda|(?:di|ter)?pidana(?:kan)?)\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"\b(?:harus(?:lah)?|mesti|(?:di|meng)haruskan|keharusan|tidak (?:boleh|diperbolehkan|diperkenankan|dibenarkan))\b",
    re.IGNORECASE,
)
"""What an instruction may say to officials, and a circular to nobody."""
_FIXED = re.compile(r"wajib (?:pajak|retribusi|pungut|militer|amdal|ukl|sppl|(?P<done>lapor|belajar))\b", re.IGNORECASE)
"""Nouns that begin with `wajib`; `wajib lapor`, `wajib belajar` are a duty, too, where somebody stands before them."""
_SOMEBODY = re.compile(
    r"\b(?:setiap|seluruh|semua|para|warga|masyarakat|penduduk|orang|tamu|pendatang|anak|siswa|pengunjung"
    r"|pengguna|pemilik|pelaku usaha|perusahaan|pasien)(?: (?!usia\b)[\w-]+){0,2} (?:harus |juga |tetap )?$",
    re.IGNORECASE,
)
_ACT = (
    r"(?P<act>(?:Undang-Undang|UU|Peraturan (?:Pemerintah|Presiden|Menteri|Daerah|Gubernur|Wali Kota|Bupati))\b"
    r"[^;:,]{0,80}?(?:Nomor|No\.?) ?[0-9]{1,3}(?: Tahun [0-9]{4}|/[0-9]{4})?)"
)
_BY_LAW = re.compile(
    rf"(?:^|(?<=[.:;] ))(?:Sesuai|Berdasarkan|Menurut|Sebagaimana|Dalam hal ini sesuai)\b[^;:]{{0,80}}?\b{_ACT}",
    re.IGNORECASE,
)
"""With what a sentence begins that says again what another act rules, which is named by number."""
_OF_ACT = re.compile(
    r"(?:kewajiban|larangan|sanksi|denda|pidana)\b(?: [\w-]+){0,6}?"
    r" (?:sebagaimana (?:dimaksud|diatur|ditetapkan)|yang (?:diatur|ditetapkan|dimuat)|menurut|berdasarkan|sesuai)"
    rf"(?: (?:dengan|dalam|oleh|pada|ketentuan|Pasal [0-9]+|ayat \([0-9]+\))){{0,5}} {_ACT}",
    re.IGNORECASE,
)
"""A duty or a penalty that is said to be another act's, which is named by number behind it."""
_OFFICIALS = re.compile(
    r"\b(?:Camat|Lurah|Kepala (?:Perangkat Daerah|Dinas|Badan|Bagian|Kantor|Satuan|Puskesmas|UPTD)|Perangkat Daerah"
    r"|Sekretaris Daerah|Asisten|Inspektur|Satpol PP|Satuan Polisi Pamong Praja|Direksi|Direktur|ASN"
    r"|Aparatur Sipil Negara|pegawai|pejabat)\b",
    re.IGNORECASE,
)
_TO_OFFICIALS = frozenset({"wajib", "dilarang", "berkewajiban", "diwajibkan", "kewajiban"})
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
    either set a condition, turn people away or threaten them: `harus`, `tidak dilayani`, `diputus sambungannya`. An
    instruction may say `harus` to officials, and `wajib` to them is another finding. A sentence that denies a duty or a
    penalty is not found, nor is relief from one, the name of another act, a noun like `wajib pajak`, or in an
    instruction the discipline of staff.

    Bad:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Setiap warga wajib menunjukkan bukti vaksinasi dosis pertama.

    Good:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Setiap warga diimbau menunjukkan bukti vaksinasi dosis pertama; yang belum divaksinasi tidak dikenai sanksi.
    """
    for one, found in _said(draft):
        if _act_restated(found) is None and not _is_to_officials(draft, found):
            yield one.at(found.start()), {"word": found[0], "form": _form(draft)}


def _form(draft: Draft) -> str:
    return "surat edaran" if draft.instrument is Instrument.CIRCULAR else "instruksi"


def _said(draft: Draft) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Give the words of a circular or an instruction that oblige, with where they stand."""
    for one in (draft.title, *draft.opening, *(item.passage for item in draft.norms())):
        for found in _obliging(one.text, is_circular=draft.instrument is Instrument.CIRCULAR):
            is_cited = one is not draft.title and _is_of_a_name(found)
            is_left = is_cited or _is_fixed(found) or _is_of_discipline(draft, found)
            if not is_left and not is_denied(found):
                yield one, found


def _obliging(text: str, *, is_circular: bool) -> Iterator[re.Match[str]]:
    """Give the words that oblige, in order; those to officials in a circular only."""
    commands = [one for one in _COMMANDS.finditer(text) if is_circular or _PUBLIC.search(text, 0, one.start())]
    return iter(sorted((*_OBLIGES.finditer(text), *commands), key=lambda one: one.start()))


def _is_of_a_name(found: re.Match[str]) -> bool:
    """Say whether a word stands in the name of an act that is cited: its words begin with capitals."""
    return found[0][:1].isupper() and _CITED.search(before(found)) is not None


def _is_fixed(found: re.Match[str]) -> bool:
    """Say whether a word is the first of a noun like `wajib pajak`, and no duty."""
    fixed = _FIXED.match(found.string, found.start())
    if fixed is None:
        return False
    return not fixed["done"] or found[0][:1].isupper() or _SOMEBODY.search(before(found)) is None


def _act_restated(found: re.Match[str]) -> str | None:
    """Give the act whose duty a word says again, named behind it or where its sentence begins; None without one."""
    behind = _OF_ACT.match(found.string, found.start())
    if behind is not None:
        return behind["act"]
    last = None
    for one in _BY_LAW.finditer(found.string, 0, found.start()):
        last = one
    if last is None or SENTENCE_END.search(found.string, last.end(), found.start()):
        return None
    return last["act"]


def _is_to_officials(draft: Draft, found: re.Match[str]) -> bool:
    """Say whether officials are obliged with a word, and nobody else; in a circular nobody else is named before it."""
    if found[0].lower() not in _TO_OFFICIALS:
        return False
    officials = [one.end() for one in _OFFICIALS.finditer(found.string, 0, found.start())]
    if not officials:
        return False
    start = officials[-1] if draft.instrument is Instrument.INSTRUCTION else 0
    return _PUBLIC.search(found.string, start, found.start()) is None


def _is_of_discipline(draft: Draft, found: re.Match[str]) -> bool:
    """Say whether an instruction names the discipline of staff, to which officials are subject."""
    text = found.string
    if draft.instrument is not Instrument.INSTRUCTION or not text.startswith(" disiplin", found.end()):
        return False
    return _PUBLIC.search(text, 0, found.start()) is None


@rule(
    "duty-of-another-act",
    severity=Severity.WARNING,
    number="268",
    says=("`{word}` says again what `{act}` rules: whether it does is for a person to look up",
          "`{word}` mengulang ketentuan `{act}`: periksa apakah memang diatur demikian"),
    help=("quote the article, and add nothing to it", "kutip pasalnya, dan jangan menambah isinya"),
    of=SOFT,
)  # fmt: skip
def duty_of_another_act(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction says again a duty, a prohibition or a penalty of another act.

    It may: the duty is that act's, which the sentence names by number from its beginning on (`Sesuai dengan`,
    `Berdasarkan`, `Menurut`). It is a mistake where the act says it otherwise, and that is not looked up here.

    Bad:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Berdasarkan Undang-Undang Nomor 6 Tahun 2018, setiap warga wajib menunjukkan bukti vaksinasi.

    Good:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Setiap warga diimbau menunjukkan bukti vaksinasi.
    """
    for one, found in _said(draft):
        act = _act_restated(found)
        if act is not None:
            yield one.at(found.start()), {"word": found[0], "act": act}


@rule(
    "officials-under-wajib",
    severity=Severity.WARNING,
    number="268",
    says=("`{word}` is said to officials, whom {form} addresses without it",
          "`{word}` ditujukan kepada pejabat, padahal {form} tidak memerlukannya"),
    help=("say it with its verb: in an instruction `Melaporkan ...` or `harus`, in a circular `agar melaporkan`",
          "rumuskan dengan kata kerja: dalam instruksi `Melaporkan ...` atau `harus`, dalam edaran `agar melaporkan`"),
    of=SOFT,
)  # fmt: skip
def officials_under_wajib(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction obliges officials with `wajib` or `dilarang`.

    An instruction may command them, and does so with the verb of each point; a circular asks them. `Wajib` is for
    duties whose breach is sanctioned (no. 268), which for officials is their discipline.

    Bad:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Camat dan Lurah wajib melaporkan cakupan vaksinasi setiap minggu.

    Good:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Camat dan Lurah melaporkan cakupan vaksinasi setiap minggu.
    """
    for one, found in _said(draft):
        if _act_restated(found) is None and _is_to_officials(draft, found):
            yield one.at(found.start()), {"word": found[0], "form": _form(draft)}
