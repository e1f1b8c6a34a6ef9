"""Findings that an author has answered: `# escalation: ignore[rule] -- why, until 2027-01-31`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from escalation.checks.registry import RULES, Finding, rule
from escalation.diagnostics import Diagnostic, Severity
from escalation.policy.comments import Comment

if TYPE_CHECKING:
    from escalation.policy.model import Policy

_IGNORE = re.compile(r"ignore\[(?P<rules>[^\]]*)\](?:\s*--\s*(?P<reason>.*))?")
_UNTIL = re.compile(r"[,;]?\s*\buntil\b:?\s*(?P<until>(?:(?!\buntil\b).)*)", re.IGNORECASE)
_DAY = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])[.,;]?\s*(?P<rest>.*)")
_DATED = re.compile(r".*\b[0-9]{4}\b.*|\S*[0-9]\S*")
"""What speaks of a date: a year anywhere, or one word with a figure."""
_FORM = "write `# escalation: ignore[rule] -- why`, or `-- why, until 2027-01-31`"


@dataclass(slots=True, kw_only=True)
class Suppression:
    """What a comment asks for; `fault`: what is wrong with it; `tried`, `used`: what became of the rules it names."""

    comment: Comment
    rules: tuple[str, ...] = ()
    until: date | None = None
    fault: str = ""
    tried: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def has_expired(self, today: date | None) -> bool:
        """Say whether the day until which it holds has passed; never where no day is given."""
        return self.until is not None and today is not None and today > self.until

    def answers(self, one: Diagnostic, today: date | None) -> bool:
        """Say whether a finding on the line of which this comment speaks is answered by it."""
        return one.rule in self.rules and not self.has_expired(today)


def suppressions(comments: Sequence[Comment]) -> list[Suppression]:
    """Read the comments of a file."""
    return [_read(comment) for comment in comments]


def without_answered(
    found: Sequence[Diagnostic],
    asked: Sequence[Suppression],
    *,
    tried: set[str],
    of_pairs: Collection[str],
    today: date | None,
) -> list[Diagnostic]:
    """Leave out the findings that a suppression answers, and note which suppressions are of use.

    The findings of the rules `of_pairs` are answered at each of their places.
    """
    by_line: dict[int, list[Suppression]] = {}
    for one in asked:
        one.tried = tried & set(one.rules)
        by_line.setdefault(one.comment.speaks_of, []).append(one)
    kept = []
    for diagnostic in found:
        beside = [one.place.line for one in diagnostic.related] if diagnostic.rule in of_pairs else []
        lines = dict.fromkeys([diagnostic.place.line, *beside])
        answers = [one for line in lines for one in by_line.get(line, ()) if one.answers(diagnostic, today)]
        for one in answers:
            one.used.add(diagnostic.rule)
        if not answers:
            kept.append(diagnostic)
    return kept


def _read(comment: Comment) -> Suppression:
    match = _IGNORE.fullmatch(comment.said)
    if match is None:
        return Suppression(comment=comment, fault="this comment is not understood")
    rules = tuple(name.strip() for name in match["rules"].split(",") if name.strip())
    reason, day, wrong = _dated((match["reason"] or "").strip())
    if not rules:
        return Suppression(comment=comment, fault="this suppression names no rule")
    if not reason:
        return Suppression(comment=comment, rules=rules, fault="this suppression gives no reason")
    if wrong:
        return Suppression(comment=comment, rules=rules, fault=f"`{wrong}` is not a date")
    return Suppression(comment=comment, rules=rules, until=day)


def _dated(said: str) -> tuple[str, date | None, str]:
    """Take a reason apart: the reason alone, the day until which it holds, and what speaks of a date but is none."""
    reason, days, wrong = said, [], ""
    for match in _UNTIL.finditer(said):
        told = match["until"].strip().rstrip(".,;")
        found = _DAY.fullmatch(told)
        day = _day(found["day"]) if found else None
        if found and day is not None:
            days.append(day)
            reason = reason.replace(match[0], f" {found['rest']}").strip()
        elif _DATED.fullmatch(told):
            wrong = wrong or told
            reason = reason.replace(match[0], "").strip()
    return reason, min(days, default=None), wrong


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@rule("bad-suppression", severity=Severity.ERROR, help=_FORM)
def bad_suppression(_: Policy, *, suppressions: Sequence[Suppression]) -> Iterator[Finding]:
    """A comment that should suppress a finding has no rule, no reason, or no form that is understood.

    Whoever reads the file later must see why a finding was set aside, so the reason is not optional. A comment at the
    end of a line holds for the findings on that line; alone on its line, for those on the next line that is no comment.
    What the comment speaks of is not told beside this error. A day until which it holds is written as 2027-01-31.

    Bad:

        parameters:
          target: {value: 70, source: assumption}  # escalation: ignore[unused-parameter]

    Good:

        parameters:
          target: {value: 70, source: assumption}  # escalation: ignore[unused-parameter] -- for the web page
    """
    yield from ((one.comment, one.fault) for one in suppressions if one.fault)


@rule("unknown-rule", severity=Severity.ERROR, help="the page `rules` of the manual lists them")
def unknown_rule(_: Policy, *, suppressions: Sequence[Suppression]) -> Iterator[Finding]:
    """A suppression names a rule that does not exist, or one that cannot be suppressed.

    What the loader refuses cannot be set aside, and neither can the findings on suppressions themselves.

    Bad:

        parameters:
          target: {value: 70, source: assumption}  # escalation: ignore[unusd-parameter] -- for the web page

    Good:

        parameters:
          target: {value: 70, source: assumption}  # escalation: ignore[unused-parameter] -- for the web page
    """
    for one in suppressions:
        for name in one.rules:
            if name not in RULES:
                yield one.comment, f"there is no rule `{name}` that could be ignored"
            elif "suppressions" in RULES[name].asks_for:
                yield one.comment, f"`{name}` cannot be ignored"


@rule("unused-suppression", severity=Severity.WARNING, help="delete the comment, or the name in it")
def unused_suppression(_: Policy, *, suppressions: Sequence[Suppression], today: date | None) -> Iterator[Finding]:
    """A suppression has nothing to suppress.

    What it spoke of has been mended, or it stands on another line than the finding; left there it would hide the next
    mistake. A rule that was not tried in this run (see `--select` and `--ignore`) makes no suppression unused.

    Bad:

        # escalation: ignore[unused-parameter] -- for the web page
        parameters:
          target: {unit: percent, value: 70, source: assumption}

    Good:

        parameters:
          # escalation: ignore[unused-parameter] -- for the web page
          target: {unit: percent, value: 70, source: assumption}
    """
    for one in suppressions:
        if not one.fault and not one.has_expired(today):
            for name in one.rules:
                if name in one.tried - one.used:
                    yield one.comment, f"nothing on line {one.comment.speaks_of} is found by `{name}`"


@rule("expired-suppression", severity=Severity.WARNING, help="settle the finding, or give a new day and reason")
def expired_suppression(_: Policy, *, suppressions: Sequence[Suppression], today: date | None) -> Iterator[Finding]:
    """The day until which a finding was set aside has passed.

    The finding is reported again. On the day itself the suppression still holds.

    Bad:

        parameters:
          # escalation: ignore[unused-parameter] -- for the web page, until 2021-12-31
          target: {unit: percent, value: 70, source: assumption}

    Good:

        parameters:
          # escalation: ignore[unused-parameter] -- for the web page, until 2199-12-31
          target: {unit: percent, value: 70, source: assumption}
    """
    for one in suppressions:
        if one.has_expired(today):
            yield one.comment, f"this suppression held until {one.until}"
