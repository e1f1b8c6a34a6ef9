"""What may be wrong with data: the rules by name, and the list in which a reader collects what it finds."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from escalation.diagnostics import Diagnostic, Place, Related, Severity, in_order
from escalation.errors import Refused
from escalation.observations.table import place
from escalation.policy.scalars import OUT_OF_PLACE

LISTED = 1_000
TOTALS = frozenset(("total", "grand total", "subtotal", "sub total", "sum", "jumlah", "jumlah total"))
MOST_COMPARISONS = 200_000
"""About half a second."""

UNUSED: Mapping[str, str] = {
    "ambiguous-number": "a number that two countries read differently, and no number locale is declared",
    "attribute-conflict": "two values for an attribute that a region has once",
    "bad-quote": "a quotation mark in the middle of a quoted cell",
    "blank-metric": "a row of a tidy table without a metric",
    "blank-region": "a row without a region",
    "blank-week": "a row without a week",
    "cell-too-long": "a cell of more than 32,767 characters",
    "computed-outside-range": "a computed metric outside its range",
    "contradicting-dates": "the week and the date of a row are not the same week",
    "division-by-zero": "a metric that is computed by a division by zero",
    "duplicate-column": "two columns of one name",
    "duplicate-week": "two different figures for one region, metric and week",
    "far-date": "a date before 1900 or after 2199",
    "foreign-digits": "digits that are not 0 to 9",
    "formula-not-calculated": "a formula whose value is not in the workbook",
    "future-week": "a week that begins after the date of the data",
    "group-conflict": "two different figures for one group of regions, metric and week",
    "hidden-character": "a character that cannot be seen",
    "line-too-long": "a line of more than a million characters",
    "missing-column": "a column that the mapping names is not in the table",
    "no-band": "a figure for which no row of its table holds",
    "no-such-date": "a date that does not exist",
    "no-such-week": "a week that does not exist",
    "other-basis": "a counting basis that the metric does not accept",
    "other-calendar": "a week that exists only in the other calendar",
    "outside-range": "a value outside the range of its metric",
    "percent-above-100": "a percentage above 100",
    "percent-cell": "a cell formatted as a percentage for a metric that is one: 0.55 or 55",
    "percent-sign": "a percent sign behind a number",
    "shifted-columns": "a row with more or fewer fields than the header",
    "spreadsheet-error": "an error value such as #N/A",
    "too-large": "a computed metric that is too large a number",
    "too-many-digits": "a number of more than 15 digits, which a computer rounds",
    "unclosed-quote": "a quotation mark that is not closed",
    "unknown-column": "a column that is neither a metric of the policy nor a column that tables have",
    "unknown-metric": "a metric that the policy does not have",
    "unknown-region": "a region that the file of regions does not have",
    "unnamed-column": "a column without a name",
    "unreadable-date": "a date that is not written as 2021-09-12",
    "unreadable-judgement": "a judgement that is neither yes nor no, nor a word declared for them",
    "unreadable-number": "a value that is not a number",
    "unreadable-value": "a value of a database that is neither text, number, date nor truth value",
    "unreadable-week": "a week that is not written as 2021-W36 or as a date",
}
DOUBTFUL: Mapping[str, str] = {
    "derived-metric": "a column of a metric that the policy computes itself",
    "falling-count": "a cumulative count that falls",
    "fraction-for-percent": "a percentage of which no value is above 1",
    "long-gap": "a week more than two years after the week before it",
    "no-rows": "a table with a header, and no row that says anything",
    "number-as-region": "a region that the file holds as a number, without the zeros before it",
    "percent-contradicts-counts": "a printed percentage that its counts do not give",
    "region-without-data": "a region of the file of regions without a row",
    "region-without-group": "a region without the group for which a metric is reported",
    "repeated-row": "the same figure twice for one region, metric and week",
    "similar-regions": "two regions that differ only in capital letters or in spaces",
    "total-as-region": "a row of totals, which counts as a region",
    "standing-without-data": "a stage in force for a region that the data do not name",
    "unlawful-record": "a stage on record to which no lawful move of the policy led",
    "unspecified-basis": "figures that state no counting basis, where the metric asks for one",
}
REMARKS: Mapping[str, str] = {
    "judgement-without-source": "a judgement that does not say who judged",
    "revised": "a figure that was revised later",
}
REFUSALS: Mapping[str, str] = {
    "bad-mapping": "a mapping that does not fit the policy or the table",
    "empty-file": "a file without content",
    "file-too-large": "a file that is larger than the reader takes",
    "hostile-workbook": "a workbook that unpacks to more than the reader takes, or is built to do harm",
    "missing-header": "no header in the first line",
    "no-such-sheet": "a sheet that the workbook does not have",
    "no-such-table": "a table that the database does not have",
    "not-a-table": "a file that is not the table its name says it is",
    "not-utf-8": "a file in another encoding than UTF-8",
    "too-many-regions": "more regions than the reader takes",
}
RULES: Mapping[str, Severity] = (
    dict.fromkeys([*UNUSED, *REFUSALS], Severity.ERROR)
    | dict.fromkeys(DOUBTFUL, Severity.WARNING)
    | dict.fromkeys(REMARKS, Severity.INFO)
)
"""An error: the figure is not used. A warning: it is used, and doubtful. An info: it is used."""

REMEDIES: Mapping[str, str] = {
    "attribute-conflict": "correct one of the two",
    "bad-mapping": "correct it here; `escalation manual data` explains the keys of a mapping",
    "blank-metric": "name one, or delete the row",
    "blank-region": "name one, or delete the row",
    "blank-week": "name one, or delete the row",
    "cell-too-long": "look for a quotation mark that is not closed",
    "contradicting-dates": "correct one of the two",
    "derived-metric": "take it out; a `ratio` can be compared with its counts under `check` in a mapping",
    "duplicate-column": "rename one of the two",
    "empty-file": "save the table anew: a header, then a row for each region and week",
    "far-date": "correct the year",
    "future-week": "correct the week, or the date since when it is known",
    "group-conflict": "correct one of the two: all members of a group share its figure",
    "hidden-character": "delete it, and write an ordinary space where one is meant",
    "hostile-workbook": "save the sheet alone as `CSV UTF-8`",
    "line-too-long": "save the table anew: a line is a row",
    "long-gap": "correct the year, if it is mistyped",
    "missing-column": "correct the name in the mapping",
    "no-such-date": "look the date up",
    "no-rows": "add a row for each region and week",
    "no-such-week": "look the week up, or give a date in it",
    "other-basis": "ask for figures on that basis; `basis` of the metric says which ones are accepted",
    "outside-range": "correct the figure; or the `range` of the metric, if it may be so",
    "percent-above-100": "correct the figure; or give the metric a `range`, if it may be so",
    "region-without-data": "ask for its figures, or take it out of the file of regions",
    "region-without-group": "name its group in a column of the table, or in the file of regions",
    "repeated-row": "delete one of the two rows",
    "shifted-columns": "count the delimiters; a cell that holds one stands in quotation marks",
    "too-many-regions": "split the table",
    "total-as-region": "delete the row of totals",
    "unknown-column": "correct its name, or take it out",
    "unknown-metric": "correct its name, or list it under `ignore` in a mapping",
    "unknown-region": "correct its name, or add it to the file of regions",
    "unnamed-column": "name it, or delete it",
    "unlawful-record": "correct the record, or the moves and locks of the policy",
    "unspecified-basis": "ask how they were counted, and state it in a column `basis`",
}
"""What to do where the finding itself has nothing better to say."""


class Findings:
    """The findings on one file, of which so many of each rule are listed and the rest counted."""

    def __init__(self, file: str, sheet: str = "") -> None:
        self.file = file
        self.sheet = sheet
        self.columns: tuple[str, ...] = ()
        self._listed: list[Diagnostic] = []
        self._counts: Counter[str] = Counter()
        self._comparisons = 0

    def add(
        self,
        rule: str,
        message: str,
        *,
        line: int = 0,
        column: int = 0,
        help: str = "",  # noqa: A002 - the word of the diagnostics
        related: Iterable[tuple[int, int, str]] = (),
    ) -> None:
        """List one finding at a cell; `related` are the line, the column and the message of other cells."""
        self._counts[rule] += 1
        if self._counts[rule] <= LISTED:
            others = tuple(Related(place=self.place(there, at), message=said) for there, at, said in related)
            self._listed.append(diagnose(rule, message, self.place(line, column), help=help, related=others))

    def append(self, finding: Diagnostic) -> None:
        """List a finding that has its place already."""
        self._counts[finding.rule] += 1
        if self._counts[finding.rule] <= LISTED:
            self._listed.append(finding)

    def passes_over(self, rule: str) -> bool:
        """Say whether one more finding of a rule is only counted, and count it: its sentence need not be made."""
        self._counts[rule] += self._counts[rule] >= LISTED
        return self._counts[rule] > LISTED

    def place(self, line: int, column: int) -> Place:
        """Name a cell of the file, or the whole file."""
        return place(self.file, self.sheet if line or column else "", line, column, columns=self.columns)

    def resembling(self, word: str, words: Collection[str]) -> str:
        """Ask for the word that was probably meant, as long as the search does not take too long in all."""
        self._comparisons += len(words)
        return resembling(word, words) if self._comparisons <= MOST_COMPARISONS else ""

    def listed(self) -> tuple[Diagnostic, ...]:
        """Give all findings by place, and say of which rules there are more."""
        surplus = [
            Diagnostic(
                rule=rule,
                severity=RULES[rule],
                message=f"{count - LISTED:,} more findings of this kind are not listed",
                place=Place(file=self.file),
            )
            for rule, count in self._counts.items()
            if count > LISTED
        ]
        return in_order([*self._listed, *surplus])

    def refuse(self, rule: str, message: str, *, line: int = 0, column: int = 0, help: str = "") -> Refused:  # noqa: A002 - as above
        """Give the exception that says why nothing of the file can be read."""
        return Refused((diagnose(rule, message, self.place(line, column), help=help),))


class Namesakes:
    """Remembers where each region is named first, and lists those that a reader takes for one of them."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._first: dict[str, tuple[str, int, int]] = {}

    def note(self, name: str, *, line: int, column: int) -> None:
        """Remember a name that is new, or list it beside the one that it is like."""
        if folded(name) in TOTALS:
            message = f"{shown(name)} is probably a row of totals: it counts as a region"
            self._findings.add("total-as-region", message, line=line, column=column)
        other, there, at = self._first.setdefault(folded(name), (name, line, column))
        if other != name:
            self._findings.add(
                "similar-regions",
                f"{shown(name)} and {shown(other)} differ only in capital letters or spaces: they count as two regions",
                line=line,
                column=column,
                help="write the name of a region in one way everywhere",
                related=[(there, at, f"{shown(other)} stands here")],
            )


