"""What a diagram of the ladder shows, read off the machine: its rails, their labels, and the same in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.evaluation.catalogue import sentence
from escalation.evaluation.ladder import Exit, InForce, Judged, Ladder, LongEnough, NotLocked, Triggered
from escalation.policy.values import ASSUMPTION, Language
from escalation.policy.wording import day, metric_title, stage_title, title, trigger_title, weeks

if TYPE_CHECKING:
    from escalation.policy.model import Policy, Validity

LONGEST = 160
"""Characters of a title that a diagram shows; a longer one is cut."""

WORDS = {
    "ladder": ("Ladder: {title}", "Tangga: {title}"),
    "upwards": ("to a stricter stage", "ke tahap lebih ketat"),
    "downwards": ("to a milder stage", "ke tahap lebih longgar"),
    "stages": ("Stages from the mildest to the strictest: {stages}.", "Tahap dari yang paling longgar: {stages}."),
    "in-force": ("In force: {stage}.", "Berlaku: {stage}."),
    "move": ("From {origins} to {goal}: {label}.", "Dari {origins} ke {goal}: {label}."),
    "for": ("{weeks} in a row", "{weeks} berturut-turut"),
    "after": ("after {weeks} in the stage", "setelah {weeks} pada tahap ini"),
    "judged": ("judged yes: {title}", "dinilai ya: {title}"),
    "valid": ("in force {period}", "berlaku {period}"),
    "locked": ("locked {period}", "dikunci {period}"),
    "assumption": ("assumption", "asumsi"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rail:
    """A move of the ladder in one direction: the ranks of the stages it leads out of, and of the one it leads to."""

    move: str
    origins: tuple[int, ...]
    goal: int
    label: tuple[str, ...]

    @property
    def is_upward(self) -> bool:
        """Say whether it leads to a stricter stage."""
        return self.goal > self.origins[0]

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest stage that it touches."""
        return min(*self.origins, self.goal), max(*self.origins, self.goal)


def rails(ladder: Ladder, language: Language) -> Iterator[Rail]:
    """Read the moves off the machine, in the order of the file; one that leads up and down is given twice."""
    ranks = ladder.policy.ranks
    for name in ladder.machine.events:
        ways = [(str(one.source), str(one.dest)) for one in ladder.machine.get_transitions(name)]
        for upward in (True, False):
            chosen = [(origin, goal) for origin, goal in ways if (ranks[goal] > ranks[origin]) is upward]
            if chosen:
                exit_ = next(one for one in ladder.exits[chosen[0][0]] if one.move.name == name)
                yield Rail(
                    move=name,
                    origins=tuple(sorted(ranks[origin] for origin, _ in chosen)),
                    goal=ranks[chosen[0][1]],
                    label=tuple(_label(ladder.policy, exit_, language)),
                )


def _label(policy: Policy, exit_: Exit, language: Language) -> Iterator[str]:
    """Say what a move asks for, guard by guard, its trigger first."""
    move = exit_.move
    assumed = f" ({word('assumption', language)})"
    of_move = assumed if ASSUMPTION in (move.source or ()) else ""
    trigger = policy.triggers[move.trigger]
    held = [word("for", language, weeks=weeks(trigger.for_, language))] if trigger.for_ > 1 else []
    of_trigger = assumed if ASSUMPTION in (trigger.source or ()) else ""
    yield ", ".join([shortened(trigger_title(policy, move.trigger, language)), *held]) + of_trigger
    said = False
    for guard in exit_.guards:
        match guard:
            case LongEnough(weeks=count):
                said = True
                yield word("after", language, weeks=weeks(count, language)) + of_move
            case Judged(judgement=name):
                yield word("judged", language, title=shortened(metric_title(policy, name, language)))
            case InForce(valid=valid):
                yield word("valid", language, period=_period(valid, language))
            case NotLocked(lock=lock):
                yield word("locked", language, period=_period(lock, language))
            case Triggered():
                pass
            case _:
                raise TypeError(f"no label for the guard {guard!r}")
    if of_move and not said and not of_trigger:
        yield of_move.strip()


def _period(valid: Validity, language: Language) -> str:
    first = day(valid.from_, language) if valid.from_ is not None else ""
    last = day(valid.until, language) if valid.until is not None else ""
    key = "both" if first and last else "from" if first else "until" if last else "always"
    return sentence(f"period.{key}", language, first=first, last=last)


def word(key: str, language: Language, **filled: str) -> str:
    """Give a wording of diagrams in a language."""
    return WORDS[key][language is Language.INDONESIAN].format(**filled)


def shortened(text: str) -> str:
    r"""Cut a title that would burst the diagram, and put it on one line.

    >>> shortened("slow\n  gain"), len(shortened("x" * 500))
    ('slow gain', 160)
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def titles(ladder: Ladder, language: Language) -> tuple[str, ...]:
    """Give the titles of the stages, from the mildest to the strictest."""
    return tuple(shortened(stage_title(ladder.policy, stage.name, language)) for stage in ladder.policy.stages)


def heading(ladder: Ladder, language: Language) -> str:
    """Give the title of the diagram."""
    policy = ladder.policy
    return word("ladder", language, title=shortened(title(policy.title, policy.name, language)))


def described(ladder: Ladder, language: Language, in_force: str | None) -> str:
    """Say in sentences all that the diagram shows, for those who do not see it."""
    stages = titles(ladder, language)
    said = [word("stages", language, stages=", ".join(stages))]
    if in_force is not None:
        said.append(word("in-force", language, stage=stages[ladder.policy.ranks[in_force]]))
    for rail in rails(ladder, language):
        origins = ", ".join(stages[rank] for rank in rail.origins)
        said.append(word("move", language, origins=origins, goal=stages[rail.goal], label="; ".join(rail.label)))
    return " ".join(said)
