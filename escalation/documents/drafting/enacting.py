"""Enacting clause (MEMUTUSKAN)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.grounds import WITH_GROUNDS
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import BYLAW_ONLY, SOFT, Finding, rule
from escalation.documents.drafting.title import name_of

_APPROVED = re.compile(
    r"Dengan persetujuan bersama ?:? DEWAN PERWAKILAN RAKYAT DAERAH\b.{0,80}? dan (?:WALI ?KOTA|BUPATI|GUBERNUR)\b",
    re.IGNORECASE,
)
_PROMULGATED = re.compile(
    r"mulai berlaku (?:pada|sejak) (?:tanggal )?diundangkan|^Diundangkan di\b|memerintahkan pengundangan\b"
)
KINDS = {Instrument.REGULATION: "PERATURAN WALI KOTA", Instrument.BYLAW: "PERATURAN DAERAH"}


@rule(
    "decision-formula-wrong",
    severity=Severity.ERROR,
    number="53-54",
    says=("`MEMUTUSKAN:` is missing, or not written so", "`MEMUTUSKAN:` tidak ada atau tidak ditulis demikian"),
    help=(
        "write `MEMUTUSKAN:` in capitals with a colon, on a line of its own",
        "tulis `MEMUTUSKAN:` dengan huruf kapital dan titik dua pada baris tersendiri",
    ),
    of=WITH_GROUNDS,
)
def decision_formula_wrong(draft: Draft) -> Iterator[Finding]:
    """The word that enacts is missing, or has no colon.

    `MEMUTUSKAN:` stands in capitals between the legal basis and what is enacted.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

        MEMUTUSKAN

    Good:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

        MEMUTUSKAN:
    """
    if draft.decision is None:
        yield draft.title.at(), {}
    elif draft.decision.text.replace(" ", "") != "MEMUTUSKAN:":
        yield draft.decision.at(), {}


@rule(
    "joint-approval-missing",
    severity=Severity.ERROR,
    number="56",
    says=(
        "a Perda is enacted with the joint approval of DPRD and mayor, and the draft does not say so",
        "frasa persetujuan bersama DPRD dan kepala daerah tidak dimuat",
    ),
    help=(
        "write `Dengan Persetujuan Bersama DEWAN PERWAKILAN RAKYAT DAERAH ... dan WALI KOTA ...` before `MEMUTUSKAN:`",
        "tulis `Dengan Persetujuan Bersama DEWAN PERWAKILAN RAKYAT DAERAH ... dan WALI KOTA ...` sebelum `MEMUTUSKAN:`",
    ),
    of=BYLAW_ONLY,
)
def joint_approval_missing(draft: Draft) -> Iterator[Finding]:
    """The joint approval is missing from a Perda.

    The phrase stands before `MEMUTUSKAN:`, each body on a line of its own.

    Bad:

        Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;

        MEMUTUSKAN:

    Good:

        Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;

        Dengan Persetujuan Bersama

        DEWAN PERWAKILAN RAKYAT DAERAH KOTA BEKASI

        dan

        WALI KOTA BEKASI

        MEMUTUSKAN:
    """
    said = " ".join(one.text for one in draft.approval)
    if not _APPROVED.match(said):
        places = (*draft.approval, draft.decision, draft.title)
        yield next(one for one in places if one is not None).at(), {}


@rule(
    "enacted-name-differs",
    severity=Severity.ERROR,
    number="57-59",
    says=("after `Menetapkan` `{wanted}` is due", "setelah `Menetapkan` seharusnya tertulis `{wanted}`"),
    help=(
        "repeat kind and name of the title in capitals, without the region, and end with a full stop",
        "ulangi jenis dan nama dalam judul dengan huruf kapital, tanpa nama daerah, diakhiri tanda titik",
    ),
)
def enacted_name_differs(draft: Draft) -> Iterator[Finding]:
    """What is enacted is not what the title names.

    After `Menetapkan` stand the kind and the name as in the title, in capitals, without the name of the region, and a
    full stop (nos. 57 to 59).

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Menetapkan : PERATURAN WALI KOTA BEKASI TENTANG VAKSINASI COVID-19.

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Menetapkan : PERATURAN WALI KOTA TENTANG VAKSINASI COVID-19.
    """
    if draft.instrument is None:
        return
    kind = next((one for one in ("BUPATI", "GUBERNUR") if f"PERATURAN {one}" in draft.title.text), "")
    wanted = f"{f'PERATURAN {kind}' if kind else KINDS[draft.instrument]} TENTANG {name_of(draft).upper()}."
    if draft.enacting is None:
        yield (draft.decision.at() if draft.decision else draft.title.at()), {"wanted": wanted}
    elif " ".join(draft.enacting.text.replace("WALIKOTA", "WALI KOTA").split()) != wanted:
        yield draft.enacting.at(), {"wanted": wanted}


@rule(
    "laid-out-as-legislation",
    severity=Severity.WARNING,
    number="UU 12/2011 pasal 81",
    says=("`{found}` belongs to legislation, which this draft is not",
          "`{found}` hanya digunakan dalam peraturan perundang-undangan, sedangkan naskah ini bukan"),
    help=("number the points `KESATU`, `KEDUA` in a decree or an instruction, and let it hold from the day of issue",
          "gunakan butir `KESATU`, `KEDUA` dalam keputusan atau instruksi, yang berlaku pada tanggal ditetapkan"),
    of=SOFT | {Instrument.DECREE},
)  # fmt: skip
def laid_out_as_legislation(draft: Draft) -> Iterator[Finding]:
    """A decree, an instruction or a circular has articles, or is promulgated.

    Only legislation is promulgated in a gazette (pasal 81 UU 12/2011), and only legislation is set out in articles.

    Bad:

        # RANCANGAN KEPUTUSAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG TIM VAKSINASI

        Menetapkan :

        KESATU : Keputusan Wali Kota ini mulai berlaku pada tanggal diundangkan.

    Good:

        # RANCANGAN KEPUTUSAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG TIM VAKSINASI

        Menetapkan :

        KESATU : Keputusan Wali Kota ini mulai berlaku pada tanggal ditetapkan.
    """
    yield from ((one.at, {"found": one.said}) for one in draft.articles[:1])
    for text in (*(one.passage for one in draft.norms()), *draft.closing):
        yield from ((at, {"found": found[0]}) for at, found in text.finds(_PROMULGATED))
