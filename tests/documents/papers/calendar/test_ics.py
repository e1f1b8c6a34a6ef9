"""Days as iCalendar, read back by another program."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from escalation.documents.papers.calendar.ics import Event, ics

WEEK = date(2022, 3, 20)
HOSTILE = "a;b,c\\d\r\nEND:VEVENT\nBEGIN:VALARM\n\u202ex\x00 \u2028y: =1+1 <script>"


def written(*events: Event, name: str = "Draft") -> bytes:
    return ics(events, name=name, maker="escalation 1", stamp=WEEK, language="en")


def event(summary: str = "Signature", *description: str, day: date = WEEK, identity: str = "one") -> Event:
    return Event(identity=(identity,), day=day, summary=summary, description=description)


def events(source: bytes) -> list[Any]:
    """Read events back as dictionaries."""
    return list(Calendar.from_ical(source).walk("VEVENT"))


def test_every_event_is_a_tentative_day_that_blocks_no_time() -> None:
    (found,) = events(written(event("Signature", "by the mayor", "in 30 days")))
    assert (found["STATUS"], found["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    assert found["DTSTART"].dt == WEEK
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert found["DESCRIPTION"] == "by the mayor\nin 30 days"


def test_a_calendar_is_the_same_to_the_byte_and_stamped_with_the_week() -> None:
    assert written(event()) == written(event())
    assert b"\r\nDTSTAMP:20220320T000000Z\r\n" in written(event())


def test_an_event_keeps_its_identity_when_its_day_or_its_words_change() -> None:
    texts = (written(event()), written(event("Signing", day=date(2022, 4, 1))), written(event(identity="two")))
    first, second, other = (text.partition(b"UID:")[2].partition(b"\r\n")[0] for text in texts)
    assert first == second != other


def test_texts_that_would_end_a_value_or_an_event_are_inert() -> None:
    source = written(event(HOSTILE, HOSTILE, "x" * 10_000), name=HOSTILE)
    assert [part.name for part in Calendar.from_ical(source).walk()] == ["VCALENDAR", "VEVENT"]
    shown = "a;b,c\\d\ufffd END:VEVENT BEGIN:VALARM \ufffdx\ufffd \ufffdy: =1+1 <script>"
    assert events(source)[0]["SUMMARY"] == shown
    assert source.count(b"\r\nBEGIN:") == source.count(b"\nBEGIN:") == 1


@given(st.text(max_size=300))
def test_a_text_comes_back_as_it_was_seen_and_no_line_is_too_long(text: str) -> None:
    source = written(event(text))
    assert all(len(line) <= 75 for line in source.split(b"\r\n"))
    (found,) = events(source)
    assert " ".join(str(found["SUMMARY"]).split()) == str(found["SUMMARY"])
    source.decode()
