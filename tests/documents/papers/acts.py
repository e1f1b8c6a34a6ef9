"""Drafts for tests: the climb of the illustration, and a ladder of the pack that is the law of no place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from escalation.documents.layout.render import write
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.instruments.act import act_of
from escalation.documents.papers.instruments.contents import InstrumentContext
from escalation.documents.papers.instruments.instrument import instrument, instrument_context
from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.library import replay, step
from escalation.evaluation.trend import trends
from escalation.observations import Observations, read, tabulate
from escalation.observations.standings import read_standings
from escalation.periods import Week
from escalation.policy.load import load, loads
from escalation.policy.model import Policy

FOLDER = Path(__file__).resolve().parents[3] / "policies" / "bekasi-vaccination"

LADDER = """
language: 1
name: ladder
calendar: iso-week
jurisdiction: {name: Example District, short: Example, seat: Exampleville, within: Example Province}
instruments: PACK
sources:
  act: {title: Water Act, norm: {rank: RANK, year: 1990, number: 3, citation: "Water Act 1990"}}
  letter: {title: A letter, norm: {citation: "Letter of 1 May 2021"}}
metrics: {storage: {unit: percent, kind: level, title: Storage}}
triggers:
  dry: {title: Dry, when: {metric: storage, below: 40}, for: 2 weeks, missing: unknown, source: assumption}
stages:
  - {name: calm}
  - {name: asked, instrument: SOFT, draft: DRAFT}
  - {name: ordered, instrument: ORDER, parent_norm: act, draft: DRAFT}
  - {name: regulated, instrument: REGULATION, parent_norm: act, draft: DRAFT}
  - {name: enacted, instrument: BYLAW, draft: DRAFT}
moves:
  - {name: to-asked, from: calm, to: asked, trigger: dry}
  - {name: to-ordered, from: asked, to: ordered, trigger: dry}
  - {name: to-regulated, from: ordered, to: regulated, trigger: dry}
  - {name: to-enacted, from: regulated, to: enacted, trigger: dry}
"""
DRAFT = (
    "{source: assumption, subject: TEXT, purpose: to keep water, legal_basis: [act], follows_up: letter, "
    "grounds: {philosophical: {text: TEXT}, sociological: {text: reservoirs fall}, juridical: {text: the Act asks}}, "
    "addressees: [everyone], definitions: [{term: Lawn, meaning: grass}], "
    "measures: [{name: water, text: TEXT}, {text: 'Two things:', points: [TEXT, another], joined: or}], "
    "exemptions: [{text: the sick}], alternative_channel: [{text: by hand}], "
    "sanctions: {administrative: {breach_of: water, steps: [reprimand, fee]}, "
    "penalty: {breach_of: water, fine: {amount: 500000, currency: CURRENCY}}}, "
    "duration: {text: It lapses}, review: {text: The board reviews it}, elucidation: Wells fall, copies: [archive]}"
)
GENERIC = {
    "PACK": "generic",
    "RANK": "act",
    "SOFT": "notice",
    "ORDER": "order",
    "REGULATION": "regulation",
    "BYLAW": "by_law",
    "CURRENCY": "EUR",
}
CITY = {
    "PACK": "indonesia-city",
    "RANK": "undang_undang",
    "SOFT": "surat_edaran",
    "ORDER": "instruksi_wali_kota",
    "REGULATION": "perwal",
    "BYLAW": "perda",
    "CURRENCY": "IDR",
}
STAGES = ("asked", "ordered", "regulated", "enacted")


@cache
def climbed(figures_of: str = "illustration") -> tuple[Policy, Observations, tuple[Subject, ...]]:
    """Give the policy of Bekasi, an illustration, and what papers of each week are about."""
    policy = load(FOLDER)
    observations = read(FOLDER / f"observations-{figures_of}.csv", policy)
    record = read_standings(str(FOLDER / "standings.csv"), policy)
    subjects = tuple(
        Subject(
            explanation=explain(one.evaluation),
            figures=figures(one.evaluation),
            trends=trends(one.evaluation),
            stages=record["Kota Bekasi"],
        )
        for one in replay(policy, observations, record=record)
    )
    return policy, observations, subjects


def ladder(names: dict[str, str], *, text: str = "watering of lawns", draft: str = DRAFT) -> Policy:
    """Give the ladder in a pack, with a text where the drafts hold one."""
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    source = LADDER.replace("DRAFT", draft.replace("TEXT", quoted))
    for key, name in names.items():
        source = source.replace(key, name)
    return loads(source)


def asked(policy: Policy, stage: str, *, week: str = "2021-W31", region: str = "North") -> tuple[Observations, Subject]:
    """Evaluate a dry week of the ladder one stage below, so that the stage is recommended."""
    last = Week.parse(week, policy.calendar).number
    rows = [(region, last - 1, "storage", 38.75), (region, last, "storage", 37.5)]
    observations = tabulate(policy.calendar, rows)
    below = policy.stages[policy.ranks[stage] - 1].name
    evaluation = step(policy, observations, stage=below, since=str(Week(policy.calendar, last - 30)))
    return observations, Subject(explanation=explain(evaluation), figures=figures(evaluation), prepared_for=stage)


def written(policy: Policy, stage: str, form: str = "md", *, week: str = "2021-W31") -> str:
    """Write the draft of a stage of the ladder."""
    observations, subject = asked(policy, stage, week=week)
    paper = instrument(policy, observations, subject)
    assert paper is not None
    return write(paper, form).decode()


def seen(policy: Policy, stage: str, *, week: str = "2021-W31") -> InstrumentContext:
    """Give what the template of a stage's draft sees."""
    observations, subject = asked(policy, stage, week=week)
    act = act_of(policy, subject)
    assert act is not None
    return instrument_context(act, observations)
