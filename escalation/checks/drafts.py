"""Rules on drafts: what the draft of a legal form cites, and whom its sanctions meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.checks.authority import forms_of
from escalation.checks.registry import Finding, rule
from escalation.diagnostics import Severity
from escalation.instruments import PACKS, load_pack
from escalation.policy.values import ASSUMPTION

if TYPE_CHECKING:
    from escalation.instruments import Pack
    from escalation.policy.draft import Draft
    from escalation.policy.model import Policy, Stage
    from escalation.policy.source import Route


@rule("unknown-norm", severity=Severity.ERROR, help="define it under `sources`, with a `norm`")
def unknown_norm(policy: Policy) -> Iterator[Finding]:
    """A draft rests on a norm that is neither a source of the policy nor a norm of its pack.

    It cannot be cited then, and the list of norms of the draft would lack it.

    Bad:

        instruments: indonesia-city
        stages:
          - {name: mild, instrument: surat_edaran}
          - name: strict
            instrument: perda
            draft: {source: assumption, subject: Vaksinasi, legal_basis: uu-6-2081, measures: [{text: Ikut vaksinasi}]}

    Good:

        instruments: indonesia-city
        stages:
          - {name: mild, instrument: surat_edaran}
          - name: strict
            instrument: perda
            draft: {source: assumption, subject: Vaksinasi, legal_basis: uu-6-2018, measures: [{text: Ikut vaksinasi}]}
    """
    pack = _pack(policy)
    for route, _, draft in _drafts(policy):
        for index, name in enumerate(draft.legal_basis or ()):
            if name not in policy.sources and (pack is None or name not in pack.norms):
                known = f" or a norm of `{pack.name}`" if pack is not None else ""
                yield (*route, "legal_basis", index), f"`{name}` is not a source of this policy{known}"


@rule(
    "unknown-rank", severity=Severity.ERROR, help="name one of the pack's `ranks`, or none for what is no legislation"
)
def unknown_rank(policy: Policy) -> Iterator[Finding]:
    """A norm has a rank that the pack of legal forms does not have.

    Norms stand by rank in the list of a draft, and one whose rank is not known is left out of it.

    Bad:

        instruments: indonesia-city
        sources: {act: {title: UU 6/2018, norm: {rank: law, year: 2018, number: 6, citation: "UU Nomor 6 Tahun 2018"}}}

    Good:

        instruments: indonesia-city
        sources:
          act: {title: UU 6/2018, norm: {rank: undang_undang, year: 2018, number: 6, citation: "UU Nomor 6 Tahun 2018"}}
    """
    pack = _pack(policy)
    if pack is None:
        return
    for name, source in policy.sources.items():
        rank = source.norm.rank if source.norm is not None else None
        if rank is not None and rank not in pack.ranks:
            ranks = ", ".join(f"`{one}`" for one in pack.ranks) or "none"
            yield ("sources", name, "norm", "rank"), f"`{rank}` is no rank of `{pack.name}`, whose ranks are {ranks}"


@rule("uncitable-document", severity=Severity.WARNING, help="add `norm`, with the `citation` in full")
def uncitable_document(policy: Policy) -> Iterator[Finding]:
    """A draft cites a document, and the policy does not say how legal texts cite it.

    The title of a source is for readers of the policy. Legal texts name kind, number, year and subject, and where it
    was published; a `norm` of the source says it.

    Bad:

        sources: {circular: {title: SE 440/1395}}
        stages:
          - {name: mild}
          - name: strict
            draft: {source: assumption, subject: Vaccination, follows_up: circular, measures: [{text: come}]}

    Good:

        sources: {circular: {title: SE 440/1395, norm: {citation: "Circular 440/1395 of 9 September 2021"}}}
        stages:
          - {name: mild}
          - name: strict
            draft: {source: assumption, subject: Vaccination, follows_up: circular, measures: [{text: come}]}
    """
    place = policy.jurisdiction
    if place is not None and place.founding_law is not None:
        yield from _uncitable(policy, place.founding_law, ("jurisdiction", "founding_law"))
    for route, _, draft in _drafts(policy):
        for key, names in (("legal_basis", draft.legal_basis), ("follows_up", draft.follows_up)):
            for index, name in enumerate(names or ()):
                yield from _uncitable(policy, name, (*route, key, index))


@rule(
    "basis-of-lower-rank",
    severity=Severity.WARNING,
    help="name it under `follows_up`, or leave it out",
)
def basis_of_lower_rank(policy: Policy) -> Iterator[Finding]:
    """A draft rests on a document below its own rank, or on one that is no legislation.

    Only norms of the same rank or a higher one are a legal basis (UU 12/2011, Lampiran II no. 41). Circulars,
    instructions and decisions may be followed up; that stands among the considerations.

    Bad:

        instruments: indonesia-city
        sources: {circular: {title: SE 440/1395, norm: {citation: "Surat Edaran Nomor 440/1395"}}}
        stages:
          - {name: mild, instrument: surat_edaran}
          - name: strict
            instrument: perda
            draft: {source: assumption, subject: Vaksinasi, legal_basis: circular, measures: [{text: Ikut vaksinasi}]}

    Good:

        instruments: indonesia-city
        sources: {circular: {title: SE 440/1395, norm: {citation: "Surat Edaran Nomor 440/1395"}}}
        stages:
          - {name: mild, instrument: surat_edaran}
          - name: strict
            instrument: perda
            draft: {source: assumption, subject: Vaksinasi, follows_up: circular, measures: [{text: Ikut vaksinasi}]}
    """
    pack, forms = _pack(policy), forms_of(policy)
    for route, stage, draft in _drafts(policy):
        form = forms.get(stage.instrument or "")
        if pack is None or form is None or form.rank is None:
            continue
        equal_or_higher = pack.ranks[: pack.ranks.index(form.rank) + 1]
        for index, name in enumerate(draft.legal_basis or ()):
            rank = _rank(policy, pack, name)
            if rank is not None and (not rank or rank in pack.ranks) and rank not in equal_or_higher:
                message = f"`{name}` stands below `{stage.instrument}`" if rank else f"`{name}` is no legislation"
                yield (*route, "legal_basis", index), message


@rule(
    "sanction-without-way-out",
    severity=Severity.WARNING,
    help="say under `exemptions` and `alternative_channel` whom it spares, and how they are served",
)
def sanction_without_way_out(policy: Policy) -> Iterator[Finding]:
    """A draft threatens sanctions, and spares nobody who cannot comply.

    Who may not be vaccinated, or has had no place to go to, does not refuse. Ombudsman offices held in 2021 that a duty
    without exemptions and without another way to be served may be maladministration.

    Bad:

        instruments: generic
        stages:
          - {name: mild, instrument: notice}
          - name: strict
            instrument: by_law
            draft:
              source: assumption
              subject: Watering
              measures: [{name: no-watering, text: Nobody waters a lawn}]
              sanctions: {administrative: {breach_of: no-watering, steps: [reprimand]}}

    Good:

        instruments: generic
        stages:
          - {name: mild, instrument: notice}
          - name: strict
            instrument: by_law
            draft:
              source: assumption
              subject: Watering
              measures: [{name: no-watering, text: Nobody waters a lawn}]
              exemptions: [{text: Watering by hand for the sick is exempt}]
              alternative_channel: [{text: The board waters graves on request}]
              sanctions: {administrative: {breach_of: no-watering, steps: [reprimand]}}
    """
    for route, stage, draft in _drafts(policy):
        lacking = [key for key in ("exemptions", "alternative_channel") if not getattr(draft, key)]
        if draft.sanctions is not None and lacking:
            message = (
                f"the draft of `{stage.name}` has sanctions, and no {' and no '.join(f'`{one}`' for one in lacking)}"
            )
            yield (*route, "sanctions"), message


def _drafts(policy: Policy) -> Iterator[tuple[Route, Stage, Draft]]:
    for index, stage in enumerate(policy.stages):
        if stage.draft is not None:
            yield ("stages", index, "draft"), stage, stage.draft


def _pack(policy: Policy) -> Pack | None:
    return load_pack(policy.instruments) if policy.instruments in PACKS and policy.instruments is not None else None


def _uncitable(policy: Policy, name: str, route: Route) -> Iterator[Finding]:
    pack = _pack(policy)
    in_pack = pack is not None and name in pack.norms
    if name != ASSUMPTION and name in policy.sources and policy.sources[name].norm is None and not in_pack:
        yield route, f"the policy does not say how legal texts cite `{name}`", [(("sources", name), "it has no `norm`")]


def _rank(policy: Policy, pack: Pack, name: str) -> str | None:
    """Give the rank of a norm; an empty text for what has none, and none for what cannot be cited at all."""
    source, facts = policy.sources.get(name), pack.norms.get(name)
    if source is not None and source.norm is not None:
        return source.norm.rank or ""
    return facts[0].value.rank or "" if facts else None
