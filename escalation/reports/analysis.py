"""What an analysis has found, for people in English and Indonesian and for machines."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields

from escalation.checks.exact import Analysis, Claim, Proof, Witness
from escalation.checks.exact.paste import pasted
from escalation.evaluation.ladder import Ladder
from escalation.periods import week_text
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import phrase
from escalation.reports.json_text import json_text

WORDS = {
    "stages": ("Stages", "Tahap"),
    "moves": ("Moves", "Langkah"),
    "conflicts": ("Where the order of the moves decides", "Tempat urutan langkah yang menentukan"),
    "flap": ("The shortest way there and back", "Jalan pulang pergi yang terpendek"),
    "steady": ("Back and forth on the same figures", "Bolak-balik pada angka yang sama"),
    "invariants": ("Invariants", "Invarian"),
    "notes": ("Not proved", "Belum terbukti"),
    "examples": ("Examples, as cases", "Contoh, sebagai kasus"),
    "earliest": ("earliest week {weeks}", "paling cepat minggu {weeks}"),
    "latest": (
        "under steady pressure week {weeks} at the latest",
        "di bawah tekanan terus-menerus paling lambat minggu {weeks}",
    ),
    "first": ("in force from the start", "berlaku sejak awal"),
    "never": ("never", "tidak akan"),
    "shadowed": ("never wins: {by} comes first", "tidak pernah menang: {by} didahulukan"),
    "not-proved": ("not proved", "belum terbukti"),
    "proved": ("proved", "terbukti"),
    "refuted": ("broken", "dilanggar"),
    "free": ("if the computed metrics can move so", "jika ukuran hitungan dapat bergerak demikian"),
    "both": ("{first} before {second}, in {stage}", "{first} sebelum {second}, pada {stage}"),
    "way": ("{way}: {weeks} weeks from change to change", "{way}: {weeks} minggu dari perubahan ke perubahan"),
    "way-one": ("{way}: 1 week from change to change", "{way}: 1 minggu dari perubahan ke perubahan"),
    "invariant-never": ("never from {from_} to {to}", "tidak pernah dari {from_} ke {to}"),
    "invariant-earliest": ("{stage} not before week {weeks}", "{stage} tidak sebelum minggu {weeks}"),
    "counted": (
        "Weeks are counted from the one in which the first stage takes effect; the data may have begun before.",
        "Minggu dihitung sejak tahap pertama berlaku; data boleh mulai lebih awal.",
    ),
}  # fmt: skip


def text(policy: Policy, found: Analysis, *, language: Language) -> str:
    """Print an analysis, with an example for each answer that is negative or surprising."""
    return "\n".join(_Text(policy, found, language).lines()) + "\n"


class _Text:
    def __init__(self, policy: Policy, found: Analysis, language: Language) -> None:
        self.ladder = Ladder(policy)
        self.policy = policy
        self.found = found
        self.language = language

    def say(self, key: str, **filled: object) -> str:
        return phrase(WORDS, key, self.language, **filled)

    def lines(self) -> Iterator[str]:
        yield f"{self.policy.name}: {self.say('counted')}"
        for key, lines in (
            ("notes", list(self.found.notes)),
            ("stages", [*self.stages()]),
            ("moves", [*self.moves()]),
            ("conflicts", [*self.conflicts()]),
            ("steady", [*self.way(steady=True)]),
            ("flap", [*self.way(steady=False)]),
            ("invariants", [*self.invariants()]),
        ):
            if lines:
                yield f"\n{self.say(key)}"
                yield from (f"  {line}" for line in lines)
        examples = [case for name, witness in self.examples() if (case := pasted(self.ladder, witness, name))]
        if examples:
            yield f"\n{self.say('examples')}"
            yield from (f"  {line}" for example in examples for line in example.splitlines())

    def stages(self) -> Iterator[str]:
        width = max(len(one.stage) for one in self.found.stages)
        for rank, one in enumerate(self.found.stages):
            parts = [self.say("first")] if not rank else [self._claimed(one.claim, one.earliest)]
            if rank and one.latest is not None:
                parts.append(self.say("latest", weeks=one.latest))
            yield f"{one.stage:<{width}}  {'; '.join(parts)}"

    def moves(self) -> Iterator[str]:
        width = max((len(one.move) for one in self.found.moves), default=0)
        for one in self.found.moves:
            by = ", ".join(one.by)
            said = (
                self.say("shadowed", by=by) if one.claim is Claim.SHADOWED else self._claimed(one.claim, one.earliest)
            )
            yield f"{one.move:<{width}}  {said}" + (f": {one.why}" if one.why else "")

    def _claimed(self, claim: Claim, earliest: int | None) -> str:
        if claim in (Claim.POSSIBLE, Claim.IF_FREE):
            free = f" ({self.say('free')})" if claim is Claim.IF_FREE else ""
            return self.say("earliest", weeks=earliest) + free
        return self.say(claim.value)

    def conflicts(self) -> Iterator[str]:
        for one in self.found.conflicts:
            yield self.say("both", first=one.first, second=one.second, stage=one.stage)

    def way(self, *, steady: bool) -> Iterator[str]:
        flap = self.found.steady if steady else self.found.flap
        if flap is not None:
            key = "way-one" if flap.weeks == 1 else "way"
            yield self.say(key, way=" > ".join(flap.stages), weeks=flap.weeks)

    def invariants(self) -> Iterator[str]:
        for proof in self.found.invariants:
            yield f"{self.invariant(proof)}: {self.say(proof.claim.value)}" + (f", {proof.why}" if proof.why else "")

    def invariant(self, proof: Proof) -> str:
        one = self.policy.invariants[proof.index]
        if one.never is not None:
            return self.say("invariant-never", from_=one.never.from_, to=one.never.to)
        earliest = one.earliest
        return self.say("invariant-earliest", stage=earliest.stage, weeks=earliest.weeks) if earliest else ""

    def examples(self) -> Iterator[tuple[str, Witness]]:
        """Give the examples worth a look, each with what it shows: first the quickest way to each stage."""
        found = self.found
        named = [
            *((f"{one.stage} in week {one.earliest}", one.witness) for one in found.stages),
            *((f"{one.move} never wins", one.witness) for one in found.moves if one.claim is Claim.SHADOWED),
            *((f"{one.first} and {one.second} are met at once", one.witness) for one in found.conflicts),
            *((f"from {' to '.join(one.stages)}", one.witness) for one in (found.steady,) if one is not None),
            *((f"invariant {one.index + 1} is broken", one.witness) for one in found.invariants),
        ]
        yield from ((name, witness) for name, witness in named if witness is not None)


def as_json(policy: Policy, found: Analysis) -> str:
    """Give an analysis as JSON."""
    ladder = Ladder(policy)

    def record(answer: object) -> dict[str, object]:
        names = [one.name for one in fields(answer) if one.name not in {"witness", "steady"}]  # type: ignore[arg-type]
        return {
            **{name: getattr(answer, name) for name in names},
            "witness": _example(ladder, getattr(answer, "witness", None)),
        }

    answer = {
        "policy": policy.name,
        "complete": found.is_complete,
        "notes": found.notes,
        "gaps": found.gaps,
        "stages": [record(one) for one in found.stages],
        "moves": [record(one) for one in found.moves],
        "conflicts": [record(one) for one in found.conflicts],
        "flap": record(found.flap) if found.flap is not None else None,
        "steady": record(found.steady) if found.steady is not None else None,
        "invariants": [record(one) for one in found.invariants],
    }
    return json_text(answer)


def _example(ladder: Ladder, witness: Witness | None) -> dict[str, object] | None:
    if witness is None:
        return None
    calendar = ladder.policy.calendar
    return {
        "stage": witness.stage,
        "since": week_text(calendar, witness.since),
        "start": week_text(calendar, witness.start),
        "series": {
            name: ["unusable" if value is not None and math.isnan(value) else value for value in values]
            for name, values in witness.series.items()
        },
        "derived": witness.derived,
        "decisions": witness.decisions,
        "expect": witness.expected,
        "case": pasted(ladder, witness, "example"),
    }
