"""The benchmarks run and print their figures; what they measure is read by people, not asserted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import (
    bench_analysis,
    bench_cases,
    bench_compare,
    bench_engine,
    bench_forecast,
    bench_papers,
    bench_scale,
    bench_seek,
)

if TYPE_CHECKING:
    import pytest


def test_the_benchmark_of_the_engine_prints_each_figure_beside_a_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    bench_engine.main(runs=1, weeks=60)
    printed = capsys.readouterr().out
    for name in bench_engine.AIMS:
        assert name in printed
    assert printed.count("aim:") == 4 + 2 * 2


def test_the_benchmark_of_a_comparison_prints_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    bench_compare.main(regions=8, weeks=5)
    assert capsys.readouterr().out.startswith("compare over 40 region-weeks: ")


def test_the_benchmark_of_cases_prints_both_times(capsys: pytest.CaptureFixture[str]) -> None:
    bench_cases.main(20)
    assert "20 cases of 27 weeks: read in " in capsys.readouterr().out


def test_the_benchmark_of_the_analysis_prints_each_figure(capsys: pytest.CaptureFixture[str]) -> None:
    bench_analysis.main(runs=1)
    printed = capsys.readouterr().out
    assert all(name in printed for name in bench_analysis.AIMS)


def test_the_benchmark_of_forecasts_prints_a_row_for_each_series_and_method(capsys: pytest.CaptureFixture[str]) -> None:
    bench_forecast.main([], seeds=1, origins=2)
    printed = capsys.readouterr().out
    assert printed.count("residual-paths, none reversed") == len(bench_forecast.synthetic(1))
    assert "10,000 paths of 26 weeks: " in printed


def test_the_benchmark_of_seek_and_flip_prints_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    bench_seek.main(regions=2, weeks=40, alone=1)
    printed = capsys.readouterr().out
    assert all(f"seek {name} on record: " in printed for name in bench_seek.SOUGHT)
    assert "flip a week: " in printed


def test_the_benchmark_of_large_runs_prints_a_row_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    bench_scale.main((bench_scale.Run(2, 8, 200),), whole=bench_scale.Run(3, 8, 100))
    rows = capsys.readouterr().out.splitlines()[2:4]
    assert [row.split()[:4] for row in rows] == [["2", "8", "200", "1"], ["3", "8", "100", "1"]]


def test_the_benchmark_of_papers_prints_the_time_of_each_form(capsys: pytest.CaptureFixture[str]) -> None:
    bench_papers.main(regions=2, forms=("md",))
    assert capsys.readouterr().out.startswith("md: ")
