"""Drafts of legal forms: what each says, what the law of the date lets it say, and what nobody can make it say."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files

import pytest

from escalation.documents.layout.render import write
from escalation.documents.layout.sheet import OFFICE
from escalation.documents.papers.calendar.paper import calendar
from escalation.documents.papers.instruments import contents
from escalation.documents.papers.instruments.act import act_of
from escalation.documents.papers.instruments.contents import BylawContext, Head, RegulationContext
from escalation.documents.papers.instruments.instrument import (
    NAMES,
    instrument,
    instrument_context,
    legal_sheet,
)
from escalation.documents.papers.legal import facts, risks
from escalation.documents.papers.study import study
from escalation.evaluation.sentences import Speaker
from escalation.instruments import load_pack
from escalation.policy.load import loads
from escalation.policy.values import Language
from tests.documents.papers.acts import CITY, DRAFT, GENERIC, LADDER, STAGES, asked, climbed, ladder, seen, written

TEMPLATES = files("escalation").joinpath("documents", "templates")
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} ]]> | [link](http://x) \u202e *b* =1+1 & `code`"


@pytest.mark.parametrize("names", [CITY, GENERIC], ids=["indonesia-city", "generic"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_form_of_both_packs_yields_a_draft_in_every_format(names: dict[str, str], stage: str) -> None:
    policy = ladder(names)
    page, text = written(policy, stage, "html"), written(policy, stage)
    assert "RANCANGAN" in text if names is CITY else "DRAFT" in text
    assert page == written(policy, stage, "html")
    assert text.count("\n# ") == 0
    assert text.startswith("# ")


def test_a_form_calls_itself_by_its_own_name() -> None:
    assert "This Notice takes effect on the day of its issue." in written(ladder(GENERIC), "asked")


INDONESIAN = re.compile(
    r"\b(yang|dan|atau|dengan|pada|dalam|tentang|pasal|huruf|ayat|wali kota|peraturan|perda|perwal|dprd|noreg|rancangan"
    r"|menimbang|mengingat|indonesian?|rupiah|rp|jdih|bupati|gubernur)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("stage", STAGES)
def test_no_word_of_the_law_of_indonesia_is_left_in_a_draft_of_no_place(stage: str) -> None:
    policy = ladder(GENERIC)
    observations, subject = asked(policy, stage)
    study_of_it = study(policy, observations, (subject,), language=Language.ENGLISH)
    way = calendar(policy, observations, subject, language=Language.ENGLISH)
    assert way is not None
    for text in (written(policy, stage), write(study_of_it, "md").decode(), write(way, "md").decode()):
        assert INDONESIAN.findall(text) == []


def test_legislation_of_no_place_is_written_on_a4_and_that_of_an_indonesian_city_on_f4() -> None:
    assert legal_sheet(load_pack("generic")) == OFFICE
    city = legal_sheet(load_pack("indonesia-city"))
    assert (city.width, city.height, city.left, city.first_top, city.font) == (215, 330, 25, 80, "Bookman Old Style")


def test_the_law_of_no_place_speaks_english_and_names_its_own_offices() -> None:
    text = written(ladder(GENERIC), "enacted")
    assert text.startswith("# DRAFT BY-LAW No. … of … on watering of lawns\n")
    assert "The Assembly of Example District, together with the Head of the Executive," in text
    assert "that Letter of 1 May 2021 must be followed up by this By-law;" in text
    assert "on the grounds stated in points a to e, it is necessary" in text
    assert "a fine of at most EUR 500,000." in text
    assert "Self-explanatory" not in text
    assert re.findall(r"\b(?:Pasal|Wali Kota|Menimbang|bahwa|Daerah)\b", text) == []


def considerations(text: str) -> list[str]:
    return re.findall(r"^(?:Menimbang : )?[a-z]\\?\. bahwa .*$", text, re.MULTILINE)


@pytest.mark.parametrize("stage", ["regulated", "enacted"])
def test_each_consideration_ends_with_a_semicolon_and_the_last_refers_to_all_before(stage: str) -> None:
    found = considerations(written(ladder(CITY), stage))
    assert all(text.endswith(";") for text in found)
    letters = [chr(ord("a") + index) for index in range(len(found) - 1)]
    assert re.findall(r"huruf ([a-z])\b", found[-1]) == letters
    assert len(letters) == 5


def test_norms_stand_by_rank_and_then_by_time_and_none_below_the_act() -> None:
    draft = DRAFT.replace("[act]", "[permendagri-80-2015, perpres-99-2020, uu-6-2018, uu-25-2009, letter]")
    context = seen(ladder(CITY, draft=draft), "regulated")
    assert isinstance(context, RegulationContext)
    assert [re.match(r"\D+Nomor \d+ Tahun \d+", text)[0] for text in context.citations] == [  # type: ignore[index]
        "Undang-Undang Nomor 25 Tahun 2009",
        "Undang-Undang Nomor 23 Tahun 2014",
        "Undang-Undang Nomor 6 Tahun 2018",
        "Peraturan Presiden Nomor 99 Tahun 2020",
        "Peraturan Menteri Dalam Negeri Nomor 80 Tahun 2015",
    ]
    assert any("Letter of 1 May 2021 bukan peraturan" in text for text in context.head.remarks)


def test_a_norm_that_is_not_in_force_on_the_day_is_left_out_and_told() -> None:
    draft = DRAFT.replace("[act]", "[uu-4-1984]")
    before, after = (seen(ladder(CITY, draft=draft), "regulated", week=week) for week in ("2023-W31", "2023-W32"))
    assert isinstance(before, RegulationContext)
    assert isinstance(after, RegulationContext)
    assert any("Wabah Penyakit" in text for text in before.citations)
    assert not any("Wabah Penyakit" in text for text in after.citations)
    assert any("Undang-Undang Nomor 4 Tahun 1984 tidak berlaku" in text for text in after.head.remarks)


def test_a_penalty_is_counted_in_rupiah_until_the_first_of_january_2026_and_in_categories_since() -> None:
    before, after = (written(ladder(CITY), "enacted", week=week) for week in ("2025-W52", "2026-W01"))
    assert "pidana denda paling banyak Rp500.000,00 (lima ratus ribu rupiah)." in before
    assert "adalah pelanggaran." in before
    assert "pidana denda paling banyak kategori I." in after
    assert "pelanggaran." not in after
    assert "kurungan" not in after


def test_a_change_of_law_before_the_act_may_be_in_force_is_told_in_draft_and_study() -> None:
    told = "berubah sebelum produk hukum dapat berlaku (2 Januari 2026)"
    for week, is_near in (("2025-W20", False), ("2025-W45", True), ("2026-W01", False)):
        _, subject = asked(ladder(CITY), "enacted", week=week)
        context = seen(ladder(CITY), "enacted", week=week)
        assert any("2 Januari 2026" in one for one in context.head.remarks) is is_near
        speaker = Speaker(ladder(CITY), Language.INDONESIAN)
        found = risks(subject, speaker, tuple(facts(subject, speaker)), ())
        assert any(told in one for one in found) is is_near


def test_a_category_that_goes_beyond_the_fine_of_the_policy_is_told() -> None:
    context = seen(ladder(CITY), "enacted", week="2026-W01")
    said = "Rp500.000,00 (lima ratus ribu rupiah); kategori denda terendah yang memuatnya, I, sampai Rp1.000.000,00"
    assert any(said in one for one in context.head.remarks)
    assert any(one.startswith("Bab penyidikan") for one in context.head.remarks)
    assert not any("kategori" in one for one in seen(ladder(CITY), "enacted").head.remarks)


def test_figures_of_moves_that_lead_elsewhere_stand_without_what_those_ask_for() -> None:
    policy, observations, subjects = climbed()
    one = next(found for found in subjects if found.explanation.stage == "instruction")
    paper = instrument(policy, observations, replace(one, prepared_for="perda"))
    assert paper is not None
    text = write(paper, "md").decode()
    sentence = next(line for line in text.splitlines() if "BUKAN DATA, sampai dengan" in line)
    assert "paling sedikit" not in sentence
    assert "berlangsung" not in sentence
    values = re.findall(r"[a-z ]+ sebesar [0-9.,]+ (?:%|poin persen)", sentence)
    assert len(values) == len(set(values)) > 0


def test_a_fine_above_the_ceiling_of_the_day_is_never_printed() -> None:
    text = written(
        ladder(
            CITY,
            draft=DRAFT.replace("amount: 500000", "amount: 50000001"),
        ),
        "enacted",
    )
    assert "KETENTUAN PIDANA" not in text
    assert "sanksi yang tidak dapat dimuat Peraturan Daerah" in text


def test_a_form_prints_only_the_sanctions_that_it_can_carry() -> None:
    texts = {stage: written(ladder(CITY), stage).rpartition("\n---\n")[0] for stage in STAGES}
    assert [stage for stage in STAGES if "dikenai sanksi administratif" in texts[stage]] == ["regulated", "enacted"]
    assert [stage for stage in STAGES if "dipidana" in texts[stage]] == ["enacted"]
    for stage in ("asked", "ordered"):
        assert not re.search(r"\b(wajib|sanksi|denda|pidana)\b", texts[stage])


def test_administrative_sanctions_stand_in_the_last_article_of_the_chapter_of_their_norm() -> None:
    context = seen(ladder(CITY), "regulated")
    assert isinstance(context, RegulationContext)
    chapter = next(one for one in context.chapters if one.title == "PELAKSANAAN")
    norm, _, sanction = chapter.articles
    assert f"dalam Pasal {norm.number} dikenai sanksi administratif" in sanction.paragraphs[0].text
    assert sanction.paragraphs[0].points == ("reprimand; dan/atau", "fee.")


def test_articles_and_chapters_are_numbered_through_and_the_closing_chapter_is_last() -> None:
    context = seen(ladder(CITY), "enacted")
    assert isinstance(context, BylawContext)
    articles = [one.number for chapter in context.chapters for one in chapter.articles]
    assert articles == list(range(1, len(articles) + 1))
    assert [one.number for one in context.chapters] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert context.chapters[-1].title == "KETENTUAN PENUTUP"
    assert [number for number, _ in context.elucidation.articles] == articles


def test_points_end_as_the_law_wants_them() -> None:
    text = written(ladder(CITY), "regulated")
    assert "a. watering of lawns; atau" in text
    assert "b. another." in text


def test_no_context_can_hold_a_number_a_date_or_a_signature() -> None:
    shapes = [one for one in vars(contents).values() if isinstance(one, type) and is_dataclass(one)]
    held = {one.name for shape in shapes if shape not in {contents.Article, contents.Chapter} for one in fields(shape)}
    assert not held & {"number", "year", "date", "day", "signature", "signed", "name", "signatory", "issued"}
    for stage in STAGES:
        text = written(ladder(CITY), stage).rpartition("\n---\n")[0]
        assert re.search(r"NOMOR …", text)
        assert re.search(r"(?:pada tanggal|Bekasi,|Exampleville,) …", text)


def test_the_templates_use_every_part_of_a_context() -> None:
    for folder in ("indonesia-city", "generic"):
        shared = "".join(TEMPLATES.joinpath(name).read_text("utf-8") for name in ("acts.html", f"{folder}/parts.html"))
        for shape, name in NAMES.items():
            text = shared + TEMPLATES.joinpath(folder, f"{name}.html").read_text("utf-8")
            unused = {one.name for one in fields(shape)} - set(re.findall(r"instrument\.([a-z_]+)", text))
            assert unused == set(), (folder, name)
        everything = "".join(one.read_text("utf-8") for one in TEMPLATES.joinpath(folder).iterdir()) + shared
        assert {one.name for one in fields(Head)} - set(re.findall(r"head\.([a-z_]+)", everything)) <= {"region"}


@pytest.mark.parametrize("names", [CITY, GENERIC], ids=["indonesia-city", "generic"])
@pytest.mark.parametrize("stage", STAGES)
def test_hostile_texts_come_out_inert(names: dict[str, str], stage: str) -> None:
    policy = ladder(names, text=HOSTILE.replace("\u202e", "") + " " + "x" * 1500)
    page, text = written(policy, stage, "html"), written(policy, stage)
    assert "<script>alert" not in page.lower()
    assert "&lt;script&gt;alert(1)" in page or "&lt;SCRIPT&gt;ALERT(1)" in page
    assert "49" not in re.sub(r"sha256 \w+|pt|px", "", page.partition("</style>")[2])
    assert "<script>" not in text.lower()
    assert re.search(r"(?<!\\)\]\(", text) is None


def test_a_stage_without_texts_or_form_has_no_draft() -> None:
    source = LADDER.replace(", draft: DRAFT", "")
    for key, name in CITY.items():
        source = source.replace(key, name)
    policy = loads(source)
    observations, subject = asked(policy, "enacted")
    assert instrument(policy, observations, subject) is None
    policy = ladder(CITY)
    assert instrument(policy, *asked(policy, "calm")) is None


def test_what_an_article_means_stands_in_the_elucidation() -> None:
    draft = DRAFT.replace("{name: water, text: TEXT}", "{name: water, text: TEXT, elucidation: a lawn is grass}")
    context = seen(ladder(CITY, draft=draft), "enacted")
    assert isinstance(context, BylawContext)
    assert [text for _, text in context.elucidation.articles if text != "Cukup jelas."] == ["A lawn is grass."]


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_hostile_region_comes_out_inert_in_the_considerations(form: str) -> None:
    policy = ladder(CITY)
    data, subject = asked(policy, "regulated", region=HOSTILE)
    paper = instrument(policy, data, subject)
    assert paper is not None
    text = write(paper, form).decode()
    assert "<script>" not in text
    assert "\u202e" not in text
    assert "7 * 7" in text.replace("\\", "")


def test_without_a_jurisdiction_the_region_of_the_data_acts() -> None:
    source = LADDER.replace("DRAFT", DRAFT.replace("TEXT", "water"))
    for key, name in CITY.items():
        source = source.replace(key, name)
    policy = loads("\n".join(line for line in source.splitlines() if not line.startswith("jurisdiction")))
    data, subject = asked(policy, "regulated")
    paper = instrument(policy, data, subject)
    assert paper is not None
    assert "# RANCANGAN PERATURAN WALI KOTA NORTH NOMOR" in write(paper, "md").decode()


def test_what_the_law_of_the_day_asks_for_before_a_regulation_is_told() -> None:
    before, after = (seen(ladder(CITY), "regulated", week=week).head.remarks for week in ("2022-W23", "2022-W24"))
    assert not any("pengharmonisasian" in text for text in before)
    assert any("Sebelum ditetapkan: pengharmonisasian" in text for text in after)


def test_texts_with_a_source_of_their_own_are_named_with_it() -> None:
    policy, observations, subjects = climbed()
    act = act_of(policy, next(one for one in subjects if one.proposed == "perwal"))
    assert act is not None
    remarks = instrument_context(act, observations).head.remarks
    assert any(text.startswith("“Setiap orang yang menjadi …”: sumber: Perpres 14/2021") for text in remarks)


def test_an_office_of_the_policy_signs_in_place_of_that_of_the_form() -> None:
    draft = DRAFT.replace("source: assumption,", "source: assumption, office: Ketua Komite,", 1)
    assert "KETUA KOMITE," in written(ladder(CITY, draft=draft), "asked")


@pytest.mark.parametrize("place", ["", "jurisdiction: {name: Kota Contoh}"])
def test_a_word_that_office_and_region_share_stands_once(place: str) -> None:
    observations, subject = asked(ladder(CITY), "regulated", region="Kota Contoh")
    source = LADDER.replace("DRAFT", DRAFT.replace("TEXT", "water"))
    for key, name in CITY.items():
        source = source.replace(key, name)
    policy = loads("\n".join(place if line.startswith("jurisdiction") else line for line in source.splitlines()))
    paper = instrument(policy, observations, subject)
    assert paper is not None
    text = write(paper, "md").decode()
    assert "# RANCANGAN PERATURAN WALI KOTA CONTOH NOMOR" in text
    assert "BERITA DAERAH KOTA CONTOH TAHUN" in text
    assert "KOTA KOTA" not in text
