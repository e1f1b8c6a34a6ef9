"""Payoffs and regrets for people: every alternative in every future, and what is least bad."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isinf
from typing import NamedTuple

from escalation.documents.charts.wording import percent
from escalation.documents.report.origin import Origin, apart, assumed_told, each_method_told
from escalation.evaluation.sentences import Speaker
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import number, phrase, rounded
from escalation.reports import outcomes
from escalation.reports.basis import Basis, head
from escalation.reports.text import columns
from escalation.whatif.outcomes import Kind
from escalation.whatif.regret import SAME, Regret
from escalation.whatif.scenarios.scenario import BASELINE, Scenario, called

MOST_REGIONS = 3
"""Of so many regions each has its tables; of more all together."""
MOST_DECIMALS = 4
"""Of a regret and its interval."""
NOT_APART, AT_LEAST = "≈", "≥"
NEAR_THE_ENDS = 0.01
"""Parts of the draws nearer to 0 or 1 have their decimal, or are told as less or more than the last, in any case."""
WORDS = {
    "outcome": ("Outcome: {outcome}", "Hasil: {outcome}"),
    "fewer": ("fewer are preferred", "lebih sedikit dianggap lebih baik"),
    "more": ("more are preferred", "lebih banyak dianggap lebih baik"),
    "earlier": ("earlier is preferred", "lebih awal dianggap lebih baik"),
    "later": ("later is preferred", "lebih lambat dianggap lebih baik"),
    "ahead": (
        "The next {weeks} weeks, {first} to {last}; regions: {regions}",
        "{weeks} minggu ke depan, {first} sampai {last}; wilayah: {regions}",
    ),
    "draws": (
        "{draws} draws of the figures to come, seed {seed}, the same for every alternative and future",
        "{draws} undian angka mendatang, benih {seed}, sama untuk setiap pilihan dan masa depan",
    ),
    "unchanged": (
        "Assumes that the measures do not change the metrics, unless a future has a response.",
        "Mengandaikan bahwa tindakan tidak mengubah ukuran, kecuali masa depan yang memuat tanggapan.",
    ),
    "alternatives": ("Alternatives, of which people choose one:", "Pilihan, yang ditentukan oleh manusia:"),
    "futures": ("Futures, of which nobody chooses one:", "Masa depan, yang tidak ditentukan siapa pun:"),
    "as-it-is": ("the policy as it is", "kebijakan apa adanya"),
    "as-forecast": ("the figures as forecast", "angka menurut prakiraan"),
    "every": ("every alternative", "setiap pilihan"),
    "alternative": ("alternative", "pilihan"),
    "worst": ("worst case", "kasus terburuk"),
    "greatest": ("greatest", "terbesar"),
    "payoff": ("Outcome by alternative and future{of}", "Hasil menurut pilihan dan masa depan{of}"),
    "of.percent": (", percent of the draws", ", persen undian"),
    "of.percent.all": (", percent of the draws, mean of the regions", ", persen undian, rata-rata wilayah"),
    "of.mean.all": (", mean of the regions", ", rata-rata wilayah"),
    "of.half.all": (", of the draws of all regions together", ", dari undian semua wilayah sekaligus"),
    "regret": (
        "Regret, {unit}: how much worse than the best alternative in the same future (95 % interval)",
        "Penyesalan, {unit}: selisih dari pilihan terbaik pada masa depan yang sama (selang 95 %)",
    ),
    "unsaid": (
        "Percent of the draws in which the policy cannot say in some week{of}",
        "Persen undian yang pada suatu minggu tidak pasti menurut kebijakan{of}",
    ),
    "points": ("percentage points", "poin persen"),
    "weeks": ("weeks", "minggu"),
    "changes": ("changes", "perubahan"),
    "span": ("{figure} ({low} to {high})", "{figure} ({low} sampai {high})"),
    "span.from": ("{figure} ({low} and more)", "{figure} ({low} ke atas)"),
    "span.up-to": ("{figure} (up to {high})", "{figure} (sampai {high})"),
    "span.none": ("{figure} (ends not known)", "{figure} (ujung selang tidak diketahui)"),
    "least.worst": (
        "Least bad worst case: {figure}, with {names}.",
        "Kasus terburuk yang paling ringan: {figure}, dengan {names}.",
    ),
    "least.greatest": (
        "Least greatest regret: {figure} {unit}, with {names}.",
        "Penyesalan terbesar yang paling kecil: {figure} {unit}, dengan {names}.",
    ),
    "least.nothing": (
        (
            "Within the horizon this outcome tells nothing apart: in no future is {stage} recommended in half of the "
            "draws, with any alternative. Ask --outcome recommended:{name}, or look further ahead with --weeks."
        ),
        (
            "Dalam jangkauan ini hasil tersebut tidak membedakan apa pun: {stage} tidak direkomendasikan pada separuh "
            "undian, apa pun pilihan dan masa depannya. Tanyakan --outcome recommended:{name}, atau perpanjang "
            "dengan --weeks."
        ),
    ),
    "never": ("not within the horizon", "tidak dalam jangkauan"),
    "not-apart": (
        "It cannot be told apart from: {names}.",
        "Tidak dapat dibedakan dari: {names}.",
    ),
    "mark.apart": (
        "≈ the draws do not tell it apart from the best alternative in that future",
        "≈ undian tidak cukup untuk membedakannya dari pilihan terbaik pada masa depan itu",
    ),
    "mark.least": (
        "≥ at least: the later of the two is not within the horizon",
        "≥ sekurang-kurangnya: yang lebih lambat tidak dalam jangkauan",
    ),
    "mark.never": (
        "– not within the horizon, which is later than every week of it",
        "– tidak dalam jangkauan, yang berarti lebih lambat daripada semua minggunya",
    ),
    "no-chances": (
        "No future is given a probability: a regret says how bad, not how likely. People weigh what matters more.",
        "Tanpa peluang masa depan: penyesalan berarti seberapa buruk, bukan seberapa mungkin; manusia yang menimbang.",
    ),
    "all": ("All regions", "Semua wilayah"),
}


class Side(NamedTuple):
    """An alternative or a future: its name, that for people, its title, what it changes, and what it rests on."""

    name: str
    shown: str
    title: str
    labels: tuple[str, ...]
    origin: Origin

    def __str__(self) -> str:
        """Say what it is."""
        called = f"{self.shown} ({self.title})" if self.title else self.shown
        return f"{called}: {' '.join(self.labels)}" if self.labels else called

    @property
    def called(self) -> str:
        """The title, or the name without one."""
        return self.title or self.shown


def side(
    scenario: Scenario, key: str, labels: Iterable[BothLanguages], origins: tuple[Origin, Origin], language: Language
) -> Side:
    """Put an alternative or a future into words; `key` is what is said of the one that changes nothing.

    `origins` are its policy and data, and those as they are.
    """
    texts = [f"{scenario.note.in_language(language).rstrip('.')}."] if scenario.note is not None else []
    title = phrase(WORDS, key, language) if scenario == BASELINE else ""
    if scenario.title is not None:
        title = scenario.title.in_language(language)
    own = (f"({one})" for one in apart(*origins, language))
    said = (*texts, *(one.in_language(language) for one in labels), *own)
    return Side(scenario.name, called(scenario.name, language), title, said, origins[0])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regretted:
    """Regrets with what they rest on; `methods` say by metric where figures to come are from."""

    found: Regret
    basis: Basis
    alternatives: tuple[Side, ...]
    futures: tuple[Side, ...]
    methods: Mapping[str, tuple[str, str]]
    assumed: Mapping[str, float]


def regret_text(told: Regretted, speaker: Speaker) -> str:
    """Print the payoff table and the regrets of each region, or of all together where there are many."""
    found, language = told.found, speaker.language
    lines = [*head(told.basis, speaker), *said(told, speaker)]
    for key, sides in (("alternatives", told.alternatives), ("futures", told.futures)):
        lines += ["", phrase(WORDS, key, language), *(f"  {one}" for one in sides)]
    for place in shown_places(found, most=MOST_REGIONS):
        lines += ["", place_name(found, place, speaker)]
        for title, rows in tables(told, place, speaker):
            lines += [f"  {title}", *(f"    {line}" for line in columns([list(row) for row in rows]))]
        lines += [f"  {sentence}" for sentence in least(told, place, speaker)]
    lines += ["", *marks(found, shown_places(found, most=MOST_REGIONS), speaker), no_chances(speaker)]
    return "\n".join([*lines, "", found.retraced.told(language), "", speaker.say("decides")]) + "\n"


def said(told: Regretted, speaker: Speaker) -> Iterator[str]:
    """Say what was asked and what the answer rests on, a sentence each."""
    found, language = told.found, speaker.language
    yield asked(found, speaker)
    last = found.first + (found.weeks - 1)
    regions = number(len(found.regions), language)
    yield phrase(WORDS, "ahead", language, weeks=found.weeks, first=found.first, last=last, regions=regions)
    yield phrase(WORDS, "draws", language, draws=number(found.draws.count, language), seed=found.draws.seed)
    yield from each_method_told(told.methods)
    yield from assumed_told(told.assumed, language)
    yield unchanged(speaker)


def unchanged(speaker: Speaker) -> str:
    """Say what measures do to metrics."""
    return phrase(WORDS, "unchanged", speaker.language)


def no_chances(speaker: Speaker) -> str:
    """Say that a regret is not about how likely a future is."""
    return phrase(WORDS, "no-chances", speaker.language)


def asked(found: Regret, speaker: Speaker) -> str:
    """Say which outcome is looked at, and which way it is better."""
    outcome = outcomes.title(found.outcome, speaker)
    return (
        f"{phrase(WORDS, 'outcome', speaker.language, outcome=outcome)}; "
        f"{phrase(WORDS, found.prefer.value, speaker.language)}"
    )


def shown_places(found: Regret, *, most: int) -> list[int]:
    """Give the places that have tables of their own, all regions together first; of more regions they alone."""
    together = [place for place, region in enumerate(found.places) if region is None]
    return [*together, *(range(len(found.regions)) if len(found.regions) <= most else ())]


def place_name(found: Regret, place: int, speaker: Speaker) -> str:
    """Name a region, or all."""
    return found.places[place] or phrase(WORDS, "all", speaker.language)


def tables(told: Regretted, place: int, speaker: Speaker) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Give the tables of a place, each with its title: rows of texts, the heads first; no regrets if none is told."""
    found, language = told.found, speaker.language
    heads = (phrase(WORDS, "alternative", language), *(one.called for one in told.futures))
    names = [one.called for one in told.alternatives]
    futures = range(len(told.futures))
    rows = [
        (name, *(_payoff(found, float(found.payoff[place, row, one]), speaker) for one in futures),
         _payoff(found, float(found.worst.figure[place, row]), speaker))
        for row, name in enumerate(names)
    ]  # fmt: skip
    title = phrase(WORDS, "payoff", language, of=_of_what(found, place, language))
    yield title, [(*heads, phrase(WORDS, "worst", language)), *rows]
    if not tells_nothing(found, place):
        rows = [
            (
                name,
                *(regret_shown(found, (place, row, one), speaker) for one in futures),
                greatest(found, place, row, speaker),
            )
            for row, name in enumerate(names)
        ]
        title = phrase(WORDS, "regret", language, unit=unit(found, speaker))
        yield title, [(*heads, phrase(WORDS, "greatest", language)), *rows]
    if found.unsaid[place].any():
        rows = [
            (name, *(percent(float(found.unsaid[place, row, one]), language) for one in futures))
            for row, name in enumerate(names)
        ]
        of = "" if found.places[place] else phrase(WORDS, "of.mean.all", language)
        yield phrase(WORDS, "unsaid", language, of=of), [heads, *rows]


