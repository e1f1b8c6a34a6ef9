"""Addresses of drafts as Akoma Ntoso writes them, with the place that makes the act and without a number."""

from __future__ import annotations

import re

from escalation.documents.papers.instruments.act import Act
from escalation.errors import RequestError
from escalation.policy.values import Language

NO_NUMBER = "nn"
"""What the naming convention of Akoma Ntoso writes for a work without a number."""
REPEAL = "repeal"
"""What sets the repeal of an act apart from a draft of the same form and day."""
LANGUAGES = {Language.INDONESIAN: "ind", Language.ENGLISH: "eng"}
"""ISO 639-2."""


def locality(act: Act) -> str:
    """Give country and code of the place that acts, such as `id-3275`.

    Raise RequestError where the policy names no country of two letters, or a code that no address can hold.
    """
    place = act.policy.jurisdiction
    country = (place.country or "").lower() if place is not None else ""
    code = (place.code or "").lower() if place is not None else ""
    if not re.fullmatch("[a-z]{2}", country) or not re.fullmatch("[a-z0-9]*", code):
        raise RequestError(
            "an address of Akoma Ntoso needs the country, and may have a code of letters and digits",
            help='write in the policy, for instance: jurisdiction: {name: Kota Bekasi, code: "3275", country: ID}',
        )
    return f"{country}-{code}" if code else country


def work_address(act: Act, kind: str) -> str:
    """Give the address of a draft of a kind (`act`, `statement`): of the last day of the week, with no number."""
    number = f"{NO_NUMBER}-{REPEAL}" if act.is_repeal else NO_NUMBER
    return f"/akn/{locality(act)}/{kind}/{subtype(act)}/{act.day.isoformat()}/{number}"


def subtype(act: Act) -> str:
    """Give the form of an act as a part of an address."""
    return (act.stage.instrument or "").replace("_", "-")


def expression_address(act: Act, kind: str) -> str:
    """Give the address of the text in the language of the act."""
    return f"{work_address(act, kind)}/{LANGUAGES[act.language]}@{act.day.isoformat()}"