def diagnose(rule: str, message: str, where: Place, *, help: str = "", related: tuple[Related, ...] = ()) -> Diagnostic:  # noqa: A002 - the word of the diagnostics
    """Make a finding with the severity of its rule, and its remedy if there is no better advice."""
    advice = help or REMEDIES.get(rule, "")
    return Diagnostic(rule=rule, severity=RULES[rule], message=message, place=where, help=advice, related=related)


def resembling(word: str, words: Iterable[str]) -> str:
    """Ask for the word that was probably meant, of those that there are; the empty text where none is like it.

    >>> resembling("first_dose", ["first_doses", "target"]), resembling("Week", ["week"]), resembling("x", ["week"])
    ('did you mean `first_doses`?', 'did you mean `week`?', '')
    """
    near = nearest(word, words)
    return f"did you mean `{near}`?" if near is not None else ""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Give the word that is most like one that was written; none where no word is like it."""
    known: dict[str, str] = {}
    for one in words:  # sets have no order, and the same question has the same answer
        known[one.casefold()] = min(one, known.get(one.casefold(), one))
    near = difflib.get_close_matches(word.casefold()[:100], known, n=1, cutoff=0.7)
    return known[near[0]] if near else None


def folded(name: str) -> str:
    """Give a name without what the eye passes over: capital letters, and how many spaces stand where.

    >>> folded("KOTA  Bekasi") == folded("Kota Bekasi")
    True
    """
    return " ".join(name.split()).casefold()


def is_hidden(text: str) -> bool:
    """Say whether a name has characters that nobody sees, or spaces and line ends that are not plain spaces."""
    return bool(OUT_OF_PLACE.search(text)) or "\n" in text


def shown(text: str) -> str:
    r"""Print the author's words: in backticks, cut where they are long, hidden characters by their number.

    >>> print(shown("Bekasi" + chr(0x200B)))
    `Bekasi\u200b`
    """
    visible = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text[:SHOWN])
    return f"`{visible}{'...' if len(text) > SHOWN else ''}`"


SHOWN = 60
