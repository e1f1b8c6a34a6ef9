"""What the draft of a stage's legal form says: subject, grounds, measures, sanctions, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from escalation.policy.values import BothLanguages, Currency, Document, Language, Name, Names, Wording

if TYPE_CHECKING:
    from escalation.policy.source import Route


class Clause(Document):
    """A text of a draft, with lettered points where it lists something."""

    text: Wording = Field(description="The text; it ends with a colon where points follow, else without a full stop.")
    points: tuple[Wording, ...] | None = Field(default=None, min_length=1, description="The lettered points.")
    joined: Literal["and", "or", "and/or"] = Field(
        default="and", description="The word before the last point: `and`, `or` or `and/or`."
    )
    elucidation: Wording | None = Field(
        default=None, description="What the elucidation of a law or by-law says of it; self-explanatory without."
    )
    source: Names | None = Field(
        default=None, description="Where the text comes from, or `assumption`; that of the draft without it."
    )


class Measure(Clause):
    """A numbered measure: a point of a circular, an order of an instruction, an article of a regulation."""

    name: Name | None = Field(default=None, description="The name by which `breach_of` refers to it.")


class Grounds(Document):
    """The reasons for the act: of law-making in Indonesia three, in this order."""

    philosophical: Clause | None = Field(default=None, description="Which values it serves.")
    sociological: Clause | None = Field(default=None, description="Which need of the people it answers.")
    juridical: Clause | None = Field(default=None, description="Which gap in the law it closes, and what it rests on.")


class Definition(Document):
    """A term, and what it means in the act."""

    term: Wording = Field(description="The term.")
    meaning: Wording = Field(description="What it means.")


class Administrative(Document):
    """Administrative sanctions, the mildest first."""

    breach_of: Names = Field(description="The measures whose breach they answer, by name.")
    steps: tuple[Wording, ...] = Field(min_length=1, description="The sanctions, the mildest first.")
    source: Names | None = Field(default=None, description="Where they come from, or `assumption`.")


class Money(Document):
    """An amount of money, in whole units of a currency."""

    amount: int = Field(ge=1, description="How much, in whole units of the currency.")
    currency: Currency = Field(description="The currency by its code of ISO 4217, such as `IDR` or `EUR`.")

    def is_above(self, other: Money) -> bool:
        """Say whether it is more than another amount, or in another currency, which cannot be compared."""
        return self.currency != other.currency or self.amount > other.amount


class Penalty(Document):
    """A criminal penalty; only what the form may carry on the date of the draft is printed."""

    breach_of: Names = Field(description="The measures whose breach it answers, by name.")
    fine: Money = Field(description="The highest fine.")
    source: Names | None = Field(default=None, description="Where it comes from, or `assumption`.")


class Threats(Document):
    """What follows a breach."""

    administrative: Administrative | None = Field(default=None, description="Administrative sanctions.")
    penalty: Penalty | None = Field(default=None, description="A criminal penalty.")


class Draft(Document):
    """What the draft of the stage's legal form says; number, date and signature are never in it."""

    source: Names = Field(description="Where its texts come from, or `assumption`: the wording of whoever wrote it.")
    subject: Wording = Field(description="What the act is about, as its title says after `about`.")
    purpose: Wording | None = Field(default=None, description="What it is for.")
    office: Wording | None = Field(
        default=None, description="The office and capacity that signs, where it is another than that of the form."
    )
    grounds: Grounds | None = Field(default=None, description="Why it is made.")
    follows_up: Names | None = Field(default=None, description="The sources that it follows up.")
    legal_basis: Names | None = Field(
        default=None, description="The norms that it rests on: sources with a `norm`, or norms of the pack."
    )
    addressees: tuple[Wording, ...] | None = Field(default=None, min_length=1, description="To whom it is addressed.")
    definitions: tuple[Definition, ...] | None = Field(default=None, min_length=1, description="Terms it defines.")
    measures: tuple[Measure, ...] = Field(min_length=1, description="What it asks for, orders or lays down.")
    exemptions: tuple[Clause, ...] | None = Field(default=None, min_length=1, description="To whom it does not apply.")
    alternative_channel: tuple[Clause, ...] | None = Field(
        default=None, min_length=1, description="How those are served who cannot comply, or do not yet."
    )
    sanctions: Threats | None = Field(default=None, description="What follows a breach, where the form may carry it.")
    duration: Clause | None = Field(default=None, description="How long it holds.")
    review: Clause | None = Field(default=None, description="When and by whom it is looked at again.")
    elucidation: Wording | None = Field(default=None, description="The general part of the elucidation.")
    copies: tuple[Wording, ...] | None = Field(default=None, min_length=1, description="Who receives a copy.")

    def named(self) -> tuple[str, ...]:
        """Name the measures that have a name."""
        return tuple(one.name for one in self.measures if one.name is not None)

    def breaches(self) -> Iterator[tuple[Route, tuple[str, ...]]]:
        """Give the measures that sanctions refer to, with the route from the draft."""
        for key in ("administrative", "penalty"):
            found = getattr(self.sanctions, key, None)
            if found is not None:
                yield ("sanctions", key, "breach_of"), found.breach_of

    def citations(self) -> Iterator[tuple[Route, tuple[str, ...]]]:
        """Give the sources cited, with the route from the draft; norms of `legal_basis` may stand in a pack."""
        for route, part in self._parts((), self):
            if isinstance(part, Document) and (cited := getattr(part, "source", None)):
                yield (*route, "source"), cited
        if self.follows_up:
            yield ("follows_up",), self.follows_up

    def sourced(self) -> Iterator[tuple[BothLanguages, tuple[str, ...]]]:
        """Give the texts that have a source of their own, with it."""
        for _, part in self._parts((), self):
            if isinstance(part, Clause) and part.source:
                yield part.text, part.source
            elif isinstance(part, Administrative) and part.source:
                yield _joined(part.steps), part.source

    def texts(self) -> Iterator[tuple[Route, BothLanguages]]:
        """Give every text, with the route from the draft."""
        for route, part in self._parts((), self):
            if isinstance(part, BothLanguages):
                yield route, part

    def _parts(self, route: Route, part: object) -> Iterator[tuple[Route, object]]:
        """Give a part, and all documents, texts among them, and tuples in it."""
        yield route, part
        if isinstance(part, BothLanguages):
            return
        inner: Iterable[tuple[str | int, object]] = enumerate(part) if isinstance(part, tuple) else ()
        if isinstance(part, Document):
            inner = ((key, getattr(part, key)) for key in type(part).model_fields)
        for key, one in inner:
            if isinstance(one, Document | tuple):
                yield from self._parts((*route, key), one)


def _joined(texts: tuple[BothLanguages, ...]) -> BothLanguages:
    """Give texts as one, parted by semicolons."""
    english, indonesian = (
        "; ".join(one.in_language(language) for one in texts) for language in (Language.ENGLISH, Language.INDONESIAN)
    )
    return BothLanguages(en=english, id=indonesian)
