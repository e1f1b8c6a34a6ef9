"""`escalation check`: which files are meant, what fails a run, and where the outcome goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from escalation.cli import reporting

Run = Callable[..., Result]


@pytest.fixture
def doubtful(folder: Path) -> str:
    """Give a policy with a warning and without an error."""
    text = (folder / "reservoir" / "policy.yaml").read_text(encoding="utf-8")
    (folder / "doubtful.yaml").write_text(text.replace("below: low_storage", "below: 0.4"), encoding="utf-8")
    return "doubtful.yaml"


def spoil(folder: Path) -> None:
    policy = folder / "reservoir" / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("below: low_storage", "below: low_storrage"), "utf-8")


def test_a_folder_of_policies_stands_for_all_of_them(run: Run, folder: Path) -> None:
    for name in ("one", "deep/two", ".hidden/three"):
        (folder / "policies" / name).mkdir(parents=True)
        text = (folder / "reservoir" / "policy.yaml").read_text(encoding="utf-8")
        (folder / "policies" / name / "policy.yaml").write_text(text, encoding="utf-8")
    files = json.loads(run("check", "policies", "policies/one", "--format", "json").stdout)["files"]
    assert files == ["policies/deep/two/policy.yaml", "policies/one/policy.yaml"]


def test_a_pattern_that_no_shell_has_filled_in_is_filled_in(run: Run) -> None:
    assert run("check", "res*/*.yaml").exit_code == 0
    result = run("check", "policies/*/policy.yaml")
    assert result.exit_code == 3
    assert "no file matches `policies/*/policy.yaml`" in result.stderr


def test_a_folder_without_a_policy_is_exit_3_and_the_others_are_checked(run: Run, folder: Path, doubtful: str) -> None:
    (folder / "empty").mkdir()
    result = run("check", "reservoir", doubtful, "empty", "--fail-on", "warning")
    assert result.exit_code == 3
    assert "there is no policy.yaml in or below `empty`" in result.stderr
    assert "[fraction-for-percent]" in result.stdout


def test_that_no_rule_is_left_to_try_is_told(run: Run) -> None:
    result = run("check", "reservoir", "--select", "ping-pong", "--ignore", "ping-pong")
    assert result.exit_code == 2
    assert "every rule that is selected is ignored" in result.stderr


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("info", 1)])
def test_a_run_fails_from_the_severity_asked_for(run: Run, doubtful: str, fail_on: str, status: int) -> None:
    assert run("check", doubtful, "--select", "fraction-for-percent", "--fail-on", fail_on).exit_code == status


def test_rules_are_selected_and_ignored(run: Run, doubtful: str) -> None:
    assert "[fraction-for-percent]" in run("check", doubtful).stdout
    assert "[fraction-for-percent]" not in run("check", doubtful, "--ignore", "fraction-for-percent").stdout
    assert "[fraction-for-percent]" not in run("check", doubtful, "--select", "unit-mismatch").stdout


def test_what_keeps_a_file_from_being_used_is_always_told(run: Run, folder: Path) -> None:
    spoil(folder)
    assert run("check", "reservoir", "--select", "unit-mismatch").exit_code == 1


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_does_not_exist_is_refused(run: Run, option: str) -> None:
    result = run("check", "reservoir", option, "unit-mismatches")
    assert result.exit_code == 2
    assert "did you mean `unit-mismatch`?" in result.stderr
    assert "the rules are: " in run("check", "reservoir", option, "xyz").stderr


def test_one_run_has_many_readers(run: Run, folder: Path) -> None:
    spoil(folder)
    result = run("check", "reservoir", "--also", "sarif=check.sarif", "--also", "junit=check.xml")
    assert result.exit_code == 1
    assert "low_storrage" in result.stdout
    assert json.loads((folder / "check.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (folder / "check.xml").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("also", "complaint"),
    [
        (["sarif=reservoir/policy.yaml"], "is a policy, or is written twice"),
        (["sarif=a", "junit=./a"], "is a policy, or is written twice"),
        (["sarif=nowhere/a"], "cannot be written"),
        (["pdf=a"], "write it as sarif=check.sarif"),
        (["sarif"], "write it as sarif=check.sarif"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(run: Run, also: list[str], complaint: str) -> None:
    result = run("check", "reservoir", *(part for one in also for part in ("--also", one)))
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_on_github_the_summary_of_the_job_is_added_to(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "summary.md").write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    run("check", "reservoir", "--format", "github")
    run("check", "reservoir", "--format", "sarif")
    summary = (folder / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("before\n### Policy check passed")
    assert summary.count("###") == 1


def test_reports_name_files_from_the_root_of_the_repository(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(folder)
    monkeypatch.chdir(folder / "reservoir")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder))
    assert "file=reservoir/policy.yaml,line=10" in run("check", ".", "--format", "github").stdout
    monkeypatch.setenv("GITHUB_WORKSPACE", "/elsewhere")
    assert "file=policy.yaml,line=10" in run("check", ".", "--format", "github").stdout


def test_text_is_coloured_only_where_colour_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert reporting.is_coloured()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not reporting.is_coloured()
