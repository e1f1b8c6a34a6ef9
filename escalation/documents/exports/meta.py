"""What Akoma Ntoso says of a draft: its addresses, its makers, and that it is a draft by a machine."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from escalation import __version__
from escalation.documents.exports.elements import element
from escalation.documents.exports.naming import (
    LANGUAGES,
    NO_NUMBER,
    expression_address,
    locality,
    subtype,
    work_address,
)
from escalation.documents.exports.phrases import FORMULAS
from escalation.documents.papers.instruments.act import Act
from escalation.documents.papers.instruments.contents import Head
from escalation.policy.wording import phrase

ENGINE = "#escalation"
OFFICE = "#office"


def meta(act: Act, head: Head, kind: str, *, part: str = "main") -> ET.Element:
    """Say what a draft, or a part of it, is: with neither a number nor a day on which it was made."""
    work, expression = work_address(act, kind), expression_address(act, kind)
    identification = element(
        "identification",
        element(
            "FRBRWork",
            *_addresses(work, part, act),
            element("FRBRcountry", value=locality(act).partition("-")[0]),
            element("FRBRsubtype", value=subtype(act)),
            element("FRBRnumber", value=NO_NUMBER),
            element("FRBRname", value=head.subject),
            element("FRBRprescriptive", value="false"),
            element("FRBRauthoritative", value="false"),
        ),
        element(
            "FRBRExpression",
            *_addresses(expression, part, act),
            element("FRBRlanguage", language=LANGUAGES[act.language]),
        ),
        element(
            "FRBRManifestation",
            *_addresses(f"{expression}.akn", part, act),
            element("FRBRformat", value="application/akn+xml"),
        ),
        source=ENGINE,
    )
    organizations = (
        element("TLCOrganization", eId="escalation", href="/ontology/organization/escalation",
                showAs=f"escalation {__version__}"),
        element("TLCRole", eId="office", href="/ontology/role/office", showAs=head.office),
    )  # fmt: skip
    if part != "main":
        return element("meta", identification)
    return element("meta", identification, element("references", *organizations, source=ENGINE), _notes(act, head))


def _addresses(address: str, part: str, act: Act) -> tuple[ET.Element, ...]:
    """Give the address of a part and of the whole, the day of the draft, and who would make the act."""
    return (
        element("FRBRthis", value=f"{address}/!{part}"),
        element("FRBRuri", value=address),
        element("FRBRdate", date=act.day.isoformat(), name="draft"),
        element("FRBRauthor", href=OFFICE),
    )


def _notes(act: Act, head: Head) -> ET.Element:
    marks = head.marks

    def said(key: str) -> str:
        return phrase(FORMULAS, key, act.language)

    texts = [
        f"{marks.draft}: {marks.machine}",
        *(f"{said('figure')}: {one.metric}, {one.region}, {one.week}: {one.value}" for one in head.figures),
        *(f"{said('threshold')}: {one.metric}: {one.required}" for one in head.figures if one.required),
        *((f"{said('data-until')}: {head.data_until}",) if head.data_until else ()),
        *(f"{said('remark')}: {text}" for text in head.remarks),
        f"{marks.origin}:",
        *marks.trace,
    ]
    notes = (element("note", element("p", text), eId=f"note_{place}") for place, text in enumerate(texts, start=1))
    return element("notes", *notes, source=ENGINE)
