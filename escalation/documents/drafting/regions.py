"""The region of the act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from escalation.diagnostics import Severity
from escalation.documents.drafting.grounds import reasons
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.origin import origin
from escalation.documents.drafting.passage import Passage, Position
from escalation.documents.drafting.registry import ALL, Finding, rule
from escalation.documents.drafting.terms import definitions
from escalation.documents.drafting.title import before_name

_NAME = r"(?P<name>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,4}?)"
_END = r"(?=\s*(?:[,.;:(]|$)| (?i:provinsi|nomor|tahun|tentang|dan|ditetapkan|dikeluarkan)\b)"
_OFFICE = re.compile(rf"\b(?P<kind>WALI ?KOTA|Wali ?[Kk]ota|BUPATI|Bupati|GUBERNUR|Gubernur) {_NAME}{_END}")
_BODY = re.compile(
    r"\b(?:SEKRETARIS DAERAH|DEWAN PERWAKILAN RAKYAT DAERAH|PERATURAN DAERAH|(?:BERITA|LEMBARAN) DAERAH"
    r"|Sekretaris Daerah|Dewan Perwakilan Rakyat Daerah|Peraturan Daerah|(?:Berita|Lembaran) Daerah)"
    rf" (?P<kind>(?i:kota|kabupaten|provinsi)) {_NAME}{_END}"
)
_PROVINCE = re.compile(rf"\b(?P<kind>PROVINSI) {_NAME}{_END}")
_OFFICE_ALONE = re.compile(r"(?:a\.n\. )?(?:WALI ?KOTA|BUPATI|GUBERNUR) [A-Z' ]+,?(?: PROVINSI [A-Z ]+,?)?")
_PLACE = re.compile(rf"(?:Ditetapkan|Dikeluarkan|Diundangkan) di {_NAME}(?=$|,| pada\b)")
_COPIES = re.compile(r"TEMBUSAN|Tembusan")
_DEFINED = re.compile(
    r"(?:Daerah(?: Kota| Kabupaten)?|Kota|Kabupaten|Wali ?[Kk]ota|Bupati|Gubernur) adalah "
    rf"(?P<kind>Kota|Kabupaten|Provinsi|Wali ?[Kk]ota|Bupati|Gubernur) {_NAME}(?=[.;,]|$)"
)
_OF_REGION = re.compile(r"(?P<kind>Kota|Kabupaten|Provinsi) (?P<name>[A-Z]\w*(?: [A-Z]\w*)*)")
_PEOPLE_OF = re.compile(
    r"\b(?:di|masyarakat|warga|penduduk|wilayah) (?P<kind>Kota|Kabupaten) (?P<name>[A-Z]\w*(?: [A-Z]\w*)*)"
)
_OF_NO_REGION = re.compile(
    r"(?P<office>SEKRETARIS DAERAH|WALI ?KOTA|BUPATI|GUBERNUR|(?:BERITA|LEMBARAN) DAERAH)(?:,| TAHUN\b.*)"
)
_IN_REGION = re.compile(rf"\bdi {_OF_REGION.pattern}")
_IN_NAME = re.compile(
    r"\b(?:DI|WILAYAH|WARGA|MASYARAKAT|PENDUDUK) (?P<region>(?:KOTA|KABUPATEN) [A-Z][\w'’-]*"
    r"(?: (?!DI|DALAM|PADA|DAN|UNTUK|MELALUI|YANG|TAHUN|PROVINSI|DENGAN|SELAMA|TERHADAP)[A-Z][\w'’-]*){0,2})",
    re.IGNORECASE,
)
_KINDS = {"WALI KOTA": "KOTA", "WALIKOTA": "KOTA", "BUPATI": "KABUPATEN", "GUBERNUR": "PROVINSI"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A place at which a draft says of which region it is; `region` is in capitals, with its kind."""

    region: str
    at: Position


def _claims(draft: Draft) -> Iterator[Claim]:
    """Give every place at which a draft says of which region it is, from the title on."""
    named = len(before_name(draft))
    yield from _in(draft.title.part(0, named), _OFFICE, _BODY)
    for one in (*draft.before, *draft.opening):
        if _OFFICE_ALONE.fullmatch(one.text):
            yield from _in(one, _OFFICE)
    for one in draft.approval:
        yield from _in(one, _OFFICE, _BODY)
    for item in definitions(draft):
        yield from _in(item.passage, _DEFINED)
    for one in _signed(draft):
        yield from _in(one, _OFFICE, _BODY)
    for one in draft.elucidation.passages if draft.elucidation else ():
        head = one.text.partition(" TENTANG ")[0]
        if head.isupper():
            yield from _in(one.part(0, len(head)), _OFFICE, _BODY)


def _in(one: Passage, *patterns: re.Pattern[str]) -> Iterator[Claim]:
    for pattern in patterns:
        for at, found in one.finds(pattern):
            kind = found["kind"].upper()
            yield Claim(region=f"{_KINDS.get(kind, kind)} {found['name'].upper()}", at=at)


def _signed(draft: Draft) -> Iterator[Passage]:
    """Give the closing up to the copies, which go to other offices."""
    for one in draft.closing:
        if _COPIES.match(one.text):
            return
        yield one


def _region(draft: Draft, claims: list[Claim]) -> str:
    """Say of which region a draft is: what it says most often, its origin included; empty where it says nothing."""
    told = (found for one in sorted(origin(draft).regions) if (found := _OF_REGION.fullmatch(one)))
    votes = Counter([one.region for one in claims])
    votes.update(f"{one['kind']} {one['name']}".upper() for one in told)
    return max(votes, key=lambda region: votes[region], default="")


