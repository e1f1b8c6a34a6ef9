"""References and delegation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.blocks import Style
from escalation.documents.drafting.model import Article, Draft, Item
from escalation.documents.drafting.passage import before
from escalation.documents.drafting.registry import Finding, rule

_ARTICLE = re.compile(
    r"\bPasal (?P<article>[0-9]{1,3}[A-Z]?)\b(?: ayat \((?P<paragraph>[0-9]{1,2})\))?(?: huruf (?P<letter>[a-z])\b)?"
)
_PARAGRAPH = re.compile(r"\b(?:pada|dalam) ayat \((?P<paragraph>[0-9]{1,2})\)(?: huruf (?P<letter>[a-z])\b)?")
_REFERS = re.compile(r"\bsebagaimana dimaksud (?:dalam|pada) (?:ketentuan )?$")
_OTHER_ACT = re.compile(
    r"[^.;:]{0,80}?\b(?:Undang-Undang|UUD|Peraturan (?:Pemerintah|Presiden|Menteri|Daerah|Gubernur|Wali Kota|Bupati))"
    r"\b(?! ini)"
)
_WORDED = re.compile(
    r"(?<=dimaksud )(?P<word>dalam|pada|di) (?P<what>[Pp]asal|ayat) (?P<number>\(?[0-9]{1,3}[A-Z]?\)?)"
)
_FURTHER = re.compile(r"\bdiatur (?:lebih lanjut|kemudian)\b|\bKetentuan lebih lanjut\b")
_WITH_FORM = re.compile(
    r"\bdiatur (?:lebih lanjut )?(?:dengan|dalam) (?:Peraturan (?:Daerah|Wali ?[Kk]ota|Bupati|Gubernur)"
    r"|Keputusan (?:Wali ?[Kk]ota|Bupati|Gubernur))"
)
_LESSER = re.compile(
    r"\b(?:dengan|dalam|melalui) (?P<act>(?:Keputusan|Surat Keputusan|Instruksi|Surat Edaran|Petunjuk Teknis"
    r"|Standar Operasional Prosedur)(?: (?:[A-Z]\w+|dan)){0,6})"
)
"""What a delegation may name that is no regulatory form."""
_SCOPE = re.compile(r"\b(?:mengenai|tentang|tata cara)\b")


def own(draft: Draft) -> Iterator[tuple[Article, tuple[int, int], re.Match[str]]]:
    """Give each reference to an article of the draft itself: where it stands, its place, and what it says."""
    for article in draft.articles:
        for one in article.all():
            for at, found in one.passage.finds(_ARTICLE):
                if not _OTHER_ACT.match(one.text, found.end(), found.end() + 120):
                    yield article, at, found


@rule(
    "forward-reference",
    severity=Severity.WARNING,
    number="276-281",
    says=(
        "the reference to `Pasal {article}` points forward",
        "acuan ke `Pasal {article}` merujuk pasal yang lebih kemudian",
    ),
    help=("refer to what stands before, or change the order", "acu ketentuan sebelumnya, atau ubah urutannya"),
    of_whole_acts=True,
)
def forward_reference(draft: Draft) -> Iterator[Finding]:
    """An article refers to a later one.

    References point back, to what a reader has read.

    Bad:

        Pasal 1

        Setiap orang sebagaimana dimaksud dalam Pasal 2 menunjukkan bukti vaksinasi.

        Pasal 2

        Orang dewasa mengurus layanan.

    Good:

        Pasal 1

        Orang dewasa mengurus layanan.

        Pasal 2

        Setiap orang sebagaimana dimaksud dalam Pasal 1 menunjukkan bukti vaksinasi.
    """
    order = {one.number: index for index, one in enumerate(draft.articles)}
    for article, at, found in own(draft):
        if _REFERS.search(before(found, most=60)) and order.get(found["article"], -1) > order[article.number]:
            yield at, {"article": found["article"]}


@rule(
    "reference-to-nowhere",
    severity=Severity.ERROR,
    number="276-281",
    says=("there is no `{found}` in this draft", "rancangan ini tidak memuat `{found}`"),
    help=("mend the number; it may have changed when an article was added",
          "perbaiki nomornya; mungkin berubah saat pasal ditambahkan"),
    of_whole_acts=True,
)  # fmt: skip
def reference_to_nowhere(draft: Draft) -> Iterator[Finding]:
    """A reference leads to an article, a paragraph or a letter that the draft does not have.

    Numbers change while a draft is written. References to another act, which is named after the article, are left out.

    Bad:

        Pasal 1

        Setiap orang sebagaimana dimaksud dalam Pasal 7 ayat (2) menunjukkan bukti vaksinasi.

    Good:

        Pasal 1

        Orang dewasa mengurus layanan.

        Pasal 2

        Setiap orang sebagaimana dimaksud dalam Pasal 1 menunjukkan bukti vaksinasi.
    """
    articles = {one.number: one for one in draft.articles}
    for _, at, found in own(draft):
        article = articles.get(found["article"])
        missing = _missing(article, found) if article is not None else ""
        if missing is not None:
            yield at, {"found": f"Pasal {found['article']}{missing}"}
    for article in draft.articles:
        for one in article.all():
            for at, found in one.passage.finds(_PARAGRAPH):
                if missing := _missing(article, found):
                    yield at, {"found": f"Pasal {article.number}{missing}"}


def _missing(article: Article, found: re.Match[str]) -> str | None:
    """Give the paragraph or the letter of a reference that an article does not have; None where it has all."""
    parts: Iterable[Item] = article.parts
    said = ""
    if found["paragraph"]:
        said = f" ayat ({found['paragraph']})"
        parts = [one for one in parts if one.style is Style.PARAGRAPH and one.mark == found["paragraph"]]
        if not parts:
            return said
    if found["letter"]:
        letters = {below.mark for one in parts for below in one.all() if below.style is Style.LETTER}
        if found["letter"] not in letters:
            return f"{said} huruf {found['letter']}"
    return None


@rule(
    "delegation-without-form",
    severity=Severity.ERROR,
    number="200",
    says=("what is delegated is {given}", "pendelegasian {kepada}"),
    help=("write `diatur dengan Peraturan Wali Kota`", "tulis `diatur dengan Peraturan Wali Kota`"),
    of_whole_acts=True,
)
def delegation_without_form(draft: Draft) -> Iterator[Finding]:
    """A delegation does not say by which kind of act the rest is ruled.

    It names the kind of act that is to be made. The decree of the head of an agency, an instruction or a circular is no
    regulatory form, so that nothing is ruled by it.

    Bad:

        Pasal 2

        Ketentuan lebih lanjut mengenai tata cara pembatasan diatur kemudian.

    Good:

        Pasal 2

        Ketentuan lebih lanjut mengenai tata cara pembatasan diatur dengan Peraturan Wali Kota.
    """
    for one in draft.norms():
        found = _FURTHER.search(one.text)
        if found and not _WITH_FORM.search(one.text):
            yield one.passage.at(found.start()), _given(one.text)


def _given(text: str) -> dict[str, object]:
    """Say to what a delegation leaves the rest."""
    lesser = _LESSER.search(text)
    if lesser is None:
        return {"given": "not given to a kind of act", "kepada": "tidak menyebut jenis peraturan"}
    act = lesser["act"]
    return {
        "given": f"given to `{act}`, which is no regulatory form",
        "kepada": f"diberikan kepada `{act}`, yang bukan bentuk peraturan",
    }


@rule(
    "delegation-without-scope",
    severity=Severity.ERROR,
    number="200",
    says=("what is delegated is not said", "ruang lingkup materi yang didelegasikan tidak disebut"),
    help=("write `Ketentuan lebih lanjut mengenai ... diatur dengan ...`",
          "tulis `Ketentuan lebih lanjut mengenai ... diatur dengan ...`"),
    of_whole_acts=True,
)  # fmt: skip
def delegation_without_scope(draft: Draft) -> Iterator[Finding]:
    """A delegation does not say what is left to the other act.

    It names the matter, so that nobody rules more than was given to him.

    Bad:

        Pasal 2

        Ketentuan lebih lanjut diatur dengan Peraturan Wali Kota.

    Good:

        Pasal 2

        Ketentuan lebih lanjut mengenai tata cara pembatasan diatur dengan Peraturan Wali Kota.
    """
    for one in draft.norms():
        found = _FURTHER.search(one.text)
        if found and not _SCOPE.search(one.text):
            yield one.passage.at(found.start()), {}


@rule(
    "reference-worded",
    severity=Severity.WARNING,
    number="276-281",
    says=("the reference is written `{found}`, where `{wanted}` is due",
          "acuan ditulis `{found}`, seharusnya `{wanted}`"),
    help=("write `sebagaimana dimaksud dalam Pasal 3`, and `pada ayat (1)` within the article",
          "tulis `sebagaimana dimaksud dalam Pasal 3`, dan `pada ayat (1)` di dalam pasal yang sama"),
    of_whole_acts=True,
)  # fmt: skip
def reference_worded(draft: Draft) -> Iterator[Finding]:
    """A reference is worded otherwise than usual.

    The phrases are `sebagaimana dimaksud dalam Pasal ...` for another article, and `sebagaimana dimaksud pada ayat ...`
    for a paragraph of the same one; `Pasal` begins with a capital.

    Bad:

        Pasal 2

        (1) Setiap orang membawa kartu identitas.

        (2) Kartu sebagaimana dimaksud dalam ayat (1) ditunjukkan kepada petugas.

    Good:

        Pasal 2

        (1) Setiap orang membawa kartu identitas.

        (2) Kartu sebagaimana dimaksud pada ayat (1) ditunjukkan kepada petugas.
    """
    for article in draft.articles:
        for one in article.all():
            for at, found in one.passage.finds(_WORDED):
                article_meant = found["what"].lower() == "pasal"
                wanted = "dalam Pasal" if article_meant else "pada ayat"
                if f"{found['word']} {found['what']}" != wanted:
                    said = f"{found['word']} {found['what']} {found['number']}"
                    yield at, {"found": said, "wanted": f"{wanted} {found['number']}"}
