"""The draft of an act as Akoma Ntoso 1.0: chapters, articles and paragraphs as elements, and no number."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from escalation.documents.exports.elements import NAMESPACE, content, element, listed, paragraphs, provision
from escalation.documents.exports.meta import meta
from escalation.documents.exports.phrases import FORMULAS
from escalation.documents.numbering import letters
from escalation.documents.papers.instruments.act import Act
from escalation.documents.papers.instruments.contents import (
    Article,
    BylawContext,
    Chapter,
    CircularContext,
    Head,
    InstructionContext,
    InstrumentContext,
    RegulationContext,
)
from escalation.policy.wording import phrase


def akn(act: Act, seen: InstrumentContext) -> bytes:
    """Write a draft as Akoma Ntoso; the same draft gives the same bytes.

    Raise RequestError where the policy does not say in which country the act is made.
    """
    ET.register_namespace("", NAMESPACE)
    root = element("akomaNtoso", _Writer(act).document(seen))
    ET.indent(root)
    source: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return source + b"\n"


class _Writer:
    def __init__(self, act: Act) -> None:
        self.act = act

    def say(self, key: str, **filled: str) -> str:
        return phrase(FORMULAS, key, self.act.language, **filled)

    def document(self, seen: InstrumentContext) -> ET.Element:
        name = self.act.stage.instrument or ""
        match seen:
            case CircularContext():
                parts = (self.preface(seen.head, seen.addressees, has_year=False), self.circular(seen))
                ends = (self.conclusions(seen.head, copies=seen.copies),)
                return element("statement", meta(self.act, seen.head, "statement"), *parts, *ends, name=name)
            case InstructionContext():
                parts = (self.preface(seen.head, seen.addressees), self.orders(seen))
                ends = (self.conclusions(seen.head, copies=seen.copies),)
                return element("statement", meta(self.act, seen.head, "statement"), *parts, *ends, name=name)
            case _:
                return self.law(seen, name)

    def law(self, seen: RegulationContext | BylawContext, name: str) -> ET.Element:
        parts = [
            meta(self.act, seen.head, "act"),
            self.preface(seen.head),
            self.preamble(seen),
            element("body", *(self.chapter(one) for one in seen.chapters)),
            self.conclusions(seen.head, seen),
        ]
        if isinstance(seen, BylawContext):
            parts.append(self.elucidation(seen))
        return element("act", *parts, name=name, contains="originalVersion")

    def preface(self, head: Head, addressees: tuple[str, ...] = (), *, has_year: bool = True) -> ET.Element:
        blocks = [
            element("p", element("docAuthority", head.office)),
            element("p", element("docJurisdiction", ", ".join(one for one in (head.region, head.within) if one))),
            element("p", element("docType", head.act)),
            element("p", element("docNumber", self.say("number-year" if has_year else "number"))),
            element("p", self.say("about")),
            element("p", element("docTitle", head.subject)),
        ]
        if addressees:
            numbered = [f"{number}. {text}" for number, text in enumerate(addressees, start=1)]
            blocks.append(
                element("container", *paragraphs((self.say("to"), *numbered)), name="addressees", eId="addressees")
            )
        return element("preface", element("p", element("docStage", head.marks.draft)), *blocks)

    def preamble(self, seen: RegulationContext | BylawContext) -> ET.Element:
        head = seen.head
        recitals = [
            element(
                "recital", element("num", f"{letters(place)}."), element("p", text), eId=f"recs__rec_{letters(place)}"
            )
            for place, text in enumerate(seen.considerations, start=1)
        ]
        citations = [
            element("citation", element("num", f"{place}."), element("p", text), eId=f"cits__cit_{place}")
            for place, text in enumerate(seen.citations, start=1)
        ]
        parts = [self.formula("grace", self.say("grace"))] if self.say("grace") else []
        if recitals:
            intro = element("intro", element("p", self.say("considering")))
            parts.append(element("recitals", intro, *recitals, eId="recs"))
        if citations:
            intro = element("intro", element("p", self.say("citing")))
            parts.append(element("citations", intro, *citations, eId="cits"))
        if isinstance(seen, BylawContext):
            parts.append(self.formula("jointly", self.say("jointly", body=seen.enacted_with, office=head.office)))
        decides = self.say("decides", kind=head.kind)
        parts.append(self.formula("enacting", decides, self.say("enacts", kind=head.kind, subject=head.subject)))
        return element("preamble", *parts)

    def formula(self, name: str, *texts: str) -> ET.Element:
        return element("formula", *paragraphs(texts), name=name, eId=f"formula_{name}")

    def chapter(self, one: Chapter) -> ET.Element:
        identity = f"chp_{one.number}"
        return element(
            "chapter",
            element("num", self.say("chapter", number=one.number)),
            element("heading", one.title),
            *(self.article(article, identity) for article in one.articles),
            eId=identity,
        )

    def article(self, one: Article, chapter: str) -> ET.Element:
        identity = f"{chapter}__art_{one.number}"
        number = element("num", self.say("article", number=str(one.number)))
        if len(one.paragraphs) > 1:
            inner = tuple(
                provision("paragraph", f"{identity}__para_{place}", f"({place})", passage)
                for place, passage in enumerate(one.paragraphs, start=1)
            )
        elif one.definitions:
            inner = listed(one.paragraphs[0].text, one.definitions, identity, kind="1")
        else:
            inner = content(one.paragraphs[0], identity)
        return element("article", number, *inner, eId=identity)

    def circular(self, seen: CircularContext) -> ET.Element:
        sections = []
        for number, one in enumerate(seen.sections, start=1):
            identity = f"sec_{number}"
            if len(one.passages) > 1:
                inner = tuple(
                    provision("paragraph", f"{identity}__para_{letters(place)}", f"{letters(place)}.", passage)
                    for place, passage in enumerate(one.passages, start=1)
                )
            else:
                inner = content(one.passages[0], identity)
            head = (element("num", f"{number}."), element("heading", one.title))
            sections.append(element("section", *head, *inner, eId=identity))
        return element("mainBody", *sections)

    def orders(self, seen: InstructionContext) -> ET.Element:
        opening = element("section", element("content", element("p", seen.opening)), eId="sec_1")
        orders = element(
            "section",
            element("heading", self.say("for")),
            *(
                provision("clause", f"sec_2__clause_{place}", order.ordinal, order.passage)
                for place, order in enumerate(seen.orders, start=1)
            ),
            eId="sec_2",
        )
        return element("mainBody", opening, orders)

    def conclusions(
        self,
        head: Head,
        law: RegulationContext | BylawContext | None = None,
        *,
        copies: tuple[str, ...] = (),
    ) -> ET.Element:
        made = self.say("issued-at" if law is None else "made-at", seat=head.seat)
        texts = [made, f"{head.office}, …"]
        if law is not None and law.promulgation is not None:
            published = law.promulgation
            texts += [self.say("promulgated", seat=head.seat)]
            texts += [f"{published.by}, …"] if published.by else []
            texts += [self.say("venue", venue=published.venue)]
        if copies:
            texts += [self.say("copies"), *(f"{number}. {text}" for number, text in enumerate(copies, start=1))]
        return element("conclusions", *paragraphs(texts))

    def elucidation(self, seen: BylawContext) -> ET.Element:
        name = self.say("elucidation")
        general = element(
            "section",
            element("num", "I."),
            element("heading", self.say("general")),
            element("content", element("p", seen.elucidation.general)),
            eId="att_1__sec_I",
        )
        inner = element(
            "section",
            element("num", "II."),
            element("heading", self.say("by-article")),
            *self.remarks(seen),
            eId="att_1__sec_II",
        )
        body = element("mainBody", general, inner)
        doc = element("doc", meta(self.act, seen.head, "act", part="att_1"), body, name=name)
        return element("attachments", element("attachment", element("heading", name), doc, eId="att_1"))

    def remarks(self, seen: BylawContext) -> Iterator[ET.Element]:
        for number, text in seen.elucidation.articles:
            named = element("num", self.say("article", number=str(number)))
            yield element("article", named, element("content", element("p", text)), eId=f"att_1__sec_II__art_{number}")
