"""The pages of the rules, made from the rules: what each one says of itself, with its examples."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from escalation.checks import FAMILIES, RULES, Rule
from escalation.documents import drafting
from escalation.documents.drafting import DraftRule
from escalation.policy.values import Language
from escalation.policy.wording import day

MARK = "<!-- Below this line the page is made from the rules. -->\n"
ERRORS = Path(__file__).resolve().parent.parent.parent / "escalation" / "manual" / "errors.md"
REFUSED = """\
## What is refused before

A file with one of these is not read at all, and they cannot be answered; the page `errors` says of each what it means:
"""


def made(head: str) -> str:
    """Give the whole page `rules`: what was written by hand, and what the rules say."""
    families = [(family, [one for one in RULES.values() if one.family == family.__name__]) for family in FAMILIES]
    table = "".join(_row(one, str(one.severity)) for _, rules in families for one in rules)
    sections = [_section(str(family.__doc__), [_page(one) for one in rules]) for family, rules in families]
    refused = re.findall(r"^\| `([a-z0-9-]+)` \|", ERRORS.read_text(encoding="utf-8"), re.MULTILINE)
    sections.append(
        REFUSED + textwrap.fill(", ".join(f"`{name}`" for name in refused) + ".", 120, break_on_hyphens=False) + "\n"
    )
    return "\n".join((head + MARK, f"| rule | severity | finds |\n| --- | --- | --- |\n{table}", *sections))


def made_for_drafts(head: str) -> str:
    """Give the whole page `drafting`: what was written by hand, and what the rules on drafts say."""
    families = [
        (family, [one for one in drafting.RULES.values() if one.family == family.__name__])
        for family in drafting.FAMILIES
    ]
    table = "".join(_row(one, f"{one.severity} | {one.number}") for _, rules in families for one in rules)
    sections = [_section(str(family.__doc__), [_page_on_drafts(one) for one in rules]) for family, rules in families]
    return "\n".join((head + MARK, f"| rule | severity | no. | finds |\n| --- | --- | --- | --- |\n{table}", *sections))


def _row(one: Rule | DraftRule, more: str) -> str:
    first, _, _ = one.page.partition("\n")
    return f"| `{one.name}` | {more} | {first[:1].lower()}{first[1:].rstrip('.')} |\n"


def _section(doc: str, pages: list[str]) -> str:
    title = doc.partition("\n")[0].rstrip(".")
    return "\n".join((f"## {title}\n", *pages))


def _page(one: Rule) -> str:
    asked = " Tried only where `--select` names it." if one.on_request else ""
    return (
        f"### `{one.name}`\n\n*{one.severity}.*{asked} {_text(one, 'yaml')}\n\n"
        f"Remedy: {one.help[:1].upper() + one.help[1:]}.\n"
    )


def _page_on_drafts(one: DraftRule) -> str:
    tried = ", ".join(f"`{kind}`" for kind in sorted(kind for kind in one.of if kind is not None)) or "any other text"
    numbered = f"Lampiran II no. {one.number}" if one.number[0].isdigit() else one.number
    since = f"; by the law from {day(one.since, Language.ENGLISH)} on" if one.since else ""
    remedy = one.remedy(Language.ENGLISH)
    return (
        f"### `{one.name}`\n\n*{one.severity}; {numbered}{since}; {tried}.* {_text(one, 'markdown')}\n\n"
        f"Remedy: {remedy[:1].upper() + remedy[1:]}.\n"
    )


def _text(one: Rule | DraftRule, language: str) -> str:
    def fenced(match: re.Match[str]) -> str:
        lines = match[1].strip("\n")
        if not lines:
            return match[1]
        return f"\n```{language}\n" + re.sub("^    ", "", lines, flags=re.MULTILINE) + "\n```\n\n"

    return re.sub(r"((?:^    .*\n|^\n)+)", fenced, one.page + "\n", flags=re.MULTILINE).strip()
