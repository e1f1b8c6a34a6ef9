"""The rules: a rule is a generator of routes and messages, and its docstring is its page of the manual."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from escalation.diagnostics import Severity
from escalation.policy.comments import Comment
from escalation.policy.source import Route

NAME = re.compile(r"[a-z]+(-[a-z]+)+")

Finding = tuple[Route | Comment, str] | tuple[Route | Comment, str, Sequence[tuple[Route, str]]]
"""Where something is wrong and what; and the routes of what it conflicts with, with a word on each."""

Check = Callable[..., Iterator[Finding]]
"""A generator of findings on a policy; `today` and `suppressions` are given to those that have such a parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the checker: its name states the fault and reads well after `ignore`.

    A rule `on_request` is tried only where it is selected by name. With `on_key`
    its findings are placed on the key of what is wrong, not on the value. One `of_pairs` is answered by a suppression
    on any of the lines that its findings name.
    """

    name: str
    severity: Severity
    help: str
    check: Check
    on_key: bool = False
    on_request: bool = False
    of_pairs: bool = False

    @property
    def page(self) -> str:
        """The page of the manual: what is wrong, why it matters, a bad and a good example."""
        return inspect.getdoc(self.check) or ""

    @property
    def family(self) -> str:
        """The module in which the rule stands."""
        return self.check.__module__

    @property
    def asks_for(self) -> frozenset[str]:
        """What the generator wants to know beside the policy."""
        return frozenset(inspect.signature(self.check).parameters) & {"today", "suppressions"}


_RULES: dict[str, Rule] = {}
RULES: Mapping[str, Rule] = MappingProxyType(_RULES)
"""All rules by name, in the order in which they are defined."""


def rule(
    name: str,
    *,
    severity: Severity,
    help: str = "",  # noqa: A002 - the word of the diagnostics
    on_key: bool = False,
    on_request: bool = False,
    of_pairs: bool = False,
) -> Callable[[Check], Check]:
    """Register a generator as a rule; `help` says what to write instead."""
    if name in _RULES or not NAME.fullmatch(name):
        raise ValueError(f"`{name}` cannot name a rule, or names one already")

    def register(check_: Check) -> Check:
        flags = {"on_key": on_key, "on_request": on_request, "of_pairs": of_pairs}
        _RULES[name] = Rule(name=name, severity=severity, help=help, check=check_, **flags)
        return check_

    return register
