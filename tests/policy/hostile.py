"""Texts that a policy file from a stranger may be made of, and how each is answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = 255_000
"""Bytes of a text that is as long as the limit allows, more or less."""


@dataclass(frozen=True)
class Hostile:
    """One text, and one finding that must be among the answer's."""

    name: str
    text: str | bytes | Callable[[], str | bytes]
    rule: str
    line: int = 1
    column: int = 1

    @cached_property
    def data(self) -> bytes:
        """Give the bytes; the long ones are made when they are wanted."""
        made = self.text() if callable(self.text) else self.text
        return made.encode() if isinstance(made, str) else made


def filled(unit: str, *, before: str = "", after: str = "", size: int = FULL) -> Callable[[], str]:
    """Repeat a unit until the text is long enough."""
    return lambda: before + unit * ((size - len(before) - len(after)) // len(unit.encode())) + after


def numbered(pattern: str, count: int, *, before: str = "", after: str = "") -> Callable[[], str]:
    """Repeat a pattern with the number of its turn for N."""
    return lambda: before + "".join(pattern.replace("N", str(number)) for number in range(count)) + after


def stairs(step: str, count: int, *, width: int = 1) -> Callable[[], str]:
    """Indent each line further than the one above."""
    return lambda: "".join(" " * (width * number) + step + "\n" for number in range(count))


MERGE_BOMB = "a0: &a0 {k0: 0, k1: 1, k2: 2}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 9)
)
"""Few bytes, each level nine times the work of the level above (58 s and 1.6 GiB in `yaml.safe_load`)."""

LAUGHS = 'a0: &a0 ["ha"]\n' + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))

SIZE = (
    Hostile("one byte too many", filled("x", before="a: ", size=256_001), "file-too-large", 0, 0),
    Hostile("megabytes", filled("- {below: 10, value: 1}\n", size=5_000_000), "file-too-large", 0, 0),
    Hostile("one line too many", "#\n" * 8_001, "too-many-lines", 8_001),
    Hostile("only line feeds", filled("\n"), "too-many-lines", 8_001),
    Hostile("a long list", filled("a,", before="a: [", after="]"), "too-many-nodes", 1, 39_999),
    Hostile("a long list of lists", filled("[],", before="a: [", after="]"), "too-many-nodes", 1, 59_996),
    Hostile("a long list of pairs", filled("a: b,", before="a: [", after="]"), "too-many-nodes", 1, 33_333),
    Hostile("many keys", numbered("kN: 1,", 20_000, before="a: {", after="}"), "too-many-nodes", 1, 88_884),
    Hostile("many missing values", filled(",a", before="{", after="}"), "yaml-syntax", 1, 2),
    Hostile(
        "nested lines",
        filled("- {a: [1, 2, 3, 4, 5, 6, 7]}\n", before="a:\n", size=230_000),
        "too-many-nodes",
        2_001,
        20,
    ),
)

DEPTH = (
    Hostile("100,000 times [", "[" * 100_000, "too-deep", 1, 33),
    Hostile("100,000 times {", "{" * 100_000, "too-deep", 1, 33),
    Hostile("100,000 times -", "- " * 100_000, "too-deep", 1, 65),
    Hostile("100,000 times ?", "? " * 100_000, "too-deep", 1, 65),
    Hostile("[ until the limit", filled("[", before="a: "), "too-deep", 1, 35),
    Hostile("{ and [ by turns", "{[" * 100_000, "too-deep", 1, 33),
    Hostile("? and - by turns", "? - " * 60_000, "too-deep", 1, 65),
    Hostile("keys within braces", filled("{a: "), "too-deep", 1, 129),
    Hostile("closed again", "a: " + "[" * 100_000 + "]" * 100_000, "too-deep", 1, 35),
    Hostile("[ on each line", "[\n" * 7_900, "too-deep", 33, 1),
    Hostile("- on each line", stairs("-", 700), "too-deep", 33, 33),
    Hostile("keys on each line", stairs("a:", 700), "too-deep", 33, 33),
    Hostile("one level too many", "a: " + "[" * 32 + "]" * 32, "too-deep", 1, 35),
)