def _of_what(found: Regret, place: int, language: Language) -> str:
    """Say of what the outcomes of a place are, where that is not plain."""
    is_all = found.places[place] is None
    kind = {Kind.RECOMMENDED: "percent", Kind.FIRST: "half"}.get(found.outcome.kind, "mean")
    return phrase(WORDS, f"of.{kind}{'.all' * is_all}", language) if is_all or kind == "percent" else ""


def unit(found: Regret, speaker: Speaker) -> str:
    """Give the unit of regrets."""
    kind = found.outcome.kind
    key = {Kind.RECOMMENDED: "points", Kind.CHANGES: "changes", Kind.UNDONE: "changes"}.get(kind, "weeks")
    return phrase(WORDS, key, speaker.language)


def _payoff(found: Regret, value: float, speaker: Speaker) -> str:
    """Print an outcome; a part of the draws has a decimal, as its regret has, and 0 and 1 none."""
    is_part = found.outcome.kind is Kind.RECOMMENDED and NEAR_THE_ENDS <= value <= 1 - NEAR_THE_ENDS
    return outcomes.shown(found.outcome.kind, value, found.first, speaker.language, decimals=1 if is_part else None)


def _worst(found: Regret, value: float, speaker: Speaker) -> str:
    """Print an outcome with its unit, where it stands in a sentence."""
    if isinf(value):
        return phrase(WORDS, "never", speaker.language)
    counted = {Kind.CHANGES: unit(found, speaker), Kind.UNDONE: unit(found, speaker)}
    in_unit = counted.get(found.outcome.kind) or outcomes.unit(found.outcome.kind, speaker.language)
    return f"{_payoff(found, value, speaker)} {in_unit}".strip()


