"""Evaluations and replays for machines: JSON and CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum

from escalation import __version__
from escalation.evaluation.records import Explanation
from escalation.evaluation.replay import Outcome
from escalation.evaluation.sentences import Speaker
from escalation.periods import Calendar, week_text
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.reports.evaluated import Evaluated
from escalation.reports.json_text import json_text

EVALUATE_COLUMNS = (
    "region", "week", "stage", "since", "dwell", "recommendation", "to", "move", "missing", "also_met",
    "pending_to", "pending_week",
)  # fmt: skip
REPLAY_COLUMNS = (
    "region", "week", "stage", "dwell", "recommendation", "to", "move", "missing", "stage_after",
)  # fmt: skip


def plain(value: object) -> object:
    """Turn records into what JSON can hold: mappings, lists, texts, numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple) and (names := getattr(value, "_fields", None)) is not None:
        return {name: plain(one) for name, one in zip(names, value, strict=True)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(one) for one in value]
    return value


def evaluated_json(result: Evaluated, *, language: Language) -> str:
    """Print a run as one JSON object: what it was made from, and each evaluation in full with its sentences."""
    document = {
        "engine": __version__,
        "policy": policy_record(result.policy),
        "observations": {"file": result.observations.file, "digest": result.observations.digest},
        "evaluations": [
            _spoken(one, Speaker(result.policy, language)) | {"figures": plain(figures)}
            for one, figures in zip(result.explanations, result.figures, strict=True)
        ],
        "stage_assumed": sorted(result.assumed),
        "illustrated": list(result.illustrated),
        "data_end_earlier": result.ended,
        "nothing_known": list(result.unheard),
        "stage_unknown": {region: str(week) for region, week in result.without_stage.items()},
        "findings": [plain(one) for one in result.observations.findings],
    }
    if result.amended_policy is not None:
        document["amendments"] = dict(result.amendments)
        document["amended"] = [_spoken(one, Speaker(result.amended_policy, language)) for one in result.amended]
    return json_text(document)


def policy_record(policy: Policy) -> dict[str, object]:
    """Name a policy so that what is printed can be traced to it."""
    return {"name": policy.name, "version": policy.version, "digest": policy.digest, "file": policy.source.file}


def _spoken(explanation: Explanation, speaker: Speaker) -> dict[str, object]:
    record = plain(explanation)
    if not isinstance(record, dict):
        raise TypeError("an explanation is a record")
    record["sentences"] = {
        "recommendation": speaker.recommendation(explanation),
        "why": speaker.why(explanation),
        "decides": speaker.say("decides"),
    }
    for move, printed in zip(explanation.moves, record["moves"], strict=True):
        printed["sentence"] = speaker.countdown(move, explanation)
        for guard, row in zip(move.guards, printed["guards"], strict=True):
            row["sentence"] = speaker.guard(guard)
    return record


def evaluated_csv(result: Evaluated) -> str:
    """Print a run as CSV, one row for each region."""
    rows = [{**vars_of(one), "missing": " ".join(one.missing)} for one in (*result.explanations, *result.amended)]
    if not result.amendments:
        return table(EVALUATE_COLUMNS, rows)
    sides = ["baseline"] * len(result.explanations) + ["amended"] * len(result.amended)
    marked = [{**row, "scenario": side} for row, side in zip(rows, sides, strict=True)]
    return table((*EVALUATE_COLUMNS, "scenario"), marked)


def vars_of(explanation: Explanation) -> dict[str, object]:
    """Give the columns of one evaluation."""
    return {column: getattr(explanation, column) for column in EVALUATE_COLUMNS}


def replay_rows(outcomes: Iterable[Outcome], calendar: Calendar) -> Iterator[dict[str, object]]:
    """Give one row for each region and week of a replay."""
    for outcome in outcomes:
        evaluation = outcome.evaluation
        yield {
            "region": evaluation.region,
            "week": week_text(calendar, evaluation.week),
            "stage": evaluation.stage,
            "dwell": evaluation.dwell,
            "recommendation": evaluation.recommendation.value,
            "to": evaluation.to,
            "move": evaluation.move,
            "missing": list(evaluation.missing),
            "stage_after": outcome.stage_after,
        }


def table(columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Print rows as CSV; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    names = list(columns)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in names])
    return stream.getvalue()


def cell(value: object) -> object:
    """Give a cell that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell(["first_doses", "beds"]), cell(-2), cell(None)
    ("'=1+1", 'first_doses beds', -2, '')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = " ".join(str(one) for one in value)
    if isinstance(value, str):
        seen = unicodedata.normalize("NFKC", value).lstrip(" ")
        return f"'{value}" if seen.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return value
