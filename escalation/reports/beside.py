"""What is said of a scenario whose result stands beside that of the policy and the data as they are."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.documents.report.origin import Origin, apart
from escalation.evaluation.replay import FOLLOW
from escalation.evaluation.sentences import Speaker
from escalation.observations import Observations
from escalation.policy.values import Language
from escalation.policy.wording import phrase
from escalation.whatif.scenarios import labels
from escalation.whatif.scenarios.scenario import UNNAMED, Applied

WORDS = {"supposed": ("What is supposed", "Yang diandaikan")}


def as_it_is(language: Language) -> tuple[str, ...]:
    """Say what is supposed without a scenario."""
    return tuple(one.in_language(language) for one in (labels.adoption(FOLLOW), *labels.response(())))


def supposed(made: Applied, observations: Observations, speaker: Speaker) -> Iterator[str]:
    """Name a scenario by the digests of its policy and data, and say all that is supposed in it.

    The observations and the policy of the speaker are those beside which it stands.
    """
    language, scenario = speaker.language, made.scenario
    name = [] if scenario.name in UNNAMED else [scenario.name]
    title = [] if scenario.title is None else [scenario.title.in_language(language)]
    ours, theirs = (
        Origin(policy=policy.digest, data=data.digest)
        for policy, data in ((made.policy, made.observations), (speaker.policy, observations))
    )
    named = "; ".join([*name, *title, *apart(ours, theirs, language)])
    yield f"{phrase(WORDS, 'supposed', language)}: {named}".removesuffix(": ")
    if scenario.note is not None:
        yield scenario.note.in_language(language)
    yield from (one.in_language(language) for one in made.labels.supposed)
