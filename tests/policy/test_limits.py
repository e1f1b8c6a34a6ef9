"""Policies that are well-formed YAML and hostile all the same."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from time import process_time

import pytest

from escalation.checks import check
from escalation.errors import Refused
from escalation.policy.load import loads
from escalation.policy.source import LARGEST

HEAD = "language: 1\nname: x\ncalendar: iso-week\nstages: [{name: a}, {name: b}]\n"
IN_SECONDS = 1.0  # loosely, for busy machines: the promise of 0.25 is measured in tests/bench/bench_policies.py


def lines(count: int, line: str) -> str:
    """Repeat a line; `#` is its number and `@` the number before it."""
    return "".join(line.replace("#", str(n)).replace("@", str(n - 1)) for n in range(1, count + 1))


def metrics(text: str) -> str:
    return f"{HEAD}metrics:\n  m0: {{kind: flow}}\n{text}triggers: {{}}\n"


def triggers(text: str) -> str:
    return f"{HEAD}metrics: {{m0: {{kind: flow}}}}\ntriggers:\n{text}"


HOSTILE = {
    "thousands of metrics": metrics(lines(4400, "  m#: {kind: flow}\n")),
    "a chain of metrics": metrics(lines(2300, "  m#: {lag: {of: m@, by: 1 week}}\n")),
    "a circle of metrics": metrics(lines(2300, "  m#: {lag: {of: m@, by: 1 week}}\n")).replace(
        "m0: {kind: flow}", "m0: {lag: {of: m2300, by: 1 week}}"
    ),
    "operands that double at every step": metrics(lines(1400, "  m#: {highest: {of: [m@, m@]}}\n")).replace(
        "kind: flow", "kind: flow, reported: {step: 1, how: down}"
    ),
    "long windows": metrics(lines(2200, "  m#: {mean: {of: m0, over: 9999 weeks}}\n")),
    "unknown names like known ones": triggers(
        lines(1300, "  t#: {when: {metric: n#, below: 3}, missing: hold}\n")
    ).replace("m0: {kind: flow}", ", ".join(f"m{n}: {{kind: flow}}" for n in range(1200))),
    "unknown sources": metrics(f"  m1: {{kind: flow, source: [{', '.join(f'source{n}' for n in range(9000))}]}}\n"),
    "unknown keys": HEAD + lines(7900, "key#: 1\n"),
    "unknown keys everywhere": metrics(lines(2400, "  m#: {kind: flow, kinb: 1, baziz: 3}\n")),
    "moves of one name": f"{triggers('')}moves:\n" + lines(1900, "  - {name: m, from: a, to: b, trigger: t}\n"),
    "moves out of every stage": HEAD.replace("[{name: a}, {name: b}]", "\n" + lines(1500, " - {name: s#}\n"))
    + "metrics: {}\ntriggers: {}\nmoves:\n"
    + lines(1300, "  - {name: m#, from: any, to: s1, trigger: t}\n"),
    "triggers that all rest on each other": triggers(
        lines(65, f"  t#: {{missing: hold, when: {{any: [{', '.join(f'{{trigger: t{n}}}' for n in range(65))}]}}}}\n")
    ),
    "a condition of hundreds": triggers(
        f"  t: {{missing: hold, when: {{all: [{', '.join(['{metric: m0, below: 4}'] * 580)}]}}}}\n"
    ),
    "a condition of thousands": triggers(
        f"  t: {{missing: hold, when: {{all: [{', '.join(['{metric: m0, below: 4}'] * 3800)}]}}}}\n"
    ),
    "entries of the wrong type": f"{triggers('')}moves: [{'1, ' * 18000}]\n",
    "entries without keys": f"{triggers('')}moves: [{'{}, ' * 18000}]\n",
    "entries without keys behind sound ones": f"{triggers('')}moves:\n"
    + lines(700, "  - {name: m#, from: a, to: b, trigger: t}\n")
    + lines(7000, "  - {}\n"),
    "values of the wrong type in one entry": triggers(f"  t: {{missing: hold, when: {{all: [{'1, ' * 2900}]}}}}\n"),
    "dated values without keys": f"{triggers('')}parameters: {{p: {{dated: [{'{}, ' * 2900}]}}}}\n",
    "unknown keys in one line": f"{{{', '.join(f'k{n}: 1' for n in range(9900))}}}\n",
    "keys without values": metrics(lines(7900, "  m#:\n")),
    "lists without entries": metrics(lines(2400, "  m#: {highest: {of: []}}\n")),
    "keys that are no names": metrics(lines(4400, "  9m#: {kind: flow}\n")),
    "mistakes deep inside": triggers(
        lines(350, f"  t#: {{missing: hold, when: {'{not: ' * 20}{{metric: m0, belwo: 4}}{'}' * 20}}}\n")
    ),
}


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Build the models once: what is measured is the answer to one file."""
    with pytest.raises(Refused):
        loads(HEAD)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_policy_is_answered_at_once(text: str) -> None:
    assert len(text) <= LARGEST
    assert min(seconds_for(text) for _ in range(3)) < IN_SECONDS


def seconds_for(text: str) -> float:
    start = process_time()
    with suppress(Refused):
        check(loads(text))
    return process_time() - start


def test_metrics_rest_on_each_other_up_to_a_depth() -> None:
    loads(metrics(lines(31, "  m#: {product: {of: m@, by: 2}}\n")))
    with pytest.raises(Refused, match="too-deep"):
        loads(metrics(lines(32, "  m#: {product: {of: m@, by: 2}}\n")))


def test_metrics_look_back_up_to_twenty_years() -> None:
    chain = "  m1: {sum: {of: m0, over: 521 weeks}}\n  m2: {change: {of: m1, over: # weeks}}\n"
    loads(metrics(chain.replace("#", "520")))
    with pytest.raises(Refused, match="too-far-back"):
        loads(metrics(chain.replace("#", "521")))


@pytest.mark.parametrize("name", ["entries of the wrong type", "entries without keys", "dated values without keys"])
def test_thousands_of_mistakes_do_not_take_thousands_of_kibibytes(name: str) -> None:
    tracemalloc.start()
    try:
        with suppress(Refused):
            loads(HOSTILE[name])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * 2**20


def test_of_thousands_of_mistakes_the_first_are_told_and_nothing_is_missing_that_is_there() -> None:
    text = HOSTILE["entries without keys"] + "locks: [{not_below: a}]\n"
    with pytest.raises(Refused) as refused:
        loads(text)
    *listed, last = refused.value.diagnostics
    assert len(listed) == 200
    assert {one.message for one in listed} >= {"`name` is missing", "`to` is missing"}
    assert last.message.startswith("at least ")
    assert "`locks` is missing" not in {one.message for one in refused.value.diagnostics}


def test_mistakes_behind_thousands_of_sound_entries_are_told() -> None:
    text = metrics(lines(1000, "  m#: {kind: flow}\n")) + "moves: [{}]\n"
    with pytest.raises(Refused) as refused:
        loads(text)
    missing = [one.message for one in refused.value.diagnostics if one.rule == "missing-key"]
    assert missing == [f"`{key}` is missing" for key in ("from", "name", "to", "trigger")]


def test_an_entry_that_is_a_large_file_of_its_own_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        loads(HOSTILE["a condition of thousands"])
    (one,) = refused.value.diagnostics
    assert (one.rule, one.message) == ("too-many-nodes", "`t` has more than 3,000 keys and values")
    loads(HOSTILE["a condition of hundreds"])
