"""What a template gives, as elements that know their line: well-formed XML without DOCTYPE and entities of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from escalation.errors import RequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element with its children, texts among them, and the line on which it begins."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """The names in its class."""
        return set(self.attributes.get("class", "").split())

    @property
    def elements(self) -> list[Element]:
        """The children without texts."""
        return [one for one in self.children if isinstance(one, Element)]


def refused(template: str, line: int, message: str) -> RequestError:
    """Say what is wrong with what a template gives, and in which line of that."""
    return RequestError(f"template `{template}`: line {line} of what it gives: {message}")


DEEPEST = 32
"""Elements within each other; a list of three levels has eight."""
SHOWN = 30
"""Letters before a mistake that are shown: the line is that of what the template gives, not its own."""
MISTAKES = {
    expat.errors.XML_ERROR_INVALID_TOKEN: "a sign that stands for itself is written `&amp;` or `&lt;`",
    expat.errors.XML_ERROR_TAG_MISMATCH: "an element is closed that is not the one opened last",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "only `&amp;`, `&lt;`, `&gt;` and `&quot;` have names: write the sign",
}


def _told(code: int) -> str:
    said = expat.ErrorString(code)
    return MISTAKES.get(said, f"not well-formed ({said})")


def parse(source: str, template: str) -> Element:
    """Read a fragment; its elements are the children of the one given back. Raise RequestError where it is no XML."""
    root = Element(tag="", attributes={}, line=1)
    opened = [root]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(opened) > DEEPEST:
            raise refused(template, parser.CurrentLineNumber, f"more than {DEEPEST} elements within each other")
        one = Element(tag=tag, attributes=attributes, line=parser.CurrentLineNumber)
        opened[-1].children.append(one)
        opened.append(one)

    def end(_: str) -> None:
        opened.pop()

    def text(data: str) -> None:
        opened[-1].children.append(data)

    def doctype(*_: object) -> None:
        raise refused(template, parser.CurrentLineNumber, "a DOCTYPE")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(f"<paper>{source}</paper>", True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as error:
        line = source.splitlines()[error.lineno - 1] if source else ""
        before = error.offset - (len("<paper>") if error.lineno == 1 else 0)
        read = f"after `{line[max(0, before - SHOWN) : before].strip()}`"
        raise refused(template, error.lineno, f"{_told(error.code)}, {read}") from None
    return root.elements[0]
