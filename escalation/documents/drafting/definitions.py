"""Definitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.registry import Finding, rule
from escalation.documents.drafting.terms import (
    INTRODUCES,
    defined,
    definitions,
    is_of_a_compound,
    term_of,
    uses,
    widest,
)

_NORM = re.compile(
    r"\b(?:(?:wajib|dilarang)(?= (?:di|me|ber)[a-z]{3}| (?:hadir|ikut|lapor)\b)|dikenai sanksi|dipidana)\b"
)
"""A duty, and no noun as `kontribusi wajib` or `wajib pajak`."""


@rule(
    "definition-unused",
    severity=Severity.WARNING,
    number="96-102",
    says=("`{term}` is defined and never used", "`{term}` didefinisikan tetapi tidak digunakan"),
    help=("delete the definition, or use the term", "hapus batasan pengertian itu, atau gunakan istilahnya"),
    of_whole_acts=True,
)
def definition_unused(draft: Draft) -> Iterator[Finding]:
    """A term is defined and not used.

    General provisions define only what the articles use again and again. A use within another definition counts.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan kartu identitas.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.
    """
    used = Counter(term_of(one.of) for one in uses(draft))
    yield from ((one.passage.at(), {"term": term}) for one, term in defined(draft) if not used[term])


@rule(
    "definition-used-once",
    severity=Severity.INFO,
    number="96-102",
    says=("`{term}` is defined and used once only", "`{term}` didefinisikan tetapi hanya digunakan satu kali"),
    help=("say what is meant where it is used", "jelaskan langsung di tempat penggunaannya"),
    of_whole_acts=True,
)
def definition_used_once(draft: Draft) -> Iterator[Finding]:
    """A term is defined and used once.

    Only what is used again and again is defined. A term that stands in one place is explained there.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        (1) Setiap orang menunjukkan Bukti Vaksinasi.

        (2) Petugas memeriksa Bukti Vaksinasi.
    """
    used = Counter(term_of(one.of) for one in uses(draft))
    yield from ((one.passage.at(), {"term": term}) for one, term in defined(draft) if used[term] == 1)


@rule(
    "defined-term-in-lower-case",
    severity=Severity.ERROR,
    number="108",
    says=("the defined term `{term}` is written `{found}`", "istilah `{term}` ditulis `{found}`"),
    help=(
        "write a defined term as it is defined, with its capitals",
        "tulis istilah dengan huruf kapital sesuai batasannya",
    ),
    of_whole_acts=True,
)
def defined_term_in_lower_case(draft: Draft) -> Iterator[Finding]:
    """A defined term is written with other capitals than in its definition.

    The first letters of a defined term are capitals wherever it is used: in small letters it is another word,
    which nobody has defined. Where `Daerah` is defined, `perangkat daerah`, `daerah lain` and the like are other words.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan bukti vaksinasi.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.
    """
    for one in widest(uses(draft)):
        term = term_of(one.of)
        if term[:1].isupper() and one.said != term and not one.said.isupper() and not is_of_a_compound(one):
            yield one.passage.at(one.start), {"term": term, "found": one.said}


@rule(
    "definition-without-meaning",
    severity=Severity.ERROR,
    number="96-102",
    says=("the definition does not say `... adalah ...`", "batasan pengertian tidak berbentuk `... adalah ...`"),
    help=("write `Istilah adalah ...`, or `..., yang selanjutnya disebut Istilah, adalah ...`",
          "tulis `Istilah adalah ...` atau `... yang selanjutnya disebut Istilah adalah ...`"),
    of_whole_acts=True,
)  # fmt: skip
def definition_without_meaning(draft: Draft) -> Iterator[Finding]:
    """An item among the definitions defines nothing.

    Each gives a term and what it means; a definition holds no norm.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi wajib dibawa setiap orang.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.
    """
    for one in definitions(draft):
        if not term_of(one):
            yield one.passage.at(), {}


@rule(
    "definitions-misplaced",
    severity=Severity.ERROR,
    number="96-102",
    says=("definitions stand in `Pasal {article}`, not in the first", "batasan pengertian ada di `Pasal {article}`"),
    help=("put all definitions into the first article, in the chapter `KETENTUAN UMUM`",
          "muat semua batasan pengertian dalam pasal pertama, bab `KETENTUAN UMUM`"),
    of_whole_acts=True,
)  # fmt: skip
def definitions_misplaced(draft: Draft) -> Iterator[Finding]:
    """Definitions stand elsewhere than in the first article.

    They stand together in the general provisions, where a reader looks for them.

    Bad:

        Pasal 1

        Setiap orang menunjukkan Bukti Vaksinasi.

        Pasal 2

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.
    """
    for article in draft.articles[1:]:
        for one in article.all():
            if INTRODUCES.search(one.text) and one.items:
                yield one.passage.at(), {"article": article.number}


@rule(
    "definition-twice",
    severity=Severity.ERROR,
    number="96-102",
    says=("`{term}` is defined twice", "`{term}` didefinisikan dua kali"),
    help=("leave one of the two definitions out", "hapus salah satu batasan pengertian itu"),
    of_whole_acts=True,
)
def definition_twice(draft: Draft) -> Iterator[Finding]:
    """A term is defined twice.

    Which of the two meanings holds cannot be told.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.

        2. Dinas adalah perangkat daerah di bidang kesehatan.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.
    """
    seen = set()
    for one, term in defined(draft):
        if term.lower() in seen:
            yield one.passage.at(), {"term": term}
        seen.add(term.lower())


@rule(
    "definitions-misnumbered",
    severity=Severity.ERROR,
    number="96-102",
    says=("the definition is numbered `{found}`, where `{wanted}` is due",
          "batasan pengertian bernomor `{found}`, seharusnya `{wanted}`"),
    help=("number the definitions `1.`, `2.`, `3.` in order", "beri nomor `1.`, `2.`, `3.` secara berurutan"),
    of_whole_acts=True,
)  # fmt: skip
def definitions_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The definitions are not numbered in order.

    Several definitions have Arabic numbers, so that they can be amended one by one.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.

        3. Vaksinasi adalah pemberian vaksin.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.

        2. Vaksinasi adalah pemberian vaksin.
    """
    wanted, above = 0, None
    for one in definitions(draft):
        article = max((article for article in draft.articles if article.at < one.at), key=lambda article: article.at)
        wanted, above = (wanted + 1 if article.at == above else 1), article.at
        if one.mark != str(wanted):
            yield one.at, {"found": one.mark, "wanted": wanted}
            return


