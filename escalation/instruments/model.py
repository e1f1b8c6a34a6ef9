"""A pack of legal forms as a value: what each form is, whom it binds, who signs it, what it may threaten, since when.

Every legal fact has a source and a certainty, and where the law changed, the days from and until which it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Generic, Literal, TypeVar

from pydantic import Field, field_validator

from escalation.policy.draft import Money
from escalation.policy.model import Validity
from escalation.policy.origins import Norm, Reference
from escalation.policy.values import Document, Language, Line, Name, Names, Wording, YesNo

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Certainty(StrEnum):
    """How well a fact is known."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    UNCONFIRMED = "unconfirmed"


class FormKind(StrEnum):
    """What sort of act a form is, in any legal order, from the softest to the hardest."""

    ADVISORY = "advisory"
    INTERNAL_DIRECTION = "internal_direction"
    EXECUTIVE_ORDER = "executive_order"
    EXECUTIVE_REGULATION = "executive_regulation"
    PRIMARY_OR_BYLAW = "primary_or_bylaw"

    @property
    def rank(self) -> int:
        """How hard the form is, 0 for the softest."""
        return list(FormKind).index(self)


class Reach(StrEnum):
    """The hardest sanction that a form may carry, from none on."""

    NONE = "none"
    STAFF_DISCIPLINE = "staff_discipline"
    ADMINISTRATIVE = "administrative"
    FINE = "fine"
    IMPRISONMENT = "imprisonment"

    @property
    def rank(self) -> int:
        """How hard the sanction is, 0 for none."""
        return list(Reach).index(self)


Clock = Literal["working", "calendar"]


class Fact(Validity, Generic[T_co]):
    """One legal fact: what is so, who says it, how certain that is, and when it holds."""

    value: T_co = Field(description="What is so.")
    source: Names = Field(description="The sources of the pack that say it, or `assumption`.")
    certainty: Certainty = Field(
        strict=False, description="`confirmed` (the text of the law was read), `reported` or `unconfirmed`."
    )
    note: Wording | None = Field(default=None, description="A remark for readers.")


def listed(raw: object) -> object:
    """Take one fact for a list of one."""
    return (raw,) if isinstance(raw, dict) else raw


class Signatory(Document):
    """Who signs."""

    office: Wording = Field(description="The office.")
    capacity: Wording | None = Field(
        default=None, description="The capacity in which the holder of the office signs, where it has another name."
    )
    printed: Line | None = Field(
        default=None, description="The office as an act prints it, with `{region}` or `{short}`."
    )


class Approval(Document):
    """What another body does before the act is made."""

    body: Wording = Field(description="Who acts.")
    act: Wording = Field(description="What is done.")
    step: Name | None = Field(default=None, description="The step of the procedure that it is, or belongs to.")
    required: YesNo = Field(default="yes", description="Whether the act may not be made without it.")
    within: int | None = Field(default=None, ge=1, description="The days in which it must be done.")
    clock: Clock | None = Field(default=None, description="Whether `within` counts working or calendar days.")


class Step(Document):
    """One step on the way to the act, in the order in which they are taken."""

    name: Name | None = Field(default=None, description="A name for the step, where another fact points to it.")
    act: Wording = Field(description="What is done.")
    by: Wording | None = Field(default=None, description="Who does it.")
    required: YesNo = Field(default="yes", description="Whether the act may not be made without it.")
    within: int | None = Field(default=None, ge=1, description="The days in which it must be done.")
    clock: Clock | None = Field(default=None, description="Whether `within` counts working or calendar days.")
    counted_from: Wording | None = Field(default=None, description="From what on `within` is counted.")
    after: Name | None = Field(default=None, description="The step at which that is; the one before, without it.")


class Duty(Document):
    """What must be done once the act is made."""

    act: Wording = Field(description="What must be done.")
    within: int | None = Field(default=None, ge=1, description="The days in which it must be done.")
    clock: Clock | None = Field(default=None, description="Whether `within` counts working or calendar days.")
    counted_from: Wording | None = Field(default=None, description="From what on `within` is counted.")
    after: Name | None = Field(default=None, description="The step at which that is; the last one, without it.")


class Days(Document):
    """How long one act took, or may take."""

    days: int = Field(ge=0, description="The days.")
    clock: Clock = Field(description="Whether working or calendar days are counted.")
    case: Wording = Field(description="The case, and from what to what the days are counted.")


class Planning(Document):
    """How long to plan for."""

    least: int = Field(ge=0, description="Days at least.")
    usual: int = Field(ge=0, description="Days as a rule.")
    most: int = Field(ge=0, description="Days at most.")
    clock: Clock = Field(description="Whether working or calendar days are counted.")


class LeadTime(Document):
    """How long it takes from the recommendation until the act is in force."""

    planning: Fact[Planning] = Field(description="How long to plan for.")
    observed: tuple[Fact[Days], ...] = Field(default=(), description="How long known cases took.")
    limits: tuple[Fact[Days], ...] = Field(default=(), description="How long the law gives.")

    _listed = field_validator("observed", "limits", mode="before")(listed)


