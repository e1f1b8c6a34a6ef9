"""What an answer over the weeks on record, or over those to come, rests on: said in the same words by all commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from escalation.documents.report.origin import assumed_told, each_method_told
from escalation.documents.report.verbs import Headed
from escalation.evaluation.sentences import Speaker
from escalation.periods import Week
from escalation.policy.wording import number, phrase, title
from escalation.reports.basis import Basis, basis_record, provenance
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.scenarios.labels import Labels

WORDS = {
    "on-record": (
        "The weeks on record, {first} to {last}; regions: {regions}",
        "Minggu yang tercatat, {first} sampai {last}; wilayah: {regions}",
    ),
    "to-come": (
        "The next {weeks} weeks, {first} to {last}; regions: {regions}; {draws} draws, seed {seed}",
        "{weeks} minggu ke depan, {first} sampai {last}; wilayah: {regions}; {draws} undian, benih {seed}",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The data, the weeks from the first to the last that is evaluated, and what is supposed and drawn.

    Without draws the weeks are those on record. `methods` say by metric where figures to come are from, `assumed` what
    is judged of them; `labels` say what is supposed throughout, of the policy, of the data and of what people do.
    `retraced` says what agrees with the reference engine.
    """

    basis: Basis
    regions: tuple[str, ...]
    first: Week
    last: Week
    draws: Draws | None
    methods: Mapping[str, tuple[str, str]]
    assumed: Mapping[str, float]
    labels: Labels
    retraced: str

    @property
    def weeks(self) -> int:
        """How many weeks there are."""
        return self.last.number - self.first.number + 1


def weeks_of(ground: Ground, speaker: Speaker) -> str:
    """Say which weeks of how many regions are looked at, and what is drawn."""
    language = speaker.language
    span = {"first": ground.first, "last": ground.last, "regions": number(len(ground.regions), language)}
    if ground.draws is None:
        return phrase(WORDS, "on-record", language, **span)
    drawn = {"draws": number(ground.draws.count, language), "seed": ground.draws.seed}
    return phrase(WORDS, "to-come", language, **span, **drawn, weeks=ground.weeks)


def supposed(ground: Ground, speaker: Speaker) -> Iterator[str]:
    """Say where figures to come are from, and what is supposed."""
    language = speaker.language
    yield from each_method_told(ground.methods)
    yield from assumed_told(ground.assumed, language)
    yield from (one.in_language(language) for one in ground.labels)


def headed(ground: Ground, speaker: Speaker, *, titled: tuple[str, str], labels: tuple[str, ...]) -> Headed:
    """Give what a report begins with: its title in both languages, with the name of the policy, and sentences."""
    policy, language = speaker.policy, speaker.language
    return Headed(
        title=phrase({"title": titled}, "title", language, policy=title(policy.title, policy.name, language)),
        language=language,
        labels=labels,
        provenance=provenance(
            ground.basis,
            speaker,
            supposed=tuple(one.in_language(language) for one in ground.labels.supposed),
            horizon=None if ground.draws is None else ground.weeks,
            draws=None if ground.draws is None else ground.draws.count,
            seed=None if ground.draws is None else ground.draws.seed,
            methods=tuple(f"{metric}: {basis}; {held}" for metric, (basis, held) in ground.methods.items()),
            retraced=ground.retraced,
        ),
    )


def ground_record(ground: Ground, speaker: Speaker) -> dict[str, object]:
    """Give all of it to machines."""
    return frame_record(
        ground.basis,
        speaker,
        regions=ground.regions,
        horizon=(ground.first, ground.weeks),
        draws=ground.draws,
        methods=ground.methods,
        assumed=ground.assumed,
        supposed=(one.in_language(speaker.language) for one in ground.labels),
        retraced=ground.retraced,
    )


def frame_record(
    basis: Basis,
    speaker: Speaker,
    *,
    regions: Iterable[str],
    horizon: tuple[Week, int] | None,
    draws: Draws | None = None,
    methods: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    assumed: Mapping[str, float] = MappingProxyType({}),
    supposed: Iterable[str],
    retraced: str,
) -> dict[str, object]:
    """Give what every answer rests on, by the same keys in all commands.

    The horizon is the first week that is evaluated and how many there are, to come or on record; none where each region
    has its own. Without draws nothing was drawn.
    """
    return {
        **basis_record(basis, speaker),
        "regions": list(regions),
        "horizon": None if horizon is None else horizon_record(*horizon),
        "draws": None if draws is None else draws.count,
        "seed": None if draws is None else draws.seed,
        "methods": methods_record(methods),
        "assumed": {name: bool(value) for name, value in assumed.items()},
        "supposed": list(supposed),
        "retraced": retraced,
    }


def horizon_record(first: Week, weeks: int) -> dict[str, object]:
    """Give the first week and how many there are."""
    return {"first": str(first), "weeks": weeks}


def methods_record(methods: Mapping[str, tuple[str, str]]) -> dict[str, object]:
    """Give by metric where figures to come are from, and how well such forecasts have held."""
    return {name: {"basis": basis, "past_coverage": held} for name, (basis, held) in methods.items()}
