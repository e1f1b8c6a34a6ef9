"""Good tables of both shapes, and what is kept of them."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Unpack

import pytest

from escalation.errors import Refused, RequestError
from escalation.evaluation.library import step
from escalation.observations import NO_WEEK, RULES, Locale, Observation, Observations, read
from escalation.periods import Calendar, Week
from escalation.policy.load import loads
from tests.observations.vaccination import POLICY, Options

W36 = Week.parse("2021-W36", Calendar.ISO).number
WIDE = """region,week,first_doses,target_population
Kota Bekasi,2021-W36,1120590,2016006
Kota Bekasi,2021-W37,,2016006
Depok,2021-W36,900000,1800000
"""
TIDY = """region,week,metric,value
Kota Bekasi,2021-W36,first_doses,1120590
Kota Bekasi,2021-W36,target_population,2016006
Kota Bekasi,2021-W37,first_doses,
Kota Bekasi,2021-W37,target_population,2016006
Depok,2021-W36,first_doses,900000
Depok,2021-W36,target_population,1800000
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "observations.csv"


def of(path: Path, text: str, **options: Unpack[Options]) -> Observations:
    path.write_text(text, encoding="utf-8")
    return read(path, POLICY, **options)


def values(observations: Observations, region: str, metric: str) -> list[tuple[int, float]]:
    return [(one.week - W36, one.value) for one in observations.series.get((region, metric), ())]


def test_a_wide_and_a_tidy_table_say_the_same(table: Path) -> None:
    wide, tidy = of(table, WIDE), of(table, TIDY)
    assert wide.findings == tidy.findings == ()
    assert wide.regions == tidy.regions == ("Kota Bekasi", "Depok")
    assert wide.rows == tidy.rows
    for key, found in wide.series.items():
        assert [one[:3] for one in found] == [one[:3] for one in tidy.series[key]]
    assert values(wide, "Kota Bekasi", "first_doses") == [(0, 1120590.0)]


def test_an_observation_knows_its_cell_its_source_and_its_basis(table: Path) -> None:
    text = 'region,week,as_of,basis,source,facility_doses\n"Kota Bekasi",2021-W36,2021-09-12,facility,"Kompas, 7/9",5\n'
    observation = of(table, text).series["Kota Bekasi", "facility_doses"][0]
    assert observation == Observation(W36, 5.0, date(2021, 9, 12).toordinal(), 2, 58, "Kompas, 7/9", "facility")
    line = text.splitlines()[observation.line - 1]
    assert line[observation.column - 1 :] == "5"


def test_a_figure_is_found_where_its_place_says(table: Path) -> None:
    observations = of(table, WIDE)
    found = observations.series["Kota Bekasi", "target_population"][1]
    assert str(observations.place("Kota Bekasi", "target_population", found)) == f"{table}:3:23"


def test_a_blank_row_counts_as_a_row_of_its_week(table: Path) -> None:
    observations = of(table, "region,week,cases\nKota Bekasi,2021-W36,5\nKota Bekasi,2021-W40,\n")
    assert observations.span("Kota Bekasi") == (W36, W36 + 4)
    assert observations.rows["Kota Bekasi"] == ((0, W36), (0, W36 + 4))


@pytest.mark.parametrize("week", ["2021-W36", "2021W36", "2021-09-06", "2021-09-12", " 2021-W36 "])
def test_a_week_is_written_in_one_of_three_ways(table: Path, week: str) -> None:
    assert values(of(table, f"region,week,cases\nBekasi,{week},5\n"), "Bekasi", "cases") == [(0, 5.0)]


def test_a_date_and_its_week_may_stand_side_by_side(table: Path) -> None:
    observations = of(table, "region,week,date,cases\nBekasi,2021-W36,2021-09-12,5\n")
    assert observations.findings == ()


def test_the_newest_figure_of_a_week_stands_last(table: Path) -> None:
    text = "region,week,as_of,cases\nB,2021-W36,2021-09-20,7\nB,2021-W36,2021-09-13,5\nB,2021-W35,,4\n"
    assert [one.value for one in of(table, text).series["B", "cases"]] == [4.0, 5.0, 7.0]


def test_rows_not_yet_known_are_left_out(table: Path) -> None:
    rows = ("B,2021-W36,2021-09-13,5", "B,2021-W36,2021-09-20,7", "C,2021-W37,2021-09-20,9", "B,x,2021-09-20,1")
    text = "\n".join(["region,week,as_of,cases", *rows])
    observations = of(table, text, as_of=date(2021, 9, 19))
    assert values(observations, "B", "cases") == [(0, 5.0)]
    assert observations.regions == ("B",)
    assert observations.findings == ()


