"""Considerations (Menimbang)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft, Instrument, Item
from escalation.documents.drafting.passage import SENTENCE_END, Passage
from escalation.documents.drafting.registry import BYLAW_ONLY, LEGISLATION, SOFT, Finding, rule

WITH_GROUNDS = LEGISLATION | {Instrument.DECREE}
_LETTER = re.compile(r"\bhuruf (?P<letter>[a-z])\b(?P<up_to>,? sampai dengan huruf (?P<last>[a-z])\b)?")
_REFERS = re.compile(r"\bsebagaimana dimaksud (?:dalam|pada) huruf\b")
_DEEMED = re.compile(r"bahwa (?:hal tersebut )?(?:di(?:anggap|pandang) perlu|perlu)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:bahwa untuk|bahwa dalam rangka|bahwa guna|karena|sehingga|berdasarkan|agar)\b")
_JURIDICAL = re.compile(
    r"bahwa (?:berdasarkan|untuk melaksanakan|sesuai dengan|sebagaimana diamanatkan|dengan)\b.{0,60}"
    r"\b(?:Pasal [0-9]|Undang-Undang(?! Dasar)|Peraturan (?:Pemerintah|Presiden|Menteri|Daerah))"
)
_ORDERED = re.compile(r"bahwa (?:untuk melaksanakan|berdasarkan) ketentuan Pasal [0-9]")
_CONCLUDES = re.compile(r"\b(?:menetapkan|membentuk) (?:Peraturan|Keputusan)\b", re.IGNORECASE)
MOST_LETTERS = 26
THREE = 3


def considerations(draft: Draft) -> tuple[Item, ...]:
    """Give the considerations of a draft, none where it has no Menimbang."""
    return draft.considerations.items if draft.considerations else ()


def reasons(draft: Draft) -> Iterator[Passage]:
    """Give what a draft says of why it is made; a circular or an instruction says it in its opening or its points."""
    yield from (one.passage for top in considerations(draft) for one in top.all())
    if draft.instrument in SOFT:
        yield from (*draft.opening, *(one.passage for one in draft.norms()))


@rule(
    "considerations-missing",
    severity=Severity.ERROR,
    number="18",
    says=("the draft has no considerations", "rancangan tidak memuat konsiderans"),
    help=("write `Menimbang :` with the reasons for the act", "tulis `Menimbang :` dengan alasan pembentukan"),
    of=WITH_GROUNDS,
)
def considerations_missing(draft: Draft) -> Iterator[Finding]:
    """A draft does not say why it is made.

    The opening of an act states its reasons after the word `Menimbang`.

    Bad:

        WALI KOTA BEKASI,

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

    Good:

        WALI KOTA BEKASI,

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;
    """
    if not considerations(draft):
        yield (draft.considerations.at if draft.considerations else draft.title.at()), {}


@rule(
    "considerations-misnumbered",
    severity=Severity.ERROR,
    number="21-22",
    says=("a consideration is numbered `{found}`, where `{wanted}` is due",
          "konsiderans bernomor `{found}`, seharusnya `{wanted}`"),
    help=("letter the considerations `a.`, `b.`, `c.` in order", "beri huruf `a.`, `b.`, `c.` secara berurutan"),
    of=WITH_GROUNDS,
)  # fmt: skip
def considerations_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The letters of the considerations are missing, or out of order.

    Where there are several, each begins with a small letter and a full stop, in alphabetical order: the last one refers
    to them.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        c. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Wali Kota tentang Vaksinasi;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Wali Kota tentang Vaksinasi;
    """  # noqa: E501 - a consideration is one line
    found = considerations(draft)
    if len(found) > 1:
        for wanted, one in zip(ascii_lowercase, found, strict=False):
            if one.mark != wanted:
                yield one.at, {"found": one.mark or "-", "wanted": wanted}
                return


@rule(
    "consideration-without-bahwa",
    severity=Severity.ERROR,
    number="21-22",
    says=("a consideration does not begin with `bahwa`", "konsiderans tidak diawali kata `bahwa`"),
    help=("begin each consideration with `bahwa`", "awali setiap pokok pikiran dengan `bahwa`"),
    of=WITH_GROUNDS,
)
def consideration_without_bahwa(draft: Draft) -> Iterator[Finding]:
    """A consideration does not begin with `bahwa`.

    Each is one sentence that begins with this word.

    Bad:

        Menimbang : a. cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;
    """
    for one in considerations(draft):
        if not one.text.startswith("bahwa "):
            yield one.passage.at(), {}


