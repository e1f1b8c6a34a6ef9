"""The context of a draft: made from policy, pack and evaluation, by the kind of its form."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.documents.papers.instruments.act import Act, ended
from escalation.documents.papers.instruments.basis import citations, followed
from escalation.documents.papers.instruments.basis import remarks as on_norms
from escalation.documents.papers.instruments.chapters import carried_penalty, carries_administrative, chapters
from escalation.documents.papers.instruments.contents import (
    BylawContext,
    CircularContext,
    Elucidation,
    Head,
    InstructionContext,
    InstrumentContext,
    Order,
    Passage,
    Promulgation,
    RegulationContext,
    Section,
)
from escalation.documents.papers.instruments.figures import Reasons, reasons
from escalation.documents.papers.instruments.words import letter, ordinal, series
from escalation.documents.papers.marks import Marks
from escalation.instruments import FormKind
from escalation.policy.wording import day


def context(act: Act, made_from: Marks) -> InstrumentContext:
    """Give all that the template of an act sees."""
    found = reasons(act.subject, act.speaker)
    head = _head(act, found, made_from)
    match act.form.kind:
        case FormKind.ADVISORY:
            return _circular(act, head, found)
        case FormKind.INTERNAL_DIRECTION:
            return _instruction(act, head, found)
        case FormKind.PRIMARY_OR_BYLAW:
            return _bylaw(act, _regulation(act, head, found))
        case _:
            return _regulation(act, head, found)


def _head(act: Act, found: Reasons, made_from: Marks) -> Head:
    return Head(
        kind=act.kind,
        act=act.title,
        subject=act.text(act.draft.subject),
        office=act.office,
        region=act.region,
        within=act.within,
        seat=act.seat,
        remarks=tuple(_remarks(act)),
        figures=found.figures,
        marks=made_from,
    )


def _remarks(act: Act) -> Iterator[str]:
    """Say what whoever finishes the draft must look at."""
    today = day(act.day, act.language)
    yield act.say("remark.wording", sources=act.speaker.sources(act.draft.source))
    explanation, ranks = act.subject.explanation, act.policy.ranks
    if act.stage.name != explanation.to:
        yield act.say("remark.unmet", recommendation=act.speaker.recommendation(explanation))
    if ranks[act.stage.name] < ranks[explanation.stage]:
        yield act.say("remark.relax")
    if act.form.needs_parent_norm and not act.stage.parent_norm:
        yield act.say("remark.parent", kind=act.kind)
    threats = act.draft.sanctions
    lost = threats is not None and (
        (threats.penalty is not None and carried_penalty(act) is None)
        or (threats.administrative is not None and not carries_administrative(act))
    )
    if lost:
        yield act.say("remark.sanction", kind=act.kind, day=today)
    yield from on_norms(act)
    if any("…" in text for text in (*citations(act), *followed(act))):
        yield act.say("remark.blank")


def _circular(act: Act, head: Head, found: Reasons) -> CircularContext:
    draft, passage = act.draft, act.passage
    purpose = (Passage(text=_capital(ended(act.text(draft.purpose)))),) if draft.purpose is not None else ()
    basis = (Passage(text=_capital(ended(text))) for text in (*citations(act), *followed(act)))
    others = (*(draft.exemptions or ()), *(draft.alternative_channel or ()))
    closing = [passage(one) for one in (draft.duration, draft.review) if one is not None]
    sections = {
        "section.background": tuple(Passage(text=_capital(ended(text))) for text in _grounds(act, found)),
        "section.purpose": purpose,
        "section.basis": tuple(basis),
        "section.measures": tuple(passage(one) for one in draft.measures),
        "section.exemptions": tuple(passage(one) for one in others),
        "section.closing": (*closing, Passage(text=act.say("closing"))),
    }
    return CircularContext(
        head=head,
        addressees=tuple(act.text(one) for one in draft.addressees or ()),
        sections=tuple(Section(title=act.say(key), passages=texts) for key, texts in sections.items() if texts),
        copies=tuple(act.text(one) for one in draft.copies or ()),
    )


def _instruction(act: Act, head: Head, found: Reasons) -> InstructionContext:
    draft = act.draft
    parts = [act.say("opening.follow", citations=series(followed(act), act.language))] if draft.follows_up else []
    if draft.purpose is not None:
        parts.append(act.say("opening.purpose", purpose=act.text(draft.purpose).rstrip(" .;")))
    parts += [act.say("opening.figures", figures=found.text)] if found.text else []
    clauses = (*draft.measures, *(draft.exemptions or ()), *(draft.alternative_channel or ()))
    ends = (one for one in (draft.duration, draft.review) if one is not None)
    passages = [*(act.passage(one) for one in (*clauses, *ends)), Passage(text=act.say("last-order"))]
    return InstructionContext(
        head=head,
        opening=_capital(act.say("opening.instruct", parts=", ".join(parts) or act.title)),
        addressees=tuple(act.text(one) for one in draft.addressees or ()),
        orders=tuple(
            Order(ordinal=ordinal(number, act.language), passage=one) for number, one in enumerate(passages, start=1)
        ),
        copies=tuple(act.text(one) for one in draft.copies or ()),
    )


def _regulation(act: Act, head: Head, found: Reasons) -> RegulationContext:
    where = act.form.publication
    published = None
    if where is not None and where.covers(act.day):
        venue = where.value.printed or act.text(where.value.venue)
        by = where.value.by_printed or where.value.by or ""
        published = Promulgation(venue=act.printed(venue), by=act.printed(by))
    return RegulationContext(
        head=head,
        considerations=tuple(_considerations(act, found)),
        citations=tuple(f"{text};" for text in citations(act)),
        chapters=chapters(act),
        promulgation=published,
    )


def _bylaw(act: Act, regulation: RegulationContext) -> BylawContext:
    partner = act.form.enacted_with
    articles = [article for chapter in regulation.chapters for article in chapter.articles]
    general = act.text(act.draft.elucidation) or " ".join(_capital(ended(text)) for text in _grounds(act, Reasons()))
    return BylawContext(
        head=regulation.head,
        considerations=regulation.considerations,
        citations=regulation.citations,
        chapters=regulation.chapters,
        promulgation=regulation.promulgation,
        enacted_with=act.printed(act.text(partner.value)) if partner is not None and partner.covers(act.day) else "",
        elucidation=Elucidation(
            general=ended(general), articles=tuple((one.number, act.say("clear")) for one in articles)
        ),
    )


def _considerations(act: Act, found: Reasons) -> Iterator[str]:
    """Give the considerations, each ended, the last of which refers to all before it (Lampiran II nos. 19 to 23)."""
    grounds = list(_grounds(act, found))
    if followed(act):
        cited = series(followed(act), act.language)
        grounds.insert(len(grounds) - 1, act.say("that.follow", citations=cited, kind=act.kind))
    yield from (act.say("that", text=text) for text in grounds)
    subject = act.text(act.draft.subject)
    if not grounds:
        yield act.say("that", text=act.say("that.alone", kind=act.kind, subject=subject))
        return
    letters = series([act.say("letter", letter=letter(index)) for index in range(len(grounds))], act.language)
    yield act.say("that", text=act.say("that.last", letters=letters, kind=act.kind, subject=subject))


def _grounds(act: Act, found: Reasons) -> Iterator[str]:
    """Give the grounds in their order, with the figures after the sociological one, without full stops."""
    grounds = act.draft.grounds
    texts = [] if grounds is None else [grounds.philosophical, grounds.sociological]
    yield from (act.text(one.text).rstrip(" .;") for one in texts if one is not None)
    if found.text:
        yield found.text
    if grounds is not None and grounds.juridical is not None:
        yield act.text(grounds.juridical.text).rstrip(" .;")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
