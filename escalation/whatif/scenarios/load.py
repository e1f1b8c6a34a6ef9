"""Reading a file of scenarios: its shape, then what it says of its policy, every mistake at once with its place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import Refused, RequestError
from escalation.policy.defects import Defect, diagnosed
from escalation.policy.load import load as load_policy
from escalation.policy.shape import Flawed, attempt
from escalation.policy.source import Source, read, read_file
from escalation.whatif.scenarios.entries import Entries
from escalation.whatif.scenarios.model import OneScenario, ScenarioEntry, ScenariosFile
from escalation.whatif.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from escalation.policy.amend import Amendment
    from escalation.policy.model import Policy
    from escalation.policy.source import Route

__all__ = ["load", "loads", "scenarios_in"]

SHORT = 12
"""Of a digest where both policies are named."""


def load(path: str | os.PathLike[str], policy: Policy | None = None) -> tuple[Policy, tuple[Scenario, ...]]:
    """Read a file of scenarios and the policy that it names; it need not name one that is given.

    Raise Refused with all mistakes of either, and where the file names another policy than the one that is given;
    RequestError where there is no file or no policy.
    """
    source = read_file(path)
    if policy is None or _names_one(source):
        named = _named(source, Path(path).parent)
        if policy is not None and named.digest != policy.digest:
            raise Refused(diagnosed([_other_policy(named, policy)], source))
        policy = named if policy is None else policy
    return policy, scenarios_in(source, policy)


def loads(text: str | bytes, policy: Policy, *, file: str = "scenarios.yaml") -> tuple[Scenario, ...]:
    """Read scenarios of a policy that has been read; `file` is the name that messages give the text."""
    return scenarios_in(read(file, text.encode() if isinstance(text, str) else text), policy)


def _names_one(source: Source) -> bool:
    return isinstance(source.tree, dict) and isinstance(source.tree.get("policy"), str)


def _other_policy(named: Policy, given: Policy) -> Defect:
    one, other = (f"`{policy.source.file}` ({policy.digest[:SHORT]})" for policy in (named, given))
    return Defect(
        rule="other-policy",
        route=("policy",),
        message=f"these are scenarios of {one}, and the policy that is asked about is {other}",
        help="name the same policy, or leave `policy` out of the file to ask the same of any version",
    )


def _named(source: Source, folder: Path) -> Policy:
    named = source.tree.get("policy") if isinstance(source.tree, dict) else None
    if not isinstance(named, str):
        raise RequestError(
            f"`{source.file}` names no policy", help="write `policy: policy.yaml` in it, or name a policy beside it"
        )
    try:
        return load_policy(folder / named)
    except RequestError as error:
        defect = Defect(rule="no-policy", route=("policy",), message=str(error), help=error.help)
        raise Refused(diagnosed([defect], source)) from None


def scenarios_in(source: Source, policy: Policy, *, before: Sequence[Amendment] = ()) -> tuple[Scenario, ...]:
    """Read the scenarios of a file: one that is the file itself, or those that it lists.

    Their amendments stack on those `before`. Raise Refused with all mistakes.
    """
    is_list = isinstance(source.tree, dict) and "scenarios" in source.tree
    file: ScenariosFile | OneScenario | Flawed
    file = attempt(ScenariosFile, source.tree, source) if is_list else attempt(OneScenario, source.tree, source)
    flaws = file.defects if isinstance(file, Flawed) else ()
    entries = Entries(policy, source, before=before)
    made = [entries.scenario(entry, route) for entry, route in _sound(source, file)]
    if flaws or entries.flaws.defects:
        unlisted = file.unlisted if isinstance(file, Flawed) else 0
        raise Refused(diagnosed([*flaws, *entries.flaws.defects], source, unlisted=unlisted))
    return tuple(made)


def _sound(source: Source, file: ScenariosFile | OneScenario | Flawed) -> Iterator[tuple[ScenarioEntry, Route]]:
    """Give the scenarios without a mistake of shape, so that their other mistakes are told at once too."""
    if isinstance(file, OneScenario):
        yield file, ()
    elif isinstance(file, ScenariosFile):
        yield from ((entry, ("scenarios", index)) for index, entry in enumerate(file.scenarios))
    else:
        listed = source.tree.get("scenarios") if isinstance(source.tree, dict) else None
        for index, raw in enumerate(listed if isinstance(listed, list) else ()):
            entry = attempt(ScenarioEntry, raw, source) if ("scenarios", index) not in file.broken else file
            if isinstance(entry, ScenarioEntry):
                yield entry, ("scenarios", index)
