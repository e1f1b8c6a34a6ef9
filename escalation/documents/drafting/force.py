"""Entry into force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.days import DAY, day_of, days
from escalation.documents.drafting.model import Article, Draft, Instrument
from escalation.documents.drafting.passage import Passage
from escalation.documents.drafting.registry import ALL, LEGISLATION, SOFT, Finding, rule

_ENTERS = re.compile(r"\bmulai berlaku\b")
_ENTRY_FORM = re.compile(
    r"\bmulai berlaku (?:pada tanggal diundangkan"
    r"|setelah .{1,60} terhitung sejak tanggal diundangkan|pada tanggal [0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4})"
)
_HOLDS = re.compile(
    r"\bini (?:mulai )?berlaku (?:(?:pada|sejak|mulai|terhitung|sampai|dengan|hingga) ){0,4}(?:tanggal )?" + DAY,
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:(?<!telah )(?:berlaku|diberikan|dibebaskan|dihapuskan)|diimbau|diminta|agar)\b(?P<between>[^.;]{0,200}?)"
    r"(?P<end>\b(?:sampai dengan|hingga|paling lambat) (?:tanggal )?" + DAY + ")",
    re.IGNORECASE,
)
"""The last day that a circular or an instruction gives for what it asks or grants."""
_OF_OTHER_DAYS = re.compile(r"\b(?:yang|telah|data|cakupan|capaian|nomor|periode|masa|itu|tersebut)\b", re.IGNORECASE)
_RULES = re.compile(
    r"(?:^|(?<=\. ))(?:Peraturan|Instruksi|Keputusan|Surat Edaran)\b(?: [A-Z]\w+){0,3} ini mulai berlaku\b"
)
_BACKDATES = re.compile(r"\b(?:berlaku surut|mempunyai daya laku surut|terhitung mulai tanggal)\b", re.IGNORECASE)


def whole(article: Article) -> Iterator[Passage]:
    """Give what an article says, part by part."""
    return (one.passage for one in article.all())


@rule(
    "entry-into-force-missing",
    severity=Severity.ERROR,
    number="150-151c",
    says=("the draft does not say when it enters into force", "rancangan tidak mengatur saat mulai berlaku"),
    help=(
        "write `... ini mulai berlaku pada tanggal diundangkan.`",
        "tulis `... ini mulai berlaku pada tanggal diundangkan.`",
    ),
    of=ALL - {Instrument.CIRCULAR},
)
def entry_into_force_missing(draft: Draft) -> Iterator[Finding]:
    """A draft does not say from when it is in force.

    The last provision says it: on promulgation, for an instruction on the day on which it is issued.

    Bad:

        BAB III KETENTUAN PENUTUP

        Pasal 4

        Pelaksanaan Peraturan Wali Kota ini dilaporkan kepada Gubernur.

    Good:

        BAB III KETENTUAN PENUTUP

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    if not any(_ENTERS.search(one.text) for one in draft.norms()):
        last = draft.articles[-1].at if draft.articles else draft.points[-1].at if draft.points else draft.title.at()
        yield last, {}


@rule(
    "entry-into-force-worded",
    severity=Severity.WARNING,
    number="150-151c",
    says=("the entry into force is not worded in one of the usual forms", "rumusan saat mulai berlaku tidak baku"),
    help=(
        "write `mulai berlaku pada tanggal diundangkan` or `setelah ... terhitung sejak tanggal diundangkan`",
        "tulis `mulai berlaku pada tanggal diundangkan` atau `setelah ... terhitung sejak tanggal diundangkan`",
    ),
)
def entry_into_force_worded(draft: Draft) -> Iterator[Finding]:
    """The entry into force is worded otherwise than the formulas.

    The formulas (nos. 150 to 151c) leave no doubt about the day: on promulgation, on a date that is named, or some time
    `setelah ... terhitung sejak tanggal diundangkan`. The day of enactment (`ditetapkan`) may come before promulgation,
    without which nobody is bound.

    Bad:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku sejak ditandatangani.

    Good:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    for article in draft.articles[-1:]:
        for one in whole(article):
            found = _ENTERS.search(one.text)
            is_worded = _ENTRY_FORM.search(one.text) or _BACKDATES.search(one.text)
            if found and one.text.startswith("Peraturan") and not is_worded:
                yield one.at(found.start()), {}


@rule(
    "retroactive-force",
    severity=Severity.ERROR,
    number="124, 132, 155, 157",
    says=("`{found}` lets the act reach back before its promulgation", "`{found}` membuat peraturan berlaku surut"),
    help=("let it begin on promulgation or later", "tetapkan mulai berlaku pada tanggal diundangkan atau sesudahnya"),
)
def retroactive_force(draft: Draft) -> Iterator[Finding]:
    """An act shall hold before it is promulgated.

    Entry into force is not earlier than promulgation, and no earlier than that of the norm which the act carries out
    (nos. 155 and 157); a duty or a penalty never reaches back.

    Bad:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan dan berlaku surut sejak tanggal 1 September 2021.

    Good:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    for one in draft.norms():
        yield from ((at, {"found": found[0]}) for at, found in one.passage.finds(_BACKDATES))