def amount(found: Regret, value: float, speaker: Speaker, *, decimals: int = 1) -> str:
    """Print a regret in its unit; what is not quite none is not told as it."""
    if found.outcome.kind is Kind.FIRST:
        return number(value, speaker.language)
    return rounded(_in_unit(found, value), speaker.language, decimals=decimals)


def _in_unit(found: Regret, value: float) -> float:
    return 100 * value if found.outcome.kind is Kind.RECOMMENDED else value


def regret_shown(found: Regret, at: tuple[int, int, int], speaker: Speaker, *, with_interval: bool = True) -> str:
    """Print a regret with marks, and its interval where that has a width, to as many decimals as that takes."""
    value, low, high = (float(one[at]) for one in (found.regret, found.low, found.high))
    mark = f"{AT_LEAST} " * bool(found.is_at_least[at])
    if value == 0:
        return mark + amount(found, value, speaker)
    # Of a week the interval of a regret that is at least so much says no more where it begins with it.
    has_interval = with_interval and high - low > SAME and not (mark and low == value)
    decimals = _decimals(_in_unit(found, low), _in_unit(found, high)) if has_interval else 1
    shown = mark + amount(found, value, speaker, decimals=decimals)
    if has_interval:
        named = {"low": low, "high": high}
        ends = {key: amount(found, end, speaker, decimals=decimals) for key, end in named.items() if isfinite(end)}
        key = {(): ".none", ("low",): ".from", ("high",): ".up-to"}.get((*ends,), "")
        shown = phrase(WORDS, f"span{key}", speaker.language, figure=shown, **ends)
    return shown if found.is_apart[at] else f"{shown} {NOT_APART}"


