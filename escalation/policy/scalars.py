"""What the texts of a file mean: as YAML 1.2 reads them, where older YAML reads them otherwise, where nobody can."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from escalation.policy.characters import named
from escalation.policy.numerals import GROUP, advice_on_group

Kind = Literal["date", "timestamp", "yes-no", "time", "number", "merge", "default"]

LONGEST_KEY = 120

MOST_DIGITS = 15
"""Significant digits that a float64 always gives back as they were written (DBL_DIG of C)."""

LONGEST_NUMBER = 40
"""Characters of a number; leading zeros after the point are not significant, and not endless either."""

# Control characters, noncharacters and lone surrogates; the default-ignorable characters of Unicode
# (DerivedCoreProperties.txt); the line and paragraph separators. Tab and line feed are not among them. Listed, not
# looked up: `unicodedata` changes with Python's version, and the same file must be read alike everywhere.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

UNSEEN = re.compile(f"[{_UNSEEN}]")
"""A character that nobody sees, or that turns the text around it: never part of a value."""

OUT_OF_PLACE = re.compile(f"\\r(?!\\n)|(?!\\r)[{_UNSEEN}]|[{_ODD_SPACES}]|\\t")
"""A character that may not stand in a file as it is: hidden, a space that is not one, a tab."""

SPACE_LIKE = re.compile(f"[\\t{_ODD_SPACES}]")


class Fault(NamedTuple):
    """Why a text cannot stand as it is: a rule's name, a sentence and a remedy."""

    rule: str
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A text without quotes that programs read differently; who knows what is asked for decides.

    A field that asks for a date takes the kind `date`, one that asks for yes or no takes the texts `yes` and `no`;
    everywhere else `fault()` is the answer.
    """

    text: str
    kind: Kind

    def fault(self) -> Fault:
        """Say that the text needs quotes.

        >>> print(*Unquoted("no", "yes-no").fault()[1:], sep="; ")
        `no` without quotes is yes or no to some programs and a text to others; quote it: "no"
        """
        meaning, remedy = _SURPRISES[self.kind]
        text = shown(self.text)
        return Fault("surprising-scalar", f"`{text}` without quotes is {meaning}", remedy.format(text))


Scalar = str | int | float | bool | Unquoted | None

_SURPRISES: dict[Kind, tuple[str, str]] = {
    "date": ("a date to some programs and a text to others", 'quote it: "{}"'),
    "timestamp": ("a date with a time to some programs and a text to others", 'quote it: "{}"'),
    "yes-no": ("yes or no to some programs and a text to others", 'quote it: "{}"'),
    "time": ("a number in base 60 to some programs and a text to others", 'quote it: "{}"'),
    "number": (
        "one number to some programs and another, or a text, to others",
        'quote it if it is a text: "{}"; write a number in plain digits: 1200, 0.5',
    ),
    "merge": ("an instruction to some programs and a text to others", 'quote it: "{}"'),
    "default": ("an instruction to some programs and a text to others", 'quote it: "{}"'),
}

_YES_NO = ("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{word: Unquoted(word, "yes-no") for word in _YES_NO},
    "<<": Unquoted("<<", "merge"),
    "=": Unquoted("=", "default"),
}

_FIRST_OF_NUMBERS = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_SURPRISING: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("date", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    (
        "timestamp",
        re.compile(
            r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
            r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?"
        ),
    ),
    ("time", re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])++(?:\.[0-9_]*)?")),
    (
        "number",
        re.compile(
            r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+"
            r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?)"
        ),
    ),
)


def resolve(text: str) -> Scalar | Fault:
    """What a text without quotes stands for.

    A number is an int, or a float for decimals, and prints back as it was written: at most 15 significant digits.

    >>> resolve("70"), resolve("55.58"), resolve("true"), resolve("~"), resolve("2021-W36")
    (70, 55.58, True, None, '2021-W36')
    >>> resolve("2021-09-12"), resolve("010")
    (Unquoted(text='2021-09-12', kind='date'), Unquoted(text='010', kind='number'))
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST_OF_NUMBERS:
        return text
    whole = _INTEGER.fullmatch(text)
    if whole or _DECIMAL.fullmatch(text):
        if len(text) > LONGEST_NUMBER or sum(map(str.isdigit, text.lstrip("+-0."))) > MOST_DIGITS:
            return Fault(
                "too-many-digits",
                f"`{shown(text)}` has more digits than a number keeps",
                f"write at most {MOST_DIGITS} digits, or quote it if it is a text",
            )
        if GROUP.fullmatch(text):
            message = f"`{text}` is one number in Indonesian and another in English"
            return Fault("ambiguous-number", message, advice_on_group(text))
        return int(text) if whole else float(text)
    if _NOT_FINITE.fullmatch(text):
        return Fault("non-finite-number", f"`{text}` is not a number that can be compared", "write a number in digits")
    for kind, pattern in _SURPRISING:
        if pattern.fullmatch(text):
            return Unquoted(text, kind)
    return text


