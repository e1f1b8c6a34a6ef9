"""The documents that a file cites, and how legal texts cite them."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from escalation.policy.values import Day, Document, Line, Name, Wording

Apart = Literal["expired", "not-yet", "later"]


class Reference(Document):
    """A document that numbers and rules come from."""

    title: Wording = Field(description="What the document is called, with its number.")
    date: Day | None = Field(default=None, description="The day of the document.")
    from_: Day | None = Field(default=None, alias="from", description="The first day on which it is in force.")
    until: Day | None = Field(default=None, description="The last day on which it is in force.")
    url: Line | None = Field(default=None, description="Where it can be read.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")

    @property
    def begins(self) -> Day | None:
        """The first day on which it can be relied on: on which it is in force, or that of the document."""
        return self.from_ or self.date

    def apart(self, on: Day) -> tuple[Apart, Day] | None:
        """Say how it cannot be relied on on a day, and since when or from when on it is so; nothing where it can be.

        It is `expired` since a day, `not-yet` in force until one, or `later` than the day, which is all that is known.
        """
        if self.until is not None and self.until < on:
            return "expired", self.until + timedelta(days=1)
        if self.begins is not None and self.begins > on:
            return ("later" if self.from_ is None else "not-yet"), self.begins
        return None


class Norm(Document):
    """How legal texts cite a document, and where it stands among the others."""

    citation: Wording = Field(
        description="The citation in full, as a legal text prints it; `…` stands for what a person must look up."
    )
    rank: Name | None = Field(
        default=None, description="Its rank, one of the pack's `ranks`; none for what is no legislation."
    )
    year: int | None = Field(default=None, ge=1000, le=2199, description="Its year.")
    number: int | None = Field(default=None, ge=1, description="Its number, which orders those of one year.")


class Origin(Reference):
    """A document that a policy cites, and how legal texts cite it."""

    norm: Norm | None = Field(default=None, description="How drafts cite it.")
