"""Drafts over the climb of the illustration and the way down: the right act each week, with the right figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from escalation.documents.drafting.harness import check, names_instrument
from escalation.documents.layout.render import write
from escalation.documents.papers.instruments.instrument import (
    instrument,
    repeal,
)
from escalation.evaluation.step import Recommendation
from tests.documents.papers.acts import GENERIC, asked, climbed, ladder


def test_each_step_of_the_climb_has_the_draft_of_its_form() -> None:
    policy, observations, subjects = climbed()
    titles = []
    for one in subjects:
        paper = instrument(policy, observations, one)
        if one.proposed is None:
            assert paper is None
            continue
        assert paper is not None
        titles.append(write(paper, "md").decode().partition(" NOMOR")[0])
    steps = [one for one in subjects if one.explanation.recommendation is Recommendation.ESCALATE]
    assert len(titles) == len([one for one in subjects if one.proposed is not None]) >= len(steps)
    assert list(dict.fromkeys(titles)) == [
        "# RANCANGAN INSTRUKSI WALI KOTA BEKASI",
        "# RANCANGAN PERATURAN WALI KOTA BEKASI",
        "# RANCANGAN PERATURAN DAERAH KOTA BEKASI",
    ]


def test_every_figure_of_the_drafts_of_the_climb_is_that_of_the_evaluation() -> None:
    policy, observations, subjects = climbed()
    compared = 0
    for one in (subject for subject in subjects if subject.proposed is not None):
        paper = instrument(policy, observations, one)
        assert paper is not None
        text = write(paper, "md").decode().replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")
        body, _, trace = text.rpartition("\n---\n")
        values = {figure.metric: figure.value for figure in one.figures}
        rows = re.findall(r"^- Angka: (\S+), (.+), (\S+): ([0-9.,-]+) (.+)$", trace, re.MULTILINE)
        for metric, region, week, printed, unit in rows:
            assert (region, week) == (one.explanation.region, one.explanation.week)
            if metric in values:
                value = float(printed.replace(".", "").replace(",", "."))
                assert value == pytest.approx(values[metric], abs=0.00501)
                assert f"sebesar {printed} {unit} " in body
                compared += 1
        sentence = re.search(r"berdasarkan angka ILUSTRASI, BUKAN DATA, sampai dengan .*", body)
        assert sentence is not None
        assert len(re.findall("sebesar", sentence[0])) == len([row for row in rows if row[0] in values]) > 0
    assert compared >= 6


def test_a_by_law_begins_with_the_constitution_the_founding_law_and_the_law_on_local_government() -> None:
    policy, observations, subjects = climbed()
    last = next(one for one in subjects if one.proposed == "perda")
    paper = instrument(policy, observations, last)
    assert paper is not None
    text = write(paper, "md").decode()
    cited = re.findall(
        r"^(?:Mengingat : )?(\d)\. (Pasal 18 ayat \(6\) Undang|Undang-Undang Nomor \d+)", text, re.MULTILINE
    )
    assert cited[:3] == [
        ("1", "Pasal 18 ayat (6) Undang"),
        ("2", "Undang-Undang Nomor 9"),
        ("3", "Undang-Undang Nomor 23"),
    ]


def test_a_draft_that_is_not_recommended_or_milder_says_so() -> None:
    policy, observations, subjects = climbed()
    last = replace(subjects[-1], prepared_for="appeal")
    paper = instrument(policy, observations, last)
    assert paper is not None
    text = write(paper, "md").decode()
    assert "Tahap ini bukan yang direkomendasikan pada minggu ini" in text
    assert "hanya produk hukum yang sederajat atau lebih tinggi mencabutnya" in text


@pytest.mark.parametrize("figures_of", ["illustration", "recovery"])
def test_the_rules_on_drafts_find_nothing_in_our_own(figures_of: str) -> None:
    policy, observations, subjects = climbed(figures_of)
    checked = 0
    for one in subjects:
        for stage in (stage.name for stage in policy.stages):
            found = replace(one, prepared_for=stage)
            for paper in (instrument(policy, observations, found), repeal(policy, observations, found)):
                if paper is not None:
                    text = write(paper, "md").decode()
                    assert names_instrument(text)
                    assert check(text, one.explanation.last_day) == ()
                    checked += 1
    assert checked > 4 * len(subjects)


def test_a_step_down_from_legislation_has_an_act_that_repeals_it_by_its_own_kind() -> None:
    policy, observations, subjects = climbed()
    last = subjects[-1]
    assert last.explanation.stage == "perda"
    paper = repeal(policy, observations, replace(last, prepared_for="perwal"))
    assert paper is not None
    text = write(paper, "md").decode()
    assert text.startswith(
        "# RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG PENCABUTAN PERATURAN DAERAH"
    )
    gazette = "(Lembaran Daerah Kota Bekasi Tahun … Nomor …, Tambahan Lembaran Daerah Kota Bekasi Nomor …)"
    assert f"{gazette} dicabut dan dinyatakan tidak berlaku." in text
    assert "BAB" not in text
    assert repeal(policy, observations, replace(last, prepared_for="perda")) is None
    soft = next(one for one in subjects if one.explanation.stage == "instruction")
    assert repeal(policy, observations, replace(soft, prepared_for="appeal")) is None
    generic = ladder(GENERIC)
    data, subject = asked(generic, "enacted")
    english = repeal(generic, data, replace(subject, prepared_for="asked"))
    assert english is not None
    assert "Regulation No. … of … on watering of lawns" in write(english, "md").decode()


def test_an_instruction_names_the_circular_that_it_follows_up_by_its_title() -> None:
    text = draft_of("instruction")
    assert "tanggal 9 September 2021 tentang Kewajiban Vaksinasi COVID-19 dalam Pengurusan Pelayanan Publik" in text


def test_a_regulation_says_in_one_place_alone_how_its_parent_norm_was_amended() -> None:
    cited = re.findall(r"Peraturan Presiden Nomor 99 Tahun 2020 .*?(?=;| memberikan)", draft_of("perwal"))
    assert [one.count("diubah") for one in cited] == [0, 1]


def test_a_source_of_all_steps_of_a_sanction_is_told_of_their_list() -> None:
    assert "“teguran lisan; teguran tertulis; …”: " in draft_of("perwal")


def draft_of(stage: str) -> str:
    policy, observations, subjects = climbed()
    paper = instrument(policy, observations, replace(subjects[-1], prepared_for=stage))
    assert paper is not None
    return write(paper, "md").decode()


def test_what_no_policy_can_fill_stays_blank_in_every_draft() -> None:
    policy, observations, subjects = climbed()
    for stage in policy.stages:
        paper = instrument(policy, observations, replace(subjects[-1], prepared_for=stage.name))
        assert paper is not None
        body = write(paper, "md").decode().rpartition("\n---\n")[0]
        assert re.findall(r"(?:^pada tanggal|^Bekasi,|NOMOR|TAHUN) (?!…)\S+", body, re.MULTILINE) == []
        assert re.match(r"# RANCANGAN .*? NOMOR … ", body)


def test_on_the_way_down_each_step_has_its_draft_and_legislation_the_act_that_repeals_it() -> None:
    policy, observations, subjects = climbed("recovery")
    told = []
    for one in (subject for subject in subjects if subject.explanation.recommendation is Recommendation.RELAX):
        papers = (instrument(policy, observations, one), repeal(policy, observations, one))
        texts = [write(paper, "md").decode() for paper in papers if paper is not None]
        assert [check(text, one.explanation.last_day) for text in texts] == [()] * len(texts)
        told.append([re.sub(r" NOMOR … TAHUN …| NOMOR …|# RANCANGAN ", "", text.partition("\n")[0]) for text in texts])
    assert [[title.partition(" TENTANG ")[0] for title in titles] for titles in told] == [
        ["PERATURAN WALI KOTA BEKASI", "PERATURAN DAERAH KOTA BEKASI"],
        ["INSTRUKSI WALI KOTA BEKASI", "PERATURAN WALI KOTA BEKASI"],
        ["SURAT EDARAN"],
    ]
    assert all("PENCABUTAN" in titles[1] for titles in told[:2])


def test_a_metric_that_is_compared_several_times_is_told_once() -> None:
    policy, observations, subjects = climbed("recovery")
    down = next(
        subject for subject in subjects if (subject.explanation.stage, subject.proposed) == ("perwal", "instruction")
    )
    paper = instrument(policy, observations, down)
    assert paper is not None
    text = write(paper, "md").decode()
    assert text.count("cakupan dosis pertama sebesar") == 1
    assert "(paling sedikit 70\N{NO-BREAK SPACE}%)" in text
