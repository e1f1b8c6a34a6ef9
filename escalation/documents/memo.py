"""The decision memo: the question, the figures against the thresholds, every guard, the alternatives, assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from escalation import __version__
from escalation.diagnostics import Diagnostic
from escalation.evaluation.records import ConditionReport, Explanation, Figure, GuardReport, MoveReport
from escalation.evaluation.sentences import Speaker
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import day

HEADINGS: dict[str, tuple[str, str]] = {
    "draft": ("DRAFT", "RANCANGAN"),
    "title": ("Decision memo", "Telaahan staf"),
    "question": ("Question", "Persoalan"),
    "assumptions": ("Assumptions", "Praanggapan"),
    "facts": ("Facts", "Fakta yang mempengaruhi"),
    "analysis": ("Analysis", "Analisis"),
    "conclusion": ("Conclusion", "Simpulan"),
    "proposal": ("Proposal", "Saran"),
    "figures": ("Figures", "Angka"),
    "findings": ("Findings on the data", "Temuan data"),
    "trace": ("What this draft was made from", "Asal rancangan ini"),
    "metric": ("Metric", "Ukuran"),
    "value": ("Value", "Nilai"),
    "observed": ("Observed", "Pengamatan"),
    "guard": ("Guard", "Syarat"),
    "verdict": ("Verdict", "Hasil"),
    "source": ("Source", "Sumber"),
    "move": ("Move", "Langkah"),
    "alternatives": ("Alternatives", "Pilihan lain"),
    "none": ("none", "tidak ada"),
    "number": ("Number", "Nomor"),
    "date": ("Date", "Tanggal"),
    "signature": ("Signature", "Tanda tangan"),
    "machine": (
        "Drafted by a machine for consideration; not a legal instrument and not a decision.",
        "Rancangan dihasilkan mesin untuk bahan pertimbangan; bukan produk hukum dan bukan keputusan.",
    ),
    "ask": (
        "Which regulatory step, if any, follows for {region} from the data of {week} (to {day})?",
        "Langkah pengaturan apa, bila ada, yang menyusul untuk {region} menurut data {week} (sampai {day})?",
    ),
    "stay": (
        "Staying at {stage} is always open; so is another decision, with its reasons on record.",
        "Bertahan pada {stage} selalu mungkin; demikian pula keputusan lain, dengan alasan yang dicatat.",
    ),
    "submit": (
        "To put this recommendation to the authority that decides, with the findings and assumptions above.",
        "Mengajukan rekomendasi ini kepada pejabat yang berwenang memutuskan, beserta temuan dan praanggapan di atas.",
    ),
    "wait": (
        "To obtain what is missing before anything is put to the authority that decides.",
        "Melengkapi data yang belum ada sebelum diajukan kepada pejabat yang berwenang memutuskan.",
    ),
    "keep": (
        "To leave the stage as it is and to evaluate again next week.",
        "Membiarkan tahap yang berlaku dan mengevaluasi kembali minggu depan.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A metric, its value, and the observations behind it."""

    metric: str
    value: str
    observed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRow:
    """A guard or a condition, indented by `depth`, with its verdict and source."""

    depth: int
    text: str
    verdict: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSection:
    """A move with its guards and its countdown."""

    name: str
    to: str
    countdown: str
    rows: tuple[GuardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSection:
    """What the memo says of one region."""

    region: str
    question: str
    in_force: str
    figures: tuple[FigureRow, ...]
    moves: tuple[MoveSection, ...]
    recommendation: str
    why: str
    stay: str
    proposal: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoContext:
    """All that the memo's templates see."""

    language: str
    heading: dict[str, str]
    policy: str
    sections: tuple[RegionSection, ...]
    simplifications: tuple[str, ...]
    findings: tuple[str, ...]
    trace: tuple[str, ...]
    decides: str


def render(
    policy: Policy,
    observations: Observations,
    explained: tuple[tuple[Explanation, tuple[Figure, ...]], ...],
    *,
    form: str,
    language: Language,
) -> str:
    """Write the memo as Markdown (`md`) or as one self-contained page (`html`)."""
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("escalation", "documents/templates"),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=None if form == "html" else _inert,
    )
    memo = context(policy, observations, explained, language)
    return environment.get_template(f"memo.{form}").render(memo=memo)


