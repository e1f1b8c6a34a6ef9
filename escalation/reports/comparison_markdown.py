"""Comparisons as Markdown, made for a comment under a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from escalation.comparison.changes import Change
from escalation.comparison.compared import Comparison
from escalation.comparison.history import History
from escalation.comparison.inputs import Example
from escalation.comparison.sentences import Teller
from escalation.comparison.telling import (
    advised,
    facts,
    notes,
    reservations,
    spell_heads,
    spell_row,
    stage_heads,
    stage_rows,
    verdict,
)
from escalation.policy.values import Language
from escalation.reports.comparison_text import named, remarks, sameness
from escalation.reports.markdown import formatted, rows_of

MOST_CHANGES = 30
MOST_SPELLS = 10
LONGEST_CELL = 160


def comparison_markdown(comparison: Comparison, *, language: Language) -> str:
    """Print what changed: a verdict, a table of changes, the history; what is long stands in folded blocks."""
    teller = Teller(old=comparison.old, new=comparison.new, language=language)
    lines = [f"## {formatted(teller.say('title', name=comparison.new.name))}", ""]
    lines += [formatted(teller.say("heading", old=named(comparison.old), new=named(comparison.new))), ""]
    if comparison.changes:
        lines += [f"**{formatted(verdict(comparison.inputs, teller))}**", ""]
    lines += _words(comparison, teller)
    for example in comparison.inputs.shown:
        lines += ["", *_example(example, teller)]
    if comparison.history is not None:
        lines += ["", *_history(comparison.history, teller)]
    lines += [f"\n{formatted(note)}" for note in remarks(comparison, teller)]
    return "\n".join(lines) + "\n"


def folded(summary: str, lines: Iterable[str]) -> list[str]:
    """Fold lines away under a summary, which is HTML, in which nothing is read as Markdown."""
    inert = escape(" ".join(summary.split())).replace("@", "&#64;")
    return [f"<details><summary>{inert}</summary>", "", *lines, "", "</details>"]


def _example(example: Example, teller: Teller) -> list[str]:
    said = [line for one in reservations(example, teller) for line in ("", formatted(one))]
    return folded(advised(example, teller), ["```yaml", *example.case.splitlines(), "```", *said])


def _words(comparison: Comparison, teller: Teller) -> list[str]:
    if not comparison.changes:
        return [formatted(sameness(comparison, teller))]
    lines = [f"### {formatted(teller.say('in-words.effects'))}", ""]
    lines += _table(comparison.effects, teller) if comparison.effects else [formatted(teller.say("no-effects"))]
    if comparison.formalities:
        summary = f"{teller.say('in-words.formalities')} ({len(comparison.formalities)})"
        lines += ["", *folded(summary, _table(comparison.formalities, teller))]
    return lines


def _table(changes: tuple[Change, ...], teller: Teller) -> list[str]:
    heads = [teller.say(f"column.{key}") for key in ("what", "before", "after", "where")]
    rows = [
        [
            teller.what(change),
            _short(teller.before(change)),
            _short(teller.after(change)),
            str((change.new or change.old).place) if change.new or change.old else "",  # type: ignore[union-attr]
        ]
        for change in changes[:MOST_CHANGES]
    ]
    lines = rows_of(heads, rows)
    if len(changes) > MOST_CHANGES:
        lines += ["", teller.say("more", count=str(len(changes) - MOST_CHANGES))]
    return lines


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 3] + "..."


def _history(history: History, teller: Teller) -> Iterator[str]:
    data, verdict, *others = facts(history, teller)
    yield f"### {formatted(teller.say('over-history'))}"
    yield ""
    yield f"**{formatted(verdict)}**  "
    yield formatted(data)
    if others or any(notes(history, teller)):
        yield ""
        yield from (f"- {formatted(line)}" for line in (*others, *notes(history, teller)))
    yield ""
    yield from rows_of(stage_heads(history, teller), stage_rows(history, teller))
    if history.spells:
        shown = history.first_of_each if len(history.first_of_each) > 1 else history.spells
        rows = [spell_row(spell, history, teller) for spell in shown[:MOST_SPELLS]]
        lines = rows_of(spell_heads(teller), rows)
        if len(history.spells) > len(rows):
            lines += ["", teller.say("history.more", count=str(len(history.spells) - len(rows)))]
        yield ""
        yield from folded(teller.say("history.where"), lines)
