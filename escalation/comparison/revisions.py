"""Policies as the command line names them: a file, a folder, or `REVISION:PATH` of a git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

from escalation.errors import RequestError
from escalation.policy.load import load, made
from escalation.policy.model import Policy
from escalation.policy.source import LARGEST, read

USUAL_NAME = "policy.yaml"
PATIENCE = 60
"""Seconds that git may take: a partial clone may have to fetch the file."""


def policy_of(name: str) -> Policy:
    """Read the policy that a name stands for: what is on the disk comes first, then a git revision with a path.

    Raise Refused with all that is wrong with the file, RequestError where there is none such.
    """
    path = on_disk(name)
    if path is not None:
        return load(path)
    revision, colon, within = name.partition(":")
    if not colon:
        raise RequestError(
            f"there is no file or folder `{name}`",
            help="name a policy file, its folder, or a git revision with a path, such as main:policies/x",
        )
    return _in_revision(name, revision, within.rstrip("/"))


def on_disk(name: str) -> Path | None:
    """Give the policy file that a name means on the disk, or none; a colon in a file's name is no revision."""
    path = Path(name)
    if path.is_dir():
        return path / USUAL_NAME
    return path if path.exists() else None


def _in_revision(name: str, revision: str, within: str) -> Policy:
    if not revision or revision.startswith("-"):
        raise RequestError(f"`{revision}` in `{name}` is no git revision", help="write it as main:policies/x")
    if _git("rev-parse", "--git-dir") is None:
        raise RequestError(f"`{name}` is no file, and there is no git repository here", help="run it in a repository")
    if _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise RequestError(
            f"git knows no revision `{revision}`",
            help="fetch it first; in a shallow clone of CI, fetch the branch that is compared with",
        )
    kind = _git("cat-file", "-t", f"{revision}:{within}")
    if kind is None:
        remedy = "the path begins at the top of the repository, or with ./ in this folder"
        raise RequestError(f"there is no `{within}` in `{revision}`", help=remedy)
    if kind.strip() == b"tree":
        separator = "" if within in ("", "./", ".") or within.endswith("/") else "/"
        within = f"{within}{separator}{USUAL_NAME}"
    blob = f"{revision}:{within}"
    size = _git("cat-file", "-s", blob)
    if size is None:
        raise RequestError(f"there is no `{within}` in `{revision}`", help=f"a policy's folder has a {USUAL_NAME}")
    if int(size) > LARGEST:
        raise RequestError(f"`{blob}` has more than {LARGEST:,} bytes", help="keep data out of the policy")
    return made(read(blob, _git("cat-file", "blob", blob) or b""))


def _git(*arguments: str) -> bytes | None:
    """Ask git; none where it refuses."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
            ("git", *arguments),  # noqa: S607 - git is found on the PATH, where people have it
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise RequestError("git is not installed", help="compare two files, or install git") from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise RequestError(f"git cannot be asked: {error}") from None
    return done.stdout if done.returncode == 0 else None
