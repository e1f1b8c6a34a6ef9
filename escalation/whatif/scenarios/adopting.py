"""What people do in a scenario: how long an act takes from recommendation to effect, and how people respond to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.errors import RequestError
from escalation.policy.values import ASSUMPTION

if TYPE_CHECKING:
    from escalation.instruments.model import LeadTime
    from escalation.policy.model import Policy

CALENDAR_DAYS, WORKING_DAYS = 7, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """An assumption: while one of some stages is in force, a metric grows by `percent` more in each week."""

    stages: tuple[str, ...]
    metric: str
    percent: float
    sources: tuple[str, ...] = (ASSUMPTION,)


def lead_weeks(policy: Policy) -> Mapping[str, int]:
    """Give for each move the weeks, rounded up, that its act usually takes from recommendation to effect.

    A move that escalates takes the time of the form of the stage entered. One that relaxes takes that of the form of
    the stage left, because an act is undone by one of its kind; of several stages left the longest. A stage without a
    legal form takes no time. Raise RequestError where the policy names no pack, or the pack does not say.
    """
    from escalation.instruments import PACKS  # noqa: PLC0415 - slow to load, and few scenarios ask

    if policy.instruments not in PACKS:
        raise RequestError(
            "the policy names no pack of legal forms, so their lead times are not known",
            help="write `instruments:` in the policy, or a number of weeks as the lag",
            indonesian=(
                "kebijakan ini tidak menyebut paket bentuk hukum, sehingga lama penyusunannya tidak diketahui",
                "tulis `instruments:` dalam kebijakan, atau jumlah minggu sebagai jeda",
            ),
        )
    weeks: dict[str, int] = {}
    for move in policy.moves:
        escalates_from = [one for one in policy.origins(move) if policy.ranks[one] < policy.ranks[move.to]]
        acts = [one for one in policy.origins(move) if one not in escalates_from]
        acts += [move.to] if escalates_from else []
        weeks[move.name] = max((_weeks(policy, stage) for stage in acts), default=0)
    return weeks


def _weeks(policy: Policy, stage: str) -> int:
    form = policy.stage(stage).instrument
    if form is None:
        return 0
    from escalation.instruments import load_pack  # noqa: PLC0415 - see above

    forms = load_pack(str(policy.instruments)).forms
    lead_time: LeadTime | None = forms[form].lead_time if form in forms else None
    if lead_time is None:
        raise RequestError(
            f"the pack of legal forms gives no lead time of `{form}`, the form of `{stage}`",
            help="write a number of weeks as the lag",
            indonesian=(
                f"paket bentuk hukum tidak menyebut lama penyusunan `{form}`, bentuk untuk `{stage}`",
                "tulis jumlah minggu sebagai jeda",
            ),
        )
    plan = lead_time.planning.value
    return -(-plan.usual // (WORKING_DAYS if plan.clock == "working" else CALENDAR_DAYS))
