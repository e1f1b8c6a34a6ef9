"""The benchmarks run and print their figures; what they measure is read by people, not asserted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import bench_engine

if TYPE_CHECKING:
    import pytest


def test_the_benchmark_of_the_engine_prints_each_figure_beside_a_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    bench_engine.main(runs=1, weeks=60)
    printed = capsys.readouterr().out
    for name in bench_engine.AIMS:
        assert name in printed
    assert printed.count("aim:") == 3 + 2 * 2
