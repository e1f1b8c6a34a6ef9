"""Every mistake of a file of cases at once, each with its place, also within a series."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from escalation.cases.load import load, loads
from escalation.cases.model import CasesFile
from escalation.errors import Refused, RequestError
from tests.cases.reservoir import POLICY, reservoir

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "escalation" / "manual" / "cases.md").read_text(encoding="utf-8")


def mistakes(text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        loads(text, reservoir())
    return [f"{one.place.line}:{one.place.column} {one.rule}" for one in caught.value.diagnostics]


ONE = "policy: policy.yaml\ncases:\n  - name: one\n    start: 2021-W36\n    {}\n    expect: [{{week: 2021-W37, {}}}]\n"


@pytest.mark.parametrize(
    ("keys", "expected", "found"),
    [
        ("series: {storage: 40 4O}", "recommend: hold", ["5:26 bad-series"]),
        ('series: {storage: "40 4O"}', "recommend: hold", ["5:27 bad-series"]),
        ("series: {storage: [40, x]}", "recommend: hold", ["5:28 bad-series"]),
        ("series: {storage: {a: 1}}", "recommend: hold", ["5:23 bad-series"]),
        ("series: {storage: [true]}", "recommend: hold", ["5:24 bad-series"]),
        ("series: {storage: 0x3}", "recommend: hold", ["5:23 surprising-scalar"]),
        ("series: {storrage: 4}", "recommend: hold", ["5:14 unknown-metric"]),
        ("series: {surveyed: 4}", "recommend: hold", ["5:24 misplaced-series"]),
        ("series: {area: 4 5}", "recommend: hold", ["5:20 misplaced-series"]),
        ("judgements: {surveyed: 4}", "recommend: hold", ["5:28 bad-series"]),
        ("judgements: {storage: yes}", "recommend: hold", ["5:18 unknown-judgement"]),
        ("stage: drougth", "recommend: hold", ["5:12 unknown-stage"]),
        ("since: soon", "recommend: hold", ["5:12 unreadable-week"]),
        ("since: 36", "recommend: hold", ["5:12 unreadable-week"]),
        ("since: 2021-W38", "recommend: hold", ["6:21 week-too-early"]),
        ("since: 1990-W38", "recommend: hold", ["3:11 too-long"]),
        ("as_of: later", "recommend: hold", ["5:12 unreadable-week"]),
        ("decisions: {2021-W36: drought}", "recommend: hold", ["5:27 decision-too-early"]),
        ("decisions: {2021-W37: dry}", "recommend: hold", ["5:27 unknown-stage"]),
        ("decisions: {2021-W37: drought, 2021W37: crisis}", "recommend: hold", ["5:45 two-decisions"]),
        ("decisions: {2021-W37: {stage: crisis, decided: 2021-W38}}", "recommend: hold", ["5:52 decided-too-late"]),
        ("decisions: {2021-W37: 5}", "recommend: hold", ["5:27 wrong-type"]),
        ("lag: 2 weeks", "recommend: hold", ["5:10 not-followed"]),
        ("adopt: follow\n    decisions: {2021-W37: drought}", "recommend: hold", ["6:16 not-followed"]),
        ("adopt: never", "recommend: hold", ["5:12 unknown-word"]),
        ("note: none", "recommend: stay", ["6:42 unknown-word"]),
        ("note: none", "to: dry", ["6:35 unknown-stage"]),
        ("note: none", "move: dry", ["6:37 unknown-move"]),
        ("note: none", "because: [normal]", ["6:41 unknown-trigger"]),
        ("note: none", "missing: [gains]", ["6:41 unknown-metric"]),
        ("note: none", "triggers: {drry: met}", ["6:42 unknown-trigger"]),
        ("note: none", "streaks: {dry: [1]}", ["6:46 bad-number"]),
        ("note: none", "values: {storage: [1]}", ["6:49 bad-number"]),
        ("note: none", "countdown: {to-drought: soon}", ["6:55 bad-number"]),
        ("note: none", "as_of: 2021-W37", ["6:14 nothing-expected"]),
        ("note: none", "recommend: hold}, {week: 2021-W37, dwell: 1", ["6:56 duplicate-week"]),
    ],
)
def test_a_mistake_is_refused_at_its_place(keys: str, expected: str, found: list[str]) -> None:
    assert mistakes(ONE.format(keys, expected)) == found


def test_mistakes_of_shape_and_of_meaning_are_told_together() -> None:
    text = ONE.format("series: {storage: x}", "recommend: hold") + "  - name: two\n    expect: []\n"
    assert mistakes(text) == ["5:23 bad-series", "7:5 missing-key", "8:13 empty-list"]


def test_two_cases_of_one_name_are_refused() -> None:
    text = ONE.format("note: x", "recommend: hold")
    entry = text.partition("cases:\n")[2]
    assert mistakes(text + entry) == ["7:11 duplicate-case"]


@pytest.mark.parametrize(
    ("series", "found"),
    [
        ("    storage: >-\n      40 41\n      42 4O\n", "8:10 bad-series"),
        ("    storage: 40 41\n      42\n      4O\n", "8:7 bad-series"),
    ],
)
def test_a_mistake_in_a_series_over_several_lines_is_found_in_its_own(series: str, found: str) -> None:
    entry = f"- name: a\n  start: 2021-W36\n  series:\n{series}  expect: [{{week: 2021-W36, dwell: 0}}]\n"
    assert mistakes(f"policy: p\ncases:\n{entry}") == [found]


def test_a_case_without_expectations_is_refused() -> None:
    assert mistakes("policy: p\ncases:\n- {name: a, start: 2021-W36}\n") == ["3:3 missing-key"]


def test_the_policy_is_found_from_the_file_of_cases(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    file = tmp_path / "cases.yaml"
    file.write_text(ONE.format("note: x", "recommend: hold"), encoding="utf-8")
    assert load(file).policy.name == "reservoir"
    file.write_text(ONE.format("note: x", "recommend: hold").replace("policy.yaml", "other.yaml"), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load(file)
    assert [one.rule for one in caught.value.diagnostics] == ["no-policy"]
    with pytest.raises(RequestError):
        load(tmp_path / "nothing.yaml")


def keys() -> Iterator[str]:
    schema = CasesFile.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        yield from part.get("properties", {})


def test_every_key_and_rule_is_in_the_manual() -> None:
    rows = set(re.findall(r"`([a-z_-]+)`", "\n".join(re.findall(r"^\| `.*", PAGE, re.MULTILINE))))
    text = (ROOT / "escalation" / "cases" / "entries.py").read_text(encoding="utf-8")
    rules = set(re.findall(r'(?:_note\(|rule=)"([a-z-]+)"', text)) | {"no-policy"}
    kinds = {f"unknown-{kind}" for kind in re.findall(r'_known\("([a-z]+)"', text)}
    assert set(keys()) <= rows
    assert rules | kinds <= rows
    assert len(rules) > 10
