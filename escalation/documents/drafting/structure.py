"""Chapters, articles and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.blocks import ORDINALS, Style
from escalation.documents.drafting.model import Draft, Heading
from escalation.documents.drafting.passage import SENTENCE_END, Position
from escalation.documents.drafting.registry import Finding, rule
from escalation.documents.numbering import roman

_PLACES = (
    (0, re.compile(r"\bKETENTUAN UMUM\b", re.IGNORECASE)),
    (2, re.compile(r"\bKETENTUAN PIDANA\b", re.IGNORECASE)),
    (3, re.compile(r"\bKETENTUAN PERALIHAN\b", re.IGNORECASE)),
    (4, re.compile(r"\bKETENTUAN PENUTUP\b", re.IGNORECASE)),
)
_ARTICLE_AS_DUE = re.compile(r"Pasal [0-9]+[A-Z]?")
_ARTICLE_IN_ANY_LETTERS = re.compile(r"Pasal [0-9]+[A-Z]?\.?", re.IGNORECASE)
MAIN = 1
"""The place of a chapter of the main matter, after the general and before the criminal provisions."""


def chapters(draft: Draft) -> list[Heading]:
    """Give the chapters of a draft in order."""
    return [one for one in draft.headings if one.kind == "BAB"]


@rule(
    "chapters-out-of-order",
    severity=Severity.ERROR,
    number="62",
    says=("the chapter `{title}` stands after one that it should precede",
          "bab `{title}` terletak setelah bab yang seharusnya didahuluinya"),
    help=(
        "order them: general provisions, main matter, criminal, transitional and closing provisions",
        "urutkan: ketentuan umum, materi pokok, ketentuan pidana, ketentuan peralihan, ketentuan penutup",
    ),
    of_whole_acts=True,
)  # fmt: skip
def chapters_out_of_order(draft: Draft) -> Iterator[Finding]:
    """The groups of provisions are not in their order.

    General provisions come first, then the main matter, criminal provisions, transitional and, last of all, closing
    provisions (nos. 62 and 136).

    Bad:

        BAB I KETENTUAN PENUTUP

        Pasal 1

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.

        BAB II BUKTI VAKSINASI

    Good:

        BAB I BUKTI VAKSINASI

        Pasal 1

        Ketentuan.

        BAB II KETENTUAN PENUTUP
    """
    furthest = 0
    for one in chapters(draft):
        place = next((place for place, pattern in _PLACES if pattern.search(one.title)), MAIN)
        if place < furthest:
            yield one.at, {"title": one.title}
        furthest = max(furthest, place)


@rule(
    "chapters-misnumbered",
    severity=Severity.ERROR,
    number="72, 73, 75",
    says=(
        "the chapter is numbered `{found}`, where `{wanted}` is due",
        "bab bernomor `{found}`, seharusnya `{wanted}`",
    ),
    help=("number the chapters `BAB I`, `BAB II` in order", "beri nomor `BAB I`, `BAB II` secara berurutan"),
    of_whole_acts=True,
)
def chapters_misnumbered(draft: Draft) -> Iterator[Finding]:
    """Chapters are not numbered in order with Roman numerals.

    A chapter has a Roman numeral and a title in capitals.

    Bad:

        BAB I KETENTUAN UMUM

        BAB III KETENTUAN PENUTUP

    Good:

        BAB I KETENTUAN UMUM

        BAB II KETENTUAN PENUTUP
    """
    for number, one in enumerate(chapters(draft), start=1):
        if one.number != roman(number):
            yield one.at, {"found": one.number, "wanted": roman(number)}
            return


@rule(
    "chapter-without-title",
    severity=Severity.ERROR,
    number="72",
    says=("`{chapter}` has no title", "`{chapter}` tidak berjudul"),
    help=("write its title in capitals below the number", "tulis judul bab dengan huruf kapital di bawah nomornya"),
    of_whole_acts=True,
)
def chapter_without_title(draft: Draft) -> Iterator[Finding]:
    """A chapter has a number and no title.

    The title says what the chapter is about, in capitals.

    Bad:

        ## BAB I

        ### Pasal 1

        Ketentuan.

    Good:

        ## BAB I KETENTUAN UMUM

        ### Pasal 1

        Ketentuan.
    """
    yield from ((one.at, {"chapter": one.said}) for one in chapters(draft) if not one.title.strip())


@rule(
    "sections-misnumbered",
    severity=Severity.ERROR,
    number="73, 75",
    says=("`{found}` stands where `{wanted}` is due", "`{found}` seharusnya `{wanted}`"),
    help=("number `Bagian Kesatu`, `Bagian Kedua` anew in each chapter, `Paragraf 1`, `Paragraf 2` in each section",
          "beri nomor `Bagian Kesatu`, `Bagian Kedua` dalam setiap bab, `Paragraf 1`, `Paragraf 2` di setiap bagian"),
    of_whole_acts=True,
)  # fmt: skip
def sections_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The sections of a chapter, or the paragraphs of a section, are not numbered in order.

    Sections have ordinal words, their paragraphs Arabic numerals; both begin anew under the next heading above them.

    Bad:

        BAB II PENCEGAHAN

        Bagian Kesatu Penyuluhan

        Pasal 2

        Wali Kota menyelenggarakan penyuluhan.

        Bagian Ketiga Vaksinasi

    Good:

        BAB II PENCEGAHAN

        Bagian Kesatu Penyuluhan

        Pasal 2

        Wali Kota menyelenggarakan penyuluhan.

        Bagian Kedua Vaksinasi
    """
    counts = {"Bagian": 0, "Paragraf": 0}
    for one in draft.headings:
        if one.kind == "BAB":
            counts = dict.fromkeys(counts, 0)
            continue
        number = counts[one.kind]
        counts = {**counts, "Paragraf": 0, one.kind: number + 1}
        wanted = str(number + 1) if one.kind == "Paragraf" else (*ORDINALS, "")[min(number, len(ORDINALS))]
        if wanted and one.number.upper() != wanted:
            yield one.at, {"found": f"{one.kind} {one.number}", "wanted": f"{one.kind} {wanted.title()}"}
            counts[one.kind] = _said_as(one.number) or number + 1


