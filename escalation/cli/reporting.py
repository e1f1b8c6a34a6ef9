"""How the outcome of a check leaves the command: one run, printed in one form and written to files in others."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from escalation.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from escalation.reports.findings import Findings

F = TypeVar("F", bound="Callable[..., Any]")
FORMS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown")
NARROWEST = 40
COLOURS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan", "bold": True},
    "mark": {"fg": "red", "bold": True},
    "faint": {"dim": True},
    "strong": {"bold": True},
}


class FormFile(click.ParamType[tuple[str, str]]):
    """A further form of the output with the file to write it to, given as an option."""

    name = "format=file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Read `sarif=check.sarif`."""
        if isinstance(value, tuple):
            return value
        form, _, file = str(value).partition("=")
        if form not in FORMS or not file:
            self.fail(f"`{value}` is not a form and a file; write it as sarif=check.sarif", param, ctx)
        return form, file


def findings_options(command: F) -> F:
    """Add the options of a check: the forms of its outcome, what fails it, and which rules are looked at."""
    for option in reversed(
        [
            click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True,
                         help="The form of the output."),
            click.option("--also", type=FormFile(), multiple=True,
                         help="Write the outcome to a file in another form, too."),
            click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), default="error",
                         show_default=True, help="Exit with 1 where a finding is as bad as this, or worse."),
            click.option("--select", multiple=True, metavar="RULE", help="Check this rule only."),
            click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule."),
        ]
    ):  # fmt: skip
        command = option(command)
    return command


def repository() -> Path:
    """Give the folder from which reports name files: the repository where a runner of CI names it, or this folder."""
    here = Path.cwd()
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        named = os.environ.get(variable)
        if named and here.is_relative_to(named):
            return Path(named)
    return here


def publish(run: Findings, form: str, also: tuple[tuple[str, str], ...]) -> None:
    """Write the files first, then print: what is read last says how it ended."""
    for other, file in also:
        write_file(file, rendered(run, other))
    if form == "text" and is_coloured():
        width = max(NARROWEST, shutil.get_terminal_size().columns - 9)
        click.echo(_painted(run, width), nl=False)
    else:
        click.echo(rendered(run, form), nl=False)
    if "github" in {form, *(other for other, _ in also)}:
        _summarise(run)


def rendered(run: Findings, form: str) -> str:
    """Give the outcome in one of the forms, without colour."""
    from escalation.reports import findings_text, github, gitlab, junit

    match form:
        case "json":
            from escalation.reports.findings_json import findings_json

            return findings_json(run)
        case "sarif":
            from escalation.reports.sarif import sarif

            return sarif(run)
        case "junit":
            return junit.findings_junit(run)
        case "github":
            return github.github(run)
        case "gitlab":
            return gitlab.gitlab(run)
        case "markdown":
            from escalation.reports.findings_markdown import findings_markdown

            return findings_markdown(run)
        case _:
            return findings_text.findings_text(run)


def is_coloured() -> bool:
    """Say whether colour is wanted: on a terminal, unless NO_COLOR is set or the terminal is a dumb one."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _painted(run: Findings, width: int) -> str:
    from escalation.reports.findings_text import findings_text

    return findings_text(run, paint=lambda text, what: click.style(text, **COLOURS[what]), width=width)


def _summarise(run: Findings) -> None:
    """Add the findings to the summary of the job, where a GitHub runner names its file."""
    from escalation.errors import RequestError

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if not summary:
        return
    try:
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(rendered(run, "markdown") + "\n")
    except OSError as error:
        raise RequestError(f"`{summary}` cannot be written: {(error.strerror or 'unknown').lower()}") from None


def refuse_unknown_rules(select: Collection[str], ignore: Collection[str], rules: Mapping[str, object]) -> None:
    """Raise RequestError for a name that is no rule's, and where nothing is left to try."""
    if not (select or ignore):
        return
    from difflib import get_close_matches

    from escalation.errors import RequestError

    for name in (*select, *ignore):
        if name not in rules:
            near = get_close_matches(name, rules, n=1)
            listed = f"did you mean `{near[0]}`?" if near else "the rules are: " + ", ".join(sorted(rules))
            raise RequestError(f"`{name}` is not a rule that can be selected or ignored", help=listed)
    if select and set(select) <= set(ignore):
        raise RequestError("every rule that is selected is ignored", help="leave out --ignore, or select another rule")


def refuse_to_overwrite(files: list[Path], goals: list[str], *, what: str) -> None:
    """Raise RequestError where an outcome would be written over what is checked, or over another outcome."""
    from escalation.errors import RequestError

    taken = {file.resolve() for file in files}
    for goal in goals:
        if Path(goal).resolve() in taken:
            raise RequestError(f"`{goal}` is a {what}, or is written twice", help="write to another file")
        taken.add(Path(goal).resolve())
