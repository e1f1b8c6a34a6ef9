"""The loader of policy files: what it reads, what it refuses, and within which time and memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import Refused
from escalation.policy.notes import MOST_FINDINGS
from escalation.policy.numerals import GROUP
from escalation.policy.scalars import Fault, Unquoted, resolve
from escalation.policy.source import (
    DEEPEST,
    LARGEST,
    MOST_LINES,
    MOST_NODES,
    PARSER,
    read,
)
from tests.policy.hostile import BATTERY, DISPUTED, Hostile

FILES = Path(__file__).resolve().parent.parent / "files" / "err" / "yaml"
PARSERS = {"in C": PARSER, "in Python": yaml.BaseLoader}
POLICY = b"""\
language: 1
name: bekasi-vaccination
sources:
  circular: {title: "Surat Edaran 440/1395", date: 2021-09-09}
metrics:
  first_doses: {unit: people, kind: cumulative}
stages:   # from the mildest
  - name: appeal
    title: >-
      An appeal,
      not a requirement
  - {name: perda, ready: no, gain: -0.5, from: ~}
"""

every_hostile = pytest.mark.parametrize("hostile", BATTERY, ids=lambda hostile: hostile.name)
both_parsers = pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)


def refused(data: bytes | str, *, parser: type = PARSER) -> Refused:
    with pytest.raises(Refused) as caught:
        read("policy.yaml", data.encode() if isinstance(data, str) else data, parser=parser)
    return caught.value


def found(data: bytes | str) -> list[tuple[str, int, int]]:
    return [(one.rule, one.place.line, one.place.column) for one in refused(data).diagnostics]


@both_parsers
def test_a_policy_is_a_tree_of_plain_values(parser: type) -> None:
    assert read("policy.yaml", POLICY, parser=parser).tree == {
        "language": 1,
        "name": "bekasi-vaccination",
        "sources": {"circular": {"title": "Surat Edaran 440/1395", "date": Unquoted("2021-09-09", "date")}},
        "metrics": {"first_doses": {"unit": "people", "kind": "cumulative"}},
        "stages": [
            {"name": "appeal", "title": "An appeal, not a requirement"},
            {"name": "perda", "ready": Unquoted("no", "yes-no"), "gain": -0.5, "from": None},
        ],
    }


@pytest.mark.parametrize(
    ("route", "key", "place"),
    [
        ((), False, "1:1"),
        (("name",), False, "2:7"),
        (("name",), True, "2:1"),
        (("sources", "circular", "date"), False, "4:52"),
        (("sources", "circular", "date"), True, "4:46"),
        (("stages",), False, "8:3"),
        (("stages", 0, "title"), False, "9:12"),
        (("stages", 1), True, "12:5"),
        (("stages", 1, "gain"), False, "12:36"),
        (("stages", 1, "instrument", "id"), False, "12:5"),
        (("moves", 0), False, "1:1"),
    ],
)
def test_every_route_has_its_line_and_column(route: tuple[str | int, ...], key: bool, place: str) -> None:  # noqa: FBT001
    assert str(read("policy.yaml", POLICY).place(route, key=key)) == f"policy.yaml:{place}"


def test_columns_count_characters() -> None:
    assert str(read("p", "{é: 'ü€\U0001f600', b: 1}".encode()).place(("b",))) == "p:1:15"


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake() -> None:
    source = read("policy.yaml", b"\xef\xbb\xbf" + POLICY.replace(b"\n", b"\r\n"))
    assert source.tree == read("policy.yaml", POLICY).tree
    assert source.spans == read("policy.yaml", POLICY).spans


def test_the_digest_is_that_of_the_bytes() -> None:
    assert read("p", b"a: 1").digest == sha256(b"a: 1").hexdigest()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("null", None),
        ("True", True),
        ("false", False),
        ("-12", -12),
        ("+12", 12),
        ("0", 0),
        ("55.58", 55.58),
        (".5", 0.5),
        ("5.", 5.0),
        ("123456789012345", 123456789012345),
        ("0.00000123456789012345", 1.23456789012345e-06),
        ("1.0.0", "1.0.0"),
        ("1.120.590", "1.120.590"),
        ("2021-W36", "2021-W36"),
        ("2021-9-1", "2021-9-1"),
        ("99:99", "99:99"),
        ("yEs", "yEs"),
        ("none", "none"),
        ("-", "-"),
        ("...", "..."),
        ("\u0661\u0662", "\u0661\u0662"),
        ("no", Unquoted("no", "yes-no")),
        ("y", Unquoted("y", "yes-no")),
        ("OFF", Unquoted("OFF", "yes-no")),
        ("2021-02-30", Unquoted("2021-02-30", "date")),
        ("2021-09-12T10:00:00Z", Unquoted("2021-09-12T10:00:00Z", "timestamp")),
        ("2021-9-12 1:00:00.5 +7", Unquoted("2021-9-12 1:00:00.5 +7", "timestamp")),
        ("12:30", Unquoted("12:30", "time")),
        ("-1:59:59.5", Unquoted("-1:59:59.5", "time")),
        ("010", Unquoted("010", "number")),
        ("0032.70", Unquoted("0032.70", "number")),
        ("1_000", Unquoted("1_000", "number")),
        ("1e3", Unquoted("1e3", "number")),
        ("1.0e+400", Unquoted("1.0e+400", "number")),
        ("-.5", Unquoted("-.5", "number")),
        ("0x1F", Unquoted("0x1F", "number")),
        ("0o17", Unquoted("0o17", "number")),
        ("0b11", Unquoted("0b11", "number")),
        ("<<", Unquoted("<<", "merge")),
        ("=", Unquoted("=", "default")),
    ],
)
def test_a_text_without_quotes_has_one_meaning_or_is_left_to_the_reader(text: str, value: object) -> None:
    assert repr(resolve(text)) == repr(value)


@given(st.from_regex(r"[-+]?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?", fullmatch=True).filter(lambda text: text != "-0"))
def test_a_number_prints_back_as_it_was_written(text: str) -> None:
    value = resolve(text)
    if isinstance(value, Fault):
        assert sum(map(str.isdigit, text)) > 15 or GROUP.fullmatch(text)
    else:
        whole, _, decimals = text.lstrip("+").partition(".")
        assert f"{value:.{len(decimals)}f}" == f"{whole}.{decimals}".rstrip(".")


@given(st.text("0123456789_.:-+eExobfTZ yn=<", max_size=12))
def test_what_older_yaml_reads_otherwise_is_never_taken_for_granted(text: str) -> None:
    older = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    value = resolve(text)
    if not isinstance(value, (Unquoted, Fault)):
        kind = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}[type(value)]
        assert older == f"tag:yaml.org,2002:{kind}"


def test_quotes_and_blocks_make_text_of_anything() -> None:
    tree = read("p", b"a: \"no\"\nb: '010'\nc: |\n  12:30\nd: >-\n  2021-09-12\n'on': '<<'\n").tree
    assert tree == {"a": "no", "b": "010", "c": "12:30\n", "d": "2021-09-12", "on": "<<"}


@every_hostile
@both_parsers
def test_a_hostile_text_is_refused_at_its_place(hostile: Hostile, parser: type) -> None:
    diagnostics = refused(hostile.data, parser=parser).diagnostics
    places = {(one.rule, one.place.line, one.place.column) for one in diagnostics}
    assert (hostile.rule, hostile.line, hostile.column) in places
    assert len(diagnostics) <= MOST_FINDINGS + 1


@every_hostile
def test_a_hostile_text_is_refused_in_plain_words(hostile: Hostile) -> None:
    for one in refused(hostile.data).diagnostics:
        for sentence in (one.message, one.help, *(other.message for other in one.related)):
            plain = re.sub(r"`[^`]*`", "", sentence)
            assert len(sentence) < 160
            assert not sentence.endswith(".")
            assert not re.search(r"(?i)yaml|python|scalar|token|parse|stream|sequence|mapping|indicator|\.py", plain)
            assert plain[:1] == plain[:1].lower() or re.match(r"U\+[0-9A-F]{4}", plain)


@every_hostile
def test_a_hostile_text_needs_little_memory(hostile: Hostile) -> None:
    data = hostile.data
    tracemalloc.start()
    try:
        refused(data)
        assert tracemalloc.get_traced_memory()[1] <= 16 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", DISPUTED)
def test_a_long_disputed_text_is_left_to_the_reader_at_once(name: str) -> None:
    make, kind = DISPUTED[name]
    start = process_time()
    tree = read("p", make().encode()).tree
    assert process_time() - start < 1
    assert isinstance(tree, dict)
    assert tree["a"].kind == kind
    assert len(tree["a"].fault().message) < 160


# Each text is loaded in a child of its own, with 0.4 s and a gigabyte to spend: some kill the process.
NAIVE = """
import collections, json, os, resource, signal, yaml
from tests.policy.hostile import BATTERY

