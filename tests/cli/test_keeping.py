"""Long commands keep what is finished when they are interrupted, and come to the same when they are resumed."""

from __future__ import annotations

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
from escalation.whatif import payoffs
from escalation.whatif.large.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from escalation.whatif.large.kept import Make, Part

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = (BEKASI, "--observations", f"{BEKASI}/observations-illustration.csv")
TARGETS = ("--over", "first_dose_target=55,60,70")
MANY = (BEKASI, "--observations", "MANY", "--stage", "appeal", "--since", "2021-W36")
SOUGHT = ("--by", "first_dose_target", "--outcome")
AHEAD = ("--weeks", "8", "--draws", "200", "--judge", "services_ready=yes")
ALTERNATIVES = str(ROOT / "tests/files/alternatives.yaml")
COMMANDS = {
    "sweep on record": ("sweep", *DATA, *TARGETS, "--over", "metrics.first_dose_gain.change.over=2..4"),
    "sweep ahead": ("sweep", *DATA, *TARGETS, *AHEAD),
    "seek on record": ("seek", *MANY, *SOUGHT, "weeks:instruction", "--at-most", "4"),
    "seek ahead": ("seek", *DATA, *SOUGHT, "recommended:perwal", "--below", "10%", *AHEAD),
    "tornado on record": ("tornado", *DATA, "--outcome", "weeks:perda"),
    "tornado ahead": ("tornado", *DATA, "--number", "adopt.lag", "--number", "first_dose_target", *AHEAD),
    "stress": ("stress", *DATA),
    "regret": ("regret", *DATA, "--scenario", ALTERNATIVES, "--outcome", "weeks:perda", "--prefer", "fewer", *AHEAD),
    "flip": ("flip", *MANY, *(one for number in range(40) for one in ("--region", f"Kota {number:03}"))),
}
OTHERWISE = {
    "sweep on record": ("--set", "slow_gain=3"),
    "sweep ahead": ("--seed", "3"),
    "seek on record": ("--to", "80"),
    "seek ahead": ("--draws", "100"),
    "tornado on record": ("--by", "20%"),
    "tornado ahead": ("--by-weeks", "1"),
    "flip": ("--week", "2022-W09"),
    "regret": ("--prefer", "more"),
    "stress": ("--adopt", "rule: follow, lag: 3"),
}
"""An option with which other parts would come out."""


@pytest.fixture(autouse=True)
def _in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the few draws of `regret` make several parts."""
    monkeypatch.setattr(payoffs, "A_PART", 1)


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
    table, revised = Path(asked[asked.index("--observations") + 1]), tmp_path / "revised.csv"
    revised.write_text(table.read_text(encoding="utf-8").replace("1120590", "1120591", 1), encoding="utf-8")
    data = run(*asked, "--observations", str(revised), *kept, "--resume")
    forecast = run("forecast", *DATA, *kept, "--resume")
    for result, said in ((other, OTHERWISE[name][0]), (data, "data"), (forecast, "command")):
        assert result.exit_code == 2
        assert "keeps the results of another run" in result.stderr
        assert said in result.stderr.splitlines()[0]


RESPONSE = "{instrument: perwal, lifts: first_doses, percent: %d}"
WITH_SCENARIO = [name for name in COMMANDS if name not in ("flip", "regret")]


@pytest.mark.parametrize("name", WITH_SCENARIO)
def test_a_run_of_another_scenario_of_a_file_is_refused(name: str, many: str, tmp_path: Path) -> None:
    file, moved, kept = (tmp_path / one for one in ("scenarios.yaml", "moved.yaml", "kept"))

    def asked(lag: int, percent: int, *, of: str = "one", at: Path = file) -> Result:
        response = f", response: [{RESPONSE % percent}]" if "ahead" in name else ""
        adopt = f"adopt: {{rule: follow, lag: {lag}}}{response}"
        at.write_text("scenarios:\n" + "".join(f"  - {{name: {one}, {adopt}}}\n" for one in ("one", "two")))
        again = ("--resume",) if kept.exists() else ()
        return run(*command(name, many), "--scenario", f"{at}:{of}", "--keep", str(kept), *again)

    first = asked(1, 1)
    assert (first.exit_code, first.stderr) == (0, "")
    others = {"adoption": asked(3, 1)}
    if "ahead" in name:
        others |= {"response": asked(1, 800), "scenario": asked(1, 1, of="two")}
    for differing, other in others.items():
        assert (other.exit_code, other.stdout) == (2, "")
        assert f"`{kept}` keeps the results of another run, with another: {differing}\n" in other.stderr
    assert asked(1, 1, at=moved).stdout == first.stdout


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


@pytest.mark.parametrize("name", COMMANDS)
def test_where_nothing_is_kept_an_interruption_says_so(name: str, many: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(names: Sequence[str], make: Make) -> Iterator[Part]:
        yield make(0)
        assert names
        raise KeyboardInterrupt

    monkeypatch.setattr("escalation.whatif.large.kept.made", interrupted)
    result = run(*command(name, many))
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "interrupted\nnothing is kept; --keep FOLDER would keep what is finished\n"


def test_there_is_nothing_to_resume_where_nothing_is_kept() -> None:
    assert "name the folder with --keep" in run(*COMMANDS["sweep ahead"], "--resume").stderr


def test_a_report_that_is_interrupted_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is an extra")

    def interrupted(_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("escalation.documents.report.folder.page", interrupted)
    result = run("backtest", *DATA, "--stage", "appeal", "--since", "2021-W36", "--out", str(tmp_path / "report"))
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "interrupted\n")
    assert [*tmp_path.iterdir()] == []


# A process that was started in the background may have been told to ignore the interrupt: this one is not.
HEEDING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


def test_a_sweep_that_is_interrupted_from_the_keyboard_goes_on_where_it_was(tmp_path: Path) -> None:
    asked, kept = ("sweep", *DATA, "--over", "first_dose_target=41..90", *AHEAD, "--format", "csv"), tmp_path / "kept"
    program = f"{HEEDING}; from escalation.cli import main; main(prog_name='escalation')"
    process = subprocess.Popen(
        (sys.executable, "-c", program, *asked, "--keep", str(kept)),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until = time.monotonic() + 120
    while not [*kept.glob("*.npz")]:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=120)
    parts = [*kept.glob("*.npz")]
    assert (process.returncode, printed) == (130, "")
    assert f"interrupted\nparts kept in `{kept}`: {len(parts)}; go on with\n  escalation sweep" in said
    assert 0 < len(parts) < 50
    again = shlex.split(said.splitlines()[-1])
    assert run(*again[1:]).stdout == run(*asked).stdout
