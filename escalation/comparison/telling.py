"""What two policies come to on all data and over history, in sentences and rows that text and Markdown share."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.comparison.history import Answer, History, Spell
from escalation.comparison.inputs import Advice, Example, Inputs
from escalation.comparison.renames import renamed_inputs
from escalation.comparison.sentences import Teller
from escalation.evaluation.catalogue import sentence
from escalation.evaluation.replay import Adopt
from escalation.periods import week_text
from escalation.policy.model import Policy
from escalation.policy.wording import metric_title, number, stage_title, weeks


def verdict(inputs: Inputs, teller: Teller) -> str:
    """Say in one sentence how the new policy stands to the old one on all data."""
    said = teller.say(f"relation.{inputs.relation}", **({"why": inputs.why} if inputs.why else {}))
    return teller.say("relation.free", relation=said) if inputs.is_free else said


def advised(example: Example, teller: Teller) -> str:
    """Say what an example shows: the stage in force, and what each policy recommends there."""
    return teller.say(
        "example",
        kind=teller.say(f"example.{example.kind}"),
        stage=stage_title(teller.new, example.stage, teller.language),
        before=_advice(example.before, teller.old, teller),
        after=_advice(example.after, teller.new, teller),
    )


def reservations(example: Example, teller: Teller) -> Iterator[str]:
    """Say what the case of an example leaves out, and what it does not show."""
    if example.others:
        yield teller.say("example.others", series="; ".join(example.others))
    if example.derived:
        named = [
            metric_title(teller.new if name in teller.new.metrics else teller.old, name, teller.language)
            for name in example.derived
        ]
        yield teller.say("example.derived", metrics="; ".join(named))


def _advice(advice: Advice, policy: Policy, teller: Teller) -> str:
    word = sentence(f"word.{advice.recommendation}", teller.language)
    if advice.to is None:
        return word
    return teller.say("advice.to", recommendation=word, stage=stage_title(policy, advice.to, teller.language))


def other_stages(teller: Teller) -> Iterator[str]:
    """Say where the two have other stages, or begin in another one."""
    if teller.old.ranks.keys() != teller.new.ranks.keys():
        only = [
            ", ".join(name for name in one.ranks if name not in other.ranks) or teller.say("none")
            for one, other in ((teller.old, teller.new), (teller.new, teller.old))
        ]
        yield teller.say("note.stages", old=only[0], new=only[1])
    first, other = teller.old.stages[0].name, teller.new.stages[0].name
    if first != other:
        yield teller.say("note.first", old=first, new=other)


def other_inputs(teller: Teller) -> Iterator[str]:
    """Say which inputs may have changed their names only: the data are found by them, so that this is not known."""
    for was, now in renamed_inputs(teller.old, teller.new).items():
        yield teller.say("note.inputs", old=was, new=now)


def facts(history: History, teller: Teller) -> Iterator[str]:
    """Say what was replayed, how many region-weeks differ, and by how many stages."""
    first, last = (week_text(history.calendar, week) for week in history.span)
    yield teller.say(
        "history.data", file=history.file, regions=_count(history.regions, teller),
        count=_count(history.region_weeks, teller), first=first, last=last, adoption=_adoption(history, teller),
    )  # fmt: skip
    if not history.differing:
        yield teller.say("history.same")
        return
    yield teller.say(
        "history.differ", differing=_count(history.differing, teller), count=_count(history.region_weeks, teller)
    )
    yield from by_steps(history, teller)


def by_steps(history: History, teller: Teller) -> Iterator[str]:
    """Say in how many region-weeks the recommendation is so many stages stricter or milder."""
    for steps, count in history.by_steps.items():
        key = "history.stricter" if steps > 0 else "history.milder"
        yield teller.say(key + (".one" if abs(steps) == 1 else ""), stages=str(abs(steps)), count=_count(count, teller))
    otherwise = history.differing - sum(history.by_steps.values()) - history.uncertain
    if otherwise:
        yield teller.say("history.otherwise", count=_count(otherwise, teller))
    if history.uncertain:
        yield teller.say("history.certainty", count=_count(history.uncertain, teller))


def notes(history: History, teller: Teller) -> Iterator[str]:
    """Say what limits the comparison: another order of stages, data without figures, region-weeks left out."""
    if not history.is_joined:
        yield teller.say("note.order")
    yield from _without_figures(history, teller)
    if history.is_stage_assumed:
        yield teller.say("note.assumed")
    if history.off_record:
        yield teller.say("history.off-record", count=_count(history.off_record, teller))
    if history.left_out:
        yield teller.say("history.only", count=_count(history.left_out, teller))


def _without_figures(history: History, teller: Teller) -> Iterator[str]:
    old, new = history.old.without_figures, history.new.without_figures
    sides = (
        ("both", teller.new, [name for name in old if name in new]),
        ("old", teller.old, [name for name in old if name not in new]),
        ("new", teller.new, [name for name in new if name not in old]),
    )
    for key, policy, names in sides:
        if names:
            named = "; ".join(metric_title(policy, name, teller.language) for name in names)
            yield teller.say("note.no-figures", metrics=named, side=teller.say(f"side.{key}"))


def spell_row(spell: Spell, history: History, teller: Teller) -> list[str]:
    """Print a spell: region, weeks, the recommendation before and after, the stages between."""
    first, last = (week_text(history.calendar, week) for week in (spell.first, spell.last))
    when = first if spell.first == spell.last else teller.say("span", first=first, last=last)
    return [
        spell.region,
        f"{when} ({weeks(spell.weeks, teller.language)})",
        _answer(spell.old, teller.old, teller),
        _answer(spell.new, teller.new, teller),
        "" if spell.steps is None else f"{spell.steps:+d}",
    ]


def stage_rows(history: History, teller: Teller) -> list[list[str]]:
    """Print the weeks in each stage before and after, a stage that one side lacks left blank; then the changes."""
    names = dict.fromkeys([*teller.new.ranks, *teller.old.ranks])
    sides = ((teller.old, history.old), (teller.new, history.new))
    rows = [
        [
            stage_title(teller.new if name in teller.new.ranks else teller.old, name, teller.language),
            *(_count(tally.stages[name], teller) if name in policy.ranks else "" for policy, tally in sides),
        ]
        for name in names
    ]
    changes = [_count(tally.changes, teller) for _, tally in sides]
    return [*rows, [teller.say(f"history.changes{_mode(history)}"), *changes]]


def stage_heads(history: History, teller: Teller) -> list[str]:
    """Head the table of `stage_rows`."""
    return [teller.say(f"history.stages{_mode(history)}"), teller.say("column.before"), teller.say("column.after")]


def spell_heads(teller: Teller) -> list[str]:
    """Head the table of `spell_row`."""
    return [teller.say(f"column.{key}") for key in ("region", "weeks", "before", "after", "steps")]


def _mode(history: History) -> str:
    return ".recorded" if history.adoption.adopt is Adopt.RECORDED else ""


def _adoption(history: History, teller: Teller) -> str:
    if history.adoption.lag:
        return teller.say("history.adoption.lag", weeks=weeks(history.adoption.lag, teller.language))
    return teller.say(f"history.adoption.{history.adoption.adopt}")


def _answer(answer: Answer, policy: Policy, teller: Teller) -> str:
    stage = stage_title(policy, answer.stage, teller.language)
    return f"{stage}, {teller.say('history.undetermined')}" if answer.is_undetermined else stage


def _count(count: int, teller: Teller) -> str:
    return number(float(count), teller.language)
