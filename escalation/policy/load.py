"""Reading a policy file: text, shape, references, in this order, and every mistake at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from escalation.diagnostics import Diagnostic, Related, Severity, in_order
from escalation.errors import Refused
from escalation.policy.model import Policy
from escalation.policy.references import Defect, Names, defects, names_in
from escalation.policy.shape import attempt, validated
from escalation.policy.source import Route, Source, read, read_file

__all__ = ["load", "loads", "made", "validated"]


def load(path: str | os.PathLike[str]) -> Policy:
    """Read a policy from a file. Raise Refused with all its mistakes, RequestError where there is no such file."""
    return made(read_file(path))


def loads(text: str | bytes, *, file: str = "policy.yaml") -> Policy:
    """Read a policy from a text; `file` is the name that messages give it."""
    return made(read(file, text.encode() if isinstance(text, str) else text))


def made(source: Source) -> Policy:
    """Make a policy of a file that has been read. Raise Refused with all its mistakes."""
    names = names_in(source.tree)
    policy, problems = attempt(Policy, source.tree, source)
    if policy is None:
        found = [diagnostic for _, diagnostic in problems]
        raise Refused(in_order([*found, *_in_what_is_sound(source, [route for route, _ in problems], names)]))
    if mistakes := [diagnose(defect, source) for defect in defects(policy, names)]:
        raise Refused(in_order(mistakes))
    policy._source = source  # noqa: SLF001 - the model's own place for it
    return policy


def diagnose(defect: Defect, source: Source, severity: Severity = Severity.ERROR) -> Diagnostic:
    """Give a defect its place in the file."""
    related = ()
    if defect.other is not None:
        related = (Related(place=source.place(defect.other), message=defect.other_message),)
    return Diagnostic(
        rule=defect.rule,
        severity=severity,
        message=defect.message,
        place=source.place(defect.route, key=defect.on_key),
        help=defect.help,
        related=related,
    )


def _in_what_is_sound(source: Source, broken: Sequence[Route], names: Names) -> list[Diagnostic]:
    """Look at the references of the entries without mistakes of shape, so that those are told at once too."""
    if not isinstance(source.tree, dict):
        return []
    tree = {key: value for key, value in source.tree.items() if (key,) not in broken}
    kept: dict[str | int, list[int]] = {}
    for section, entries in tree.items():
        if isinstance(entries, dict):
            tree[section] = {name: entry for name, entry in entries.items() if not _holds(broken, section, name)}
        elif isinstance(entries, list):
            kept[section] = [index for index in range(len(entries)) if not _holds(broken, section, index)]
            tree[section] = [entries[index] for index in kept[section]]
    empty = {"language": 1, "name": "unnamed", "calendar": "iso-week", "metrics": {}, "triggers": {}}
    tree = empty | {"stages": [{"name": "unnamed"}]} | {key: value for key, value in tree.items() if value}
    policy, _ = attempt(Policy, tree, source)
    if policy is None:
        return []
    found = []
    for defect in defects(policy, names):
        section, *rest = defect.route
        if section in kept:
            rest[0] = kept[section][int(rest[0])]
        found.append(diagnose(replace(defect, route=(section, *rest)), source))
    return found


def _holds(broken: Sequence[Route], section: str, entry: str | int) -> bool:
    return any(route[:2] == (section, entry) for route in broken)