def test_the_span_is_that_of_the_rows_known_then(table: Path) -> None:
    text = "region,week,as_of,cases\nB,2021-W36,2021-09-13,5\nB,2021-W37,2021-09-20,7\n"
    observations = of(table, text)
    assert observations.span("B", as_of=date(2021, 9, 12)) is None
    assert observations.span("B", as_of=date(2021, 9, 13)) == (W36, W36)
    assert observations.span("B", as_of=date(2021, 9, 20)) == observations.span("B") == (W36, W36 + 1)
    assert observations.span("C") is None


def test_what_was_known_on_a_day_is_the_same_asked_before_and_after_reading(table: Path) -> None:
    text = "region,week,as_of,cases\nB,2021-W36,,5\nB,2021-W37,2021-09-14,6\nB,2021-W37,2021-09-20,7\nB,2021-W38,,8\n"
    all_rows = of(table, text)
    for day in (date(2021, 9, 6), date(2021, 9, 13), date(2021, 9, 14), date(2021, 9, 20), date(2021, 9, 26)):
        then = of(table, text, as_of=day)
        assert all_rows.span("B", as_of=day) == then.span("B")
        assert tuple(all_rows.known("B", "cases", as_of=day)) == then.series["B", "cases"]
    assert all_rows.span("B", as_of=date(2021, 9, 13)) == (W36, W36)


@pytest.mark.parametrize(
    ("locale", "delimiter", "text", "value"),
    [
        (Locale.INDONESIAN, ";", "1.120.590", 1120590.0),
        (Locale.INDONESIAN, ";", "1.234", 1234.0),
        (Locale.INDONESIAN, ";", "55,58", 55.58),
        (Locale.ENGLISH, "\t", "1,120,590.5", 1120590.5),
        (Locale.ENGLISH, ";", "1.234", 1.234),
        (None, ",", "1234.567", 1234.567),
        (None, ",", "+5", 5.0),
    ],
)
def test_numbers_are_read_as_declared(
    table: Path, locale: Locale | None, delimiter: str, text: str, value: float
) -> None:
    lines = (("region", "week", "first_doses"), ("B", "2021-W36", text))
    observations = of(table, "\n".join(map(delimiter.join, lines)), numbers=locale)
    assert observations.findings == ()
    assert values(observations, "B", "first_doses") == [(0, value)]


def test_minus_nought_is_nought(table: Path) -> None:
    observation = of(table, "region,week,target_population\nB,2021-W36,-0\n").series["B", "target_population"][0]
    assert str(observation.value) == "0.0"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(table: Path, end: str) -> None:
    table.write_bytes(WIDE.replace("\n", end).encode("utf-8-sig"))
    observations = read(table, POLICY)
    assert observations.findings == ()
    assert len(observations.series) == 4


def test_an_attribute_is_one_figure_of_a_region(table: Path) -> None:
    observations = of(table, "region,week,area,cases\nB,2021-W36,210.49,5\nB,2021-W37,210.49,6\nB,2021-W38,,7\n")
    assert observations.findings == ()
    assert [one[:3] for one in observations.series["B", "area"]] == [(NO_WEEK, 210.49, 0)]


def test_attributes_come_from_a_second_file(table: Path, tmp_path: Path) -> None:
    regions = tmp_path / "regions.csv"
    regions.write_text("region,area,source\nB,210.49,statistics office\n")
    observations = of(table, "region,week,cases\nB,2021-W36,5\n", regions=regions)
    area = observations.series["B", "area"][0]
    assert (area.value, area.source) == (210.49, "statistics office")
    assert str(observations.place("B", "area", area)) == f"{regions}:2:3"


def test_members_inherit_the_figures_of_their_group(table: Path) -> None:
    rows = ("Atlantic,2021-W36,64,3.7", "Cape May,2021-W36,64,3.7", "Cape May,2021-W37,64,", "Atlantic,2021-W37,64,4")
    observations = of(table, "\n".join(["region,week,health_service_area,beds", *rows]))
    assert observations.findings == ()
    assert values(observations, "Cape May", "beds") == values(observations, "Atlantic", "beds") == [(0, 3.7), (1, 4.0)]


def test_rows_may_name_the_group(table: Path, tmp_path: Path) -> None:
    regions = tmp_path / "regions.csv"
    regions.write_text("region,health_service_area\nAtlantic,64\nCape May,64\n")
    text = "region,week,metric,value\nAtlantic,2021-W36,cases,5\n64,2021-W36,beds,3.7\n64,2021-W37,beds,4\n"
    observations = of(table, text, regions=regions)
    assert observations.findings == ()
    assert observations.regions == ("Atlantic", "Cape May")
    assert values(observations, "Cape May", "beds") == [(0, 3.7), (1, 4.0)]
    assert observations.span("Atlantic") == (W36, W36 + 1)


def test_a_tidy_table_holds_attributes_and_groups(table: Path) -> None:
    text = "region,week,metric,value\nB,,area,210.49\nB,,health_service_area,64\nB,2021-W36,beds,3.7\n"
    observations = of(table, text)
    assert observations.findings == ()
    assert values(observations, "B", "beds") == [(0, 3.7)]


