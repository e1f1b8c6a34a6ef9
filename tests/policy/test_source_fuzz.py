"""The loader against PyYAML as referee, and against damaged and random texts."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import Refused
from escalation.policy.scalars import Unquoted, resolve
from escalation.policy.source import (
    PARSER,
    Source,
    read,
)

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

both_parsers = pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)


LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc", "Cf", "Zs"))
TEXTS = st.text(LETTERS | st.sampled_from(" \n:#-?,[]{}&*!|>'\"%@`0123456789.eE_+~"), max_size=30)
KEYS = st.builds("k{}".format, st.text(LETTERS | st.sampled_from(" :#-,[]{}'\""), max_size=8))
LEAVES = (
    TEXTS | st.integers(-(10**9), 10**9) | st.booleans() | st.none() | st.decimals(-9999, 9999, places=2).map(float)
)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
    ),
    max_size=5,
)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "width": st.sampled_from([20, 80, 1000]),
        "indent": st.sampled_from([2, 4]),
        "allow_unicode": st.booleans(),
        "explicit_start": st.booleans(),
    }
)


class Writer(yaml.SafeDumper):
    """Writes without aliases, and texts in each of the five styles by turns."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the parameters are PyYAML's
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = (None, "'", '"', "|", ">")[len(text) % 5]
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Writer.add_representer(str, Writer.represent_text)


def same(ours: object, referee: object) -> bool:
    """Compare a tree with that of `yaml.BaseLoader`, in which every leaf is the text that stands in the file."""
    if isinstance(ours, dict):
        return (
            isinstance(referee, dict)
            and list(ours) == list(referee)
            and all(same(value, referee[key]) for key, value in ours.items())
        )
    if isinstance(ours, list):
        return (
            isinstance(referee, list)
            and len(ours) == len(referee)
            and all(same(one, other) for one, other in zip(ours, referee, strict=True))
        )
    if isinstance(ours, (str, Unquoted)):
        return referee == (ours if isinstance(ours, str) else ours.text)
    return isinstance(referee, str) and repr(resolve(referee)) == repr(ours)


@given(TREES, STYLES, st.sampled_from(list(PARSERS.values())))
def test_well_formed_documents_are_read_as_pyyaml_reads_them(tree: object, style: dict[str, Any], parser: type) -> None:
    text = yaml.dump(tree, Dumper=Writer, sort_keys=False, **style)
    referee = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
    assert same(read("p", text.encode(), parser=parser).tree, referee)


def answer(data: bytes, parser: type) -> Source | Refused:
    try:
        return read("p", data, parser=parser)
    except Refused as refusal:
        return refusal


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    for parser in PARSERS.values():
        result = answer(data, parser)
        assert isinstance(result, Source) or result.diagnostics
        assert isinstance(result, Refused) or "\ufffd" not in repr(result.tree) or b"\xef\xbf\xbd" in data


PIECES = st.sampled_from([*b"\t\r\n :-?,[]{}&*!|>'\"%@`#~<=\\", *b"09.eanox"]).map(
    lambda code: bytes([code])
) | st.sampled_from(
    [
        b"---\n",
        b"...\n",
        b"\n  ",
        b": ",
        b"- ",
        b"? ",
        b"<<: ",
        b"&a ",
        b"*a",
        b"!t ",
        b"\\u202e",
        b"\xe2\x80\xa8",
        b"\xff",
    ]
)
CHANGES = st.lists(
    st.tuples(st.integers(0, len(POLICY)), st.integers(0, 3), st.lists(PIECES, max_size=3).map(b"".join)),
    min_size=1,
    max_size=4,
)


@given(CHANGES)
def test_a_damaged_policy_is_read_or_refused_alike_by_both_parsers(changes: list[tuple[int, int, bytes]]) -> None:
    data = POLICY
    for start, length, piece in changes:
        data = data[:start] + piece + data[start + length :]
    in_c, in_python = (answer(data, parser) for parser in PARSERS.values())
    assert type(in_c) is type(in_python)
    if isinstance(in_c, Source):
        assert isinstance(in_python, Source)
        assert in_c.tree == in_python.tree
