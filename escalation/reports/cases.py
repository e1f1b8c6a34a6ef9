"""Cases that have been run, as text for people and as JSON for machines."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escalation.cases.case import Cases
from escalation.cases.run import Difference, Played
from escalation.diagnostics import visible
from escalation.evaluation.explanation import explain
from escalation.evaluation.sentences import Speaker
from escalation.periods import week_text
from escalation.policy.values import Language
from escalation.policy.wording import phrase
from escalation.reports.json_text import json_text
from escalation.reports.junit import Suite, TestCase, junit
from escalation.reports.records import policy_record
from escalation.reports.text import columns, one_region

COLUMNS = ("stage", "dwell", "recommend", "to", "missing")
WORDS = ("none", "never", "no move", "a lawful move", "no lawful move of the policy")
"""What differences say in words of their own, beside those of the file."""
_SAID: dict[str, tuple[str, str]] = {
    "failed": ("FAILED", "GAGAL"),
    "expected": ("expected", "diharapkan"),
    "differs": ("{what} is {found}; expected: {expected}", "{what} adalah {found}; diharapkan: {expected}"),
    "as-of": ("as of", "per"),
    "direct": ("set directly: {names}", "diisi langsung: {names}"),
    "week": ("week", "minggu"),
    "trigger": ("trigger {name}", "pemicu {name}"),
    "streak of": ("streak of {name}", "minggu berturut-turut {name}"),
    "value of": ("value of {name}", "nilai {name}"),
    "countdown of": ("countdown of {name}", "hitung mundur {name}"),
    "decision": ("decision", "keputusan"),
    "none": ("none", "tidak ada"),
    "never": ("never", "tidak pernah"),
    "no move": ("no move", "tidak ada langkah"),
    "a lawful move": ("a lawful move", "langkah yang sah"),
    "no lawful move of the policy": ("no lawful move of the policy", "bukan langkah yang sah menurut kebijakan"),
    "again": ("Run it again with:", "Jalankan lagi dengan:"),
    "case": ("1 case", "1 kasus"),
    "cases": ("{count} cases", "{count} kasus"),
    "passed": ("{file}: {cases}, all passed", "{file}: {cases}, semua lulus"),
    "some": ("{file}: {cases}, {failed} failed", "{file}: {cases}, {failed} gagal"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A file of cases with those of them that were run."""

    cases: Cases
    played: tuple[Played, ...]

    @property
    def failed(self) -> tuple[Played, ...]:
        """The cases that do not pass."""
        return tuple(one for one in self.played if not one.passed)


def tested_text(tested: Tested, *, language: Language) -> str:
    """Print each case that failed: its weeks, its explanation, the command that runs it again; then count."""
    speaker = Speaker(tested.cases.policy, language)
    lines = [line for one in tested.failed for line in _failed(tested, one, speaker)]
    file, count, failed = visible(tested.cases.source.file), len(tested.played), len(tested.failed)
    cases = phrase(_SAID, "case" if count == 1 else "cases", language, count=str(count))
    lines.append(phrase(_SAID, "some" if failed else "passed", language, file=file, cases=cases, failed=str(failed)))
    return "\n".join(lines) + "\n"


def _failed(tested: Tested, played: Played, speaker: Speaker) -> Iterator[str]:
    source, language = tested.cases.source, speaker.language
    yield f"{phrase(_SAID, 'failed', language)}: {played.case.name}"
    for difference in played.differences:
        yield f"  {source.place(difference.route, key=True)}: {_sentence(played, difference, speaker)}"
    yield ""
    yield from (f"  {line}" for line in _table(played, speaker))
    if computed := [name for name in played.case.figures if name not in speaker.policy.inputs]:
        yield f"  {phrase(_SAID, 'direct', language, names=', '.join(computed))}"
    first = played.outcomes[played.differences[0].row].evaluation
    yield ""
    yield from (f"  {line}".rstrip() for line in one_region(explain(first), speaker))
    yield ""
    yield f"  {phrase(_SAID, 'again', language)} {command(tested, played)}"
    yield ""


