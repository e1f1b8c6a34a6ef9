"""Circles and longest ways, against brute force on small graphs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from escalation.policy.graph import circles, longest

NAMES = "abcdef"
GRAPHS = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4), max_size=6)
# Edges that lead to earlier names only cannot form a circle.
TREES = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(NAMES[:index]), max_size=3) if index else st.just([])
     for index, name in enumerate(NAMES)}
)  # fmt: skip


def reachable(graph: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph.get(name, ())
    return found


@given(GRAPHS)
def test_a_circle_is_found_where_a_name_reaches_itself(graph: dict[str, list[str]]) -> None:
    found = list(circles(graph))
    assert bool(found) == any(name in reachable(graph, name) for name in graph)
    for circle in found:
        assert circle[0] == circle[-1]
        assert all(after in graph[before] for before, after in pairwise(circle))


@given(TREES, st.fixed_dictionaries({name: st.integers(0, 9) for name in NAMES}))
def test_the_longest_way_is_that_of_all_ways(graph: dict[str, list[str]], lengths: dict[str, int]) -> None:
    def way(name: str) -> int:
        return lengths[name] + max((way(below) for below in graph[name]), default=0)

    assert longest(graph, lengths) == {name: way(name) for name in graph}