NAMES = (
    Hostile("merge bomb", MERGE_BOMB, "merge-key", 2, 10),
    Hostile("a billion laughs", LAUGHS, "alias", 2, 10),
    Hostile("a list that holds itself", "a: &a [*a]\n", "alias", 1, 8),
    Hostile("anchor", "a: 1\nb: &b 2\n", "anchor", 2, 4),
    Hostile("anchor on a key", "&a b: 1\n", "anchor"),
    Hostile("anchor and tag", "a: &b !c d\n", "tag", 1, 7),
    Hostile("thousands of anchors", numbered("&aN x,", 9_000, before="a: [", after="]"), "anchor", 1, 5),
    Hostile("thousands of aliases", filled("*a,", before="a: [&a 1,", after="]"), "alias", 1, 10),
    Hostile("anchor of nothing", filled(" ", before="a: &b", after="\nc: 1\n"), "anchor", 1, 4),
    Hostile("tag before many comments", "a: !b\n" + "#\n" * 7_900, "tag", 1, 4),
    Hostile("tags and anchors", filled("&a !b c,", before="a: [", after="]"), "tag", 1, 8),
    Hostile("an alias of nothing", "a: *b\n", "alias", 1, 4),
    Hostile("alias as a key", "*a : 1\n", "alias"),
    Hostile("merge key", "a:\n  <<: {b: 1}\n", "merge-key", 2, 3),
    Hostile("tag that runs code", 'a: !!python/object/apply:os.system ["true"]\n', "tag", 1, 4),
    Hostile("tag of a set", "a: !!set {b, c}\n", "tag", 1, 4),
    Hostile("tag of a key", "!!str a: 1\n", "tag"),
    Hostile("tag of its own", "a: !mine 1\n", "tag", 1, 4),
    Hostile("tag in full", "a: !<tag:yaml.org,2002:str> 1\n", "tag", 1, 4),
    Hostile("tag that was never declared", "a: !x!y 1\n", "tag", 1, 4),
    Hostile("tag without a name", "a: ! 1\n", "tag", 1, 4),
    Hostile("binary", "a: !!binary aGVsbG8=\n", "tag", 1, 4),
    Hostile("directive", "%YAML 1.1\n---\na: 1\n", "directive"),
    Hostile("directive for tags", "# first\n%TAG ! tag:example.org,2000:\n---\na: 1\n", "directive", 2),
    Hostile("directive of nobody", "%FOO bar\n---\na: 1\n", "directive"),
    Hostile("directive of tomorrow", "%YAML 2.0\n---\na: 1\n", "directive"),
    Hostile("directive without a document", "%YAML 1.1\na: 1\n", "directive"),
    Hostile("thousands of directives", "%FOO bar\n" * 7_900 + "---\na: 1\n", "directive"),
    Hostile("second document", "a: 1\n---\nb: 1\n", "second-document", 2),
    Hostile("second document after dots", "a: 1\n...\nb: 1\n", "second-document", 3),
    Hostile("thousands of documents", "--- a\n" * 7_900, "second-document", 2),
)

