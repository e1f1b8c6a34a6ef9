"""Comparisons as plain text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from escalation.comparison.changes import Change
from escalation.comparison.compared import Comparison
from escalation.comparison.history import History
from escalation.comparison.inputs import Inputs
from escalation.comparison.sentences import Teller
from escalation.comparison.telling import (
    advised,
    facts,
    notes,
    other_inputs,
    other_stages,
    reservations,
    spell_heads,
    spell_row,
    stage_heads,
    stage_rows,
    verdict,
)
from escalation.diagnostics import visible
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.reports.text import columns

MOST_SPELLS = 20


def comparison_text(comparison: Comparison, *, language: Language) -> str:
    """Print what changed in words, on all data, and over history."""
    teller = Teller(old=comparison.old, new=comparison.new, language=language)
    heading = teller.say("heading", old=named(comparison.old), new=named(comparison.new))
    lines = [heading, "", *_words(comparison, teller)]
    if comparison.changes:
        lines += ["", teller.say("over-inputs"), *_indented(_inputs(comparison.inputs, teller))]
    if comparison.history is not None:
        lines += ["", teller.say("over-history"), *_indented(_history(comparison.history, teller))]
    lines += [f"{teller.say('note')}: {note}" for note in remarks(comparison, teller)]
    return "\n".join(lines) + "\n"


def named(policy: Policy) -> str:
    """Name a policy by its file, its name and its version."""
    version = f" {policy.version}" if policy.version else ""
    return f"{visible(policy.source.file)} ({policy.name}{version})"


def sameness(comparison: Comparison, teller: Teller) -> str:
    """Say of two policies without a change whether their files differ."""
    return teller.say("same.file" if comparison.old.digest == comparison.new.digest else "same.format")


def remarks(comparison: Comparison, teller: Teller) -> Iterator[str]:
    """Say what limits the comparison: other stages, calendars, standings that do not fit."""
    yield from other_stages(teller)
    yield from other_inputs(teller)
    if comparison.apart:
        yield teller.say("note.apart")
    if comparison.unused_standings:
        yield teller.say("note.standings", file=comparison.unused_standings)


def _words(comparison: Comparison, teller: Teller) -> Iterator[str]:
    if not comparison.changes:
        yield sameness(comparison, teller)
        return
    yield teller.say("in-words.effects")
    yield from _indented(_changes(comparison.effects, teller) if comparison.effects else [teller.say("no-effects")])
    if comparison.formalities:
        yield ""
        yield teller.say("in-words.formalities")
        yield from _indented(_changes(comparison.formalities, teller))


def _changes(changes: Iterable[Change], teller: Teller) -> Iterator[str]:
    for change in changes:
        sides = [said for said in (teller.before(change), teller.after(change)) if said]
        yield ": ".join(filter(None, (teller.what(change), " -> ".join(sides))))
        yield f"  {teller.where(change)}"


def _inputs(inputs: Inputs, teller: Teller) -> Iterator[str]:
    yield verdict(inputs, teller)
    for example in inputs.shown:
        yield ""
        yield advised(example, teller)
        yield from _indented(example.case.splitlines())
        yield from reservations(example, teller)


def _history(history: History, teller: Teller) -> Iterator[str]:
    first, *others = facts(history, teller)
    yield first
    yield from others[:1]
    yield from _indented(others[1:])
    yield from notes(history, teller)
    if history.spells:
        shown = history.spells[:MOST_SPELLS]
        yield ""
        yield from columns([spell_heads(teller), *(spell_row(spell, history, teller) for spell in shown)])
        if len(history.spells) > len(shown):
            yield teller.say("history.more", count=str(len(history.spells) - len(shown)))
    yield ""
    yield from columns([stage_heads(history, teller), *stage_rows(history, teller)])


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)