def _decimals(low: float, high: float) -> int:
    """Give the fewest decimals with which the ends of an interval differ, and none is rounded to 0."""
    for places in range(1, MOST_DECIMALS):
        ends = [round(one, places) for one in (low, high) if isfinite(one)]
        is_lost = any(one and not shown for one, shown in zip((low, high), ends, strict=False))
        if len(set(ends)) == len(ends) and not is_lost:
            return places
    return MOST_DECIMALS


def greatest(found: Regret, place: int, row: int, speaker: Speaker) -> str:
    """Print the greatest regret of an alternative."""
    mark = f"{AT_LEAST} " * bool(found.is_at_least[place, row].any())
    return mark + amount(found, float(found.greatest.figure[place, row]), speaker)


def least(told: Regretted, place: int, speaker: Speaker) -> Iterator[str]:
    """Say which alternative has the least bad worst case and the least greatest regret: arithmetic, and no advice."""
    found, language = told.found, speaker.language
    if tells_nothing(found, place):
        stage = str(found.outcome.stage)
        yield phrase(WORDS, "least.nothing", language, stage=speaker.stage(stage), name=stage)
        return
    for key, by in (("worst", found.worst), ("greatest", found.greatest)):
        leaders = [phrase(WORDS, "every", language)]
        if not by.is_least[place].all():
            leaders = _chosen(told, by.is_least[place].tolist())
        row = by.is_least[place].tolist().index(True)
        figure = greatest(found, place, row, speaker)
        if by is found.worst:
            figure = _worst(found, float(by.figure[place, row]), speaker)
        sentence = phrase(
            WORDS, f"least.{key}", language, figure=figure, unit=unit(found, speaker), names=", ".join(leaders)
        )
        others = _chosen(told, (~by.is_least[place] & ~by.is_apart[place]).tolist())
        more = phrase(WORDS, "not-apart", language, names=", ".join(others)) if others else ""
        yield f"{sentence} {more}".strip()


def tells_nothing(found: Regret, place: int) -> bool:
    """Say whether nothing comes within the horizon, in any future with any alternative."""
    return bool(found.is_never[place].all())


def _chosen(told: Regretted, which: Sequence[bool]) -> list[str]:
    return [one.called for one, is_chosen in zip(told.alternatives, which, strict=True) if is_chosen]


def marks(found: Regret, places: Sequence[int], speaker: Speaker) -> Iterator[str]:
    """Explain the marks that the tables of some places have."""
    is_marked = {
        "mark.apart": ((found.regret > 0) & ~found.is_apart)[places].any(),
        "mark.least": found.is_at_least[places].any(),
        "mark.never": found.is_never[places].any(),
    }
    yield from (phrase(WORDS, key, speaker.language) for key, there in is_marked.items() if there)
