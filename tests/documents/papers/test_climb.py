"""The ladder of Bekasi is climbed in its illustration: each week the right paper, with the evaluation's figures."""

from __future__ import annotations

import re

import pytest

from escalation.documents.layout.render import write
from escalation.documents.papers.forms import form_of
from escalation.documents.papers.study import context, study
from escalation.evaluation.step import Recommendation
from escalation.policy.values import Language
from escalation.policy.wording import metric_title
from tests.documents.papers.acts import climbed


def test_each_step_of_the_climb_has_the_paper_of_its_form() -> None:
    policy, observations, subjects = climbed()
    steps = [one for one in subjects if one.explanation.recommendation is Recommendation.ESCALATE]
    laws = [context(policy, observations, (one,), Language.INDONESIAN).sections[0].law for one in steps]
    assert [law.partition(",")[0] for law in laws] == [
        "Bentuk hukum: Instruksi Wali Kota",
        "Bentuk hukum: Peraturan Wali Kota",
        "Bentuk hukum: Peraturan Daerah",
    ]


def test_a_week_that_recommends_nothing_puts_no_act_forward() -> None:
    policy, observations, subjects = climbed()
    still = [one for one in subjects if one.proposed is None]
    sections = context(policy, observations, tuple(still), Language.ENGLISH).sections
    assert sections
    assert {one.timing for one in sections} == {("No act is put forward.",)}
    assert all(form_of(policy, stage.name) is not None for stage in policy.stages)


@pytest.mark.parametrize("language", Language)
def test_no_figure_of_any_paper_differs_from_that_of_the_evaluation(language: Language) -> None:
    policy, observations, subjects = climbed()
    compared = 0
    for one in subjects:
        page = write(study(policy, observations, (one,), language=language), "html").decode()
        rows = dict(re.findall(r"<tr><td>([^<]*)</td><td>([^<]*)</td><td>[^<]*</td></tr>", page))
        for figure in one.figures:
            if figure.is_judgement or figure.value is None:
                continue
            printed = rows[metric_title(policy, figure.metric, language)].split()[0]
            marks = str.maketrans(",.", ".,") if language is Language.INDONESIAN else {}
            assert float(printed.translate(marks).replace(",", "")) == pytest.approx(figure.value, abs=0.00501)
            compared += 1
    assert compared > 100
