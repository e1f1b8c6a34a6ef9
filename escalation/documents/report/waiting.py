"""What waiting one week may change, as people read it: in text and in reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from escalation.documents.charts.wording import percent
from escalation.documents.report.asked import Told
from escalation.evaluation.step import Recommendation
from escalation.periods import week_text
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import metric_title, phrase, stage_title
from escalation.whatif.standpoint import Answer
from escalation.whatif.waiting import Waiting

WORDS = {
    "changes": (
        "Waiting one week: in {share} % of the draws the recommendation of {week} ({now}) differs in {next}: {other}.",
        "Menunggu satu minggu: pada {share} % undian rekomendasi {week} ({now}) berubah pada {next} menjadi: {other}.",
    ),
    "stays": (
        "Waiting one week: in none of the draws does the recommendation of {week} ({now}) differ in {next}.",
        "Menunggu satu minggu: tidak satu pun undian mengubah rekomendasi {week} ({now}) pada {next}.",
    ),
    "unanswered": (
        "Waiting one week: no stage is on record for {week}, so no recommendation of that week could change.",
        "Menunggu satu minggu: belum ada tahap tercatat untuk {week}, jadi tidak ada rekomendasi yang dapat berubah.",
    ),
    "drawn": (
        "Only the figures of {next} are drawn: nothing is adopted until then, and no figure on record is revised.",
        "Hanya angka {next} yang diundi: sampai saat itu tidak ada penetapan, dan angka tercatat tidak direvisi.",
    ),
    "compared": ("Figures to come on which it rests: {metrics}.", "Angka mendatang yang menjadi dasarnya: {metrics}."),
    "runs out": (
        "The judgement “{judgement}” holds until {week}, and nobody is supposed to judge in {next}.",
        "Penilaian “{judgement}” berlaku sampai {week}, dan dianggap tidak ada yang menilai pada {next}.",
    ),
    "supposed": (
        "The judgement “{judgement}” is supposed to be {then} in {next}; in {week} it is {now}.",
        "Penilaian “{judgement}” diandaikan {then} pada {next}; pada {week}: {now}.",
    ),
    "true": ("yes", "ya"),
    "false": ("no", "tidak"),
    "none": ("not on record", "tidak tercatat"),
    "entered": (
        "{stage} takes effect in {next} by the record: what is recommended then is recommended from that stage.",
        "{stage} berlaku pada {next} menurut catatan: rekomendasi saat itu berangkat dari tahap tersebut.",
    ),
    "pending": (
        "{stage} is decided and takes effect in {week}: until then nothing else is recommended, whatever the figures.",
        "{stage} sudah diputuskan dan berlaku pada {week}: sampai saat itu tidak ada rekomendasi lain.",
    ),
    "ask": (
        "The draws look {weeks} weeks ahead: for waiting alone ask with --weeks 1, whose past coverage is of one week.",
        "Undian ini untuk {weeks} minggu ke depan: khusus soal menunggu, gunakan --weeks 1.",
    ),
    "part": ("{answer} {share} %", "{answer} {share} %"),
    "escalate": ("escalate to {to}", "naikkan ke {to}"),
    "relax": ("relax to {to}", "turunkan ke {to}"),
    "hold": ("hold", "tetap"),
    "undetermined": ("cannot say", "tidak pasti"),
    "column": ("waiting a week changes it", "menunggu seminggu mengubahnya"),
    "head": (
        "Recommendation changed by a week of waiting, % of the draws",
        "Rekomendasi berubah setelah menunggu seminggu, % undian",
    ),
}


def sentences(one: Waiting, policy: Policy, language: Language) -> Iterator[str]:
    """Say what a week of waiting may change in a region, then what that rests on."""
    weeks = {"week": str(one.week), "next": str(one.next)}
    if one.present is None:
        yield phrase(WORDS, "unanswered", language, **weeks)
        return
    now = _answer(one.present, policy, language)
    if one.changed:
        share = _share(one.changed, one, language)
        yield phrase(WORDS, "changes", language, share=share, now=now, other=_others(one, policy, language), **weeks)
    else:
        yield phrase(WORDS, "stays", language, now=now, **weeks)
    if one.is_entered:
        yield phrase(WORDS, "entered", language, stage=stage_title(policy, one.stage, language), **weeks)
    if one.pending is not None:
        until = week_text(policy.calendar, one.pending.effective)
        yield phrase(WORDS, "pending", language, stage=stage_title(policy, one.pending.to, language), week=until)
        return
    for judged in one.judged:
        key = "runs out" if judged.then is None else "supposed"
        now, then = (phrase(WORDS, str(value).lower(), language) for value in (judged.now, judged.then))
        called = metric_title(policy, judged.name, language)
        yield phrase(WORDS, key, language, judgement=called, now=now, then=then, **weeks)
    if one.compared:
        metrics = ", ".join(metric_title(policy, name, language) for name in one.compared)
        yield phrase(WORDS, "compared", language, metrics=metrics)
    yield phrase(WORDS, "drawn", language, **weeks)


def paragraphs(
    told: Sequence[Told], policy: Policy, language: Language, *, lane: int, called: Callable[[str], str]
) -> Iterator[str]:
    """Say of a region what a week of waiting may change; of several scenarios each, which `called` names for people.

    What is said of all stands once, behind the others, and scenarios of which the same is said stand together.
    """
    said = [[*sentences(one.waiting[lane], policy, language)] for one in told]
    first, *others = said
    if not others:
        yield " ".join(first)
        return
    shared = [one for one in first if all(one in other for other in others)]
    alike: dict[str, list[str]] = {}
    for one, of in zip(told, said, strict=True):
        alike.setdefault(" ".join(text for text in of if text not in shared), []).append(called(one.name))
    yield from (f"{', '.join(names)}: {text}" for text, names in alike.items() if text)
    if shared:
        yield " ".join(shared)


def note(weeks: int, language: Language) -> Iterator[str]:
    """Advise to ask about one week alone, where more are looked at: longer paths are taken from fewer weeks."""
    if weeks > 1:
        yield phrase(WORDS, "ask", language, weeks=str(weeks))


def changed(one: Waiting, language: Language) -> str:
    """Give the percent of the draws in which the recommendation is another, for a table; a dash for what has none."""
    return "–" if one.changed is None else _share(one.changed, one, language)


def word(key: str, language: Language) -> str:
    """Give a word of the table."""
    return phrase(WORDS, key, language)


def _others(one: Waiting, policy: Policy, language: Language) -> str:
    """List what is recommended instead; each with its share, where it is more than one thing."""
    found = [(_answer(other, policy, language), count) for other, count in one.others]
    if len(found) == 1:
        return found[0][0]
    return ", ".join(
        phrase(WORDS, "part", language, answer=said, share=_share(count, one, language)) for said, count in found
    )


def _share(count: int, one: Waiting, language: Language) -> str:
    return percent(count / one.draws, language)


def _answer(one: Answer, policy: Policy, language: Language) -> str:
    if one.recommendation in (Recommendation.ESCALATE, Recommendation.RELAX):
        return phrase(WORDS, one.recommendation.value, language, to=stage_title(policy, str(one.to), language))
    return phrase(WORDS, one.recommendation.value, language)
