"""What rests on what: circles, and the longest way down, in time that grows with the file and without recursion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Edges = Mapping[str, Sequence[str]]


def circles(edges: Edges) -> Iterator[list[str]]:
    """Give the circles of a graph, each as names of which the last is the first again; a name is in one at most.

    >>> list(circles({"a": ["b"], "b": ["a"], "c": ["c"], "d": ["a"]}))
    [['a', 'b', 'a'], ['c', 'c']]
    """
    done: set[str] = set()
    for start in edges:
        path: dict[str, Iterator[str]] = {}
        following: str | None = start
        while following is not None or path:
            if following is not None and following not in done and following in edges:
                if following in path:
                    names = list(path)
                    yield [*names[names.index(following) :], following]
                    done.update(names)
                else:
                    path[following] = iter(edges[following])
            name = next(reversed(path), None)
            following = next(path[name], None) if name is not None else None
            if following is None and name is not None:
                done.add(name)
                del path[name]


def longest(edges: Edges, lengths: Mapping[str, int]) -> dict[str, int]:
    """Add up lengths along the longest way down from each name of a graph without circles; of a circle say nothing.

    >>> longest({"a": ["b", "c"], "b": ["c"], "c": []}, {"a": 1, "b": 5, "c": 2})
    {'c': 2, 'b': 7, 'a': 8}
    """
    found: dict[str, int] = {}
    for start in edges:
        waiting = [start]
        on_the_way: set[str] = set()
        while waiting:
            name = waiting[-1]
            below = [other for other in edges[name] if other in edges]
            open_ = [other for other in below if other not in found and other not in on_the_way]
            if name not in found and open_ and name not in on_the_way:
                on_the_way.add(name)
                waiting += open_
            else:
                waiting.pop()
                if name not in found:
                    found[name] = lengths[name] + max((found.get(other, 0) for other in below), default=0)
    return found
