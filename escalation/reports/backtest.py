"""A back-test for people and machines: a policy beside what was in force, and beside "nothing changes"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from escalation.evaluation.sentences import Speaker
from escalation.periods import Week, week_text
from escalation.policy.wording import number, phrase, title
from escalation.reports import beside
from escalation.reports.basis import Basis, head
from escalation.reports.ground import frame_record
from escalation.reports.json_text import json_text
from escalation.reports.records import table
from escalation.reports.text import columns
from escalation.whatif.backtest import Backtest, Differing
from escalation.whatif.retraced import Retraced
from escalation.whatif.scenarios.scenario import Applied

CALLED = {"weeks": "region_weeks", "baseline_weeks": "baseline_region_weeks"}
"""What is called otherwise in JSON, where weeks are a length of time."""
MOST = 10
"""Differing region-weeks shown as text; all are in CSV and JSON."""
COLUMNS = ("scenario", "region", "week", "policy", "record", "undetermined")
INDENT = "\N{EM SPACE}"
"""Before a row of a report that is part of the one above."""
COUNTED = ("weeks", "agree", "baseline_weeks", "baseline_agree", "escalations", "missed", "false_alarms")
TOGETHER = ("undetermined", "stricter", "milder", "miss_weight", "loss", "baseline_loss", "same_week")
"""What is counted of each region, and of all together only."""
RESULT_COLUMNS = (
    "scenario", "region", *COUNTED, *TOGETHER, "policy_changes", "policy_flips", "record_changes", "record_flips",
)  # fmt: skip
WORDS = {
    "weeks": ("The weeks on record, {first} to {last}", "Minggu yang tercatat, {first} sampai {last}"),
    "title": ("{policy}: what it would have done", "{policy}: apa yang akan dilakukannya"),
    "policy": ("The policy", "Kebijakan"),
    "amended": ("With what is supposed", "Dengan yang diandaikan"),
    "baseline": ("Nothing changes", "Tidak ada yang berubah"),
    "after": (
        "{nothing} (of the weeks that follow one on record)",
        "{nothing} (dari minggu yang mengikuti minggu yang tercatat)",
    ),
    "agree": ("agrees with the stage on record", "sama dengan tahap yang tercatat"),
    "of": ("{count} of {all} region-weeks ({percent} %)", "{count} dari {all} minggu-wilayah ({percent} %)"),
    "cannot say": (
        "the policy cannot say, so that the stage before goes on",
        "tidak pasti menurut kebijakan, sehingga tahap sebelumnya berlanjut",
    ),
    "cannot say.agree": (
        "agrees with the stage on record, in the weeks in which it can say",
        "sama dengan tahap yang tercatat, pada minggu yang pasti",
    ),
    "stricter": ("stricter than on record", "lebih ketat daripada yang tercatat"),
    "milder": ("milder than on record", "lebih ringan daripada yang tercatat"),
    "loss": (
        "steps too strict, and {weight} times those too mild",
        "langkah terlalu ketat, ditambah {weight} kali yang terlalu ringan",
    ),
    "escalations": ("escalations on record", "peningkatan yang tercatat"),
    "same": ("given in the same week", "diberikan pada minggu yang sama"),
    "missed": ("missed", "terlewat"),
    "false": ("false alarms", "peringatan palsu"),
    "leads": (
        "weeks earlier (below 0: later; at most 12 either way), and how often",
        "lebih awal berapa minggu (di bawah 0: terlambat; paling banyak 12 minggu), dan berapa kali",
    ),
    "changes": ("changes of stage", "perubahan tahap"),
    "flips": ("undone within four weeks", "dibatalkan dalam empat minggu"),
    "record": ("On record", "Yang tercatat"),
    "differing": ("Weeks in which the stages differ", "Minggu dengan tahap yang berbeda"),
    "more": ("and {count} more: --format csv lists all", "dan {count} lagi: --format csv mencantumkan semua"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """Back-tests of a policy, and of all that is supposed, `made`."""

    basis: Basis
    made: Applied | None
    results: Mapping[str, Backtest]
    retraced: Retraced

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last week that counts (`Week.number`)."""
        of = [
            one.first + place
            for found in self.results.values()
            for one in found.regions
            for place, rank in enumerate(one.held)
            if rank is not None
        ]
        return min(of), max(of)


