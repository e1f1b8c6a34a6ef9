"""The rules: a rule is a generator of routes and messages, and its docstring is its page of the manual."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from escalation.diagnostics import Diagnostic, Severity, in_order
from escalation.policy.defects import Defect, diagnosed

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route

    Finding = tuple[Route, str]
    Check = Callable[[Policy], Iterator[Finding]]

NAME = re.compile(r"[a-z]+(-[a-z]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the checker: its name states the fault and reads well after `ignore`."""

    name: str
    severity: Severity
    help: str
    check: Check

    @property
    def page(self) -> str:
        """The page of the manual: what is wrong, why it matters, a bad and a good example."""
        return inspect.getdoc(self.check) or ""


_RULES: dict[str, Rule] = {}
RULES: Mapping[str, Rule] = MappingProxyType(_RULES)
"""All rules by name, in the order in which they are defined."""


def rule(name: str, *, severity: Severity, help: str = "") -> Callable[[Check], Check]:  # noqa: A002 - the word of the diagnostics
    """Register a generator as a rule; `help` says what to write instead."""
    if name in _RULES or not NAME.fullmatch(name):
        raise ValueError(f"`{name}` cannot name a rule, or names one already")

    def register(check_: Check) -> Check:
        _RULES[name] = Rule(name=name, severity=severity, help=help, check=check_)
        return check_

    return register


def check(policy: Policy) -> tuple[Diagnostic, ...]:
    """Give all that the rules find wrong with a policy, in the order of the file."""
    found: list[Diagnostic] = []
    for one in RULES.values():
        defects = [
            Defect(rule=one.name, route=route, message=message, help=one.help) for route, message in one.check(policy)
        ]
        found += diagnosed(defects, policy.source, severity=one.severity)
    return in_order(found)
