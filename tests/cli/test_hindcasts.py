"""`escalation forecast --from`: what was known then, and what came, in every form of output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.cli.origins import origins_of
from escalation.errors import NotAWeek, RequestError
from tests.whatif.test_hindcast import ORIGIN, POLICY, START, entries

STANDINGS = "region,stage,since\nEast,careful,2021-W28\nNorth,shut,2021-W25\nSouth,open,2021-W01\n"
DRAWN = ("--weeks", "12", "--draws", "300")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = ["region,week,as_of,cases"]
    for one in entries():
        week = START + (one.week - START.number)
        lines.append(f"{one.region},{week},{week.first_day},{one.value:.0f}")
    (tmp_path / "observations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(POLICY.source.text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["forecast", str(folder), *DRAWN, *arguments])


def test_the_text_has_scores_beside_the_baseline_chances_and_crosses(folder: Path) -> None:
    lines = run(folder, "--from", str(ORIGIN)).stdout.splitlines()
    origin = "Forecast from what was known by the end of 2021-W30 (1 August 2021): 2021-W31 to 2021-W42"
    assert f"{origin}; weeks on record: 10." in lines
    assert any(line.startswith("Outcome") and "Brier score  Nothing changes" in line for line in lines)
    assert any(line.startswith("shut in force") for line in lines)
    assert "How often it came true: careful or stricter in force" in lines
    assert any("100 ×" in line and line.endswith("careful") for line in lines)
    assert any("2021-W42" in line and line.endswith("·") for line in lines)
    assert "43 of 43 random paths agree with the reference engine" in lines
    assert "Intervals are too narrow: region-weeks of an origin share its surprises (weeks of origin: 1)." in lines
    assert not any("without a date of publication" in line for line in lines)


def test_it_is_said_of_each_outcome_whether_it_scored_better_than_that_nothing_changes(folder: Path) -> None:
    made = json.loads(run(folder, "--from", str(ORIGIN), "--format", "json").stdout)
    lines = run(folder, "--from", str(ORIGIN)).stdout.splitlines()
    told = {"better": "better than “nothing changes”", "worse": "worse than “nothing changes”"}
    for score, named in zip(made["scores"], ("careful or stricter in force", "shut in force"), strict=True):
        assert score["comparison"] == ("better" if score["brier"] < score["unchanged"] else "worse")
        (sentence,) = (line for line in lines if line.startswith(f"{named}: ") and "“nothing changes”" in line)
        both = f"{score['brier']:.3f} beside {score['unchanged']:.3f}."
        assert sentence == f"{named}: {told[score['comparison']]} by the Brier score, {both}"
    run(folder, "--from", str(ORIGIN), "--lang", "id", "--out", str(folder / "made"))
    page = (folder / "made" / "report.html").read_text(encoding="utf-8")
    assert "daripada “tidak ada yang berubah” menurut skor Brier" in page


def test_where_no_stage_is_on_record_it_is_said_that_a_forecast_without_a_week_of_origin_is_another(
    folder: Path,
) -> None:
    said = {"en": "the two are not the same forecast", "id": "keduanya bukan prakiraan yang sama"}
    for language, sentence in said.items():
        assert sentence in run(folder, "--from", str(ORIGIN), "--lang", language).stdout
    (folder / "standings.csv").write_text(STANDINGS, encoding="utf-8")
    assert said["en"] not in run(folder, "--from", str(ORIGIN)).stdout


def test_it_says_what_a_forecast_of_that_day_says(folder: Path) -> None:
    (folder / "standings.csv").write_text(STANDINGS, encoding="utf-8")
    then = csv.DictReader(io.StringIO(run(folder, "--from", str(ORIGIN), "--format", "csv").stdout))
    day = csv.DictReader(io.StringIO(run(folder, "--as-of", str(ORIGIN.last_day), "--format", "csv").stdout))
    shut = {(one["region"], one["week"]): one["in_force"] for one in day if one["stage"] == "shut"}
    assert {(one["region"], one["week"]): one["chance"] for one in then if one["stage"] == "shut"} == shut


def test_later_rows_change_what_came_and_no_chance(folder: Path) -> None:
    def rows() -> list[dict[str, str]]:
        return [*csv.DictReader(io.StringIO(run(folder, "--from", str(ORIGIN), "--format", "csv").stdout))]

    before = rows()
    table = (folder / "observations.csv").read_text(encoding="utf-8").splitlines()
    later = [
        ",".join([*line.split(",")[:3], "999"]) if line.split(",")[1] > str(ORIGIN) else line for line in table[1:]
    ]
    (folder / "observations.csv").write_text("\n".join([table[0], *later]) + "\n", encoding="utf-8")
    after = rows()
    assert [one["chance"] for one in after] == [one["chance"] for one in before]
    assert [one["came_true"] for one in after] != [one["came_true"] for one in before]


def test_weeks_known_for_certain_are_counted_apart_and_nothing_changes_has_the_record(folder: Path) -> None:
    standings = "region,stage,since,decided\nEast,open,2021-W01,\nEast,careful,2021-W33,2021-W30\n"
    (folder / "standings.csv").write_text(standings, encoding="utf-8")
    asked = (
        "--from",
        str(ORIGIN),
        "--region",
        "East",
        "--outcome",
        "at-least:careful",
        "--adopt",
        "rule: follow, lag: 2",
    )
    made = json.loads(run(folder, *asked, "--format", "json").stdout)
    assert [row["known_then"] for row in made["rows"]] == [1] * 5 + [0] * 7
    assert [row["unchanged"] for row in made["rows"]] == [0, 0] + [1] * 10
    assert (made["scores"][0]["region_weeks"], made["scores"][0]["settled"]) == (5, 5)
    text = run(folder, *asked).stdout
    assert "Not scored while the stage was known for certain: the first week, and until a later decision" in text
    assert "Nothing changes  Known then  Cannot say" in text
    assert "Tidak dinilai selama tahapnya sudah pasti" in run(folder, *asked, "--lang", "id").stdout


def test_regions_whose_data_ended_before_those_of_others_are_named(folder: Path) -> None:
    path = folder / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    shorter = [one for one in lines if not (one.startswith("East") and "2021-W29" <= one.split(",")[1] <= "2021-W30")]
    path.write_text("\n".join(shorter) + "\n", encoding="utf-8")
    sentence = "By the end of 2021-W30 the data end before 2021-W30 in: East (2021-W28)."
    assert sentence in run(folder, "--from", str(ORIGIN)).stdout.splitlines()
    made = json.loads(run(folder, "--from", "2021-W28", "--from", str(ORIGIN), "--format", "json").stdout)
    assert [one["data_end_earlier"] for one in made["origins"]] == [{}, {"East": "2021-W28"}]
    assert sentence in made["supposed"]


def test_many_regions_have_a_line_each(folder: Path) -> None:
    table = (folder / "observations.csv").read_text(encoding="utf-8")
    north = [line.replace("North", "West") for line in table.splitlines() if line.startswith("North")]
    (folder / "observations.csv").write_text(table + "\n".join(north) + "\n", encoding="utf-8")
    lines = run(folder, "--from", str(ORIGIN), "--outcome", "recommended:shut", "--lang", "id").stdout.splitlines()
    (head,) = (line for line in lines if line.startswith("shut sudah direkomendasikan: persepuluh undian"))
    assert "× terjadi menurut angka yang tercatat" in head
    (east,) = (line for line in lines if line.startswith("  East "))
    assert east.count("×") + east.count("·") <= 12
    assert east.count("·") == 2


def test_several_origins_are_scored_together_and_the_last_is_shown(folder: Path) -> None:
    found = run(folder, "--from", "2021-W24..2021-W30/3", "--format", "json", "--region", "East")
    made = json.loads(found.stdout)
    assert [one["origin"] for one in made["origins"]] == ["2021-W24", "2021-W27", "2021-W30"]
    (careful, shut) = made["scores"]
    assert careful["outcome"] == "at-least:careful"
    scored = [row for row in made["rows"] if row["stage"] == "shut" and row["scored"]]
    assert shut["region_weeks"] == len(scored)
    off = [(row["chance"] - row["came_true"]) ** 2 for row in scored]
    assert shut["brier"] == pytest.approx(sum(off) / len(off))
    assert made["retraced"] == "123 of 123 random paths agree with the reference engine"
    assert any("known" in one or "narrow" in one for one in made["supposed"])
    text = run(folder, "--from", "2021-W24..2021-W30/3").stdout
    assert (
        "Weeks of origin: 3, the first 2021-W24; methods, past coverage and conditions are those of the last one."
        in text
    )
    assert "The latest week of origin, 2021-W30" in text


def test_the_report_has_a_map_of_each_outcome_and_origin(folder: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures are drawn with the extra docs")
    result = run(folder, "--from", "2021-W27", "--from", str(ORIGIN), "--out", str(folder / "report"), "--lang", "id")
    assert result.exit_code == 0, result.stderr
    page = (folder / "report" / "report.html").read_text(encoding="utf-8")
    for title in ("careful atau lebih ketat berlaku: 2021-W30", "shut berlaku: 2021-W27", "Skor Brier"):
        assert title in page
    manifest = json.loads((folder / "report" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["retraced"] == "86 dari 86 lintasan acak sama dengan mesin rujukan"
    rows = (folder / "report" / "summary.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("origin,region,week,outcome,stage,chance,unchanged,undetermined,came_true")
    assert len(rows) == 1 + 2 * 2 * 3 * 12


def test_the_workbook_has_the_rows_and_the_scores(folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="workbooks are written with the extra excel")
    assert run(folder, "--from", str(ORIGIN), "--out", str(folder / "then.xlsx")).exit_code == 0
    book = openpyxl.load_workbook(folder / "then.xlsx")
    assert [sheet.title for sheet in book] == ["hindcast", "scores", "about"]
    about = [cell.value for row in book["about"] for cell in row]
    assert any(str(one).startswith("shut in force: Region-weeks") for one in about)


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["--from", "2021-W99"], "2021-W99", ""),
        (["--from", "2021-W30..2021-W20"], "is no stretch of weeks", "the earlier week first"),
        (["--from", "2021-W20..2021-W30/0"], "is no stretch of weeks", "write it as 2021-W20..2021-W40/4"),
        (["--from", "2021-W30/2"], "is no stretch of weeks", "every fourth week"),
        (["--from", "1990-W01..2021-W30"], "has more than 200 weeks of origin", "/4"),
        (["--from", "2021-W05..2021-W30/5"], "--from 2021-W05: `cases` is on record for at most 5 weeks in a row", ""),
        (["--from", "2021-W40"], "nothing that came after 2021-W40 is on record", "the data end in 2021-W40"),
        (["--from", "2021-W30", "--outcome", "at-least"], "is not a stage of this policy", "careful"),
        (["--from", "2021-W30", "--outcome", "first:shut"], "is no outcome of a week", "`recommended:STAGE`"),
        (["--from", "2021-W30", "--outcome", "at-least:open"], "is always in force", "recommended:STAGE"),
        (["--from", "2021-W30", "--keep", "kept"], "--keep is for weeks to come", "leave one of the two out"),
        (["--from", "2021-W30", "--tolerance", "1"], "--tolerance is for weeks to come", "leave one of the two out"),
        (["--from", "2021-W30", "--resume"], "--resume is for weeks to come", "leave one of the two out"),
        (["--from", "2021-W30", "--data", "pace: cases, by: 2"], "other figures are supposed", "leave out --data"),
        (["--from", "2021-W30", "--adopt", "recorded"], "were not known by then", "ask `backtest`"),
        (["--from", "2021-W30", "--adopt", "{rule: follow, probability: 0.5}"], "chance decides", "`probability`"),
        (["--outcome", "recommended:shut"], "--outcome is about what came", "--from"),
        (["--from", "2021-W30", "--region", "Eats"], "`Eats` is not a region", "East"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_a_remedy(
    folder: Path, arguments: list[str], message: str, remedy: str
) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert remedy in result.stderr
    assert result.stdout == ""


def test_weeks_of_origin_are_read_ascending_and_once() -> None:
    found = origins_of(POLICY, ["2021-W20..2021-W26/3", "2021-W23", "2021-W10"])
    assert [str(one) for one in found] == ["2021-W10", "2021-W20", "2021-W23", "2021-W26"]
    with pytest.raises(NotAWeek):
        origins_of(POLICY, ["soon"])
    with pytest.raises(RequestError):
        origins_of(POLICY, ["2021-W20..2021-W26/x"])


def test_an_amended_policy_is_forecast_and_replayed_and_said_to_be(folder: Path) -> None:
    plain, amended = (
        json.loads(run(folder, "--from", str(ORIGIN), "--format", "json", *more).stdout)
        for more in ((), ("--set", "triggers.many.for=4"))
    )
    assert "`triggers.many.for` is 4 weeks (in the policy: 2 weeks)." in amended["supposed"]
    assert amended["policy"]["digest"] != plain["policy"]["digest"]
    assert amended["origins"][0]["came_digest"] != plain["origins"][0]["came_digest"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("is not worked out in forecasts from past weeks", "leave out --from, or `response` in the scenario")),
        (
            "id",
            ("tidak dihitung dalam prakiraan dari minggu lampau", "hilangkan --from, atau `response` dari skenario"),
        ),
    ],
)
def test_where_people_respond_it_is_advised_to_leave_out_the_past(
    folder: Path, lang: str, said: tuple[str, str]
) -> None:
    lifts = "{stage: shut, lifts: cases, percent: 10}"
    (folder / "one.yaml").write_text(f"name: one\nresponse: [{lifts}]\n", encoding="utf-8")
    asked = ("--scenario", str(folder / "one.yaml"), "--lang", lang)
    result = run(folder, "--from", str(ORIGIN), *asked)
    assert result.exit_code == 2
    assert all(one in result.stderr for one in said)
