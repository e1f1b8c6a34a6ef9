"""Policy files as trees in which every key and value keeps its place; files from strangers are read within limits.

The tree is built from PyYAML's events, one at a time and without recursion. Both parsers of PyYAML keep their stack
on the heap and look at most 1,024 characters ahead, so that refusing the 33rd open collection bounds them as well.
"""

# ruff: noqa: ANN401 - the events of PyYAML's two parsers share names, not types

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from escalation.diagnostics import Place
from escalation.errors import RequestError
from escalation.policy import scalars
from escalation.policy.comments import Comment, Extent, comments_in
from escalation.policy.notes import MOST_FINDINGS, Notes, Position
from escalation.policy.numerals import LONGEST, PLAIN, advice_on, cut_by_comma
from escalation.policy.scalars import Fault, shown

Route = tuple[str | int, ...]
"""The keys and indices that lead to a value; () is the document itself."""

# What keeps a hostile file within 0.25 s and 16 MiB. A policy of 4 kB has some 450 keys and values.
LARGEST = 256_000
MOST_LINES = 8_000
MOST_NODES = 20_000
DEEPEST = 32

_KEEP_OUT = "keep data out of the policy"
_TOO_MANY = Fault("too-many-nodes", f"the file has more than {MOST_NODES:,} keys and values", _KEEP_OUT)
_TOO_DEEP = Fault(
    "too-deep",
    f"more than {DEEPEST} levels of lists and keys stand within each other here",
    "name the parts and refer to them",
)
_PROPERTY = re.compile(r"([&!])[^\s,\[\]{}]*+(?:\s++|#.*+)*+")
_NO_SPACE = re.compile(r"\s*+:[,\[\]{}]")
_NO_HEADER = re.compile(r"[|>][-+0-9]*#")

