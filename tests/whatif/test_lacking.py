"""What is said where figures are too few for a forecast."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main

POLICY = """\
language: 1
name: fever
calendar: iso-week
metrics: {cases: {unit: cases, kind: flow}}
triggers: {many: {when: {metric: cases, at_least: 20}, missing: unknown, source: assumption}}
stages: [{name: normal}, {name: watch}]
moves: [{name: warn, from: normal, to: watch, trigger: many, source: assumption}]
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `forecast` on data of two regions, one of which ends earlier; `column` names their figures."""
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")

    def call(*arguments: str, column: str = "cases") -> Result:
        rows = [f"North,2025-W{week:02},{week % 7}\n" for week in range(1, 41)]
        rows += [f"South,2025-W{week:02},{week % 5}\n" for week in range(1, 31)]
        if "," in column:
            rows = [row.replace("\n", ",x\n") for row in rows]
        text = f"region,week,{column}\n" + "".join(rows)
        (tmp_path / "observations.csv").write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["forecast", str(tmp_path), "--draws", "10", *arguments])

    return call


def test_a_column_of_another_name_is_told_with_the_metric_that_has_no_figure(run: Run) -> None:
    english, indonesian = (run("--lang", one, column="kasus").stderr for one in ("en", "id"))
    assert "error: the data have no figure of `cases`, and these columns are not read: `kasus`\n" in english
    assert "help: rename the column to `cases`, or name it in a mapping" in english
    assert (
        "kesalahan: data tidak memuat satu pun angka `cases`, sedangkan kolom ini tidak dibaca: `kasus`" in indonesian
    )


def test_an_uptake_is_advised_and_taken_for_counts_that_only_grow(run: Run) -> None:
    assert "--uptake" not in run("--as-of", "2025-02-02").stderr
    english, indonesian = (run("--uptake", "cases=3", "--lang", one).stderr for one in ("en", "id"))
    assert "--uptake is about cumulative counts, and `cases` is of the kind `flow`" in english
    assert "--data 'scale: cases, by: 0.5'" in indonesian


def test_where_one_region_ends_earlier_the_help_says_how_to_go_without(run: Run) -> None:
    english, indonesian = (run("--lang", one).stderr for one in ("en", "id"))
    assert "name the others with --region, or an earlier day with --as-of" in english
    assert "sebutkan wilayah lainnya dengan --region" in indonesian
    assert run("--region", "North").exit_code == run("--as-of", "2025-07-27").exit_code == 0


def test_a_misspelt_region_is_answered_with_all_where_they_are_few(run: Run) -> None:
    english, indonesian = (run("--region", "Nort", "--lang", one).stderr for one in ("en", "id"))
    assert "help: did you mean `North`? the regions are: North, South" in english
    assert "saran: maksudnya `North`? wilayah yang ada: North, South" in indonesian


def test_a_week_of_origin_with_too_few_figures_is_answered_with_a_later_one(run: Run) -> None:
    english, indonesian = (run("--from", "2025-W05", "--lang", one).stderr for one in ("en", "id"))
    assert "help: name a later week; or add the weeks that are missing" in english
    assert "saran: sebutkan minggu yang lebih kemudian; atau lengkapi" in indonesian


def test_a_day_before_the_data_is_answered_with_their_first_week(run: Run) -> None:
    english, indonesian = (run("--as-of", "2024-01-01", "--lang", one).stderr for one in ("en", "id"))
    assert "error: nothing of the data was known by 2024-01-01" in english
    assert "they begin in 2025-W01" in english
    assert "belum ada data yang diketahui sampai 2024-01-01" in indonesian


def test_a_column_that_is_not_read_is_no_figure_that_could_not_be_used(run: Run) -> None:
    result = run("--region", "North", "--lang", "id", column="cases,catatan")
    assert "kolom data yang tidak dibaca: `catatan`" in result.stdout
    assert "tidak dapat dipakai" not in result.stdout
