"""Writing days as an iCalendar file (RFC 5545): all-day events, every one of them tentative."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from escalation.policy.scalars import UNSEEN

MOST_OCTETS = 75
"""Of a line, without its end; longer ones go on in the next, behind a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A day: `identity` is what the event keeps when its day or its words change, so that calendars replace it."""

    identity: tuple[str, ...]
    day: date
    summary: str
    description: tuple[str, ...]


def ics(events: Iterable[Event], *, name: str, maker: str, stamp: date, language: str) -> bytes:
    """Write events as a calendar with a name. `stamp` is the day of which the file says that it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//escalation//{_escaped(maker)}//{language.upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _event(event, stamp, language)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _event(event: Event, stamp: date, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_digest(event.identity)}@escalation"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{_escaped(event.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:" + "\\n".join(map(_escaped, event.description))
    yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _digest(identity: tuple[str, ...]) -> str:
    """Digest texts so that two lists of them never share a digest but by being equal."""
    return hashlib.sha256("\0".join(f"{len(one)}:{one}" for one in identity).encode()).hexdigest()[:32]


def _escaped(text: str) -> str:
    """Make a text inert: no sign in it ends a line, a value or a list."""
    seen = " ".join(UNSEEN.sub("\ufffd", text).split())
    for sign in "\\;,":
        seen = seen.replace(sign, f"\\{sign}")
    return seen


def _folded(line: str) -> bytes:
    """Break a line so that none of its parts is too long, and no letter is cut in two."""
    parts, held = [], b""
    for sign in line:
        letter = sign.encode()
        if len(held) + len(letter) > MOST_OCTETS:
            parts.append(held)
            held = b" "
        held += letter
    return b"\r\n".join([*parts, held])
