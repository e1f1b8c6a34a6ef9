"""A policy escalation workflow engine: a policy and weekly metrics in, an explained recommendation out.

A policy is a document, an evaluation is a value, a decision is a person's.

    load    read a policy file
    read    read weekly observations for it
    step    evaluate one region and week
    replay  evaluate week after week, with a rule for what people do with the recommendations: an `Adoption`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.evaluation.library import replay, step
    from escalation.evaluation.replay import Adopt, Adoption
    from escalation.observations import read
    from escalation.policy.load import load

__all__ = ["Adopt", "Adoption", "load", "read", "replay", "step"]
__version__ = "0.1.0"

_HOMES = {
    "load": "escalation.policy.load",
    "read": "escalation.observations",
    "step": "escalation.evaluation.library",
    "replay": "escalation.evaluation.library",
    "Adopt": "escalation.evaluation.replay",
    "Adoption": "escalation.evaluation.replay",
}


def __dir__() -> list[str]:
    """Name what there is, imported or not."""
    return sorted({*globals(), *_HOMES})


def __getattr__(name: str) -> object:
    """Import what is asked for only then, so that `import escalation` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module `escalation` has no attribute `{name}`")
    from importlib import import_module  # noqa: PLC0415 - see above

    return getattr(import_module(_HOMES[name]), name)
