"""Any outcome as JUnit XML, which most runners of CI read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from escalation.diagnostics import Place, visible
from escalation.reports.findings import Checked, Findings

HELD = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
QUOTED = HELD | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
"""What stands for the signs of XML; `xml.sax.saxutils` would load all of urllib for it, at every `check`."""
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TestCase:
    """One thing that holds or fails; `failure` says why, its first line in short, and is empty where it holds."""

    __test__ = False  # pytest takes what begins with Test for its own

    name: str
    place: Place | None = None
    seconds: float | None = None
    failure: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Cases that belong together, such as those of one file."""

    name: str
    cases: tuple[TestCase, ...]


def junit(suites: Iterable[Suite], *, name: str) -> str:
    """Print suites as JUnit XML under the name of what ran them; what XML cannot hold is shown as `�`."""
    listed = list(suites)
    cases = [case for suite in listed for case in suite.cases]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites name={_quoted(name)}{_counts(cases)}>"]
    for suite in listed:
        lines.append(f"  <testsuite name={_quoted(suite.name)}{_counts(suite.cases)}>")
        lines += [_case(case, suite) for case in suite.cases]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def findings_junit(run: Findings) -> str:
    """Print the findings of a check: a case for each file, which fails by what fails the run and says the others."""
    cases = tuple(_file_case(file, run) for file in run.files)
    return junit([Suite(name=f"escalation {run.command}", cases=cases)], name="escalation")


def _file_case(file: Checked, run: Findings) -> TestCase:
    told = {fails: [one for one in file.findings if run.is_failing(one.diagnostic.severity) is fails]
            for fails in (True, False)}  # fmt: skip
    failing, others = ("\n".join(str(one.diagnostic) for one in told[fails]) for fails in (True, False))
    place = Place(file=visible(file.path), line=told[True][0].diagnostic.place.line if told[True] else 0)
    return TestCase(name=visible(file.path), place=place, failure=failing, output=others)


def _counts(cases: Iterable[TestCase]) -> str:
    listed = list(cases)
    timed = [case.seconds for case in listed if case.seconds is not None]
    time = f' time="{sum(timed):.3f}"' if timed else ""
    return f' tests="{len(listed)}" failures="{sum(bool(case.failure) for case in listed)}" errors="0"{time}'


def _case(case: TestCase, suite: Suite) -> str:
    text = f"    <testcase classname={_quoted(suite.name)} name={_quoted(case.name)}"
    if case.place is not None:
        text += f" file={_quoted(case.place.file)}"
        text += f' line="{case.place.line}"' if case.place.line else ""
    text += f' time="{case.seconds:.3f}"' if case.seconds is not None else ""
    if not case.failure and not case.output:
        return text + "/>"
    lines = [text + ">"]
    if case.failure:
        short = case.failure.partition("\n")[0]
        lines.append(f"      <failure message={_quoted(short)}>{_held(case.failure)}</failure>")
    if case.output:
        lines.append(f"      <system-out>{_held(case.output)}</system-out>")
    return "\n".join([*lines, "    </testcase>"])


def _held(text: str) -> str:
    return NO_XML.sub("\ufffd", text).translate(HELD)


def _quoted(text: str) -> str:
    return '"' + NO_XML.sub("\ufffd", text).translate(QUOTED) + '"'
