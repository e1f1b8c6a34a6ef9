"""Policies named as files, folders and git revisions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from escalation.comparison.revisions import policy_of
from escalation.errors import Refused, RequestError
from escalation.policy.source import LARGEST
from tests.comparison.pairs import RESERVOIR

WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def git(*arguments: str) -> None:
    subprocess.run(("git", *WHO, *arguments), check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a repository with version 1.0.0 committed on `main` and tagged, and 2.0.0 in the folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "policies" / "reservoir"
    folder.mkdir(parents=True)
    git("init", "--quiet", "--initial-branch=main")
    (folder / "policy.yaml").write_text(RESERVOIR, encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message=first")
    git("tag", "v1")
    (folder / "policy.yaml").write_text(RESERVOIR.replace("1.0.0", "2.0.0"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("policies/reservoir", "2.0.0"),
        ("policies/reservoir/policy.yaml", "2.0.0"),
        ("main:policies/reservoir", "1.0.0"),
        ("main:policies/reservoir/", "1.0.0"),
        ("v1:policies/reservoir/policy.yaml", "1.0.0"),
        ("HEAD:./policies/reservoir", "1.0.0"),
    ],
)
def test_a_name_is_a_file_a_folder_or_a_revision_with_a_path(repository: Path, name: str, version: str) -> None:
    del repository
    assert policy_of(name).version == version


def test_the_place_of_a_revision_s_element_names_the_revision(repository: Path) -> None:
    del repository
    assert (
        str(policy_of("main:policies/reservoir").source.place(("name",))) == "main:policies/reservoir/policy.yaml:2:7"
    )


def test_a_file_whose_name_has_a_colon_comes_before_a_revision(repository: Path) -> None:
    (repository / "main:policies").mkdir()
    (repository / "main:policies" / "reservoir").write_text(RESERVOIR.replace("1.0.0", "3.0.0"), encoding="utf-8")
    assert policy_of("main:policies/reservoir").version == "3.0.0"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "there is no file or folder `nowhere`"),
        ("nowhere:policies/reservoir", "git knows no revision `nowhere`"),
        ("main:policies/lake", "there is no `policies/lake` in `main`"),
        ("main:policies", "there is no `policies/policy.yaml` in `main`"),
        ("main:", "there is no `policy.yaml` in `main`"),
        (":policies/reservoir", "`` in `:policies/reservoir` is no git revision"),
        ("--output=x:policies/reservoir", "`--output=x` in `--output=x:policies/reservoir` is no git revision"),
        ("main:policies\0x", "git cannot be asked: embedded null byte"),
    ],
)
def test_a_name_that_leads_nowhere_is_said_to(repository: Path, name: str, message: str) -> None:
    del repository
    with pytest.raises(RequestError) as error:
        policy_of(name)
    assert str(error.value) == message


def test_a_mistake_in_a_revision_is_told_with_its_place(repository: Path) -> None:
    (repository / "broken.yaml").write_text("language: 2\n", encoding="utf-8")
    git("add", "broken.yaml")
    git("commit", "--quiet", "--message=broken")
    with pytest.raises(Refused) as error:
        policy_of("main:broken.yaml")
    assert str(error.value.diagnostics[0].place).startswith("main:broken.yaml:1:")


def test_a_file_that_is_too_large_is_not_read(repository: Path) -> None:
    (repository / "large.yaml").write_text("#" * (LARGEST + 1), encoding="utf-8")
    git("add", "large.yaml")
    git("commit", "--quiet", "--message=large")
    with pytest.raises(RequestError, match="has more than 256,000 bytes"):
        policy_of("main:large.yaml")


def test_outside_a_repository_and_without_git_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RequestError, match="there is no git repository here"):
        policy_of("main:policy.yaml")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RequestError, match="git is not installed"):
        policy_of("main:policy.yaml")
