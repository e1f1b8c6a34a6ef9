"""Words and references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import ALL, AMENDED, LEGISLATION, Finding, rule

_ONE_WORD = re.compile(r"\b(?:WALIKOTA|[Ww]alikota)\b")
_OPEN_ENDED = re.compile(
    r"\b(?:antara lain|(?:namun|tetapi) tidak terbatas pada|dan lain-lain|dan sebagainya|dsb|dll)\b", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:tersebut di (?:atas|bawah)|(?:dimaksud|disebut(?:kan)?) di (?:atas|bawah)"
    r"|Pasal (?:tersebut|sebelumnya|berikutnya|di atas|yang terdahulu))",
    re.IGNORECASE,
)
_MINIMUM = re.compile(r"\b(?:sekurang-kurangnya|setidak-tidaknya|sedikit-dikitnya|minimum)\b", re.IGNORECASE)
_MAXIMUM = re.compile(
    r"\bmaksim(?:al|um)(?:nya)?(?= (?:sebesar |sejumlah |selama )?(?:Rp|[0-9]|kategori\b))", re.IGNORECASE
)
_CONJUNCTION = re.compile(r"(?:Dan|Atau|Tetapi|Tapi|Namun|Sedangkan|Karena|Oleh karena itu|Oleh sebab itu|Maka)\b")
_NAMES_ARTICLE = re.compile(r"\bPasal [0-9]")
_GENERAL = re.compile(
    r"Undang-Undang Dasar|tentang Pembentukan|Nomor 23 Tahun 2014|Nomor 12 Tahun 2011|Nomor 30 Tahun 2014"
)


@rule(
    "walikota-in-one-word",
    severity=Severity.WARNING,
    number="UU 23/2014",
    says=("`{word}` is written as one word", "`{word}` ditulis satu kata"),
    help=("write `Wali Kota`, as UU 23/2014 does", "tulis `Wali Kota` seperti dalam UU 23/2014"),
    of=ALL,
)
def walikota_in_one_word(draft: Draft) -> Iterator[Finding]:
    """The office is written `Walikota`.

    UU 23/2014 writes it in two words, and so do the titles of acts made under it.

    Bad:

        # RANCANGAN PERATURAN WALIKOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19
    """
    for one in draft.passages():
        yield from ((at, {"word": found[0]}) for at, found in one.finds(_ONE_WORD))


@rule(
    "open-ended-list",
    severity=Severity.ERROR,
    number="270a-c",
    says=("`{word}` leaves open what is meant", "`{word}` membuka penafsiran"),
    help=("name everything that is meant, or give a criterion", "sebutkan seluruhnya, atau tetapkan kriterianya"),
    since=AMENDED,
)
def open_ended_list(draft: Draft) -> Iterator[Finding]:
    """A norm lists examples and leaves the list open.

    Since UU 13/2022 `antara lain` and `namun tidak terbatas pada` are not used in norms: whoever must obey cannot know
    what else is meant.

    Bad:

        Pasal 2

        Layanan publik meliputi antara lain layanan administrasi kependudukan.

    Good:

        Pasal 2

        Layanan publik meliputi layanan administrasi kependudukan dan layanan perizinan.
    """
    for one in draft.norms():
        yield from ((at, {"word": found[0]}) for at, found in one.passage.finds(_OPEN_ENDED))


@rule(
    "vague-reference",
    severity=Severity.ERROR,
    number="276-281",
    says=("`{word}` does not say where", "`{word}` tidak menunjuk ketentuan yang jelas"),
    help=("name the article and paragraph: `sebagaimana dimaksud dalam Pasal 2 ayat (1)`",
          "sebut pasal dan ayatnya: `sebagaimana dimaksud dalam Pasal 2 ayat (1)`"),
)  # fmt: skip
def vague_reference(draft: Draft) -> Iterator[Finding]:
    """A reference does not name the provision to which it refers.

    `Tersebut di atas` and the like are not used: with the next amendment nobody can say what stood above.

    Bad:

        Pasal 2

        Kewajiban tersebut di atas dikecualikan bagi orang dengan kontraindikasi medis.

    Good:

        Pasal 2

        Kewajiban sebagaimana dimaksud dalam Pasal 1 dikecualikan bagi orang dengan kontraindikasi medis.
    """
    for one in draft.norms():
        yield from ((at, {"word": found[0]}) for at, found in one.passage.finds(_VAGUE))


@rule(
    "minimum-worded",
    severity=Severity.INFO,
    number="256a",
    says=("`{word}` is not the word for a minimum requirement", "`{word}` bukan istilah untuk persyaratan minimum"),
    help=("write `minimal` for a requirement, `paling sedikit` for an amount",
          "gunakan `minimal` untuk persyaratan, `paling sedikit` untuk jumlah"),
    since=AMENDED,
)  # fmt: skip
def minimum_worded(draft: Draft) -> Iterator[Finding]:
    """A minimum is worded with an old phrase.

    Since UU 13/2022 a minimum requirement is introduced with `minimal`.

    Bad:

        Pasal 2

        Laporan sekurang-kurangnya memuat cakupan vaksinasi.

    Good:

        Pasal 2

        Laporan minimal memuat cakupan vaksinasi.
    """
    for one in draft.norms():
        yield from ((at, {"word": found[0]}) for at, found in one.passage.finds(_MINIMUM))


@rule(
    "maximum-worded",
    severity=Severity.INFO,
    number="255-256",
    says=("`{word}` is not the word for a maximum amount or time",
          "`{word}` bukan istilah untuk batas jumlah atau waktu"),
    help=("write `paling banyak` for an amount, `paling lama` for a time",
          "gunakan `paling banyak` untuk jumlah, `paling lama` untuk jangka waktu"),
    of=LEGISLATION | {Instrument.DECREE},
)  # fmt: skip
def maximum_worded(draft: Draft) -> Iterator[Finding]:
    """A maximum is worded with `maksimal`.

    An amount of money is limited with `paling banyak`, a time with `paling lama`, other amounts with `paling tinggi`.

    Bad:

        Pasal 2

        Bantuan diberikan maksimal Rp1.000.000,00 (satu juta rupiah).

    Good:

        Pasal 2

        Bantuan diberikan paling banyak Rp1.000.000,00 (satu juta rupiah).
    """
    for one in draft.norms():
        yield from ((at, {"word": found[0]}) for at, found in one.passage.finds(_MAXIMUM))


@rule(
    "norm-begins-with-conjunction",
    severity=Severity.ERROR,
    number="270a-c",
    says=("the norm begins with `{word}`", "norma diawali `{word}`"),
    help=("begin with the subject of the norm", "awali dengan subjek norma"),
    since=AMENDED,
)
def norm_begins_with_conjunction(draft: Draft) -> Iterator[Finding]:
    """An article or paragraph begins with a conjunction.

    A norm stands on its own: since UU 13/2022 no conjunction begins it.

    Bad:

        Pasal 2

        Namun, orang dengan kontraindikasi medis dikecualikan.

    Good:

        Pasal 2

        Orang dengan kontraindikasi medis dikecualikan.
    """
    for article in draft.articles:
        for one in article.parts:
            found = _CONJUNCTION.match(one.text)
            if found:
                yield one.passage.at(), {"word": found[0]}


@rule(
    "no-higher-norm",
    severity=Severity.WARNING,
    number="UU 23/2014 pasal 246",
    says=("no norm is named that this regulation carries out", "tidak disebut peraturan yang dilaksanakan"),
    help=(
        "name the Perda or the higher norm that orders it, or gives the power, in Menimbang or Mengingat",
        "sebut Perda atau peraturan lebih tinggi yang memerintahkan atau memberi kewenangan",
    ),
    of=frozenset({Instrument.REGULATION}),
)
def no_higher_norm(draft: Draft) -> Iterator[Finding]:
    """A regulation of the mayor names nothing that it carries out.

    It is made to carry out a Perda, or on the authority of legislation (pasal 246 ayat (1) UU 23/2014). Where the bases
    are only the constitution, the founding law and the general laws on regional government, law-making and
    administration, and no consideration names an article, that norm is missing.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi belum mencapai sasaran;

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

    Good:

        Menimbang : a. bahwa cakupan vaksinasi belum mencapai sasaran;

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

        2. Peraturan Presiden Nomor 14 Tahun 2021;
    """
    if draft.bases is None:
        return
    reasons = draft.considerations.items if draft.considerations else ()
    is_named = any(_NAMES_ARTICLE.search(one.text) for one in reasons)
    if not is_named and all(_GENERAL.search(one.text) for one in draft.bases.items):
        yield draft.bases.at, {}
