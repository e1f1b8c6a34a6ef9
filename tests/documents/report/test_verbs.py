"""Reports of outlooks, sweeps, back-tests and tipping values: what they hold, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from escalation.documents.charts.curves import Curves
from escalation.documents.charts.fan import Fan
from escalation.documents.charts.firsts import Firsts
from escalation.documents.charts.heat import Heat
from escalation.documents.charts.shares import Shares
from escalation.documents.charts.strip import UNSAID, Strip
from escalation.documents.charts.wording import percent
from escalation.documents.report import beside, spread
from escalation.documents.report.first_weeks import first_weeks
from escalation.documents.report.model import Chart, Table
from escalation.documents.report.origin import Origin
from escalation.documents.report.page import page
from escalation.documents.report.verbs import Headed, sweep_report
from escalation.documents.report.waiting import paragraphs
from escalation.documents.report.whatif import outlook_report
from escalation.policy.amend import amend
from escalation.policy.load import loads
from escalation.policy.values import BothLanguages, Language
from escalation.whatif.fans import compared, fanned
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outlook import Outlook, outlook
from escalation.whatif.paired import Paired, paired
from escalation.whatif.spreads import spreads
from escalation.whatif.waiting import Waiting, waiting
from tests.documents.charts.gallery import PICTURES
from tests.documents.report.examples import SOURCE
from tests.whatif.test_outlook import COURSES, POLICY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escalation.documents.report.model import Report

EN, ID = Language.ENGLISH, Language.INDONESIAN
COURSE, DRAWS = COURSES["followed"], Draws(seed=5, count=64)
HEADED = Headed(title="Bekasi", language=EN, labels=("Horizon: 26 weeks.",), provenance=SOURCE)


@dataclass(frozen=True)
class One:
    """An outlook with its name and labels."""

    name: str
    outlook: Outlook
    labels: tuple[BothLanguages, ...] = (BothLanguages(en="Horizon: 12 weeks.", id="Jangkauan: 12 minggu."),)
    paired: Paired | None = None
    origin: Origin = field(default_factory=lambda: Origin(policy="a" * 64, data="b" * 64))

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What a week of waiting may change."""
        return waiting(replace(COURSE, regions=self.outlook.regions), self.outlook)


