"""The files that a draft of a legal form is exported to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from escalation.documents.exports.akn import akn
from escalation.documents.exports.jdih import jdih
from escalation.documents.papers.instruments.act import Act, act_of, repeal_of
from escalation.documents.papers.instruments.contents import InstrumentContext
from escalation.documents.papers.instruments.instrument import instrument_context
from escalation.documents.papers.naming import file_name
from escalation.documents.papers.papers import Request

WRITERS: Mapping[str, tuple[str, Callable[[Act, InstrumentContext], bytes]]] = {
    "akn": ("akn.xml", akn),
    "jdih": ("jdih.json", jdih),
}
"""How files of an export end, and what writes them; one of each EXPORTS."""


def export(name: str, asked: Request) -> Mapping[str, bytes]:
    """Give the draft of the act put forward in one of EXPORTS, and that of the act that repeals the one in force.

    They come by file name; nothing where there is no draft. Raise RequestError where the policy does not say where the
    act is made, and the export needs it.
    """
    ending, write = WRITERS[name]
    acts = {"instrument": act_of(asked.policy, asked.subject), "repeal": repeal_of(asked.policy, asked.subject)}
    return {
        file_name(paper, asked.subject.explanation, ending): write(
            act, instrument_context(act, asked.observations, made_with=asked.made_with)
        )
        for paper, act in acts.items()
        if act is not None
    }
