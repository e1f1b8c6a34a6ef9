"""The findings of `check` as annotations of a GitHub workflow."""

from __future__ import annotations

from escalation.diagnostics import Severity
from escalation.reports.findings import Finding, Findings, outcome

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(run: Findings) -> str:
    """Print a workflow command for each finding, worst first (GitHub shows ten of a severity), and what was found."""
    return "".join(f"{_command(one)}\n" for one in run.worst_first) + f"{outcome(run)}\n"


def _command(finding: Finding) -> str:
    one = finding.diagnostic
    properties = {"file": finding.path}
    if one.place.line:
        properties |= {"line": str(one.place.line), "col": str(max(1, one.place.column))}
    properties["title"] = one.rule
    said = [one.message, *(f"{other.place}: {other.message}" for other in one.related)]
    if one.help:
        said.append(f"help: {one.help}")
    listed = ",".join(f"{key}={in_property(value)}" for key, value in properties.items())
    return f"::{COMMANDS[one.severity]} {listed}::{in_message(chr(10).join(said))}"


def in_message(text: str) -> str:
    r"""Escape the message of a workflow command.

    >>> in_message("100 % of it\nnext")
    '100 %25 of it%0Anext'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_property(text: str) -> str:
    """Escape a property of a workflow command.

    >>> in_property("a:b,c")
    'a%3Ab%2Cc'
    """
    return in_message(text).replace(":", "%3A").replace(",", "%2C")
