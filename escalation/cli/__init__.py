"""The command line: one command a file, each imported only when it is used."""

from __future__ import annotations

from importlib import import_module

import click

from escalation import __version__

INTERRUPTED = 130
"""128 and the number of the signal SIGINT."""
ARGUMENTS, AT_INTERRUPTION = "escalation.arguments", "escalation.at-interruption"
"""In the context: the arguments as they were given, and what says what an interruption leaves."""

SUMMARIES = {
    "analyse": "Prove what a policy can come to.",
    "backtest": "Compare a policy with the stages that were in force.",
    "check": "Say what is wrong with a policy file.",
    "check-draft": "Say what is wrong with the draft of an instrument.",
    "compare": "Say what a changed policy changes.",
    "diagram": "Draw the ladder as Mermaid or SVG.",
    "draft": "Write the papers on the recommended step, as drafts.",
    "evaluate": "Recommend the next step for a week, explained.",
    "explain": "Explain one region and week in full.",
    "flip": "Say which single number would change a recommendation.",
    "forecast": "Say how probable each stage is in the weeks to come.",
    "format": "Lay out policy files in the usual way.",
    "init": "Start a new policy folder, or map a table.",
    "instrument": "Say what the law of a date is on legal forms.",
    "manual": "Print a page of the manual.",
    "merge": "Add up the shards of a run.",
    "regret": "Compare alternatives over futures: regret and worst case.",
    "replay": "Evaluate week by week.",
    "schema": "Print the JSON Schema of policy files.",
    "seek": "Say which values of one input reach a goal.",
    "stress": "Say what late, revised and missing data would have done.",
    "sweep": "Vary one or two numbers of a policy.",
    "test": "Run the cases of policies.",
    "tornado": "Say how far each number moves one outcome.",
    "whatif": "Compare scenarios in the weeks to come.",
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is called: `--help` costs no more than click."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        if cmd_name not in SUMMARIES:
            return None
        command = getattr(import_module(f"escalation.cli.{cmd_name.replace('-', '_')}"), "command")  # noqa: B009 - the name is fixed
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of one that is mistyped, say which was probably meant."""
        if args[0] not in SUMMARIES:
            from difflib import get_close_matches

            for near in get_close_matches(args[0], SUMMARIES, n=1):
                ctx.fail(f"No such command '{args[0]}'. Did you mean '{near}'?")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember the arguments: who is interrupted is told with which to go on."""
        ctx.meta[ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; one that is interrupted ends as programs do in a shell, and not with the code of findings."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            if (left := ctx.meta.get(AT_INTERRUPTION)) is not None:
                click.echo(left(), err=True)
            ctx.exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


def arguments(context: click.Context) -> tuple[str, ...]:
    """Give the arguments of the program, as they were given."""
    found: tuple[str, ...] = context.meta[ARGUMENTS]
    return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="escalation")
def main() -> None:
    """Evaluate ladders of legal steps: a policy and weekly metrics in, an explained recommendation out.

    A recommendation is never a decision: a person decides.
    """
