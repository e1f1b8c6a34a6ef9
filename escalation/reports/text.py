"""Evaluations as plain text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from escalation.diagnostics import Diagnostic
from escalation.evaluation.records import ConditionReport, Explanation, Figure, GuardReport, MoveReport
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.truth import Verdict
from escalation.observations.telling import all_told
from escalation.policy.model import Policy
from escalation.policy.values import AMENDED, ASSUMPTION, Language
from escalation.policy.wording import day, number
from escalation.reports.evaluated import Evaluated, ended

MARKS = {Verdict.MET: "+", Verdict.UNMET: "-", Verdict.UNKNOWN: "?"}
MOST_FINDINGS = 10
CITED = ("after", "trigger", "lock-floor", "lock-ceiling")


def text(result: Evaluated, *, language: Language, in_full: bool = False) -> str:
    """Print a run: one region explained, several as a table; then findings on the data and what was assumed."""
    speaker = Speaker(result.policy, language)
    lines = [heading(result.policy, speaker), "", *_apart([*ended(result, language)])]
    lines += _apart(illustration(result, speaker))
    if result.amendments:
        lines += [amendments(result.amendments, speaker), ""]
    if len(result.explanations) == 1:
        figures = result.figures[0] if in_full else ()
        lines += one_region(result.explanations[0], speaker, figures=figures, in_full=in_full)
    else:
        lines += [*_table(result, speaker), *_assumptions(assumed(result.explanations), speaker)]
    if result.assumed:
        lines += ["", speaker.say("stage.assumed")]
    lines += _findings(result.observations.findings, speaker)
    if result.amended and result.amended_policy is not None:
        lines += ["", *_side_by_side(result, Speaker(result.amended_policy, language))]
    lines += ["", speaker.say("decides")]
    return "\n".join(lines) + "\n"


def illustration(result: Evaluated, speaker: Speaker) -> list[str]:
    """Say that figures are made up: all of them, or those of which regions."""
    if not result.illustrated:
        return []
    if len(result.illustrated) == len(result.explanations):
        return [speaker.say("illustration")]
    return [speaker.say("illustration.of", regions=", ".join(result.illustrated))]


def _apart(lines: list[str]) -> list[str]:
    return [*lines, ""] if lines else []


def heading(policy: Policy, speaker: Speaker) -> str:
    """Name a policy by its title, name and version."""
    version = f" {policy.version}" if policy.version else ""
    return f"{speaker.policy_title()} ({policy.name}{version})"


def assumed(explanations: Iterable[Explanation]) -> tuple[str, ...]:
    """Name the numbers that no source backs of several explanations, each once."""
    return tuple(dict.fromkeys(route for one in explanations for route in one.assumptions))


def one_region(
    explanation: Explanation, speaker: Speaker, *, figures: tuple[Figure, ...] = (), in_full: bool = False
) -> list[str]:
    """Explain one region: what is recommended, why, and each move with its guards."""
    speaker = speaker.on(explanation.last_day)
    through = speaker.say("label.through", day=day(explanation.last_day, speaker.language))
    lines = [f"{explanation.region}, {explanation.week} ({through})"]
    if explanation.as_of is not None:
        lines.append(f"{speaker.say('label.as-of')} {day(explanation.as_of, speaker.language)}")
    lines += [f"{speaker.say('label.stage')}: {speaker.in_force(explanation)}", ""]
    return lines + _recommendation(explanation, speaker, figures=figures, in_full=in_full)


def _recommendation(
    explanation: Explanation, speaker: Speaker, *, figures: tuple[Figure, ...] = (), in_full: bool = False
) -> list[str]:
    lines = [
        f"{speaker.say('label.recommendation')}: {speaker.recommendation(explanation)}",
        f"{speaker.say('label.why')}: {speaker.why(explanation)}",
    ]
    for move in explanation.moves:
        lines += ["", *_move(move, explanation, speaker, in_full=in_full)]
    if figures:
        lines += ["", speaker.say("label.figures") + ":", *_figures(figures, speaker)]
    return [*lines, *_assumptions(explanation.assumptions, speaker)]


def _assumptions(routes: tuple[str, ...], speaker: Speaker) -> list[str]:
    if not routes:
        return []
    return ["", f"{speaker.say('label.assumptions')}:", *(f"  {speaker.assumption(route)}" for route in routes)]


def _move(move: MoveReport, explanation: Explanation, speaker: Speaker, *, in_full: bool) -> list[str]:
    lines = [f"  {speaker.move(move.name)} -> {speaker.stage(move.to)}: {speaker.countdown(move, explanation)}"]
    if in_full:
        lines[0] += f" [{speaker.sources(move.sources)}]"
    for guard in move.guards:
        lines += _guard(guard, speaker, 2, in_full=in_full)
    return lines


def _guard(guard: GuardReport, speaker: Speaker, depth: int, *, in_full: bool) -> Iterator[str]:
    cited = f" [{speaker.sources(guard.sources)}]" if guard.kind in CITED else ""
    yield f"{'  ' * depth}{MARKS[guard.verdict]} {speaker.guard(guard)}{cited}"
    if guard.condition is not None:
        yield from _condition(guard.condition, speaker, depth + 1, in_full=in_full)
    for trigger in guard.below:
        yield from _guard(trigger, speaker, depth + 1, in_full=in_full)


def _condition(report: ConditionReport, speaker: Speaker, depth: int, *, in_full: bool) -> Iterator[str]:
    indent = "  " * depth
    line = f"{indent}{MARKS[report.verdict]} {speaker.condition(report)}"
    if report.kind == "comparison" and (in_full or report.parameter or {AMENDED, ASSUMPTION} & {*report.sources}):
        line += f" [{speaker.sources(report.sources)}]"
    yield line
    yield from (f"{indent}    {words}" for words in behind(report, speaker))
    for part in report.parts:
        yield from _condition(part, speaker, depth + 1, in_full=in_full)


def behind(report: ConditionReport, speaker: Speaker) -> Iterator[str]:
    """Say what lies behind a condition: what is missing or carried, and what the file remarks on its threshold."""
    if report.kind not in ("comparison", "judgement"):
        return
    for evidence in report.evidence:
        if evidence.carried_from is not None:
            yield f"{speaker.metric(evidence.metric)}: {speaker.carried(evidence)}"
    yield from speaker.lacks(report.lacks)
    parameter = speaker.policy.parameters.get(report.parameter or "")
    if parameter is not None and parameter.note:
        yield f"{speaker.say('label.note')}: {parameter.note.in_language(speaker.language)}"


def _figures(figures: tuple[Figure, ...], speaker: Speaker) -> Iterator[str]:
    titles = {figure.metric: speaker.metric(figure.metric) for figure in figures}
    width = max(map(len, titles.values()), default=0)
    for figure in figures:
        yield f"  {titles[figure.metric]:<{width}}  {speaker.figure(figure)}"
        yield from (f"  {'':<{width}}  {said}" for said in speaker.lacks(figure.lacks))
        for evidence in figure.evidence:
            said = []
            if figure.metric == evidence.metric:
                said += [speaker.carried(evidence)] if evidence.carried_from else []
                said += (
                    [speaker.say("evidence.as-of", day=day(evidence.as_of, speaker.language))] if evidence.as_of else []
                )
                said += [speaker.basis(evidence)] if evidence.basis and not speaker.is_judged(evidence) else []
                said += [speaker.say("source", sources=evidence.source)] if evidence.source else []
            if said:
                yield f"  {'':<{width}}  {'; '.join(said)}"


def _table(result: Evaluated, speaker: Speaker) -> list[str]:
    keys = ("label.region", "label.week", "label.stage", "label.recommended", "label.to", "label.missing")
    heads = [speaker.say(key) for key in keys]
    rows = [
        [
            one.region,
            one.week,
            speaker.stage(one.stage),
            speaker.say(f"word.{one.recommendation}"),
            speaker.stage(one.to) if one.to is not None else "",
            ", ".join(speaker.metric(name) for name in one.missing),
        ]
        for one in result.explanations
    ]
    as_of = result.explanations[0].as_of
    known = [f"{speaker.say('label.as-of')} {day(as_of, speaker.language)}", ""] if as_of is not None else []
    return [*known, *columns(remarked([heads, *rows], result, speaker))]


def remarked(table: list[list[str]], result: Evaluated, speaker: Speaker) -> list[list[str]]:
    """Add to a table with a head and a row for each region what is to be remarked, where there is anything."""
    remarks = ["; ".join(speaker.remarks(one)) for one in result.explanations]
    if not any(remarks):
        return table
    return [[*row, said] for row, said in zip(table, [speaker.say("label.remarks"), *remarks], strict=True)]


def columns(rows: list[list[str]]) -> list[str]:
    """Set rows in columns as wide as their widest cell."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _findings(findings: tuple[Diagnostic, ...], speaker: Speaker) -> list[str]:
    if not findings:
        return []
    lines = ["", f"{speaker.say('label.findings')} ({len(findings)}):"]
    worst_first = sorted(findings, key=lambda one: ("error", "warning", "info").index(one.severity))
    for first, *others in all_told(worst_first[:MOST_FINDINGS], speaker.language):
        lines += [f"  {first}", *(f"    {line}" for line in others)]
    if len(findings) > MOST_FINDINGS:
        lines.append("  " + speaker.say("label.more", count=str(len(findings) - MOST_FINDINGS)))
    return lines


def amendments(values: Mapping[str, float | str], speaker: Speaker) -> str:
    """Say what has another value."""
    changes = [f"{path} = {amended(value, speaker.language)}" for path, value in values.items()]
    return f"{speaker.say('label.amendments')}: {', '.join(changes)}"


def amended(value: float | str, language: Language) -> str:
    """Print the value that an amendment gives."""
    return value if isinstance(value, str) else number(value, language)


def _side_by_side(result: Evaluated, speaker: Speaker) -> list[str]:
    heads = [speaker.say(key) for key in ("label.region", "label.week", "label.baseline", "label.amended")]
    rows = [
        [one.region, one.week, speaker.recommendation(one), speaker.recommendation(other)]
        for one, other in zip(result.explanations, result.amended, strict=True)
    ]
    lines = columns([heads, *rows])
    if len(result.amended) == 1:
        amended = result.amended[0]
        lines += ["", f"{speaker.say('label.amended')}:", *_recommendation(amended, speaker.on(amended.last_day))]
    return lines