class Steady(One):
    """An outlook of which waiting changes nothing."""

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What a week of waiting may change."""
        return tuple(replace(one, becomes=((one.present or one.becomes[0][0], one.draws),)) for one in super().waiting)


@dataclass(frozen=True)
class Several:
    """Outlooks and what they rest on."""

    told: tuple[One, ...]
    methods: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: {"doses": ("residuals", "past coverage 80%")}
    )
    assumed: Mapping[str, float] = field(default_factory=lambda: {"ready": 1.0})


def some(regions: int, *scenarios: str) -> Several:
    found = outlook(replace(COURSE, regions=COURSE.regions[:regions]), DRAWS)
    return Several(told=tuple(One(name=name, outlook=found) for name in scenarios))


def kinds(report: Report) -> list[type]:
    parts = [part for section in report.sections for part in section.parts]
    return [type(part.drawing) for part in parts if isinstance(part, Chart)]


def rows(report: Report) -> list[tuple[tuple[str, ...], ...]]:
    parts = [part for section in report.sections for part in section.parts]
    return [part.rows for part in parts if isinstance(part, Table)]


@pytest.mark.parametrize("language", Language)
def test_few_regions_are_told_in_detail(language: Language) -> None:
    fans = [("baseline", fanned(COURSE, "A", metric, DRAWS)) for metric in compared(COURSE)]
    report = outlook_report(COURSE.policy, some(1, "baseline", "halved"), SOURCE, language=language, fans=fans)
    assert [section.heading for section in report.sections] == ["A"]
    assert kinds(report) == [Firsts, Shares, Fan, Fan]
    assert len(rows(report)[0]) == 6
    assert page(report).count("<svg") == 4


def test_scenarios_with_one_picture_stand_together_where_they_suppose_the_same() -> None:
    one, other = some(1, "baseline", "halved").told
    apart = replace(other, name="quicker", origin=replace(other.origin, supposed=(BothLanguages(en="a", id="b"),)))
    report = outlook_report(COURSE.policy, Several(told=(one, other, apart)), SOURCE, language=EN)
    charts = [part for part in report.sections[0].parts if isinstance(part, Chart) and isinstance(part.drawing, Shares)]
    assert [chart.title for chart in charts] == [
        "Stage in force: A, baseline, halved",
        "Stage in force: A, quicker",
    ]


def test_scenarios_are_called_by_their_titles_and_look_as_far_as_they_do() -> None:
    short = outlook(replace(COURSE, regions=("A",), weeks=5), DRAWS)
    asked = Several(told=(*some(1, "baseline").told, One(name="halved", outlook=short)))
    report = outlook_report(COURSE.policy, asked, SOURCE, language=EN, titles={"halved": "The pace halves"})
    (drawing,) = [part.drawing for part in report.sections[0].parts if isinstance(part, Chart)][:1]
    assert isinstance(drawing, Firsts)
    assert drawing.weeks == report.provenance.horizon == 12
    assert [(row.label, row.weeks) for row in drawing.rows[:2]] == [("a: baseline", 12), ("a: The pace halves", 5)]
    assert page(report).count("<svg") == 3


def test_a_threshold_is_the_one_of_its_scenario() -> None:
    parameters = "parameters: {pace: {value: 4, unit: percentage points, source: assumption}}\nmetrics:"
    policy = loads(POLICY.replace("metrics:", parameters, 1))
    fan = replace(fanned(COURSE, "A", "gain", DRAWS), thresholds=(("pace", np.full(38, 6.0)),))
    found = outlook_report(policy, some(1, "baseline"), SOURCE, language=EN, fans=[("baseline", fan)])
    (drawing,) = [
        part.drawing for part in found.sections[0].parts if isinstance(part, Chart) and isinstance(part.drawing, Fan)
    ]
    assert [one.label for one in drawing.thresholds] == ["pace: 6 percentage points"]


def test_many_regions_are_told_together() -> None:
    report = outlook_report(COURSE.policy, some(4, "baseline", "halved"), SOURCE, language=EN)
    headings = [section.heading for section in report.sections]
    assert headings == ["Scenario: baseline", "Scenario: halved", "Beside the baseline"]
    assert kinds(report) == [Strip, Strip]
    assert {row[0] for row in rows(report)[0]} == {"A", "B", "C", "D"}


def test_of_many_regions_it_is_told_where_the_policy_cannot_say() -> None:
    asked = some(4, "baseline")
    (section,) = outlook_report(COURSE.policy, asked, SOURCE, language=EN).sections
    table, _ = [part for part in section.parts if isinstance(part, Table)]
    place = table.columns.index("Cannot say in the last week, % of the draws")
    found = asked.told[0].outlook
    shares = {
        region: percent(int(count) / 64, EN)
        for region, count in zip(found.regions, found.undetermined[-1], strict=True)
    }
    assert {row[0]: row[place] for row in table.rows} == shares


def test_weeks_changes_and_stays_of_every_scenario_are_told() -> None:
    asked = some(1, "baseline", "halved")
    (section,) = outlook_report(COURSE.policy, asked, SOURCE, language=EN).sections
    (table,) = [part for part in section.parts if isinstance(part, Table) and "shortest stay" in part.title]
    assert table.columns == ("Scenario", "Counted", "Mean", "5 %", "50 %", "95 %", "Any, % of the draws")
    assert table.rows == tuple(
        (one.name, *row) for one in asked.told for row in spread.rows(one.outlook, 0, ("a", "b", "c"), EN)
    )
    assert len(table.rows) == 2 * 5
    assert {len(row) for row in table.rows} == {7}


def test_of_many_regions_the_strictest_stage_and_the_medians_are_told() -> None:
    asked = some(4, "baseline")
    (section,) = outlook_report(COURSE.policy, asked, SOURCE, language=ID).sections
    _, table = [part for part in section.parts if isinstance(part, Table)]
    assert table.columns == (
        "Wilayah", "c, minggu: rata-rata", "c, minggu: 5 %", "c, minggu: 50 %", "c, minggu: 95 %", "c: ada, % undian",
        "Perubahan tahap, median", "Masa terpendek, minggu, median",
    )  # fmt: skip
    found = asked.told[0].outlook
    for row in table.rows:
        *_, strictest, changes, stay = spreads(found, found.regions.index(row[0]))
        assert row[2:5] == tuple(map(str, strictest.quantiles))
        assert row[5] == percent(strictest.share, ID)
        assert row[6:] == (str(changes.median), "–" if stay.median is None else str(stay.median))


def test_where_the_policy_mostly_cannot_say_no_stage_is_painted() -> None:
    asked = some(4, "baseline")
    found = asked.told[0].outlook
    unsaid = found.undetermined.copy()
    unsaid[5, 2], unsaid[6, 2] = 33, 32
    told = (replace(asked.told[0], outlook=replace(found, undetermined=unsaid)),)
    (section,) = outlook_report(COURSE.policy, replace(asked, told=told), SOURCE, language=EN).sections
    (strip,) = [part.drawing for part in section.parts if isinstance(part, Chart) and isinstance(part.drawing, Strip)]
    (row,) = [row for row in strip.rows if row.region == found.regions[2]]
    assert row.ranks[5:7] == (UNSAID, found.stage[6, 2].argmax())
    assert "hatched" in section.paragraphs[0]


def test_what_is_not_compared_with_the_baseline_is_said() -> None:
    one, other = some(1, "baseline", "longer").told
    shorter = outlook(replace(COURSE, regions=COURSE.regions[:1], weeks=5), DRAWS)
    told = (one, replace(other, outlook=shorter, paired=None))
    (section,) = outlook_report(COURSE.policy, Several(told=told), SOURCE, language=EN).sections
    assert "longer: not compared draw by draw, since it looks at other weeks than the baseline" in section.paragraphs


def test_a_scenario_that_only_delays_is_said_to_do_so() -> None:
    course = replace(COURSE, regions=COURSE.regions[:1])
    later = replace(course, adoption=replace(course.adoption, lag=2))
    found = paired(course, course, DRAWS)
    told = (
        One(name="baseline", outlook=outlook(course, DRAWS)),
        One(name="same", outlook=outlook(course, DRAWS), paired=found),
        One(name="later", outlook=outlook(later, DRAWS), paired=found),
    )
    same, delayed = beside.remarks(told, EN)
    assert same == "same: nothing is other than with the baseline, in any week"
    assert delayed.startswith("later: the same stages are recommended in the same draws; only the weeks")


def test_of_many_regions_a_column_says_what_waiting_changes() -> None:
    asked = some(4, "baseline")
    (section,) = outlook_report(COURSE.policy, asked, SOURCE, language=ID).sections
    table, _ = [part for part in section.parts if isinstance(part, Table)]
    assert table.columns[-1] == "Rekomendasi berubah setelah menunggu seminggu, % undian"
    expected = {one.region: percent((one.changed or 0) / 64, ID) for one in asked.told[0].waiting}
    assert {row[0]: row[-1] for row in table.rows} == expected
    assert set(expected.values()) != {"0"}


@pytest.mark.parametrize(("language", "begins"), [(EN, "Waiting one week: "), (ID, "Menunggu satu minggu: ")])
def test_of_few_regions_each_says_what_waiting_changes(language: Language, begins: str) -> None:
    one, several = some(1, "baseline"), some(2, "baseline", "halved")
    (section,) = outlook_report(COURSE.policy, one, SOURCE, language=language).sections
    assert section.paragraphs[0].startswith(begins)
    for section in outlook_report(COURSE.policy, several, SOURCE, language=language).sections:
        assert section.paragraphs[0].startswith(begins)


def test_what_waiting_changes_is_said_once_where_it_is_the_same_of_all() -> None:
    one, other = some(1, "baseline", "halved").told
    drawn, *_ = [*paragraphs([one], COURSE.policy, EN, lane=0, called=str)]
    assert [*paragraphs([one, other], COURSE.policy, EN, lane=0, called=str)] == [drawn]
    never = Steady(name="never", outlook=one.outlook)
    changed, unchanged, shared = paragraphs([one, never, other], COURSE.policy, EN, lane=0, called=str)
    assert changed.startswith("baseline, halved: Waiting one week: in ")
    assert unchanged.startswith("never: Waiting one week: in none of the draws")
    assert drawn.endswith(shared)


def test_many_first_weeks_have_a_picture_for_each_stage_and_none_for_what_never_comes() -> None:
    told = some(1, "baseline").told * 5
    (everything,) = first_weeks(told[:4], 0, ("a", "b", "c"), EN, called=str)
    assert len(everything[1].rows) == 12
    pictures = [*first_weeks(told, 0, ("a", "b", "c"), EN, called=str)]
    shares = told[0].outlook.within(told[0].outlook.recommended)[-1, 0]
    assert [stage for stage, *_ in pictures] == [one for one, share in zip("abc", shares, strict=True) if share >= 0.1]
    assert {len(drawn.rows) for _, drawn, _ in pictures} == {5}


def test_regions_with_the_strictest_stages_come_first() -> None:
    report = outlook_report(COURSE.policy, some(4, "baseline"), SOURCE, language=EN)
    last = {region: shares for region, *shares in rows(report)[0]}
    found = some(4, "baseline").told[0].outlook
    strictest = dict(zip(found.regions, found.stage[-1, :, -1].tolist(), strict=True))
    assert [*last] == sorted(last, key=lambda region: -strictest[region])


def test_the_numbers_are_those_of_the_outlook() -> None:
    asked = some(4, "baseline")
    found = asked.told[0].outlook
    sheet = outlook_report(COURSE.policy, asked, SOURCE, language=EN).sheet
    told = [dict(zip((name for name, _ in sheet.columns), row, strict=True)) for row in sheet.rows]
    assert len(told) == found.weeks * 4 * 3
    (one,) = [
        row for row in told if row["region"] == "B" and row["week"] == str(found.first + 3) and row["stage"] == "b"
    ]
    assert one["in_force"] == found.stage[3, 1, 1]
    assert one["entered"] == found.entered[3, 1, 1]
    assert one["recommended"] == found.recommended[3, 1, 1]
    assert one["undetermined"] == found.undetermined[3, 1]
    assert one["draws"] == 64
    assert {(row["region"], row["waiting_changes"]) for row in told if row["week"] == str(found.first)} == {
        (waited.region, waited.changed) for waited in asked.told[0].waiting
    }
    assert {row["waiting_changes"] for row in told if row["week"] != str(found.first)} == {None}


def test_scenarios_are_set_beside_the_baseline() -> None:
    course = replace(COURSE, regions=COURSE.regions[:1])
    slower = replace(course, policy=amend(COURSE.policy, {"moves.to-b.after": 9}))
    found = outlook(course, DRAWS)
    told = (
        One(name="baseline", outlook=found),
        One(name="slower", outlook=outlook(slower, DRAWS), paired=paired(course, slower, DRAWS)),
    )
    report = outlook_report(COURSE.policy, Several(told=told), SOURCE, language=EN)
    (table,) = [
        part for part in report.sections[0].parts if isinstance(part, Table) and part.title.startswith("Beside")
    ]
    assert table.columns == ("Scenario", "Stage", "Baseline", "With it", "Difference, points", "95 % interval")
    assert {row[0] for row in table.rows} == {"slower"}
    assert all(row[4].startswith("-") for row in table.rows)


def test_labels_of_all_scenarios_are_said_once() -> None:
    asked = some(1, "baseline", "halved")
    report = outlook_report(COURSE.policy, asked, SOURCE, language=ID)
    assert report.labels == ("`ready` ya di setiap minggu mendatang (asumsi).", "Jangkauan: 12 minggu.")


def test_a_label_of_one_scenario_has_its_name() -> None:
    found = some(1, "baseline").told[0].outlook
    own = One(name="halved", outlook=found, labels=(BothLanguages(en="The pace halves.", id="Laju separuh."),))
    asked = Several(told=(One(name="baseline", outlook=found), own), assumed={})
    assert outlook_report(COURSE.policy, asked, SOURCE, language=EN).labels == (
        "baseline: Horizon: 12 weeks.",
        "halved: The pace halves.",
    )


def test_a_report_of_an_outlook_says_where_it_is_from() -> None:
    source = outlook_report(COURSE.policy, some(1, "baseline"), SOURCE, language=EN).provenance
    assert source == replace(SOURCE, horizon=12, methods=("doses: residuals; past coverage 80%",))


def test_a_sweep_has_a_picture_and_a_table_of_each_outcome() -> None:
    heat, curves = PICTURES["heat of few values"], PICTURES["curves"]
    assert isinstance(heat, Heat)
    assert isinstance(curves, Curves)
    report = sweep_report(HEADED, heat, curves)
    assert kinds(report) == [Heat, Curves]
    assert [len(one) for one in rows(report)] == [3, 4]
    assert rows(report)[1][0] == ("0", "90", "100")
    assert len(report.sheet.rows) == 9 + 8
    assert page(report).count("<svg") == 2


def test_a_grid_too_wide_for_a_page_is_a_picture_and_rows_of_the_sheet() -> None:
    heat = PICTURES["heat"]
    assert isinstance(heat, Heat)
    report = sweep_report(HEADED, heat)
    assert rows(report) == []
    assert len(report.sheet.rows) == len(heat.x.values) * len(heat.y.values)


def test_pictures_of_a_scenario_carry_its_own_policy_and_what_it_supposes() -> None:
    one, other = some(1, "baseline", "never").told
    never = BothLanguages(en="No recommendation is followed.", id="Tidak ada rekomendasi yang diikuti.")
    told = (one, replace(other, origin=Origin(policy="c" * 64, data="b" * 64, supposed=(never,))))
    report = outlook_report(COURSE.policy, Several(told=told), SOURCE, language=EN)
    charts = [part for part in report.sections[0].parts if isinstance(part, Chart)]
    (own,) = [one.source for one in charts if isinstance(one.drawing, Shares) and one.title.endswith("never")]
    assert own is not None
    assert (own.digest, own.supposed) == ("c" * 64, ("No recommendation is followed.",))
    (firsts,) = [one for one in charts if isinstance(one.drawing, Firsts)]
    assert firsts.caption == ("never: policy cccccccccccc; data bbbbbbbbbbbb",)
