"""What a page owes to those who cannot see it, or not well: the rules of WCAG that our pages could break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from xml.etree.ElementTree import Element

import html5lib
from html5lib import treebuilders

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LANDMARKS = {"header", "main", "footer", "nav"}
HELD = {"ul": {"li"}, "ol": {"li"}, "dl": {"div", "dt", "dd"}, "tr": {"th", "td"}}
READABLE = 4.5
"""The contrast of text of any size with what is behind it: WCAG 2.2, success criterion 1.4.3, level AA."""
COLOUR = re.compile(r"(?<![-\w])(color|background): (#[0-9a-f]{3,6})\b")


def parsed(page: str) -> Element:
    """Read a page by the strict parser, which raises where it is no HTML."""
    root = html5lib.HTMLParser(strict=True, tree=treebuilders.getTreeBuilder("etree")).parse(page)
    for one in root.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.removeprefix("{http://www.w3.org/1999/xhtml}")
    assert isinstance(root, Element)
    return root


def faults(page: str) -> list[str]:
    """Say what is wrong with a page."""
    root = parsed(page)
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(root)]


def language(root: Element) -> Iterator[str]:
    if root.get("lang") not in {"en", "id"}:
        yield f"the language is {root.get('lang')}"


def title(root: Element) -> Iterator[str]:
    if not text(next(root.iter("title"))):
        yield "the title is empty"


def headings(root: Element) -> Iterator[str]:
    levels = [int(one.tag[1]) for one in root.iter() if one.tag in HEADINGS]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"{levels.count(1)} headings of the first level, and the first is of {levels[:1]}"
    yield from (f"level {below} follows {above}" for above, below in pairwise(levels) if below > above + 1)
    yield from (f"an empty {one.tag}" for one in root.iter() if one.tag in HEADINGS and not text(one))


def landmarks(root: Element) -> Iterator[str]:
    (body,) = root.iter("body")
    tags = Counter(one.tag for one in root.iter())
    if tags["main"] != 1:
        yield f"{tags['main']} main parts"
    yield from (f"{one.tag} stands outside of all landmarks" for one in body if one.tag not in LANDMARKS)


def ids(root: Element) -> Iterator[str]:
    counts = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    yield from (f"{name} stands {count} times" for name, count in counts.items() if count > 1)
    for one in root.iter():
        pointed = (one.get("aria-labelledby") or "").split() + (one.get("aria-describedby") or "").split()
        pointed += [(one.get("href") or "").removeprefix("#")] if (one.get("href") or "").startswith("#") else []
        yield from (f"{name} is nowhere" for name in pointed if name not in counts)


def tables(root: Element) -> Iterator[str]:
    for table in root.iter("table"):
        heads = list(table.iter("th"))
        if not heads:
            yield "a table without headers"
        yield from (f"the header {text(one)!r} has no scope" for one in heads if one.get("scope") not in {"col", "row"})
        yield from ("an empty header" for one in heads if not text(one))
        if len({len(list(row)) for row in table.iter("tr")}) != 1:
            yield "rows of a table have unlike numbers of cells"


def pictures(root: Element) -> Iterator[str]:
    for one in root.iter(f"{SVG}svg"):
        if one.get("role") != "img" or not one.get("aria-labelledby"):
            yield "a picture without role or name"
        for part in ("title", "desc"):
            if not any(text(found) for found in one.iter(f"{SVG}{part}")):
                yield f"a picture without {part}"
    yield from ("an image without text" for one in root.iter("img") if not one.get("alt"))


def links(root: Element) -> Iterator[str]:
    yield from (f"a link to {one.get('href')} without a name" for one in root.iter("a") if not text(one))


def lists(root: Element) -> Iterator[str]:
    for tag, held in HELD.items():
        for one in root.iter(tag):
            yield from (f"{inner.tag} within {tag}" for inner in one if inner.tag not in held)


def contrast(root: Element) -> Iterator[str]:
    """Set every colour of letters in the style sheet against every background in it."""
    said = COLOUR.findall("".join(text(one) for one in root.iter("style")))
    letters, grounds = ({colour for name, colour in said if name == kind} for kind in ("color", "background"))
    if not letters or not grounds:
        yield "the style sheet says no colours"
    for one, other in sorted(product(letters, grounds)):
        if (found := ratio(one, other)) < READABLE:
            yield f"{one} on {other} has a contrast of {found:.2f}"


RULES: tuple[Callable[[Element], Iterator[str]], ...] = (
    language,
    title,
    headings,
    landmarks,
    ids,
    tables,
    pictures,
    links,
    lists,
    contrast,
)


def text(one: Element) -> str:
    return "".join(one.itertext()).strip()


def ratio(one: str, other: str) -> float:
    """Give the contrast of two colours by the formula of WCAG.

    >>> round(ratio("#000", "#ffffff"), 1), round(ratio("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
