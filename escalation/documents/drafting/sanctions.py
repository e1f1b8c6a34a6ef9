"""Duties and sanctions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.denial import is_denied
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.penalties import punishing
from escalation.documents.drafting.registry import LEGISLATION, Finding, rule

_ADMINISTRATIVE = re.compile(r"\b(?:sanksi|denda) administratif\b", re.IGNORECASE)
_KIND_OF_FINE = re.compile(r"\b(?:(?:sanksi|denda) administratif|pidana denda|dipidana)\b", re.IGNORECASE)
_BARE_FINE = re.compile(
    r"\b(?:denda|didenda)\b(?= (?:paling|sebesar|sejumlah|Rp|minimal|maksimal|kategori|uang)|[.,;:]|$)", re.IGNORECASE
)
_BREACHED = re.compile(r"(?<=melanggar ketentuan sebagaimana dimaksud dalam )Pasal (?P<article>[0-9]{1,3}[A-Z]?)\b")
_ACT = r"Peraturan (?:Daerah|Wali ?Kota|Bupati|Gubernur)(?: (?!ini\b)[A-Z]\w+){0,4} ini\b"
_BREACHES_ACT = re.compile(
    rf"\b(?:melanggar|pelanggaran (?:terhadap|atas|dari)|tidak (?:mematuhi|melaksanakan|menaati))"
    rf" (?:(?:seluruh |semua )?ketentuan )?(?:(?:dalam|pada|dari) )?{_ACT}",
    re.IGNORECASE,
)
_CIVIL = re.compile(r"\b(?:ganti (?:ke)?rugi(?:an)?|gugatan|sanksi (?:ke)?perdata(?:an)?)\b", re.IGNORECASE)
_DUTY = re.compile(r"\b(?:wajib|dilarang)\b")
_SANCTION = re.compile(r"\b(?:sanksi|dipidana|denda)\b", re.IGNORECASE)


@rule(
    "sanctions-mixed",
    severity=Severity.ERROR,
    number="64-65",
    says=("sanctions of another kind stand in the chapter `{title}`, beside criminal ones",
          "sanksi jenis lain dimuat dalam bab `{title}` bersama ketentuan pidana"),
    help=(
        "put an administrative or civil sanction into the article of the norm that it guards",
        "muat sanksi administratif atau keperdataan dalam pasal norma yang bersangkutan",
    ),
    of_whole_acts=True,
)  # fmt: skip
def sanctions_mixed(draft: Draft) -> Iterator[Finding]:
    """Criminal, civil and administrative sanctions stand in one chapter.

    An administrative sanction stands with the norm that it guards, and never in one chapter with criminal provisions.

    Bad:

        BAB III KETENTUAN PIDANA

        Pasal 4

        (1) Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda.

        (2) Setiap orang sebagaimana dimaksud pada ayat (1) dikenai sanksi administratif.

    Good:

        BAB III KETENTUAN PIDANA

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dipidana dengan pidana denda.
    """
    punished = {article.chapter.at for article, _ in punishing(draft) if article.chapter is not None}
    for article in draft.articles:
        if article.chapter is None or article.chapter.at not in punished:
            continue
        for one in article.all():
            found = _ADMINISTRATIVE.search(one.text) or _CIVIL.search(one.text)
            if found:
                yield one.passage.at(found.start()), {"title": article.chapter.title}


@rule(
    "duty-without-sanction",
    severity=Severity.WARNING,
    number="268",
    says=("`{word}` stands in an act without any sanction", "`{word}` digunakan dalam naskah yang tidak memuat sanksi"),
    help=(
        "name a sanction that the act may carry, or write `harus` for a condition",
        "tetapkan sanksi yang dapat dimuat, atau gunakan `harus` untuk persyaratan",
    ),
    of_whole_acts=True,
)
def duty_without_sanction(draft: Draft) -> Iterator[Finding]:
    """An act speaks of duties or prohibitions, and of no sanction at all.

    `Wajib` is used where a breach is sanctioned, `harus` for a condition without which a
    benefit is not given (no. 269). That somebody incurs no sanction is none.

    Bad:

        Pasal 2

        Setiap orang yang mengurus layanan wajib menunjukkan bukti vaksinasi.

    Good:

        Pasal 2

        Setiap orang yang mengurus layanan harus menunjukkan bukti vaksinasi.
    """
    threats = (found for one in draft.norms() for found in _SANCTION.finditer(one.text))
    if any(not is_denied(found) for found in threats):
        return
    for one in draft.norms():
        found = _DUTY.search(one.text)
        if found:
            yield one.passage.at(found.start()), {"word": found[0]}
            return


@rule(
    "fine-of-no-kind",
    severity=Severity.ERROR,
    number="64-66, 117",
    says=("whether `{found}` is an administrative or a criminal fine is not said",
          "`{found}` tidak menyebut jenisnya, administratif atau pidana"),
    help=("write `denda administratif`, or in a Perda `pidana denda`",
          "tulis `denda administratif`, atau dalam Perda `pidana denda`"),
    of=LEGISLATION | {Instrument.DECREE},
    of_whole_acts=True,
)  # fmt: skip
def fine_of_no_kind(draft: Draft) -> Iterator[Finding]:
    """A fine is threatened, and the article does not say of which kind.

    An administrative fine is imposed by officials, a criminal one by a court, and only a Perda may threaten the latter.
    `Denda` alone leaves open who imposes it.

    Bad:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dikenai denda paling banyak Rp250.000,00 (dua ratus lima puluh ribu rupiah).

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dikenai denda administratif paling banyak Rp250.000,00 (dua ratus lima puluh ribu rupiah).
    """  # noqa: E501 - a provision is one line
    for article in draft.articles:
        if _KIND_OF_FINE.search(article.text):
            continue
        for one in article.all():
            for at, found in one.passage.finds(_BARE_FINE):
                if not is_denied(found):
                    yield at, {"found": found[0]}


@rule(
    "sanction-of-no-duty",
    severity=Severity.WARNING,
    number="118, 268",
    says=("a breach of `Pasal {article}` is sanctioned, which has no `wajib` and no `dilarang`",
          "pelanggaran `Pasal {article}` dikenai sanksi, padahal pasal itu tidak memuat `wajib` atau `dilarang`"),
    help=("refer to the article with the duty, or write the duty with `wajib` or `dilarang`",
          "acu pasal yang memuat kewajiban, atau rumuskan kewajiban itu dengan `wajib` atau `dilarang`"),
    of_whole_acts=True,
)  # fmt: skip
def sanction_of_no_duty(draft: Draft) -> Iterator[Finding]:
    """A sanction guards an article that imposes no duty, and an article with one is guarded by none.

    Numbers of articles change while a draft is written, and a sanction that points to the wrong one falls on nobody, or
    on the wrong person.

    Bad:

        Pasal 2

        Setiap orang membawa kartu identitas.

        Pasal 3

        Setiap orang wajib menunjukkan bukti vaksinasi.

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 2 dikenai sanksi administratif.

    Good:

        Pasal 2

        Setiap orang membawa kartu identitas.

        Pasal 3

        Setiap orang wajib menunjukkan bukti vaksinasi.

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dikenai sanksi administratif.
    """
    articles = {one.number: one for one in draft.articles}
    breached = [
        (articles[found["article"]], one.passage.at(found.start()))
        for held in draft.articles
        for one in held.all()
        for found in _BREACHED.finditer(one.text)
        if found["article"] in articles
    ]
    guarded = {article.number for article, _ in breached}
    if any(_DUTY.search(one.text) and one.number not in guarded for one in draft.articles):
        for article, at in breached:
            if not _DUTY.search(article.text):
                yield at, {"article": article.number}


@rule(
    "sanction-without-norm",
    severity=Severity.WARNING,
    number="64-65",
    says=("`{found}` does not say the breach of which article is sanctioned",
          "`{found}` tidak menyebut pasal yang pelanggarannya dikenai sanksi"),
    help=("write `Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal ...`",
          "tulis `Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal ...`"),
    of_whole_acts=True,
)  # fmt: skip
def sanction_without_norm(draft: Draft) -> Iterator[Finding]:
    """An administrative sanction guards the whole act, and no article of it.

    It stands with the norm that it guards (nos. 64 and 65), so that everybody can tell which duty it is for.

    Bad:

        Pasal 4

        Setiap orang yang melanggar Peraturan Wali Kota ini dikenai sanksi administratif.

    Good:

        Pasal 4

        Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dikenai sanksi administratif.
    """
    for one in draft.norms():
        found = _BREACHES_ACT.search(one.text)
        sanction = _ADMINISTRATIVE.search(one.text, found.end()) if found else None
        if found and sanction and not is_denied(sanction):
            yield one.passage.at(found.start()), {"found": found[0]}
