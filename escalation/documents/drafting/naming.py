"""What the act calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.grounds import WITH_GROUNDS, considerations
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.passage import joined
from escalation.documents.drafting.registry import ALL, BYLAW_ONLY, Finding, rule
from escalation.documents.drafting.title import before_name, name_of

_KIND = (
    r"(?P<kind>Peraturan (?:Daerah|Wali ?Kota|Bupati|Gubernur)|Keputusan (?:Wali ?Kota|Bupati|Gubernur)"
    r"|Instruksi (?:Wali ?Kota|Bupati|Gubernur)|Surat Edaran|Instruksi|Keputusan)"
)
_CONSIDERED = re.compile(
    rf"\bperlu (?:menetapkan|membentuk) {_KIND}(?: [^,;]{{1,60}}?)?? tentang (?P<name>.{{1,600}}?) ?[;.]?$",
    re.IGNORECASE,
)
_ITSELF = re.compile(rf"\b{_KIND} ini\b", re.IGNORECASE)
_NAMED = re.compile(r"\bTENTANG (?P<name>.{1,600}?) ?[.;]?$", re.IGNORECASE)


def _plain(text: str) -> str:
    """Give a text in capitals with single spaces and the office in two words, so that it can be compared."""
    return " ".join(text.upper().replace("WALIKOTA", "WALI KOTA").split())


def _names(draft: Draft) -> set[str]:
    """Give the name in the title and that after Menetapkan: where these two differ, another rule says so."""
    enacted = _NAMED.search(draft.enacting.text) if draft.enacting is not None else None
    return {_plain(name_of(draft)), *([_plain(enacted["name"])] if enacted is not None else [])}


@rule(
    "considered-name-differs",
    severity=Severity.ERROR,
    number="23",
    says=("the last consideration names `{found}`, where the title has `{wanted}`",
          "konsiderans terakhir menyebut `{found}`, sedangkan judul memuat `{wanted}`"),
    help=("name kind and name of the act as in the title", "sebut jenis dan nama peraturan sebagaimana dalam judul"),
    of=WITH_GROUNDS,
)  # fmt: skip
def considered_name_differs(draft: Draft) -> Iterator[Finding]:
    """The last consideration names another act than the title.

    It says which act is to be made, by kind and name. A title that was changed late is often left there as it was.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Wali Kota tentang Bukti Vaksinasi;

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan Wali Kota tentang Vaksinasi COVID-19;
    """  # noqa: E501 - a consideration is one line
    for one in considerations(draft)[-1:]:
        found = _CONSIDERED.search(one.text)
        if found is None:
            continue
        if _plain(found["kind"]) not in _plain(before_name(draft)):
            yield one.passage.at(found.start("kind")), {"found": found["kind"], "wanted": before_name(draft).strip()}
        if _plain(found["name"]) not in _names(draft):
            yield one.passage.at(found.start("name")), {"found": found["name"], "wanted": name_of(draft)}


@rule(
    "called-by-another-kind",
    severity=Severity.ERROR,
    number="57-59",
    says=("the act calls itself `{found}`, and its title names another kind",
          "naskah menyebut dirinya `{found}`, sedangkan judulnya jenis lain"),
    help=("write the kind of the title, from the first article to the closing formula",
          "gunakan jenis dalam judul, dari pasal pertama sampai rumusan penutup"),
    of=ALL,
)  # fmt: skip
def called_by_another_kind(draft: Draft) -> Iterator[Finding]:
    """An act calls itself by another kind than its title.

    `Peraturan Daerah ini` in a Perwal comes from the draft that it was copied from, and says that another body made it.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 4

        Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    title = _plain(before_name(draft))
    for one in draft.passages():
        for at, found in one.finds(_ITSELF):
            if _plain(found["kind"]) not in title:
                yield at, {"found": found[0]}


@rule(
    "elucidated-name-differs",
    severity=Severity.ERROR,
    number="174-191",
    says=("the elucidation names `{found}`, where the title has `{wanted}`",
          "penjelasan menyebut `{found}`, sedangkan judul memuat `{wanted}`"),
    help=("repeat the name of the act", "ulangi nama peraturan"),
    of=BYLAW_ONLY,
)  # fmt: skip
def elucidated_name_differs(draft: Draft) -> Iterator[Finding]:
    """The elucidation is headed with another name than the title.

    Its heading repeats kind and name of the act that it explains.

    Bad:

        # RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG PENYAKIT MENULAR

    Good:

        # RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    head = draft.elucidation.head if draft.elucidation else ()
    whole = joined(head) if head else None
    found = _NAMED.search(whole.text) if whole is not None else None
    if whole is not None and found is not None and _plain(found["name"]) not in _names(draft):
        yield whole.at(found.start("name")), {"found": found["name"], "wanted": name_of(draft)}
