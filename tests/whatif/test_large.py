"""A large run comes to the same whoever does which part of it, and whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large import chunks
from escalation.whatif.large.chunks import Chunk, cut, nothing
from escalation.whatif.large.drawing import Parts, Source, drawn, here, keeping
from escalation.whatif.large.kept import Kept, Manifest, Shard, begin, files_of_scenario
from escalation.whatif.large.shards import finish, gathered
from escalation.whatif.large.stopping import half_width, rounds
from escalation.whatif.outlook import outlook
from tests.whatif.test_outlook import COURSES

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = [COURSES[name] for name in ("followed", "late, and by chance", "edited")]
DRAWS = Draws(seed=5, count=300)
MANIFEST = Manifest(command="forecast", options={"seed": 5}, files=[files_of_scenario("baseline", one) for one in RUN])


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "SIZE", 2_500)


@pytest.fixture(scope="module")
def digests() -> list[str]:
    return [outlook(course, DRAWS).digest for course in RUN]


How = Callable[[Path, ExitStack], Source]


def with_workers(workers: int) -> How:
    return lambda *_: here(RUN, DRAWS, workers=workers)


def interrupted_and_resumed(folder: Path, _: ExitStack) -> Source:
    """Give the chunks of a run that was cut off after five of them."""

    def five(chunks: Sequence[Chunk]) -> Parts:
        yield from here(RUN, DRAWS)(chunks[:5])
        raise KeyboardInterrupt

    first = begin(folder, MANIFEST, is_resumed=False, paths=())
    with pytest.raises(KeyboardInterrupt):
        drawn(RUN, DRAWS, keeping(first, five))
    again = begin(folder, MANIFEST, is_resumed=True, paths=())
    assert sum(again.holds(chunk.name) for chunk in cut(RUN, 0, DRAWS.count)) == 5
    return keeping(again, here(RUN, DRAWS))


def in_shards(folder: Path, _: ExitStack) -> Source:
    folders = [shard(folder / str(number), Shard(number, 3)) for number in (1, 2, 3)]
    return gathered(folders[::-1], MANIFEST, paths=())


def shard(folder: Path, one: Shard, manifest: Manifest = MANIFEST) -> Path:
    """Make a shard in a folder."""
    kept = begin(folder, replace(manifest, shard=one), is_resumed=True, paths=())
    finish(kept, one, RUN, DRAWS, here(RUN, DRAWS))
    return folder


def on_dask_here(_: Path, stack: ExitStack) -> Source:
    pytest.importorskip("distributed", reason="distributed is an extra")
    from escalation.whatif.large.cluster import on_cluster  # noqa: PLC0415 - with the extra only

    return stack.enter_context(on_cluster("local:1", RUN, DRAWS))


def on_dask_with_a_death(_: Path, stack: ExitStack) -> Source:
    """Give the chunks of a cluster of which one worker is killed when a third of them has come."""
    pytest.importorskip("distributed", reason="distributed is an extra")
    from distributed import LocalCluster  # noqa: PLC0415 - with the extra only

    from escalation.whatif.large.cluster import on_cluster  # noqa: PLC0415 - with the extra only

    workers = stack.enter_context(LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0"))
    source = stack.enter_context(on_cluster(workers.scheduler_address, RUN, DRAWS))

    def parts(chunks: Sequence[Chunk]) -> Parts:
        for done, one in enumerate(source(chunks), start=1):
            if done == len(chunks) // 3:
                os.kill(workers.workers[0].pid, signal.SIGKILL)
            yield one

    return parts


HOW: dict[str, How] = {
    "one worker": with_workers(1),
    "two workers": with_workers(2),
    "four workers": with_workers(4),
    "interrupted and resumed": interrupted_and_resumed,
    "in shards": in_shards,
    "on Dask, started here": on_dask_here,
    "on Dask, where a worker is killed half way": on_dask_with_a_death,
}


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::pytest.PytestUnraisableExceptionWarning")  # those of Dask
@pytest.mark.parametrize("how", HOW)
def test_whoever_does_the_work_the_digest_is_that_of_the_run(how: str, digests: list[str], tmp_path: Path) -> None:
    with ExitStack() as stack:
        found = drawn(RUN, DRAWS, HOW[how](tmp_path, stack))
    assert [one.digest for one in found] == digests


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::pytest.PytestUnraisableExceptionWarning")  # those of Dask
def test_a_cluster_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="distributed is an extra")
    from distributed import LocalCluster  # noqa: PLC0415 - with the extra only

    from escalation.whatif.large import cluster  # noqa: PLC0415 - with the extra only

    monkeypatch.setattr(cluster, "PATIENCE", 5)
    with LocalCluster(n_workers=0, dashboard_address=":0") as workers:
        for address, said in (
            ("local:none", "names no number of workers"),
            ("tcp://127.0.0.1:9", "no Dask scheduler"),
            (workers.scheduler_address, "has no workers"),
        ):
            with pytest.raises(RequestError, match=said), cluster.on_cluster(address, RUN, DRAWS):
                pass
        workers.scale(1)
        monkeypatch.setattr(cluster, "PATIENCE", 60)
        monkeypatch.setattr(cluster, "__version__", "9.9")
        with (
            pytest.raises(RequestError, match=r"the scheduler does not have escalation 9\.9"),
            cluster.on_cluster(workers.scheduler_address, RUN, DRAWS),
        ):
            pass


def test_chunks_have_every_region_and_draw_once_and_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "BYTES", 6_000)
    found = cut(RUN, 10, 310)
    for scenario, course in enumerate(RUN):
        times = np.zeros((len(course.regions), 310), dtype=int)
        for chunk in (one for one in found if one.scenario == scenario):
            times[chunk.first_region : chunk.end_region, chunk.first_draw : chunk.end_draw] += 1
            regions = course.regions[chunk.first_region : chunk.end_region]
            assert course.weeks * len(regions) * chunk.draws <= 2_500
            assert sum(one.nbytes for one in nothing(replace(course, regions=regions)).values()) <= 6_000
        assert (times[:, :10] == 0).all()
        assert (times[:, 10:] == 1).all()


def test_a_folder_of_another_run_is_refused_and_what_differs_is_named(tmp_path: Path) -> None:
    begin(tmp_path / "kept", MANIFEST, is_resumed=False, paths=("policy",))
    other = {**files_of_scenario("baseline", RUN[0]), "policy": "another"}
    for manifest, said in (
        (replace(MANIFEST, options={"seed": 6}), "--seed"),
        (replace(MANIFEST, engine="0.0.1"), "engine version"),
        (replace(MANIFEST, files=[other, *MANIFEST.files[1:]]), "policy"),
        (replace(MANIFEST, files=MANIFEST.files[:1]), "scenarios"),
        (replace(MANIFEST, command="whatif"), "command"),
    ):
        with pytest.raises(RequestError, match=f"another run, with another: {said}$"):
            begin(tmp_path / "kept", manifest, is_resumed=True, paths=("policy",))
    begin(tmp_path / "kept", replace(MANIFEST, options={"seed": 5, "policy": "b"}), is_resumed=True, paths=("policy",))


def test_folders_that_hold_anything_else_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    for folder, said in ((tmp_path / "mine", "such as `letter.txt`"), (tmp_path / "no" / "such", "no such file")):
        with pytest.raises(RequestError, match=said):
            begin(folder, MANIFEST, is_resumed=True, paths=())
    begin(tmp_path / "kept", MANIFEST, is_resumed=True, paths=())
    with pytest.raises(RequestError, match="keeps results of this run"):
        begin(tmp_path / "kept", MANIFEST, is_resumed=False, paths=())
    with pytest.raises(RequestError, match="keeps shard 1/1 of this run, not 1/2"):
        shard(tmp_path / "kept", Shard(1, 2))


def test_shards_that_make_no_whole_are_refused_by_name(tmp_path: Path) -> None:
    made = [shard(tmp_path / str(number), Shard(number, 3)) for number in (1, 2, 3)]
    again = shard(tmp_path / "again", Shard(2, 3))
    half = shard(tmp_path / "half", Shard(1, 2))
    foreign = shard(tmp_path / "foreign", Shard(3, 3), replace(MANIFEST, options={"seed": 6}))
    for folders, said in (
        (made[:1], "not all shards are there: 2/3, 3/3"),
        ([*made, again], "shard 2/3 is in `.*2` and in `.*again`"),
        ([half, *made], "`.*half` keeps one of 2 shards, and `.*1` one of 3"),
        ([*made[:2], foreign], "`.*foreign` keeps the results of another run, with another: --seed"),
        ([tmp_path], "keeps no results"),
    ):
        with pytest.raises(RequestError, match=said):
            gathered(folders, MANIFEST, paths=())
    lost = min(made[1].glob("*.npz"))
    lost.unlink()
    with pytest.raises(RequestError, match=r"shard 2/3 in `.*2` lacks 1 of its [0-9]+ chunks"):
        drawn(RUN, DRAWS, gathered(made, MANIFEST, paths=()))


def test_a_shard_is_not_counted_again(tmp_path: Path) -> None:
    folder = shard(tmp_path / "one", Shard(1, 2))
    before = {one: one.stat().st_mtime_ns for one in folder.iterdir()}
    shard(folder, Shard(1, 2))
    assert {one: one.stat().st_mtime_ns for one in folder.iterdir()} == before
    assert len(before) > 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no counts"])
def test_a_damaged_chunk_is_told(content: bytes, tmp_path: Path) -> None:
    kept = Kept(shard(tmp_path / "one", Shard(1, 2)))
    chunk = cut(RUN, 0, DRAWS.count)[0]
    (tmp_path / "one" / f"{chunk.name}.npz").write_bytes(content)
    with pytest.raises(RequestError, match="is damaged"):
        kept.read(chunk.name)


def test_a_chunk_of_other_draws_is_told(tmp_path: Path) -> None:
    kept = Kept(shard(tmp_path / "one", Shard(1, 1)))
    chunk, other = cut(RUN, 0, DRAWS.count)[:2]
    (kept.folder / f"{other.name}.npz").rename(kept.folder / f"{chunk.name}.npz")
    with pytest.raises(RequestError, match="is damaged"):
        kept.read(chunk.name)


def test_rounds_double_until_all_is_drawn() -> None:
    assert [*rounds(5_000, is_stopping=True)] == [(0, 1_000), (1_000, 2_000), (2_000, 4_000), (4_000, 5_000)]
    assert [*rounds(300, is_stopping=True)] == [*rounds(300, is_stopping=False)] == [(0, 300)]


def test_drawing_stops_when_every_probability_is_known_well_enough() -> None:
    course, many = COURSES["followed"], Draws(seed=5, count=50_000)
    for tolerance, expected in ((3.2, 1_000), (1.6, 4_000)):
        (found,) = drawn([course], many, here([course], many), tolerance=tolerance)
        assert found.draws == expected
        assert half_width([found]) <= tolerance < half_width([outlook(course, replace(many, count=expected // 2))])
        assert found.digest == outlook(course, replace(many, count=expected)).digest


def test_the_widest_interval_is_that_of_the_probability_nearest_to_a_half() -> None:
    found = outlook(COURSES["never"], replace(DRAWS, count=100))
    for counts in (found.stage, found.undetermined, found.entered, found.recommended):
        counts[:] = 0
    assert half_width([found]) == pytest.approx(1.8497, abs=1e-4)
    found.recommended[:2, 0, 1] = 25
    assert half_width([found]) == pytest.approx(9.6168, abs=1e-4)


MEASURED = """
import resource, sys
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.drawing import drawn, here
from escalation.whatif.outlook import load_compiled
from tests.whatif.test_outlook import COURSES

load_compiled(10**9)
draws = Draws(seed=5, count=int(sys.argv[1]))
drawn([COURSES["followed"]], draws, here([COURSES["followed"]], draws))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_number_of_draws() -> None:
    few, many = (memory(draws) for draws in (10_000, 1_000_000))
    path = 8 * COURSES["followed"].weeks * len(COURSES["followed"].regions)
    assert many - few < 0.25 * 1_000_000 * path


def memory(draws: int) -> int:
    """Give the most bytes of a process that draws so often, as Linux counts them."""
    command = [sys.executable, "-c", MEASURED, str(draws)]
    return 1024 * int(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def test_a_chunk_with_other_counts_is_refused() -> None:
    chunk = cut(RUN, 0, DRAWS.count)[0]
    part = {name: counts for name, counts in nothing(RUN[0]).items() if name != "shortest_stay"}
    with pytest.raises(RequestError, match="has other counts than this engine makes"):
        chunks.Tally(RUN[0]).add(chunk, part)
