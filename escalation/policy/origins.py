"""The documents that a file cites, and how legal texts cite them."""

from __future__ import annotations

from pydantic import Field

from escalation.policy.values import Day, Document, Line, Name, Wording


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
