"""The chapters of a regulation: general provisions, measures, exemptions, review, penalties, final provisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from escalation.documents.numbering import roman
from escalation.documents.papers.instruments.act import Act, ended
from escalation.documents.papers.instruments.contents import Article, Chapter, Passage
from escalation.documents.papers.instruments.words import listed, money, series
from escalation.instruments import Reach
from escalation.policy.draft import Clause, Penalty


class Part(NamedTuple):
    """A chapter before its articles are numbered: each is a list of paragraphs, with the names of their measures."""

    title: str
    articles: tuple[Unnumbered, ...]


class Unnumbered(NamedTuple):
    """An article before it is numbered."""

    paragraphs: tuple[Passage, ...]
    definitions: tuple[str, ...] = ()
    elucidation: str = ""


def chapters(act: Act) -> tuple[Chapter, ...]:
    """Give the chapters with their articles, numbered through."""
    made: list[Chapter] = []
    number = 0
    for part in _parts(act):
        articles = []
        for number, one in enumerate(part.articles, start=number + 1):  # noqa: B020 - numbers run on from part to part
            articles.append(
                Article(
                    number=number,
                    paragraphs=one.paragraphs,
                    definitions=one.definitions,
                    elucidation=one.elucidation,
                )
            )
        made.append(Chapter(number=roman(len(made) + 1), title=act.say(part.title), articles=tuple(articles)))
    return tuple(made)


def carried_penalty(act: Act) -> Penalty | None:
    """Give the penalty where the form may carry it by the law of the day; none where it may not, or there is none."""
    penalty = act.draft.sanctions.penalty if act.draft.sanctions is not None else None
    limit = act.form.sanctions_on(act.day)
    if penalty is None or limit is None or limit.reach.rank < Reach.FINE.rank:
        return None
    return penalty if limit.carries(penalty.fine) else None


def carries_administrative(act: Act) -> bool:
    """Say whether the form may carry administrative sanctions by the law of the day."""
    limit = act.form.sanctions_on(act.day)
    return limit is not None and limit.reach.rank >= Reach.ADMINISTRATIVE.rank


def _parts(act: Act) -> Iterator[Part]:
    """Give the chapters that have an article, in the order of Lampiran II no. 62."""
    general = tuple(_general(act))
    first_measure = len(general) + 1
    parts = (
        Part("chapter.general", general),
        Part("chapter.measures", tuple(_measures(act, first_measure))),
        Part("chapter.exemptions", tuple(_clauses(act))),
        Part("chapter.review", tuple(_review(act))),
        Part("chapter.investigation", tuple(_investigation(act))),
        Part("chapter.penalty", tuple(_penalty(act, first_measure))),
        Part("chapter.closing", tuple(_closing(act))),
    )
    yield from (part for part in parts if part.articles)


def _general(act: Act) -> Iterator[Unnumbered]:
    defined = tuple(
        act.say("definition", term=act.text(one.term), meaning=act.text(one.meaning).rstrip(" .;"))
        for one in act.draft.definitions or ()
    )
    if defined:
        yield Unnumbered((Passage(text=act.say("definitions", kind=act.kind)),), defined)
    if act.draft.purpose is not None:
        purpose = act.text(act.draft.purpose).rstrip(" .;")
        yield Unnumbered((Passage(text=act.say("purpose", kind=act.kind, purpose=purpose)),))


def _measures(act: Act, first: int) -> Iterator[Unnumbered]:
    """Give the measures, and last the administrative sanctions for their breach (Lampiran II nos. 64 and 65)."""
    yield from (_clause(act, one) for one in act.draft.measures)
    threat = act.draft.sanctions.administrative if act.draft.sanctions is not None else None
    if threat is None or not carries_administrative(act):
        return
    steps = listed([act.text(step) for step in threat.steps], "and/or", act.language)
    text = act.say("administrative", articles=_articles(act, threat.breach_of, first))
    yield Unnumbered((Passage(text=text, points=steps), Passage(text=act.say("administrative.steps"))))


def _clauses(act: Act) -> Iterator[Unnumbered]:
    for one in (*(act.draft.exemptions or ()), *(act.draft.alternative_channel or ())):
        yield _clause(act, one)


def _clause(act: Act, one: Clause) -> Unnumbered:
    said = act.text(one.elucidation)
    return Unnumbered((act.passage(one),), elucidation=ended(said) if said else "")


def _review(act: Act) -> Iterator[Unnumbered]:
    if act.draft.review is not None:
        yield _clause(act, act.draft.review)


def _investigation(act: Act) -> Iterator[Unnumbered]:
    if carried_penalty(act) is not None:
        yield Unnumbered((Passage(text=act.say("investigation", kind=act.kind)),))


def _penalty(act: Act, first: int) -> Iterator[Unnumbered]:
    """Give the penalty: in money, or in a category where the law of the day counts fines so."""
    penalty, limit = carried_penalty(act), act.form.sanctions_on(act.day)
    if penalty is None or limit is None:
        return
    category = limit.category(penalty.fine)
    amount = act.say("penalty.category", category=category) if category else money(penalty.fine, act.language)
    text = Passage(text=act.say("penalty", articles=_articles(act, penalty.breach_of, first), amount=amount))
    is_minor = category is None and limit.jail_months is not None
    yield Unnumbered((text, Passage(text=act.say("penalty.minor"))) if is_minor else (text,))


def _closing(act: Act) -> Iterator[Unnumbered]:
    if act.draft.duration is not None:
        yield _clause(act, act.draft.duration)
    yield Unnumbered((Passage(text=act.say("force", kind=act.kind)),))


def _articles(act: Act, names: tuple[str, ...], first: int) -> str:
    """Name the articles of measures; `first` is the number of that of the first measure."""
    measures = [one.name for one in act.draft.measures]
    return series([act.say("article", number=first + measures.index(name)) for name in names], act.language)
