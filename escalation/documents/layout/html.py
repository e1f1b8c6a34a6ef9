"""A paper as one page of HTML that needs no other file, runs nothing and prints on its sheet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

from escalation.documents.layout.tree import (
    Block,
    Break,
    Cell,
    Figure,
    Grounds,
    Heading,
    Line,
    Listing,
    PageBreak,
    Paper,
    Paragraph,
    Signature,
    Table,
    Text,
    Trace,
    is_long,
    plain,
)

SECURITY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
KINDS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "I": "upper-roman", "(1)": "bracketed",
         "a)": "letter-bracket", "1)": "number-bracket"}  # fmt: skip
"""The counter styles of the markers of lists; the last three are set by the style sheet."""


def write(paper: Paper) -> str:
    """Write a paper: its banner above all, its trace below."""
    title = _text(f"{plain(paper.banner)}: {plain(paper.title.content)}")
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{paper.language}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{SECURITY}">',
            f"<title>{title}</title>",
            f"<style>\n{_styles()}{_page(paper)}</style>",
            "</head>",
            "<body>",
            f'<header><p class="banner">{_line(paper.banner)}</p></header>',
            "<main>",
            *(line for block in paper.blocks for line in _block(block)),
            "</main>",
            "<footer>",
            *_trace(paper.trace),
            "</footer>",
            "</body>",
            "</html>\n",
        )
    )


@cache
def _styles() -> str:
    return files("escalation").joinpath("documents", "templates", "paper.css").read_text(encoding="utf-8")


def _page(paper: Paper) -> str:
    """Write the rules of the sheet: size, margins, letters, and the draft's marks on every page."""
    sheet = paper.sheet
    edges = f"{sheet.top:g}mm {sheet.right:g}mm {sheet.bottom:g}mm {sheet.left:g}mm"
    return (
        f"@page {{ size: {sheet.width:g}mm {sheet.height:g}mm; margin: {edges};\n"
        f"  @top-center {{ content: {_css_text(plain(paper.banner))}; font: 8pt sans-serif; color: #8a1c1c; }}\n"
        f"  @bottom-left {{ content: {_css_text(paper.trace.short)}; font: 7pt sans-serif; }}\n"
        f"  @bottom-right {{ content: counter(page); font: 8pt sans-serif; }} }}\n"
        f"@page :first {{ margin-top: {sheet.first_top:g}mm; }}\n"
        f"{FORMAL if sheet.is_formal else CENTRED}"
        f'body {{ font: {sheet.points:g}pt/1.3 "{sheet.font}", {FALLBACKS[sheet.font]}; max-width: '
        f"{sheet.width - sheet.left - sheet.right:g}mm; }}\n"
    )


CENTRED = "h1.centre { font-size: 1.1em; }\n"
FORMAL = "main { text-align: justify; } h1, h2, h3, h4 { font-size: 1em; font-weight: normal; }\n"
FALLBACKS = {"Bookman Old Style": '"TeX Gyre Bonum", "URW Bookman", serif', "Arial": "Helvetica, sans-serif"}


def _css_text(text: str) -> str:
    """Write a text as a string of CSS: every sign but letters, digits and spaces as its number, ended by a space."""
    shown = (sign if sign == " " or (sign.isascii() and sign.isalnum()) else f"\\{ord(sign):06x} " for sign in text)
    return f'"{"".join(shown)}"'


def _trace(trace: Trace) -> Iterator[str]:
    yield f"<p>{_line(trace.heading)}</p>"
    yield '<ul class="trace">'
    yield from (f"<li>{_line(line)}</li>" for line in trace.lines)
    yield "</ul>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, content=content, is_centred=is_centred):
            style = ' class="centre"' if is_centred else ""
            yield f"<h{level}{style}>{_line(content)}</h{level}>"
        case Paragraph(content=content, style=style):
            yield f"<p>{_line(content)}</p>" if style == "plain" else f'<p class="{style}">{_line(content)}</p>'
        case Listing():
            yield from _listing(block)
        case Grounds(rows=rows):
            yield '<dl class="grounds">'
            for row in rows:
                yield f"<div><dt>{_line(row.label)} <span>:</span></dt>"
                yield f"<dd>{_content(row.content)}</dd></div>"
            yield "</dl>"
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)
        case Signature(lines=lines, is_left=is_left, has_room=has_room):
            yield f'<div class="sign{" left" if is_left else ""}{" room" if has_room else ""}">'
            yield from (f"<p>{_line(line)}</p>" for line in lines)
            yield "</div>"
        case PageBreak():
            yield '<hr class="page">'


def _listing(listing: Listing) -> Iterator[str]:
    tag = "ul" if listing.marker is None else "ol"
    yield f"<{tag}>" if listing.marker is None else f'<ol class="{KINDS[listing.marker]}">'
    yield from (f"<li>{_content(item)}</li>" for item in listing.items)
    yield f"</{tag}>"


def _content(blocks: tuple[Block, ...]) -> str:
    """Write what an item holds; a paragraph that is alone, or stands before a list, needs no element of its own."""
    match blocks:
        case (Paragraph(content=content, style="plain"), *rest) if not any(isinstance(one, Paragraph) for one in rest):
            return _line(content) + "".join(f"\n{line}" for one in rest for line in _block(one))
    return "\n".join(line for one in blocks for line in _block(one))


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    columns = "".join(f'<col style="width: {size}%">' for size in table.widths)
    yield f"<colgroup>{columns}</colgroup>"
    for tag, rows, scope in (("thead", table.head, "col"), ("tbody", table.body, "row")):
        if rows:
            yield f"<{tag}>"
            for row in rows:
                opened = '<tr class="long">' if is_long(row, table.widths) else "<tr>"
                yield f"{opened}{''.join(_cell(cell, scope) for cell in row)}</tr>"
            yield f"</{tag}>"
    yield "</table>"


def _cell(cell: Cell, scope: str) -> str:
    depth = f' class="depth{cell.depth}"' if cell.depth else ""
    if cell.is_header:
        return f'<th scope="{scope}"{depth}>{_line(cell.content)}</th>'
    return f"<td{depth}>{_line(cell.content)}</td>"


def _figure(figure: Figure) -> Iterator[str]:
    yield "<figure>"
    yield figure.picture.draw("svg").decode().strip()
    if figure.caption:
        yield f"<figcaption>{_line(figure.caption)}</figcaption>"
    yield "</figure>"


def _line(line: Line) -> str:
    return "".join("<br>" if isinstance(one, Break) else _look(one) for one in line)


def _look(one: Text) -> str:
    text = _text(one.text)
    text = f"<em>{text}</em>" if one.is_emphatic else text
    return f"<strong>{text}</strong>" if one.is_strong else text


def _text(text: str) -> str:
    return escape(text, quote=True)