def outcome(data, loader):
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_REAL, 0.4)
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            yaml.load(data, loader)
        except yaml.YAMLError:
            os._exit(1)
        except BaseException:
            os._exit(2)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    return "killed" if os.WIFSIGNALED(status) else ["accepted", "refused", "traceback"][os.WEXITSTATUS(status)]

loaders = {"in C": getattr(yaml, "CSafeLoader", yaml.SafeLoader), "in Python": yaml.SafeLoader}
print(json.dumps({one.name: {name: outcome(one.data, loader) for name, loader in loaders.items()} for one in BATTERY}))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_the_battery_breaks_a_loader_that_only_calls_safe_load(project: Path) -> None:
    command = [sys.executable, "-c", NAIVE]
    run = subprocess.run(command, cwd=project, capture_output=True, check=True, text=True, timeout=300)
    outcomes = json.loads(run.stdout)
    counts = {name: Counter(outcome[name] for outcome in outcomes.values()) for name in PARSERS}
    assert outcomes["merge bomb"] == {"in C": "killed", "in Python": "killed"}
    assert outcomes["100,000 times ["]["in C"] == "killed"
    assert outcomes["4,301 digits"] == {"in C": "traceback", "in Python": "traceback"}
    assert outcomes["duplicate key"] == {"in C": "accepted", "in Python": "accepted"}
    assert all(count["killed"] >= 8 and count["accepted"] >= 30 for count in counts.values())


