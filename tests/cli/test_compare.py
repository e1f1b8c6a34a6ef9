"""`escalation compare`."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import POLICY

Run = Callable[..., Result]


@pytest.fixture
def newer(folder: Path) -> str:
    """Give a folder with the same policy but a lower threshold, and more data."""
    other = folder / "newer"
    other.mkdir()
    (other / "policy.yaml").write_text(POLICY.replace("value: 40", "value: 35"), encoding="utf-8")
    figures = {"2021-W30": 45, "2021-W31": 39, "2021-W32": 38, "2021-W33": 34, "2021-W34": 34}
    data = "region,week,storage\n" + "".join(f"North,{week},{figure}\n" for week, figure in figures.items())
    (other / "observations.csv").write_text(data, encoding="utf-8")
    return "newer"


def test_a_policy_compared_with_itself_is_the_same(run: Run) -> None:
    result = run("compare", "reservoir", "reservoir", "--no-history")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2] == "the two files are the same, byte for byte"


def test_files_that_differ_in_comments_only_are_the_same_policy(run: Run, folder: Path) -> None:
    (folder / "other.yaml").write_text(f"# a remark\n{POLICY}", encoding="utf-8")
    result = run("compare", "reservoir", "other.yaml", "--no-history")
    assert "differ only in comments or format: the same policy" in result.stdout


def test_the_text_tells_changes_with_places_and_the_history(run: Run, newer: str) -> None:
    lines = run("compare", "reservoir", newer).stdout.splitlines()
    assert "  parameter `low_storage`: value: 40 % -> 35 %" in lines
    assert "    reservoir/policy.yaml:5:50 -> newer/policy.yaml:5:50" in lines
    assert "  2 of 5 region-weeks are recommended otherwise" in lines
    assert "    2 by one stage milder" in lines
    assert "  North   2021-W32 to 2021-W33 (2 weeks)  Drought  Normal  -1" in lines


def test_the_observations_beside_the_new_policy_are_taken_unless_others_are_given(run: Run, newer: str) -> None:
    assert "newer/observations.csv: 5 region-weeks" in run("compare", "reservoir", newer).stdout
    given = run("compare", "reservoir", newer, "--observations", "reservoir/observations.csv")
    assert "reservoir/observations.csv: 5 region-weeks (regions: 2)" in given.stdout
    assert "region-weeks" not in run("compare", "reservoir", newer, "--no-history").stdout


def test_the_data_may_be_what_a_query_gives(run: Run, folder: Path, newer: str) -> None:
    weeks = [("North", f"2021-W{week}", 38) for week in (30, 31, 32)]
    with closing(sqlite3.connect(folder / "data.sqlite")) as database:
        database.execute("create table weekly (region text, week text, storage real)")
        database.executemany("insert into weekly values (?, ?, ?)", weeks)
        database.commit()
    query = "select * from weekly where week > '2021-W30'"
    result = run("compare", "reservoir", newer, "--observations", "data.sqlite", "--query", query)
    assert "data.sqlite: 2 region-weeks" in result.stdout
    alone = run("compare", "reservoir", newer, "--no-history", "--query", query)
    assert alone.stderr.startswith("error: --no-history and --query exclude each other")


def test_the_text_shows_an_example_of_each_direction_as_a_case(run: Run, newer: str) -> None:
    lines = run("compare", "reservoir", newer, "--no-history").stdout.splitlines()
    assert any(line.startswith("  Looser: from the same standing") for line in lines)
    assert "  Looser, in Normal: before escalate to Drought, after hold" in lines
    assert "    - name: looser than before" in lines


def test_the_example_can_be_pasted_into_a_file_of_cases(run: Run, folder: Path, newer: str) -> None:
    example = json.loads(run("compare", "reservoir", newer, "--format", "json").stdout)["inputs"]["examples"][0]
    (folder / "newer" / "cases.yaml").write_text(f"policy: policy.yaml\ncases:\n{example['case']}", encoding="utf-8")
    (folder / "reservoir" / "cases.yaml").write_text(
        f"policy: policy.yaml\ncases:\n{example['case']}", encoding="utf-8"
    )
    assert (run("test", newer).exit_code, run("test", "reservoir").exit_code) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["newer"], 0),
        (["newer", "--exit-on", "looser"], 1),
        (["newer", "--exit-on", "stricter", "--exit-on", "mixed"], 0),
        (["newer", "--exit-on", "different"], 1),
        (["reservoir", "--exit-on", "different"], 0),
        (["staged.yaml", "--exit-on", "different"], 1),
        (["epi.yaml", "--exit-on", "stricter"], 1),
    ],
)
def test_ci_can_be_told_to_fail(run: Run, folder: Path, newer: str, arguments: list[str], status: int) -> None:
    assert newer == "newer"
    staged = POLICY.replace("{name: drought,", "{name: spare}, {name: drought,")
    (folder / "staged.yaml").write_text(staged, encoding="utf-8")
    (folder / "epi.yaml").write_text(POLICY.replace("iso-week", "epi-week"), encoding="utf-8")
    assert run("compare", "reservoir", *arguments, "--no-history").exit_code == status


def test_what_is_not_proved_is_said_with_its_reason(run: Run, folder: Path) -> None:
    (folder / "epi.yaml").write_text(POLICY.replace("iso-week", "epi-week"), encoding="utf-8")
    printed = run("compare", "reservoir", "epi.yaml", "--no-history").stdout
    assert "Not proved on all data: they count weeks by different calendars" in printed


def test_json_has_stable_keys(run: Run, newer: str) -> None:
    document = json.loads(run("compare", "reservoir", newer, "--format", "json", "--lang", "id").stdout)
    (change,) = document["changes"]
    assert (change["key"], change["name"], change["old"]["value"], change["new"]["value"]) == (
        "parameters.value",
        "low_storage",
        40,
        35,
    )
    assert change["sentence"]["what"] == "parameter `low_storage`: nilai"
    assert document["history"]["by_steps"] == {"-1": 2}
    assert document["history"]["first_of_each_region"] == {"North": "2021-W32"}
    assert document["history"]["stages"] == {
        "old": {"normal": 3, "drought": 2},
        "new": {"normal": 5, "drought": 0},
    }


def test_markdown_is_a_comment_of_which_nothing_is_live(run: Run, folder: Path, newer: str) -> None:
    policy = folder / "newer" / "policy.yaml"
    text = policy.read_text(encoding="utf-8").replace("en: Storage,", "en: '<img src=x> | [a](b)',")
    policy.write_text(text, encoding="utf-8")
    lines = run("compare", "reservoir", newer, "--format", "markdown").stdout.splitlines()
    assert lines[0] == "## Policy change: reservoir"
    assert "### What may change recommendations" in lines
    assert any(line.startswith("| parameter `low_storage`: value | 40 % | 35 % | newer/policy") for line in lines)
    assert "**2 of 5 region\\-weeks are recommended otherwise**  " in lines
    assert sum("img" in line for line in lines) == 1
    live = set(re.findall(r"(?<!\\)<[^>]*>", "".join(lines)))
    assert live == {"<details>", "<summary>", "</summary>", "</details>"}
    assert not any("](" in line for line in lines)
    assert len(lines) < 80


def test_a_long_comparison_is_cut_in_markdown(run: Run, folder: Path) -> None:
    parameters = ", ".join(f"p{number}: {{value: 1}}" for number in range(200))
    (folder / "other.yaml").write_text(POLICY.replace("parameters: {", f"parameters: {{{parameters}, "), "utf-8")
    lines = run("compare", "reservoir", "other.yaml", "--format", "markdown", "--no-history").stdout.splitlines()
    assert len(lines) < 60
    assert "and 170 more" in lines


def test_the_record_is_followed_one_step_ahead(run: Run, folder: Path, newer: str) -> None:
    (folder / "stages.csv").write_text("region,stage,since\nNorth,normal,2021-W30\n", encoding="utf-8")
    result = run("compare", "reservoir", newer, "--recorded", "--standings", "stages.csv")
    assert "one step ahead from the stages really in force" in result.stdout
    assert "  North   2021-W32 to 2021-W33 (2 weeks)  Drought  Normal  -1" in result.stdout
    assert "Weeks in which each stage is recommended  Before  After" in result.stdout


def test_regions_without_a_record_are_counted(run: Run, folder: Path) -> None:
    (folder / "reservoir" / "standings.csv").write_text("region,stage,since\nNorth,normal,2021-W30\n", "utf-8")
    result = run("compare", "reservoir", "reservoir", "--recorded")
    assert "1 region without a stage on record is left out" in result.stdout


def test_a_column_that_is_not_read_is_no_figure_that_could_not_be_used(run: Run, folder: Path, newer: str) -> None:
    (folder / "more.csv").write_text("region,week,storage,notes\nNorth,2021-W30,45,dry\n", encoding="utf-8")
    result = run("compare", "reservoir", newer, "--observations", "more.csv")
    assert result.exit_code in (0, 1)
    assert "could not be used" not in result.stderr


def test_a_region_of_the_standings_that_the_data_do_not_name_is_warned_of(run: Run, folder: Path, newer: str) -> None:
    (folder / "stages.csv").write_text("region,stage,since\nNorht,drought,2021-W20\n", encoding="utf-8")
    told = run("compare", "reservoir", newer, "--standings", "stages.csv").stderr
    assert "warning: the standings name regions that the data do not" in told
    assert "`Norht` (did you mean `North`?)" in told


def test_standings_that_only_one_policy_understands_are_left_aside_and_that_is_said(
    run: Run, folder: Path, newer: str
) -> None:
    (folder / "newer" / "standings.csv").write_text("region,stage,since\nNorth,flood,2021-W30\n", encoding="utf-8")
    assert "note: newer/standings.csv is not used" in run("compare", "reservoir", newer).stdout
    told = run("compare", "reservoir", newer, "--standings", "newer/standings.csv")
    assert (told.exit_code, "`flood` is not a stage of this policy" in told.stderr) == (2, True)


def test_policies_of_two_calendars_have_no_common_history(run: Run, folder: Path, newer: str) -> None:
    policy = folder / "newer" / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("iso-week", "epi-week"), encoding="utf-8")
    result = run("compare", "reservoir", newer)
    assert (result.exit_code, "the calendars differ" in result.stdout) == (0, True)


def test_a_policy_that_measures_differently_reads_the_data_for_itself(run: Run, folder: Path, newer: str) -> None:
    policy = folder / "newer" / "policy.yaml"
    text = policy.read_text(encoding="utf-8").replace("metrics: {storage: {", "metrics: {storage: {range: [0, 36], ")
    policy.write_text(text, encoding="utf-8")
    result = run("compare", "reservoir", newer)
    assert "3 where one of the two cannot say" in result.stdout
    piped = run("compare", "reservoir", newer, "--observations", "-", stdin="region,week,storage\nNorth,2021-W30,45\n")
    assert (piped.exit_code, "standard input is read only once" in piped.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no file or folder `nowhere`"),
        (["newer", "--no-history", "--recorded"], "--no-history and --recorded exclude each other"),
        (["newer", "--recorded", "--lag", "1"], "--lag belongs to following, not to --recorded"),
        (["newer", "--recorded"], "no stages are on record"),
        (["bare", "--lag", "1"], "--lag is about a history, and there are no data"),
        (["newer", "--observations", "nowhere.csv"], "nowhere.csv"),
        (["newer", "--observations", "-"], "no region-week of the data can be evaluated by both policies"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, folder: Path, newer: str, arguments: list[str], message: str) -> None:
    assert newer == "newer"
    (folder / "bare").mkdir()
    (folder / "bare" / "policy.yaml").write_text(POLICY, encoding="utf-8")
    result = run("compare", "reservoir", *arguments, stdin="region,week,storage\n")
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.fixture
def bekasi(project: Path) -> Path:
    """Give the folder of the shipped policy."""
    return project / "policies" / "bekasi-vaccination"


@pytest.fixture
def lower(folder: Path, bekasi: Path) -> str:
    """Write the policy with its target at 65 %, the middle between a stalled and a nearly complete coverage."""
    text = (bekasi / "policy.yaml").read_text(encoding="utf-8")
    (folder / "lower.yaml").write_text(text.replace("value: 70", "value: 65"), encoding="utf-8")
    return "lower.yaml"


def of_bekasi(bekasi: Path, name: str) -> tuple[str, ...]:
    return "--observations", str(bekasi / name), "--standings", str(bekasi / "standings.csv")


@pytest.mark.parametrize("name", ["observations-illustration.csv", "observations-recovery.csv"])
def test_bekasi_with_a_lower_target_differs_in_no_week_where_the_coverage_is_never_between(
    run: Run, bekasi: Path, lower: str, name: str
) -> None:
    data = of_bekasi(bekasi, name)
    result = run("compare", str(bekasi), lower, *data)
    assert "parameter `first_dose_target` (First-dose target): value: 70 % -> 65 %" in result.stdout
    assert "no region-week is recommended otherwise" in result.stdout
    replays = [run("replay", policy, *data, "--format", "csv").stdout for policy in (str(bekasi), lower)]
    assert replays[0] == replays[1]


def test_bekasi_with_a_lower_target_lists_the_weeks_that_differ_where_the_coverage_lingers(
    run: Run, bekasi: Path, lower: str
) -> None:
    data = of_bekasi(bekasi, "observations-lingering.csv")
    history = json.loads(run("compare", str(bekasi), lower, *data, "--format", "json").stdout)["history"]
    stages = [
        [row["to"] if row["recommendation"] in ("escalate", "relax") else row["stage"] for row in rows]
        for rows in (
            json.loads(run("replay", policy, *data, "--format", "json").stdout)["rows"]
            for policy in (str(bekasi), lower)
        )
    ]
    differing = sum(one != other for one, other in zip(*stages, strict=True))
    assert history["differing"] == differing == 17
    assert [(spell["old"]["stage"], spell["new"]["stage"], spell["steps"]) for spell in history["spells"]] == [
        ("instruction", "appeal", -1),
        ("perwal", "appeal", -2),
    ]


def test_an_input_that_may_have_been_renamed_is_pointed_out(run: Run, folder: Path) -> None:
    (folder / "other.yaml").write_text(re.sub(r"\bstorage\b", r"level", POLICY, flags=re.MULTILINE), "utf-8")
    result = run("compare", "reservoir", "other.yaml", "--no-history")
    assert "`storage` and `level`, defined in the same way, are compared as different figures" in result.stdout


def test_a_move_to_an_added_strictest_stage_fails_ci_and_a_stage_that_cannot_be_ranked_does_too(
    run: Run, folder: Path
) -> None:
    more = POLICY.replace("id: Kekeringan}}]", "id: Kekeringan}}, {name: top}]")
    more += "  - {name: more, from: drought, to: top, trigger: dry, source: assumption}\n"
    renamed = (
        POLICY.replace("stages: [", "stages: [{name: calm}, ")
        .replace("name: drought", "name: dry-spell")
        .replace("drought,", "dry-spell,")
    )
    (folder / "more.yaml").write_text(more, encoding="utf-8")
    (folder / "renamed.yaml").write_text(renamed, encoding="utf-8")
    assert run("compare", "reservoir", "more.yaml", "--no-history", "--exit-on", "stricter").exit_code == 1
    compared = run("compare", "reservoir", "renamed.yaml", "--no-history", "--exit-on", "stricter")
    assert compared.exit_code == 1
    assert "Different: no stricter or milder stage" in compared.stdout


def test_an_example_leaves_out_what_only_the_old_policy_knows_and_says_so(run: Run, folder: Path) -> None:
    more = POLICY.replace("{storage:", "{rain: {kind: flow}, storage:")
    more = more.replace(
        "{metric: storage, below: low_storage}", "{all: [{metric: storage, below: 40}, {metric: rain, below: 3}]}"
    )
    (folder / "more.yaml").write_text(more, encoding="utf-8")
    printed = run("compare", "more.yaml", "reservoir", "--no-history").stdout
    assert "the case leaves out what only the old policy knows: rain: 2 4" in printed


def test_what_only_computed_metrics_set_directly_show_is_said_with_that_reservation(run: Run, folder: Path) -> None:
    same = POLICY.replace("metrics: {storage", "metrics: {same: {ratio: {of: storage, to: storage}}, storage")
    same = same.replace("{metric: storage, below: low_storage}", "{metric: same, at_least: 2}")
    (folder / "same.yaml").write_text(same, encoding="utf-8")
    (folder / "longer.yaml").write_text(same.replace("after: 1 week", "after: 3 weeks"), encoding="utf-8")
    printed = run("compare", "same.yaml", "longer.yaml", "--no-history").stdout
    assert "a stricter one on none; if the computed metrics can move so" in printed
    assert json.loads(run("compare", "same.yaml", "longer.yaml", "--format", "json").stdout)["inputs"]["if_free"]
