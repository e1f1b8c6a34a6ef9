"""The usual layout changes white space only, and changes nothing twice.

`ESCALATION_RECORD=1 pytest tests/policy/test_formatting.py` writes the example anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import Refused, RequestError
from escalation.policy import formatting
from escalation.policy.formatting import in_layout
from escalation.policy.source import Source, read
from escalation.policy.template import POLICY

ROOT = Path(__file__).parent.parent.parent
FILES = ROOT / "tests" / "files"
SHIPPED = sorted(ROOT.glob("policies/*/*.yaml"))
RECORDING = os.environ.get("ESCALATION_RECORD", "") not in {"", "0"}


def laid_out(text: str) -> str:
    return in_layout(read("p.yaml", text.encode()))


def readable(path: Path) -> Source | None:
    try:
        return read(path.name, path.read_bytes())
    except Refused:
        return None


def test_an_untidy_file_is_laid_out_as_recorded() -> None:
    tidy = FILES / "format" / "tidy.yaml"
    text = laid_out((FILES / "format" / "untidy.yaml").read_text(encoding="utf-8"))
    if RECORDING:
        tidy.write_text(text, encoding="utf-8")
    assert text == tidy.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_shipped_is_in_the_usual_layout(path: Path) -> None:
    source = read(path.name, path.read_bytes())
    assert in_layout(source) == source.text


def test_a_new_policy_is_in_the_usual_layout() -> None:
    assert laid_out(POLICY) == POLICY


def test_every_file_of_the_tests_is_laid_out_and_stays_so() -> None:
    sources = [source for path in FILES.rglob("*.yaml") if (source := readable(path)) is not None]
    assert len(sources) > 100
    for source in sources:
        text = in_layout(source)
        again = read(source.file, text.encode())
        assert again.tree == source.tree
        assert in_layout(again) == text


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("a:   1   \n\n\n\nb: 2", "a: 1\n\nb: 2\n"),
        ("a: { b : 1 ,c: [ 1,2 ] }\n", "a: {b: 1, c: [1, 2]}\n"),
        ('a: {"b":1}\n', 'a: {"b": 1}\n'),
        ("a:\n- b\n-   c: 1\n    d: 2\n", "a:\n  - b\n  - c: 1\n    d: 2\n"),
        ("a:\n- - 1\n  - 2\n", "a:\n  - - 1\n    - 2\n"),
        ("a: [\n1,\n{b: 2,\nc: 3}\n]\n", "a: [\n  1,\n  {b: 2,\n    c: 3}\n]\n"),
        ("a: 1 # one\nb: 2      # two\n", "a: 1  # one\nb: 2      # two\n"),
        ("a:\n    b: 1\n    # of b\n  # of a\nc: 2\n", "a:\n  b: 1\n  # of b\n  # of a\n\nc: 2\n"),
        ("a:\n  b: 1\n# of c\nc: 2\n", "a:\n  b: 1\n\n# of c\nc: 2\n"),
        ("a: |\n    b\n      c\nd: 1\n", "a: |\n  b\n    c\nd: 1\n"),
        ("a: |3\n    b\nd: 1\n", "a: |3\n    b\nd: 1\n"),
        ("a: x - y,  z # w\n", "a: x - y,  z  # w\n"),
        ("---\na: 1\n", "---\na: 1\n"),
        ("\ufeffa: 1\r\nb:  2\r\n", "a: 1\r\nb: 2\r\n"),
        ('a: "b\n\n   c"\nd: 1\n', 'a: "b\n\n  c"\nd: 1\n'),
        ("a: it's [b , c]\n", "a: it's [b , c]\n"),
    ],
)
def test_white_space_has_one_form(text: str, layout: str) -> None:
    assert laid_out(text) == layout
    assert laid_out(layout) == layout


def test_a_suppression_still_speaks_of_its_line() -> None:
    text = "metrics:\n    # escalation: ignore[unused-metric] -- shown only\n    m:   {unit: x}\n\n\ntriggers: {}\n"
    (comment,) = read("p.yaml", laid_out(text).encode()).comments
    assert (comment.line, comment.speaks_of) == (2, 3)


def test_a_file_that_would_say_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatting, "STEP", 0)
    with pytest.raises(RequestError, match="cannot be formatted without changing what it says"):
        laid_out("a:\n  b:\n    c: 1\n")


texts = st.text(st.sampled_from("ab :,#-'\"\n{}[]|>"), min_size=1, max_size=12)
trees = st.recursive(
    st.integers(0, 99) | texts,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, min_size=1),
    max_leaves=12,
)


@given(
    tree=st.dictionaries(st.sampled_from("klmn"), trees, min_size=1),
    indent=st.integers(2, 7),
    style=st.sampled_from([None, True, False]),
    width=st.sampled_from([10, 40, 1000]),
)
def test_any_tree_in_any_layout_is_laid_out_or_refused(
    tree: dict[str, object],
    indent: int,
    style: bool | None,  # noqa: FBT001 - PyYAML's three styles
    width: int,
) -> None:
    text = yaml.safe_dump(tree, indent=indent, default_flow_style=style, width=width)
    try:
        source = read("p.yaml", text.encode())
    except Refused:
        return
    try:
        layout = in_layout(source)
    except RequestError:
        return
    assert read("p.yaml", layout.encode()).tree == source.tree
    assert "".join(layout.split()) == "".join(text.split())