def in_file(name: str) -> str:
    """Write a name as a file must have it: in quotes where it would be read as something else.

    >>> in_file("up"), in_file("on"), in_file("null")
    ('up', '"on"', '"null"')
    """
    return name if resolve(name) == name else f'"{name}"'


def shown(text: str, *, longest: int = 40) -> str:
    r"""The author's words as a message repeats them: on one line, short, nothing hidden.

    >>> shown("to\n  be", longest=20), shown("x" * 9, longest=5)
    ('to be', 'xxxx…')
    """
    plain = " ".join(UNSEEN.sub("\ufffd", text[: 4 * longest]).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def out_of_place(character: str, *, indents: bool) -> Fault:
    """Say why a character may not stand in a file; `indents`: with nothing but spaces before it in its line."""
    if character == "\t":
        where = "indents this line" if indents else "stands in this line"
        return Fault("tab", f"a tab {where}", "write spaces")
    if SPACE_LIKE.match(character):
        return Fault("hidden-character", f"{named(character)} looks like a space", "write an ordinary space")
    return Fault("hidden-character", f"{named(character)} cannot be seen", "delete it")


def hidden_within(character: str) -> Fault:
    """Say that an escape in a text stands for a character that nobody would see."""
    return Fault("hidden-character", f"this text holds {named(character)}, which cannot be seen", "leave it out")


PROPERTIES = {
    "&": Fault("anchor", "anchors (`&`) are not part of the language", "delete it; quote a text that begins with `&`"),
    "*": Fault(
        "alias", "aliases (`*`) are not part of the language", "write the value out; quote a text that begins with `*`"
    ),
    "!": Fault("tag", "tags (`!`) are not part of the language", "delete it; quote a text that begins with `!`"),
    "<<": Fault("merge-key", "merge keys (`<<`) are not part of the language", "write the keys out"),
}


def question_fault(text: str) -> Fault:
    """Say that a text with a question mark needs quotes within brackets."""
    word = shown(text)
    message = f"`{word}` without quotes cannot be read within brackets by some programs"
    return Fault("surprising-scalar", message, f'quote it: "{word}"')


def key_fault(text: str, *, is_plain: bool) -> Fault | None:
    """Say why a scalar cannot be a key, if so.

    >>> key_fault("on", is_plain=False) is None, key_fault("2021", is_plain=True).message
    (True, 'the key `2021` is not a text')
    """
    if len(text) > LONGEST_KEY:
        return Fault("key-too-long", f"a key has at most {LONGEST_KEY} characters", "shorten it")
    key = resolve(text) if is_plain else text
    if key in {"", None}:
        return Fault("key-not-text", "a key is missing before this `:`", "write a name before it")
    if isinstance(key, str):
        return None
    if isinstance(key, Unquoted):
        return PROPERTIES["<<"] if key.kind == "merge" else key.fault()
    return Fault("key-not-text", f"the key `{shown(text)}` is not a text", f'quote it: "{shown(text)}"')


class _Mistake(NamedTuple):
    """What the author probably did, where the parser makes a complaint before and after these characters.

    The pattern begins within the complaint; it sees `complaint LF line up to the place NUL next two characters`, and
    ETX for the end of the file.
    """

    pattern: str
    message: str
    help: str
    at: Literal["opening", "line", "escape", "here"] = "here"
    rule: str = "yaml-syntax"
    related: str = ""


DIRECTIVE_LINE = re.compile(r"^%", re.MULTILINE)
DIRECTIVE = Fault(
    "directive", "directives (`%`) are not part of the language", "delete the line; quote a text that begins with `%`"
)
MISSING_SPACE = Fault("yaml-syntax", "a space is missing after this `:`", "write `key: value`, or quote the text")
MISSING_SPACE_BEFORE = Fault("yaml-syntax", "a space is missing before this `#`", "write a space before a comment")
SECOND_DOCUMENT = Fault("second-document", "a second document begins here", "keep one document in a file")

# Both parsers of PyYAML say the same in other words; the first pattern that is found counts.
_MISTAKES = (
    _Mistake(
        "quoted scalar; .*(end of stream|document)",
        "the quote that opens here is never closed",
        "close it with `{opener}`; within single quotes an apostrophe is written `''`",
        at="opening",
        rule="unfinished-quote",
    ),
    _Mistake(
        "unknown escape|hexa?decimal|character escape",
        "`{word}` means nothing within double quotes",
        "write `\\\\` for a backslash, or use single quotes",
        at="escape",
        rule="unknown-escape",
    ),
    _Mistake("directive|incompatible", DIRECTIVE.message, DIRECTIVE.help, at="line", rule="directive"),
    _Mistake(r"\btag\b", PROPERTIES["!"].message, PROPERTIES["!"].help, at="opening", rule="tag"),
    _Mistake("an (alias|anchor);", "a text without quotes cannot begin with `{character}`", "quote it", at="opening"),
    _Mistake(
        r"mapping values.*\n.{1024}",
        "no key is as long as what stands before this `:`",
        "shorten it, or quote the text",
        at="line",
        rule="key-too-long",
    ),
    _Mistake(
        r"mapping values.*\n.*:\s.*\0",
        "a second `:` stands in this line",
        "quote the text that holds it, or begin a line for the inner key",
    ),
    _Mistake(
        "mapping values",
        "the key `{word}` cannot stand below a line that is complete, or that lacks its `:`",
        "indent it like the key above, or end the line above with `:`",
        at="line",
    ),
    _Mistake("unexpected ':'", MISSING_SPACE.message, MISSING_SPACE.help),
    _Mistake(
        "simple key;",
        "`{word}` is neither a key with a value nor an entry of a list",
        "write `key: value` or `- entry`; indent a text that goes on from the line above",
        at="opening",
    ),
    _Mistake(
        r"flow (sequence|mapping);.*\n.*\0\x03",
        "the `{opener}` that opens here is never closed",
        "close it with `{closer}`",
        at="opening",
        rule="unclosed-bracket",
    ),
    _Mistake(
        r"flow (sequence|mapping);.*\n.*\0[\]}]",
        "`{character}` cannot close `{opener}`",
        "close it with `{closer}`",
        related="it opens here",
    ),
    _Mistake(
        "flow (sequence|mapping);",
        "a `,` or `{closer}` is missing before this",
        "separate entries with `,`, and close `{opener}` with `{closer}`",
        related="`{opener}` opens here",
    ),
    _Mistake(r"node content.*\n.*\0-", "a list with `-` cannot stand within brackets", "separate its entries with `,`"),
    _Mistake(
        r"node content.*\n.*\0\x03",
        "the file ends where a value is missing",
        "write the value, and close what is open",
    ),
    _Mistake(
        "node content",
        "a value is missing before `{character}`",
        "write the value; quote a text that holds `{character}`",
    ),
    _Mistake("start any token", "a text without quotes cannot begin with `{character}`", "quote it"),
    _Mistake(
        "sequence entries",
        "a list with `-` cannot begin in the line of its key",
        "begin it in the next line, or write `[one, two]`",
    ),
    _Mistake("mapping keys", "a text without quotes cannot begin with `?` and a space", "quote it"),
    _Mistake(
        "block scalar;",
        "only `+`, `-` or a digit from 1 to 9 may follow `{opener}`",
        "begin the text in the next line, indented",
    ),
    _Mistake(r"\n.*\0[\]}]", "`{character}` closes nothing", "delete it, or quote the text that holds it"),
    _Mistake(r"document start.*\n\0\.\.", "nothing stands before `...`", "delete the line"),
    _Mistake(
        "document start",
        "this line stands further left than the first one",
        "begin every key of the file in the same column",
        at="line",
    ),
    _Mistake(
        r"""block mapping;.*\n.*[\"']\s*\0""",
        "something follows a quote that is closed",
        "quote the whole text; a quote within it is written `\\\"` in double quotes, `''` in single ones",
    ),
    _Mistake(r"block mapping;.*\n\s*\0:", "a key is missing before this `:`", "write a name before it"),
    _Mistake(
        r"block mapping;.*\n\s*\0-\s",
        "an entry of a list stands among keys",
        "indent it below its key, or write `key: value`",
        related="the keys begin here",
    ),
    _Mistake(
        "block mapping;",
        "this stands in line with nothing above it",
        "indent it like the line that it belongs to",
        related="the keys around it begin here",
    ),
    _Mistake(
        "block collection;",
        "this is no entry of the list around it",
        "begin an entry with `- `, or indent it like the line that it belongs to",
        related="the list begins here",
    ),
    _Mistake("", "this cannot be read", "check quotes, colons and indentation here and above"),
)


def misread(complaint: str, text: str, index: int, *, opening: int) -> tuple[Fault, int, str]:
    """What is wrong where the parser complains, at which index, and what to say of the opening (or nothing)."""
    if "document start" in complaint:
        if found := DIRECTIVE_LINE.search(text, 0, index):
            return DIRECTIVE, found.start(), ""
        if re.search(r"^\.\.\.", text[:index], re.MULTILINE):
            return SECOND_DOCUMENT, index, ""
    start = text.rfind("\n", 0, index) + 1
    line = text[start:].partition("\n")[0]
    rest = line[index - start :][:2] if text[index:].strip() else "\x03"
    said = f"{complaint}\n{line[: index - start]}\0{rest}"
    mistake = next(one for one in _MISTAKES if re.match(f"[^\\n]*?(?:{one.pattern})", said))
    at = {
        "opening": opening,
        "line": start + len(line) - len(line.lstrip()),
        "escape": text.rfind("\\", 0, index + 1),
        "here": index,
    }[mistake.at]
    word = text[at : at + 2] if mistake.at == "escape" else re.split(r"[\s:]", text[at : at + 200], maxsplit=1)[0]
    words = {
        "opener": text[opening : opening + 1],
        "closer": {"[": "]", "{": "}"}.get(text[opening : opening + 1], ""),
        "character": text[at : at + 1],
        "word": shown(word),
    }
    fault = Fault(mistake.rule, mistake.message.format(**words), mistake.help.format(**words))
    return fault, at, mistake.related.format(**words)
