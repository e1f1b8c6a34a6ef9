"""`escalation regret`: what it prints, in each form, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from escalation.cli import main
from escalation.reports.regret_records import COLUMNS
from tests.whatif.test_hindcast import POLICY as WARDS
from tests.whatif.test_hindcast import START, entries

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = ("--observations", f"{BEKASI}/observations-illustration.csv", "--judge", "services_ready=yes", "--draws", "200")
FILE = """
scenarios:
  - name: target-60
    title: {en: A target of 60 %, id: Sasaran 60 %}
    note: {en: Asked by the council, id: Diminta dewan}
    set: {first_dose_target: 60}
  - {name: after-8, set: {moves.to-perwal.after: 8}}
  - {name: lag, adopt: {rule: follow, lag: instruments}}
  - name: halves
    title: {en: Supply halves, id: Pasokan separuh}
    data: [{pace: [first_doses, elderly_first_doses], by: 0.5, from: 2022-W12}]
  - {name: far, data: [{stop: first_doses, from: 2024-W01}]}
"""
BY_LAW = ("--outcome", "weeks:perda", "--prefer", "fewer")
FIRST = ("--outcome", "first:perda", "--prefer", "later")


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "scenarios.yaml").write_text(FILE, encoding="utf-8")
    return str(tmp_path / "scenarios.yaml")


def run(file: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["regret", BEKASI, *DATA, "--scenario", file, *arguments])


def test_the_payoff_table_and_the_regrets_are_printed(file: str) -> None:
    result = run(file, *BY_LAW)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    for said in (
        "Outcome: Regional by-law: weeks in force, mean; fewer are preferred",
        "The next 26 weeks, 2022-W12 to 2022-W37; regions: 1",
        "200 draws of the figures to come, seed 0, the same for every alternative and future",
        "    alternative          the figures as forecast  Supply halves  far  worst case",
        "    A target of 60 %     0.0                      7.0            0.0  7.0",
        "    alternative          the figures as forecast  Supply halves  far  greatest",
        "    after-8              5.0                      5.0            5.0  5.0",
        "  Least bad worst case: 0.0 weeks, with lag.",
        "  Least greatest regret: 0.0 weeks, with lag.",
        "40 of 40 random paths agree with the reference engine",
        "No future is given a probability: a regret says how bad, not how likely. People weigh what matters more.",
        "A recommendation for consideration: a person decides.",
    ):
        assert said in lines
    (target,) = [
        line for line in lines if line.startswith("  target-60 (A target of 60 %): Asked by the council. `first")
    ]
    assert "(in the policy: 70)" in target
    (far,) = [line for line in lines if line.startswith("  far: ")]
    assert "lies beyond the horizon" in far


def test_weeks_beyond_the_horizon_are_told_as_such(file: str) -> None:
    lines = run(file, *FIRST).stdout.splitlines()
    assert "    the policy as it is  2022-W30                 2022-W30       2022-W30  2022-W30" in lines
    assert "    A target of 60 %     –                        2022-W30       –         2022-W30" in lines
    assert "    after-8              ≥ 6                      2              ≥ 6  ≥ 6" in lines
    assert "  Least greatest regret: 4 weeks, with A target of 60 %. It cannot be told apart from: lag." in lines
    assert "baseline" not in run(file, *FIRST, "--lang", "id").stdout
    assert "≥ at least: the later of the two is not within the horizon" in lines
    assert "– not within the horizon, which is later than every week of it" in lines


def test_a_worst_case_beyond_the_horizon_is_said_to_be_there(file: str) -> None:
    lines = run(file, *FIRST, "--weeks", "20").stdout.splitlines()
    (said,) = [line for line in lines if line.startswith("  Least bad worst case: ")]
    assert said == "  Least bad worst case: not within the horizon, with after-8, lag."
    indonesian = run(file, *FIRST, "--weeks", "20", "--lang", "id").stdout
    assert "  Kasus terburuk yang paling ringan: tidak dalam jangkauan, dengan after-8, lag.\n" in indonesian


def test_each_alternative_and_future_says_on_which_policy_and_data_it_rests(file: str) -> None:
    record = json.loads(run(file, *BY_LAW, "--format", "json").stdout)
    sides = {one["name"]: one for one in (*record["alternatives"], *record["futures"][1:])}
    digests = {name: (one["policy_digest"], one["observations_digest"]) for name, one in sides.items()}
    policy, data = record["policy"]["digest"], record["observations"]["digest"]
    assert digests["baseline"] == digests["lag"] == (policy, data)
    (target, its_data), (its_policy, halved) = digests["target-60"], digests["halves"]
    assert (its_data, its_policy) == (data, policy)
    assert len({policy, target, data, halved}) == 4
    lines = run(file, *BY_LAW).stdout.splitlines()
    for name, said in (("target-60", (target[:12], data[:12])), ("halves", (policy[:12], halved[:12]))):
        (line,) = [line for line in lines if line.startswith(f"  {name} (")]
        assert line.endswith(f" (policy {said[0]}; data {said[1]})")


def test_where_nothing_comes_within_the_horizon_nothing_is_told_to_be_least(file: str) -> None:
    said = run(file, *FIRST, "--weeks", "10").stdout
    assert (
        "  Within the horizon this outcome tells nothing apart: in no future is Regional by-law recommended in half of "
        "the draws, with any alternative. Ask --outcome recommended:perda, or look further ahead with --weeks.\n"
    ) in said
    assert "Least" not in said
    assert "Regret," not in said
    assert "Dalam jangkauan ini hasil tersebut tidak membedakan apa pun" in run(
        file, *FIRST, "--weeks", "10", "--lang", "id"
    ).stdout  # fmt: skip
    record = json.loads(run(file, *FIRST, "--weeks", "10", "--format", "json").stdout)
    assert record["tells_nothing_apart"] == ["Kota Bekasi"]
    assert json.loads(run(file, *FIRST, "--format", "json").stdout)["tells_nothing_apart"] == []


@pytest.mark.parametrize(
    ("outcome", "prefer", "of", "alone"),
    [
        ("recommended:shut", "fewer", ", percent of the draws, mean of the regions", ", percent of the draws"),
        ("weeks:shut", "fewer", ", mean of the regions", ""),
        ("first:shut", "later", ", of the draws of all regions together", ""),
    ],
)
def test_of_all_regions_it_is_said_of_what_the_figures_are(
    tmp_path: Path, outcome: str, prefer: str, of: str, alone: str
) -> None:
    rows = [f"{one.region},{START + (one.week - START.number)},{one.value:.0f}" for one in entries()]
    (tmp_path / "observations.csv").write_text("\n".join(["region,week,cases", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(WARDS.source.text, encoding="utf-8")
    asked = ["--outcome", outcome, "--prefer", prefer, "--weeks", "5", "--draws", "64", "--adopt", "recorded"]
    lines = CliRunner().invoke(main, ["regret", str(tmp_path), *asked]).stdout.splitlines()
    assert lines[lines.index("All regions") + 1] == f"  Outcome by alternative and future{of}"
    assert lines[lines.index("East") + 1] == f"  Outcome by alternative and future{alone}"
    recorded = "No recommendation is followed; stages that are on record for weeks to come take effect."
    assert any(line.endswith(recorded) for line in lines)


def test_draws_in_which_the_policy_cannot_say_are_told(file: str) -> None:
    text = FILE.replace("{stop: first_doses, from: 2024-W01}", "{missing: first_doses, from: 2022-W12}")
    Path(file).write_text(text, encoding="utf-8")
    lines = run(file, *BY_LAW).stdout.splitlines()
    begin = lines.index("  Percent of the draws in which the policy cannot say in some week")
    assert lines[begin + 2] == "    the policy as it is  0                        0              100"


def test_a_part_of_the_draws_has_the_decimal_that_its_regret_has(file: str) -> None:
    lingering = ("--observations", f"{BEKASI}/observations-lingering.csv", "--outcome", "recommended:perwal")
    lines = run(file, *lingering, "--prefer", "fewer").stdout.splitlines()
    begin = lines.index("  Outcome by alternative and future, percent of the draws")
    name = "    the policy as it is"
    payoff, regret, _ = (line.removeprefix(name).split()[0] for line in lines[begin:] if line.startswith(name))
    assert "." in payoff
    assert payoff == regret


def test_it_speaks_indonesian(file: str) -> None:
    said = run(file, *FIRST, "--lang", "id").stdout
    for sentence in (
        "Hasil: Peraturan Daerah: minggu saat setengahnya direkomendasikan; lebih lambat dianggap lebih baik",
        "Pilihan, yang ditentukan oleh manusia:",
        "  target-60 (Sasaran 60 %): Diminta dewan. `first_dose_target` menjadi 60 (dalam kebijakan: 70).",
        "Penyesalan, minggu: selisih dari pilihan terbaik pada masa depan yang sama (selang 95 %)",
        "Penyesalan terbesar yang paling kecil: 4 minggu, dengan Sasaran 60 %. Tidak dapat dibedakan dari: lag.",
        "    pilihan               angka menurut prakiraan  Pasokan separuh  far  terbesar",
        "    kebijakan apa adanya  ≥ 8                      4                ≥ 8  ≥ 8",
        "40 dari 40 lintasan acak sama dengan mesin rujukan",
    ):
        assert sentence in said
    for english in ("alternative", "weeks,", "draws", "horizon"):
        assert english not in said


def test_machines_get_a_row_for_each_alternative_and_future(file: str) -> None:
    rows = [*csv.DictReader(io.StringIO(run(file, *FIRST, "--format", "csv").stdout))]
    record = json.loads(run(file, *FIRST, "--format", "json").stdout)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(record["rows"]) == 12
    assert [row["result"] for row in rows[:4]] == ["2022-W30", "2022-W30", "2022-W30", ""]
    assert (rows[0]["regret"], rows[0]["interval_low"], rows[0]["interval_high"], rows[0]["at_least"]) == (
        "8.0",
        "8.0",
        "",
        "True",
    )
    assert record["outcome"] == "first:perda"
    assert record["prefer"] == "later"
    assert record["supposed"][-1].startswith("No future is given a probability")
    assert [one["name"] for one in record["alternatives"]] == ["baseline", "target-60", "after-8", "lag"]
    assert [one["title"] for one in record["futures"]] == ["the figures as forecast", "Supply halves", ""]
    least = [(one["alternative"], one["result"], one["future"]) for one in record["greatest_regret"] if one["is_least"]]
    assert least == [("target-60", 4.0, "halves")]
    assert [one["result"] for one in record["worst"] if one["is_least"]] == ["2022-W34"]


def test_where_nothing_is_drawn_one_draw_is_enough_and_no_interval_has_a_width(file: str) -> None:
    given = ("--uptake", "first_doses=9000", "--uptake", "elderly_first_doses=100", "--draws", "1")
    rows = [*csv.DictReader(io.StringIO(run(file, *BY_LAW, *given, "--format", "csv").stdout))]
    assert {row["regret"] == row["interval_low"] == row["interval_high"] for row in rows} == {True}
    assert [row["told_apart"] for row in rows] == [str(float(row["regret"]) > 0) for row in rows]
    assert {row["told_apart"] for row in rows} == {"True", "False"}
    drawn = [*csv.DictReader(io.StringIO(run(file, *BY_LAW, "--draws", "1", "--format", "csv").stdout))]
    assert {row["told_apart"] for row in drawn} == {"False"}


def test_the_numbers_do_not_rest_on_workers(file: str) -> None:
    assert run(file, *BY_LAW, "--workers", "2").stdout == run(file, *BY_LAW).stdout


def test_a_report_has_a_picture_and_the_tables(file: str, tmp_path: Path) -> None:
    result = run(file, *FIRST, "--out", str(tmp_path / "report"))
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 1
    for said in ("Supply halves", "A target of 60 %", "the figures as forecast", "Least greatest regret: 4 weeks"):
        assert said in page
    rows = [*csv.DictReader(io.StringIO((tmp_path / "report" / "summary.csv").read_text(encoding="utf-8")))]
    assert (rows[3]["alternative"], rows[3]["result"], rows[3]["told_apart"]) == ("target-60", "", "0")
    manifest = json.loads((tmp_path / "report" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["horizon_weeks"], manifest["draws"], manifest["seed"]) == (26, 200, 0)


def test_a_report_draws_no_regrets_where_nothing_comes_within_the_horizon(file: str, tmp_path: Path) -> None:
    assert run(file, *FIRST, "--weeks", "10", "--out", str(tmp_path / "report")).exit_code == 0
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "<svg" not in page
    assert "Within the horizon this outcome tells nothing apart" in page


def test_a_workbook_has_parts_in_percent_and_what_they_rest_on(file: str, tmp_path: Path) -> None:
    out = tmp_path / "regret.xlsx"
    assert run(file, "--outcome", "recommended:perda", "--prefer", "fewer", "--out", str(out)).exit_code == 0
    book = load_workbook(out)
    heads, first, *_ = book["regret"].iter_rows(values_only=True)
    assert heads[:5] == ("region", "alternative", "future", "result (%)", "regret (%)")
    assert first[3:5] == (100, 100)
    about = [row[1] for row in book["about"].iter_rows(values_only=True)]
    assert "Kota Bekasi: Least bad worst case: 100 %, with every alternative." in about


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "weeks:perda", "--prefer", "later"), "write --prefer fewer or --prefer more"),
        (("--outcome", "first:perda", "--prefer", "more"), "write --prefer earlier or --prefer later"),
        (("--outcome", "wks:perda", "--prefer", "fewer"), "did you mean `weeks`?"),
        (("--outcome", "weeks:perda"), "--prefer"),
        (("--outcome", "shortest-stay", "--prefer", "more"), "compare them by `changes` or `undone`"),
        (("--prefer", "fewer"), "--outcome"),
        ((*BY_LAW, "--region", "Bogor"), "`Bogor` is not a region of the observations"),
        ((*BY_LAW, "--resume"), "there is nothing to resume"),
    ],
)
def test_what_cannot_be_asked_is_refused(file: str, arguments: tuple[str, ...], said: str) -> None:
    result = run(file, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_scenario_of_both_sorts_is_refused_with_its_place(file: str) -> None:
    text = "scenarios:\n  - {name: both, adopt: never, data: [{stop: first_doses}]}\n"
    Path(file).write_text(text, encoding="utf-8")
    result = run(file, *BY_LAW)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{file}:2:12: error: `both` is an alternative (`adopt`) and a future (")
    assert "write two scenarios, one with `adopt` and one with `data`" in result.stderr
    indonesian = run(file, *BY_LAW, "--lang", "id").stderr
    assert "kesalahan: `both` mengubah pilihan (`adopt`) sekaligus masa depan (`data`)" in indonesian


def test_a_pair_that_cannot_be_drawn_is_named(file: str) -> None:
    text = "scenarios:\n  - {name: never, adopt: never}\n  - {name: thrice, data: [{scale: first_doses, by: 3}]}\n"
    Path(file).write_text(text, encoding="utf-8")
    result = run(file, *BY_LAW)
    assert result.exit_code == 2
    assert "error: the alternative `baseline` in the future `thrice`: the figures of `first_doses`" in result.stderr
    indonesian = run(file, *BY_LAW, "--lang", "id").stderr
    said = "kesalahan: pilihan `baseline` pada masa depan `thrice`: menurut angka `first_doses`, tidak ada lagi yang"
    assert indonesian.startswith(said)
    assert "saran: perbaiki angka atau populasinya" in indonesian


def test_options_are_one_more_alternative_and_one_more_future(file: str, tmp_path: Path) -> None:
    more = tmp_path / "more.yaml"
    more.write_text(
        FILE + "  - {name: both, set: {slow_gain: 3}, adopt: {rule: follow, lag: 2}}\n"
        "  - {name: other, data: [{scale: first_doses, by: 1.1}]}\n",
        encoding="utf-8",
    )
    options = ("--set", "slow_gain=3", "--adopt", "rule: follow, lag: 2", "--data", "scale: first_doses, by: 1.1")
    given, written = run(file, *BY_LAW, *options, "--format", "csv"), run(str(more), *BY_LAW, "--format", "csv")
    assert written.stdout.replace(",other,", ",future,").replace(",both,", ",alternative,") == given.stdout
    assert len(given.stdout.splitlines()) == 1 + 5 * 4


def test_options_alone_need_no_file() -> None:
    command = ["regret", BEKASI, *DATA, *BY_LAW]
    alone = CliRunner().invoke(main, [*command, "--set", "first_dose_target=60"])
    assert alone.exit_code == 0, alone.stderr
    assert "`first_dose_target` is 60 (in the policy: 70)" in alone.stdout
    without = CliRunner().invoke(main, [*command, "--data", "scale: first_doses, by: 1.1"])
    assert without.exit_code == 2
    assert "there is no alternative to the policy as it is" in without.stderr
