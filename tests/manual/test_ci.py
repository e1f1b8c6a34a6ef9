"""What the page `ci` tells its readers to copy is valid, and the action and the hooks do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.manual.pages import Block, Kind, blocks

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = Path(sys.executable).parent
PAGE = (ROOT / "escalation" / "manual" / "ci.md").read_text(encoding="utf-8")
SCHEMAS = {
    ".github/workflows/policies.yml": "github-workflows",
    ".github/workflows/policy-changes.yml": "github-workflows",
    ".gitlab-ci.yml": "gitlab-ci",
}


def files() -> dict[str, Block]:
    return {block.name: block for block in blocks(PAGE) if block.kind is Kind.FILE and block.name.startswith(".")}


def tree(text: str) -> Any:  # noqa: ANN401 - any YAML
    """Read YAML as the runners do: `on` is a key, not yes."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings only


def has_passed(schema: str, path: Path) -> tuple[bool, str]:
    """Validate a file against a schema that check-jsonschema brings along; nothing is fetched."""
    command = (TOOLS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", path)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_to_be_copied_is_valid(name: str, tmp_path: Path) -> None:
    path = tmp_path / Path(name).name
    path.write_text(files()[name].text, encoding="utf-8")
    assert has_passed(SCHEMAS[name], path) == (True, "ok -- validation done\n")


def test_a_file_that_is_not_valid_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "policies.yml"
    path.write_text(files()[".github/workflows/policies.yml"].text.replace("runs-on", "run-on"), encoding="utf-8")
    assert not has_passed("github-workflows", path)[0]


def test_the_action_is_valid() -> None:
    assert has_passed("github-actions", ROOT / "action.yml") == (True, "ok -- validation done\n")


def test_nothing_that_runs_in_ci_is_open_to_attack(tmp_path: Path) -> None:
    zizmor = shutil.which("zizmor", path=TOOLS)
    if zizmor is None:
        pytest.skip("zizmor is not installed: there is no wheel of it for this platform")
    shutil.copy(ROOT / "action.yml", tmp_path)
    for name, block in files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(block.text, encoding="utf-8")
    command = (zizmor, "--offline", "--no-progress", "--persona", "pedantic", "--strict-collection", tmp_path)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_inputs_of_the_action_never_stand_in_a_script() -> None:
    steps = tree((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    assert [step["name"] for step in steps if "${{" in step["run"]] == []


def test_the_inputs_of_the_action_are_in_the_manual() -> None:
    inputs = tree((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert set(re.findall(r"^\| `([a-z-]+)` \| .* \| .* \|$", PAGE, re.MULTILINE)) >= set(inputs)
    steps = tree(files()[".github/workflows/policies.yml"].text)["jobs"]["check"]["steps"]
    (used,) = [step["with"] for step in steps if "/escalation@" in step["uses"]]
    assert set(used) <= set(inputs)


def act(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's check as a runner does, with this environment in place of the one that it installs."""
    action = tree((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    given = {name: one["default"] for name, one in action["inputs"].items()} | inputs
    named = {variable: re.fullmatch(r"\$\{\{ inputs\.(.*) \}\}", text) for variable, text in step["env"].items()}
    environment = {variable: given[match[1]] for variable, match in named.items() if match}
    runner = folder / "runner"
    runner.mkdir(exist_ok=True)
    if not (runner / "escalation").exists():
        (runner / "escalation").symlink_to(sys.prefix)
    return subprocess.run(
        ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]),
        cwd=folder,
        env={**environment, "RUNNER_TEMP": str(runner), "PATH": os.environ["PATH"], "GITHUB_WORKSPACE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_checks_lays_out_and_tests(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    done = act(tmp_path, sarif="policies.sarif", format="true", test="true")
    assert done.returncode == 0, done.stderr
    assert "no findings in 2 policies" in done.stdout
    assert "all passed" in done.stdout
    assert "0 of 4 files would change" in done.stderr
    assert (tmp_path / "policies.sarif").exists()


def test_the_action_fails_where_there_is_nothing_or_something_wrong(tmp_path: Path) -> None:
    assert act(tmp_path).returncode == 3
    assert act(tmp_path, policies="\n").returncode == 3
    shutil.copy(ROOT / "tests" / "files" / "findings" / "doubtful.yaml", tmp_path / "policy.yaml")
    done = act(tmp_path, policies="policy.yaml\n")
    assert done.returncode == 1
    assert "::error file=policy.yaml,line=5," in done.stdout


def test_texts_of_the_files_are_no_commands_to_the_runner(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("name:   x\nnote: |\n  ::error::from the file\n", encoding="utf-8")
    lines = act(tmp_path, policies="other.yaml\n", format="true").stdout.splitlines()
    (stop,) = (index for index, line in enumerate(lines) if line.startswith("::stop-commands::"))
    assert lines[-1] == f"::{lines[stop].removeprefix('::stop-commands::')}::"
    assert [line for line in lines[:stop] if "::error::from the file" in line] == []
    assert any("::error::from the file" in line for line in lines[stop:])


def test_the_action_takes_no_commands_from_its_inputs(tmp_path: Path) -> None:
    act(tmp_path, policies='"; touch taken; "$(touch taken)\n--help', sarif="$(touch taken)")
    assert not (tmp_path / "taken").exists()


def gitlab(folder: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """Run the script of the template as a runner does: all lines in one shell that ends with the first failure."""
    job = tree(files()[".gitlab-ci.yml"].text)["policies"]
    done = subprocess.run(
        ("bash", "-e", "-o", "pipefail", "-c", "\n".join(job["script"])),
        cwd=folder,
        env={"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, job["artifacts"]["reports"]


def test_the_commands_of_the_template_for_gitlab_run(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    done, reports = gitlab(tmp_path)
    assert done.returncode == 0, done.stderr
    assert all((tmp_path / name).exists() for name in [reports["codequality"], *reports["junit"]])


def test_the_template_for_gitlab_runs_the_cases_of_a_file_in_another_layout_and_fails(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    policy = tmp_path / "policies" / "bekasi-vaccination" / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("language: 1", "language:   1", 1), encoding="utf-8")
    done, _ = gitlab(tmp_path)
    assert done.returncode == 1
    assert "<testsuite " in (tmp_path / "cases.xml").read_text(encoding="utf-8")


def test_the_action_and_the_hook_fail_where_there_are_no_cases(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies", ignore=shutil.ignore_patterns("cases.yaml"))
    done = act(tmp_path, test="true")
    assert done.returncode == 3
    assert done.stderr.count("cases.yaml in or below `policies`") == 1
    command = [str(TOOLS / "escalation"), *hooks()["escalation-test"]["entry"].split()[1:]]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 3


def hooks() -> dict[str, dict[str, str]]:
    listed = tree((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return {one["id"]: one for one in listed}


def test_the_hooks_of_the_manual_are_there() -> None:
    (repository,) = tree(files()[".pre-commit-config.yaml"].text)["repos"]
    assert [one["id"] for one in repository["hooks"]] == list(hooks())
    assert {"id", "name", "entry", "language", "files"} <= set.intersection(*(set(one) for one in hooks().values()))


@pytest.mark.parametrize("name", ["escalation-check", "escalation-format", "escalation-test"])
def test_a_hook_runs_on_the_files_that_it_asks_for(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    hook = hooks()[name]
    named = [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    matched = [path for path in named if re.search(hook["files"], path)]
    assert len(matched) == (2 if name == "escalation-check" else 4)
    command = [*hook["entry"].split(), *(matched if hook.get("pass_filenames") != "false" else [])]
    done = subprocess.run((TOOLS / command[0], *command[1:]), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
