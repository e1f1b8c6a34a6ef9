"""Work that a stranger's template asks for, in a child process with little memory and little time."""

from __future__ import annotations

import json
from collections.abc import Callable
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from pathlib import Path

from escalation.errors import RequestError

SECONDS = 10.0
MEMORY = 256 * 2**20
"""Bytes that a template may use beyond what the program has in use when it begins."""
LONGEST = 32 * 2**20
"""Bytes of what is given back."""
DONE, FAILED = b"d", b"f"


def confined(
    work: Callable[[], bytes],
    template: str,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    longest: int = LONGEST,
) -> bytes:
    """Give what `work` gives, done in a child process that cannot write files.

    Raise RequestError where it does so itself, or naming the template where it fails otherwise, where it needs more
    time or memory than it may have, or where the system cannot fork.
    """
    if "fork" not in get_all_start_methods():
        raise RequestError("templates of an office need a system that can fork", help="leave out --templates")
    context = get_context("fork")
    reading, writing = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(work, writing, template, round(seconds) + 1, memory), daemon=True)
    child.start()
    writing.close()
    try:
        if not reading.poll(seconds):
            raise RequestError(f"template `{template}` takes longer than {seconds:g} s", help="make it shorter")
        said = reading.recv_bytes(longest)
    except EOFError:
        raise RequestError(f"template `{template}` ended without an answer", help="make it shorter") from None
    except OSError:
        raise RequestError(
            f"template `{template}` gives more than {longest >> 20} MiB", help="make it shorter"
        ) from None
    finally:
        child.kill()
        child.join()
        reading.close()
    if said[:1] == FAILED:
        message, remedy = json.loads(said[1:])
        raise RequestError(message, help=remedy)
    return said[1:]


def _run(work: Callable[[], bytes], writing: Connection, template: str, seconds: int, memory: int) -> None:
    import resource  # noqa: PLC0415 - not on every system, but where there is fork

    resource.setrlimit(resource.RLIMIT_AS, (_in_use() + memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        said = DONE + work()
    except MemoryError:
        said = _failed(f"template `{template}` needs more than {memory >> 20} MiB", "make it shorter")
    except RequestError as error:
        said = _failed(str(error), error.help)
    except Exception as error:  # noqa: BLE001 - what reads a stranger's file may raise anything
        said = _failed(f"template `{template}`: {str(error).rstrip('.') or type(error).__name__}", "")
    writing.send_bytes(said)


def _failed(message: str, remedy: str) -> bytes:
    return FAILED + json.dumps((message, remedy)).encode()


def _in_use() -> int:
    """Give the bytes of address space that the process has; where the system does not say, more than it will have."""
    told = Path("/proc/self/statm")
    if not told.is_file():
        return 2**32
    import resource  # noqa: PLC0415 - as above

    return int(told.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