PARSER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's parser where PyYAML was built with it; the one in Python reads the same, six times slower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Where a value begins, and the key that it belongs to; an entry of a list has no key."""

    key: Position | None
    value: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that has been read: dicts, lists, texts, numbers, true, false, None and `Unquoted`, all with their places.

    `digest` is the SHA-256 of the bytes, `text` what they say; `comments` are those addressed to the checker.
    """

    file: str
    digest: str
    tree: object
    spans: Mapping[Route, Spans]
    comments: tuple[Comment, ...] = ()
    text: str = ""

    def place(self, route: Route, *, key: bool = False) -> Place:
        r"""Where a value stands, or its key; where the route leads nowhere, the last value on its way.

        >>> source = read("policy.yaml", b"name: bekasi\nstages: [{name: appeal}]")
        >>> print(source.place(("stages", 0, "name"), key=True), source.place(("stages", 0, "title", "en")))
        policy.yaml:2:11 policy.yaml:2:10
        """
        while route and route not in self.spans:
            route = route[:-1]
        spans = self.spans[route]
        line, column = spans.key if key and spans.key else spans.value
        return Place(file=self.file, line=line, column=column)


def read_file(path: str | os.PathLike[str]) -> Source:
    """Read a file. Raise Refused with all that is wrong with it, RequestError where there is no file to read."""
    file = os.fspath(path)
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise RequestError(
            f"there is no file `{shown(file)}`",
            help="check the name and the folder",
            indonesian=(f"berkas `{shown(file)}` tidak ada", "periksa nama dan foldernya"),
        ) from None
    except IsADirectoryError:
        raise RequestError(f"`{shown(file)}` is a folder", help="name a file in it") from None
    except (OSError, ValueError):
        raise RequestError(f"`{shown(file)}` cannot be read", help="check that you may read the file") from None
    return read(file, data)


def read(file: str, data: bytes, *, parser: type = PARSER) -> Source:
    """Read the bytes of a file; `file` is the name that messages give it. Raise Refused with all that is wrong."""
    notes = Notes(file)
    text = _visible(_decoded(data, notes), notes)
    tree = _Tree(text, notes)
    if not notes.are_full:
        tree.grow(parser)
    notes.refuse_if_any()
    comments, digest = comments_in(text, tree.texts), hashlib.sha256(data).hexdigest()
    spans = MappingProxyType(tree.spans)
    return Source(file=file, digest=digest, tree=tree.root, spans=spans, text=text, comments=comments)


def _decoded(data: bytes, notes: Notes) -> str:
    """Turn the bytes into text, a byte order mark left out, if they are few enough and UTF-8."""
    if len(data) > LARGEST:
        fault = Fault("file-too-large", f"the file has more than {LARGEST:,} bytes", _KEEP_OUT)
        notes.refuse(fault, (0, 0))
    if data.count(b"\n") > MOST_LINES:
        fault = Fault("too-many-lines", f"the file has more than {MOST_LINES:,} lines", _KEEP_OUT)
        notes.refuse(fault, (MOST_LINES + 1, 1))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = error.object[: error.start].decode()
        fault = Fault("not-utf-8", "the file is not UTF-8 from here on", "save it as UTF-8 in your editor")
        notes.refuse(fault, _position(good, len(good)))


def _position(text: str, index: int) -> Position:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _visible(text: str, notes: Notes) -> str:
    """Note the characters that may not stand in a file, the first of a line; put stand-ins in their places."""
    if not scalars.OUT_OF_PLACE.search(text):
        return text
    for number, line in enumerate(io.StringIO(text, newline="\n"), start=1):
        found = scalars.OUT_OF_PLACE.search(line)
        if found and not notes.are_full:
            indents = not line[: found.start()].strip(" ")
            notes.add(scalars.out_of_place(found[0], indents=indents), (number, found.start() + 1))
            notes.doubtful_lines.add(number)
            if indents and found[0] == "\t":
                notes.first_bad_indent = min(number, notes.first_bad_indent)
    return scalars.OUT_OF_PLACE.sub(lambda found: " " if scalars.SPACE_LIKE.match(found[0]) else "\ufffd", text)


@dataclass(slots=True)
class _Open:
    """A list or a mapping that has begun and not yet ended."""

    node: dict[str, object] | list[object]
    route: Route
    is_key: bool
    is_flow: bool
    key: str | None = None
    key_at: Position | None = None
    first: dict[str, Position] = field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.node, dict)


class _Tree:
    """The tree of one document as it grows, event by event."""

    def __init__(self, text: str, notes: Notes) -> None:
        self.text = text
        self.notes = notes
        self.root: object = None
        self.spans: dict[Route, Spans] = {}
        self.texts: list[Extent] = []
        self.open: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def grow(self, parser: type) -> None:
        """Take in all events, up to the first that forbids to go on."""
        try:
            for event in _events(self.text, parser):
                if self.notes.are_full or not self._take(event):
                    return
        except yaml.YAMLError as error:
            self._note_syntax(error)
        else:
            self._note_what_the_file_is()

    def _take(self, event: Any) -> bool:
        """Take in one event; say whether the next one is wanted."""
        if isinstance(event, yaml.NodeEvent):
            self.nodes += 1
            if self.nodes > MOST_NODES:
                return self._stop(_TOO_MANY, event)
            self._note_properties(event)
            if isinstance(event, yaml.CollectionStartEvent):
                return self._begin(event)
            if isinstance(event, yaml.ScalarEvent):
                self._note_disputes(event)
            if self.open and self.open[-1].awaits_key:
                self._take_key(event)
            else:
                self._put(self._value(event), _start(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            if self.open.pop().is_key:
                self.open[-1].key = ""
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                return self._stop(scalars.SECOND_DOCUMENT, event)
            self._note_directives(event)
        return True

    def _stop(self, fault: Fault, event: Any) -> bool:
        self.notes.add(fault, _start(event))
        return False

    def _begin(self, event: Any) -> bool:
        if len(self.open) == DEEPEST:
            return self._stop(_TOO_DEEP, event)
        node: dict[str, object] | list[object] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        is_key = bool(self.open) and self.open[-1].awaits_key
        if is_key:
            kind = "a list" if isinstance(node, list) else "keys with values"
            fault = Fault("key-not-text", f"a key is a text, not {kind}", "quote it if it is a text")
            self.notes.add(fault, _start(event))
        route = self.open[-1].route if is_key else self._put(node, _start(event))
        self.open.append(_Open(node, route, is_key, bool(event.flow_style)))
        return True

    def _put(self, value: object, at: Position) -> Route:
        """Put a value in its place; give back the route that leads there."""
        if not self.open:
            self.root = value
            self.spans[()] = Spans(key=None, value=at)
            return ()
        parent = self.open[-1]
        if isinstance(parent.node, list):
            route: Route = (*parent.route, len(parent.node))
            parent.node.append(value)
        else:
            route = (*parent.route, str(parent.key))
            parent.node[str(parent.key)] = value
        self.spans[route] = Spans(key=parent.key_at, value=at)
        parent.key = parent.key_at = None
        return route

    def _take_key(self, event: Any) -> None:
        parent, at = self.open[-1], _start(event)
        parent.key, parent.key_at = getattr(event, "value", ""), at
        if isinstance(event, yaml.AliasEvent):
            return
        if fault := scalars.key_fault(event.value, is_plain=not event.style):
            self._note_key(fault, event)
        elif event.value in parent.first:
            fault = Fault("duplicate-key", f"the key `{shown(event.value)}` stands here again", "keep one of the two")
            self.notes.add(fault, at, related="it stands here first", there=parent.first[event.value])
        else:
            parent.first[event.value] = at
        self._note_escapes(event)

    def _note_key(self, fault: Fault, event: Any) -> None:
        """Note a key that is none, or the number that a comma within braces cut in two."""
        (line, column), start = _start(event), event.start_mark.index
        before = self.text[max(start - LONGEST, 0) : start] if self.open[-1].is_flow else ""
        if number := cut_by_comma(before, event.value):
            message = f"the comma of `{shown(number)}` begins a new entry here"
            fault = Fault("comma-in-number", message, advice_on(number) or PLAIN)
            column -= len(number) - len(event.value)
        self.notes.add(fault, (line, column))

    def _value(self, event: Any) -> object:
        if isinstance(event, yaml.AliasEvent):
            return None
        if not event.style:
            value = scalars.resolve(event.value)
            if isinstance(value, Fault):
                self.notes.add(value, _start(event))
            return value
        self._note_escapes(event)
        return event.value

    def _note_escapes(self, event: Any) -> None:
        if event.style == '"' and (found := scalars.UNSEEN.search(event.value)):
            self.notes.add(scalars.hidden_within(found[0]), _start(event))

    def _note_properties(self, event: Any) -> None:
        """Note anchors, aliases and tags; a `!` alone leaves no trace in the event of a scalar."""
        index = event.start_mark.index
        if isinstance(event, yaml.AliasEvent):
            self.notes.add(scalars.PROPERTIES["*"], _start(event))
        elif event.anchor or event.tag or (self.text.startswith("!", index) and getattr(event, "value", "")):
            while found := _PROPERTY.match(self.text, index):
                self.notes.add(scalars.PROPERTIES[found[1]], _position(self.text, index))
                index = found.end()

    def _note_disputes(self, event: Any) -> None:
        """Note what only one of PyYAML's parsers reads: `>#`, and within brackets `{a?}` or `{a:[b]}`."""
        if event.style:
            self.texts.append((event.start_mark.index, event.end_mark.index))
            if found := _NO_HEADER.match(self.text, event.start_mark.index):
                self.notes.add(scalars.MISSING_SPACE_BEFORE, _position(self.text, found.end() - 1))
        elif self.open and self.open[-1].is_flow and event.value:
            if "?" in event.value:
                self.notes.add(scalars.question_fault(event.value), _start(event))
            if found := _NO_SPACE.match(self.text, event.end_mark.index):
                self.notes.add(scalars.MISSING_SPACE, _position(self.text, found.end() - 2))

    def _note_directives(self, event: Any) -> None:
        for found in islice(scalars.DIRECTIVE_LINE.finditer(self.text, 0, event.end_mark.index), MOST_FINDINGS):
            self.notes.add(scalars.DIRECTIVE, _position(self.text, found.start()))

    def _note_syntax(self, error: yaml.YAMLError) -> None:
        """Say what the parser stumbled over, unless a character that may not stand there explains it."""
        mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        index = mark.index if mark else 0
        opening = context_mark.index if context_mark else index
        complaint = f"{getattr(error, 'context', '')}; {getattr(error, 'problem', '')}"
        fault, place, related = scalars.misread(complaint, self.text, index, opening=opening)
        at, there, near = (_position(self.text, one) for one in (place, opening, index))
        if not self.notes.doubtful_lines & {at[0], there[0], near[0], near[0] - 1}:
            self.notes.add(fault, at, related=related, there=there)

    def _note_what_the_file_is(self) -> None:
        if self.root is None:
            self.notes.add(Fault("empty-file", "the file is empty", "write keys and their values"), (1, 1))
        elif not isinstance(self.root, dict):
            kind = "a list" if isinstance(self.root, list) else "a single value"
            fault = Fault("not-a-mapping", f"the file is {kind}", "write keys and their values, `name: value`")
            self.notes.add(fault, self.spans[()].value)


def _events(text: str, parser: type) -> Iterator[Any]:
    events = parser(text)
    try:
        while events.check_event():
            yield events.get_event()
    except (ValueError, OverflowError):  # of chr(): "\U00110000" in the parser written in Python
        mark = events.get_mark()
        raise yaml.MarkedYAMLError("", mark, "character escape", mark) from None
    finally:
        events.dispose()


def _start(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1
