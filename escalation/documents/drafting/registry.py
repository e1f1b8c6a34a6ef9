"""The rules on drafts: a rule is a generator of places, and its docstring is its page of the manual."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from escalation.checks.registry import NAME
from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Instrument
from escalation.documents.drafting.passage import Position
from escalation.policy.values import Language

Finding = tuple[Position, Mapping[str, object]]
"""Where a draft does wrong, and what is filled into the message."""

Check = Callable[..., Iterator[Finding]]
"""A generator of findings on a draft; `on`, the day of the law, is given to those that have such a parameter."""

Words = tuple[str, str]
"""A sentence in English and in Indonesian."""

AMENDED = date(2022, 6, 16)
"""The day on which UU 13/2022, which amended Lampiran II, was enacted and promulgated."""

ALL = frozenset(Instrument)
LEGISLATION = frozenset(one for one in Instrument if one.is_legislation)
SOFT = frozenset(one for one in Instrument if one.is_soft)
BYLAW_ONLY = frozenset({Instrument.BYLAW})


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRule:
    """A rule on drafts: its name states the fault.

    `number` is that in Lampiran II of UU 12/2011, or the provision on which the rule rests; `of` are the instruments on
    which it is tried; with none it is tried on drafts whose title names no instrument that is known. Where `since` is
    given, the rule is not tried under the law of an earlier day. One `of_whole_acts` looks at how the articles of an
    act stand together, which those of an act that amends another do not: it is not tried on these.
    """

    name: str
    severity: Severity
    number: str
    says: Words
    help: Words
    of: frozenset[Instrument | None]
    check: Check
    since: date | None = None
    of_whole_acts: bool = False

    @property
    def page(self) -> str:
        """The page of the manual: what is wrong, why it matters, a bad and a good example."""
        return inspect.getdoc(self.check) or ""

    @property
    def family(self) -> str:
        """The module in which the rule stands."""
        return self.check.__module__

    @property
    def asks_for_day(self) -> bool:
        """Whether the generator wants to know of which day the law is."""
        return "on" in inspect.signature(self.check).parameters

    def is_tried(self, instrument: Instrument | None, day: date, *, amends: bool) -> bool:
        """Say whether the rule is tried on drafts of an instrument, amending or not, under the law of a day."""
        is_due = self.since is None or day >= self.since
        return instrument in self.of and is_due and not (amends and self.of_whole_acts)

    def message(self, language: Language, filled: Mapping[str, object]) -> str:
        """Say what was found."""
        return _in(self.says, language).format(**filled)

    def remedy(self, language: Language) -> str:
        """Say what to write instead."""
        return _in(self.help, language)


def _in(words: Words, language: Language) -> str:
    return words[1] if language is Language.INDONESIAN else words[0]


_RULES: dict[str, DraftRule] = {}
RULES: Mapping[str, DraftRule] = MappingProxyType(_RULES)
"""All rules on drafts by name, in the order in which they are defined."""


def rule(
    name: str,
    *,
    severity: Severity,
    number: str,
    says: Words,
    help: Words,  # noqa: A002 - the word of the diagnostics
    of: frozenset[Instrument] | frozenset[None] = LEGISLATION,
    since: date | None = None,
    of_whole_acts: bool = False,
) -> Callable[[Check], Check]:
    """Register a generator as a rule; `says` is its message and `help` the remedy, in both languages."""
    if name in _RULES or not NAME.fullmatch(name):
        raise ValueError(f"`{name}` cannot name a rule, or names one already")

    def register(check: Check) -> Check:
        _RULES[name] = DraftRule(
            name=name,
            severity=severity,
            number=number,
            says=says,
            help=help,
            of_whole_acts=of_whole_acts,
            of=frozenset(of),
            check=check,
            since=since,
        )
        return check

    return register
