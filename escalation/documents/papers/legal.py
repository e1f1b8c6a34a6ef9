"""What the law of the week's last day says of the legal form put forward, and what a lawyer should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from escalation.documents.papers.contents import FactRow, Subject
from escalation.documents.papers.forms import changes_ahead, form_of, form_repealing, limiting
from escalation.documents.papers.instruments.act import Act, act_of, repeal_of
from escalation.documents.papers.instruments.basis import called_in_short, find, named
from escalation.documents.papers.instruments.words import in_short
from escalation.documents.papers.phrases import SENTENCES
from escalation.documents.papers.tried import untried
from escalation.evaluation.sentences import Speaker
from escalation.instruments import Certainty, Fact, Form, Reach, load_pack, on, unknown
from escalation.instruments.citing import cited
from escalation.instruments.model import Clock, Sanctions, Signatory
from escalation.policy.values import BothLanguages
from escalation.policy.wording import day, phrase

T = TypeVar("T")
BLANK = "……"
NOT_TOLD = {
    "nature": "fact.nature",
    "binds": "fact.binds",
    "signatory": "fact.signatory",
    "sanctions": "fact.sanctions",
    "parent_norm": "fact.parent",
    "numbering": "fact.number",
    "procedure": "fact.procedure",
    "publication": "fact.publication",
    "afterwards": "fact.afterwards",
}
"""What the rows are called of facts that the pack does not know for the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact of the law as a row, and how certain it is; what is not known, or not a fact of the pack, has none."""

    row: FactRow
    certainty: Certainty | None = None


def facts(subject: Subject, speaker: Speaker) -> Iterator[Told]:
    """Give the facts in force on the last day of the week, of the form put forward."""
    form = form_of(speaker.policy, subject.proposed) if subject.proposed is not None else None
    if form is not None:
        yield from _facts(form, act_of(speaker.policy, subject), _Say(speaker, subject.explanation.last_day))


def facts_of_repeal(subject: Subject, speaker: Speaker) -> Iterator[Told]:
    """Give the same of the act that repeals the one in force; nothing where none is needed."""
    form = form_repealing(subject, speaker.policy)
    if form is not None:
        yield from _facts(form, repeal_of(speaker.policy, subject), _Say(speaker, subject.explanation.last_day))


def _facts(form: Form, act: Act | None, say: _Say) -> Iterator[Told]:
    yield from _form(form, say)
    yield from _norms(act, say)
    yield from _way(form, say)
    yield from _lead_time(form, say)
    for key in unknown(form, say.today):
        if (told := NOT_TOLD.get(key[0])) is not None:
            yield say.plain(told, say("not-known"))


def _form(form: Form, say: _Say) -> Iterator[Told]:
    """Give what the form is, whom it binds, who makes it, and what it may threaten."""
    if form.nature.covers(say.today):
        yield say.row("fact.nature", say(f"nature.{form.nature.value}"), form.nature)
    if form.binds.covers(say.today):
        yield say.row("fact.binds", ", ".join(say(one) for one in form.binds.value), form.binds)
    for signed in on(form.signatory, say.today):
        yield say.row("fact.signatory", _signatory(signed.value, say), signed)
    for sanctions in on(form.sanctions, say.today):
        yield say.row("fact.sanctions", _sanctions(sanctions.value, say), sanctions)
    if form.parent_norm is not None and form.parent_norm.covers(say.today):
        yield say.row("fact.parent", say(form.parent_norm.value), form.parent_norm)
    if form.numbering is not None and form.numbering.covers(say.today):
        yield say.row("fact.number", re.sub(r"\{.*?\}", BLANK, form.numbering.value), form.numbering)
    if form.enacted_with is not None and form.enacted_with.covers(say.today):
        body = form.enacted_with.value
        yield say.row("fact.enacted-with", _placed(say.worded(body), say.speaker), form.enacted_with)


def _norms(act: Act | None, say: _Say) -> Iterator[Told]:
    """Give the norms that the draft names, each with its certainty; none where there is no draft."""
    if act is None:
        return
    for name in named(act):
        found, called = find(act, name), called_in_short(act, name)
        if found is None:
            yield say.plain("fact.norm", f"{called}: {say('norm.unknown')}")
        elif found.fact is None:
            yield say.plain("fact.norm", called, certainty="norm.of-policy", source=say.speaker.source(name))
        else:
            yield say.row("fact.norm", called, found.fact)


def _lead_time(form: Form, say: _Say) -> Iterator[Told]:
    """Give the lead time to plan for, known cases, and what the law limits."""
    lead = form.lead_time
    if lead is None:
        return
    if lead.planning.covers(say.today):
        plan = lead.planning.value
        text = say("plan", least=str(plan.least), usual=str(plan.usual), most=str(plan.most), clock=say(plan.clock))
        yield say.row("fact.planning", text, lead.planning)
    for key, cases in (("fact.case", lead.observed), ("fact.limit", lead.limits)):
        for one in on(cases, say.today):
            days = say("case", days=str(one.value.days), clock=say(one.value.clock), case=say.worded(one.value.case))
            yield say.row(key, days, one)


def _placed(text: str, speaker: Speaker) -> str:
    place = speaker.policy.jurisdiction
    return text.replace("{region}", place.name if place is not None else "").strip()


def _way(form: Form, say: _Say) -> Iterator[Told]:
    """Give the steps to the act, or what others do before it where the pack has no steps, and what comes after."""
    steps, approvals = on(form.procedure, say.today), on(form.approvals, say.today)
    for place, step in enumerate(steps, start=1):
        one = step.value
        text = say.deed(one.act, one.by, within=say.within(one.within, one.clock, one.counted_from))
        yield say.row("fact.step", text if one.required == "yes" else f"{text} ({say('optional')})", step,
                      number=str(place))  # fmt: skip
        for limit in limiting(one, approvals):
            text = say.within(limit.value.within, limit.value.clock)
            yield say.row("fact.step-limit", text, limit, number=str(place))
    for approval in approvals if not steps else ():
        asked = approval.value
        text = say.deed(asked.act, asked.body, within=say.within(asked.within, asked.clock))
        yield say.row("fact.approval", text if asked.required == "yes" else f"{text} ({say('optional')})", approval)
    if form.publication is not None and form.publication.covers(say.today):
        yield say.row("fact.publication", say.worded(form.publication.value.venue), form.publication)
    for duty in on(form.afterwards, say.today):
        text = say.deed(duty.value.act, None, within=say.within(duty.value.within, duty.value.clock))
        yield say.row("fact.afterwards", text, duty)


def risks(subject: Subject, speaker: Speaker, told: Sequence[Told], told_of_repeal: Sequence[Told]) -> Iterator[str]:
    """Say what a lawyer should look at before the act is put forward, of the facts told on it and on the repeal."""
    proposed, policy, say = subject.proposed, speaker.policy, _Say(speaker, subject.explanation.last_day)
    if proposed is None:
        yield say("none")
        return
    explanation = subject.explanation
    moves = [one for one in explanation.moves if one.to == proposed]
    if proposed == explanation.stage:
        yield say("risk.in-force", to=speaker.stage(proposed))
    elif not moves:
        yield say("risk.unlawful", stage=speaker.stage(explanation.stage), to=speaker.stage(proposed))
    if skipped := untried(subject, speaker):
        yield say("risk.milder", stages=", ".join(map(speaker.stage, skipped)))
    yield from _repealing(subject, told_of_repeal, say)
    form = form_of(policy, proposed)
    if form is None:
        yield say("risk.no-form", to=speaker.stage(proposed))
        return
    title = form.title.in_language(speaker.language)
    if form.is_soft:
        yield say("risk.soft", form=title)
    norms = policy.stage(proposed).parent_norm
    if norms is not None:
        yield say("risk.parent", form=title, norms="; ".join(map(speaker.source, norms)))
    elif form.needs_parent_norm:
        yield say("risk.no-parent", form=title)
    sanctions = form.sanctions_on(explanation.last_day)
    bites = sanctions is not None and sanctions.reach.rank >= Reach.ADMINISTRATIVE.rank
    judged = any(guard.kind == "judgement" for move in moves for guard in move.guards)
    if bites and policy.ranks[proposed] > policy.ranks[explanation.stage] and not judged:
        yield say("risk.supply" if moves else "risk.supply.no-move")
    yield from _uncertain(form, subject, told, say)


def _repealing(subject: Subject, told: Sequence[Told], say: _Say) -> Iterator[str]:
    """Say that the act in force needs an act of its own that repeals it, what that takes, and what is not certain."""
    form = form_repealing(subject, say.speaker.policy)
    if form is None:
        return
    title = say.worded(form.title)
    yield say("risk.repeal", form=title)
    asked = [
        f"{say.worded(one.value.act)} ({say.worded(one.value.body)})"
        for one in on(form.approvals, say.today)
        if one.value.required == "yes" and one.certainty is not Certainty.UNCONFIRMED
    ]
    if asked:
        yield say("risk.repeal.asks", form=title, acts="; ".join(asked))
    yield from _uncertain(form, subject, told, say)


def _uncertain(form: Form, subject: Subject, told: Sequence[Told], say: _Say) -> Iterator[str]:
    """Say on which days the law on a form changes, and which facts on it are unconfirmed."""
    title = say.worded(form.title)
    if days := changes_ahead(form, subject, say.speaker.policy):
        yield say("risk.changes", form=title, days="; ".join(day(one, say.speaker.language) for one in days))
    rows = [one.row for one in told if one.certainty is Certainty.UNCONFIRMED]
    if rows:
        yield say("risk.unconfirmed", count=str(len(rows)), form=title)
    yield from (say("risk.unconfirmed.fact", fact=row.fact, value=row.value, source=row.source) for row in rows)


def _signatory(found: Signatory, say: _Say) -> str:
    office = say.worded(found.office)
    return office if found.capacity is None else say("signatory", office=office, capacity=say.worded(found.capacity))


def _sanctions(found: Sanctions, say: _Say) -> str:
    parts = [say(f"reach.{found.reach.value}")]
    if found.jail_months:
        parts.append(say("sanction.months", months=str(found.jail_months)))
    if found.fine_category is not None:
        parts.append(say("sanction.category", category=found.fine_category))
    if found.fine is not None:
        parts.append(say("sanction.fine", amount=in_short(found.fine, say.speaker.language)))
    return ", ".join(parts)


class _Say:
    """Says phrases of papers in the language of a speaker, and rows of facts by the law of a day."""

    def __init__(self, speaker: Speaker, today: date) -> None:
        self.speaker, self.today = speaker, today

    def __call__(self, key: str, **filled: str) -> str:
        return phrase(SENTENCES, key, self.speaker.language, **filled)

    def worded(self, wording: BothLanguages) -> str:
        return wording.in_language(self.speaker.language)

    def deed(self, act: BothLanguages, by: BothLanguages | None, *, within: str) -> str:
        text = self.worded(act) if by is None else f"{self.worded(by)}: {self.worded(act)}"
        return f"{text}, {within}" if within else text

    def within(self, days: int | None, clock: Clock | None, start: BothLanguages | None = None) -> str:
        if days is None:
            return ""
        counted = self(clock or "days")
        if start is None:
            return self("within", days=str(days), clock=counted)
        return self("within.from", days=str(days), clock=counted, start=self.worded(start))

    def row(self, key: str, value: str, fact: Fact[T], **filled: str) -> Told:
        pack, language = load_pack(str(self.speaker.policy.instruments)), self.speaker.language
        source = "; ".join(cited(pack, fact, self.today, language, assumed=self("assumed")))
        row = FactRow(fact=self(key, **filled), value=value, certainty=self(fact.certainty.value), source=source)
        return Told(row=row, certainty=fact.certainty)

    def plain(self, key: str, value: str, *, certainty: str = "no-certainty", source: str = "") -> Told:
        return Told(row=FactRow(fact=self(key), value=value, certainty=self(certainty), source=source))