@rule(
    "consideration-without-semicolon",
    severity=Severity.ERROR,
    number="21-22",
    says=("a consideration does not end with a semicolon", "konsiderans tidak diakhiri tanda titik koma"),
    help=("end each with `;`, the last one too", "akhiri setiap pokok pikiran dengan `;`, termasuk yang terakhir"),
    of=WITH_GROUNDS,
)
def consideration_without_semicolon(draft: Draft) -> Iterator[Finding]:
    """A consideration does not end with a semicolon.

    Each ends with a semicolon, the last one too: the sentence of the opening goes on to `MEMUTUSKAN`. A full stop after
    the last one is a common mistake.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran.

    Good:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;
    """
    for one in considerations(draft):
        if not one.last.text.endswith(";"):
            yield one.last.passage.at(max(0, len(one.last.text) - 1)), {}


@rule(
    "consideration-of-sentences",
    severity=Severity.ERROR,
    number="21-22",
    says=("a consideration holds more than one sentence", "konsiderans memuat lebih dari satu kalimat"),
    help=("give each sentence a letter of its own", "beri huruf tersendiri untuk setiap kalimat"),
    of=WITH_GROUNDS,
)
def consideration_of_sentences(draft: Draft) -> Iterator[Finding]:
    """A consideration holds more than one sentence.

    Each thought is one sentence with a letter of its own.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi belum mencapai sasaran. Penularan masih terjadi;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi belum mencapai sasaran sedangkan penularan masih terjadi;
    """
    for one in considerations(draft):
        yield from ((at, {}) for at, _ in one.passage.finds(SENTENCE_END))


@rule(
    "last-consideration-refers-wrongly",
    severity=Severity.ERROR,
    number="23",
    says=("the last consideration does not refer to exactly the letters before it, {wanted}",
          "konsiderans terakhir tidak merujuk tepat pada huruf sebelumnya, yaitu {wanted}"),
    help=(
        "write `bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan ...;`",
        "tulis `bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan ...;`",
    ),
    of=WITH_GROUNDS,
)  # fmt: skip
def last_consideration_refers_wrongly(draft: Draft) -> Iterator[Finding]:
    """The last consideration does not refer to exactly the letters before it.

    The last one draws the conclusion from all the others and names every one of them, and no other. Letters go astray
    when a consideration is added or deleted late.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        b. bahwa penularan masih terjadi;

        c. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Wali Kota tentang Vaksinasi;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        b. bahwa penularan masih terjadi;

        c. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Peraturan Wali Kota tentang Vaksinasi;
    """  # noqa: E501 - a consideration is one line
    found = considerations(draft)
    if not 1 < len(found) <= MOST_LETTERS:
        return
    wanted, last = ascii_lowercase[: len(found) - 1], found[-1]
    if _REFERS.search(last.text) is None or "".join(_letters(last.text)) != wanted:
        yield last.passage.at(), {"wanted": ", ".join(f"`{letter}`" for letter in wanted)}


def _letters(text: str) -> Iterator[str]:
    for one in _LETTER.finditer(text):
        first = ascii_lowercase.index(one["letter"])
        last = ascii_lowercase.index(one["last"]) if one["last"] else first
        yield from ascii_lowercase[first : last + 1]


@rule(
    "conclusion-missing",
    severity=Severity.ERROR,
    number="23",
    says=("the last consideration does not say that the act is to be made",
          "konsiderans terakhir tidak menyatakan perlu menetapkan naskah ini"),
    help=("end it with `perlu menetapkan ... tentang ...;`", "akhiri dengan `perlu menetapkan ... tentang ...;`"),
    of=WITH_GROUNDS,
)  # fmt: skip
def conclusion_missing(draft: Draft) -> Iterator[Finding]:
    """The last consideration draws no conclusion.

    It ends with `perlu menetapkan`, the kind and the name of the act: that is what all the others lead to.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu dilakukan tindakan;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Wali Kota tentang Vaksinasi;
    """  # noqa: E501 - a consideration is one line
    for one in considerations(draft)[-1:]:
        if not _CONCLUDES.search(one.text):
            yield one.passage.at(), {}


