"""`python -m escalation.cli` is the command `escalation`."""

from escalation.cli import main

main(prog_name="escalation")