class Sanctions(Document):
    """What the form may threaten the public with."""

    reach: Reach = Field(strict=False, description="The hardest sanction.")
    fine: Money | None = Field(default=None, description="The highest fine: `amount` and `currency`.")
    fine_category: Line | None = Field(default=None, description="The highest category of fines.")
    jail_months: int | None = Field(default=None, ge=0, description="The longest imprisonment, in months.")
    categories: dict[Name, int] | None = Field(
        default=None,
        description="The categories in which fines are counted, with their amounts in the currency of `fine`.",
    )

    def category(self, fine: Money) -> str | None:
        """Give the lowest category that holds a fine; none where fines are not counted in categories."""
        return next((name for name in self.categories or {} if not fine.is_above(self.most(name))), None)

    def most(self, category: str) -> Money:
        """Give the highest fine of a category."""
        if self.fine is None or self.categories is None:
            raise KeyError(category)
        return self.fine.model_copy(update={"amount": self.categories[category]})

    def carries(self, fine: Money) -> bool:
        """Say whether a fine is within the highest one; it is where the pack knows none."""
        return self.fine is None or not fine.is_above(self.fine)


class Basis(Document):
    """The norms that every act of a form rests on."""

    norms: Names = Field(
        description="Norms of the pack, in order; `founding_law` is that of the policy's jurisdiction."
    )
    first: YesNo = Field(default="no", description="Whether they stand before all others, in this order.")


class Repeal(Document):
    """The end of a norm."""

    by: Wording = Field(description="What repealed it.")


class Publication(Document):
    """Where the act is published."""

    venue: Wording = Field(description="Where.")
    by: Line | None = Field(default=None, description="By whom.")
    printed: Line | None = Field(default=None, description="The venue as an act prints it.")
    by_printed: Line | None = Field(default=None, description="By whom, as an act prints it.")
    in_force: Wording | None = Field(default=None, description="When the act takes effect, where it says nothing else.")


class Form(Document):
    """A legal form."""

    title: Wording = Field(description="What the form is called.")
    kind: FormKind = Field(strict=False, description="What sort of act it is, in any legal order.")
    nature: Fact[Literal["policy_rule", "internal_command", "decision", "legislation"]] = Field(
        description="What it is in law."
    )
    binds: Fact[tuple[Literal["officials", "public", "business"], ...]] = Field(description="Whom it binds.")
    signatory: tuple[Fact[Signatory], ...] = Field(default=(), description="Who signs it.")
    approvals: tuple[Fact[Approval], ...] = Field(default=(), description="What others do before it is made.")
    lead_time: LeadTime | None = Field(default=None, description="How long it takes.")
    sanctions: tuple[Fact[Sanctions], ...] = Field(min_length=1, description="What it may threaten.")
    parent_norm: Fact[YesNo] | None = Field(default=None, description="Whether a higher norm must be named for it.")
    act: Wording | None = Field(
        default=None, description="What such an act is called in its title, with `{region}` or `{short}`."
    )
    short: Line | None = Field(default=None, description="How catalogues of law abbreviate it.")
    rank: Name | None = Field(default=None, description="Its rank, one of `ranks`; none for what is no legislation.")
    basis: Fact[Basis] | None = Field(default=None, description="The norms that each such act names.")
    enacted_with: Fact[Wording] | None = Field(default=None, description="The body that makes it with the signatory.")
    publication: Fact[Publication] | None = Field(default=None, description="Where it is published.")
    numbering: Fact[Line] | None = Field(default=None, description="How its number is written; people give it.")
    procedure: tuple[Fact[Step], ...] = Field(default=(), description="The steps to it, in order.")
    afterwards: tuple[Fact[Duty], ...] = Field(default=(), description="What must be done once it is made.")

    _listed = field_validator("signatory", "approvals", "sanctions", "procedure", "afterwards", mode="before")(listed)

    @property
    def is_soft(self) -> bool:
        """Whether it leaves the public free: it binds officials at most."""
        return "public" not in self.binds.value

    @property
    def needs_parent_norm(self) -> bool:
        """Whether a higher norm must be named for it."""
        return self.parent_norm is not None and self.parent_norm.value == "yes"

    def sanctions_on(self, day: date) -> Sanctions | None:
        """Give what the form may threaten on a day; none where the pack does not know."""
        return next((fact.value for fact in on(self.sanctions, day)), None)

    @property
    def farthest(self) -> Reach:
        """The hardest sanction that it could carry at any time."""
        return max((fact.value.reach for fact in self.sanctions), key=lambda reach: reach.rank)

    def approvals_on(self, day: date) -> tuple[Approval, ...]:
        """Give what others do before an act that is made on a day."""
        return tuple(fact.value for fact in on(self.approvals, day))


