"""What the commands share: where files are found, which options read data, and how failures are told."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escalation.diagnostics import Diagnostic, Place
    from escalation.observations import Observations
    from escalation.observations.standings import StageInForce
    from escalation.policy.model import Policy

DONE, FINDINGS, COULD_NOT_RUN, NO_INPUT = 0, 1, 2, 3
TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".parquet", ".sqlite", ".sqlite3", ".db")
F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date given as an option."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read `2021-09-12`."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            self.fail(f"`{value}` is not a date; write it as 2021-09-12", param, ctx)
        return day


class FileName(click.ParamType[str]):
    """The name of a file given as an option."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse the empty name, which a shell makes of a variable that is not set."""
        if not value:
            self.fail("the name is empty; leave the option out, or name a file", param, ctx)
        return str(value)


def each_once(ctx: click.Context, param: click.Parameter, value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Take what is given twice once; refuse two values for one parameter."""
    found = tuple(dict.fromkeys(value))
    names = [one[0] for one in found if isinstance(one, tuple)]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise click.BadParameter(f"`{twice}` is given two values", ctx, param)
    return found


class Setting(click.ParamType[tuple[str, float | str]]):
    """An amendment given as an option: a parameter or a path, and the value that it gets."""

    name = "path=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float | str]:
        """Read `first_dose_target=65` or `moves.to-perwal.after=8`; a number is written as in a policy file."""
        from escalation.policy.numerals import advice_on_amendment

        if isinstance(value, tuple):
            return value
        name, found, text = (part.strip() for part in str(value).partition("="))
        if advice := advice_on_amendment(text):
            self.fail(f"`{value}` has a number that is read in two ways; {advice}", param, ctx)
        given = _written(text) if "." in name else _number(text)
        if not name or not found or given is None:
            wanted = f"{name}=VALUE" if "." in name else f"{name or 'PARAMETER'}=NUMBER"
            self.fail(f"`{value}` is not an amendment; write it as {wanted}", param, ctx)
        return name, given


def _number(text: str) -> float | None:
    try:
        number = float(text) if text.isascii() and "_" not in text else None
    except ValueError:
        return None
    return number if number is not None and number - number == 0 else None


def _written(text: str) -> float | str | None:
    """Read a value as a policy file would; what is no number there stands as a text."""
    from escalation.policy.scalars import resolve

    found = resolve(text)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else text or None


def data_options(command: F) -> F:
    """Add the policy, and the options that say which data are read and how."""
    return click.argument("policy", type=click.Path())(figure_options(command))


def figure_options(command: F) -> F:
    """Add the options that say which data are read and how, and the stage in force."""
    stage = click.option("--stage", help="The stage in force.")
    since = click.option("--since", metavar="WEEK", help="The week in which it took effect.")
    return table_options(stage(since(command)))


def table_options(command: F) -> F:
    """Add the options that say which data are read and how."""
    for option in reversed(
        [
            click.option(
                "--observations",
                type=FileName(),
                metavar="FILE",
                help="The weekly data (CSV, XLSX, Parquet or SQLite); `-` is standard input.",
            ),
            click.option("--table", metavar="NAME", help="The table of a database."),
            click.option("--query", metavar="SELECT", help="What of a database or a Parquet file is read."),
            click.option("--map", "mapping", type=FileName(), metavar="FILE", help="How to read a foreign table."),
            click.option("--regions", type=FileName(), metavar="FILE", help="Attributes of the regions (CSV)."),
            click.option("--numbers", type=click.Choice(["id", "en"]), help="How the data write numbers."),
            click.option("--standings", type=FileName(), metavar="FILE", help="The stages in force (CSV or YAML)."),
            click.option("--as-of", type=Day(), help="Use only what was known on this date."),
        ]
    ):
        command = option(command)
    return command


class Amount(click.ParamType[tuple[float, bool]]):
    """A number, or a percentage: `8`, `10%`."""

    name = "number|percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, bool]:
        """Read the number, and whether a percent sign stands behind it."""
        if isinstance(value, tuple):
            return value
        text, is_percent = str(value).strip().removesuffix("%").rstrip(), str(value).strip().endswith("%")
        try:
            amount = float(text) if text.isascii() and "_" not in text else -1.0
        except ValueError:
            amount = -1.0
        if not 0 <= amount < float("inf"):
            self.fail(f"`{value}` is neither a number nor a percentage; write it as 8 or 10%", param, ctx)
        return amount, is_percent


class Real(click.FloatRange):
    """A number within a range: one that is not a number is within none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read a number."""
        found = super().convert(value, param, ctx)
        if not isfinite(found):
            self.fail(f"`{value}` is no number", param, ctx)
        return float(found)


language_option = click.option(
    "--lang", type=click.Choice(["en", "id"]), default="en", show_default=True, help="The language of the output."
)
set_option = click.option(
    "--set",
    "settings",
    type=Setting(),
    multiple=True,
    callback=each_once,
    help="What if a parameter, or what stands at a path, had another value?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A policy with its data and the stages in force; `files` are the others that were read, by what they hold.

    `is_stage_given` says that --stage names the stage in force, `set_aside` the record beside the policy whose place
    it takes.
    """

    policy: Policy
    observations: Observations
    record: Mapping[str, tuple[StageInForce, ...]]
    files: Mapping[str, str] = field(default_factory=dict)
    is_stage_given: bool = False
    set_aside: str | None = None


def policy_file(path: str) -> Path:
    """Find the policy file: the one named, or `policy.yaml` in a folder. Raise RequestError for a table."""
    if path.lower().endswith(TABLES):
        from escalation.errors import RequestError

        remedy = f"name the folder of the policy, or its policy.yaml, and the table with --observations {path}"
        raise RequestError(f"`{path}` is a table, and no policy", help=remedy)
    return Path(path) / "policy.yaml" if Path(path).is_dir() else Path(path)


def gather(options: dict[str, Any]) -> Inputs:
    """Read what the shared options name; in a policy's folder the files of the usual names are found."""
    from escalation.errors import RequestError
    from escalation.observations import Locale, mapping, read, regions
    from escalation.observations.standings import doubts
    from escalation.policy.load import load

    file = policy_file(options["policy"])
    policy = load(file)
    data = options["observations"] or beside(file, "observations.csv")
    if data is None:
        remedy = "name the data with --observations, or put observations.csv beside the policy"
        raise RequestError("no observations to evaluate", help=remedy)
    found: dict[str, str | None] = {
        "standings": options["standings"] or beside(file, "standings.csv") or beside(file, "standings.yaml"),
        "map": options["mapping"] or (str(mapped) if (mapped := mapping.beside(data)) is not None else None),
        "regions": options["regions"] or beside(file, "regions.csv") or regions.beside(data),
    }
    set_aside = None
    if options["stage"] is not None and options["standings"] is None:
        set_aside, found["standings"] = found["standings"], None
    observations = read(
        data,
        policy,
        map=found["map"],
        regions=found["regions"],
        numbers=Locale(options["numbers"]) if options["numbers"] else None,
        as_of=options["as_of"],
        table=options["table"],
        query=options["query"],
    )
    _refuse_too_early(observations, options["as_of"])
    record = _record(options, policy, observations, found)
    doubtful = doubts(record, observations.regions, first_stage=policy.stages[0].name)
    observations = replace(observations, findings=(*observations.findings, *doubtful))
    files = {key: path for key, path in found.items() if path is not None}
    return Inputs(policy=policy, observations=observations, record=record, files=files,
                  is_stage_given=options["stage"] is not None, set_aside=set_aside)  # fmt: skip


def _refuse_too_early(observations: Observations, as_of: date | None) -> None:
    """Raise RequestError where all weeks of the data begin after the date asked about."""
    from escalation.errors import RequestError

    later = [one.message.split()[0] for one in observations.findings if one.rule == "future-week"]
    if as_of is not None and later and not observations.weeks:
        first = min(later)
        raise RequestError(
            f"nothing of the data was known by {as_of}",
            help=f"name a later day with --as-of: they begin in {first}",
            indonesian=(
                f"belum ada data yang diketahui sampai {as_of}",
                f"sebutkan hari yang lebih kemudian dengan --as-of: data mulai pada {first}",
            ),
        )


def _record(
    options: dict[str, Any], policy: Policy, observations: Observations, found: Mapping[str, str | None]
) -> Mapping[str, tuple[StageInForce, ...]]:
    from escalation.errors import RequestError
    from escalation.evaluation.library import the_stage, the_week
    from escalation.observations.mapping import order_of
    from escalation.observations.standings import StageInForce, read_standings

    standings = found["standings"]
    stage, since = options["stage"], options["since"]
    if options["standings"] is not None and (stage or since):
        raise RequestError("the stage in force is given twice", help="give either --standings or --stage and --since")
    if (stage is None) != (since is None):
        raise RequestError("a stage in force has a name and a first week", help="give --stage together with --since")
    if stage is not None:
        one = StageInForce(stage=the_stage(policy, stage), since=the_week(policy, since).number)
        return dict.fromkeys(observations.regions, (one,))
    return read_standings(standings, policy, dates=order_of(found["map"], policy)) if standings is not None else {}


def beside(file: Path, name: str) -> str | None:
    """Find a file of the usual name in the policy's folder."""
    found = file.parent / name
    return str(found) if found.is_file() else None


def told(command: F) -> F:
    """Tell failures on standard error, with the exit code 2, instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from escalation.errors import EscalationError, Refused, RequestError

        is_indonesian = kwargs.get("lang") == "id"
        failure, remedy = ("kesalahan", "saran") if is_indonesian else ("error", "help")
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            for diagnostic in refused.diagnostics:
                click.echo(_refusal(diagnostic, failure, remedy), err=True)
        except RequestError as error:
            message, advice = error.indonesian if is_indonesian else (str(error), error.help)
            click.echo(f"{failure}: {message}", err=True)
            if advice:
                click.echo(f"  {remedy}: {advice}", err=True)
        except EscalationError as error:
            click.echo(f"{failure}: {error}", err=True)
        except OSError as error:
            # What reads and writes files tells its own failures: this one is of standard output.
            if not isinstance(error, BrokenPipeError):
                reason = (error.strerror or "unknown").lower()
                click.echo(f"{failure}: the output cannot be written: {reason}", err=True)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT_RUN)

    return run  # type: ignore[return-value]


def _refusal(one: Diagnostic, failure: str, remedy: str) -> str:
    """Tell what is wrong with a file by its place, and with an option as other failures are told."""
    if not one.place.is_option:
        from escalation.observations.telling import refusal
        from escalation.policy.values import Language

        return refusal(one, Language.INDONESIAN if failure == "kesalahan" else Language.ENGLISH)
    message, advice = (one.indonesian if failure == "kesalahan" else None) or (one.message, one.help)
    lines = [f"{failure}: {_option(one.place, failure)}: {message}"]
    lines += [f"  {_option(other.place, failure)}: {other.message}" for other in one.related]
    return "\n".join([*lines, *([f"  {remedy}: {advice}"] if advice else [])])


def _option(place: Place, failure: str) -> str:
    from escalation.diagnostics import visible

    column = "kolom" if failure == "kesalahan" else "column"
    return f"{visible(place.file)} {column} {place.column}" if place.column else visible(place.file)


def show(text: str) -> None:
    """Print text for people, fitted to the terminal if it goes to one."""
    import shutil

    if sys.stdout is not None and sys.stdout.isatty():
        from escalation.reports.fitting import fitted

        text = fitted(text, shutil.get_terminal_size().columns)
    click.echo(text, nl=False)
