"""`escalation test`: what it finds, what it prints, and with which code it exits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

CASES = """\
policy: policy.yaml
cases:
  - name: two dry weeks lead to the drought stage
    start: 2021-W36
    series: {storage: 41-1x4}
    expect:
      - {week: 2021-W38, recommend: hold}
      - {week: 2021-W39, recommend: escalate, to: drought}
  - name: a full reservoir stays as it is
    start: 2021-W36
    series: {storage: 60}
    expect: [{week: 2021-W39, recommend: hold}]
"""


@pytest.fixture
def cases(folder: Path) -> Path:
    file = folder / "reservoir" / "cases.yaml"
    file.write_text(CASES, encoding="utf-8")
    return file


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("path", [[], ["."], ["reservoir"], ["reservoir/policy.yaml"], ["reservoir/cases.yaml"]])
def test_cases_are_found_beside_policies(run: Run, path: list[str]) -> None:
    result = run("test", *path)
    assert result.stdout == "reservoir/cases.yaml: 2 cases, all passed\n"
    assert result.exit_code == 0


def test_a_failed_case_is_exit_1_with_table_place_explanation_and_command(run: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("W38, recommend: hold", "W38, recommend: escalate"), encoding="utf-8")
    result = run("test", "reservoir")
    assert result.exit_code == 1
    assert "reservoir/cases.yaml:7:26: 2021-W38: recommend is hold; expected: escalate" in result.stdout
    assert ">  2021-W38  normal  2      hold (expected: escalate)" in result.stdout
    assert "   2021-W39  normal  3      escalate" in result.stdout
    assert "Storage is low: held for 1 of 2 weeks asked" in result.stdout
    assert "escalation test reservoir/cases.yaml --case 'two dry weeks lead to the drought stage'" in result.stdout
    assert result.stdout.endswith("reservoir/cases.yaml: 2 cases, 1 failed\n")


def test_one_case_is_run_by_its_name(run: Run, cases: Path) -> None:
    result = run("test", str(cases), "--case", "a full reservoir stays as it is", "--lang", "id")
    assert result.stdout.endswith("cases.yaml: 1 kasus, semua lulus\n")


def test_the_explanation_is_in_the_language_asked_for(run: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("W38, recommend: hold", "W38, recommend: escalate"), encoding="utf-8")
    result = run("test", "reservoir", "--lang", "id")
    assert "GAGAL: two dry weeks" in result.stdout
    assert "Isi waduk rendah: berlangsung 1 dari 2 minggu" in result.stdout


def test_what_differs_is_in_the_language_asked_for(run: Run, cases: Path) -> None:
    wanted = "W38, recommend: hold, to: drought, streaks: {dry: 2}, countdown: {to-normal: 1}"
    cases.write_text(CASES.replace("W38, recommend: hold", wanted), encoding="utf-8")
    lines = run("test", "reservoir", "--lang", "id").stdout.splitlines()
    assert "  reservoir/cases.yaml:7:43: 2021-W38: to adalah tidak ada; diharapkan: drought" in lines
    assert any("minggu berturut-turut dry adalah 1, 1; diharapkan: 2, 2" in line for line in lines)
    assert any("hitung mundur to-normal adalah tidak ada langkah; diharapkan: 1" in line for line in lines)
    assert any(line.split()[:2] == ["minggu", "stage"] for line in lines)


def test_json_holds_each_case_with_its_differences(run: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("to: drought", "to: normal"), encoding="utf-8")
    document = json.loads(run("test", "reservoir", "--format", "json").stdout)
    (first, second) = document["files"][0]["cases"]
    assert first["differences"] == [
        {
            "week": "2021-W39",
            "what": "to",
            "expected": "normal",
            "found": "drought",
            "place": "reservoir/cases.yaml:8:47",
        }
    ]
    assert (first["passed"], second["passed"]) == (False, True)


HELP = "  help: put `cases.yaml` beside the policy\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], f"error: there is no cases.yaml in or below `.`\n{HELP}"),
        (["nothing"], "error: there is no file `nothing`\n"),
        (["reservoir"], f"error: there is no cases.yaml in or below `reservoir`\n{HELP}"),
        (["reservoir/policy.yaml"], f"error: there is no cases.yaml beside `reservoir/policy.yaml`\n{HELP}"),
    ],
)
def test_nothing_to_run_is_said_once_and_is_exit_3(run: Run, arguments: list[str], said: str) -> None:
    result = run("test", *arguments)
    assert (result.exit_code, result.stderr) == (3, said)


@pytest.mark.usefixtures("cases")
def test_a_name_that_no_case_has_is_exit_3(run: Run) -> None:
    assert run("test", "reservoir", "--case", "nobody").exit_code == 3


def test_a_file_that_cannot_be_read_is_exit_2_and_the_others_are_run(run: Run, cases: Path) -> None:
    other = cases.parent / "other"
    other.mkdir()
    (other / "cases.yaml").write_text(CASES.replace("41-1x4", "41-1y4"), encoding="utf-8")
    (other / "policy.yaml").write_text((cases.parent / "policy.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    result = run("test", "reservoir")
    assert result.exit_code == 2
    assert "reservoir/other/cases.yaml:5:23: error: `41-1y4` is not a series of figures [bad-series]" in result.stderr
    assert "reservoir/cases.yaml: 2 cases, all passed" in result.stdout


def test_hidden_folders_are_not_searched(run: Run, cases: Path) -> None:
    hidden = cases.parent / ".hidden"
    hidden.mkdir()
    (hidden / "cases.yaml").write_text("not: a case\n", encoding="utf-8")
    assert run("test").exit_code == 0


def test_what_no_case_shows_is_told_with_its_place(run: Run, cases: Path) -> None:
    result = run("test", str(cases), "--coverage")
    place = f"{cases.with_name('policy.yaml')}:10:36"
    assert f"{place}: `storage` is never exactly low_storage" in result.stdout
    assert "coverage " in result.stdout.splitlines()[-1]
    assert result.exit_code == 0


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("asked", ["--coverage", "--mutate"])
def test_too_weak_cases_are_exit_1(run: Run, asked: str) -> None:
    assert run("test", "reservoir", asked, "--fail-under", "5").exit_code == 0
    assert run("test", "reservoir", asked, "--fail-under", "99").exit_code == 1


@pytest.mark.usefixtures("cases")
def test_a_change_that_no_case_notices_is_told(run: Run) -> None:
    result = run("test", "reservoir", "--mutate", "--lang", "id")
    assert "tidak ada kasus yang mendeteksi: `after: 1 week` menjadi 2 weeks" in result.stdout
    told = "\n".join(line for line in result.stdout.splitlines() if line.startswith("reservoir/policy.yaml:"))
    assert not re.search("becomes|is dropped|is added|comes before", told)
    assert "skor mutasi" in result.stdout.splitlines()[-1]


def test_mutants_are_not_run_while_a_case_fails(run: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("to: drought", "to: normal"), encoding="utf-8")
    result = run("test", "reservoir", "--mutate")
    assert result.exit_code == 1
    assert "mutants are not run" in result.stderr


@pytest.mark.usefixtures("cases")
def test_json_holds_coverage_and_mutants(run: Run) -> None:
    (one,) = json.loads(run("test", "reservoir", "--coverage", "--mutate", "--format", "json").stdout)["strength"]
    assert one["coverage"]["goals"] > len(one["coverage"]["missed"]) > 0
    assert {mutant["fate"] for mutant in one["mutation"]["mutants"]} > {"killed"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail-under", "5"], "has nothing to measure"),
        (["--append"], "belongs to --record"),
        (["--record", "North", "2021-W30"], "are no weeks"),
        (["--record", "Nowhere", "2021-W30..2021-W31"], "is not a region"),
        (["--record", "North", "2021-W30..2021-W40"], "the data go from 2021-W30 to 2021-W32"),
    ],
)
def test_what_cannot_be_asked_is_exit_2(run: Run, arguments: list[str], said: str) -> None:
    result = run("test", "reservoir", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_episode_is_printed_and_added_and_passes(run: Run, cases: Path) -> None:
    printed = run("test", "reservoir", "--record", "North", "2021-W31..2021-W32")
    assert printed.stdout.startswith('- name: "North from 2021-W31 to 2021-W32, as recorded"\n')
    assert run("test", "reservoir", "--record", "North", "2021-W31..2021-W32", "--append").exit_code == 0
    assert cases.read_text(encoding="utf-8").startswith(CASES)
    assert run("test", "reservoir").stdout == "reservoir/cases.yaml: 3 cases, all passed\n"
    assert run("test", "reservoir", "--record", "North", "2021-W31..2021-W32", "--append").exit_code == 2


def test_the_first_episode_makes_the_file_of_cases(run: Run, folder: Path) -> None:
    run("test", "reservoir/policy.yaml", "--record", "North", "2021-W31..2021-W32", "--append")
    assert (
        (folder / "reservoir" / "cases.yaml").read_text(encoding="utf-8").startswith("policy: policy.yaml\ncases:\n- ")
    )
    assert run("test", "reservoir").exit_code == 0


def test_junit_has_a_test_case_for_each_case(run: Run, cases: Path) -> None:
    cases.write_text(CASES.replace("to: drought", "to: normal"), encoding="utf-8")
    result = run("test", "reservoir", "--format", "junit")
    assert result.exit_code == 1
    assert '<testsuite name="reservoir/cases.yaml" tests="2" failures="1"' in result.stdout
    assert 'name="a full reservoir stays as it is" file="reservoir/cases.yaml" line="9"/>' in result.stdout
    assert '<failure message="2021-W39: to is drought; expected: normal">' in result.stdout


def test_a_week_that_is_looked_at_as_of_a_day_says_so_and_what_is_set_directly_is_named(run: Run, cases: Path) -> None:
    text = CASES.replace("W39, recommend: hold", "W39, as_of: 2021-W40, recommend: relax")
    cases.write_text(text, encoding="utf-8")
    printed = run("test", "reservoir").stdout
    assert ">  2021-W39 (as of 2021-10-10)  normal  3      hold (expected: relax)" in printed
    assert "set directly" not in printed
    policy = cases.with_name("policy.yaml")
    metrics = "metrics: {inflow: {kind: flow}, storage: {unit: percent, sum: {of: inflow, over: 1 week}},"
    policy.write_text(policy.read_text(encoding="utf-8").replace("metrics: {storage: ", metrics + " other: "), "utf-8")
    assert "  set directly: storage\n" in run("test", "reservoir").stdout


def test_what_cannot_be_seen_in_the_name_of_a_folder_is_shown_as_an_escape(run: Run, folder: Path) -> None:
    odd = folder / "odd\n\x1b[31m"
    (folder / "reservoir").rename(odd)
    (odd / "cases.yaml").write_text(CASES, encoding="utf-8")
    printed = [run(*line).output for line in (("test", "."), ("check", "."), ("check", ".", "--format", "junit"))]
    printed += [run(*line).output for line in (("test", ".", "--format", "junit"), ("format", "--diff", "."))]
    assert all("odd\\n\\x1b[31m" in text and "\x1b" not in text for text in printed)