@rule(
    "definition-without-end",
    severity=Severity.ERROR,
    number="96-102",
    says=("the definition does not end with a full stop", "batasan pengertian tidak diakhiri tanda titik"),
    help=("end every definition with a full stop", "akhiri setiap batasan pengertian dengan tanda titik"),
    of_whole_acts=True,
)
def definition_without_end(draft: Draft) -> Iterator[Finding]:
    """A definition does not end with a full stop.

    Each is a sentence of its own, unlike the items of other lists.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan;

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.
    """
    for one in definitions(draft):
        if not one.last.text.endswith("."):
            yield one.last.passage.at(max(0, len(one.last.text) - 1)), {}


@rule(
    "norm-in-definition",
    severity=Severity.WARNING,
    number="98",
    says=("`{word}` makes the definition of `{term}` a norm", "`{word}` membuat definisi `{term}` memuat norma"),
    help=("say what the term means only, and put the duty into an article",
          "jelaskan arti istilahnya saja, dan muat kewajibannya dalam pasal"),
)  # fmt: skip
def norm_in_definition(draft: Draft) -> Iterator[Finding]:
    """A definition rules something.

    General provisions say what terms mean. A duty that stands in a definition has no article that could be referred to
    or sanctioned. A term that is itself called a duty, as `Urusan Pemerintahan Wajib`, is left alone.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Vaksinasi adalah pemberian vaksin yang wajib diikuti setiap orang.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Vaksinasi adalah pemberian vaksin untuk menimbulkan kekebalan.

        Pasal 2

        Setiap orang wajib mengikuti Vaksinasi.
    """
    for one, term in defined(draft):
        if "wajib" not in term.lower():
            yield from ((at, {"word": found[0], "term": term}) for at, found in one.passage.finds(_NORM))
