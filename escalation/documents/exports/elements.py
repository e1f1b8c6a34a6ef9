"""Elements of Akoma Ntoso from texts, none of which can be anything but text."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from escalation.documents.layout.tree import marker
from escalation.documents.papers.instruments.contents import Passage
from escalation.policy.scalars import UNSEEN

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def element(tag: str, *inner: ET.Element | str, **attributes: str) -> ET.Element:
    """Make an element of a text, or of other elements; a text is put on one line, and shows what cannot be seen."""
    made = ET.Element(f"{{{NAMESPACE}}}{tag}", {key: seen(text) for key, text in attributes.items()})
    for one in inner:
        if isinstance(one, str):
            made.text = seen(one)
        else:
            made.append(one)
    return made


def seen(text: str) -> str:
    """Put a text on one line, with a mark where a character cannot be seen."""
    return " ".join(UNSEEN.sub("\ufffd", text).split())


def paragraphs(texts: Iterable[str]) -> tuple[ET.Element, ...]:
    """Give a paragraph for each text."""
    return tuple(element("p", text) for text in texts)


def provision(tag: str, identity: str, number: str, passage: Passage, *, heading: str = "") -> ET.Element:
    """Make a provision of a passage: a sentence, or one that lists points by letters."""
    named = [element("num", number)] if number else []
    named += [element("heading", heading)] if heading else []
    return element(tag, *named, *content(passage, identity), eId=identity)


def content(passage: Passage, identity: str) -> tuple[ET.Element, ...]:
    """Give what stands in a provision: its sentence, or the words before its points, and these."""
    return listed(passage.text, passage.points, identity, kind="a")


def listed(text: str, points: tuple[str, ...], identity: str, *, kind: str) -> tuple[ET.Element, ...]:
    """Give a sentence, or words before points with markers of a kind (one of MARKERS)."""
    markers = [marker(kind, number) for number in range(1, len(points) + 1)]
    if not points:
        return (element("content", element("p", text)),)
    return (
        element("intro", element("p", text)),
        *(
            element(
                "point",
                element("num", sign),
                element("content", element("p", point)),
                eId=f"{identity}__point_{sign.rstrip('.')}",
            )
            for sign, point in zip(markers, points, strict=True)
        ),
    )
