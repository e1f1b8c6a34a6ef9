"""The decision memo: the question, the figures against the thresholds, every guard, the alternatives, assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from escalation import __version__
from escalation.evaluation.records import ConditionReport, Explanation, Figure, GuardReport
from escalation.evaluation.sentences import Speaker
from escalation.observations import Observations
from escalation.observations.telling import all_told
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import day

HEADINGS: dict[str, tuple[str, str]] = {
    "draft": ("DRAFT", "RANCANGAN"),
    "title": ("Decision memo", "Telaahan staf"),
    "question": ("Question", "Persoalan"),
    "assumptions": ("Assumptions", "Praanggapan"),
    "facts": ("Facts", "Fakta yang memengaruhi"),
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
    "region": ("Region", "Wilayah"),
    "week": ("Week", "Minggu"),
    "stage": ("In force", "Berlaku"),
    "remarks": ("Remarks", "Keterangan"),
    "above": ("its parts stand above", "rinciannya di atas"),
    "left-out": ("What the policy file leaves out or assumes", "Yang disederhanakan atau diasumsikan berkas kebijakan"),
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


MADE_WITH: dict[str, tuple[str, str]] = {
    "policy": ("policy", "kebijakan"),
    "observations": ("observations", "data"),
    "evaluated": ("week", "minggu"),
    "as_of": ("as of", "menurut data per"),
    "standings": ("standings", "catatan tahap"),
    "map": ("mapping", "pemetaan"),
    "regions": ("regions", "berkas wilayah"),
    "stage": ("stage given", "tahap yang dinyatakan"),
    "since": ("in force since", "berlaku sejak"),
    "table": ("table", "tabel"),
    "query": ("query", "kueri"),
    "numbers": ("numbers written as", "penulisan angka"),
    "week": ("week asked for", "minggu yang diminta"),
    "region": ("region asked for", "wilayah yang diminta"),
}
"""What a memo may have been made from, as its last part names it."""


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
    week: str
    question: str
    stage: str
    in_force: str
    figures: tuple[FigureRow, ...]
    moves: tuple[MoveSection, ...]
    recommendation: str
    remarks: str
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
    findings: tuple[tuple[str, ...], ...]
    trace: tuple[str, ...]
    decides: str


def render(
    policy: Policy,
    observations: Observations,
    explained: tuple[tuple[Explanation, tuple[Figure, ...]], ...],
    *,
    form: str,
    language: Language,
    assumed: frozenset[str] = frozenset(),
    made_with: tuple[tuple[str, str], ...] = (),
) -> str:
    """Write the memo as Markdown (`md`) or as one self-contained page (`html`).

    `assumed` names the regions whose stage in force was not given, `made_with` what else it rests on (`MADE_WITH`).
    """
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("escalation", "documents/templates"),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=None if form == "html" else _inert,
    )
    memo = context(policy, observations, explained, language, assumed=assumed, made_with=made_with)
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
    *,
    assumed: frozenset[str] = frozenset(),
    made_with: tuple[tuple[str, str], ...] = (),
) -> MemoContext:
    """Gather what the memo says."""
    speaker = Speaker(policy, language)
    index = 1 if language is Language.INDONESIAN else 0
    made_from = (*_trace(policy, observations, [one for one, _ in explained]), *made_with)
    heading = {key: texts[index] for key, texts in HEADINGS.items()}
    return MemoContext(
        language=language.value,
        heading=heading,
        policy=speaker.policy_title(),
        sections=tuple(
            _section(one, figures, speaker.on(one.last_day), heading, is_assumed=one.region in assumed)
            for one, figures in explained
        ),
        simplifications=tuple(text.in_language(language) for text in policy.simplifications),
        findings=tuple(all_told(observations.findings, language)),
        trace=(*(f"{MADE_WITH[key][index]} {text}" for key, text in made_from), f"escalation {__version__}"),
        decides=speaker.say("decides"),
    )


def _begun(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def _trace(policy: Policy, observations: Observations, explanations: list[Explanation]) -> Iterator[tuple[str, str]]:
    version = f" {policy.version}" if policy.version else ""
    yield "policy", f"{policy.name}{version} ({policy.source.file}) sha256 {policy.digest}"
    yield "observations", f"{observations.file} sha256 {observations.digest}"
    for week in dict.fromkeys(one.week for one in explanations):
        yield "evaluated", week
    if explanations and explanations[0].as_of is not None:
        yield "as_of", explanations[0].as_of.isoformat()


def _section(
    explanation: Explanation,
    figures: tuple[Figure, ...],
    speaker: Speaker,
    heading: dict[str, str],
    *,
    is_assumed: bool,
) -> RegionSection:
    word = explanation.recommendation.value
    proposal = {"undetermined": "wait", "hold": "keep"}.get(word, "submit")
    last = day(explanation.last_day, speaker.language)
    stage = speaker.stage(explanation.stage)
    return RegionSection(
        region=explanation.region,
        week=explanation.week,
        stage=stage,
        question=heading["ask"].format(region=explanation.region, week=explanation.week, day=last),
        in_force=f"{speaker.say('label.stage')}: {speaker.in_force(explanation)}",
        figures=tuple(_figures(figures, speaker)),
        moves=tuple(_moves(explanation, speaker, heading["above"])),
        recommendation=_begun(speaker.recommendation(explanation)),
        remarks=_begun("; ".join(speaker.remarks(explanation))),
        why=_begun(speaker.why(explanation)),
        stay=heading["stay"].format(stage=stage),
        proposal=heading[proposal],
        assumptions=(
            *(speaker.assumption(route) for route in explanation.assumptions),
            *([_begun(speaker.say("stage.assumed"))] if is_assumed else []),
        ),
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


def _moves(explanation: Explanation, speaker: Speaker, above: str) -> Iterator[MoveSection]:
    """Give a section for each move; what a trigger asks for stands where it is met first, and is referred to later."""
    told: set[str] = set()
    for move in explanation.moves:
        yield MoveSection(
            name=speaker.move(move.name),
            to=speaker.stage(move.to),
            countdown=_begun(speaker.countdown(move, explanation)),
            rows=tuple(row for guard in move.guards for row in _guard(guard, speaker, 0, told=told, above=above)),
        )


def _guard(guard: GuardReport, speaker: Speaker, depth: int, *, told: set[str], above: str) -> Iterator[GuardRow]:
    source = speaker.sources(guard.sources) if guard.sources else ""
    text, again = speaker.guard(guard), guard.condition is not None and guard.subject in told
    yield GuardRow(
        depth=depth, text=f"{text} ({above})" if again else text, verdict=speaker.verdict(guard), source=source
    )
    if guard.condition is None or again:
        return
    told.add(guard.subject)
    yield from _conditions(guard.condition, speaker, depth + 1)
    for trigger in guard.below:
        yield from _guard(trigger, speaker, depth + 1, told=told, above=above)


def _conditions(report: ConditionReport, speaker: Speaker, depth: int) -> Iterator[GuardRow]:
    source = speaker.sources(report.sources) if report.kind == "comparison" else ""
    parameter = speaker.policy.parameters.get(report.parameter or "")
    if parameter is not None and parameter.note is not None:
        source += f" ({parameter.note.in_language(speaker.language)})"
    yield GuardRow(depth=depth, text=speaker.condition(report), verdict=speaker.verdict(report), source=source)
    for part in report.parts:
        yield from _conditions(part, speaker, depth + 1)
