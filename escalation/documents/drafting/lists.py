"""Lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.blocks import Style
from escalation.documents.drafting.model import Draft, Item
from escalation.documents.drafting.registry import Finding, rule
from escalation.documents.drafting.terms import definitions, terms

_JOINT = re.compile(r"[;,] ?(?P<joint>dan/atau|dan|atau)$")
_GOES_ON = re.compile(r";(?: dan/atau| dan| atau)?$")
_CAPITAL = re.compile(r"(?P<word>[A-Z][a-z]+) (?=[a-z])")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_BELOW = {
    Style.NONE: {Style.LETTER, Style.NUMBER, Style.PARAGRAPH},
    Style.PARAGRAPH: {Style.LETTER},
    Style.LETTER: {Style.NUMBER},
    Style.NUMBER: {Style.LETTER_BRACKET, Style.LETTER},
    Style.LETTER_BRACKET: {Style.NUMBER_BRACKET},
    Style.NUMBER_BRACKET: set(),
    Style.ROMAN: set(),
}


def lists(draft: Draft) -> Iterator[tuple[Item, ...]]:
    """Give every list in the articles of a draft, those of definitions left out, each as its items."""
    defined = {one.at for one in definitions(draft)}
    for article in draft.articles:
        for one in article.all():
            numbered = tuple(below for below in one.items if below.mark)
            if numbered and not any(below.at in defined for below in numbered):
                yield numbered


@rule(
    "list-item-capitalised",
    severity=Severity.WARNING,
    number="87-91",
    says=("the item begins with a capital: `{word}`", "rincian diawali huruf kapital: `{word}`"),
    help=("begin it with a small letter, unless it is a name or a defined term",
          "awali dengan huruf kecil, kecuali nama atau istilah yang didefinisikan"),
    of_whole_acts=True,
)  # fmt: skip
def list_item_capitalised(draft: Draft) -> Iterator[Finding]:
    """An item of a list begins with a capital.

    The items continue the sentence that introduces them, so that each begins with a small letter. Names and defined
    terms keep their capitals.

    Bad:

        Pasal 1

        Petugas memeriksa:

        a. Bukti vaksinasi; dan

        b. kartu identitas.

    Good:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi; dan

        b. kartu identitas.
    """
    known = {word for term in terms(draft) for word in term.split()}
    for items in lists(draft):
        for one in items:
            found = _CAPITAL.match(one.text)
            if found and found["word"] not in known:
                yield one.passage.at(), {"word": found["word"]}


@rule(
    "list-item-without-end",
    severity=Severity.ERROR,
    number="87-91",
    says=("the item does not end with `{wanted}`", "rincian tidak diakhiri `{wanted}`"),
    help=(
        "end every item with a semicolon, and the last one with a full stop",
        "akhiri setiap rincian dengan titik koma, dan yang terakhir dengan titik",
    ),
    of_whole_acts=True,
)
def list_item_without_end(draft: Draft) -> Iterator[Finding]:
    """An item of a list does not end with a semicolon, or the last one with a full stop.

    Items are parted by semicolons. The last item of a list within a list ends as the item to which it belongs.

    Bad:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi, dan

        b. kartu identitas.

    Good:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi; dan

        b. kartu identitas.
    """
    defined = {one.at for one in definitions(draft)}
    for part in (one for article in draft.articles for one in article.parts):
        leaves = [one for one in part.all() if one.mark and not one.items and one is not part and one.at not in defined]
        for one in leaves[:-1]:
            if not _GOES_ON.search(one.text):
                yield one.passage.at(max(0, len(one.text) - 1)), {"wanted": ";"}
        for one in leaves[-1:]:
            if not one.text.endswith("."):
                yield one.passage.at(max(0, len(one.text) - 1)), {"wanted": "."}


@rule(
    "conjunction-missing",
    severity=Severity.ERROR,
    number="87-91",
    says=("the last item but one does not end with `dan`, `atau` or `dan/atau`",
          "rincian kedua dari akhir tidak diakhiri `dan`, `atau`, atau `dan/atau`"),
    help=("say there whether all, one or any of the items are meant: `; dan`, `; atau`, `; dan/atau`",
          "nyatakan di sana sifat rincian: `; dan`, `; atau`, `; dan/atau`"),
    of_whole_acts=True,
)  # fmt: skip
def conjunction_missing(draft: Draft) -> Iterator[Finding]:
    """A list does not say whether its items are cumulative or alternative.

    The word stands after the last item but one. Without it nobody can say whether one item suffices.

    Bad:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi;

        b. kartu identitas.

    Good:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi; dan

        b. kartu identitas.
    """
    for items in lists(draft):
        if len(items) > 1 and not _JOINT.search(items[-2].last.text):
            text = items[-2].last
            yield text.passage.at(max(0, len(text.text) - 1)), {}


@rule(
    "conjunction-misplaced",
    severity=Severity.ERROR,
    number="87-91",
    says=("`{joint}` stands after an item that is not the last but one",
          "`{joint}` terletak setelah rincian yang bukan kedua dari akhir"),
    help=("write it after the last item but one only", "tulis hanya setelah rincian kedua dari akhir"),
    of_whole_acts=True,
)  # fmt: skip
def conjunction_misplaced(draft: Draft) -> Iterator[Finding]:
    """`Dan` or `atau` stands after other items of a list than the last but one.

    It is written once in a list, after the last item but one.

    Bad:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi; dan

        b. kartu identitas; dan

        c. surat keterangan.

    Good:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi;

        b. kartu identitas; dan

        c. surat keterangan.
    """
    for items in lists(draft):
        for one in (*items[:-2], items[-1]):
            found = _JOINT.search(one.text)
            if found:
                yield one.passage.at(found.start("joint")), {"joint": found["joint"]}


@rule(
    "list-misnumbered",
    severity=Severity.ERROR,
    number="87-91",
    says=(
        "the item is numbered `{found}`, where `{wanted}` is due",
        "rincian bernomor `{found}`, seharusnya `{wanted}`",
    ),
    help=("number the items in order", "beri nomor rincian secara berurutan"),
    of_whole_acts=True,
)
def list_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The items of a list are not numbered in order.

    References go to the wrong item where a letter is left out or given twice.

    Bad:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi; dan

        c. kartu identitas.

    Good:

        Pasal 1

        Petugas memeriksa:

        a. bukti vaksinasi; dan

        b. kartu identitas.
    """
    for items in lists(draft):
        for index, one in enumerate(items[: len(_ALPHABET)]):
            wanted = _ALPHABET[index] if one.mark.isalpha() else str(index + 1)
            if one.style is not Style.PARAGRAPH and one.mark != wanted:
                yield one.at, {"found": one.mark, "wanted": wanted}
                break


