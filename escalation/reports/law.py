"""The law of a date: the facts of a pack's forms that hold on a day, each with its sources and its certainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from escalation.instruments import Fact, Form, Pack, law, unknown
from escalation.instruments.citing import cited, titled
from escalation.policy.values import ASSUMPTION, BothLanguages, Document, Language
from escalation.policy.wording import day as day_text
from escalation.reports.json_text import json_text
from escalation.reports.law_words import ENGLISH, INDONESIAN


def law_text(pack: Pack, forms: Mapping[str, Form], day: date, *, language: Language = Language.ENGLISH) -> str:
    """Print forms for people: each fact of the day, and below it who says so and how certain that is."""
    lines = [
        f"{pack.title.in_language(language)} ({pack.name}), {word('law on', language)} {day_text(day, language)}",
        *([pack.note.in_language(language)] if pack.note is not None else []),
    ]
    for name, form in forms.items():
        lines += ["", f"{name}: {form.title.in_language(language)}, {word(form.kind.value, language)}"]
        for route, fact in law(form, day):
            told = said(fact.value, language)
            lines += [f"  {word(_key(route), language)}: {told}", f"      {_backing(pack, fact, day, language)}"]
        lines += [f"  {word(_key(key), language)}: {word('not known', language)}" for key in unknown(form, day)]
    return "\n".join([*lines, *(_apart(pack, day, language) if len(forms) == len(pack.forms) else ())]) + "\n"


def _apart(pack: Pack, day: date, language: Language) -> Iterator[str]:
    """Print what is of no form: the paper, how legislation is cited on a day, what was repealed, and the sources."""
    norms = [(name, fact) for name in pack.norms if (fact := pack.norm_on(name, day)) is not None]
    repealed = [(name, fact) for name, fact in pack.repeals.items() if fact.covers(day)]
    if pack.paper is not None and pack.paper.covers(day):
        told = said(pack.paper.value, language)
        yield from ["", f"{word('paper', language)}: {told}", f"    {_backing(pack, pack.paper, day, language)}"]
    yield from ["", f"{word('norms', language)}:"] if pack.norms else []
    for name, fact in norms:
        yield from (f"  {name}: {said(fact.value.citation, language)}", f"      {_backing(pack, fact, day, language)}")
    told_of = {name for name, _ in (*norms, *repealed)}
    yield from (f"  {name}: {word('not known', language)}" for name in pack.norms if name not in told_of)
    yield from ["", f"{word('repealed', language)}:"] if repealed else []
    for name, ending in repealed:
        told = f"{word('by', language)} {said(ending.value.by, language)}"
        yield from (f"  {name}: {told}", f"      {_backing(pack, ending, day, language)}")
    yield from _sources(pack, language)


def _sources(pack: Pack, language: Language) -> Iterator[str]:
    """Print what the facts are taken from, with their days, addresses and remarks; nothing where there is none."""
    yield from ["", f"{word('sources', language)}:"] if pack.sources else []
    for name, one in pack.sources.items():
        days = {"of": one.date, "in force from": one.from_, "until": one.until}
        told = ", ".join(f"{word(key, language)} {when}" for key, when in days.items() if when is not None)
        yield f"  {name}: {said(one.title, language)}" + (f" ({told})" if told else "")
        if one.url is not None or one.note is not None:
            note = one.note.in_language(language) if one.note is not None else None
            yield "      " + " ".join(part for part in (one.url, note) if part)


def law_json(pack: Pack, forms: Mapping[str, Form], day: date, *, language: Language = Language.ENGLISH) -> str:
    """Print forms for programs: per form its facts of the day, each with its key, as the pack holds them.

    Notes and the titles of sources are in the language.
    """
    document = {
        "pack": pack.name,
        "date": day.isoformat(),
        "forms": [
            {
                "form": name,
                "kind": form.kind.value,
                "facts": [{"key": _key(route), **_plain(fact, language)} for route, fact in law(form, day)],
                "not_known": [_key(key) for key in unknown(form, day)],
            }
            for name, form in forms.items()
        ],
        "sources": {
            name: titled(pack.sources[name], day, language)
            for name in sorted({one for form in forms.values() for one in _cited(form, day)})
        },
    }
    return json_text(document)


def _plain(fact: Fact[object], language: Language) -> dict[str, object]:
    return {
        "value": fact.value.model_dump(mode="json") if isinstance(fact.value, Document) else fact.value,
        "source": fact.source,
        "certainty": fact.certainty.value,
        "from": fact.from_.isoformat() if fact.from_ else None,
        "until": fact.until.isoformat() if fact.until else None,
        "note": fact.note.in_language(language) if fact.note is not None else None,
    }


def _cited(form: Form, day: date) -> Iterator[str]:
    for _, fact in law(form, day):
        yield from (one for one in fact.source if one != ASSUMPTION)


def _key(route: tuple[str | int, ...]) -> str:
    return ".".join(part for part in route if isinstance(part, str))


def said(value: object, language: Language = Language.ENGLISH) -> str:
    """Print a value of a fact on one line.

    >>> from escalation.instruments.model import Planning
    >>> said(Planning(least=0, usual=1, most=3, clock="working"))
    'least 0, usual 1, most 3, clock working'
    >>> said(Planning(least=0, usual=1, most=3, clock="working"), Language.INDONESIAN)
    'paling cepat 0, biasanya 1, paling lambat 3, hitungan hari kerja'
    """
    if isinstance(value, tuple):
        return ", ".join(said(one, language) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {said(part, language)}" for key, part in value.items())
    if isinstance(value, BothLanguages):
        return value.in_language(language)
    if isinstance(value, Document):
        given = ((word(key, language).replace("_", " "), part) for key, part in value if part is not None)
        return ", ".join(f"{key} {said(part, language)}" for key, part in given)
    return word(value, language) if isinstance(value, str) else str(value)


def word(name: str, language: Language) -> str:
    """Give a key or a value of the language of packs as people say it; a name of the pack's own stays as it is."""
    return (INDONESIAN if language is Language.INDONESIAN else ENGLISH).get(name, name)


def _backing(pack: Pack, fact: Fact[object], day: date, language: Language) -> str:
    titles = cited(pack, fact, day, language, assumed=word(ASSUMPTION, language))
    certainty = word(fact.certainty.value, language)
    certainty += f", {word('from', language)} {fact.from_}" if fact.from_ else ""
    certainty += f", {word('until', language)} {fact.until}" if fact.until else ""
    note = f". {fact.note.in_language(language)}" if fact.note is not None else ""
    return f"{certainty}: {'; '.join(titles)}{note}"
