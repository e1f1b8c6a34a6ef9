"""Evaluations as Markdown, for pull requests and wikis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.evaluation.records import ConditionReport, Explanation, GuardReport
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.truth import Verdict
from escalation.observations.telling import all_told
from escalation.policy.values import Language
from escalation.policy.wording import day
from escalation.reports.evaluated import Evaluated, ended
from escalation.reports.text import CITED, amendments, assumed, behind, heading, illustration, remarked

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
CODE = re.compile(r"(`[^`|\n]+`)")
SIGNS = {Verdict.MET: "✓", Verdict.UNMET: "✗", Verdict.UNKNOWN: "?"}


def markdown(result: Evaluated, *, language: Language) -> str:
    """Print a run as Markdown."""
    speaker = Speaker(result.policy, language)
    lines = [f"# {escaped(heading(result.policy, speaker))}", ""]
    for line in (*ended(result, language), *illustration(result, speaker)):
        lines += [f"**{escaped(line)}**", ""]
    if len(result.explanations) == 1:
        lines += _one(result.explanations[0], speaker)
    else:
        lines += [*_all(result, speaker), *_assumptions(assumed(result.explanations), speaker)]
    if result.amended and result.amended_policy is not None:
        amended = Speaker(result.amended_policy, language)
        lines += ["", f"## {escaped(amendments(result.amendments, speaker))}", ""]
        pairs = zip(result.explanations, result.amended, strict=True)
        rows = [
            [one.region, one.week, speaker.recommendation(one), amended.recommendation(other)] for one, other in pairs
        ]
        heads = ("label.region", "label.week", "label.baseline", "label.amended")
        lines += rows_of([speaker.say(key) for key in heads], rows)
        if len(result.amended) == 1:
            lines += ["", f"## {speaker.say('label.amended')}", "", *_answer(result.amended[0], amended)]
    if result.assumed:
        lines += ["", escaped(speaker.say("stage.assumed"))]
    if result.observations.findings:
        lines += ["", f"## {speaker.say('label.findings')}", ""]
        for first, *others in all_told(result.observations.findings, language):
            lines += [f"- {escaped(first)}", *(f"  - {escaped(line)}" for line in others)]
    return "\n".join([*lines, "", f"_{escaped(speaker.say('decides'))}_", ""])


def escaped(text: str) -> str:
    """Make a text inert in Markdown and HTML."""
    return SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")).replace("\n", " ")


def formatted(text: str) -> str:
    r"""Keep the words in backticks as code, and make everything else inert in Markdown and HTML.

    >>> formatted("`a_b` is <b> of @team")
    '`a_b` is \\<b\\> of &#64;team'
    """
    parts = CODE.split(text)
    return "".join(part if index % 2 else escaped(part).replace("@", "&#64;") for index, part in enumerate(parts))


def rows_of(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Print a table."""
    lines = ["| " + " | ".join(formatted(head) for head in heads) + " |", "|" + " --- |" * len(heads)]
    return lines + ["| " + " | ".join(formatted(cell) for cell in row) + " |" for row in rows]


def _one(explanation: Explanation, speaker: Speaker) -> Iterator[str]:
    through = speaker.say("label.through", day=day(explanation.last_day, speaker.language))
    yield f"**{escaped(explanation.region)}, {escaped(explanation.week)}** ({through})  "
    if explanation.as_of is not None:
        yield f"{speaker.say('label.as-of')} {day(explanation.as_of, speaker.language)}  "
    yield f"{speaker.say('label.stage')}: {escaped(speaker.in_force(explanation))}"
    yield ""
    yield from _answer(explanation, speaker)


def _answer(explanation: Explanation, speaker: Speaker) -> Iterator[str]:
    speaker = speaker.on(explanation.last_day)
    yield f"**{speaker.say('label.recommendation')}: {escaped(speaker.recommendation(explanation))}**  "
    yield f"{speaker.say('label.why')}: {escaped(speaker.why(explanation))}"
    for move in explanation.moves:
        said = speaker.countdown(move, explanation)
        yield ""
        yield f"## {escaped(f'{speaker.move(move.name)} → {speaker.stage(move.to)}')}: {escaped(said)}"
        yield ""
        for guard in move.guards:
            yield from _guard(guard, speaker, 0)
    yield from _assumptions(explanation.assumptions, speaker)


def _assumptions(routes: tuple[str, ...], speaker: Speaker) -> Iterator[str]:
    if routes:
        yield ""
        yield f"{speaker.say('label.assumptions')}:"
        yield ""
        yield from (f"- {escaped(speaker.assumption(route))}" for route in routes)


def _guard(guard: GuardReport, speaker: Speaker, depth: int) -> Iterator[str]:
    cited = f" [{speaker.sources(guard.sources)}]" if guard.kind in CITED else ""
    yield f"{'  ' * depth}- {SIGNS[guard.verdict]} {escaped(speaker.guard(guard) + cited)}"
    if guard.condition is not None:
        yield from _condition(guard.condition, speaker, depth + 1)
    for trigger in guard.below:
        yield from _guard(trigger, speaker, depth + 1)


def _condition(report: ConditionReport, speaker: Speaker, depth: int) -> Iterator[str]:
    cited = f" [{speaker.sources(report.sources)}]" if report.kind == "comparison" else ""
    yield f"{'  ' * depth}- {SIGNS[report.verdict]} {escaped(speaker.condition(report) + cited)}"
    yield from (f"{'  ' * (depth + 1)}- {escaped(words)}" for words in behind(report, speaker))
    for part in report.parts:
        yield from _condition(part, speaker, depth + 1)


def _all(result: Evaluated, speaker: Speaker) -> list[str]:
    heads = ("label.region", "label.week", "label.stage", "label.recommendation", "label.missing")
    rows = [
        [
            one.region,
            one.week,
            speaker.stage(one.stage),
            speaker.recommendation(one),
            ", ".join(speaker.metric(name) for name in one.missing),
        ]
        for one in result.explanations
    ]
    as_of = result.explanations[0].as_of
    known = [f"{speaker.say('label.as-of')} {day(as_of, speaker.language)}", ""] if as_of is not None else []
    head, *body = remarked([[speaker.say(key) for key in heads], *rows], result, speaker)
    return [*known, *rows_of(head, body)]