@pytest.mark.parametrize("path", sorted(FILES.glob("*.yaml")), ids=lambda path: path.stem)
@both_parsers
def test_a_bad_file_is_answered_in_full(path: Path, parser: type) -> None:
    output = "".join(f"{one}\n" for one in refused_file(path, parser=parser).diagnostics)
    expected = path.with_suffix(".out")
    if os.environ.get("ESCALATION_RECORD"):
        expected.write_text(output, encoding="utf-8")
    assert output == expected.read_text(encoding="utf-8")


def refused_file(path: Path, *, parser: type) -> Refused:
    with pytest.raises(Refused) as caught:
        read(path.name, path.read_bytes(), parser=parser)
    return caught.value


def test_all_mistakes_are_told_at_once() -> None:
    text = 'on: 1\na: &x 1\na: *x\nb: !t 2\nc: .inf\nd: "\\u200b"\n1: e\u200bf\ng: 1\nh: [1, 2}\n'
    assert found(text) == [
        ("surprising-scalar", 1, 1),
        ("anchor", 2, 4),
        ("duplicate-key", 3, 1),
        ("alias", 3, 4),
        ("tag", 4, 4),
        ("non-finite-number", 5, 4),
        ("hidden-character", 6, 4),
        ("key-not-text", 7, 1),
        ("hidden-character", 7, 5),
        ("yaml-syntax", 9, 9),
    ]


def test_a_repeated_key_names_the_place_of_the_first() -> None:
    (one,) = refused("a: 1\nb: 2\na: 3\n").diagnostics
    assert [(str(other.place), other.message) for other in one.related] == [("policy.yaml:1:1", "it stands here first")]


@both_parsers
@pytest.mark.parametrize("text", ["a: {b: why?}", "a: [b?]", "{a?: b}", "a: {b:[c]}", "a: {b :[c]}", "a: |#\n  b"])
def test_what_only_one_parser_reads_is_refused_with_both(text: str, parser: type) -> None:
    assert refused(text, parser=parser).diagnostics[0].place.line == 1


def test_keys_of_the_same_name_in_two_places_are_no_duplicates() -> None:
    assert read("p", b"a: {b: 1}\nc: [{b: 1}, {b: 2}]\n").tree == {"a": {"b": 1}, "c": [{"b": 1}, {"b": 2}]}


def test_nothing_is_said_below_a_line_that_a_tab_indents() -> None:
    assert found("a: 1\na: 2\nb:\n\tc: 1\nc: {d\n") == [("duplicate-key", 2, 1), ("tab", 4, 1)]


def test_a_hidden_character_is_not_reported_again_as_a_mistake_of_syntax() -> None:
    assert found("a:\u200b 1\nb: 2\n") == [("hidden-character", 1, 3)]


def test_a_hundred_findings_are_enough() -> None:
    diagnostics = refused("a: 1\n" * 500).diagnostics
    assert len(diagnostics) == MOST_FINDINGS + 1
    assert diagnostics[-1].rule == "too-many-mistakes"


def test_the_words_of_an_author_cannot_flood_or_turn_a_message() -> None:
    text = f'"{"k" * 90}": 1\n"{"k" * 90}": 1\n"a\\u202e": 1\n"a\\u202e": 1\n'
    message = str(refused(text))
    assert "k" * 41 not in message
    assert "\u202e" not in message


@pytest.mark.parametrize(
    "data",
    [
        b"a: " + b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1),
        b"a: 1\n" + b"#\n" * (MOST_LINES - 1),
        b"a: " + b"x" * (LARGEST - 3),
        b"a: [" + b"x," * (MOST_NODES - 3) + b"]",
        b"k" * 120 + b": 1",
    ],
    ids=["deep", "many lines", "large", "many entries", "long key"],
)
def test_what_stands_just_within_the_limits_is_read(data: bytes) -> None:
    assert read("p", data).spans


@pytest.mark.parametrize("text", ["a: [", "a: {b: [", "a: [\n"])
def test_a_file_that_ends_within_brackets_is_told_without_an_empty_quotation(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read("policy.yaml", text.encode())
    (told,) = refused.value.diagnostics
    assert told.message in {"the file ends where a value is missing", "the `[` that opens here is never closed"}
    assert "``" not in told.help
