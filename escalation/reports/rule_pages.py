"""What the manual says of a rule, for the reports that can show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from escalation.checks import RULES
from escalation.documents import drafting

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW = re.compile(r"^\| `(?P<rule>[a-z0-9-]+)` \| (?P<meaning>.+?) \| (?P<remedy>.+?) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """What a rule finds in a line, and the whole page as Markdown."""

    summary: str
    text: str


def rule_page(rule: str) -> RulePage:
    """Give the page of a rule: its own, or for a mistake that keeps a file from being used its row in the manual."""
    known = RULES.get(rule) or drafting.RULES.get(rule)
    if known is not None:
        page = known.page
        return RulePage(summary=" ".join(page.partition("\n\n")[0].split()), text=page)
    return _rows().get(rule) or RulePage(summary=rule, text="see `escalation manual errors`")


@cache
def _rows() -> Mapping[str, RulePage]:
    manual = files("escalation").joinpath("manual", "errors.md").read_text(encoding="utf-8")
    pages: dict[str, RulePage] = {}
    remedy = ""
    for row in ROW.finditer(manual):
        remedy = remedy if row["remedy"] == "likewise" else row["remedy"]
        pages[row["rule"]] = RulePage(summary=row["meaning"], text=f"{row['meaning']}; remedy: {remedy}")
    return MappingProxyType(pages)