def _sentence(played: Played, difference: Difference, speaker: Speaker) -> str:
    what, found, expected = _told(difference, speaker.language)
    said = phrase(_SAID, "differs", speaker.language, what=what, found=found, expected=expected)
    return f"{_week(played, difference.row, speaker)}: {said}"


def _told(difference: Difference, language: Language) -> tuple[str, str, str]:
    """Say what differs, what was found and what was expected; keys and words of the file stay as they are there."""
    pair = (difference.found, difference.expected)
    found, expected = (phrase(_SAID, one, language) if one in WORDS else one for one in pair)
    return _named(difference.what, language), found, expected


def _named(what: str, language: Language) -> str:
    kind, _, name = what.rpartition(" ")
    key = kind or name
    return phrase(_SAID, key, language, name=name) if key in _SAID else what


def _week(played: Played, row: int, speaker: Speaker) -> str:
    """Name an expected week, and the day as of which it is looked at, if there is one."""
    expected = played.case.expected[row]
    week = week_text(speaker.policy.calendar, expected.week)
    return week if expected.as_of is None else f"{week} ({phrase(_SAID, 'as-of', speaker.language)} {expected.as_of})"


def command(tested: Tested, played: Played) -> str:
    """Give the command that runs one case again."""
    return f"escalation test {shlex.quote(visible(tested.cases.source.file))} --case {shlex.quote(played.case.name)}"


def _table(played: Played, speaker: Speaker) -> list[str]:
    """Set the expected weeks in a table; a cell that differs says what was expected, its row is marked with `>`."""
    others = dict.fromkeys(one.what for one in played.differences if one.what not in COLUMNS)
    names = [*COLUMNS, *others]
    heads = [_named(name, speaker.language) for name in names]
    rows = [["", phrase(_SAID, "week", speaker.language), *heads]]
    for index, outcome in enumerate(played.outcomes):
        differing = {one.what: one for one in played.differences if one.row == index}
        one = outcome.evaluation
        plain = {
            "stage": one.stage,
            "dwell": str(one.dwell),
            "recommend": str(one.recommendation),
            "to": one.to or "",
            "missing": ", ".join(one.missing),
        }
        cells = [_cell(plain.get(name, ""), differing.get(name), speaker) for name in names]
        rows.append([">" if differing else "", _week(played, index, speaker), *cells])
    return columns(rows)


def _cell(text: str, difference: Difference | None, speaker: Speaker) -> str:
    if difference is None:
        return text
    _, found, expected = _told(difference, speaker.language)
    return f"{found} ({phrase(_SAID, 'expected', speaker.language)}: {expected})"


def tested_junit(files: Sequence[Tested], *, language: Language) -> str:
    """Print all that was run as JUnit XML: a suite for each file, a test case for each case."""
    suites = [
        Suite(
            name=visible(tested.cases.source.file),
            cases=tuple(_test_case(tested, one, language) for one in tested.played),
        )
        for tested in files
    ]
    return junit(suites, name="escalation test")


def _test_case(tested: Tested, played: Played, language: Language) -> TestCase:
    speaker = Speaker(tested.cases.policy, language)
    told = [_sentence(played, one, speaker) for one in played.differences]
    failure = [*told, "", *_failed(tested, played, speaker)] if told else []
    place = tested.cases.source.place(played.case.route)
    return TestCase(name=played.case.name, place=place, failure="\n".join(failure).rstrip())


def tested_json(files: Sequence[Tested], **facts: object) -> str:
    """Print all that was run as one JSON object."""
    document = {"files": [_record(tested) for tested in files], **facts}
    return json_text(document)


def _record(tested: Tested) -> dict[str, object]:
    source, calendar = tested.cases.source, tested.cases.policy.calendar
    return {
        "file": source.file,
        "policy": policy_record(tested.cases.policy),
        "cases": [
            {
                "name": played.case.name,
                "place": str(source.place(played.case.route)),
                "passed": played.passed,
                "differences": [
                    {
                        "week": week_text(calendar, played.case.expected[one.row].week),
                        "what": one.what,
                        "expected": one.expected,
                        "found": one.found,
                        "place": str(source.place(one.route, key=True)),
                    }
                    for one in played.differences
                ],
                "again": command(tested, played),
            }
            for played in tested.played
        ],
    }
