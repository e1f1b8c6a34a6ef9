"""Chunks made by the workers of a Dask scheduler (extra `cluster`); a chunk whose worker dies is made by another."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from threading import current_thread, main_thread
from typing import TYPE_CHECKING
from zlib import compress, decompress

from escalation import __version__
from escalation.errors import RequestError, install
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.chunks import Chunk, Part, counted
from escalation.whatif.large.drawing import Parts, Source, region_weeks
from escalation.whatif.outlook import load_compiled

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local:"
MOST_HERE = 256
HOW = "write it as tcp://HOST:8786, or local:4 for four processes of this machine"
PATIENCE = 10
"""Seconds in which a scheduler must answer, and have a worker."""


@contextmanager
def on_cluster(address: str, courses: Sequence[Course], draws: Draws) -> Iterator[Source]:
    """Make chunks by the workers of the scheduler at an address; `local:4` starts four processes here.

    Raise RequestError where there is no such scheduler, and where its workers have another engine or die of a chunk.
    """
    if find_spec("distributed") is None:
        raise RequestError("--scheduler needs the extra `cluster`", help=install("cluster")[0])
    import cloudpickle
    import dask

    packed = [compress(cloudpickle.dumps(course)) for course in courses]
    size = region_weeks(courses, draws)
    # A course goes as a task and is not scattered: it can be unpacked again when those that held it have died.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}), _client(address) as client:
        _check(client)
        unpacked = [client.submit(_unpacked, one, pure=False) for one in packed]

        def parts(chunks: Sequence[Chunk]) -> Parts:
            return _parts(client, unpacked, draws, chunks, size)

        yield parts


@contextmanager
def _client(address: str) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    number = address.removeprefix(LOCAL)
    if not address.startswith(LOCAL):
        try:
            client = Client(address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise RequestError(f"no Dask scheduler answers at `{address}`", help=HOW) from error
        with client:
            yield client
        return
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= MOST_HERE):
        raise RequestError(f"`{address}` names no number of workers", help=HOW)
    with _deaf():
        cluster = LocalCluster(
            n_workers=int(number), threads_per_worker=1, dashboard_address=":0", silence_logs=logging.CRITICAL
        )
    with cluster, Client(cluster) as client:
        yield client


@contextmanager
def _deaf() -> Iterator[None]:
    """Let processes that are started now not hear Ctrl-C: this one tells them to end."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _check(client: Client) -> None:
    """Raise RequestError where there are no workers, and where the engine is missing or another."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise RequestError("the Dask scheduler has no workers", help="start some, and ask again") from error
    try:
        found = {"the scheduler": client.run_on_scheduler(version, "escalation")}
    except PackageNotFoundError:
        found = {"the scheduler": None}
    found |= client.run(version, "escalation", on_error="return")
    for where, one in found.items():
        if one != __version__:
            raise RequestError(
                f"{where} does not have escalation {__version__}", help="scheduler and workers need the same version"
            )


def _parts(
    client: Client, courses: Sequence[Future[Course]], draws: Draws, chunks: Sequence[Chunk], size: int
) -> Parts:
    """Give chunks as they come back; the scheduler gives those of a worker that dies to another."""
    from distributed import KilledWorker, as_completed

    asked = {
        client.submit(_counted, courses[chunk.scenario], draws, chunk, size, __version__, pure=False): chunk
        for chunk in chunks
    }
    try:
        for future in as_completed([*asked]):
            yield asked.pop(future), future.result()
            future.release()
    except KilledWorker as error:
        raise RequestError(f"workers die of one chunk: {error}", help="give them more memory") from error


def _unpacked(packed: bytes) -> Course:
    import cloudpickle

    course: Course = cloudpickle.loads(decompress(packed))
    return course


def _counted(course: Course, draws: Draws, chunk: Chunk, size: int, engine: str) -> Part:
    """Make a chunk on a worker."""
    if engine != __version__:
        raise RequestError(f"a worker has version {__version__} of the engine, not {engine}")
    load_compiled(size)
    return counted(course, draws, chunk)