@rule(
    "another-region-named",
    severity=Severity.ERROR,
    number="2",
    says=("`{found}` is named where the draft is of `{region}`",
          "`{found}` disebut, padahal rancangan ini dari `{region}`"),
    help=("name one region from the title to the closing block", "sebut daerah yang sama dari judul sampai penutup"),
    of=ALL,
)  # fmt: skip
def another_region_named(draft: Draft) -> Iterator[Finding]:
    """Title, offices, gazette or figures name another region than the rest of the draft.

    A draft that was made from one of another city keeps its name here and there. What the draft says most often is
    taken as meant, the region of its figures included. Other acts, copies and addressees may name whom they like.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        WALI KOTA BEKASI,

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        WALI KOTA BOGOR,

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        WALI KOTA BEKASI,

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        WALI KOTA BEKASI,
    """
    claims = list(_claims(draft))
    region = _region(draft, claims)
    for one in claims:
        if one.region != region:
            yield one.at, {"found": one.region, "region": region}
    yield from _in_the_name(draft, region)
    yield from _other_provinces(draft)
    yield from _other_places(draft, region)
    yield from _figures_of_others(draft, region)


def _in_the_name(draft: Draft, region: str) -> Iterator[Finding]:
    """Find another region for which the name of the act says that it is made; a part of the own one is none."""
    named = len(before_name(draft))
    for at, found in draft.title.part(named).finds(_IN_NAME) if region else ():
        said = found["region"].upper()
        if not f"{said} ".startswith(f"{region} ") and not region.startswith(f"{said} "):
            yield at, {"found": said, "region": region}


def _other_provinces(draft: Draft) -> Iterator[Finding]:
    found = [claim for one in (*draft.before, *draft.opening, *_signed(draft)) for claim in _in(one, _PROVINCE)]
    for one in found[1:]:
        if one.region != found[0].region:
            yield one.at, {"found": one.region, "region": found[0].region}


def _other_places(draft: Draft, region: str) -> Iterator[Finding]:
    """Find a place of enactment that is not in the city; a regency may have its seat elsewhere."""
    words = set(region.split()[1:])
    for one in draft.closing if region.startswith("KOTA ") else ():
        for at, found in one.finds(_PLACE):
            if words.isdisjoint(found["name"].upper().split()):
                yield at, {"found": found[0], "region": region}


def _figures_of_others(draft: Draft, region: str) -> Iterator[Finding]:
    """Find a region beside figures that is none of those whose figures the draft was made from."""
    known = origin(draft)
    regions = {one.upper() for one in known.regions} | {region}
    for one in reasons(draft):
        if known.regions and any(number in one.text for number in known.figures):
            for at, found in one.finds(_IN_REGION):
                if f"{found['kind']} {found['name']}".upper() not in regions:
                    yield at, {"found": found[0].removeprefix("di "), "region": region}


@rule(
    "another-region-mentioned",
    severity=Severity.INFO,
    number="good practice",
    says=("`{found}` is another region than that of the draft, `{region}`",
          "`{found}` bukan daerah rancangan ini, `{region}`"),
    help=("nothing to do where it is meant; else name the region of the draft",
          "abaikan bila memang dimaksud; jika tidak, sebut daerah rancangan ini"),
    of=ALL,
)  # fmt: skip
def another_region_mentioned(draft: Draft) -> Iterator[Finding]:
    """A draft speaks of the people or the territory of another region.

    Neighbours may well be meant; in a draft that was copied from theirs, they are not.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Menimbang : a. bahwa masyarakat Kota Bogor belum seluruhnya divaksinasi;

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Menimbang : a. bahwa masyarakat Kota Bekasi belum seluruhnya divaksinasi;
    """
    region = _region(draft, list(_claims(draft)))
    figures = origin(draft).figures
    for one in (*reasons(draft), *(one.passage for one in draft.norms())) if region else ():
        for at, found in one.finds(_PEOPLE_OF):
            said = f"{found['kind']} {found['name']}"
            beside_figures = any(number in one.text for number in figures)
            if not said.upper().startswith(region) and not region.startswith(said.upper()) and not beside_figures:
                yield at, {"found": said, "region": region}


@rule(
    "region-left-out",
    severity=Severity.ERROR,
    number="160-173",
    says=("`{found}` does not name the region", "`{found}` tidak menyebut nama daerah"),
    help=("write `SEKRETARIS DAERAH KOTA ...,` and `BERITA DAERAH KOTA ... TAHUN ... NOMOR ...`",
          "tulis `SEKRETARIS DAERAH KOTA ...,` dan `BERITA DAERAH KOTA ... TAHUN ... NOMOR ...`"),
)  # fmt: skip
def region_left_out(draft: Draft) -> Iterator[Finding]:
    """The secretary or the gazette in the closing block is of no region.

    Both are written with the region, as the office that enacts the act is.

    Bad:

        Pasal 1

        Ketentuan.

        Diundangkan di Bekasi

        SEKRETARIS DAERAH,

    Good:

        Pasal 1

        Ketentuan.

        Diundangkan di Bekasi

        SEKRETARIS DAERAH KOTA BEKASI,
    """
    for one in draft.closing:
        found = _OF_NO_REGION.fullmatch(one.text)
        if found is not None:
            yield one.at(), {"found": found["office"]}
