"""The command that writes papers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from escalation.documents.charts import canvas
from escalation.documents.layout import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]


def test_each_region_has_a_paper_of_its_own(run: Run, folder: Path) -> None:
    result = run("draft", "reservoir", "--out", "papers")
    assert result.exit_code == 0
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert [name.rsplit("-", 3)[0] for name in names] == ["study-north", "study-south"]
    assert sorted(one.name for one in (folder / "papers").iterdir()) == sorted(names)
    north = (folder / "papers" / names[0]).read_text(encoding="utf-8")
    assert "RANCANGAN" in north
    assert "South" not in north


def test_a_hostile_region_leaves_the_folder_with_a_plain_name_and_an_inert_paper(run: Run, folder: Path) -> None:
    region = "../../<script>alert(1)</script>{{7*7}}"
    (folder / "reservoir" / "observations.csv").write_text(
        f"region,week,storage\n{region},2021-W31,39\n{region},2021-W32,38\n", encoding="utf-8"
    )
    for form in ("html", "md"):
        printed = run("draft", "reservoir", "--out", "papers", "--format", form, "--no-charts").stdout.strip()
        assert re.fullmatch(rf"papers/study-[a-z0-9-]+-2021-W32\.{form}", printed)
        text = (folder / printed).read_text(encoding="utf-8")
        assert "<script>" not in text
        assert "&lt;script&gt;" in text
        assert "49" not in re.sub(r"sha256 \w+", "", text)
    assert {one.name for one in folder.iterdir()} == {"papers", "reservoir"}


def test_charts_stand_in_the_page_and_are_the_same_in_every_run(run: Run, folder: Path) -> None:
    pytest.importorskip("matplotlib")
    arguments = ("draft", "reservoir", "--region", "North", "--lang", "en", "--out")
    pages = [(folder / run(*arguments, place).stdout.strip()).read_bytes() for place in ("one", "two")]
    assert pages[0] == pages[1]
    page = pages[0].decode()
    assert page.count("<svg ") == 1
    assert "<title" in page.partition("<svg ")[2]
    assert "below 40 %" in page
    assert run("draft", "reservoir", "--charts", "--format", "md", "--out", "three").exit_code == 2
    without = (folder / run(*arguments, "four", "--no-charts").stdout.strip()).read_text(encoding="utf-8")
    assert "<svg " not in without


def test_without_matplotlib_the_papers_hold_no_charts_and_it_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas, "find_spec", lambda _: None)
    arguments = ("draft", "reservoir", "--region", "North", "--out", "papers", "--lang", "en")
    result = run(*arguments)
    assert "warning: the papers hold no charts, as matplotlib is not installed" in result.stderr
    assert "<svg " not in (folder / result.stdout.strip()).read_text(encoding="utf-8")
    assert "charts" not in run(*arguments, "--no-charts").stderr
    assert run(*arguments, "--charts").exit_code == 2


def test_what_is_not_installed_is_said_in_the_language_that_is_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas, "find_spec", lambda _: None)
    monkeypatch.setattr(render, "find_spec", lambda _: None)
    result = run("draft", "reservoir", "--region", "North", "--format", "docx", "--out", "papers")
    assert result.exit_code == 2
    no_charts = "naskah tidak memuat gambar, karena matplotlib belum terpasang"
    assert result.stderr.splitlines() == [
        f"peringatan: {no_charts}; {canvas.INSTALL[1]}, atau --no-charts",
        "kesalahan: bentuk ini ditulis dengan `docx`, yang belum terpasang",
        f"  saran: {render.INSTALL[1]}",
    ]


def test_a_paper_for_another_stage_says_so(run: Run, folder: Path) -> None:
    options = ("--region", "South", "--week", "2021-W31", "--for", "drought", "--lang", "en", "--format", "md")
    printed = run("draft", "reservoir", *options, "--out", "papers").stdout.strip()
    assert "This paper is prepared for Drought; the recommendation is another" in (folder / printed).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--out", "papers", "--for", "flood"), "`flood` bukan tahap kebijakan ini"),
        (("--out", "reservoir/policy.yaml"), "cannot be made"),
        ((), "--out"),
    ],
)
def test_what_does_not_fit_is_told(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run("draft", "reservoir", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_nothing_known_by_then_is_exit_3_and_writes_nothing(run: Run, folder: Path) -> None:
    assert run("draft", "reservoir", "--week", "2020-W01", "--out", "papers").exit_code == 3
    assert not (folder / "papers").exists()


@pytest.mark.parametrize(("form", "begin"), [("docx", b"PK"), ("pdf", b"%PDF-1.7")])
def test_word_and_pdf_are_checked_to_the_byte(run: Run, folder: Path, form: str, begin: bytes) -> None:
    pytest.importorskip("docx" if form == "docx" else "typst")
    arguments = ("draft", "reservoir", "--region", "North", "--format", form, "--out", "papers")
    printed = run(*arguments).stdout.strip()
    assert (folder / printed).read_bytes().startswith(begin)
    assert run(*arguments, "--check").exit_code == 0


def test_fonts_that_cannot_be_used_are_told(run: Run, folder: Path) -> None:
    pytest.importorskip("typst")
    matplotlib = pytest.importorskip("matplotlib")
    (folder / "none").mkdir()
    arguments = ("draft", "reservoir", "--region", "North", "--out", "papers", "--fonts")
    assert "--fonts is for PDF" in run(*arguments, "none").stderr
    assert "no font is in the folder `none`" in run(*arguments, "none", "--format", "pdf").stderr
    others = str(Path(matplotlib.get_data_path()) / "fonts" / "ttf")
    result = run(*arguments, others, "--format", "pdf", "--lang", "en")
    assert result.exit_code == 0
    assert "has none of Bookman Old Style, TeX Gyre Bonum, URW Bookman, Arial, Liberation Sans, Arimo" in result.stderr


def test_templates_of_an_office_take_the_place_of_ours(run: Run, folder: Path) -> None:
    (folder / "own").mkdir()
    marked = '{% from "marks.html" import banner, trace %}{{ banner(study.marks) }}{{ trace(study.marks) }}'
    (folder / "own" / "study.html").write_text(f"<h1>Nota dinas</h1>{marked}", encoding="utf-8")
    arguments = ("draft", "reservoir", "--region", "North", "--format", "md", "--out", "papers", "--templates")
    printed = run(*arguments, "own").stdout.splitlines()[0]
    assert (folder / printed).read_text(encoding="utf-8").startswith("# Nota dinas\n")
    assert run(*arguments, "none").exit_code == 2


def test_the_draft_of_the_legal_form_stands_beside_the_study(run: Run, project: Path) -> None:
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47")
    result = run("draft", str(policy), *data, "--out", "papers", "--format", "md")
    kinds = [Path(line).name.split("-")[0] for line in result.stdout.splitlines()]
    assert kinds == ["study", "instrument", "calendar", "calendar"]
    instrument = run("draft", str(policy), *data, "--out", "papers", "--format", "md", "--paper", "instrument")
    assert instrument.stdout.splitlines() == result.stdout.splitlines()[1:2]
    other = run(
        "draft", str(policy), *data, "--out", "papers", "--format", "md", "--for", "perda", "--paper", "instrument"
    )
    assert "# RANCANGAN PERATURAN DAERAH KOTA BEKASI" in Path(other.stdout.strip()).read_text(encoding="utf-8")


def test_a_stage_put_forward_without_texts_is_told(run: Run) -> None:
    result = run("draft", "reservoir", "--region", "North", "--out", "papers", "--for", "drought", "--lang", "en")
    assert result.exit_code == 0
    assert "warning: `drought` has no `draft`" in result.stderr


def test_where_no_paper_is_written_the_exit_code_says_so(run: Run, folder: Path) -> None:
    result = run("draft", "reservoir", "--for", "drought", "--paper", "instrument", "--out", "papers")
    assert result.exit_code == 3
    assert "tidak ada naskah yang ditulis: tidak ada langkah yang diajukan" in result.stderr
    english = run("draft", "reservoir", "--for", "drought", "--paper", "instrument", "--out", "papers", "--lang", "en")
    assert "no paper is written: no step is put forward" in english.stderr
    assert not (folder / "papers").exists()


def test_a_draft_for_other_programs_stands_beside_the_papers_and_is_checked_like_them(run: Run, project: Path) -> None:
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47")
    arguments = (
        "draft",
        str(policy),
        *data,
        "--paper",
        "calendar",
        "--export",
        "akn",
        "--export",
        "jdih",
        "--out",
        "one",
    )
    written = [Path(line) for line in run(*arguments).stdout.splitlines()]
    assert [one.name.partition(".")[2] for one in written] == ["html", "ics", "svg", "akn.xml", "jdih.json"]
    assert run(*arguments, "--check").exit_code == 0
    written[-1].write_text("{}", encoding="utf-8")
    assert run(*arguments, "--check").exit_code == 1


def test_the_way_begins_on_the_day_that_is_given(run: Run, project: Path) -> None:
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47")
    arguments = ("draft", str(policy), *data, "--paper", "calendar", "--lang", "en", "--format", "md", "--out", "one")
    page = Path(run(*arguments, "--start", "2021-12-24").stdout.splitlines()[0]).read_text(encoding="utf-8")
    assert "Assumed start: 24 December 2021" in page
    assert "- start of the way to the act 2021-12-24" in page
    assert run(*arguments, "--start", "24-12-2021").exit_code == 2
    assert run(*arguments, "--start", "9999-12-30", "--for", "perda").exit_code == 2


def test_what_the_rules_on_drafts_find_in_a_draft_is_told_as_it_is_written(
    run: Run, folder: Path, project: Path
) -> None:
    bekasi = project / "policies" / "bekasi-vaccination"
    text = (bekasi / "policy.yaml").read_text(encoding="utf-8")
    (folder / "policy.yaml").write_text(text.replace("Wali Kota mengevaluasi", "Walikota mengevaluasi"), "utf-8")
    data = ("--observations", str(bekasi / "observations-illustration.csv"), "--week", "2021-W47")
    result = run(
        "draft", "policy.yaml", *data, "--for", "perwal", "--paper", "instrument", "--out", "papers", "--lang", "en"
    )
    assert result.exit_code == 0
    assert "[walikota-in-one-word]" in result.stderr


@pytest.mark.parametrize(
    ("language", "told", "written"),
    [
        ("en", "take the place of the record of stages in `reservoir/standings.csv`", "was set aside for it"),
        ("id", "menggantikan catatan tahap `reservoir/standings.csv`", "dikesampingkan karenanya"),
    ],
)
def test_a_record_that_is_set_aside_is_told_and_stands_in_the_study(
    run: Run, folder: Path, language: str, told: str, written: str
) -> None:
    (folder / "reservoir" / "standings.csv").write_text("region,stage,since\nNorth,normal,2021-W01\n", "utf-8")
    options = ("--region", "North", "--lang", language, "--format", "md", "--out", "papers")
    plain = run("draft", "reservoir", *options)
    assert told not in plain.stderr
    assert written not in (folder / plain.stdout.splitlines()[0]).read_text("utf-8")
    result = run("draft", "reservoir", *options, "--stage", "drought", "--since", "2021-W02")
    assert told in result.stderr
    study = (folder / result.stdout.splitlines()[0]).read_text("utf-8")
    assert written in study
    assert study.count("standings.csv") == 2
    assert told in run("evaluate", "reservoir", "--stage", "normal", "--since", "2021-W02", "--lang", language).stderr


def test_a_stage_that_is_given_where_there_is_no_record_sets_nothing_aside(run: Run, folder: Path) -> None:
    options = ("--stage", "drought", "--since", "2021-W02", "--region", "North", "--lang", "en", "--format", "md")
    result = run("draft", "reservoir", *options, "--out", "papers")
    assert result.stderr == ""
    study = (folder / result.stdout.strip()).read_text("utf-8")
    assert "is the one that was given when this paper was asked for" in study
    assert "set aside" not in study


def test_a_way_that_begins_before_the_week_or_the_data_is_warned_of_and_says_so(run: Run, project: Path) -> None:
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47")
    arguments = ("draft", str(policy), *data, "--lang", "en", "--format", "md", "--out", "one", "--start")
    early, unknown = "lies before the end of the week evaluated (2021-W47, to 28 November 2021)", "lies before 30 Nov"
    said = {
        start: run(*arguments, start, "--as-of", "2021-11-30") for start in ("2021-11-28", "2021-11-29", "2021-11-30")
    }
    assert [(early in one.stderr, unknown in one.stderr) for one in said.values()] == [
        (True, True),
        (False, True),
        (False, False),
    ]
    run(*arguments, "2021-11-28", "--as-of", "2021-11-30")
    study, calendar = (
        Path(line).read_text("utf-8").replace("\n ", "")
        for line in said["2021-11-28"].stdout.splitlines()
        if "study" in line or ("calendar" in line and line.endswith(".md"))
    )
    assert early in study
    assert early in calendar


def test_the_repeal_is_exported_beside_the_act(run: Run, project: Path) -> None:
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47")
    stage = ("--stage", "perwal", "--since", "2021-W40", "--for", "instruction")
    result = run(
        "draft", str(policy), *data, *stage, "--paper", "instrument", "--paper", "repeal",
        "--export", "akn", "--export", "jdih", "--format", "md", "--out", "one",
    )  # fmt: skip
    names = [re.sub(r"-kota-bekasi-\w+-2021-W47", "", Path(line).name) for line in result.stdout.splitlines()]
    assert names == [
        "instrument.md",
        "repeal.md",
        "instrument.akn.xml",
        "repeal.akn.xml",
        "instrument.jdih.json",
        "repeal.jdih.json",
    ]


def unfolded(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n ", "").replace("\n ", "").replace("\\,", ",")


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        ("en", "ILLUSTRATION, NOT DATA: the figures are made up."),
        ("id", "ILUSTRASI, BUKAN DATA: angkanya karangan."),
    ],
)
@pytest.mark.parametrize("stage", ["appeal", "instruction", "perwal", "perda"])
def test_every_paper_on_an_illustration_says_so_in_its_banner_and_beside_its_figures(
    run: Run, project: Path, stage: str, language: str, mark: str
) -> None:
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47", "--for", stage)
    options = ("--lang", language, "--format", "md", "--export", "akn", "--export", "jdih", "--out", "papers")
    written = [Path(line) for line in run("draft", str(policy), *data, *options).stdout.splitlines()]
    assert len(written) == 6
    for path in written:
        is_act = path.name.startswith("instrument")
        assert (mark if not is_act else "ILUSTRASI, BUKAN DATA: angkanya karangan.") in unfolded(path), path.name
    act = next(path for path in written if path.name.startswith("instrument") and path.suffix == ".md")
    assert "erdasarkan angka ILUSTRASI, BUKAN DATA, sampai dengan 28 November 2021" in act.read_text("utf-8")
    study = next(path for path in written if path.name.startswith("study")).read_text("utf-8")
    cell = "illustration, not data" if language == "en" else "ilustrasi, bukan data"
    assert len(re.findall(rf"^\| [^|]+ \| [\d.,]+\s[^|]+ \| .*{cell} \|$", study, re.MULTILINE)) == 7
    assert ("To submit nothing" if language == "en" else "Tidak ada yang diajukan: angkanya ilustrasi") in study


def test_a_paper_on_reported_figures_is_not_called_an_illustration(run: Run, project: Path) -> None:
    policy = project / "policies" / "bekasi-vaccination"
    result = run("draft", str(policy), "--for", "perwal", "--format", "md", "--export", "jdih", "--out", "papers")
    for line in result.stdout.splitlines():
        assert "ilustrasi" not in unfolded(Path(line)).lower()


def test_a_chart_of_an_illustration_says_so_in_its_title(run: Run, project: Path) -> None:
    pytest.importorskip("matplotlib")
    policy = project / "policies" / "bekasi-vaccination"
    data = ("--observations", str(policy / "observations-illustration.csv"), "--week", "2021-W47")
    result = run("draft", str(policy), *data, "--paper", "study", "--charts", "--lang", "en", "--out", "papers")
    page = Path(result.stdout.strip()).read_text("utf-8")
    for picture in page.split("<svg ")[1:]:
        assert "(illustration, not data)" in picture
