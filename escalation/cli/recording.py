"""`escalation test --record`: an episode of the data as a case, printed or added to the file of cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from escalation.cli.inputs import gather
from escalation.writing import write_file


def record(options: dict[str, Any]) -> None:
    """Record the weeks of a region, from the data beside the policy or those that are named."""
    from escalation.cases.load import load, loads
    from escalation.cases.record import appended
    from escalation.cases.record import record as recorded
    from escalation.errors import RequestError
    from escalation.evaluation.library import the_region, the_week
    from escalation.policy.source import read_file

    if len(options["paths"]) != 1:
        raise RequestError("--record asks for one policy", help="name its folder")
    path = Path(options["paths"][0])
    is_policy = path.is_dir() or path.name == "policy.yaml"
    inputs = gather({**options, "policy": str(path) if is_policy else load(path).policy.source.file})
    region, span = options["record"]
    first, separator, last = span.partition("..")
    if not separator:
        raise RequestError(f"`{span}` are no weeks", help="write them as 2021-W36..2021-W41")
    weeks = (the_week(inputs.policy, first), the_week(inputs.policy, last))
    name = the_region(inputs.observations, region)
    entry = recorded(
        inputs.policy, inputs.observations, name, weeks,
        stages=inputs.record.get(name, ()), as_of=options["as_of"],
    )  # fmt: skip
    if not options["append"]:
        click.echo(entry, nl=False)
        return
    file = Path(inputs.policy.source.file).with_name("cases.yaml") if is_policy else path
    before = read_file(file).text if file.exists() else f"policy: {Path(inputs.policy.source.file).name}\ncases:\n"
    after = appended(before, entry) if file.exists() else before + entry
    cases = loads(after, inputs.policy, file=str(file)).cases
    write_file(file, after)
    click.echo(f"{file}: {len(cases)} cases, with `{cases[-1].name}`", err=True)
