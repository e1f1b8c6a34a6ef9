"""The tree of a paper from what a template gives: the subset of XHTML in the manual's page on papers, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from escalation.documents.layout.markup import Element, parse, refused
from escalation.documents.layout.sheet import Sheet
from escalation.documents.layout.tree import (
    BLANK,
    MARKERS,
    Block,
    Break,
    Cell,
    Figure,
    Ground,
    Grounds,
    Heading,
    Inline,
    Line,
    Listing,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Signature,
    Style,
    Table,
    Text,
    Trace,
    inner,
    plain,
)
from escalation.documents.layout.typography import finished

STYLES: dict[str, Style] = {"centre": "centre", "right": "right", "note": "note"}
INLINE = {"strong", "em", "br", "span"}
ALLOWED = {"class": None, "type": {"ol"}, "src": {"img"}, "data-widths": {"table"}}
SPACE = re.compile("[ \t\n]+")
NARROWEST = 8
"""In per cent: the share of a column of which the template does not say the width."""


def read(source: str, template: str, *, sheet: Sheet, language: str, pictures: tuple[Picture, ...] = ()) -> Paper:
    """Read what a template gives. Raise RequestError, with the line, for anything outside the subset."""
    root = parse(source, template)
    return _Reader(template, {one.name: one for one in pictures}).paper(root, sheet, language)


@dataclass(frozen=True, slots=True)
class _Reader:
    template: str
    pictures: Mapping[str, Picture]

    def paper(self, root: Element, sheet: Sheet, language: str) -> Paper:
        apart: dict[str, list[Element]] = {
            name: [one for one in root.elements if one.tag == "div" and name in one.classes]
            for name in ("banner", "trace")
        }
        body = [one for one in root.children if one not in apart["banner"] + apart["trace"]]
        for name, found in apart.items():
            if len(found) != 1:
                message = (
                    f'{len(found)} elements `<div class="{name}">`: a paper has one; `marks.html` has macros for both'
                )
                raise refused(self.template, root.line, message)
        blocks = self.blocks(body, root)
        titles = [one for one in blocks if isinstance(one, Heading) and one.level == 1]
        if len(titles) != 1:
            raise refused(self.template, root.line, f"{len(titles)} elements `<h1>`; a paper has one title")
        levels = [1, *(one.level for block in blocks for one in inner(block) if isinstance(one, Heading))]
        for above, below in pairwise(levels):
            if below > above + 1:
                raise refused(self.template, root.line, f"`<h{below}>` follows `<h{above}>`: no level is left out")
        return Paper(
            language=language,
            sheet=sheet,
            title=titles[0],
            banner=self.line(apart["banner"][0]),
            blocks=blocks,
            trace=self.trace(apart["trace"][0]),
        )

    def trace(self, element: Element) -> Trace:
        lines = [(one.classes, self.line(self.only(one, {"p"}))) for one in self.children(element)]
        apart = {name: [line for classes, line in lines if name in classes] for name in ("short", "heading")}
        for name, found in apart.items():
            if len(found) != 1:
                raise refused(
                    self.template, element.line, f'{len(found)} `<p class="{name}">` in the trace; it has one'
                )
        return Trace(
            short=plain(apart["short"][0]),
            heading=apart["heading"][0],
            lines=tuple(line for classes, line in lines if not classes & apart.keys()),
        )

    def blocks(self, children: list[Element | str], parent: Element) -> tuple[Block, ...]:
        """Read blocks; texts and inline elements in a row become a paragraph where `parent` may hold one."""
        found: list[Block] = []
        for is_block, group in groupby(children, lambda one: isinstance(one, Element) and one.tag not in INLINE):
            together = list(group)
            if is_block:
                found += [self.block(one) for one in together if isinstance(one, Element)]
            elif line := self.inline(together, parent):
                if parent.tag not in {"li", "dd"}:
                    raise refused(self.template, parent.line, f"text `{plain(line)[:30]}` outside of a paragraph")
                found.append(Paragraph(content=line))
        return tuple(found)

    def block(self, one: Element) -> Block:
        self.examine(one)
        match one.tag:
            case "h1" | "h2" | "h3" | "h4":
                return Heading(level=int(one.tag[1]), content=self.line(one), is_centred="centre" in one.classes)
            case "p":
                styles = [STYLES[name] for name in STYLES if name in one.classes]
                return Paragraph(content=self.line(one), style=styles[0] if styles else "plain")
            case "ol" | "ul":
                return self.listing(one)
            case "dl":
                return self.grounds(one)
            case "table":
                return self.table(one)
            case "figure":
                return self.figure(one)
            case "hr" if "page" in one.classes:
                return PageBreak()
            case "div" if "sign" in one.classes:
                lines = tuple(self.line(self.only(part, {"p"})) for part in self.children(one))
                return Signature(lines=lines, is_left="left" in one.classes)
        raise refused(self.template, one.line, f"`<{one.tag}>` is not an element that stands here")

    def listing(self, one: Element) -> Listing:
        kind = one.attributes.get("type", "1") if one.tag == "ol" else None
        if kind is not None and kind not in MARKERS:
            raise refused(self.template, one.line, f"`{kind}` is no type of a list; write one of {', '.join(MARKERS)}")
        items = tuple(self.blocks(self.only(part, {"li"}).children, part) for part in self.children(one))
        return Listing(marker=kind, items=items)

    def grounds(self, one: Element) -> Grounds:
        parts = [self.only(part, {"dt", "dd"}) for part in self.children(one)]
        if [part.tag for part in parts] != ["dt", "dd"] * (len(parts) // 2):
            raise refused(self.template, one.line, "in `<dl>` a `<dd>` follows each `<dt>`")
        return Grounds(
            rows=tuple(
                Ground(label=self.line(label), content=self.blocks(content.children, content))
                for label, content in zip(parts[::2], parts[1::2], strict=True)
            )
        )

    def table(self, one: Element) -> Table:
        rows: dict[str, list[tuple[Cell, ...]]] = {"thead": [], "tbody": []}
        for part in self.children(one):
            for row in self.children(self.only(part, set(rows))):
                cells = [self.only(cell, {"th", "td"}) for cell in self.children(self.only(row, {"tr"}))]
                rows[part.tag].append(tuple(self.cell(cell) for cell in cells))
        counts = {len(row) for group in rows.values() for row in group}
        if len(counts) != 1:
            raise refused(self.template, one.line, f"a table has as many cells in every row; here {sorted(counts)}")
        head, body = tuple(rows["thead"]), tuple(rows["tbody"])
        return Table(head=head, body=body, widths=self.widths(one, (*head, *body)))

    def cell(self, one: Element) -> Cell:
        depth = next((int(name[5:]) for name in one.classes if re.fullmatch("depth[0-9]", name)), 0)
        return Cell(content=self.line(one), is_header=one.tag == "th", depth=depth)

    def widths(self, one: Element, rows: tuple[tuple[Cell, ...], ...]) -> tuple[int, ...]:
        """Give the widths that the template sets, or shares by the length of the texts."""
        said = one.attributes.get("data-widths")
        if said is not None:
            if not re.fullmatch("[0-9]{1,3}( [0-9]{1,3})*", said) or len(said.split()) != len(rows[0]):
                raise refused(self.template, one.line, f"`{said}` are not the widths of {len(rows[0])} columns")
            sizes = [float(part) for part in said.split()]
        else:
            columns = zip(*rows, strict=True)
            sizes = [
                max(10.0, sum(min(len(plain(cell.content)), 80) for cell in column) / len(rows)) for column in columns
            ]
        least = min(NARROWEST, 40 // len(sizes))
        narrow = [max(least, round(100 * size / (sum(sizes) or 1))) for size in sizes]
        widest = narrow.index(max(narrow))
        return tuple(size + (100 - sum(narrow) if place == widest else 0) for place, size in enumerate(narrow))

    def figure(self, one: Element) -> Figure:
        image, *captions = [self.only(part, {"img", "figcaption"}) for part in self.children(one)] or [one]
        picture = self.pictures.get(image.attributes.get("src", ""))
        if picture is None or len(captions) > 1 or any(part.tag != "figcaption" for part in captions):
            message = (
                "a figure holds an `<img>` with the name of a picture as its `src`, and a `<figcaption>` if need be"
            )
            raise refused(self.template, one.line, message)
        return Figure(picture=picture, caption=self.line(captions[0]) if captions else ())

    def line(self, one: Element) -> Line:
        """Read the inline content of an element, with runs of spaces as one."""
        self.examine(one)
        return self.inline(one.children, one)

    def inline(self, children: list[Element | str], parent: Element) -> Line:
        return _tidy([part for one in children for part in self.looks(one, parent, is_strong=False, is_emphatic=False)])

    def looks(self, one: Element | str, parent: Element, *, is_strong: bool, is_emphatic: bool) -> list[Inline]:
        if isinstance(one, str):
            return [Text(finished(SPACE.sub(" ", one)), is_strong, is_emphatic)]
        self.examine(one)
        match one.tag:
            case "br" if not one.children:
                return [Break()]
            case "span" if "blank" in one.classes and not "".join(map(str, one.children)).strip():
                return [Text(BLANK, is_strong, is_emphatic)]
            case "strong" | "em":
                strong, emphatic = is_strong or one.tag == "strong", is_emphatic or one.tag == "em"
                return [
                    part
                    for child in one.children
                    for part in self.looks(child, one, is_strong=strong, is_emphatic=emphatic)
                ]
        raise refused(self.template, one.line, f"`<{one.tag}>` does not stand in `<{parent.tag}>`")

    def children(self, one: Element) -> list[Element]:
        """Give the elements within one that holds no text of its own."""
        self.examine(one)
        if said := "".join(part for part in one.children if isinstance(part, str)).strip():
            raise refused(self.template, one.line, f"text `{said[:30]}` in `<{one.tag}>`, which holds elements only")
        return one.elements

    def only(self, one: Element, tags: set[str]) -> Element:
        if one.tag not in tags:
            raise refused(self.template, one.line, f"`<{one.tag}>` where {' or '.join(sorted(tags))} stands")
        return one

    def examine(self, one: Element) -> None:
        for name in one.attributes:
            tags = ALLOWED.get(name, set())
            if tags is not None and one.tag not in tags:
                raise refused(self.template, one.line, f"`{name}` is no attribute of `<{one.tag}>`")


def _tidy(parts: list[Inline]) -> Line:
    """Put texts of one look together and take out spaces at the ends of lines."""
    found: list[Inline] = []
    for one in parts:
        if isinstance(one, Break):
            _trim(found)
            found.append(one)
            continue
        last = found[-1] if found else Break()
        text = one.text.lstrip(" ") if isinstance(last, Break) or last.text.endswith(" ") else one.text
        if isinstance(last, Text) and (last.is_strong, last.is_emphatic) == (one.is_strong, one.is_emphatic):
            found[-1] = replace(one, text=last.text + text)
        elif text:
            found.append(replace(one, text=text))
    _trim(found)
    return tuple(found)


def _trim(found: list[Inline]) -> None:
    if found and isinstance(found[-1], Text):
        last = found.pop()
        if isinstance(last, Text) and (kept := last.text.rstrip(" ")):
            found.append(replace(last, text=kept))
