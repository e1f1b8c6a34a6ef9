"""`escalation tornado`: what it prints, in each form, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.reports.tornado import COLUMNS
from tests.cli.sheets import about, of_csv, sheet

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = ("--observations", f"{BEKASI}/observations-illustration.csv")
LINGERING = ("--observations", f"{BEKASI}/observations-lingering.csv", "--judge", "services_ready=yes")
IN_FORCE = ("--outcome", "weeks:perda", "--by", "30%")
AHEAD = (*LINGERING, "--weeks", "26", "--draws", "400", "--by", "5%")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["tornado", BEKASI, *DATA, *arguments])


def rows(*arguments: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout))]


def test_numbers_stand_in_the_order_of_their_swings() -> None:
    result = run(*IN_FORCE)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert any(line.startswith("At present: 4.0 weeks") for line in lines)
    place = next(place for place, line in enumerate(lines) if line.startswith("Number, the longest swing first"))
    assert lines[place + 1].startswith("First-dose target (`first_dose_target`)")
    assert "0.0 weeks with 57.86 %" in lines[place + 1]
    assert "40 of 40 random paths agree with the reference engine" in lines
    assert any(line.startswith("Exact: every value between the ends") for line in lines)


def test_how_far_numbers_are_changed_is_told_as_an_assumption() -> None:
    said = next(line for line in run(*IN_FORCE, "--by-weeks", "3").stdout.splitlines() if "alone" in line)
    assert "an assumption of whoever asks: lengths of time by 3 weeks, thresholds by 30 % of their range" in said


def test_what_changes_nothing_or_less_is_told_in_a_line_each() -> None:
    lines = run(*IN_FORCE).stdout.splitlines()
    (still,) = [line for line in lines if line.startswith("Change nothing: ")]
    (held,) = [line for line in lines if line.startswith("Changed less, to the end of their range: ")]
    assert "First-dose target for the elderly (`elderly_target`)" in still
    assert "Weeks from recommendation to effect (`adopt.lag`)" in held


def test_a_value_that_people_are_shown_has_the_outcome_told() -> None:
    shown = run(*IN_FORCE, "--set", "first_dose_target=57.86").stdout
    assert "At present: 0.0 weeks" in shown
    exact = next(row for row in rows(*IN_FORCE) if (row["number"], row["at"]) == ("first_dose_target", "least"))
    assert 57.86 < float(exact["value"]) < 57.87
    assert float(exact["result"]) == 0


def test_all_stands_in_the_forms_for_machines() -> None:
    table = rows(*IN_FORCE)
    record = json.loads(run(*IN_FORCE, "--format", "json").stdout)
    assert tuple(table[0]) == COLUMNS
    assert len(table) == len(record["rows"])
    assert record["outcome"] == "weeks:perda"
    assert (record["present"], record["by"], record["by_weeks"]) == (4.0, 0.3, 2)
    places = {row["at"] for row in table if row["number"] == "first_dose_target"}
    assert places == {"present", "lower", "higher", "least", "greatest"}
    assert {row["exact"] for row in table} == {"True"}


def test_a_week_that_is_never_reached_is_told() -> None:
    printed = run("--outcome", "first:perda", "--number", "adopt.lag").stdout
    assert "later or never with 2 weeks" in printed
    assert "Later or never: on record, fewer than half of the regions have been recommended it." in printed
    (row,) = [one for one in rows("--outcome", "first:perda", "--number", "adopt.lag") if one["at"] == "higher"]
    assert (row["result"], row["difference"]) == ("", "")


def test_where_no_stay_ends_that_is_told() -> None:
    printed = run("--outcome", "shortest-stay", "--by", "30%").stdout
    assert "longer or none with 53.5 %" in printed
    assert "Longer or none: on record, fewer than half of the regions have a stay that begins and ends." in printed
    assert "Longer or none" not in run("--outcome", "shortest-stay", "--number", "moves.to-perda.after").stdout


def test_what_less_than_half_of_the_draws_have_is_not_told_as_what_never_comes() -> None:
    asked = ("--outcome", "first:perwal", "--number", "first_dose_target")
    ever = json.loads(run(*AHEAD, "--format", "json", "--outcome", "recommended:perwal", "--by-weeks", "1").stdout)
    assert 0.3 < ever["present"] < 0.5
    lines = run(*AHEAD, *asked).stdout.splitlines()
    assert any(line.startswith("At present: later or never") for line in lines)
    assert "Later or never: within the horizon, it is recommended in fewer than half of the draws." in lines


def test_a_stay_of_one_week_is_one_week() -> None:
    at_once = ("--set", "moves.to-perda.after=1", "--set", "moves.to-perwal.after=1")
    assert "At present: 1 week" in run("--outcome", "shortest-stay", *at_once, "--number", "adopt.lag").stdout


def test_outcomes_of_a_row_are_told_apart() -> None:
    lines = run(*AHEAD, "--outcome", "weeks:appeal", "--number", "moves.to-perda.after").stdout.splitlines()
    assert any(line.startswith("At present: 14.93 weeks") for line in lines)
    (row,) = [line for line in lines if line.startswith("`after` of “Propose a regional by-law”")]
    assert "14.78 weeks with 10 weeks" in row
    assert "14.95 weeks with 13 weeks" in row


def test_ahead_what_lies_between_the_values_tried_is_not_claimed() -> None:
    lines = run(*AHEAD, "--outcome", "undone", "--number", "first_dose_target", "--number", "slow_gain").stdout
    assert "least tried" in lines
    assert "0.338 with 71.83 %" in lines
    assert "Change nothing with the values tried: Slow growth in four weeks (`slow_gain`)" in lines
    assert "of thresholds the ends and 2 between each of them and the present value" in lines
    ends = run(*AHEAD, "--outcome", "undone", "--number", "first_dose_target", "--between", "0").stdout
    assert "of thresholds the ends alone." in ends
    assert "71.83 %" not in ends
    assert "least tried" not in run(*AHEAD, "--outcome", "undone", "--number", "adopt.lag").stdout


def test_ahead_the_difference_has_an_interval() -> None:
    printed = run(*AHEAD, "--number", "first_dose_target").stdout
    assert "In brackets: the 95 % interval of the difference from the present, in percentage points." in printed
    (higher,) = [one for one in rows(*AHEAD, "--number", "first_dose_target") if one["at"] == "higher"]
    assert float(higher["interval_low"]) < float(higher["difference"]) < float(higher["interval_high"])
    assert "40 of 40 random paths agree" in printed


def test_it_speaks_indonesian() -> None:
    said = run(*AHEAD, "--lang", "id").stdout
    assert "Angka, ayunan terpanjang lebih dahulu" in said
    assert "Minggu dari rekomendasi sampai berlaku (`adopt.lag`)" in said
    for english in ("weeks", "draws", "interval of", "Change nothing", "recommended", "present"):
        assert english not in said


def test_brackets_are_explained_only_where_there_are_some() -> None:
    brackets = ("In brackets: the 95 %", "Dalam kurung: ")
    asked = (*AHEAD, "--outcome", "recommended:perda", "--weeks", "4")
    printed = [run(*asked, *language).stdout for language in ((), ("--lang", "id"))]
    assert "No number changes it as far as that." in printed[0]
    assert not any(said in one for said, one in zip(brackets, printed, strict=True))
    assert {row["sort"] for row in rows(*asked, "--number", "adopt.lag")} == {"lag"}


def test_the_lag_is_that_of_the_adoption_that_is_supposed() -> None:
    table = rows(*IN_FORCE, "--adopt", "rule: follow, lag: 1", "--number", "adopt.lag")
    assert {row["at"]: row["value"] for row in table if row["at"] in ("present", "lower", "higher")} == {
        "present": "1",
        "lower": "0.0",
        "higher": "3.0",
    }


def test_a_picture_has_no_figure_where_the_outcome_has_none(tmp_path: Path) -> None:
    run(*AHEAD, "--outcome", "first:perwal", "--number", "first_dose_target", "--out", str(tmp_path / "report"))
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "at present later or never, when one number is changed" in page
    assert "at present 26" not in page


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_report_is_written_with_the_picture(language: str, tmp_path: Path) -> None:
    result = run(*IN_FORCE, "--lang", language, "--out", str(tmp_path / "report"))
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 1
    assert len((tmp_path / "report" / "summary.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(
        rows(*IN_FORCE)
    )


def test_a_report_of_nothing_that_moves_has_no_picture(tmp_path: Path) -> None:
    result = run("--outcome", "weeks:perda", "--number", "elderly_gate", "--out", str(tmp_path / "report"))
    assert result.exit_code == 0, result.stderr
    assert "No number changes it as far as that." in result.stdout
    assert "<svg" not in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


def test_a_workbook_has_the_rows_of_csv_and_what_they_rest_on(tmp_path: Path) -> None:
    out = tmp_path / "tornado.xlsx"
    written = run(*IN_FORCE, "--out", str(out), "--format", "csv")
    assert written.exit_code == 0, written.stderr
    assert sheet(out, "tornado") == of_csv(written.stdout)
    assert "Every recommendation is followed." in about(out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "10"), "thresholds are changed by a percentage up to 100"),
        (("--by", "0%"), "thresholds are changed by a percentage up to 100"),
        (("--by-weeks", "0"), "0 is not in the range"),
        (("--number", "first_dose_targt"), "first_dose_targt"),
        (("--number", "metrics.first_doses.max_age"), "is no threshold, `for` or `after` on which a move rests"),
        (("--number", "triggers.target-met.missing"), "`moves.repeal-perda.after`, `adopt.lag`\n"),
        (("--outcome", "in-force:perda"), "`in-force` is now `weeks`"),
        (("--judge", "services_ready=yes"), "--judge is about weeks to come"),
        (("--number", "adopt.lag", "--adopt", "recorded"), "there is no single lag"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


LEVELS = str(ROOT / "policies/us-community-levels")
MATCHED = "triggers.high.when.any.2.all.2.equal_to"


def levels(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["tornado", LEVELS, *arguments])


def test_a_number_of_which_only_the_value_itself_is_meant_is_changed_only_where_it_is_named() -> None:
    printed = levels("--outcome", "recommended:high").stdout
    (row,) = [line for line in printed.splitlines() if MATCHED in line]
    assert row.startswith("Not changed, only this value being meant (`equal_to`); --number changes it all the same: ")
    told = levels("--outcome", "recommended:high", "--lang", "id").stdout
    assert "Tidak diubah, karena hanya nilai ini yang dimaksud (`equal_to`)" in told
    named = levels("--outcome", "recommended:high", "--number", MATCHED).stdout.splitlines()
    assert any(line.startswith(f"threshold `{MATCHED}`: Level with many cases") for line in named)
    assert not any(line.startswith("Not changed") for line in named)


def test_a_change_however_small_is_told_by_its_side() -> None:
    (row,) = [line for line in levels("--number", "many_cases").stdout.splitlines() if line.startswith("Many cases")]
    assert "with just over 200 per 100k per 7 days" in row
    assert "200.0000" not in row
    told = levels("--number", "many_cases", "--lang", "id").stdout
    assert "dengan sedikit di atas 200 per 100k per 7 days" in told


@pytest.mark.parametrize(("language", "never"), [("en", "later or never"), ("id", "lebih lambat atau tidak pernah")])
def test_a_picture_names_weeks_as_the_text_does(language: str, never: str, tmp_path: Path) -> None:
    asked = ("--outcome", "first:perda", "--by", "30%", "--lang", language)
    assert run(*asked, "--out", str(tmp_path / "report")).exit_code == 0
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert {"en": "at present 2022-W07", "id": "sekarang 2022-W07"}[language] in page
    assert f"53.5 % → {never}".replace(".", {"en": ".", "id": ","}[language]) in page
    assert "4 weeks → 2022-W05".replace("weeks", {"en": "weeks", "id": "minggu"}[language]) in page


def test_a_picture_rounds_the_present_as_the_text_does(tmp_path: Path) -> None:
    printed = levels("--out", str(tmp_path / "report")).stdout
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "At present: 42 %" in printed
    assert "at present 42 %, when one number" in page
    assert "41.67" not in page


def test_in_how_many_weeks_the_policy_cannot_say_stands_beside_every_outcome() -> None:
    reported = str(Path(DATA[-1]).with_name("observations.csv"))
    arguments = ["tornado", BEKASI, "--observations", reported, "--outcome", "weeks:perwal"]
    text = CliRunner().invoke(main, arguments).stdout
    assert "At present: 0.0 weeks (cannot say: 4 weeks)" in text
    assert "With the values tried the policy cannot say in 2 to 6 weeks, by the value." in text
    assert "Change only in how many weeks the policy cannot say: First-dose target (`first_dose_target`)" in text
    indonesian = CliRunner().invoke(main, [*arguments, "--lang", "id"]).stdout
    assert "Sekarang: 0,0 minggu (tidak pasti: 4 minggu)" in indonesian
    found = json.loads(CliRunner().invoke(main, [*arguments, "--format", "json"]).stdout)
    assert found["present_undetermined"] == 4
    assert {row["undetermined"] for row in found["rows"] if row["at"] == "present"} == {4}