def backtest_text(tested: Tested, speaker: Speaker) -> str:
    """Print a back-test."""
    first, last = _weeks(tested, speaker)
    lines = [*head(tested.basis, speaker), _word("weeks", speaker, first=first, last=last)]
    lines += [*supposed(tested, speaker), ""]
    one = tested.results["policy"]
    rows = [["", _word("agree", speaker), _word("cannot say", speaker)]]
    rows += [
        [_word(name, speaker), *(_share(count, found.weeks, speaker) for count in (found.agree, found.undetermined))]
        for name, found in tested.results.items()
    ]
    rows.append([_nothing(one, speaker), _share(one.baseline_agree, one.baseline_weeks, speaker), ""])
    lines += columns(rows)
    for name, found in tested.results.items():
        lines += ["", _word(name, speaker), *(f"  {line}" for line in _told(found, speaker))]
    checked = tested.retraced.told(speaker.language)
    return "\n".join([*lines, "", checked, "", speaker.say("decides")]) + "\n"


def _weeks(tested: Tested, speaker: Speaker) -> list[str]:
    return [week_text(speaker.policy.calendar, week) for week in tested.span]


def backtest_titles(tested: Tested, speaker: Speaker) -> dict[str, str]:
    """Name the results, and the report as a whole (`title`)."""
    called = title(speaker.policy.title, speaker.policy.name, speaker.language)
    names = {name: _word(name, speaker) for name in tested.results}
    return {"title": _word("title", speaker, policy=called), **names}


def result_figures(found: Backtest, speaker: Speaker) -> tuple[tuple[str, str], ...]:
    """Give the figures of one back-test, each with what it counts."""
    return (
        (_word("agree", speaker), _share(found.agree, found.weeks, speaker)),
        *((name, value) for name, value in _unsaid(found, speaker)),
        (_nothing(found, speaker), _share(found.baseline_agree, found.baseline_weeks, speaker)),
        *((name.replace("  ", INDENT), value) for name, value in _figures(found, speaker)),
    )


def _unsaid(found: Backtest, speaker: Speaker) -> Iterator[list[str]]:
    """Say in how many region-weeks the policy cannot say, and how it agrees in the others."""
    yield [_word("cannot say", speaker), _share(found.undetermined, found.weeks, speaker)]
    if found.undetermined:
        said, agree = found.weeks - found.undetermined, found.agree - found.undetermined_agree
        yield [_word("cannot say.agree", speaker), _share(agree, said, speaker)]


def _nothing(found: Backtest, speaker: Speaker) -> str:
    """Name the baseline, which needs a week before: with the weeks that it is counted in, where those are fewer."""
    nothing = _word("baseline", speaker)
    return nothing if found.baseline_weeks == found.weeks else _word("after", speaker, nothing=nothing)


def _figures(found: Backtest, speaker: Speaker) -> list[list[str]]:
    loss = _word("loss", speaker, weight=number(found.miss_weight, speaker.language))
    nothing = f"{_word('baseline', speaker)}: {_number(found.baseline_loss, speaker)}"
    leads = ", ".join(f"{lead}: {count}" for lead, count in found.leads.items()) or "–"
    return [
        [_word("stricter", speaker), _number(found.stricter, speaker)],
        [_word("milder", speaker), _number(found.milder, speaker)],
        [loss, f"{_number(found.loss, speaker)} ({nothing})"],
        [_word("escalations", speaker), _number(found.escalations, speaker)],
        [f"  {_word('same', speaker)}", _number(found.same_week, speaker)],
        [f"  {_word('missed', speaker)}", _number(found.missed, speaker)],
        [f"  {_word('leads', speaker)}", leads],
        [_word("false", speaker), _number(found.false_alarms, speaker)],
        [_word("changes", speaker), _beside(found.policy_moves.changes, found.record_moves.changes, speaker)],
        [f"  {_word('flips', speaker)}", _beside(found.policy_moves.flips, found.record_moves.flips, speaker)],
    ]


def _told(found: Backtest, speaker: Speaker) -> Iterator[str]:
    yield from columns([*[*_unsaid(found, speaker)][1:], *_figures(found, speaker)])
    if found.differing:
        yield f"{_word('differing', speaker)}:"
        calendar = speaker.policy.calendar
        shown = found.differing[:MOST]
        rows = [
            [one.region, week_text(calendar, one.week), *map(speaker.stage, (one.policy, one.record))] for one in shown
        ]
        heads = ["", "", _word("policy", speaker), _word("record", speaker)]
        yield from (f"  {line}" for line in columns([heads, *rows]))
        if len(found.differing) > MOST:
            yield "  " + _word("more", speaker, count=_number(len(found.differing) - MOST, speaker))


