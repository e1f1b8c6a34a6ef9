"""The context of a draft: made from policy, pack and evaluation, by the kind of its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from escalation.documents.numbering import letters
from escalation.documents.papers.forms import changes_ahead
from escalation.documents.papers.instruments.act import Act, capital, ended
from escalation.documents.papers.instruments.basis import citations, followed
from escalation.documents.papers.instruments.basis import remarks as on_norms
from escalation.documents.papers.instruments.chapters import carried_penalty, carries_administrative, chapters
from escalation.documents.papers.instruments.contents import (
    Article,
    BylawContext,
    Chapter,
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
from escalation.documents.papers.instruments.words import money, ordinal, series, shortened
from escalation.documents.papers.marks import Marks
from escalation.instruments import Certainty, FormKind, on
from escalation.policy.wording import day

FEW = 2
"""Points that are named one by one in English."""


def context(act: Act, made_from: Marks, *, is_made_up: bool) -> InstrumentContext:
    """Give all that the template of an act sees; `is_made_up` says that its figures are an illustration."""
    found = reasons(act.subject, act.speaker, is_made_up=is_made_up)
    head = _head(act, found, made_from)
    if act.is_repeal:
        repeal = _repeal(act, head, found)
        return _bylaw(act, repeal) if act.form.kind is FormKind.PRIMARY_OR_BYLAW else repeal
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
        data_until=day(act.subject.explanation.last_day, act.language) if found.figures else "",
        marks=made_from,
    )


def _remarks(act: Act) -> Iterator[str]:
    """Say what whoever finishes the draft must look at."""
    yield act.say("remark.wording", sources=act.speaker.sources(act.draft.source))
    if not act.is_repeal:
        for text, sources in act.draft.sourced():
            yield act.say("remark.source", text=shortened(act.text(text)), sources=act.speaker.sources(sources))
        yield from _on_stage(act)
    for before in on(act.form.approvals, act.day):
        if before.value.required == "yes" and before.certainty is not Certainty.UNCONFIRMED:
            yield act.say("remark.before", body=act.text(before.value.body), act=act.text(before.value.act))
    yield from on_norms(act)
    if any("…" in text for text in (*citations(act), *followed(act))):
        yield act.say("remark.blank")


def _on_stage(act: Act) -> Iterator[str]:
    """Say where the stage is not what is recommended, and what its form lacks or cannot carry."""
    explanation, ranks = act.subject.explanation, act.policy.ranks
    if act.subject.proposed != explanation.to:
        yield act.say("remark.unmet", recommendation=act.speaker.recommendation(explanation))
    if ranks[act.stage.name] < ranks[explanation.stage]:
        yield act.say("remark.relax")
    if act.form.needs_parent_norm and not act.stage.parent_norm:
        yield act.say("remark.parent", kind=act.kind)
    yield from _on_penalty(act)
    if days := changes_ahead(act.form, act.subject, act.policy):
        yield act.say("remark.changes", days=series([day(one, act.language) for one in days], act.language))
    threats = act.draft.sanctions
    lost = threats is not None and (
        (threats.penalty is not None and carried_penalty(act) is None)
        or (threats.administrative is not None and not carries_administrative(act))
    )
    if lost:
        yield act.say("remark.sanction", kind=act.kind, day=day(act.day, act.language))


def _on_penalty(act: Act) -> Iterator[str]:
    """Say where a category of fines goes beyond the fine of the policy file, and what rests on usage alone."""
    penalty, limit = carried_penalty(act), act.form.sanctions_on(act.day)
    if penalty is None or limit is None:
        return
    yield act.say("remark.investigation")
    category = limit.category(penalty.fine)
    if category is not None and limit.most(category).is_above(penalty.fine):
        fine, highest = money(penalty.fine, act.language), money(limit.most(category), act.language)
        yield act.say("remark.category", fine=fine, category=category, most=highest)


def _circular(act: Act, head: Head, found: Reasons) -> CircularContext:
    draft, passage = act.draft, act.passage
    purpose = (Passage(text=ended(act.text(draft.purpose))),) if draft.purpose is not None else ()
    basis = (Passage(text=ended(text)) for text in (*citations(act), *followed(act)))
    others = (*(draft.exemptions or ()), *(draft.alternative_channel or ()))
    closing = [passage(one) for one in (draft.duration, draft.review) if one is not None]
    sections = {
        "section.background": tuple(Passage(text=ended(text)) for text in _grounds(act, found)),
        "section.purpose": purpose,
        "section.basis": tuple(basis),
        "section.measures": tuple(passage(one) for one in draft.measures),
        "section.exemptions": tuple(passage(one) for one in others),
        "section.closing": (*closing, Passage(text=act.say("closing", kind=act.kind))),
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
    passages = [*(act.passage(one) for one in (*clauses, *ends)), Passage(text=act.say("last-order", kind=act.kind))]
    return InstructionContext(
        head=head,
        opening=capital(act.say("opening.instruct", parts=", ".join(parts) or act.title)),
        addressees=tuple(act.text(one) for one in draft.addressees or ()),
        orders=tuple(
            Order(ordinal=ordinal(number, act.language), passage=one) for number, one in enumerate(passages, start=1)
        ),
        copies=tuple(act.text(one) for one in draft.copies or ()),
    )


def _regulation(act: Act, head: Head, found: Reasons) -> RegulationContext:
    grounds = list(_grounds(act, found))
    if followed(act):
        cited = series(followed(act), act.language)
        grounds.insert(len(grounds) - 1, act.say("that.follow", citations=cited, kind=act.kind))
    return RegulationContext(
        head=head,
        considerations=tuple(_considerations(act, grounds, head.subject)),
        citations=tuple(f"{text};" for text in citations(act)),
        chapters=chapters(act),
        promulgation=_promulgation(act),
    )


def _promulgation(act: Act) -> Promulgation | None:
    where = act.form.publication
    if where is None or not where.covers(act.day):
        return None
    venue = where.value.printed or act.text(where.value.venue)
    by = where.value.by_printed or where.value.by or ""
    return Promulgation(venue=act.printed(venue), by=act.printed(by))


def _repeal(act: Act, head: Head, found: Reasons) -> RegulationContext:
    """Give the act that repeals the one in force, of which it is of the same form (Lampiran II nos. 145 to 158)."""
    named = act.say("repeal.named", act=act.title, subject=head.subject)
    published = _promulgation(act)
    # A by-law has its elucidation in the supplement of its gazette (UU 12/2011, pasal 81; Lampiran II nos. 47 and 49).
    where = "repeal.gazette.bylaw" if act.form.kind is FormKind.PRIMARY_OR_BYLAW else "repeal.gazette"
    gazette = act.say(where, venue=published.venue) if published is not None else ""
    grounds = act.draft.grounds
    values = grounds.philosophical if grounds is not None else None
    reasons_given = [
        *([act.text(values.text).rstrip(" .;")] if values is not None else []),
        *([found.text] if found.text else []),
        act.say("repeal.changed", named=named),
        act.say("repeal.rank", kind=act.kind),
    ]
    subject = act.say("repeal.subject", named=named)
    text = act.say("repeal.text", kind=act.kind, named=named, gazette=gazette)
    articles = (text, act.say("force", kind=act.kind))
    return RegulationContext(
        head=replace(head, subject=subject),
        considerations=tuple(_considerations(act, reasons_given, subject)),
        citations=tuple(f"{cited};" for cited in citations(act)),
        chapters=(
            Chapter(
                number="",
                title="",
                articles=tuple(
                    Article(number=number, paragraphs=(Passage(text=one),))
                    for number, one in enumerate(articles, start=1)
                ),
            ),
        ),
        promulgation=published,
    )


def _bylaw(act: Act, regulation: RegulationContext) -> BylawContext:
    partner = act.form.enacted_with
    articles = [article for chapter in regulation.chapters for article in chapter.articles]
    if act.is_repeal:
        general = act.say(
            "repeal.changed", named=act.say("repeal.named", act=act.title, subject=act.text(act.draft.subject))
        )
    else:
        general = act.text(act.draft.elucidation) or " ".join(ended(text) for text in _grounds(act, Reasons()))
    return BylawContext(
        head=regulation.head,
        considerations=regulation.considerations,
        citations=regulation.citations,
        chapters=regulation.chapters,
        promulgation=regulation.promulgation,
        enacted_with=act.printed(act.text(partner.value)) if partner is not None and partner.covers(act.day) else "",
        elucidation=Elucidation(
            general=ended(general),
            articles=tuple((one.number, text) for one in articles if (text := one.elucidation or act.say("clear"))),
        ),
    )


def _considerations(act: Act, grounds: list[str], subject: str) -> Iterator[str]:
    """Give the considerations, each ended, the last of which refers to all before it (Lampiran II nos. 19 to 23)."""
    yield from (act.say("that", text=text) for text in grounds)
    if not grounds:
        yield act.say("that", text=act.say("that.alone", kind=act.kind, subject=subject))
        return
    each = [act.say("letter", letter=letters(place)) for place in range(1, len(grounds) + 1)]
    said = series(each, act.language)
    if len(each) > FEW:
        said = act.say("letters", first=letters(1), last=letters(len(each)), all=said)
    yield act.say("that", text=act.say("that.last", letters=said, kind=act.kind, subject=subject))


def _grounds(act: Act, found: Reasons) -> Iterator[str]:
    """Give the grounds in their order, with the figures after the sociological one, without full stops."""
    grounds = act.draft.grounds
    texts = [] if grounds is None else [grounds.philosophical, grounds.sociological]
    yield from (act.text(one.text).rstrip(" .;") for one in texts if one is not None)
    if found.text:
        yield found.text
    if grounds is not None and grounds.juridical is not None:
        yield act.text(grounds.juridical.text).rstrip(" .;")
