"""Large runs on the command line: kept, resumed, shared out, merged, interrupted."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.whatif.large import chunks

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
AHEAD = (BEKASI, "--observations", f"{BEKASI}/observations-illustration.csv", "--weeks", "8", "--draws", "2000",
         "--judge", "services_ready=yes", "--as-of", "2022-03-21")  # fmt: skip
OTHERS = ("--set", "first_dose_target=40", "--data", "campaign: first_doses, people: 3000, from: 2022-W13")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.mark.parametrize("asked", [("forecast", *AHEAD), ("whatif", *AHEAD, *OTHERS)], ids=["forecast", "whatif"])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_merged_shards_are_told_as_the_run_is(
    asked: tuple[str, ...], form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "SIZE", 8 * 300)
    folders = [str(tmp_path / str(number)) for number in (1, 2, 3)]
    for number, folder in enumerate(folders, start=1):
        result = run(*asked, "--shard", f"{number}/3", "--keep", folder)
        assert result.exit_code == 0
        assert f"shard {number}/3 is whole" in result.stdout
    assert run("merge", *folders, "--format", form).stdout == run(*asked, "--format", form).stdout


def test_a_kept_run_is_resumed_and_merged_to_the_same(tmp_path: Path) -> None:
    kept, asked = ("--keep", str(tmp_path / "kept")), ("forecast", *AHEAD, "--tolerance", "2")
    printed = run(*asked).stdout
    assert "Drawn until every probability is known to ±2 percentage points (95 %): after 1,000 draws to" in printed
    assert "1,000 draws of the figures to come" in printed
    assert run(*asked, *kept).stdout == printed
    assert run(*asked, *kept, "--resume").stdout == printed
    assert run("merge", kept[1]).stdout == printed
    assert "±2 poin persen" in run("merge", kept[1], "--lang", "id").stdout


def test_what_is_kept_is_not_counted_again(tmp_path: Path) -> None:
    kept, asked = tmp_path / "kept", ("forecast", *AHEAD)
    run(*asked, "--keep", str(kept))
    (chunk,) = kept.glob("*.npz")
    chunk.write_bytes(b"")
    result = run(*asked, "--keep", str(kept), "--resume")
    assert result.exit_code == 2
    assert f"`{chunk}` is damaged" in result.stderr


def test_another_question_is_not_resumed(tmp_path: Path) -> None:
    kept = ("--keep", str(tmp_path / "kept"))
    run("forecast", *AHEAD, *kept)
    data = ("--observations", f"{BEKASI}/observations-lingering.csv")
    for changed, said in (
        (("--seed", "3"), "--seed"),
        (("--draws", "100"), "--draws"),
        (data, "data"),
        (("--judge", "repeal_agreed=no"), "--judge"),
        (("--as-of", "2022-03-22"), "--as-of"),
    ):
        result = run("forecast", *AHEAD, *changed, *kept, "--resume")
        assert result.exit_code == 2
        assert "keeps the results of another run" in result.stderr
        assert said in result.stderr.splitlines()[0]


def test_a_file_of_scenarios_with_another_horizon_is_another_run(tmp_path: Path) -> None:
    file, kept = tmp_path / "scenarios.yaml", ("--keep", str(tmp_path / "kept"), "--resume")
    asked = [one for one in AHEAD if one not in {"--weeks", "8"}]

    def looking_ahead(weeks: int) -> Result:
        file.write_text(f"scenarios: [{{name: longer, horizon: {weeks} weeks}}]\n", encoding="utf-8")
        return run("whatif", *asked, "--scenario", str(file), *kept)

    assert looking_ahead(8).exit_code == looking_ahead(8).exit_code == 0
    other = looking_ahead(9)
    assert other.exit_code == 2
    assert "with another: horizon" in other.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--shard", "1/2"), "name a folder for it with --keep"),
        (("--shard", "3/2", "--keep", "x"), "numbered from 1 to 2"),
        (("--shard", "one", "--keep", "x"), "as 3/8"),
        (("--shard", "1/2", "--keep", "x", "--tolerance", "1"), "--tolerance rests on all draws"),
        (("--resume",), "name the folder with --keep"),
        (("--workers", "2", "--scheduler", "local:2"), "leave one out"),
        (("--tolerance", "0"), "0<x<=50"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: tuple[str, ...], said: str) -> None:
    result = run("forecast", *AHEAD, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_merging_what_keeps_nothing_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        result = run("merge", str(folder))
        assert result.exit_code == 2
        assert "keeps no results" in result.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"options": {}}, "the options of `forecast` were others in version 0.0.1"),
        ({"as-of": "2022-02-30"}, "`2022-02-30` is not a date"),
        ({"draws": "many"}, "'many' is not a valid integer"),
        ({"shard": "one"}, "is no manifest of results"),
        ({"options": 3}, "is no manifest of results"),
        ({"scenarios": ["baseline"]}, "is no manifest of results"),
        ({"scenarios": [{}]}, "scenario, policy, data, standings, adoption, horizon"),
        ({"engine": "0.0.1"}, "with another: engine version"),
    ],
)
def test_a_manifest_that_was_meddled_with_is_told(changed: dict[str, object], said: str, tmp_path: Path) -> None:
    path = tmp_path / "kept" / "manifest.json"
    run("forecast", *AHEAD, "--keep", str(path.parent))
    manifest = json.loads(path.read_text(encoding="utf-8")) | {"engine": "0.0.1"}
    manifest |= changed
    if isinstance(manifest["options"], dict):
        manifest["options"] |= {name: value for name, value in changed.items() if name in manifest["options"]}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    result = run("merge", str(path.parent))
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    "spoil",
    [
        lambda counts: counts[..., ::-1].copy(),
        lambda counts: -counts,
        lambda counts: counts[:1],
        lambda counts: counts * 1.0,
        lambda _: np.array("x"),
    ],
    ids=["turned round", "negative", "cut", "not whole", "text"],
)
def test_counts_that_were_altered_are_damaged(spoil: Callable[[Any], Any], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    run("forecast", *AHEAD, "--keep", str(kept))
    (chunk,) = kept.glob("*.npz")
    with np.load(chunk) as held:
        counts = dict(held)
    np.savez_compressed(chunk, **counts | {"stage": spoil(counts["stage"])})
    result = run("merge", str(kept))
    assert result.exit_code == 2
    assert f"`{chunk}` is damaged" in result.stderr


def test_draws_that_do_not_suffice_are_told() -> None:
    printed = run("forecast", *AHEAD, "--tolerance", "0.5", "--draws", "10").stdout
    assert "No probability was to be less well known than ±0.50 percentage points (95 %); all 10 draws leave" in printed


def test_a_tolerance_is_a_number() -> None:
    assert "`nan` is no number" in run("forecast", *AHEAD, "--tolerance", "nan").stderr


def test_what_was_counted_before_an_interruption_is_kept(tmp_path: Path) -> None:
    kept, asked = tmp_path / "kept", ["forecast", *AHEAD, "--draws", "10000000", "--weeks", "26"]
    process = subprocess.Popen(
        [sys.executable, "-m", "escalation.cli", *asked, "--keep", str(kept)], stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 120
    while not [*kept.glob("*.npz")]:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    again = shlex.join([*asked, "--keep", str(kept), "--resume"])
    assert said.endswith(
        f"interrupted\nparts kept in `{kept}`: {len([*kept.glob('*.npz')])}; go on with\n  escalation {again}\n"
    )
    assert json.loads((kept / "manifest.json").read_text(encoding="utf-8"))["command"] == "forecast"
