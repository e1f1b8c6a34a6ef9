"""`escalation check --fix`: what is written, what is left alone, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def policy(folder: Path) -> Path:
    """Give a policy with a text that needs quotes and a suppression that answers nothing."""
    file = folder / "reservoir" / "policy.yaml"
    text = file.read_text(encoding="utf-8").replace("name: reservoir\n", "name: reservoir\nnote: no\n")
    file.write_text(text + "# escalation: ignore[no-way-up] -- why\n", encoding="utf-8")
    return file


def test_a_file_is_mended_and_then_checked(run: Run, policy: Path) -> None:
    done = run("check", "--fix", "reservoir")
    assert done.exit_code == 0
    assert done.stderr == "reservoir/policy.yaml: mended 1 x surprising-scalar, 1 x unused-suppression\n"
    text = policy.read_text(encoding="utf-8")
    assert 'note: "no"' in text
    assert "ignore" not in text


def test_a_file_in_which_nothing_is_to_be_mended_is_not_written(run: Run, policy: Path) -> None:
    run("check", "--fix", "reservoir")
    before = policy.stat().st_mtime_ns
    done = run("check", "reservoir", "--fix")
    assert done.stderr == ""
    assert policy.stat().st_mtime_ns == before


def test_nothing_is_written_without_the_option(run: Run, policy: Path) -> None:
    before = policy.read_bytes()
    assert run("check", "reservoir").exit_code == 1
    assert policy.read_bytes() == before


def test_an_unsafe_fix_is_made_by_its_name_only(run: Run, folder: Path) -> None:
    file = folder / "reservoir" / "policy.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("below: low_storage", "below: low_storrage"), encoding="utf-8")
    assert run("check", "reservoir", "--fix").exit_code == 1
    assert run("check", "reservoir", "--fix=unknown-parameter").exit_code == 0
    assert file.read_text(encoding="utf-8") == good


def test_a_rule_without_a_fix_is_refused_before_anything_is_written(run: Run, policy: Path) -> None:
    before = policy.read_bytes()
    done = run("check", "reservoir", "--fix", "--fix=no-way-back")
    assert done.exit_code == 2
    assert "there is no fix for `no-way-back`" in done.stderr
    assert policy.read_bytes() == before


def test_a_file_that_is_too_large_is_left_to_the_check(run: Run, policy: Path) -> None:
    policy.write_text("# " + "x" * 300_000, encoding="utf-8")
    assert "file-too-large" in run("check", "reservoir", "--fix").stdout


def test_what_stands_after_two_dashes_is_a_file(run: Run) -> None:
    assert run("check", "--", "--fix").exit_code == 3


def test_the_manual_prints_the_page_of_a_rule(run: Run) -> None:
    page = run("manual", "no-way-back").stdout
    assert page.startswith("### `no-way-back`\n")
    assert "Remedy" in page
    assert "### `skipped-stage`" not in page
