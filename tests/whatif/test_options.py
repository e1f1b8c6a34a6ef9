"""Options that make a scenario are read or refused, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.errors import Refused
from escalation.whatif.scenarios.options import of_options
from escalation.whatif.scenarios.scenario import Scenario
from tests.whatif.clinic import clinic

WORDS = (
    "pace", "scale", "stop", "revise", "late", "all", "doses", "visits", "by", "value", "people", "from", "to", "0.5",
    "2021-W40", "yes", "week", "regions", "name", "trigger", "busy", "appeal", "order", "law", "rule", "follow", "lag",
    "instruments", "moves.back", "target", "after", "8", ":", ",", "{", "}", "[", "]", "#", "'", '"', "&", "*", "!",
    "|", ">", "-", "?", "~", "\n", "\t", "\x00", "\ud800", "é", "%",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from([*WORDS, " "]), max_size=9).map("".join)


def read_or_refused(
    values: dict[str, float | str], drop: list[str], add: list[str], data: list[str], adopt: str
) -> Scenario | Refused:
    try:
        return of_options(clinic(), settings=values, drop=drop, add=add, data=data, adopt=adopt)
    except Refused as refused:
        return refused


@settings(max_examples=300, deadline=None)
@given(
    values=st.dictionaries(TEXTS, st.one_of(TEXTS, st.just(5.0)), max_size=2),
    drop=st.lists(TEXTS, max_size=2),
    add=st.lists(TEXTS, max_size=2),
    data=st.lists(TEXTS, max_size=2),
    adopt=TEXTS,
)
def test_whatever_options_hold_they_are_read_or_refused(
    values: dict[str, float | str], drop: list[str], add: list[str], data: list[str], adopt: str
) -> None:
    found = read_or_refused(values, drop, add, data, adopt)
    if isinstance(found, Refused):
        assert all(str(one).startswith("--") for one in found.diagnostics)
    else:
        assert len(found.amendments) == len(values) + len(drop) + len(add)
        assert len(found.edits) == len(data)


@pytest.mark.parametrize("text", ["pace: doses, by: 0.5", "{pace: doses, by: 0.5}", " { pace: doses ,\n by: 0.5 } "])
def test_braces_and_lines_make_no_difference(text: str) -> None:
    assert of_options(clinic(), data=[text]) == of_options(clinic(), data=["pace: doses, by: 0.5"])


def test_an_option_says_nothing_of_another_one() -> None:
    with pytest.raises(Refused, match=r"^--drop 'moves.back"):
        of_options(clinic(), drop=["moves.back\nset: {target: 50}"])


def test_a_column_is_that_of_the_value_as_it_is_written() -> None:
    for text in ("pace: doses, by: many", "{pace: doses, by: many}"):
        with pytest.raises(Refused) as caught:
            of_options(clinic(), data=[text])
        assert f"column {text.index('many') + 1}: " in str(caught.value)
