"""Points of circulars, instructions and decrees."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.blocks import ORDINALS, Style
from escalation.documents.drafting.model import Draft, Instrument, Item
from escalation.documents.drafting.registry import SOFT, Finding, rule
from escalation.documents.numbering import letters

_NUMBERS = tuple(str(number) for number in range(1, 100))
_LETTERS = tuple(letters(number) for number in range(1, 27))
_MARKS: dict[str, tuple[str, ...]] = {
    "ordinal": ORDINALS,
    Style.LETTER: _LETTERS,
    Style.LETTER_BRACKET: _LETTERS,
    Style.NUMBER: _NUMBERS,
    Style.NUMBER_BRACKET: _NUMBERS,
    Style.PARAGRAPH: _NUMBERS,
}
"""The marks of a list by its kind, in order."""


@rule(
    "points-misnumbered",
    severity=Severity.ERROR,
    number="practice",
    says=("the point is numbered `{found}`, where `{wanted}` is due",
          "butir bernomor `{found}`, seharusnya `{wanted}`"),
    help=(
        "number the points in order, `KESATU`, `KEDUA`, `KETIGA` in an instruction or a decree",
        "beri nomor butir secara berurutan, `KESATU`, `KEDUA`, `KETIGA` dalam instruksi atau keputusan",
    ),
    of=SOFT | {Instrument.DECREE},
    of_whole_acts=True,
)  # fmt: skip
def points_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The points of a circular, an instruction or a decree are not numbered in order.

    One that stands twice, or is left out, cannot be referred to. A list may begin anew: the addressees of a circular
    have numbers of their own.

    Bad:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Menyelenggarakan vaksinasi.

        KEDUA : Melaporkan cakupan vaksinasi.

        KEDUA : Melaksanakan Instruksi ini.

    Good:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Menyelenggarakan vaksinasi.

        KEDUA : Melaporkan cakupan vaksinasi.

        KETIGA : Melaksanakan Instruksi ini.
    """
    yield from _misnumbered(draft.points)
    for top in draft.points:
        for one in top.all():
            yield from _misnumbered(one.items)


def _misnumbered(items: tuple[Item, ...]) -> Iterator[Finding]:
    """Find the first of each list among items that is not numbered as the one before it leads to expect."""
    numbers: dict[str, int] = {}
    for one in items:
        kind = "ordinal" if one.mark in ORDINALS else str(one.style)
        marks, number = _MARKS.get(kind, ()), numbers.get(kind, 0)
        if number >= len(marks):
            continue
        begins_anew = kind != "ordinal" and number > 1 and one.mark == marks[0]
        if not begins_anew and one.mark != marks[number]:
            yield one.at, {"found": one.mark, "wanted": marks[number]}
            return
        numbers[kind] = 1 if begins_anew else number + 1