class LegalPaper(Document):
    """The paper that legislation is written on: in millimetres, and points."""

    width: int = Field(ge=100, le=500, description="Its width in millimetres.")
    height: int = Field(ge=100, le=500, description="Its height in millimetres.")
    margin: int = Field(ge=5, le=50, description="The margins in millimetres.")
    first_line: int | None = Field(
        default=None, ge=5, le=200, description="From the edge of the first page to its first line, in millimetres."
    )
    font: Literal["Bookman Old Style", "Arial"] = Field(description="The letters.")
    points: int = Field(ge=8, le=16, description="Their size in points.")


class Pack(Document):
    """The legal forms of one legal order, by name."""

    pack: Literal[1] = Field(description="The version of the language of packs.")
    name: Name = Field(description="The name that a policy gives under `instruments`.")
    title: Wording = Field(description="What the pack is called.")
    note: Wording | None = Field(default=None, description="A remark for readers.")
    language: Language = Field(
        default=Language.ENGLISH, strict=False, description="The language of the acts: `en` or `id`."
    )
    paper: Fact[LegalPaper] | None = Field(
        default=None, description="The paper of legislation; without it A4 with margins of 2.5 cm, as other papers."
    )
    ranks: tuple[Name, ...] = Field(default=(), description="The ranks of legislation, the highest first.")
    norms: dict[Name, tuple[Fact[Norm], ...]] = Field(
        default_factory=dict, description="How legislation is cited, by name; dated where amendments changed it."
    )
    repeals: dict[Name, Fact[Repeal]] = Field(
        default_factory=dict,
        description="Which of the norms was repealed, by name; `from` is the first day without it.",
    )
    sources: dict[Name, Reference] = Field(default_factory=dict, description="What the facts are taken from, by name.")
    forms: dict[Name, Form] = Field(min_length=1, description="The forms, by name.")

    @field_validator("norms", mode="before")
    @classmethod
    def _listed(cls, raw: object) -> object:
        return {name: listed(one) for name, one in raw.items()} if isinstance(raw, dict) else raw

    def norm_on(self, name: str, day: date) -> Fact[Norm] | None:
        """Give how a norm is cited on a day; none where it is not in force then, or not known."""
        return next(iter(on(self.norms.get(name, ()), day)), None)

    @cached_property
    def unconfirmed(self) -> int:
        """The number of facts that are not confirmed and not reported either."""
        return sum(fact.certainty is Certainty.UNCONFIRMED for _, fact in self.facts())

    def facts(self) -> Iterator[tuple[tuple[str | int, ...], Fact[object]]]:
        """Give every fact of the pack, with its route."""
        for name, form in self.forms.items():
            for inner, fact in located_facts(form):
                yield ("forms", name, *inner), fact
        for name, facts in self.norms.items():
            for index, norm in enumerate(facts):
                yield ("norms", name, index), norm
        for name, repeal in self.repeals.items():
            yield ("repeals", name), repeal
        if self.paper is not None:
            yield ("paper",), self.paper


def on(facts: Iterable[Fact[T]], day: date) -> tuple[Fact[T], ...]:
    """Give the facts that hold on a day: the law on a date."""
    return tuple(fact for fact in facts if fact.covers(day))


def law(form: Form, day: date) -> tuple[tuple[tuple[str | int, ...], Fact[object]], ...]:
    """Give all facts of a form that hold on a day, each with its route inside the form."""
    return tuple((route, fact) for route, fact in located_facts(form) if fact.covers(day))


def unknown(form: Form, day: date) -> tuple[tuple[str, ...], ...]:
    """Name what a form has facts of, none of which holds on a day: the pack does not know how it was then.

    >>> from escalation.instruments import load_pack
    >>> unknown(load_pack("indonesia-city").forms["perwal"], date(2022, 6, 15))
    (('numbering',),)
    """
    held: dict[tuple[str, ...], bool] = {}
    for route, fact in located_facts(form):
        key = tuple(part for part in route if isinstance(part, str))
        held[key] = held.get(key, False) or fact.covers(day)
    return tuple(key for key, is_known in held.items() if not is_known)


def changes(form: Form, *, after: date, until: date) -> tuple[date, ...]:
    """Give the days after one and up to another on which the law on a form is no longer what it was."""
    begins = {fact.from_ for fact in facts_of(form) if fact.from_ is not None}
    ends = {fact.until + timedelta(days=1) for fact in facts_of(form) if fact.until is not None}
    return tuple(sorted(day for day in begins | ends if after < day <= until))


def facts_of(form: Form) -> tuple[Fact[object], ...]:
    """Give all facts that a form holds."""
    return tuple(fact for _, fact in located_facts(form))


def located_facts(form: Form) -> Iterable[tuple[tuple[str | int, ...], Fact[object]]]:
    """Give all facts that a form holds, each with its route inside the form."""
    for key in type(form).model_fields:
        held = getattr(form, key)
        parts = (
            {(key,): held}
            if not isinstance(held, LeadTime)
            else {(key, inner): getattr(held, inner) for inner in type(held).model_fields}
        )
        for route, part in parts.items():
            if isinstance(part, Fact):
                yield route, part
            elif isinstance(part, tuple):
                yield from (((*route, index), fact) for index, fact in enumerate(part) if isinstance(fact, Fact))
