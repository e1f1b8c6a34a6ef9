"""Comparisons for machines: one JSON object with stable keys."""

from __future__ import annotations

from escalation import __version__
from escalation.comparison.changes import Change, Facet, Verbatim
from escalation.comparison.compared import Comparison
from escalation.comparison.history import Answer, History, Spell
from escalation.comparison.inputs import Inputs
from escalation.comparison.sentences import Teller
from escalation.periods import Calendar, week_text
from escalation.policy.model import DatedValue
from escalation.policy.values import BothLanguages, Language
from escalation.reports.json_text import json_text
from escalation.reports.records import plain, policy_record


def comparison_json(comparison: Comparison, *, language: Language) -> str:
    """Print a comparison; the sentences are in the language, everything else is the same in all."""
    teller = Teller(old=comparison.old, new=comparison.new, language=language)
    document = {
        "engine": __version__,
        "old": policy_record(comparison.old),
        "new": policy_record(comparison.new),
        "same_policy": not comparison.changes,
        "changes": [_change(change, teller) for change in comparison.changes],
        "inputs": _inputs(comparison.inputs, comparison.new.calendar),
        "history": _history(comparison.history) if comparison.history is not None else None,
        "calendars_differ": comparison.apart,
        "unused_standings": comparison.unused_standings or None,
    }
    return json_text(document)


def _change(change: Change, teller: Teller) -> dict[str, object]:
    return {
        "key": change.key,
        "action": change.action.value,
        "section": change.section,
        "name": change.name,
        "aspect": change.aspect,
        "subject": change.subject,
        "has_effect": change.has_effect,
        "old": _facet(change.old),
        "new": _facet(change.new),
        "sentence": {
            "what": teller.what(change),
            "before": teller.before(change),
            "after": teller.after(change),
        },
    }


def _facet(side: Facet | None) -> dict[str, object] | None:
    if side is None:
        return None
    return {"value": _value(side.value), "unit": side.unit, "place": plain(side.place)}


def _value(value: object) -> object:
    match value:
        case Verbatim(text=text):
            return text
        case BothLanguages():
            return value.model_dump(exclude_none=True)
        case DatedValue():
            return plain((value.from_, value.value))
        case _:
            return plain(value)


def _inputs(inputs: Inputs, calendar: Calendar) -> dict[str, object]:
    return {
        "relation": inputs.relation.value,
        "why": inputs.why,
        "if_free": inputs.is_free,
        "examples": [
            {
                "kind": example.kind,
                "week": week_text(calendar, example.week),
                "stage": example.stage,
                "old": plain(example.before),
                "new": plain(example.after),
                "derived": list(example.derived),
                "others": list(example.others),
                "case": example.case,
            }
            for example in inputs.examples
        ],
    }


def _history(history: History) -> dict[str, object]:
    weeks = [week_text(history.calendar, week) for week in history.span]
    return {
        "observations": {"file": history.file, "digest": history.digest},
        "adoption": {"adopt": history.adoption.adopt.value, "lag": history.adoption.lag},
        "regions": history.regions,
        "region_weeks": history.region_weeks,
        "first_week": weeks[0],
        "last_week": weeks[1],
        "left_out": history.left_out,
        "off_record": history.off_record,
        "stage_assumed": history.is_stage_assumed,
        "differing": history.differing,
        "by_steps": {f"{steps:+d}": count for steps, count in history.by_steps.items()},
        "uncertain": history.uncertain,
        "stages": {"old": dict(history.old.stages), "new": dict(history.new.stages)},
        "changes_of_stage": {"old": history.old.changes, "new": history.new.changes},
        "without_figures": {"old": list(history.old.without_figures), "new": list(history.new.without_figures)},
        "first_of_each_region": {
            spell.region: week_text(history.calendar, spell.first) for spell in history.first_of_each
        },
        "spells": [_spell(spell, history) for spell in history.spells],
    }


def _spell(spell: Spell, history: History) -> dict[str, object]:
    return {
        "region": spell.region,
        "first_week": week_text(history.calendar, spell.first),
        "last_week": week_text(history.calendar, spell.last),
        "weeks": spell.weeks,
        "old": _answer(spell.old),
        "new": _answer(spell.new),
        "steps": spell.steps,
    }


def _answer(answer: Answer) -> dict[str, object]:
    return {"stage": answer.stage, "in_force": answer.in_force, "undetermined": answer.is_undetermined}
