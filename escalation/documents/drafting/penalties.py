"""Criminal provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.denial import is_denied
from escalation.documents.drafting.model import Article, Draft, Instrument, Item
from escalation.documents.drafting.registry import BYLAW_ONLY, Finding, rule

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
JAIL = re.compile(r"\bpidana (?P<kind>penjara|kurungan)\b")
_FINE = re.compile(r"\bdenda\b")
_JOINED = re.compile(r"\b(?:dan/atau|dan|atau)\b")
_OF_OTHERS = re.compile(
    r"\bdipidana (?:sesuai|berdasarkan|menurut|sebagaimana diatur|dengan pidana sebagaimana)\b[^.;]{0,60}"
    r"\b(?:peraturan perundang-undangan|Undang-Undang|Kitab Undang-Undang)\b"
)
_OLD_CLASS = re.compile(r"\badalah (?P<name>pelanggaran|kejahatan)\b")


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
        jail = JAIL.search(one.text)
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
