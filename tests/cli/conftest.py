"""A small policy folder, and a runner of the command line in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main

POLICY = """\
language: 1
name: reservoir
title: {en: Reservoir, id: Waduk}
calendar: iso-week
parameters: {low_storage: {unit: percent, value: 40, range: [10, 90], source: assumption}}
metrics: {storage: {unit: percent, kind: level, title: {en: Storage, id: Isi waduk}}}
triggers:
  dry:
    title: {en: Storage is low, id: Isi waduk rendah}
    when: {metric: storage, below: low_storage}
    for: 2 weeks
    missing: unknown
    source: assumption
  wet: {when: {metric: storage, at_least: low_storage}, for: 2 weeks, missing: unknown, source: assumption}
stages: [{name: normal, title: {en: Normal, id: Normal}}, {name: drought, title: {en: Drought, id: Kekeringan}}]
moves:
  - {name: to-drought, from: normal, to: drought, trigger: dry, after: 1 week, source: assumption}
  - {name: to-normal, from: drought, to: normal, trigger: wet, source: assumption}
"""
DATA = """\
region,week,storage
North,2021-W30,45
North,2021-W31,39.9961
North,2021-W32,38.5
South,2021-W31,52
South,2021-W32,
"""
RECORD = "region,stage,since\nKota Bekasi,appeal,2021-W36\nKota Bekasi,instruction,2021-W44\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a policy and data, in which commands run."""
    (tmp_path / "reservoir").mkdir()
    (tmp_path / "reservoir" / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "reservoir" / "observations.csv").write_text(DATA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    """Give a function that runs `escalation` with arguments; a traceback fails the test."""
    del folder

    def call(*arguments: str, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(main, list(arguments), input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def record(tmp_path: Path) -> str:
    """Give a file of the stages in force in Bekasi, made up."""
    file = tmp_path / "record.csv"
    file.write_text(RECORD, encoding="utf-8")
    return str(file)
