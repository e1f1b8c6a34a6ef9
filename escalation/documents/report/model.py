"""What a report is made of, and what every report must say of where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict, Unpack

from escalation import __version__
from escalation.documents.charts.frame import Drawing
from escalation.documents.report.phrases import phrase
from escalation.observations import Observations
from escalation.policy import wording
from escalation.policy.model import Policy
from escalation.policy.values import Language

SHORT = 12
"""Of a digest in the lines below pictures; the report has all of it."""
Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of texts under a title; columns whose names stand in `numbers` are aligned to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture under its title, with a caption of its own; what it rests on is added to it.

    `source` says what it rests on where that is not what the report does: a scenario with another policy or other data.
    """

    title: str
    drawing: Drawing
    caption: tuple[str, ...] = ()
    source: Provenance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report: sentences, then tables and pictures in their order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    parts: tuple[Table | Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The numbers of a report, a row each, for those who go on computing: a column holds texts, int or float."""

    columns: tuple[tuple[str, type[str | int | float]], ...]
    rows: tuple[tuple[Cell, ...], ...]


class Rest(TypedDict, total=False):
    """What is said of some reports only."""

    as_of: date | None
    horizon: int | None
    draws: int | None
    seed: int | None
    methods: tuple[str, ...]
    retraced: str
    remarks: tuple[str, ...]
    supposed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a report rests on. `week` is the last of the data, `horizon` in weeks; `draws` none where nothing was drawn.

    `methods` say where the figures to come are from and how well such forecasts have held, `retraced` how many random
    paths agree with the reference engine; `remarks` what of the data is made up, assumed, not usable or shorter, and
    `supposed` what people and measures are supposed to do.
    """

    policy: str
    name: str
    version: str
    digest: str
    data: str
    data_digest: str
    week: str
    as_of: date | None = None
    horizon: int | None = None
    draws: int | None = None
    seed: int | None = None
    methods: tuple[str, ...] = ()
    retraced: str = ""
    remarks: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, policy: Policy, observations: Observations, language: Language, *, week: str, **rest: Unpack[Rest]
    ) -> Provenance:
        """Say what a report on a policy and its data rests on."""
        return cls(
            policy=wording.title(policy.title, policy.name, language),
            name=policy.name,
            version=policy.version or "",
            digest=policy.digest,
            data=observations.file,
            data_digest=observations.digest,
            week=week,
            **rest,
        )

    def facts(self, language: Language) -> Iterator[tuple[str, str]]:
        """Give all of it, each with its name."""
        yield phrase("policy", language), f"{self.policy} ({self.name})"
        yield phrase("version", language), self.version or "–"
        yield phrase("digest", language), self.digest
        yield phrase("data", language), self.data
        yield phrase("data-digest", language), self.data_digest
        yield phrase("week", language), self.week
        yield phrase("as-of", language), wording.day(self.as_of, language) if self.as_of else phrase("all", language)
        yield phrase("horizon", language), self._horizon(language)
        if self.draws is not None:
            yield phrase("draws", language), wording.number(self.draws, language)
            yield phrase("seed", language), str(self.seed)
        for one in self.methods:
            yield phrase("method", language), one
        if self.retraced:
            yield phrase("retraced", language), self.retraced
        yield phrase("engine", language), f"escalation {__version__}"

    def caption(self, language: Language) -> tuple[str, ...]:
        """Give the lines that stand in every picture; `methods`, which are long, stand below it."""
        return (*self.remarks, *self.supposed, self.line(language))

    def line(self, language: Language) -> str:
        """Give the short form that stands below every picture and on every printed page."""
        parts = [
            f"{self.name} {self.version} ({self.digest[:SHORT]})".replace("  ", " "),
            f"{phrase('data', language)} {self.data_digest[:SHORT]} {phrase('up-to', language)} {self.week}",
            f"{phrase('as-of', language)} {self.as_of.isoformat()}" if self.as_of else "",
            f"{phrase('horizon', language)}: {self._horizon(language)}",
        ]
        if self.draws is not None:
            drawn = f"{wording.number(self.draws, language)} {phrase('draws', language)}"
            parts.append(f"{drawn}, {phrase('seed', language)} {self.seed}")
        return "; ".join(part for part in parts if part)

    def _horizon(self, language: Language) -> str:
        return phrase("of-data", language) if self.horizon is None else wording.weeks(self.horizon, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: its sections, the sentences that every result must carry, and where it comes from."""

    title: str
    language: Language
    sections: tuple[Section, ...]
    labels: tuple[str, ...]
    provenance: Provenance
    sheet: Sheet = field(default=Sheet(columns=(), rows=()))
