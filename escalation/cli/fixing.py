"""`escalation check --fix`: policy files are mended before they are checked, each written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from escalation.writing import write_file

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

SAFE = "safe"
"""What `--fix` alone stands for."""


class FixingCommand(click.Command):
    """A command whose `--fix` may stand alone or name a rule, as in `--fix=RULE`; the word after it is a policy."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give a `--fix` that stands alone its value."""
        options = args[: args.index("--")] if "--" in args else args
        named = [f"--fix={SAFE}" if arg == "--fix" else arg for arg in options]
        return super().parse_args(ctx, named + args[len(options) :])


def fix(files: Sequence[Path], named: tuple[str, ...], today: date) -> None:
    """Mend files, and say on standard error what was mended. Raise RequestError for a rule that has no fix."""
    if not named:
        return
    from escalation.checks.fixes import SAFE as SAFE_RULES
    from escalation.checks.fixes import mended
    from escalation.policy.source import LARGEST

    rules = {rule for name in named for rule in (SAFE_RULES if name == SAFE else (name,))}
    for file in files:
        if file.stat().st_size > LARGEST:
            continue  # the check says that it is too large
        outcome = mended(str(file), file.read_bytes(), rules=rules, today=today)
        if outcome.counts:
            write_file(file, outcome.text)
            told = ", ".join(f"{count} x {rule}" for rule, count in sorted(outcome.counts.items()))
            click.echo(f"{file}: mended {told}", err=True)


def fix_option(command: Any) -> Any:
    """Add the option."""
    return click.option(
        "--fix",
        "fixes",
        multiple=True,
        metavar="[=RULE]",
        help="Mend what can be mended safely; with =RULE what a rule finds.",
    )(command)
