"""What is wrong with a template of an office, in the words of whoever wrote it: place, unknown name, nearest name."""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError

from escalation.diagnostics import visible
from escalation.errors import RequestError
from escalation.policy.defects import advice, named

CLOSED_LATE = 20
"""Lines of one expression that are looked through for a name."""


class Missing(UndefinedError):
    """A template asks for what is not there: `name`, of the value `of` where it is not a name that stands alone."""

    def __init__(self, hint: str | None, of: object, name: object, message: str | None) -> None:
        super().__init__(message)
        self.hint, self.of, self.name = hint, of, name


class Unknown(StrictUndefined):
    """What is not there, as a template has it: whatever it does with it raises Missing."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = StrictUndefined,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        raised = partial(Missing, hint, obj, name) if exc is UndefinedError else exc
        super().__init__(hint, obj, name, raised)  # type: ignore[arg-type]  # it is called with a message


class Unprintable(TypeError):
    """A template prints a value that has parts instead of one of its parts."""

    def __init__(self, value: object) -> None:
        super().__init__(value)
        self.value = value


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong: the message, what to write instead, and the word of the template that it is about."""

    message: str
    help: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the templates come from, and what the one that is filled may see."""

    folder: Path
    template: str
    environment: Environment
    context: Mapping[str, object]


def worded(error: Exception, source: Source) -> RequestError:
    """Say what is wrong, with file, line and column where they are known."""
    told = explained(error, source)
    return RequestError(f"{_place(error, told.word, source)}: {told.message}", help=told.help)


def explained(error: Exception, source: Source) -> Told:
    """Say what is wrong in plain words, without the place."""
    match error:
        case Missing():
            return _missing(error, source)
        case Unprintable(value=value):
            parts = _parts(value)
            remedy = f"write one of its parts: {named(parts)}" if parts else "say what is printed of it"
            return Told(f"{_kind(value)} cannot be printed", remedy)
        case TemplateNotFound(name=name):
            known = [one for one in source.environment.list_templates() if one.endswith(".html")]
            return Told(f"there is no template `{name}`", advice(str(name), known), str(name))
        case TemplateSyntaxError():
            return _syntax(error.message or "", source.environment)
        case TemplateRuntimeError() if str(error).startswith("No "):
            return _syntax(str(error), source.environment)
        case SecurityError() if barred := re.search("attribute '(.*?)'", str(error)):
            return Told(f"`{barred[1]}` is not for templates", word=barred[1])
    return _failed(error, str(error).rstrip(".") or type(error).__name__)


def _missing(error: Missing, source: Source) -> Told:
    name, of, hint = str(error.name), error.of, error.hint or ""
    if exporter := re.search("the template '(.*?)' .*does not export", hint):
        known: Collection[str] = _macros(exporter[1], source.environment)
        return Told(f"`{exporter[1]}` has no `{name}`", advice(name, known), name)
    if given := re.search("parameter '(.*?)' was not provided", hint):
        return Told(f"the macro is not given its `{given[1]}`", "write it between the brackets")
    if of is StrictUndefined or repr(of) == "missing":
        return Told(f"there is no `{name}` here", advice(name, _visible(source)), name)
    if isinstance(error.name, int):
        size = len(of) if isinstance(of, tuple | list | str) else 0
        return Told(f"there is no element {name}: the first is 0, and there are {size}", word=name)
    if isinstance(of, tuple | list):
        message = f"a list has no `{name}`: each of its elements may have"
        return Told(message, "write `{% for one in LIST %}`, and ask `one`", name)
    return Told(f"{_kind(of)} has no `{name}`", advice(name, _parts(of)), name)


def _syntax(message: str, environment: Environment) -> Told:
    """Say the commonest mistakes of writing in plain words."""
    if found := re.fullmatch(r"No (filter|test) named '(.*?)'( found)?\.", message):
        known = environment.filters if found[1] == "filter" else environment.tests
        return Told(f"there is no {found[1]} `{found[2]}`", advice(found[2], tuple(known)), found[2])
    if found := re.search("Unexpected end of template.*innermost block that needs to be closed is '(.*?)'", message):
        return Told(f"`{{% {found[1]} … %}}` is not closed", f"write `{{% end{found[1]} %}}`")
    if found := re.match("Encountered unknown tag '(.*?)'", message):
        if found[1].startswith("end"):
            return Told(f"`{{% {found[1]} %}}` closes nothing that is open", word=found[1])
        return Told(f"there is no `{{% {found[1]} %}}`", word=found[1])
    if message == "unexpected 'end of template'":
        return Told("the template ends within a tag")
    if found := re.fullmatch("unexpected '(.*?)'", message):
        return Told(f"`{found[1]}` cannot stand here", word=found[1])
    if found := re.fullmatch("expected token '(.*?)', got '(.*?)'", message):
        wanted = {"end of print statement": "}}", "end of statement block": "%}"}.get(found[1], found[1])
        return Told(f"`{found[2]}` stands where `{wanted}` should", word=found[2])
    return Told(message.rstrip("."))


def _failed(error: Exception, message: str) -> Told:
    """Say in plain words what Python says of a calculation."""
    match error:
        case TypeError() if found := re.search("'(.*?)' object is not callable", message):
            return Told(f"{_KINDS.get(found[1], found[1])} cannot be called: leave out the brackets")
        case TypeError() if "no loader" in message:
            return Told("a Word template includes and imports nothing")
        case OverflowError() if "MAX_RANGE" in message:
            return Told("a range holds at most 100,000 numbers", word="range")
        case RecursionError():
            return Told("it includes or calls itself without end")
        case UnicodeDecodeError():
            return Told("this is not UTF-8", "save it as UTF-8")
    return Told(f"this cannot be worked out: {message}")


_KINDS = {"str": "a text", "int": "a number", "float": "a number", "tuple": "a list", "list": "a list",
          "dict": "a table of words", "NoneType": "nothing"}  # fmt: skip


def _kind(value: object) -> str:
    kind = type(value).__name__
    return _KINDS.get(kind, f"`{kind}`")


def _parts(value: object) -> tuple[str, ...]:
    if is_dataclass(value):
        return tuple(one.name for one in fields(value))
    return tuple(map(str, value)) if isinstance(value, dict) else ()


def _macros(template: str, environment: Environment) -> tuple[str, ...]:
    tree = _tree(template, environment)
    return tuple(one.name for one in tree.find_all(nodes.Macro)) if tree is not None else ()


def _visible(source: Source) -> tuple[str, ...]:
    """Name what a template may see: its context, and what it sets and imports itself."""
    tree = _tree(source.template, source.environment)
    return tuple(dict.fromkeys((*source.context, *(_set(tree) if tree is not None else ()))))


def _tree(template: str, environment: Environment) -> nodes.Template | None:
    if environment.loader is None:
        return None
    try:
        return environment.parse(environment.loader.get_source(environment, template)[0])
    except (TemplateNotFound, TemplateSyntaxError):
        return None


def _set(tree: nodes.Template) -> Iterator[str]:
    yield from (one.name for one in tree.find_all(nodes.Macro))
    yield from (one.name for one in tree.find_all(nodes.Name) if one.ctx == "store")
    for one in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in one.names)


def _place(error: Exception, word: str, source: Source) -> str:
    """Give file, line and column: the last line of the office's own templates that was at work."""
    file, line = source.folder / source.template, 0
    if isinstance(error, TemplateSyntaxError):
        file, line = Path(error.filename or file), error.lineno
    else:
        frames = traceback.extract_tb(error.__traceback__)
        for frame in frames:
            if Path(frame.filename).is_relative_to(source.folder):
                file, line = Path(frame.filename), frame.lineno or 0
    return ":".join([visible(str(file)), *(map(str, _position(file, line, word)) if line else ())])


def _position(file: Path, line: int, word: str) -> tuple[int, ...]:
    """Give the line and, where the word stands there or a little below, its column."""
    text = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    sought = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") if word else None
    for number in range(line, line + CLOSED_LATE):
        found = sought.search(text[number - 1]) if sought and number <= len(text) else None
        if found:
            return number, found.start() + 1
    return (line,)
