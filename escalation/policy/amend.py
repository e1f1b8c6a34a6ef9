"""Amendments: a policy with other values of its parameters, for the question "what if"."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from escalation.errors import RequestError
from escalation.policy.load import made
from escalation.policy.model import Policy
from escalation.policy.values import AMENDED


def amend(policy: Policy, values: Mapping[str, float]) -> Policy:
    """Give a policy with other values of its parameters; their source is then the question itself, their note gone.

    Raise RequestError for a name that is no parameter, and for a value outside the parameter's range.
    """
    tree = copy.deepcopy(policy.source.tree)
    if not isinstance(tree, dict):
        raise RequestError("the policy has no parameters")
    for name, value in values.items():
        parameter = policy.parameters.get(name)
        if parameter is None:
            known = ", ".join(policy.parameters) or "none"
            raise RequestError(f"`{name}` is not a parameter of this policy", help=f"the parameters are: {known}")
        low, high = parameter.bounds
        if (low is not None and value < low) or (high is not None and value > high):
            ends = f"{'' if low is None else format(low, 'g')} to {'' if high is None else format(high, 'g')}"
            raise RequestError(f"{value:g} is outside the range of `{name}`, {ends}")
        entry = tree["parameters"][name]
        for said_of_the_old_value in ("dated", "source", "note"):
            entry.pop(said_of_the_old_value, None)
        entry["value"] = value
    changes = json.dumps(dict(values), sort_keys=True)
    digest = hashlib.sha256(f"{policy.digest}\n{changes}".encode()).hexdigest()
    amended = made(replace(policy.source, tree=tree, digest=digest))
    parameters = {
        name: parameter.model_copy(update={"source": (AMENDED,)}) if name in values else parameter
        for name, parameter in amended.parameters.items()
    }
    return amended.model_copy(update={"parameters": parameters})