KEYS = (
    Hostile("duplicate key", "a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
    Hostile("duplicate key in braces", "a: {b: 1, b: 2}\n", "duplicate-key", 1, 11),
    Hostile("duplicate key in quotes", 'a: 1\n"\\x61": 2\n', "duplicate-key", 2),
    Hostile("thousands of duplicates", "a: 1\n" * 7_900, "duplicate-key", 2),
    Hostile("number as a key", "a:\n  2021: 1\n", "key-not-text", 2, 3),
    Hostile("decimal as a key", "1.5: 1\n", "key-not-text"),
    Hostile("null as a key", "null: 1\n", "key-not-text"),
    Hostile("truth as a key", "true: 1\n", "key-not-text"),
    Hostile("nothing as a key", "? \n: 1\n", "key-not-text", 1, 2),
    Hostile("empty key", '"": 1\n', "key-not-text"),
    Hostile("list as a key", "[a, b]: 1\n", "key-not-text"),
    Hostile("keys as a key", "{a: 1}: 1\n", "key-not-text"),
    Hostile("list as a key, in full", "? - a\n  - b\n: 1\n", "key-not-text", 1, 3),
    Hostile("template braces", "a: {{ b }}\n", "key-not-text", 1, 5),
    Hostile("yes as a key", "a: 1\non: 1\n", "surprising-scalar", 2),
    Hostile("y as a key", "y: 1\n", "surprising-scalar"),
    Hostile("date as a key", "2021-02-30: 1\n", "surprising-scalar"),
    Hostile("time as a key", "12:30: 1\n", "surprising-scalar"),
    Hostile("octal number as a key", "010: 1\n", "surprising-scalar"),
    Hostile("= as a key", "=: 1\n", "surprising-scalar"),
    Hostile("key of 121 characters", "k" * 121 + ": 1\n", "key-too-long"),
    Hostile("key of 1,100 characters", "k" * 1_100 + ": 1\n", "key-too-long"),
    Hostile("key of 200,000 characters", "? " + "k" * 200_000 + "\n: 1\n", "key-too-long", 1, 3),
    Hostile("hidden escape in a key", 'a: 1\n"b\\u200b": 1\n', "hidden-character", 2),
)

SCALARS = (
    Hostile("4,301 digits", "a: " + "9" * 4_301 + "\n", "too-many-digits", 1, 4),
    Hostile("250,000 digits", filled("9", before="a: "), "too-many-digits", 1, 4),
    Hostile("16 digits", "a: 1234567890.123456\n", "too-many-digits", 1, 4),
    Hostile("250,000 zeros after the point", filled("0", before="a: 0.", after="1"), "too-many-digits", 1, 4),
    Hostile("infinity", "a: .inf\n", "non-finite-number", 1, 4),
    Hostile("minus infinity", "a: [-.INF]\n", "non-finite-number", 1, 5),
    Hostile("not a number", "a: .nan\n", "non-finite-number", 1, 4),
    Hostile("escape of a control character", 'a: "b\\0c"\n', "hidden-character", 1, 4),
    Hostile("escape that turns the text", 'a: "\\u202eb"\n', "hidden-character", 1, 4),
    Hostile("escape of the next line", 'a: "b\\Nc"\n', "hidden-character", 1, 4),
    Hostile("escape beyond Unicode", 'a: "\\U00110000"\n', "unknown-escape", 1, 5),
    Hostile("escape far beyond Unicode", 'a: "\\UFFFFFFFF"\n', "unknown-escape", 1, 5),
    Hostile("escape of nothing", 'a: "C:\\Users"\n', "unknown-escape", 1, 7),
)

CHARACTERS = (
    Hostile("UTF-16", "a: 1\n".encode("utf-16"), "not-utf-8"),
    Hostile("UTF-16 without a mark", "a: 1\n".encode("utf-16-le"), "hidden-character", 1, 2),
    Hostile("UTF-32", "a: 1\n".encode("utf-32"), "not-utf-8"),
    Hostile("Latin-1", "a: 1\nb: caf\xe9\n".encode("latin-1"), "not-utf-8", 2, 7),
    Hostile("overlong", b"a: \xc0\xaf\n", "not-utf-8", 1, 4),
    Hostile("surrogates", b"a: \xed\xa0\x80\n", "not-utf-8", 1, 4),
    Hostile("half a character", "a: \u20ac".encode()[:-1], "not-utf-8", 1, 4),
    Hostile("a compressed file", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", "not-utf-8", 1, 2),
    Hostile("text that runs from right to left", "a: \u202eb\n", "hidden-character", 1, 4),
    Hostile("isolated text", "a: b \u2066c\u2069\n", "hidden-character", 1, 6),
    Hostile("zero width in a key", "na\u200bme: 1\n", "hidden-character", 1, 3),
    Hostile("zero width in a comment", "a: 1 # b\u200dc\n", "hidden-character", 1, 9),
    Hostile("soft hyphen", "a: b\u00adc\n", "hidden-character", 1, 5),
    Hostile("invisible letters", "a: b\U000e0041\n", "hidden-character", 1, 5),
    Hostile("line separator", "a: b\u2028c: 1\n", "hidden-character", 1, 5),
    Hostile("paragraph separator", "a: b\u2029c: 1\n", "hidden-character", 1, 5),
    Hostile("next line", "a: b\u0085c: 1\n", "hidden-character", 1, 5),
    Hostile("carriage return alone", "a: 1\rb: 2\n", "hidden-character", 1, 5),
    Hostile("carriage return at the end", "a: 1\r", "hidden-character", 1, 5),
    Hostile("byte order mark inside", "a: 1\n\ufeffb: 2\n", "hidden-character", 2),
    Hostile("two byte order marks", "\ufeff\ufeffa: 1\n", "hidden-character"),
    Hostile("NUL", "a: b\0c\n", "hidden-character", 1, 5),
    Hostile("escape sequence of a terminal", "a: \x1b[2Jb\n", "hidden-character", 1, 4),
    Hostile("delete", "a: b\x7fc\n", "hidden-character", 1, 5),
    Hostile("noncharacter", "a: b\uffff\n", "hidden-character", 1, 5),
    Hostile("no-break space as indentation", "a:\n\u00a0\u00a0b: 1\n", "hidden-character", 2),
    Hostile("hidden on each line", "a\u200b: 1\n" * 7_900, "hidden-character", 1, 2),
    Hostile("hidden on one line", filled("a\u200b", before="a: "), "hidden-character", 1, 5),
    Hostile("only NUL", filled("\0"), "hidden-character"),
    Hostile("tab as indentation", "a:\n\tb: 1\n", "tab", 2),
    Hostile("tab after spaces", "a:\n  \tb: 1\n", "tab", 2, 3),
    Hostile("tab after a colon", "a:\t1\n", "tab", 1, 3),
    Hostile("tab in a text", 'a: "b\tc"\n', "tab", 1, 6),
    Hostile("only tabs", filled("\t"), "tab"),
)

WHOLE = (
    Hostile("nothing", "", "empty-file"),
    Hostile("only a byte order mark", "\ufeff", "empty-file"),
    Hostile("only spaces", filled(" "), "empty-file"),
    Hostile("only comments", filled("# " + "x" * 60 + "\n"), "empty-file"),
    Hostile("only dashes", "---\n", "empty-file"),
    Hostile("only dots", "...\n", "yaml-syntax"),
    Hostile("null", "\n~\n", "empty-file"),
    Hostile("a list", "- a\n- b\n", "not-a-mapping"),
    Hostile("a word", "# first\nescalation\n", "not-a-mapping", 2),
    Hostile("a long word", filled("x"), "not-a-mapping"),
    Hostile("many words", filled("x y "), "not-a-mapping"),
)

SYNTAX = (
    Hostile("open double quote", 'a: 1\nb: "text\nc: 1\n', "unfinished-quote", 2, 4),
    Hostile("open single quote", "a: 'text\n", "unfinished-quote", 1, 4),
    Hostile("open quote for long", filled("x ", before='a: "'), "unfinished-quote", 1, 4),
    Hostile("many open quotes", filled('"\n', before="a: ", size=15_000), "yaml-syntax", 3),
    Hostile("open bracket", "a: [1, 2\n", "unclosed-bracket", 1, 4),
    Hostile("open brace", "a: {b: 1\n# end\n", "unclosed-bracket", 1, 4),
    Hostile("bracket closed by a brace", "a: [1}\n", "yaml-syntax", 1, 6),
    Hostile("bracket that closes nothing", "a: 1\n]\n", "yaml-syntax", 2),
    Hostile("many closing brackets", filled("]"), "yaml-syntax"),
    Hostile("comma missing", "a: {b: 1 c: 2}\n", "yaml-syntax", 1, 11),
    Hostile("value missing", "a: [1, , 2]\n", "yaml-syntax", 1, 8),
    Hostile("second colon", "a: b: c\n", "yaml-syntax", 1, 5),
    Hostile("many colons", filled("a: "), "yaml-syntax", 1, 5),
    Hostile("only colons", filled(": "), "yaml-syntax"),
    Hostile("many quoted texts", filled('"a" ', before="a: "), "yaml-syntax", 1, 8),
    Hostile("colon missing", "a: 1\nb\nc: 2\n", "yaml-syntax", 2),
    Hostile("indented too far", "a: 1\n  b: 2\n", "yaml-syntax", 2, 3),
    Hostile("indented too little", "a:\n    b: 1\n  c: 2\n", "yaml-syntax", 3, 3),
    Hostile("further left than the first line", "  a: 1\nb: 2\n", "yaml-syntax", 2),
    Hostile("list on the line of its key", "a: - b\n", "yaml-syntax", 1, 4),
    Hostile("entry among keys", "a: 1\n- b\n", "yaml-syntax", 2),
    Hostile("key among entries", "a:\n  - b\n  c: 1\n", "yaml-syntax", 3, 3),
    Hostile("at sign", "a: @b\n", "yaml-syntax", 1, 4),
    Hostile("percent sign", "a: %b\n", "yaml-syntax", 1, 4),
    Hostile("asterisks", "a: **b**\n", "yaml-syntax", 1, 4),
    Hostile("many asterisks", filled("*"), "yaml-syntax"),
    Hostile("many exclamation marks", filled("!", before="a: "), "tag", 1, 4),
    Hostile("colon before a bracket", "a: {b:[c]}\n", "yaml-syntax", 1, 6),
    Hostile("comment that begins at once", "a: >-#\n  b\n", "yaml-syntax", 1, 6),
    Hostile("block text with a word", "a: |b\n  c\n", "yaml-syntax", 1, 5),
    Hostile("text after a quote", "a: 'it's'\n", "yaml-syntax", 1, 8),
)

BATTERY = (*SIZE, *DEPTH, *NAMES, *KEYS, *SCALARS, *CHARACTERS, *WHOLE, *SYNTAX)

DISPUTED = {
    "a number in base 60": (filled(":59", before="a: 1"), "time"),
    "a hexadecimal number": (filled("f", before="a: 0x"), "number"),
    "a number with underscores": (filled("1_", before="a: "), "number"),
    "an exponent": (filled("9", before="a: 1e"), "number"),
}
"""Long texts without quotes that are no mistake by themselves: what is asked for decides (and answers no)."""
