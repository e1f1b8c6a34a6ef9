"""What a change says, in English and Indonesian: what it is about, how it was before, how it is after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escalation.comparison import catalogue
from escalation.comparison.changes import Action, Change, Facet, Verbatim
from escalation.evaluation.catalogue import sentence as evaluation_sentence
from escalation.policy.conditions import Operator
from escalation.policy.model import Policy
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import day, metric_title, quantity, stage_title, title, trigger_title, weeks

WEEKS = frozenset({"after", "for", "max_age"})
"""Aspects that are counts of weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Tells the changes between two policies in one language."""

    old: Policy
    new: Policy
    language: Language

    def say(self, key: str, **filled: str) -> str:
        """Give the sentence of a key."""
        return catalogue.sentence(key, self.language, **filled)

    def what(self, change: Change) -> str:
        """Name what changed: the element with its title, and the aspect."""
        element = catalogue.section(change.section, self.language)
        if change.action is Action.RENAMED and change.old is not None:
            return self.say("renamed", element=element, old=str(change.old.value), new=change.name)
        if change.name:
            called = self._called(change)
            element += f" `{change.name}`" + (f" ({called})" if called not in ("", change.name) else "")
        if not change.aspect:
            return f"{element} {self.say(change.action)}"
        words = catalogue.aspect(change.aspect, self.language).format(subject=self._subject(change))
        words += f" {change.subject}" if change.aspect in ("bands", "draft") and change.subject else ""
        return f"{element}: {words}" + ("" if change.action is Action.CHANGED else f" {self.say(change.action)}")

    def before(self, change: Change) -> str:
        """Tell how it was; the empty text for what is new."""
        return self._side(change, change.old, self.old)

    def after(self, change: Change) -> str:
        """Tell how it is; the empty text for what is gone."""
        said = self._side(change, change.new, self.new)
        old, new = (side.value if side is not None else None for side in (change.old, change.new))
        if change.aspect in WEEKS and isinstance(old, int) and isinstance(new, int):
            return f"{said} ({self.say('longer' if new > old else 'shorter')})"
        return said

    def where(self, change: Change) -> str:
        """Give the place in both files, or in the one that has it."""
        return " -> ".join(str(side.place) for side in (change.old, change.new) if side is not None)

    def _called(self, change: Change) -> str:
        policy = self.new if change.new is not None else self.old
        match change.section:
            case "parameters":
                return title(policy.parameters[change.name].title, "", self.language)
            case "metrics":
                return metric_title(policy, change.name, self.language)
            case "triggers":
                return trigger_title(policy, change.name, self.language)
            case "stages":
                return stage_title(policy, change.name, self.language)
            case "moves":
                move = next(one for one in policy.moves if one.name == change.name)
                return title(move.title, "", self.language)
            case _:
                return ""

    def _subject(self, change: Change) -> str:
        return metric_title(self.new, change.subject, self.language)

    def _side(self, change: Change, side: Facet | None, policy: Policy) -> str:
        if side is None or change.action is Action.RENAMED:
            return ""
        if side.value is None:
            if change.action in (Action.ADDED, Action.REMOVED):
                return ""
            return self.say("always" if change.aspect == "max_age" else "none")
        return " ".join(self.value(change, side, policy).split())

    def value(self, change: Change, side: Facet, policy: Policy) -> str:
        """Print one value."""
        match side.value:
            case Verbatim(text=text):
                return text
            case BothLanguages() as wording:
                return wording.in_language(self.language)
            case Operator() as operator:
                return evaluation_sentence(f"operator.{operator}", self.language)
            case tuple() as several:
                return self._several(change, several, side.unit)
            case float() as number:
                return quantity(number, side.unit, self.language)
            case date() as when:
                return day(when, self.language)
            case int() as count if change.aspect in WEEKS:
                return weeks(count, self.language)
            case str() as name if change.aspect == "when.threshold":
                return self._parameter(name, side, policy)
            case other:
                return str(other)

    def _several(self, change: Change, several: tuple[object, ...], unit: str | None) -> str:
        match several:
            case (date() as when, float() as number):
                said = quantity(number, unit, self.language)
                return self.say("from-day", value=said, day=day(when, self.language))
            case (low, high) if change.aspect == "range":
                return self._range((low, high), unit)
            case _:
                return ", ".join(map(str, several))

    def _range(self, ends: tuple[object, ...], unit: str | None) -> str:
        low, high = (quantity(end, unit, self.language) if isinstance(end, float) else "" for end in ends)
        key = "both" if low and high else "low" if low else "high" if high else "none"
        return self.say(f"range.{key}", low=low, high=high)

    def _parameter(self, name: str, side: Facet, policy: Policy) -> str:
        parameter = policy.parameters[name]
        if parameter.value is None:
            return name
        return self.say("stands-for", name=name, value=quantity(parameter.value, side.unit, self.language))
