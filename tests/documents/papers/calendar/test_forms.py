"""The calendars of the four stages of Bekasi, in every form and both languages: the same days in all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

from escalation.documents.layout import FORMS
from escalation.documents.papers.calendar.files import calendar_files
from escalation.policy.values import Language
from tests.documents.papers.acts import climbed

STAGES = ("appeal", "instruction", "perwal", "perda")
DAY = re.compile(r"\b[0-9]{1,2} [A-Z][a-z]+ 20[0-9]{2}\b")


def written(stage: str, form: str, language: Language) -> bytes:
    policy, observations, subjects = climbed()
    subject = replace(subjects[-1], prepared_for=stage, begun=date(2021, 9, 13))
    return next(iter(calendar_files(policy, observations, subject, form=form, language=language).values()))


def days_in_word(source: bytes) -> list[str]:
    """Give the days in the tables of a Word document, row by row."""
    tables = docx.Document(BytesIO(source)).tables
    return [day for table in tables for row in table.rows for cell in row.cells for day in DAY.findall(cell.text)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("stage", STAGES)
def test_every_form_of_a_calendar_has_the_same_days(stage: str, language: Language) -> None:
    rows = [line for line in written(stage, "md", language).decode().splitlines() if line.startswith("|")]
    days = DAY.findall("\n".join(rows))
    assert len(days) >= 3
    assert days_in_word(written(stage, "docx", language)) == days
    page = written(stage, "html", language).decode()
    assert DAY.findall("".join(re.findall("<table.*?</table>", page, flags=re.DOTALL))) == days


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_calendar_is_the_same_on_every_run(form: str) -> None:
    assert written("perda", form, Language.INDONESIAN) == written("perda", form, Language.INDONESIAN)