@rule(
    "list-marks-out-of-order",
    severity=Severity.WARNING,
    number="87-91",
    says=("a list marked `{found}` stands below an item marked `{above}`",
          "rincian bertanda `{found}` berada di bawah `{above}`"),
    help=("mark the levels `a.`, `1.`, `a)`, `1)` from the outside in, four at most",
          "beri tanda `a.`, `1.`, `a)`, `1)` dari luar ke dalam, paling banyak empat tingkat"),
    of_whole_acts=True,
)  # fmt: skip
def list_marks_out_of_order(draft: Draft) -> Iterator[Finding]:
    """A list within a list is marked otherwise than usual.

    The levels are marked `a.`, `1.`, `a)` and `1)`; there are four at most.

    Bad:

        Pasal 1

        (1) Petugas memeriksa:

        1) bukti vaksinasi; dan

        2) kartu identitas.

        (2) Ketentuan.

    Good:

        Pasal 1

        (1) Petugas memeriksa:

        a. bukti vaksinasi; dan

        b. kartu identitas.

        (2) Ketentuan.
    """
    defined = {one.at for one in definitions(draft)}
    for article in draft.articles:
        for above in article.all():
            first = next((one for one in above.items if one.mark and one.at not in defined), None)
            if first is not None and first.style not in _BELOW[above.style]:
                yield first.at, {"found": first.style, "above": above.style or "-"}
