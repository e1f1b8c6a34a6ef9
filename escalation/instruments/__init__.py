"""Legal forms as dated facts, each with its source and how certain it is; a pack holds those of one legal order."""

from escalation.instruments.load import PACKS, load_pack, loads_pack, read_pack
from escalation.instruments.model import Certainty, Fact, Form, FormKind, Pack, Reach, law, on, unknown
from escalation.instruments.workdays import Workdays

__all__ = [
    "PACKS",
    "Certainty",
    "Fact",
    "Form",
    "FormKind",
    "Pack",
    "Reach",
    "Workdays",
    "law",
    "load_pack",
    "loads_pack",
    "on",
    "read_pack",
    "unknown",
]