@rule(
    "entry-into-force-past",
    severity=Severity.ERROR,
    number="155, 157",
    says=(
        "`{found}` lies before {day}, when this is still a draft",
        "`{found}` lebih awal daripada {day}, ketika naskah ini masih rancangan",
    ),
    help=(
        "let it begin on promulgation or issue, or name a day that is still to come; `--date` gives the day of the law",
        "tetapkan mulai berlaku pada tanggal diundangkan atau dikeluarkan, atau tanggal sesudahnya",
    ),
    of=ALL,
)
def entry_into_force_past(draft: Draft, *, on: date) -> Iterator[Finding]:
    """A draft names a day of entry into force, or an end, that is already past.

    An act holds from the day of its promulgation or issue at the earliest (no. 155). What is a draft on the day of the
    law has not been made yet, so that no earlier day can be its first one, or its last; nor can a circular or an
    instruction ask or grant anything up to such a day.

    Bad:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal 1 Januari 2020.

    Good:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    for one in draft.norms():
        is_told = draft.instrument in LEGISLATION and _BACKDATES.search(one.text)
        for at, found in one.passage.finds(_HOLDS):
            day = day_of(found)
            if day is not None and day < on and not is_told:
                yield at, {"found": found[0], "day": on.isoformat()}
        yield from _ended(one.passage, on) if draft.instrument in SOFT else ()


def _ended(text: Passage, on: date) -> Iterator[Finding]:
    """Find last days that are past, of what is asked or granted."""
    held = {found.end() for found in _HOLDS.finditer(text.text)}
    for found in _ENDS.finditer(text.text):
        day = day_of(found)
        is_own = found.end() not in held and not _OF_OTHER_DAYS.search(found["between"])
        if day is not None and day < on and is_own:
            yield text.at(found.start("end")), {"found": found["end"], "day": on.isoformat()}


@rule(
    "entry-into-force-twice",
    severity=Severity.ERROR,
    number="150-151c",
    says=("the entry into force is ruled a second time", "saat mulai berlaku diatur dua kali"),
    help=("leave one of the two provisions out", "hapus salah satu ketentuan itu"),
    of=ALL,
)
def entry_into_force_twice(draft: Draft) -> Iterator[Finding]:
    """Two provisions say when the act enters into force.

    One of them, the last of the act, is enough; two that differ leave the day in doubt.

    Bad:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.

        Pasal 5

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.

    Good:

        Pasal 4

        Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
    """
    ruling = [(one.passage.at(found.start()), found) for one in draft.norms() for found in _RULES.finditer(one.text)]
    yield from ((at, {}) for at, _ in ruling[1:])


@rule(
    "day-that-is-not",
    severity=Severity.ERROR,
    number="good practice",
    says=("there is no `{found}`", "tidak ada tanggal `{found}`"),
    help=("look the date up", "periksa kembali tanggalnya"),
    of=ALL,
)
def day_that_is_not(draft: Draft) -> Iterator[Finding]:
    """A draft names a day that the calendar does not have.

    It is a slip, and nobody can tell which day was meant.

    Bad:

        Menimbang : a. bahwa berdasarkan data sampai dengan 31 September 2021, cakupan vaksinasi belum mencapai sasaran;

    Good:

        Menimbang : a. bahwa berdasarkan data sampai dengan 30 September 2021, cakupan vaksinasi belum mencapai sasaran;
    """
    for one in draft.passages():
        yield from ((one.at(found.start()), {"found": found[0]}) for found in days(one.text) if day_of(found) is None)