def backtest_rows(tested: Tested, speaker: Speaker) -> list[dict[str, object]]:
    """Give a row for every region-week in which the stages differ, or the policy cannot say."""
    return [
        {"scenario": name, **_week_record(one, speaker)}
        for name, found in tested.results.items()
        for one in sorted({*found.differing, *found.undetermined_weeks})
    ]


def _week_record(one: Differing, speaker: Speaker) -> dict[str, object]:
    return {
        "region": one.region,
        "week": week_text(speaker.policy.calendar, one.week),
        "policy": one.policy,
        "record": one.record,
        "undetermined": one.is_undetermined,
    }


def result_rows(tested: Tested) -> list[dict[str, object]]:
    """Give a row for each result and all regions together, and for each region."""
    rows: list[dict[str, object]] = []
    for name, found in tested.results.items():
        moves = {
            f"{of}_{key}": count
            for of, moved in (("policy", found.policy_moves), ("record", found.record_moves))
            for key, count in asdict(moved).items()
        }
        rows.append({"scenario": name} | {key: getattr(found, key) for key in (*COUNTED, *TOGETHER)} | moves)
        rows += [
            {"scenario": name, "region": one.region} | {key: getattr(one, key) for key in COUNTED}
            for one in found.regions
        ]
    return rows


def results_said(tested: Tested, speaker: Speaker) -> list[str]:
    """Say what came of it, a sentence each."""
    results = [
        f"{_word(name, speaker)}: {line}"
        for name, found in tested.results.items()
        for line in (
            f"{_word('agree', speaker)}: {_share(found.agree, found.weeks, speaker)}",
            f"{_word('cannot say', speaker)}: {_share(found.undetermined, found.weeks, speaker)}",
            *_told(found, speaker),
        )
    ]
    one = tested.results["policy"]
    baseline = f"{_nothing(one, speaker)}: {_share(one.baseline_agree, one.baseline_weeks, speaker)}"
    return [*results, baseline, tested.retraced.told(speaker.language)]


def supposed(tested: Tested, speaker: Speaker) -> tuple[str, ...]:
    """Say what is supposed of the policy as it is, and in the result beside it."""
    made, usual = tested.made, beside.as_it_is(speaker.language)
    changed = beside.supposed(made, tested.basis.observations, speaker) if made is not None else ()
    return (*usual, *(one for one in changed if one not in usual))


def backtest_csv(tested: Tested, speaker: Speaker) -> str:
    """Print every region-week in which the stages differ, or the policy cannot say, as CSV."""
    return table(COLUMNS, backtest_rows(tested, speaker))


def backtest_json(tested: Tested, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    first, last = tested.span
    results = {}
    for name, found in tested.results.items():
        weeks = {
            key: [_week_record(one, speaker) for one in getattr(found, key)]
            for key in ("differing", "undetermined_weeks")
        }
        leads = {str(one): many for one, many in found.leads.items()}
        counted = {
            CALLED.get(one.name, one.name): getattr(found, one.name)
            for one in fields(found)
            if one.name not in {"regions", "retraced"}
        }
        counted |= {"undetermined": found.undetermined, "undetermined_agree": found.undetermined_agree}
        moves = {key: asdict(getattr(found, key)) for key in ("policy_moves", "record_moves")}
        results[name] = {**counted, **moves, **weeks, "leads": leads}
    return json_text(
        {
            **frame_record(
                tested.basis,
                speaker,
                regions=(one.region for one in tested.results["policy"].regions),
                horizon=(Week(speaker.policy.calendar, first), last - first + 1),
                supposed=supposed(tested, speaker),
                retraced=tested.retraced.told(speaker.language),
            ),
            "results": results,
        }
    )


def _word(key: str, speaker: Speaker, **filled: str) -> str:
    return phrase(WORDS, key, speaker.language, **filled)


def _number(value: float, speaker: Speaker) -> str:
    return number(value, speaker.language)


def _share(count: int, of: int, speaker: Speaker) -> str:
    percent = number(100 * count / of if of else 0.0, speaker.language, decimals=1)
    return _word("of", speaker, count=_number(count, speaker), all=_number(of, speaker), percent=percent)


def _beside(policy: int, record: int, speaker: Speaker) -> str:
    return f"{_number(policy, speaker)} ({_word('record', speaker)}: {_number(record, speaker)})"