def _inert(value: object) -> object:
    """Make a text inert in Markdown and in the HTML that Markdown may hold."""
    if not isinstance(value, str):
        return value
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_[]#|!":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def context(
    policy: Policy,
    observations: Observations,
    explained: tuple[tuple[Explanation, tuple[Figure, ...]], ...],
    language: Language,
) -> MemoContext:
    """Gather what the memo says."""
    speaker = Speaker(policy, language)
    index = 1 if language is Language.INDONESIAN else 0
    heading = {key: texts[index] for key, texts in HEADINGS.items()}
    return MemoContext(
        language=language.value,
        heading=heading,
        policy=speaker.policy_title(),
        sections=tuple(_section(one, figures, speaker, heading) for one, figures in explained),
        simplifications=tuple(text.in_language(language) for text in policy.simplifications),
        findings=tuple(_finding(one) for one in observations.findings),
        trace=tuple(_trace(policy, observations, [one for one, _ in explained])),
        decides=speaker.say("decides"),
    )


def _finding(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.place}: {diagnostic.message}"


def _trace(policy: Policy, observations: Observations, explanations: list[Explanation]) -> Iterator[str]:
    yield f"policy {policy.name} {policy.version or ''} sha256 {policy.digest}"
    yield f"observations {observations.file} sha256 {observations.digest}"
    for week in dict.fromkeys(one.week for one in explanations):
        yield f"week {week}"
    if explanations and explanations[0].as_of is not None:
        yield f"as of {explanations[0].as_of.isoformat()}"
    yield f"escalation {__version__}"


def _section(
    explanation: Explanation, figures: tuple[Figure, ...], speaker: Speaker, heading: dict[str, str]
) -> RegionSection:
    word = explanation.recommendation.value
    proposal = {"undetermined": "wait", "hold": "keep"}.get(word, "submit")
    last = day(explanation.last_day, speaker.language)
    stage = speaker.stage(explanation.stage)
    return RegionSection(
        region=explanation.region,
        question=heading["ask"].format(region=explanation.region, week=explanation.week, day=last),
        in_force=speaker.in_force(explanation),
        figures=tuple(_figures(figures, speaker)),
        moves=tuple(_move(one, speaker) for one in explanation.moves),
        recommendation=speaker.recommendation(explanation),
        why=speaker.why(explanation),
        stay=heading["stay"].format(stage=stage),
        proposal=heading[proposal],
        assumptions=tuple(speaker.assumption(route) for route in explanation.assumptions),
    )


def _figures(figures: tuple[Figure, ...], speaker: Speaker) -> Iterator[FigureRow]:
    for figure in figures:
        said = [*speaker.lacks(figure.lacks)]
        for one in figure.evidence:
            if one.metric == figure.metric:
                said += [speaker.carried(one)] if one.carried_from else []
                said += [speaker.say("evidence.as-of", day=day(one.as_of, speaker.language))] if one.as_of else []
                said += [one.source] if one.source else []
        yield FigureRow(metric=speaker.metric(figure.metric), value=speaker.figure(figure), observed="; ".join(said))


def _move(move: MoveReport, speaker: Speaker) -> MoveSection:
    rows = tuple(row for guard in move.guards for row in _guard(guard, speaker, 0))
    return MoveSection(name=move.name, to=speaker.stage(move.to), countdown=speaker.countdown(move), rows=rows)


def _guard(guard: GuardReport, speaker: Speaker, depth: int) -> Iterator[GuardRow]:
    source = speaker.sources(guard.sources) if guard.sources else ""
    yield GuardRow(depth=depth, text=speaker.guard(guard), verdict=speaker.verdict(guard), source=source)
    if guard.condition is not None:
        yield from _conditions(guard.condition, speaker, depth + 1)
    for trigger in guard.below:
        yield from _guard(trigger, speaker, depth + 1)


def _conditions(report: ConditionReport, speaker: Speaker, depth: int) -> Iterator[GuardRow]:
    source = speaker.sources(report.sources) if report.kind == "comparison" else ""
    parameter = speaker.policy.parameters.get(report.parameter or "")
    if parameter is not None and parameter.note is not None:
        source += f" ({parameter.note.in_language(speaker.language)})"
    yield GuardRow(depth=depth, text=speaker.condition(report), verdict=speaker.verdict(report), source=source)
    for part in report.parts:
        yield from _conditions(part, speaker, depth + 1)