@rule(
    "consideration-without-reason",
    severity=Severity.ERROR,
    number="18-20",
    says=(
        "the consideration says that the act is needed, and not why",
        "konsiderans hanya menyatakan perlu tanpa alasan",
    ),
    help=("say what facts and norms make the act necessary", "uraikan fakta dan norma yang menjadi alasan"),
    of=WITH_GROUNDS,
)
def consideration_without_reason(draft: Draft) -> Iterator[Finding]:
    """A consideration only says that the act is deemed necessary.

    `Bahwa dianggap perlu` is no reason. The considerations give the facts and thoughts behind the act.

    Bad:

        Menimbang : a. bahwa dipandang perlu menetapkan Peraturan Wali Kota tentang Vaksinasi;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran sehingga penularan masih terjadi;
    """
    for one in considerations(draft):
        if _DEEMED.match(one.text) and not _REASON.search(one.text):
            yield one.passage.at(), {}


@rule(
    "grounds-incomplete",
    severity=Severity.WARNING,
    number="19, 27",
    says=("a Perda states three kinds of grounds, and only {count} stand before the last consideration",
          "konsiderans Perda dengan {count} pokok pikiran sebelum yang terakhir tidak memuat ketiga unsur"),
    help=(
        "state the philosophical, the sociological and the juridical ground, each by its own letter",
        "muat unsur filosofis, sosiologis, dan yuridis, masing-masing dengan huruf tersendiri",
    ),
    of=BYLAW_ONLY,
)  # fmt: skip
def grounds_incomplete(draft: Draft) -> Iterator[Finding]:
    """A Perda has fewer considerations than kinds of grounds.

    The considerations of a Perda state philosophical, sociological and juridical grounds, in this order. A Perda that only
    carries out what a higher norm orders needs one consideration, which names the article (no. 27).

    Bad:

        Menimbang : a. bahwa penyakit menular perlu dicegah karena mengganggu kehidupan;

        b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Daerah tentang Penyakit Menular;

    Good:

        Menimbang : bahwa untuk melaksanakan ketentuan Pasal 12 ayat (1) Undang-Undang Nomor 23 Tahun 2014, perlu menetapkan Peraturan Daerah tentang Penyakit Menular;
    """  # noqa: E501 - a consideration is one line
    found = considerations(draft)
    grounds = [one for one in found if not _REFERS.search(one.text)]
    if found and len(grounds) < THREE and not any(_ORDERED.match(one.text) for one in grounds):
        yield found[0].at, {"count": len(grounds)}


@rule(
    "juridical-ground-too-early",
    severity=Severity.WARNING,
    number="19",
    says=("this consideration cites norms and stands before one that states facts",
          "konsiderans yuridis mendahului konsiderans yang memuat fakta"),
    help=("put the juridical ground after the philosophical and the sociological one",
          "letakkan unsur yuridis setelah unsur filosofis dan sosiologis"),
    of=BYLAW_ONLY,
)  # fmt: skip
def juridical_ground_too_early(draft: Draft) -> Iterator[Finding]:
    """The juridical ground of a Perda stands before the others.

    The order is philosophical, sociological, juridical. A consideration that begins with a norm and its article is taken
    for juridical.

    Bad:

        Menimbang : a. bahwa berdasarkan ketentuan Pasal 12 Undang-Undang Nomor 23 Tahun 2014, kesehatan merupakan urusan wajib;

        b. bahwa penyakit menular mengganggu kehidupan masyarakat;

    Good:

        Menimbang : a. bahwa penyakit menular mengganggu kehidupan masyarakat;

        b. bahwa berdasarkan ketentuan Pasal 12 Undang-Undang Nomor 23 Tahun 2014, kesehatan merupakan urusan wajib;
    """  # noqa: E501 - a consideration is one line
    grounds = [one for one in considerations(draft) if not _REFERS.search(one.text)]
    last_of_facts = max((number for number, one in enumerate(grounds) if not _JURIDICAL.match(one.text)), default=0)
    for one in grounds[:last_of_facts]:
        if _JURIDICAL.match(one.text):
            yield one.passage.at(), {}
