"""Rules on authority: whether the legal form of a stage can carry what the stage says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from escalation.checks.registry import Finding, rule
from escalation.diagnostics import Severity
from escalation.instruments import PACKS, Form, Reach, load_pack
from escalation.policy.defects import named

if TYPE_CHECKING:
    from escalation.policy.model import Policy, Stage
    from escalation.policy.source import Route
    from escalation.policy.values import BothLanguages

# `wajib` and `dilarang` are for what a sanction follows (UU 12/2011, Lampiran II no. 268 and 270). `harus` (no. 269) is
# a condition for a benefit, which a circular may well explain: it is not among them.
_PENALTY = "a fine|fines|fined|penalty|penalties"
_OBLIGATION = re.compile(
    r"\b(wajib|mewajibkan|diwajibkan|kewajiban|dilarang|melarang|larangan|sanksi|denda|dipidana|pidana|must|mandatory"
    rf"|obligatory|obligation|obliged|forbidden|prohibited|prohibition|ban|{_PENALTY})\b",
    re.IGNORECASE,
)
_SANCTION = re.compile(
    r"\b(?:(?P<imprisonment>kurungan|penjara|imprisonment|jail)|(?P<fine>pidana|dipidana|criminal)"
    rf"|(?P<administrative>sanksi|denda|teguran|penghentian|pencabutan izin|sanctions?|{_PENALTY}))\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(tidak|tanpa|bukan|tak|belum|no|not|without|never)(\s+\w+)?\s+$", re.IGNORECASE)


@rule("unknown-pack", severity=Severity.ERROR)
def unknown_pack(policy: Policy) -> Iterator[Finding]:
    """No pack of legal forms has the name that the policy gives.

    Nothing can be checked of the instruments then.

    Bad:

        instruments: indonesia-citty
        stages: [{name: mild, instrument: surat_edaran}, {name: strict, instrument: perda}]

    Good:

        instruments: indonesia-city
        stages: [{name: mild, instrument: surat_edaran}, {name: strict, instrument: perda}]
    """
    if policy.instruments is not None and policy.instruments not in PACKS:
        yield ("instruments",), f"there is no pack `{policy.instruments}` of legal forms; there are {named(PACKS)}"


@rule("unknown-instrument", severity=Severity.ERROR)
def unknown_instrument(policy: Policy) -> Iterator[Finding]:
    """A stage names a legal form that is not in the pack.

    Nothing can be checked of it then: whom it binds, and what it may threaten.

    Bad:

        instruments: indonesia-city
        stages: [{name: mild, instrument: surat_edran}, {name: strict, instrument: perda}]

    Good:

        instruments: indonesia-city
        stages: [{name: mild, instrument: surat_edaran}, {name: strict, instrument: perda}]
    """
    forms = forms_of(policy)
    for index, stage in enumerate(policy.stages):
        if forms and stage.instrument is not None and stage.instrument not in forms:
            message = f"`{stage.instrument}` is not in the pack `{policy.instruments}`; there are {named(forms)}"
            yield ("stages", index, "instrument"), message


@rule(
    "instrument-without-pack",
    severity=Severity.WARNING,
    help="add `instruments`, such as `instruments: generic`",
)
def instrument_without_pack(policy: Policy) -> Iterator[Finding]:
    """A stage names a legal form, and the policy names no pack that says what it is.

    Nothing can be checked of the form: a misspelt one stays unseen.

    Bad:

        stages: [{name: mild, instrument: notice}, {name: strict, instrument: by_law}]

    Good:

        instruments: generic
        stages: [{name: mild, instrument: notice}, {name: strict, instrument: by_law}]
    """
    if policy.instruments is None:
        for index, stage in enumerate(policy.stages):
            if stage.instrument is not None:
                message = f"`{stage.name}` has the instrument `{stage.instrument}`, and the policy names no pack"
                yield ("stages", index, "instrument"), message
                return


@rule("weaker-instrument", severity=Severity.WARNING, help="order the stages by how hard their instruments are")
def weaker_instrument(policy: Policy) -> Iterator[Finding]:
    """A stricter stage has a softer legal form than the stage before it.

    From the softest: advisory, internal direction, executive order, executive regulation, law or by-law. What a
    regulation demands, a circular cannot make stricter.

    Bad:

        instruments: generic
        stages: [{name: mild, instrument: order}, {name: strict, instrument: notice}]

    Good:

        instruments: generic
        stages: [{name: mild, instrument: notice}, {name: strict, instrument: order}]
    """
    found = [(index, stage, form) for index, stage, form in _stages(policy)]
    for (earlier, before, softer), (index, stage, form) in pairwise(found):
        if form.kind.rank < softer.kind.rank:
            message = f"`{stage.instrument}` of `{stage.name}` is softer than `{before.instrument}` of `{before.name}`"
            yield ("stages", index, "instrument"), message, [(("stages", earlier, "instrument"), "the harder one")]


@rule(
    "sanction-beyond-instrument",
    severity=Severity.WARNING,
    help="leave the sanction out, or choose a form that can carry it",
)
def sanction_beyond_instrument(policy: Policy) -> Iterator[Finding]:
    """A stage speaks of a sanction, in its title, note or draft, that its legal form cannot carry.

    A circular has none, a mayoral regulation administrative ones only: criminal provisions stand in laws and by-laws
    (UU 12/2011 pasal 15 ayat (1)). What a form could carry at any time counts; how it changed stands in the pack.

    Bad:

        instruments: indonesia-city
        sources: {authority: {title: Perpres 14/2021}}
        stages:
          - {name: mild, instrument: surat_edaran}
          - {name: strict, title: Pidana kurungan bagi pelanggar, instrument: perwal, parent_norm: authority}

    Good:

        instruments: indonesia-city
        sources: {authority: {title: Perpres 14/2021}}
        stages:
          - {name: mild, instrument: surat_edaran}
          - {name: strict, title: Teguran bagi pelanggar, instrument: perwal, parent_norm: authority}
    """
    for index, stage, form in _stages(policy):
        limit = form.farthest
        yield from _threats(stage, index, form)
        for route, text in _texts(stage, ("stages", index)):
            for match in _said(_SANCTION, text):
                asked = Reach(str(match.lastgroup))
                if asked.rank > limit.rank:
                    known = (
                        "no sanctions on the public" if limit.rank < Reach.ADMINISTRATIVE.rank else f"`{limit}` at most"
                    )
                    yield route, f"`{match[0]}` asks for more than `{stage.instrument}` can carry: {known}"
                    break


def _threats(stage: Stage, index: int, form: Form) -> Iterator[Finding]:
    """Find sanctions of a draft that the form cannot carry at any time, and a fine above all it could."""
    threats, limit = stage.draft.sanctions if stage.draft is not None else None, form.farthest
    if threats is None:
        return
    route = ("stages", index, "draft", "sanctions")
    if threats.administrative is not None and limit.rank < Reach.ADMINISTRATIVE.rank:
        yield (*route, "administrative"), f"`{stage.instrument}` can carry no sanctions on the public"
    if threats.penalty is not None:
        fines = [fact.value.fine for fact in form.sanctions if fact.value.fine is not None]
        if limit.rank < Reach.FINE.rank:
            yield (*route, "penalty"), f"`{stage.instrument}` can carry no criminal penalty"
        elif fines and all(threats.penalty.fine.is_above(one) for one in fines):
            most = max(fines, key=lambda one: one.amount)
            message = f"the fine is above the {most.amount:,} {most.currency} that `{stage.instrument}` can carry"
            if threats.penalty.fine.currency != most.currency:
                message = f"the fine is in another currency than those of `{stage.instrument}`: {most.currency}"
            yield (*route, "penalty", "fine"), message


@rule(
    "regulation-without-parent-norm",
    severity=Severity.WARNING,
    help="name under `parent_norm` the source that gives the power",
)
def regulation_without_parent_norm(policy: Policy) -> Iterator[Finding]:
    """The legal form of a stage needs a higher norm, and the stage names none.

    A regulation of the executive carries out a law or is made on its authority (for a Perwal UU 23/2014 pasal 246 ayat
    (1)). Without that norm it can be struck down.

    Bad:

        instruments: indonesia-city
        stages: [{name: mild, instrument: surat_edaran}, {name: strict, instrument: perwal}]

    Good:

        instruments: indonesia-city
        sources: {authority: {title: "Perpres 14/2021, pasal 13A"}}
        stages:
          - {name: mild, instrument: surat_edaran}
          - {name: strict, instrument: perwal, parent_norm: authority}
    """
    for index, stage, form in _stages(policy):
        if form.needs_parent_norm and not [name for name in stage.parent_norm or () if name in policy.sources]:
            message = f"`{stage.instrument}` needs a higher norm, and `{stage.name}` names none"
            yield ("stages", index, "instrument"), message


@rule(
    "obligation-in-soft-law",
    severity=Severity.WARNING,
    help="ask, recommend or invite; or choose a form that binds the public",
)
def obligation_in_soft_law(policy: Policy) -> Iterator[Finding]:
    """A stage whose legal form does not bind the public speaks of duty, prohibition or penalty.

    `wajib` and `dilarang` are for what a sanction follows (UU 12/2011, Lampiran II no. 268 and 270). The circular of
    Bekasi of 9 September 2021 was called *Kewajiban Vaksinasi* and was, said the mayor, no condition. `tidak wajib` and
    `not mandatory` are no such words, and neither is `harus`, a condition for a benefit (no. 269).

    Bad:

        instruments: indonesia-city
        stages:
          - {name: mild, title: {id: Kewajiban vaksinasi}, instrument: surat_edaran}
          - {name: strict, instrument: perda}

    Good:

        instruments: indonesia-city
        stages:
          - {name: mild, title: {id: Imbauan vaksinasi, en: Vaccination is not mandatory}, instrument: surat_edaran}
          - {name: strict, instrument: perda}
    """
    for index, stage, form in _stages(policy):
        if form.is_soft:
            for route, text in _texts(stage, ("stages", index)):
                match = next(_said(_OBLIGATION, text), None)
                if match:
                    yield route, f"`{match[0]}` cannot be demanded of the public by `{stage.instrument}`"


def forms_of(policy: Policy) -> Mapping[str, Form]:
    """Give the legal forms of the policy's pack; none where it names none, or one that does not exist."""
    if policy.instruments is None:
        return {}
    return load_pack(policy.instruments).forms if policy.instruments in PACKS else {}


def _stages(policy: Policy) -> Iterator[tuple[int, Stage, Form]]:
    forms = forms_of(policy)
    for index, stage in enumerate(policy.stages):
        if stage.instrument in forms:
            yield index, stage, forms[str(stage.instrument)]


def _texts(stage: Stage, route: Route) -> Iterator[tuple[Route, str]]:
    for key, wording in (("title", stage.title), ("note", stage.note)):
        if wording is not None:
            yield from _in_each_language((*route, key), wording)
    for inner, wording in stage.draft.texts() if stage.draft is not None else ():
        yield from _in_each_language((*route, "draft", *inner), wording)


def _in_each_language(route: Route, wording: BothLanguages) -> Iterator[tuple[Route, str]]:
    said = {text: language for language, text in (("id", wording.id), ("en", wording.en)) if text}
    yield from (((*route, language), text) for text, language in said.items())


def _said(words: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Find the words in a text that it does not deny: `tidak wajib`, `without any penalty`."""
    return (match for match in words.finditer(text) if not _DENIAL.search(text, 0, match.start()))
