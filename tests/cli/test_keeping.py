"""Long commands keep what is finished when they are interrupted, and come to the same when they are resumed."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.whatif.large.kept import Kept

if TYPE_CHECKING:
    from escalation.whatif.large.kept import Part

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = (BEKASI, "--observations", f"{BEKASI}/observations-illustration.csv")
TARGETS = ("--over", "first_dose_target=55,60,70")
MANY = (BEKASI, "--observations", "MANY", "--stage", "appeal", "--since", "2021-W36")
SOUGHT = ("--by", "first_dose_target", "--outcome")
AHEAD = ("--weeks", "8", "--draws", "200", "--judge", "services_ready=yes")
COMMANDS = {
    "sweep on record": ("sweep", *DATA, *TARGETS, "--over", "metrics.first_dose_gain.change.over=2..4"),
    "sweep ahead": ("sweep", *DATA, *TARGETS, *AHEAD),
    "seek on record": ("seek", *MANY, *SOUGHT, "weeks:instruction", "--at-most", "4"),
    "seek ahead": ("seek", *DATA, *SOUGHT, "probability:perwal", "--below", "10%", *AHEAD),
    "stress": ("stress", *DATA),
}
OTHERWISE = {
    "sweep on record": ("--set", "slow_gain=3"),
    "sweep ahead": ("--seed", "3"),
    "seek on record": ("--to", "80"),
    "seek ahead": ("--draws", "100"),
    "stress": ("--adopt", "rule: follow, lag: 3"),
}
"""An option with which other parts would come out."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a table of more regions than are tried together over the weeks on record."""
    header, *rows = Path(DATA[-1]).read_text(encoding="utf-8").splitlines()
    table = tmp_path_factory.mktemp("many") / "observations.csv"
    named = [row.replace("Kota Bekasi", f"Kota {number:03}") for number in range(140) for row in rows]
    table.write_text("\n".join([header, *named]), encoding="utf-8")
    return str(table)


def command(name: str, many: str) -> tuple[str, ...]:
    """Give the arguments of a command."""
    return tuple(many if one == "MANY" else one for one in COMMANDS[name])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments], prog_name="escalation")


def interrupted_after(parts: int, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    """Run a command that is interrupted when so many parts have been kept, and the next is made."""
    write = Kept.write
    turns = iter(range(parts))

    def writing(kept: Kept, name: str, part: Part) -> None:
        if next(turns, None) is None:
            raise KeyboardInterrupt
        write(kept, name, part)

    with monkeypatch.context() as patched:
        patched.setattr(Kept, "write", writing)
        return run(*arguments)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_resumed_run_comes_to_the_same(
    name: str, form: str, many: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, kept = (*command(name, many), "--format", form), tmp_path / "kept"
    stopped = interrupted_after(2, monkeypatch, *asked, "--keep", str(kept))
    assert stopped.exit_code == 130
    assert stopped.stdout == ""
    again = (*asked, "--keep", str(kept), "--resume")
    said = f"interrupted\nparts kept in `{kept}`: 2; go on with\n  escalation {shlex.join(again)}\n"
    assert stopped.stderr == said
    parts = {path: path.stat().st_mtime_ns for path in kept.glob("*.npz")}
    assert len(parts) == 2
    resumed, whole = run(*again), run(*asked)
    assert (resumed.exit_code, resumed.stdout_bytes) == (whole.exit_code, whole.stdout_bytes) == (0, whole.stdout_bytes)
    assert parts.items() < {path: path.stat().st_mtime_ns for path in kept.glob("*.npz")}.items()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_run_of_another_question_is_refused(name: str, many: str, tmp_path: Path) -> None:
    asked, kept = command(name, many), ("--keep", str(tmp_path / "kept"))
    assert run(*asked, *kept).exit_code == 0
    assert "go on with --resume, or name another folder" in run(*asked, *kept).stderr
    other = run(*asked, *OTHERWISE[name], *kept, "--resume")
    data = run(*asked, "--observations", f"{BEKASI}/observations-lingering.csv", *kept, "--resume")
    forecast = run("forecast", *DATA, *kept, "--resume")
    for result, said in ((other, OTHERWISE[name][0]), (data, "data"), (forecast, "command")):
        assert result.exit_code == 2
        assert "keeps the results of another run" in result.stderr
        assert said in result.stderr.splitlines()[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_part_that_is_damaged_is_found_out(name: str, many: str, tmp_path: Path) -> None:
    asked, kept = command(name, many), tmp_path / "kept"
    assert run(*asked, "--keep", str(kept)).exit_code == 0
    part = max(kept.glob("*.npz"))
    with np.load(part) as held:
        arrays = dict(held)
    changed = next(key for key in arrays if key != "digest" and arrays[key].size)
    for spoilt in (arrays | {changed: arrays[changed][:0] if arrays[changed].ndim else arrays[changed] + 1},
                   arrays | {"more": np.zeros(1)}, {key: arrays[key] for key in arrays if key != changed}):  # fmt: skip
        np.savez_compressed(part, allow_pickle=False, **spoilt)
        result = run(*asked, "--keep", str(kept), "--resume")
        assert result.exit_code == 2
        assert result.stderr == f"error: `{part}` is damaged\n  help: delete it, and go on with --resume\n"
    part.write_bytes(part.read_bytes()[:100])
    assert "is damaged" in run(*asked, "--keep", str(kept), "--resume").stderr


def test_what_is_kept_by_a_command_without_shards_is_not_merged(tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    run(*COMMANDS["sweep ahead"], "--keep", kept)
    result = run("merge", kept)
    assert result.exit_code == 2
    assert "a run of `sweep` is not merged: it has no shards" in result.stderr


def test_where_nothing_is_kept_an_interruption_says_so_and_there_is_nothing_to_resume() -> None:
    asked = COMMANDS["sweep ahead"]
    assert "name the folder with --keep" in run(*asked, "--resume").stderr


def interrupted(arguments: tuple[str, ...], kept: Path | None, seconds: float = 0.0) -> tuple[int, str, str]:
    """Run a command in a process that gets SIGINT when a part is kept, or after some seconds."""
    command = [sys.executable, "-m", "escalation.cli", *arguments, *(() if kept is None else ("--keep", str(kept)))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    until = time.monotonic() + 120
    time.sleep(seconds)
    while kept is not None and not [*kept.glob("*.npz")]:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=120)
    return process.returncode, printed, said


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT for one process")
def test_a_sweep_that_is_interrupted_from_the_keyboard_goes_on_where_it_was(tmp_path: Path) -> None:
    asked = ("sweep", *DATA, "--over", "first_dose_target=41..90", *AHEAD, "--format", "csv")
    code, printed, said = interrupted(asked, tmp_path / "kept")
    parts = [*(tmp_path / "kept").glob("*.npz")]
    assert (code, printed) == (130, "")
    assert f"parts kept in `{tmp_path / 'kept'}`: {len(parts)}; go on with\n  escalation sweep" in said
    assert 0 < len(parts) < 50
    again = shlex.split(said.splitlines()[-1])
    assert run(*again[1:]).stdout == run(*asked).stdout
