"""Criminal provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.denial import is_denied
from escalation.documents.drafting.model import Article, Draft, Instrument, Item
from escalation.documents.drafting.numerals import SCALES, number_in
from escalation.documents.drafting.registry import BYLAW_ONLY, Finding, rule
from escalation.documents.papers.phrases import SENTENCES
from escalation.instruments import Fact, load_pack, on
from escalation.instruments.model import Sanctions

NEW_CODE = date(2026, 1, 2)
"""The day from which on UU 1/2023, the new criminal code, holds."""

_CRIMINAL = re.compile(
    r"\b(?:dipidana|pidana (?:penjara|kurungan|denda)|KETENTUAN PIDANA|diancam pidana|dihukum|kurungan|penjara)\b"
)
_PUNISHES = re.compile(r"\bdipidana\b")
_NAMES_ARTICLE = re.compile(r"\bPasal [0-9]")
_SUBJECT = re.compile(
    r"(?:Setiap|Badan|Pelaku|Pemilik|Pengelola|Penyelenggara|Penanggung jawab|Pengurus|Pegawai|Orang)\b"
)
_JAIL_TERM = re.compile(
    r"\bpidana (?P<kind>penjara|kurungan)\b[^.;]{0,60}?"
    r"(?:(?P<number>[0-9]{1,3})(?: \([a-z ]{1,40}\))?|paling lama (?P<words>[a-z ]{3,40}?)) (?P<unit>bulan|tahun)\b"
)
_JAIL = re.compile(r"\bpidana (?P<kind>penjara|kurungan)\b")
_FINE = re.compile(r"\bdenda\b")
_AMOUNT = re.compile(
    r"\bdenda\b[^.;]{0,60}?(?:Rp ?(?P<amount>[0-9]{1,16}(?:\.[0-9]{3}){0,5})|(?P<bare>[0-9]{1,3}(?:\.[0-9]{3}){1,5}))"
    r"(?:,[0-9]+)?(?: (?P<scale>ribu|juta|miliar|triliun)\b)?"
)
_LEAST = re.compile(
    r"\b(?:denda|kurungan|penjara)\b[^.;]{0,60}?"
    r"\b(?P<least>paling (?:sedikit|rendah|singkat|kurang)|sekurang-kurangnya|serendah-rendahnya|minimal)\b"
)
_CATEGORY = re.compile(r"\bdenda\b[^.;]{0,60}?kategori (?P<category>[IVX]{1,4})\b")
_JOINED = re.compile(r"\b(?:dan/atau|dan|atau)\b")
_OF_OTHERS = re.compile(
    r"\bdipidana (?:sesuai|berdasarkan|menurut|sebagaimana diatur|dengan pidana sebagaimana)\b[^.;]{0,60}"
    r"\b(?:peraturan perundang-undangan|Undang-Undang|Kitab Undang-Undang)\b"
)
_OLD_CLASS = re.compile(r"\badalah (?P<name>pelanggaran|kejahatan)\b")
CATEGORIES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def ceiling(day: date) -> Fact[Sanctions] | None:
    """Give the most that a Perda may threaten on a day, as the pack of Indonesian cities has it."""
    return next(iter(on(load_pack("indonesia-city").forms["perda"].sanctions, day)), None)


def punishing(draft: Draft) -> Iterator[tuple[Article, Item]]:
    """Give each part of an article that threatens a criminal penalty."""
    for article in draft.articles:
        yield from ((article, one) for one in article.all() if _PUNISHES.search(one.text))


@rule(
    "criminal-provision-below-perda",
    severity=Severity.ERROR,
    number="117",
    says=("`{word}` stands in an act that can carry no criminal provision",
          "`{word}` terdapat dalam naskah yang tidak dapat memuat ketentuan pidana"),
    help=(
        "put it into a Perda, or write an administrative sanction that a higher rule grants",
        "muat dalam Perda, atau gunakan sanksi administratif yang diberikan peraturan lebih tinggi",
    ),
    of=frozenset({Instrument.REGULATION, Instrument.DECREE}),
)  # fmt: skip
def criminal_provision_below_perda(draft: Draft) -> Iterator[Finding]:
    """A regulation of the mayor or a decree threatens a criminal penalty.

    Criminal provisions stand in laws and Perda only (pasal 15 ayat (1) UU 12/2011).

    Bad:

        Pasal 3

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 2 dipidana dengan pidana denda.

    Good:

        Pasal 3

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 2 dikenai sanksi administratif.
    """
    for heading in draft.headings:
        if _CRIMINAL.search(heading.title):
            yield heading.at, {"word": heading.title}
    for one in draft.norms():
        for at, found in one.passage.finds(_CRIMINAL):
            if not is_denied(found):
                yield at, {"word": found[0]}
                break


@rule(
    "penalty-above-ceiling",
    severity=Severity.ERROR,
    number="UU 12/2011 pasal 15",
    says=(
        "`{found}` is above what a Perda may threaten on {day}: `{most}` ({certainty})",
        "`{found}` melebihi yang dapat dimuat Perda pada {day}: `{most}` ({kepastian})",
    ),
    help=(
        "`escalation instrument indonesia-city perda --date ...` prints the law of the day with its sources",
        "`escalation instrument indonesia-city perda --date ...` menampilkan hukum per tanggal itu beserta sumbernya",
    ),
    of=BYLAW_ONLY,
)
def penalty_above_ceiling(draft: Draft, *, on: date) -> Iterator[Finding]:
    """A Perda threatens more than it may on the day of the law.

    Until 1 January 2026: detention (kurungan) of at most six months or a fine of at most Rp 50,000,000. From 2 January
    2026, as reported: a fine of category III at most, and no detention. The figures are those of the pack
    `indonesia-city`, and a finding says how certain they are. An administrative fine is not looked at.

    Bad:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling banyak kategori IV.

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling banyak kategori III.
    """  # noqa: E501 - a provision is one line
    fact = ceiling(on)
    if fact is None:
        return
    law = fact.value
    months, fine, category = law.jail_months or 0, law.fine.amount if law.fine is not None else 0, law.fine_category
    most = f"denda Rp{fine:,}".replace(",", ".") + (f" (kategori {category})" if category else "")
    most = f"kurungan {months} bulan atau {most}" if months else f"{most}, tanpa kurungan"
    certainty, kepastian = SENTENCES[fact.certainty.value]
    told = {"day": on.isoformat(), "most": most, "certainty": certainty, "kepastian": kepastian}
    for _, one in punishing(draft):
        for found, is_above in (
            (_above_months(one.text, months)),
            (_above_amount(one.text, fine)),
            (_above_category(one.text, category)),
        ):
            if found is not None and is_above:
                yield one.passage.at(found.start()), {"found": found[0], **told}


def _above_months(text: str, most: int) -> tuple[re.Match[str] | None, bool]:
    found = _JAIL_TERM.search(text)
    if found is None:
        found = _JAIL.search(text)
        return found, most == 0
    number = int(found["number"]) if found["number"] else number_in(found["words"])
    if number is None:
        return found, most == 0
    months = number * (12 if found["unit"] == "tahun" else 1)
    return found, months > most or found["kind"] == "penjara"


def _above_amount(text: str, most: int) -> tuple[re.Match[str] | None, bool]:
    found = _AMOUNT.search(text)
    if found is None:
        return None, False
    amount = int((found["amount"] or found["bare"]).replace(".", ""))
    return found, amount * SCALES.get(found["scale"] or "", 1) > most


def _above_category(text: str, most: str | None) -> tuple[re.Match[str] | None, bool]:
    found = _CATEGORY.search(text)
    if found is None or found["category"] not in CATEGORIES:
        return None, False
    highest = CATEGORIES.index(most) if most in CATEGORIES else CATEGORIES.index("III")
    return found, CATEGORIES.index(found["category"]) > highest


@rule(
    "penalty-with-minimum",
    severity=Severity.WARNING,
    number="UU 12/2011 pasal 15",
    says=("`{least}` gives the penalty a minimum, where the law that a Perda may carry one gives a maximum only",
          "`{least}` memberi batas terendah pidana, sedangkan undang-undang hanya memberi Perda batas tertinggi"),
    help=("give the maximum only: `paling lama`, `paling banyak`",
          "tulis batas tertinggi saja: `paling lama`, `paling banyak`"),
    of=BYLAW_ONLY,
)  # fmt: skip
def penalty_with_minimum(draft: Draft) -> Iterator[Finding]:
    """A Perda threatens a penalty with a minimum.

    Pasal 15 says how much a Perda may threaten at most, and of no minimum. Whether another law lets this Perda set one
    is for a person to look up. Administrative fines are not looked at.

    Bad:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling sedikit Rp1.000.000,00 (satu juta rupiah) dan paling banyak kategori III.

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling banyak kategori III.
    """  # noqa: E501 - a penalty is one sentence
    for _, one in punishing(draft):
        yield from ((one.passage.at(found.start("least")), {"least": found["least"]})
                    for found in _LEAST.finditer(one.text))  # fmt: skip


@rule(
    "penalty-without-norm",
    severity=Severity.ERROR,
    number="118",
    says=(
        "the penalty does not name the article that is breached",
        "ketentuan pidana tidak menyebut pasal yang dilanggar",
    ),
    help=(
        "write `Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal ...`",
        "tulis `Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal ...`",
    ),
    of=BYLAW_ONLY,
)
def penalty_without_norm(draft: Draft) -> Iterator[Finding]:
    """A criminal provision does not say which norm is breached.

    It names the article with the norm, and does not refer to the penalty of another law.

    Bad:

        Pasal 4

        Setiap orang yang melanggar Peraturan Daerah ini dipidana dengan pidana denda paling banyak kategori II.

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling banyak kategori II.
    """  # noqa: E501 - a provision is one line
    for article in draft.articles:
        texts = [one for one in article.all() if _PUNISHES.search(one.text)]
        if texts and not any(_NAMES_ARTICLE.search(one.text) for one in article.all()):
            yield texts[0].passage.at(), {}


@rule(
    "penalty-without-subject",
    severity=Severity.ERROR,
    number="119-120",
    says=("the penalty does not begin with whom it concerns", "ketentuan pidana tidak diawali subjeknya"),
    help=(
        "begin with `Setiap orang`, or name who else is meant",
        "awali dengan `Setiap orang`, atau sebut subjek lain",
    ),
    of=BYLAW_ONLY,
)
def penalty_without_subject(draft: Draft) -> Iterator[Finding]:
    """A criminal provision does not begin with who is punished.

    For everybody it says `Setiap orang`; where only some can commit the act, it names them.

    Bad:

        Pasal 4

        Pelanggaran terhadap ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling banyak kategori II.

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling banyak kategori II.
    """  # noqa: E501 - a provision is one line
    for _, one in punishing(draft):
        if not _SUBJECT.match(one.text):
            yield one.passage.at(), {}


@rule(
    "penalties-not-joined",
    severity=Severity.ERROR,
    number="122",
    says=(
        "whether both penalties or one of them is meant is not said",
        "sifat kumulatif atau alternatif tidak dinyatakan",
    ),
    help=("write `dan`, `atau` or `dan/atau` between them", "tulis `dan`, `atau`, atau `dan/atau` di antaranya"),
    of=BYLAW_ONLY,
)
def penalties_not_joined(draft: Draft) -> Iterator[Finding]:
    """Two penalties stand side by side without a word that joins them.

    A criminal provision says whether penalties are cumulative (`dan`), alternative (`atau`) or both (`dan/atau`).

    Bad:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana kurungan paling lama 3 (tiga) bulan, pidana denda paling banyak Rp1.000.000,00 (satu juta rupiah).

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana kurungan paling lama 3 (tiga) bulan atau pidana denda paling banyak Rp1.000.000,00 (satu juta rupiah).
    """  # noqa: E501 - a provision is one line
    for _, one in punishing(draft):
        jail = _JAIL.search(one.text)
        fine = _FINE.search(one.text, jail.end()) if jail else None
        if jail and fine and not _JOINED.search(one.text, jail.end(), fine.start()):
            yield one.passage.at(fine.start()), {}


@rule(
    "abolished-class-of-offence",
    severity=Severity.ERROR,
    number="UU 1/2023 pasal 614",
    says=("`adalah {name}` names a class of offences that there is no longer",
          "`adalah {name}` menyebut penggolongan tindak pidana yang tidak lagi dikenal"),
    help=("write `tindak pidana`, or leave the paragraph out", "gunakan `tindak pidana`, atau hapus ayat ini"),
    of=BYLAW_ONLY,
    since=NEW_CODE,
)  # fmt: skip
def abolished_class_of_offence(draft: Draft) -> Iterator[Finding]:
    """A Perda calls an offence `pelanggaran` or `kejahatan` under the new criminal code.

    From 2 January 2026 both words are read as `tindak pidana` (pasal 614 UU 1/2023), so that the sentence which
    Lampiran II no. 121 asks for has lost its sense.

    Bad:

        Pasal 4

        Tindak pidana sebagaimana dimaksud pada ayat (1) adalah pelanggaran.

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda.
    """
    for one in draft.norms():
        yield from ((at, {"name": found["name"]}) for at, found in one.passage.finds(_OLD_CLASS))


@rule(
    "penalty-of-another-law",
    severity=Severity.ERROR,
    number="118",
    says=("the penalty is left to other provisions: `{found}`", "ancaman pidana merujuk ketentuan lain: `{found}`"),
    help=("write the penalty out: `dipidana dengan pidana denda paling banyak ...`",
          "rumuskan pidananya: `dipidana dengan pidana denda paling banyak ...`"),
    of=BYLAW_ONLY,
)  # fmt: skip
def penalty_of_another_law(draft: Draft) -> Iterator[Finding]:
    """A criminal provision refers to the penalties of another law.

    A Perda says itself what it threatens. What another law punishes is punished without it.

    Bad:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana sesuai dengan ketentuan peraturan perundang-undangan.

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda paling banyak kategori II.
    """  # noqa: E501 - a provision is one line
    for _, one in punishing(draft):
        yield from ((at, {"found": found[0]}) for at, found in one.passage.finds(_OF_OTHERS))


@rule(
    "penalty-outside-its-chapter",
    severity=Severity.ERROR,
    number="62, 115",
    says=("the penalty stands in the chapter `{title}`", "ketentuan pidana dimuat dalam bab `{title}`"),
    help=("put it into a chapter `KETENTUAN PIDANA`, after the main matter",
          "muat dalam bab `KETENTUAN PIDANA`, setelah materi pokok"),
    of=BYLAW_ONLY,
)  # fmt: skip
def penalty_outside_its_chapter(draft: Draft) -> Iterator[Finding]:
    """A criminal provision stands in a chapter of another kind.

    Where an act has chapters, criminal provisions have one of their own, after the main matter and before transitional
    and closing provisions.

    Bad:

        BAB III SANKSI

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda.

    Good:

        BAB III KETENTUAN PIDANA

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda.
    """
    chapters = {article.chapter.at: article.chapter for article, _ in punishing(draft) if article.chapter is not None}
    for one in chapters.values():
        if "KETENTUAN PIDANA" not in one.title.upper():
            yield one.at, {"title": one.title}
