"""The law of a date: the facts of a pack's forms that hold on a day, each with its sources and its certainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from escalation.instruments import Certainty, Fact, Form, Pack, law
from escalation.policy.values import ASSUMPTION, BothLanguages, Document, Language
from escalation.policy.wording import day as day_text
from escalation.reports.json_text import json_text

NOT_RELIABLE = "unconfirmed, not to be relied on"


def law_text(pack: Pack, forms: Mapping[str, Form], day: date) -> str:
    """Print forms for people: each fact of the day, and below it who says so and how certain that is."""
    lines = [
        f"{pack.title.in_language(Language.ENGLISH)} ({pack.name}), the law on {day_text(day, Language.ENGLISH)}",
        *([pack.note.in_language(Language.ENGLISH)] if pack.note is not None else []),
    ]
    for name, form in forms.items():
        lines += ["", f"{name}: {form.title.in_language(Language.ENGLISH)}, {form.kind.value}"]
        for route, fact in law(form, day):
            lines += [f"  {_key(route)}: {said(fact.value)}", f"      {_backing(pack, fact)}"]
    return "\n".join([*lines, *(_norms(pack, day) if len(forms) == len(pack.forms) else ())]) + "\n"


def _norms(pack: Pack, day: date) -> Iterator[str]:
    """Print how legislation is cited on a day, each norm with its backing; nothing where the pack has none."""
    found = [(name, fact) for name in pack.norms if (fact := pack.norm_on(name, day)) is not None]
    yield from ["", "norms:"] if found else []
    for name, fact in found:
        yield f"  {name}: {said(fact.value.citation)}"
        yield f"      {_backing(pack, fact)}"
    repealed = [(name, fact) for name, fact in pack.repeals.items() if fact.covers(day)]
    yield from ["", "repealed:"] if repealed else []
    for name, ending in repealed:
        yield f"  {name}: by {said(ending.value.by)}"
        yield f"      {_backing(pack, ending)}"


def law_json(pack: Pack, forms: Mapping[str, Form], day: date) -> str:
    """Print forms for programs: per form its facts of the day, each with its key, as the pack holds them."""
    document = {
        "pack": pack.name,
        "date": day.isoformat(),
        "forms": [
            {
                "form": name,
                "kind": form.kind.value,
                "facts": [{"key": _key(route), **_plain(fact)} for route, fact in law(form, day)],
            }
            for name, form in forms.items()
        ],
        "sources": {
            name: said(pack.sources[name].title)
            for name in sorted({one for form in forms.values() for one in _cited(form, day)})
        },
    }
    return json_text(document)


def _plain(fact: Fact[object]) -> dict[str, object]:
    return {
        "value": fact.value.model_dump(mode="json") if isinstance(fact.value, Document) else fact.value,
        "source": fact.source,
        "certainty": fact.certainty.value,
        "from": fact.from_.isoformat() if fact.from_ else None,
        "until": fact.until.isoformat() if fact.until else None,
        "note": fact.note.in_language(Language.ENGLISH) if fact.note is not None else None,
    }


def _cited(form: Form, day: date) -> Iterator[str]:
    for _, fact in law(form, day):
        yield from (one for one in fact.source if one != ASSUMPTION)


def _key(route: tuple[str | int, ...]) -> str:
    return ".".join(part for part in route if isinstance(part, str))


def said(value: object) -> str:
    """Print a value of a fact on one line.

    >>> from escalation.instruments.model import Planning
    >>> said(Planning(least=0, usual=1, most=3, clock="working"))
    'least 0, usual 1, most 3, clock working'
    """
    if isinstance(value, tuple):
        return ", ".join(map(said, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {said(part)}" for key, part in value.items())
    if isinstance(value, BothLanguages):
        return value.in_language(Language.ENGLISH)
    if isinstance(value, Document):
        given = {key: part for key, part in value if part is not None}
        return ", ".join(f"{key.replace('_', ' ')} {said(part)}" for key, part in given.items())
    return str(value)


def _backing(pack: Pack, fact: Fact[object]) -> str:
    titles = (one if one == ASSUMPTION else said(pack.sources[one].title) for one in fact.source)
    certainty = NOT_RELIABLE if fact.certainty is Certainty.UNCONFIRMED else fact.certainty.value
    certainty += f", from {fact.from_}" if fact.from_ else ""
    certainty += f", until {fact.until}" if fact.until else ""
    return f"{certainty}: {'; '.join(titles)}" + (
        f". {fact.note.in_language(Language.ENGLISH)}" if fact.note is not None else ""
    )