def test_judgements_are_one_and_nought(table: Path) -> None:
    observations = of(table, "region,week,services_ready,source\nB,2021-W36,yes,dinkes\nB,2021-W37,no,dinkes\n")
    assert observations.findings == ()
    assert values(observations, "B", "services_ready") == [(0, 1.0), (1, 0.0)]


@pytest.mark.parametrize("printed", ["55", "55.5", "55.6", "55.58", "55.59"])
def test_a_printed_percentage_may_be_rounded_or_cut_off(table: Path, printed: str) -> None:
    head = "region,week,first_doses,target_population,first_dose_coverage"
    assert of(table, f"{head}\nB,2021-W36,1120590,2016006,{printed}\n").findings == ()


def test_a_printed_percentage_is_compared_with_counts_of_its_own_basis(table: Path) -> None:
    policy = loads(
        """
language: 1
name: two-bases
calendar: iso-week
metrics:
  doses: {unit: people, kind: cumulative, basis: facility}
  target: {unit: people, kind: level, max_age: always}
  coverage: {unit: percent, ratio: {of: doses, to: target}}
triggers: {slow: {when: {metric: coverage, below: 70}, missing: unknown}}
stages: [{name: a}, {name: b}]
moves: [{name: m, from: a, to: b, trigger: slow}]
"""
    )
    rows = ("2021-11-20,facility,1506334,2016006,74.7", "2021-11-20,resident,,2016006,80.95")
    text = "region,date,basis,doses,target,coverage\n" + "".join(f"Kota Bekasi,{row}\n" for row in rows)
    table.write_text(text)
    assert read(table, policy).findings == ()


def test_standard_input_is_a_table_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(WIDE.replace("900000", "x").encode())))
    observations = read("-", POLICY)
    assert len(observations.series) == 4
    assert str(observations.findings[0].place) == "<stdin>:4:16"


def test_the_digest_is_that_of_the_bytes(table: Path, tmp_path: Path) -> None:
    alone = of(table, WIDE).digest
    assert alone == hashlib.sha256(WIDE.encode()).hexdigest()
    regions = tmp_path / "regions.csv"
    regions.write_text("region\nKota Bekasi\nDepok\n")
    assert of(table, WIDE, regions=regions).digest != alone


def test_at_most_a_thousand_findings_of_a_kind_are_listed(table: Path) -> None:
    observations = of(table, "region,week,cases\n" + "B,2021-W36,x\n" * 1_500 + "B,2021-W37,5\n")
    assert len(observations.findings) == 1_001
    assert "500 more findings of this kind" in observations.findings[0].message
    assert values(observations, "B", "cases")[1:] == [(1, 5.0)]


def test_a_figure_that_cannot_be_used_is_not_carried_past(table: Path) -> None:
    policy = loads("""
language: 1
name: world
calendar: iso-week
metrics: {share: {unit: percent, kind: level, max_age: 2 weeks}}
triggers: {high: {when: {metric: share, at_least: 50}, missing: unknown}}
stages: [{name: mild}, {name: strict}]
moves: [{name: up, from: mild, to: strict, trigger: high}]
""")
    for unusable in ("150", "5O", "50 %"):
        table.write_text(f"region,week,share\nB,2021-W36,50\nB,2021-W37,{unusable}\nB,2021-W38,\n", encoding="utf-8")
        observations = read(table, policy)
        assert step(policy, observations, week="2021-W36").recommendation == "escalate"
        assert step(policy, observations, week="2021-W37").recommendation == "undetermined"
        assert step(policy, observations, week="2021-W38").recommendation == "undetermined"


def test_a_line_is_read_up_to_a_limit(table: Path) -> None:
    observations = of(table, f"region,week,cases\nB,2021-W36,{'9' * 1_000_000}\nB,2021-W37,5\n")
    assert [finding.rule for finding in observations.findings] == ["line-too-long"]
    assert values(observations, "B", "cases") == [(1, 5.0)]


def test_regions_are_counted(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escalation.observations.intake.MAX_REGIONS", 1)
    with pytest.raises(Refused) as refused:
        of(table, WIDE)
    assert refused.value.diagnostics[0].rule == "too-many-regions"


def test_every_rule_is_met_in_a_test() -> None:
    tests = Path(__file__).resolve().parent
    texts = [path.read_text(encoding="utf-8") for path in (*tests.glob("*.py"), *tests.parent.glob("evaluation/*.py"))]
    texts += [path.read_text(encoding="utf-8") for path in (tests.parent / "files" / "err" / "data").glob("*.out")]
    assert [rule for rule in RULES if not any(rule in text for text in texts)] == []


def test_what_is_no_file_is_told_as_a_request(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(RequestError):
            read(path, POLICY)


def test_a_file_is_read_up_to_a_limit(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escalation.observations.opening.MAX_BYTES", 100)
    with pytest.raises(Refused) as refused:
        of(table, WIDE)
    assert refused.value.diagnostics[0].rule == "file-too-large"