def _said_as(number: str) -> int:
    """Read the number of a section or paragraph; 0 where it is none."""
    if number.isdigit():
        return int(number)
    return ORDINALS.index(number.upper()) + 1 if number.upper() in ORDINALS else 0


@rule(
    "articles-misnumbered",
    severity=Severity.ERROR,
    number="79",
    says=(
        "the article is numbered `{found}`, where `{wanted}` is due",
        "pasal bernomor `{found}`, seharusnya `{wanted}`",
    ),
    help=("number the articles through the whole act", "beri nomor pasal secara berurutan dalam seluruh naskah"),
    of_whole_acts=True,
)
def articles_misnumbered(draft: Draft) -> Iterator[Finding]:
    """Articles are not numbered in order.

    Articles have Arabic numbers that run through the whole act. One with a letter, which was inserted later, is not
    counted.

    Bad:

        Pasal 1

        Ketentuan.

        Pasal 3

        Ketentuan.

    Good:

        Pasal 1

        Ketentuan.

        Pasal 2

        Ketentuan.
    """
    plain = [one for one in draft.articles if one.number.isdigit()]
    for wanted, one in enumerate(plain, start=1):
        if int(one.number) != wanted:
            yield one.at, {"found": one.number, "wanted": wanted}
            return


@rule(
    "paragraphs-misnumbered",
    severity=Severity.ERROR,
    number="82",
    says=("the paragraph is numbered `({found})`, where {wanted} is due",
          "ayat bernomor `({found})`, seharusnya {wanted}"),
    help=(
        "number several paragraphs `(1)`, `(2)` without a full stop; a single one has no number",
        "beri nomor `(1)`, `(2)` tanpa tanda titik; ayat tunggal tidak diberi nomor",
    ),
    of_whole_acts=True,
)  # fmt: skip
def paragraphs_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The paragraphs of an article are not numbered as they should be.

    An ayat has an Arabic number in brackets, without a full stop, in order. An article of one paragraph has none.

    Bad:

        Pasal 1

        (1). Setiap orang menunjukkan bukti vaksinasi.

        (2). Bukti diperiksa petugas.

    Good:

        Pasal 1

        (1) Setiap orang menunjukkan bukti vaksinasi.

        (2) Bukti diperiksa petugas.
    """
    for article in draft.articles:
        found = [one for one in article.parts if one.style is Style.PARAGRAPH]
        if len(found) == 1 and len(article.parts) == 1:
            yield found[0].at, {"found": found[0].mark, "wanted": "-"}
            continue
        for wanted, one in enumerate(article.parts if found else (), start=1):
            if one.mark != str(wanted) or one.style is not Style.PARAGRAPH:
                yield one.at, {"found": one.mark or "-", "wanted": f"`({wanted})`"}
                break


@rule(
    "sentences-in-one-paragraph",
    severity=Severity.ERROR,
    number="77, 83",
    says=("a second sentence begins here", "kalimat kedua dimulai di sini"),
    help=("give each norm a paragraph of its own", "muat setiap norma dalam ayat tersendiri"),
    of_whole_acts=True,
)
def sentences_in_one_paragraph(draft: Draft) -> Iterator[Finding]:
    """An article or paragraph holds more than one sentence.

    One norm stands in one article or paragraph, as one whole sentence: it can then be referred to, amended and punished
    on its own.

    Bad:

        Pasal 1

        Setiap orang menunjukkan bukti vaksinasi. Petugas memeriksa bukti tersebut.

    Good:

        Pasal 1

        (1) Setiap orang menunjukkan bukti vaksinasi.

        (2) Petugas memeriksa bukti sebagaimana dimaksud pada ayat (1).
    """
    for article in draft.articles:
        for one in article.all():
            yield from ((one.passage.at(found.end()), {}) for _, found in one.passage.finds(SENTENCE_END))


@rule(
    "heading-misspelt",
    severity=Severity.WARNING,
    number="72, 79",
    says=("the heading is written `{found}`, where `{wanted}` is due",
          "judul ditulis `{found}`, seharusnya `{wanted}`"),
    help=(
        "write `BAB I` with its title in capitals, and `Pasal 1` without a full stop",
        "tulis `BAB I` dengan judul huruf kapital, dan `Pasal 1` tanpa tanda titik",
    ),
    of_whole_acts=True,
)  # fmt: skip
def heading_misspelt(draft: Draft) -> Iterator[Finding]:
    """The heading of a chapter or an article is not written as usual.

    `BAB` and the title of a chapter stand in capitals; of an article only the first letter is one, and nothing follows
    its number. What is written otherwise is read all the same.

    Bad:

        ### PASAL 1

        Ketentuan.

    Good:

        ### Pasal 1

        Ketentuan.
    """
    for at, said, wanted in _headings(draft):
        if said != wanted:
            yield at, {"found": said, "wanted": wanted}


def _headings(draft: Draft) -> Iterator[tuple[Position, str, str]]:
    """Give the headings of chapters and articles, each with its place, as it is written and as it should be."""
    for one in chapters(draft):
        yield one.at, one.said, one.said.upper()
        if one.title not in one.said:
            yield one.at, one.title, one.title.upper()
    yield from ((one.at, one.said, f"Pasal {one.number}") for one in draft.articles)
    for passage in draft.elucidation.passages if draft.elucidation else ():
        if _ARTICLE_IN_ANY_LETTERS.fullmatch(passage.text) and not _ARTICLE_AS_DUE.fullmatch(passage.text):
            yield passage.at(), passage.text, f"Pasal {passage.text[len('Pasal ') :].upper().rstrip('.')}"
