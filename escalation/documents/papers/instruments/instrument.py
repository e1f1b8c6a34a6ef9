"""The draft of the legal form of the stage put forward, as a paper."""

from __future__ import annotations

from pathlib import Path

from escalation.documents.layout.render import compose
from escalation.documents.layout.sheet import OFFICE, Sheet
from escalation.documents.layout.templates import environment
from escalation.documents.layout.tree import Paper
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.instruments.act import Act, act_of, repeal_of
from escalation.documents.papers.instruments.contents import (
    BylawContext,
    CircularContext,
    InstructionContext,
    InstrumentContext,
    RegulationContext,
)
from escalation.documents.papers.instruments.make import context
from escalation.documents.papers.marks import marks
from escalation.evaluation.faults import illustrates
from escalation.instruments import Pack
from escalation.observations import Observations
from escalation.policy.model import Policy

NAMES: dict[type[InstrumentContext], str] = {
    CircularContext: "circular",
    InstructionContext: "instruction",
    RegulationContext: "regulation",
    BylawContext: "bylaw",
}
"""What the template of each kind of act is called."""
PLAIN = "generic"
"""The folder of templates for packs that have none of their own."""


def instrument(
    policy: Policy,
    observations: Observations,
    subject: Subject,
    *,
    made_with: tuple[tuple[str, str], ...] = (),
    templates: Path | None = None,
) -> Paper | None:
    """Compose the draft; none where nothing is put forward, or the policy has no texts for the stage.

    It is in the language of the pack, whatever that of the study. `templates` as in `compose`,
    `made_with` as in `marks`.
    """
    return _composed(act_of(policy, subject), observations, made_with=made_with, templates=templates)


def repeal(
    policy: Policy,
    observations: Observations,
    subject: Subject,
    *,
    made_with: tuple[tuple[str, str], ...] = (),
    templates: Path | None = None,
) -> Paper | None:
    """Compose the draft of the act that repeals the one in force; none unless a milder stage is put forward.

    None either where the one in force is no legislation. The others as in `instrument`.
    """
    return _composed(repeal_of(policy, subject), observations, made_with=made_with, templates=templates)


def _composed(
    act: Act | None, observations: Observations, *, made_with: tuple[tuple[str, str], ...], templates: Path | None
) -> Paper | None:
    if act is None:
        return None
    seen = instrument_context(act, observations, made_with=made_with)
    is_law = isinstance(seen, RegulationContext | BylawContext)
    return compose(
        _template(act, seen),
        sheet=legal_sheet(act.pack) if is_law else OFFICE,
        language=act.language,
        templates=templates,
        instrument=seen,
    )


def instrument_context(
    act: Act, observations: Observations, *, made_with: tuple[tuple[str, str], ...] = ()
) -> InstrumentContext:
    """Give all that the template of an act sees."""
    made_from = marks(act.policy, observations, (act.subject.explanation,), act.language, made_with=made_with)
    return context(act, made_from, is_made_up=illustrates(observations, act.subject.explanation))


def legal_sheet(pack: Pack) -> Sheet:
    """Give the sheet of the legislation of a pack; that of an office where the pack says nothing."""
    if pack.paper is None:
        return OFFICE
    said = pack.paper.value
    return Sheet(
        width=said.width,
        height=said.height,
        top=said.margin,
        bottom=said.margin,
        left=said.margin,
        right=said.margin,
        first_top=said.first_line or said.margin,
        font=said.font,
        points=said.points,
        is_formal=True,
    )


def _template(act: Act, seen: InstrumentContext) -> str:
    name = f"{NAMES[type(seen)]}.html"
    own = f"{act.pack.name}/{name}"
    return own if own in environment().list_templates() else f"{PLAIN}/{name}"
