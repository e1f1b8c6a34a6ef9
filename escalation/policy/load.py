"""Reading a policy file: text, shape, references, in this order, and every mistake at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from escalation.errors import Refused
from escalation.policy.defects import Defect, diagnosed
from escalation.policy.model import Policy
from escalation.policy.references import Names, defects, names_in
from escalation.policy.shape import Flawed, attempt
from escalation.policy.source import Route, Source, read, read_file

__all__ = ["attempted", "file_in", "load", "loads", "made"]

SECTIONS = frozenset({"metrics", "triggers", "stages", "moves"})
"""A file with one of these is meant as a policy."""
_SCENARIOS = ("scenarios", "escalation whatif POLICY --scenario FILE")
KINDS = dict.fromkeys(("scenarios", "set", "adopt", "response", "horizon"), _SCENARIOS) | {
    "cases": ("cases", "escalation test FILE")
}
"""Keys that other files begin with: what such a file is, and the command that reads it."""


def load(path: str | os.PathLike[str]) -> Policy:
    """Read a policy from a file, or from `policy.yaml` in a folder.

    Raise Refused with all its mistakes, RequestError where there is no such file.
    """
    return made(read_file(file_in(path)))


def file_in(path: str | os.PathLike[str]) -> str:
    """Give the policy file that is meant: the one named, or `policy.yaml` in a folder."""
    return str(Path(path) / "policy.yaml") if Path(path).is_dir() else os.fspath(path)


def loads(text: str | bytes, *, file: str = "policy.yaml") -> Policy:
    """Read a policy from a text; `file` is the name that messages give it."""
    return made(read(file, text.encode() if isinstance(text, str) else text))


def made(source: Source) -> Policy:
    """Make a policy of a file that has been read. Raise Refused with all its mistakes."""
    if other := tuple(_of_another_kind(source)):
        raise Refused(diagnosed(other, source))
    policy = attempted(source)
    if isinstance(policy, Flawed):
        raise Refused(diagnosed(policy.defects, source, unlisted=policy.unlisted, in_part=policy.in_part))
    return policy


def _of_another_kind(source: Source) -> Iterator[Defect]:
    """Say of a file that has no section of a policy, but keys of scenarios or cases, that it is one of those."""
    tree = source.tree if isinstance(source.tree, dict) else {}
    if not SECTIONS.isdisjoint(tree):
        return
    for key in tree:
        if key in KINDS:
            kind, command = KINDS[key]
            message, advice = f"this is a file of {kind}, not a policy", f"it is read by `{command}`"
            yield Defect(rule="not-a-policy", route=(key,), message=message, help=advice, on_key=True)
            return


def attempted(source: Source) -> Policy | Flawed:
    """Make a policy of a file that has been read, or say what is wrong with it, by routes."""
    names = names_in(source.tree)
    policy = attempt(Policy, source.tree, source)
    if isinstance(policy, Flawed):
        sound = () if policy.in_part else _in_what_is_sound(source, policy, names)
        return policy._replace(defects=(*policy.defects, *sound))
    if found := tuple(defects(policy, names)):
        return Flawed(broken=frozenset(), defects=found)
    policy._source = source  # noqa: SLF001 - the model's own place for it
    return policy


def _in_what_is_sound(source: Source, flawed: Flawed, names: Names) -> Iterator[Defect]:
    """Look at the references of the entries without mistakes of shape, so that those are told at once too."""
    if not isinstance(source.tree, dict):
        return
    broken = flawed.broken
    tree: dict[str, object] = {"language": 1, "name": "unnamed", "calendar": "iso-week", "metrics": {}, "triggers": {}}
    kept: dict[str | int, list[int]] = {}
    for section, entries in source.tree.items():
        if (section,) in broken:
            continue
        if isinstance(entries, dict):
            tree[section] = {name: entry for name, entry in entries.items() if (section, name) not in broken}
        elif isinstance(entries, list):
            kept[section] = [index for index in range(len(entries)) if (section, index) not in broken]
            tree[section] = [entries[index] for index in kept[section]]
        else:
            tree[section] = entries
    tree["stages"] = tree.get("stages") or [{"name": "unnamed"}]
    policy = attempt(Policy, tree, source)
    if isinstance(policy, Flawed):
        return

    def where(route: Route) -> Route:
        section, *rest = route
        if section in kept and rest:
            rest[0] = kept[section][int(rest[0])]
        return (section, *rest)

    for defect in defects(policy, names):
        related = tuple((where(route), message) for route, message in defect.related)
        yield replace(defect, route=where(defect.route), related=related)
