"""The page of the rules, made from the rules: what each one says of itself, with its examples."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from escalation.checks import FAMILIES, RULES, Rule

MARK = "<!-- Below this line the page is made from the rules. -->\n"
ERRORS = Path(__file__).resolve().parent.parent.parent / "escalation" / "manual" / "errors.md"
REFUSED = """\
## What is refused before

A file with one of these is not read at all, and they cannot be answered; the page `errors` says of each what it means:
"""


def made(head: str) -> str:
    """Give the whole page: what was written by hand, and what the rules say."""
    families = [(family, [one for one in RULES.values() if one.family == family.__name__]) for family in FAMILIES]
    table = "".join(_row(one) for _, rules in families for one in rules)
    sections = [_section(str(family.__doc__), rules) for family, rules in families]
    refused = re.findall(r"^\| `([a-z0-9-]+)` \|", ERRORS.read_text(encoding="utf-8"), re.MULTILINE)
    sections.append(
        REFUSED + textwrap.fill(", ".join(f"`{name}`" for name in refused) + ".", 120, break_on_hyphens=False) + "\n"
    )
    return "\n".join((head + MARK, f"| rule | severity | finds |\n| --- | --- | --- |\n{table}", *sections))


def _row(one: Rule) -> str:
    first, _, _ = one.page.partition("\n")
    return f"| `{one.name}` | {one.severity} | {first[:1].lower()}{first[1:].rstrip('.')} |\n"


def _section(doc: str, rules: list[Rule]) -> str:
    title = doc.partition("\n")[0].rstrip(".")
    return "\n".join((f"## {title}\n", *(_page(one) for one in rules)))


def _page(one: Rule) -> str:
    text = re.sub(r"((?:^    .*\n|^\n)+)", _fenced, one.page + "\n", flags=re.MULTILINE)
    asked = " Tried only where `--select` names it." if one.on_request else ""
    remedy = one.help[:1].upper() + one.help[1:]
    return f"### `{one.name}`\n\n*{one.severity}.*{asked} {text.strip()}\n\nRemedy: {remedy}.\n"


def _fenced(match: re.Match[str]) -> str:
    lines = match[1].strip("\n")
    if not lines:
        return match[1]
    return "\n```yaml\n" + re.sub("^    ", "", lines, flags=re.MULTILINE) + "\n```\n\n"
