"""Legal forms as dated facts, each with its source and how certain it is; a pack holds those of one legal order."""

from escalation.instruments.load import PACKS, load_pack, loads_pack
from escalation.instruments.model import Certainty, Fact, Form, FormKind, Pack, Reach, on

__all__ = ["PACKS", "Certainty", "Fact", "Form", "FormKind", "Pack", "Reach", "load_pack", "loads_pack", "on"]
