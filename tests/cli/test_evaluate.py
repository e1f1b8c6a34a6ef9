"""`escalation evaluate` and `escalation explain`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_one_region_is_explained_move_by_move(run: Run) -> None:
    result = run("evaluate", "reservoir", "--region", "North", "--stage", "normal", "--since", "2021-W30")
    assert result.exit_code == 0
    assert "RECOMMENDATION: escalate to Drought" in result.stdout
    assert "2 weeks in the stage; at least 1 week asked" in result.stdout
    assert "Storage 38.50 %; asked: below 40 % (difference -1.50 percentage points)" in result.stdout
    assert "an assumption of the policy file, not law" in result.stdout
    assert "a person decides" in result.stdout


def test_a_figure_close_to_its_threshold_is_not_printed_as_the_threshold(run: Run) -> None:
    result = run("explain", "reservoir", "--region", "North", "--week", "2021-W31")
    assert "Storage 39.9961" in result.stdout
    assert "Storage 40.00" not in result.stdout


def test_indonesian_output_has_no_english_sentence(run: Run) -> None:
    result = run("evaluate", "reservoir", "--region", "North", "--lang", "id")
    assert "REKOMENDASI: naikkan ke Kekeringan" in result.stdout
    assert "38,50 %" in result.stdout
    for word in ("asked", "week", "recommendation", "person", "earliest"):
        assert word not in result.stdout


def test_several_regions_make_a_table(run: Run) -> None:
    result = run("evaluate", "reservoir")
    rows = [line.split() for line in result.stdout.splitlines() if line.startswith(("North", "South"))]
    assert rows == [
        ["North", "2021-W32", "Normal", "escalate", "Drought"],
        ["South", "2021-W32", "Normal", "hold"],
    ]


def test_a_stage_that_was_not_given_is_said_to_be_assumed(run: Run) -> None:
    assert "no stage in force was given" in run("evaluate", "reservoir").stdout
    assert "no stage in force" not in run("evaluate", "reservoir", "--stage", "normal", "--since", "2021-W30").stdout


def test_csv_has_one_row_for_each_region(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("evaluate", "reservoir", "--format", "csv").stdout)))
    assert [(row["region"], row["recommendation"], row["to"]) for row in rows] == [
        ("North", "escalate", "drought"),
        ("South", "hold", ""),
    ]


def test_json_holds_every_guard_and_the_digests(run: Run) -> None:
    document = json.loads(run("evaluate", "reservoir", "--region", "North", "--format", "json").stdout)
    (evaluation,) = document["evaluations"]
    assert evaluation["recommendation"] == "escalate"
    guards = {guard["kind"]: guard for guard in evaluation["moves"][0]["guards"]}
    assert guards["after"]["observed"] == 2
    assert guards["trigger"]["weeks_met"] == [2, 2]
    assert guards["trigger"]["condition"]["margin"] == pytest.approx(-1.5)
    assert len(document["policy"]["digest"]) == len(document["observations"]["digest"]) == 64


def test_markdown_is_inert_where_titles_are_hostile(run: Run, folder: Path) -> None:
    policy = folder / "reservoir" / "policy.yaml"
    text = policy.read_text(encoding="utf-8").replace("en: Drought", 'en: "<script>alert(1)</script> [x](y)"')
    policy.write_text(text, encoding="utf-8")
    printed = run("evaluate", "reservoir", "--region", "North", "--format", "markdown").stdout
    assert "<script>" not in printed
    assert "[x](y)" not in printed


def test_an_amendment_is_shown_beside_the_baseline(run: Run) -> None:
    result = run("evaluate", "reservoir", "--region", "North", "--set", "low_storage=30")
    assert "What if: low_storage = 30" in result.stdout
    assert "escalate to Drought  hold: stay at Normal" in result.stdout


def test_an_amendment_outside_the_range_is_refused(run: Run) -> None:
    result = run("evaluate", "reservoir", "--set", "low_storage=95")
    assert result.exit_code == 2
    assert result.stderr == "error: 95 is outside the range of `low_storage`, 10 to 90\n"


@pytest.mark.parametrize(
    "setting", ["triggers.dry.for=3", "triggers.dry.for=3 weeks", "triggers.dry.storage=30", "moves.to-drought.after=9"]
)
def test_whatever_stands_at_a_path_may_be_amended(run: Run, setting: str) -> None:
    result = run("evaluate", "reservoir", "--region", "North", "--set", setting)
    assert f"What if: {setting.replace('=', ' = ')}" in result.stdout
    assert "escalate to Drought  hold: stay at Normal" in result.stdout


def test_a_path_that_leads_nowhere_is_refused_with_what_was_meant(run: Run) -> None:
    result = run("evaluate", "reservoir", "--set", "moves.to-drougt.after=9")
    assert result.exit_code == 2
    assert result.stderr == "error: `to-drougt` is not a move of this policy\n  help: did you mean `to-drought`?\n"


def test_a_value_that_a_policy_file_would_not_take_is_refused_in_its_words(run: Run) -> None:
    result = run("evaluate", "reservoir", "--set", "triggers.dry.missing=wait")
    assert result.exit_code == 2
    assert "`triggers.dry.missing=wait` cannot be: `missing` must be `unknown`, `hold` or `break`" in result.stderr


def test_two_settings_of_one_thing_are_refused_however_they_are_written(run: Run) -> None:
    result = run("evaluate", "reservoir", "--set", "low_storage=30", "--set", "parameters.low_storage.value=35")
    assert result.exit_code == 2
    assert "changes the same as `low_storage=30`" in result.stderr


def test_a_path_without_a_value_is_refused(run: Run) -> None:
    result = run("evaluate", "reservoir", "--set", "moves.to-drought.after=")
    assert result.exit_code == 2
    assert "is not an amendment; write it as moves.to-drought.after=VALUE" in result.stderr


@pytest.mark.parametrize("text", ["low_storage", "low_storage=ten", "=4", "low_storage=nan", "low_storage=1_0"])
def test_an_unreadable_amendment_is_refused(run: Run, text: str) -> None:
    result = run("evaluate", "reservoir", "--set", text)
    assert result.exit_code == 2
    assert f"is not an amendment; write it as {text.partition('=')[0] or 'PARAMETER'}=NUMBER" in result.stderr


@pytest.mark.parametrize(
    ("number", "advice"),
    [("45,5", "write 45.5, with a point"), ("1.200", "write 1200, or 1.2000"), ("1.120.590", "write 1120590, without")],
)
def test_a_number_that_policy_files_refuse_is_refused_in_an_amendment_too(run: Run, number: str, advice: str) -> None:
    result = run("evaluate", "reservoir", "--set", f"low_storage={number}")
    assert result.exit_code == 2
    assert f"`low_storage={number}` has a number that is read in two ways; {advice}" in result.stderr


def test_an_unknown_parameter_is_refused_with_those_there_are(run: Run) -> None:
    result = run("evaluate", "reservoir", "--set", "storage=4")
    assert result.exit_code == 2
    assert "the parameters are: low_storage" in result.stderr


def test_a_scheduler_can_ask_for_an_exit_code(run: Run) -> None:
    assert run("evaluate", "reservoir", "--exit-on", "escalate").exit_code == 1
    assert run("evaluate", "reservoir", "--exit-on", "relax").exit_code == 0


def test_data_come_from_standard_input(run: Run) -> None:
    result = run(
        "evaluate", "reservoir/policy.yaml", "--observations", "-", stdin="region,week,storage\nA,2021-W30,50\n"
    )
    assert "hold: stay at Normal" in result.stdout


def test_the_stage_on_record_is_used(run: Run, folder: Path) -> None:
    (folder / "reservoir" / "standings.csv").write_text(
        "region,stage,since\nNorth,normal,2021-W01\nNorth,drought,2021-W31\n", encoding="utf-8"
    )
    result = run("evaluate", "reservoir", "--region", "North")
    assert "In force: Drought, since 2021-W31 (1 week)" in result.stdout


def test_standings_as_yaml_say_the_same(run: Run, folder: Path) -> None:
    text = "standings:\n  - {region: North, stage: drought, since: 2021-W31}\n"
    (folder / "stages.yaml").write_text(text, encoding="utf-8")
    result = run("evaluate", "reservoir", "--region", "North", "--standings", "stages.yaml")
    assert "In force: Drought, since 2021-W31 (1 week)" in result.stdout


def test_dates_of_the_standings_are_read_as_the_mapping_of_the_data_declares(run: Run, folder: Path) -> None:
    (folder / "reservoir" / "observations.map.yaml").write_text("dates: dmy\n", encoding="utf-8")
    (folder / "reservoir" / "standings.csv").write_text("region;stage;since\nNorth;drought;02/08/2021\n", "utf-8")
    assert "In force: Drought, since 2021-W31" in run("evaluate", "reservoir", "--region", "North").stdout


def test_every_mistake_of_the_standings_is_told_with_its_line(run: Run, folder: Path) -> None:
    (folder / "stages.csv").write_text("region,stage,since\nNorth,flood,2021-W31\nNorth,normal,2021-W60\n", "utf-8")
    result = run("evaluate", "reservoir", "--standings", "stages.csv")
    assert result.exit_code == 2
    assert "stages.csv:2: error: `flood` is not a stage of this policy" in result.stderr
    assert "stages.csv:3: error: 2021-W60 does not exist" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--region", "East"], "`East` is not a region of the observations"),
        (["--stage", "flood", "--since", "2021-W30"], "`flood` is not a stage of this policy"),
        (["--stage", "normal"], "a stage in force has a name and a first week"),
        (["--stage", "normal", "--since", "2021-W99"], "2021-W99 does not exist"),
        (["--week", "last"], "`last` is not a week"),
        (["--observations", "none.csv"], "none.csv"),
        (
            ["--stage", "normal", "--since", "2021-W32", "--week", "2021-W31"],
            "no stage is on record for `North` before",
        ),
        (["--memo", "memo.doc"], "does not end as a form of papers"),
        (["--memo", "nowhere/memo.md"], "cannot be written"),
        (["--as-of", "soon"], "`soon` is not a date"),
    ],
)
def test_what_does_not_fit_is_told_on_standard_error(run: Run, arguments: list[str], message: str) -> None:
    result = run("evaluate", "reservoir", "--region", "North", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_a_policy_with_mistakes_is_refused_with_all_of_them(run: Run, folder: Path) -> None:
    policy = folder / "reservoir" / "policy.yaml"
    text = (
        policy.read_text(encoding="utf-8").replace("trigger: dry", "trigger: dri").replace("to: normal", "to: normel")
    )
    policy.write_text(text, encoding="utf-8")
    result = run("evaluate", "reservoir")
    assert result.exit_code == 2
    assert "`dri` is not a trigger of this policy" in result.stderr
    assert "`normel` is not a stage of this policy" in result.stderr
    assert result.stdout == ""


def test_nothing_known_by_then_is_exit_3(run: Run) -> None:
    result = run("evaluate", "reservoir", "--week", "2020-W01")
    assert result.exit_code == 3
    assert result.stdout == ""


def test_the_memo_says_that_it_is_a_draft(run: Run, folder: Path) -> None:
    assert run("evaluate", "reservoir", "--memo", "memo.md", "--memo", "memo.md").exit_code == 0
    memo = (folder / "memo.md").read_text(encoding="utf-8")
    assert memo.splitlines()[2].startswith("**DRAFT — ")
    for part in ("Question", "Assumptions", "Facts", "Analysis", "Conclusion", "Proposal", "sha256"):
        assert part in memo


def test_the_memo_is_the_same_when_written_again(run: Run, folder: Path) -> None:
    run("evaluate", "reservoir", "--memo", "one.html", "--lang", "id")
    run("evaluate", "reservoir", "--memo", "two.html", "--lang", "id")
    one, two = ((folder / name).read_bytes() for name in ("one.html", "two.html"))
    assert one == two
    assert b"RANCANGAN" in one


def test_the_memo_names_the_files_and_options_it_was_made_with(run: Run, folder: Path) -> None:
    (folder / "reservoir" / "standings.csv").write_text("region,stage,since\nNorth,normal,2021-W01\n", encoding="utf-8")
    (folder / "reservoir" / "observations.map.yaml").write_text("metrics: {storage: storage}\n", encoding="utf-8")
    options = ["--region", "North", "--week", "2021-W31", "--as-of", "2021-12-31", "--numbers", "en"]
    run("evaluate", "reservoir", *options, "--memo", "memo.html")
    memo = (folder / "memo.html").read_text(encoding="utf-8")
    for said in ("standings reservoir/standings.csv sha256 ", "mapping reservoir/observations.map.yaml sha256 ",
                 "as of 2021-12-31", "week asked for 2021-W31", "region asked for North", "written as en"):  # fmt: skip
        assert said in memo
    run("evaluate", "reservoir", "--stage", "normal", "--since", "2021-W30", "--memo", "memo.html")
    memo = (folder / "memo.html").read_text(encoding="utf-8")
    assert "stage given normal" in memo
    assert "standings set aside reservoir/standings.csv sha256 " in memo


def test_explain_prints_every_figure(run: Run) -> None:
    result = run("explain", "reservoir", "--region", "South")
    assert "Figures:" in result.stdout
    assert "Storage missing since 2021-W32" in result.stdout


def test_explain_asks_which_region_where_there_are_several(run: Run) -> None:
    result = run("explain", "reservoir")
    assert result.exit_code == 2
    assert "name one: North, South" in result.stderr


def test_a_week_behind_the_data_is_told_in_the_first_line(run: Run) -> None:
    lines = run("evaluate", "reservoir", "--region", "North", "--week", "2021-W40").stdout.splitlines()
    assert lines[2] == "the data end in 2021-W32, before the week asked about, 2021-W40"
    both = run("evaluate", "reservoir", "--week", "2021-W40", "--lang", "id", "--format", "markdown").stdout
    assert "data berakhir pada 2021-W32, sebelum minggu yang ditanyakan" in both.replace("\\", "")
    document = json.loads(run("evaluate", "reservoir", "--week", "2021-W40", "--format", "json").stdout)
    assert document["data_end_earlier"] == {"North": "2021-W32", "South": "2021-W32"}
    assert json.loads(run("evaluate", "reservoir", "--format", "json").stdout)["data_end_earlier"] == {}


def test_a_record_of_every_week_says_the_same_as_one_of_the_changes(run: Run, folder: Path) -> None:
    text = "region,stage,since\nNorth,normal,2021-W30\nNorth,drought,2021-W31\nNorth,drought,2021-W32\n"
    (folder / "stages.csv").write_text(text, encoding="utf-8")
    result = run("evaluate", "reservoir", "--region", "North", "--standings", "stages.csv")
    assert "In force: Drought, since 2021-W31 (1 week)" in result.stdout


def test_a_misspelt_region_of_the_standings_is_among_the_data_findings(run: Run, folder: Path) -> None:
    standings = folder / "reservoir" / "standings.csv"
    standings.write_text("region,stage,since\nNorht,drought,2021-W20\n", encoding="utf-8")
    document = json.loads(run("evaluate", "reservoir", "--format", "json").stdout)
    assert "standing-without-data" in json.dumps(document)
    assert "did you mean `North`?" in json.dumps(document)
    assert "[standing-without-data]" in run("evaluate", "reservoir").stdout


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_a_decision_that_waits_to_take_effect_makes_the_recommendation_hold(run: Run, folder: Path, form: str) -> None:
    texts = {
        "csv": "region,stage,since,decided\nNorth,normal,2021-W01,\nNorth,drought,2021-W34,2021-08-12\n",
        "yaml": "standings:\n  - {region: North, stage: normal, since: 2021-W01}\n"
        "  - {region: North, stage: drought, since: 2021-W34, decided: 2021-08-12}\n",
    }
    (folder / f"stages.{form}").write_text(texts[form], encoding="utf-8")
    result = run("evaluate", "reservoir", "--region", "North", "--standings", f"stages.{form}")
    assert "RECOMMENDATION: hold" in result.stdout
    assert "Why: the move to Drought has been decided and takes effect in 2021-W34" in result.stdout
    before = run("evaluate", "reservoir", "--region", "North", "--standings", f"stages.{form}", "--week", "2021-W31")
    assert "has been decided" not in before.stdout


def test_a_decision_after_its_effect_is_refused(run: Run, folder: Path) -> None:
    text = "region,stage,since,decided\nNorth,drought,2021-W31,2021-W32\n"
    (folder / "stages.csv").write_text(text, encoding="utf-8")
    result = run("evaluate", "reservoir", "--standings", "stages.csv")
    assert result.exit_code == 2
    assert "stages.csv:2: error: it took effect in 2021-W31, and was decided in 2021-W32" in result.stderr


def test_an_illustration_is_told_in_every_output_and_of_several_regions_which(run: Run, folder: Path) -> None:
    data = folder / "reservoir" / "observations.csv"
    assert "ILLUSTRATION" not in run("evaluate", "reservoir").stdout
    lines = data.read_text(encoding="utf-8").splitlines()
    data.write_text(
        "\n".join([f"{lines[0]},source", *(f"{one},{'illustration' if 'North' in one else ''}" for one in lines[1:])]),
        encoding="utf-8",
    )
    assert "\n\nILLUSTRATION, NOT DATA: the figures of North are made up\n\n" in run("evaluate", "reservoir").stdout
    one = run("evaluate", "reservoir", "--region", "North", "--lang", "id", "--format", "markdown").stdout
    assert "**ILUSTRASI, BUKAN DATA: angkanya karangan**" in one
    assert json.loads(run("evaluate", "reservoir", "--format", "json").stdout)["illustrated"] == ["North"]
