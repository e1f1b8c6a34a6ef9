"""A scenario: a policy with amendments, data with edits, what people do, and how they respond."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from escalation.diagnostics import Place
from escalation.errors import RequestError
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.policy.amend import Amendment, amend
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import phrase
from escalation.whatif.scenarios import labels
from escalation.whatif.scenarios.adopting import Lift, lead_weeks
from escalation.whatif.scenarios.edits import Alters, Edit, Effect, edited
from escalation.whatif.scenarios.labels import Labels

if TYPE_CHECKING:
    from escalation.observations import Observations
    from escalation.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One "what if", as it is asked: `horizon` is in weeks, none for the weeks of the data.

    With `is_by_lead_time` each move takes effect after the lead time of its legal form; `place` is that of its name.
    """

    name: str
    title: BothLanguages | None = None
    note: BothLanguages | None = None
    horizon: int | None = None
    amendments: tuple[Amendment, ...] = ()
    edits: tuple[Edit, ...] = ()
    adoption: Adoption = FOLLOW
    is_by_lead_time: bool = False
    response: tuple[Lift, ...] = ()
    place: Place | None = field(default=None, compare=False)


BASELINE = Scenario(name="baseline")
"""Everything as it is, and every recommendation followed at once."""
NAME = "scenario"
"""The name of what options make."""
UNNAMED = (BASELINE.name, NAME)
"""Names that say nothing where a scenario stands alone."""
SAID = {
    BASELINE.name: (BASELINE.name, "acuan"),
    NAME: (NAME, "skenario"),
    "alternative": ("alternative", "pilihan"),
    "future": ("future", "masa depan"),
}


def called(name: str, language: Language) -> str:
    """Give the name of a scenario for people; one that nobody has given is a word of their language."""
    return phrase(SAID, name, language) if name in SAID else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A scenario carried out on a policy and its data.

    `labels` are the sentences that every result must carry, and `changes` those of them that tell what of the policy
    and of its data is changed. With `is_as_known` some figures are late: each week must be
    evaluated on what was known by then, or the delay would have no effect; `replaying.replay` does so.
    """

    scenario: Scenario
    policy: Policy
    observations: Observations
    adoption: Adoption
    response: tuple[Lift, ...]
    horizon: int | None
    effects: tuple[Effect, ...]
    labels: Labels
    changes: tuple[BothLanguages, ...]
    is_as_known: bool


def applied(scenario: Scenario, policy: Policy, observations: Observations) -> Applied:
    """Carry a scenario out on a policy and its data; neither is changed.

    With a horizon it is about the weeks to come, and the edits of these are left to them: none is put on record.

    Raise RequestError where the scenario does not fit the policy, Refused where a file names regions that the data do
    not name.
    """
    made = amend(policy, scenario.amendments)
    is_ahead = scenario.horizon is not None and bool(observations.weeks)
    until = max(end for _, end in observations.weeks.values()) if is_ahead else None
    data, effects = edited(observations, made, scenario.edits, until=until)
    adoption = replace(scenario.adoption, lags=lead_weeks(made)) if scenario.is_by_lead_time else scenario.adoption
    changes = (*(labels.amendment(policy, one) for one in scenario.amendments), *labels.edits(policy, effects))
    return Applied(
        scenario=scenario,
        policy=made,
        observations=data,
        adoption=adoption,
        response=scenario.response,
        horizon=scenario.horizon,
        effects=effects,
        labels=Labels(
            horizon=labels.horizon(scenario.horizon),
            supposed=(
                *changes,
                labels.adoption(adoption, is_ahead=scenario.horizon is not None),
                *labels.response(scenario.response),
            ),
        ),
        changes=changes,
        is_as_known=any(edit.alters is Alters.LATE for edit in scenario.edits),
    )


def refuse_chance(made: Applied) -> None:
    """Raise RequestError for a scenario in which chance decides whether people follow."""
    if made.adoption.probability < 1:
        raise RequestError(
            "over the weeks on record nothing is drawn, and here chance decides whether people follow",
            help="leave `probability` out of what people do",
            indonesian=(
                "minggu yang tercatat tidak diundi, padahal di sini rekomendasi diikuti menurut peluang",
                "hilangkan `probability` dari apa yang dilakukan orang",
            ),
        )


def refuse_on_record(made: Applied) -> None:
    """Raise RequestError for a scenario that is not replayed over the weeks on record all at once."""
    refuse_chance(made)
    if made.is_as_known:
        raise RequestError(
            "figures that are late matter only where each week is evaluated on what was known by its end",
            help="ask `replay`, or leave weeks out with `missing`",
            indonesian=(
                "angka yang terlambat hanya berpengaruh bila tiap minggu dievaluasi menurut yang diketahui saat itu",
                "gunakan `replay`, atau hilangkan minggu dengan `missing`",
            ),
        )
    if made.response:
        raise RequestError(
            "how people respond is not worked out here over the weeks on record",
            help="ask about weeks to come, ask `replay`, or leave `response` out of the scenario",
            indonesian=(
                "tanggapan orang tidak dihitung di sini untuk minggu yang tercatat",
                "tanyakan minggu mendatang, gunakan `replay`, atau hilangkan `response` dari skenario",
            ),
        )
