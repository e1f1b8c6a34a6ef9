"""The norms that an act names: equal or higher ones only, by rank and then by time; and what it follows up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from escalation.documents.papers.instruments.act import Act
from escalation.documents.papers.phrases import SENTENCES
from escalation.instruments import Certainty, Fact
from escalation.instruments.load import FOUNDING_LAW
from escalation.policy.origins import Norm
from escalation.policy.values import ASSUMPTION
from escalation.policy.wording import day, phrase


class Cited(NamedTuple):
    """A norm as it is cited on the day of the act; `fact` where the pack knows it."""

    name: str
    norm: Norm
    fact: Fact[Norm] | None = None


def citations(act: Act) -> tuple[str, ...]:
    """Give the norms in the order of Lampiran II UU 12/2011 nos. 39 and 43, or that of the pack's ranks elsewhere."""
    first, others = _kept(act)
    known = [*first, *sorted(others, key=lambda one: _place(act, one.norm))]
    return tuple(act.text(one.norm.citation) for one in known)


def followed(act: Act) -> tuple[str, ...]:
    """Give what the act follows up, as it is cited."""
    names = [name for name in act.draft.follows_up or () if name != ASSUMPTION]
    return tuple(_as_cited(act, name) for name in names)


def remarks(act: Act) -> Iterator[str]:
    """Say which norms are left out and why, and which citations are not certain."""
    for name in named(act):
        found, called = find(act, name), called_in_short(act, name)
        if found is None:
            yield act.say("remark.norm", name=called, day=day(act.day, act.language))
        elif not _is_high_enough(act, found.norm):
            yield act.say("remark.lower", name=called)
        elif found.fact is not None and found.fact.certainty is not Certainty.CONFIRMED:
            certainty = phrase(SENTENCES, found.fact.certainty.value, act.language)
            yield act.say("remark.norm-certainty", name=called, certainty=certainty)


def called_in_short(act: Act, name: str) -> str:
    """Give what people call a norm: the beginning of its citation, or the title of the source; else its name."""
    source = act.policy.sources.get(name)
    norms = [source.norm] if source is not None and source.norm is not None else []
    norms += [fact.value for fact in act.pack.norms.get(name, ())]
    if norms:
        return in_short(act.text(norms[0].citation))
    return act.text(source.title) if source is not None else name


def in_short(citation: str) -> str:
    """Give the beginning of a citation, by which people know the norm.

    >>> (
    ...     in_short("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik (Lembaran Negara …)"),
    ...     in_short("Water Act"),
    ... )
    ('Undang-Undang Nomor 25 Tahun 2009', 'Water Act')
    """
    return re.split(r" tentang | \(Lembaran", citation, maxsplit=1)[0]


def _kept(act: Act) -> tuple[list[Cited], list[Cited]]:
    """Give the norms that stand first in their order, and the others."""
    basis = act.form.basis.value if act.form.basis is not None and act.form.basis.covers(act.day) else None
    found = [one for name in named(act) if (one := find(act, name)) is not None and _is_high_enough(act, one.norm)]
    if basis is None or basis.first == "no":
        return [], found
    leading = {act_name for act_name in (_resolved(act, name) for name in basis.norms) if act_name is not None}
    return [one for one in found if one.name in leading], [one for one in found if one.name not in leading]


def named(act: Act) -> tuple[str, ...]:
    """Name the norms of the form, of the stage's power, and of the draft, each once."""
    basis = act.form.basis.value.norms if act.form.basis is not None and act.form.basis.covers(act.day) else ()
    of_form = (_resolved(act, name) for name in basis)
    names = (*of_form, *(act.draft.legal_basis or ()))
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _resolved(act: Act, name: str) -> str | None:
    if name != FOUNDING_LAW:
        return name
    return act.policy.jurisdiction.founding_law if act.policy.jurisdiction is not None else None


def find(act: Act, name: str) -> Cited | None:
    """Give how a norm is cited on the day of the act; none where it is not in force then, or not known."""
    source = act.policy.sources.get(name)
    if source is not None and source.norm is not None:
        return Cited(name, source.norm) if source.apart(act.day) is None else None
    fact = act.pack.norm_on(name, act.day)
    return Cited(name, fact.value, fact) if fact is not None else None


def _is_high_enough(act: Act, norm: Norm) -> bool:
    """Say whether a norm has a rank, and one that is not below that of the act."""
    ranks, own = act.pack.ranks, act.form.rank
    if norm.rank not in ranks:
        return False
    return own is None or ranks.index(norm.rank) <= ranks.index(own)


def _place(act: Act, norm: Norm) -> tuple[int, int, int]:
    return act.pack.ranks.index(norm.rank or ""), norm.year or 0, norm.number or 0


def _as_cited(act: Act, name: str) -> str:
    source = act.policy.sources[name]
    return act.text(source.norm.citation if source.norm is not None else source.title)
