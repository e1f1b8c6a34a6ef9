"""How strong the cases of a policy are: what they do not cover, and the mutants that they do not notice."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escalation.cases.coverage import Coverage
from escalation.cases.goals import Goal, Show
from escalation.cases.mutate import UNWRITTEN, Fate, Judged, score
from escalation.diagnostics import visible
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import phrase

_SAID: dict[str, tuple[str, str]] = {
    "goal.fired": (
        "the move `{move}` out of `{stage}` is never recommended",
        "langkah `{move}` dari `{stage}` tidak pernah direkomendasikan",
    ),
    "goal.blocked": (
        "the move `{move}` out of `{stage}` is never blocked by `{subject}` alone",
        "langkah `{move}` dari `{stage}` tidak pernah tertahan oleh `{subject}` saja",
    ),
    "goal.open": (
        "the move `{move}` out of `{stage}` is never open because of `{subject}` alone",
        "langkah `{move}` dari `{stage}` tidak pernah belum pasti karena `{subject}` saja",
    ),
    "goal.unknown": ("the trigger `{subject}` is never unknown", "pemicu `{subject}` tidak pernah tidak diketahui"),
    "goal.below": (
        "`{subject}` is never just below {threshold}",
        "`{subject}` tidak pernah tepat di bawah {threshold}",
    ),
    "goal.exactly": ("`{subject}` is never exactly {threshold}", "`{subject}` tidak pernah persis {threshold}"),
    "goal.above": ("`{subject}` is never just above {threshold}", "`{subject}` tidak pernah tepat di atas {threshold}"),
    "goal.stage": ("the stage `{stage}` is never in force", "tahap `{stage}` tidak pernah berlaku"),
    "coverage": (
        "{file}: coverage {percent} %: {reached} of {all} goals reached",
        "{file}: cakupan {percent} %: {reached} dari {all} sasaran tercapai",
    ),
    "mutation": (
        "{file}: mutation score {percent} %: {killed} of {all} mutants killed, {equivalent} more mean the same",
        "{file}: skor mutasi {percent} %: {killed} dari {all} mutan terdeteksi, {equivalent} lagi bermakna sama",
    ),
    "undecided": (
        "{file}: {count} of the mutants not killed are not proved to differ in meaning, nor to mean the same",
        "{file}: {count} mutan yang tidak terdeteksi tidak terbukti berbeda makna, juga tidak terbukti sama",
    ),
    "survived": ("no case notices: {change}", "tidak ada kasus yang mendeteksi: {change}"),
    "survived.unwritten": (
        "no case notices ({reason}): {change}",
        "tidak ada kasus yang mendeteksi ({reason}): {change}",
    ),
    "survived.undecided": (
        "no case notices, and it may mean the same ({reason}): {change}",
        "tidak ada kasus yang mendeteksi, dan maknanya mungkin sama ({reason}): {change}",
    ),
    "unwritten": (UNWRITTEN, "angka menunjukkan beda yang tidak dapat diperiksa kasus mana pun"),
    "killer": ("This case would notice it:", "Kasus ini akan mendeteksinya:"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What was found of one policy; none of what was not asked for."""

    policy: Policy
    coverage: Coverage | None = None
    judged: tuple[Judged, ...] | None = None

    @property
    def weakest(self) -> float:
        """The lower of coverage and mutation score, in percent."""
        found = [self.coverage.percent] if self.coverage is not None else []
        return min([*found, *([score(self.judged)] if self.judged is not None else []), 100.0])


def strength_text(strength: Strength, *, language: Language) -> str:
    """Print what is not covered and what is not noticed, each with its place, then the shares."""
    lines: list[str] = []
    if strength.coverage is not None:
        lines += _coverage(strength.policy, strength.coverage, language)
    if strength.judged is not None:
        lines += _mutation(strength.policy, strength.judged, language)
    return "\n".join(lines) + "\n"


def percent(value: float) -> str:
    """Print a share so that only a whole one is 100."""
    return "100" if value == 100 else f"{min(value, 99.9):.1f}"  # noqa: PLR2004 - percent


def _coverage(policy: Policy, coverage: Coverage, language: Language) -> Iterator[str]:
    yield from (f"{policy.source.place(goal.route)}: {goal_said(goal, language)}" for goal in coverage.missed)
    count, missed = len(coverage.goals), len(coverage.missed)
    yield phrase(
        _SAID,
        "coverage", language, file=visible(policy.source.file), percent=percent(coverage.percent),
        reached=str(count - missed), all=str(count),
    )  # fmt: skip


def goal_said(goal: Goal, language: Language) -> str:
    """Say which goal is not reached."""
    threshold = goal.threshold if isinstance(goal.threshold, str) else f"{goal.threshold:.15g}"
    key = f"goal.{Show(goal.show).value}"
    return phrase(_SAID, key, language, move=goal.move, stage=goal.stage, subject=goal.subject, threshold=threshold)


def _mutation(policy: Policy, judged: Sequence[Judged], language: Language) -> Iterator[str]:
    for one in judged:
        if one.fate in (Fate.SURVIVED, Fate.UNDECIDED):
            survived = "survived.unwritten" if one.reason else "survived"
            key = survived if one.fate is Fate.SURVIVED else "survived.undecided"
            place = policy.source.place(one.mutant.route)
            reason = phrase(_SAID, "unwritten", language) if one.reason == UNWRITTEN else one.reason
            yield f"{place}: {phrase(_SAID, key, language, change=one.mutant.said(language), reason=reason)}"
            if one.killer:
                yield f"  {phrase(_SAID, 'killer', language)}"
                yield textwrap.indent(one.killer.rstrip(), "    ")
    fates = [one.fate for one in judged]
    equivalent, undecided = fates.count(Fate.EQUIVALENT), fates.count(Fate.UNDECIDED)
    if undecided:
        yield phrase(_SAID, "undecided", language, file=visible(policy.source.file), count=str(undecided))
    yield phrase(
        _SAID,
        "mutation", language, file=visible(policy.source.file), percent=percent(score(judged)),
        killed=str(fates.count(Fate.KILLED)), all=str(len(fates) - equivalent), equivalent=str(equivalent),
    )  # fmt: skip


def strength_record(strength: Strength) -> dict[str, object]:
    """Give what was found for JSON."""
    policy = strength.policy
    found: dict[str, object] = {"policy": policy.source.file}
    if strength.coverage is not None:
        found["coverage"] = {
            "percent": strength.coverage.percent,
            "goals": len(strength.coverage.goals),
            "missed": [
                {"place": str(policy.source.place(goal.route)), "goal": goal.show.value, "stage": goal.stage}
                | {"move": goal.move, "subject": goal.subject, "threshold": goal.threshold}
                | {"sentence": goal_said(goal, Language.ENGLISH)}
                for goal in strength.coverage.missed
            ],
        }
    if strength.judged is not None:
        found["mutation"] = {
            "percent": score(strength.judged),
            "mutants": [
                {"place": str(policy.source.place(one.mutant.route)), "change": one.mutant.change}
                | {"fate": one.fate.value, "killer": one.killer, "reason": one.reason}
                for one in strength.judged
            ],
        }
    return found
