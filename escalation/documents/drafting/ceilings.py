"""How much a Perda may threaten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.numerals import DIGITS, SCALES, amount_in, number_in
from escalation.documents.drafting.penalties import JAIL, punishing
from escalation.documents.drafting.registry import BYLAW_ONLY, Finding, rule
from escalation.documents.papers.phrases import SENTENCES
from escalation.instruments import Fact, load_pack, on
from escalation.instruments.model import Sanctions

_JAIL_TERM = re.compile(
    r"\bpidana (?P<kind>penjara|kurungan)\b[^.;]{0,60}?"
    r"(?:(?P<number>[0-9]{1,3})(?: \([a-z ]{1,40}\))?|paling lama (?P<words>[a-z ]{3,40}?)) (?P<unit>bulan|tahun)\b"
)
_AMOUNT = re.compile(
    r"\bdenda\b[^.;]{0,60}?(?:Rp\.? ?(?P<amount>" + DIGITS + r")|(?P<bare>[0-9]{1,3}(?:\.[0-9]{3}){1,5}))"
    r"(?:,[0-9]+)?(?: (?P<scale>ribu|juta|miliar|triliun)\b)?"
)
_LEAST = re.compile(
    r"\b(?:denda|kurungan|penjara)\b[^.;]{0,60}?"
    r"\b(?P<least>paling (?:sedikit|rendah|singkat|kurang)|sekurang-kurangnya|serendah-rendahnya|minimal)\b"
)
_CATEGORY = re.compile(r"\bdenda\b[^.;]{0,60}?kategori (?P<category>[IVX]{1,4})\b")
CATEGORIES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def ceiling(day: date) -> Fact[Sanctions] | None:
    """Give the most that a Perda may threaten on a day, as the pack of Indonesian cities has it."""
    return next(iter(on(load_pack("indonesia-city").forms["perda"].sanctions, day)), None)


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
        found = JAIL.search(text)
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
    return found, amount_in(found["amount"] or found["bare"]) * SCALES.get(found["scale"] or "", 1) > most


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
