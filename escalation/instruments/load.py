"""Reading a pack of legal forms: every mistake at once, each with its place, as for a policy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import Refused, RequestError
from escalation.instruments.model import Certainty, Fact, Pack
from escalation.policy.defects import Defect, diagnosed, named
from escalation.policy.shape import validated
from escalation.policy.source import Source, read, read_file
from escalation.policy.values import ASSUMPTION

if TYPE_CHECKING:
    from escalation.policy.source import Route

FOLDER = Path(__file__).parent / "packs"
PACKS = tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))
"""The packs that come with the package."""

FOUNDING_LAW = "founding_law"
"""Stands in the basis of a form for the law that founded the policy's jurisdiction."""

ONE_AT_A_TIME = ("sanctions", "signatory")
"""What a form has one of on any day; facts that overlap would contradict each other."""


@cache
def load_pack(name: str) -> Pack:
    """Give a pack by its name. Raise RequestError where there is none, Refused with all that is wrong with it."""
    if name not in PACKS:
        raise RequestError(f"there is no pack `{name}` of legal forms", help=f"the packs are: {named(PACKS)}")
    file = FOLDER / f"{name}.yaml"
    return _made(read(file.name, file.read_bytes()))


def loads_pack(text: str, *, file: str = "pack.yaml") -> Pack:
    """Read a pack from a text; `file` is the name that messages give it. Raise Refused with all that is wrong."""
    return _made(read(file, text.encode()))


def read_pack(path: str | Path) -> Pack:
    """Read a pack from a file. Raise RequestError where there is none, Refused with all that is wrong with it."""
    return _made(read_file(path))


def _made(source: Source) -> Pack:
    pack = validated(Pack, source)
    if mistakes := diagnosed(_defects(pack), source):
        raise Refused(mistakes)
    return pack


def _defects(pack: Pack) -> Iterator[Defect]:
    cited: set[str] = set()
    overlapping: dict[Route, list[tuple[Route, Fact[object]]]] = {}
    for route, fact in pack.facts():
        cited.update(fact.source)
        yield from _unbacked(pack, route, fact)
        yield from _too_early(pack, route, fact)
        if route[0] == "norms" or (route[0] == "forms" and route[2] in ONE_AT_A_TIME):
            overlapping.setdefault(route[:-1], []).append((route, fact))
    for facts in overlapping.values():
        yield from _overlaps(facts)
    yield from _unknown_names(pack)
    yield from _unknown_steps(pack)
    for name in pack.sources:
        if name not in cited:
            yield Defect(
                rule="uncited-source", route=("sources", name), message=f"`{name}` is cited nowhere", on_key=True
            )


def _unbacked(pack: Pack, route: Route, fact: Fact[object]) -> Iterator[Defect]:
    """Find a source that the pack does not have, and an assumption that is not marked as one."""
    known = {**pack.sources, ASSUMPTION: None}
    for one in fact.source:
        if one not in known:
            message = f"`{one}` is not a source of this pack"
            yield Defect(rule="unknown-source", route=(*route, "source"), message=message, word=one, known=known)
    if ASSUMPTION in fact.source and fact.certainty is not Certainty.UNCONFIRMED:
        message = f"what is assumed is not `{fact.certainty.value}`"
        remedy = "write `certainty: unconfirmed`, or name who says it"
        yield Defect(rule="assumed-fact", route=(*route, "certainty"), message=message, help=remedy)


def _too_early(pack: Pack, route: Route, fact: Fact[object]) -> Iterator[Defect]:
    """Find a fact that is given for days before any of its sources was there, where the days of all are known."""
    sources = [pack.sources[one] for one in fact.source if one in pack.sources]
    days = [one.begins for one in sources if one.begins is not None]
    if not days or len(days) < len(fact.source) or (fact.from_ is not None and fact.from_ >= min(days)):
        return
    first, earliest = min(zip(days, fact.source, strict=True))
    given = "all days" if fact.from_ is None else f"days from {fact.from_}"
    yield Defect(
        rule="fact-before-source",
        route=route if fact.from_ is None else (*route, "from"),
        message=f"this is given for {given}, and the earliest of its sources, `{earliest}`, is there from {first}",
        help=f"write `from: {first}` or a later day, or name an earlier source",
        related=((("sources", earliest), "the source stands here"),),
    )


