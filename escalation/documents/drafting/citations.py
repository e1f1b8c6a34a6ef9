"""Citations of norms: what kind of norm is cited, its rank, number and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from escalation.policy.origins import Norm

_KINDS = (
    (0, re.compile(r"Undang-Undang Dasar\b|UUD\b")),
    (1, re.compile(r"Ketetapan M(?:ajelis|PR)\b")),
    (2, re.compile(r"Peraturan Pemerintah Pengganti Undang-Undang\b|Undang-Undang\b")),
    (3, re.compile(r"Peraturan Pemerintah\b")),
    (4, re.compile(r"Peraturan Presiden\b")),
    (5, re.compile(r"Peraturan (?:Menteri|Badan|Lembaga|Kepala|Kepolisian|Mahkamah|Bank)\b")),
    (6, re.compile(r"Peraturan Daerah Provinsi\b")),
    (7, re.compile(r"Peraturan Gubernur\b")),
    (8, re.compile(r"Peraturan Daerah\b")),
    (9, re.compile(r"Peraturan (?:Wali ?[Kk]ota|Bupati)\b")),
    (10, re.compile(r"(?:Surat Edaran|Instruksi|Keputusan|Nota Dinas|Surat|Maklumat|Edaran)\b")),
)
_CONSTITUTION, _BYLAW, _REGULATION, _NONE = 0, 8, 9, 10
_ANY = re.compile("|".join(pattern.pattern for _, pattern in _KINDS))
_NUMBERED = re.compile(r"Nomor (?P<number>[0-9]{1,4}) Tahun (?P<year>[0-9]{4})")
_ARTICLE_BEFORE = re.compile(r"\s*Pasal [0-9]")
_SHORT = {
    "UUD": "Undang-Undang Dasar",
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perppu": "Peraturan Pemerintah Pengganti Undang-Undang",
    "Perpres": "Peraturan Presiden",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
    "Permenkes": "Peraturan Menteri Kesehatan",
    "Pergub": "Peraturan Gubernur",
    "Perda": "Peraturan Daerah",
    "Perwal": "Peraturan Wali Kota",
    "Perbup": "Peraturan Bupati",
    "Inpres": "Instruksi Presiden",
    "Inmendagri": "Instruksi Menteri Dalam Negeri",
    "Keppres": "Keputusan Presiden",
    "Kepmenkes": "Keputusan Menteri Kesehatan",
    "SE": "Surat Edaran",
}
"""Abbreviations of kinds of norms that are met in drafts, and what they stand for."""
KINDS_IN_SHORT = "|".join(_SHORT)
_SHORT_KIND = re.compile(rf"\b(?:{KINDS_IN_SHORT})\b(?= (?:No|[0-9]|Tahun))")
_SHORT_NUMBER = re.compile(r"\bNo\.? ?(?=[0-9])|\bNomor ?: ?(?=[0-9])")
FURTHEST = 120
"""Characters from the beginning of a citation to the name of the norm, and from there to its number."""


_RANKS = {"undang_undang": 2, "peraturan_pemerintah": 3, "peraturan_presiden": 4, "peraturan_menteri": 5}
"""Ranks of norms of a pack, as citations count them."""

Identity = tuple[int, int | None, int | None]
"""What tells a norm from others: rank, year and number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A norm as a draft cites it; `rank` is its place in the hierarchy, 0 the highest, 10 what is no legislation.

    `said` is the name of its kind as it is written, `has_article` says that an article is named before it.
    """

    said: str
    rank: int
    number: int | None
    year: int | None
    has_article: bool

    @property
    def is_constitution(self) -> bool:
        """Whether the constitution is cited."""
        return self.rank == _CONSTITUTION

    @property
    def is_legislation(self) -> bool:
        """Whether what is cited is legislation."""
        return self.rank < _NONE

    @property
    def has_national_gazette(self) -> bool:
        """Whether it is published in Lembaran Negara: a law or a government regulation."""
        return self.rank in {2, 3}

    @property
    def is_bylaw(self) -> bool:
        """Whether it is published in Lembaran Daerah."""
        return self.rank in {6, _BYLAW}

    @property
    def is_below_bylaw(self) -> bool:
        """Whether it ranks below the by-law of a city or regency, or is no legislation."""
        return self.rank >= _REGULATION

    @property
    def identity(self) -> Identity:
        """What tells it from other norms."""
        return self.rank, self.year, self.number

    @property
    def numbered(self) -> str:
        """Its kind as it is written, with number and year: `Undang-Undang 25/2009`."""
        return f"{self.said} {self.number}/{self.year}"


def identity_of(norm: Norm) -> Identity:
    """Give what tells a norm of a pack from others, as `Citation.identity` does."""
    return _RANKS.get(norm.rank or "", -1), norm.year, norm.number


def spelt_out(text: str) -> str:
    """Write the abbreviations of a citation out, so that it can be read.

    >>> spelt_out("UU No. 25 Tahun 2009")
    'Undang-Undang Nomor 25 Tahun 2009'
    """
    return _SHORT_NUMBER.sub("Nomor ", _SHORT_KIND.sub(lambda found: _SHORT[found[0]], text))


def citation(text: str) -> Citation | None:
    """Take the norm out of a citation, the first one named in it.

    >>> one = citation("Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945")
    >>> one.is_constitution, one.has_article
    (True, True)
    >>> citation("Peraturan Daerah Kota Bekasi Nomor 15 Tahun 2020 tentang ATHB").identity
    (8, 2020, 15)
    """
    found = _ANY.search(text, 0, FURTHEST)
    return _made(text, found, found.end() + FURTHEST) if found else None


def numbered(text: str) -> Iterator[tuple[int, Citation]]:
    """Find every norm that a text cites with its number, and where in the text.

    >>> text = "Pada saat Peraturan Daerah ini berlaku, Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 dicabut"
    >>> [(at, one.said) for at, one in numbered(text)]
    [(40, 'Peraturan Wali Kota')]
    """
    found = list(_ANY.finditer(text))
    for one, following in zip_longest(found, found[1:]):
        end = min(one.end() + FURTHEST, following.start() if following else len(text))
        cited = _made(text, one, end)
        if cited.number is not None:
            yield one.start(), cited


def _made(text: str, found: re.Match[str], end: int) -> Citation:
    rank = next(rank for rank, pattern in _KINDS if pattern.match(text, found.start()))
    numbered = _NUMBERED.search(text, found.end(), end)
    return Citation(
        said=found[0],
        rank=rank,
        number=int(numbered["number"]) if numbered else None,
        year=int(numbered["year"]) if numbered else None,
        has_article=_ARTICLE_BEFORE.match(text) is not None,
    )