def _unknown_names(pack: Pack) -> Iterator[Defect]:
    """Find ranks and norms that the pack does not have."""
    ranks: list[tuple[Route, str | None]] = [(("forms", name, "rank"), one.rank) for name, one in pack.forms.items()]
    ranks += [
        (("norms", name, index, "value", "rank"), fact.value.rank)
        for name, facts in pack.norms.items()
        for index, fact in enumerate(facts)
    ]
    for route, rank in ranks:
        if rank is not None and rank not in pack.ranks:
            message = f"`{rank}` is not a rank of this pack"
            yield Defect(rule="unknown-rank", route=route, message=message, word=rank, known=pack.ranks)
    yield from _unknown_repeals(pack)
    known = (*pack.norms, FOUNDING_LAW)
    for name, form in pack.forms.items():
        for index, norm in enumerate(form.basis.value.norms if form.basis is not None else ()):
            if norm not in known:
                route = ("forms", name, "basis", "value", "norms", index)
                message = f"`{norm}` is not a norm of this pack"
                yield Defect(rule="unknown-norm", route=route, message=message, word=norm, known=known)


def _unknown_repeals(pack: Pack) -> Iterator[Defect]:
    """Find the end of what is no norm of the pack, and ends that do not follow on the last day of their norm."""
    for name, repeal in pack.repeals.items():
        if name not in pack.norms:
            message = f"`{name}` is not a norm of this pack"
            yield Defect(rule="unknown-norm", route=("repeals", name), message=message, on_key=True, word=name,
                         known=pack.norms)  # fmt: skip
        elif repeal.from_ is None or any(repeal.covers(fact.until or repeal.from_) for fact in pack.norms[name]):
            message = f"`{name}` has a day of repeal on which it is still cited, or none"
            remedy = "write under `from` the day after the last `until` of the norm"
            yield Defect(rule="overlapping-facts", route=("repeals", name), message=message, help=remedy)


def _unknown_steps(pack: Pack) -> Iterator[Defect]:
    """Find facts that point to a step that the procedure of their form does not have before them."""
    for name, form in pack.forms.items():
        steps = [fact.value.name for fact in form.procedure]
        pointers: list[tuple[Route, str | None, list[str | None]]] = [
            (("procedure", index, "value", "after"), fact.value.after, steps[:index])
            for index, fact in enumerate(form.procedure)
        ]
        pointers += [
            (("afterwards", index, "value", "after"), fact.value.after, steps)
            for index, fact in enumerate(form.afterwards)
        ]
        pointers += [
            (("approvals", index, "value", "step"), fact.value.step, steps) for index, fact in enumerate(form.approvals)
        ]
        for route, word, before in pointers:
            if word is not None and word not in before:
                known = tuple(one for one in before if one is not None)
                message = f"`{word}` is not the name of a step before it"
                yield Defect(
                    rule="unknown-step", route=("forms", name, *route), message=message, word=word, known=known
                )


def _overlaps(facts: list[tuple[Route, Fact[object]]]) -> Iterator[Defect]:
    for (earlier, one), (later, other) in combinations(facts, 2):
        starts = [fact.from_ for fact in (one, other) if fact.from_]
        ends = [fact.until for fact in (one, other) if fact.until]
        if not starts or not ends or max(starts) <= min(ends):
            yield Defect(
                rule="overlapping-facts",
                route=later,
                message="this holds on days on which another fact holds",
                help="give the one `until` and the other `from`",
                related=((earlier, "the other fact stands here"),),
            )
