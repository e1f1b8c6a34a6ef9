"""Foreign tables, read through a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import pytest

from escalation.errors import Refused
from escalation.observations import Locale, Observations, draft, read
from escalation.periods import Calendar, Week
from tests.observations.vaccination import POLICY, Options

W36 = Week.parse("2021-W36", Calendar.ISO).number


def through(folder: Path, mapping: str, table: str, **options: Unpack[Options]) -> Observations:
    (folder / "weekly.csv").write_text(table, encoding="utf-8")
    (folder / "weekly.map.yaml").write_text(mapping, encoding="utf-8")
    return read(folder / "weekly.csv", POLICY, **options)


def test_a_mapping_beside_the_table_is_taken(tmp_path: Path) -> None:
    mapping = """
region: kabupaten_kota
date: tanggal
numbers: id
missing: [n/a]
basis: {is: facility}
source: {is: "dinas kesehatan"}
metrics: {facility_doses: vaksin_1}
"""
    table = (
        "tanggal;kabupaten_kota;vaksin_1;catatan\n2021-09-12;Kota Bekasi;1.120.590;x\n2021-09-19;Kota Bekasi; n/a ;\n"
    )
    observations = through(tmp_path, mapping, table)
    assert observations.findings == ()
    found = observations.series["Kota Bekasi", "facility_doses"][0]
    assert (found.week, found.value, found.source, found.basis) == (W36, 1120590.0, "dinas kesehatan", "facility")


def test_one_region_may_be_named_for_all_rows(tmp_path: Path) -> None:
    mapping = "region: {is: Kota Bekasi}\ndate: as_of_date\nas_of: as_of_date\nmetrics: {cases: c}\n"
    observations = through(tmp_path, mapping, "as_of_date,c\n2021-09-12,5\n")
    assert observations.regions == ("Kota Bekasi",)
    assert observations.series["Kota Bekasi", "cases"][0].known == observations.rows["Kota Bekasi"][0][0] > 0


def test_a_mapping_given_by_name_goes_before_the_one_beside(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("metrics: {cases: b}\n")
    table = "region,week,a,b\nB,2021-W36,5,6\n"
    observations = through(tmp_path, "metrics: {cases: a}\n", table, map=other)
    assert observations.series["B", "cases"][0].value == 6.0


def test_a_mapping_without_metrics_leaves_them_their_names(tmp_path: Path) -> None:
    observations = through(tmp_path, "numbers: id\n", "region;week;cases;remarks\nB;2021-W36;1.234;x\n")
    assert observations.findings == ()
    assert observations.series["B", "cases"][0].value == 1234.0


def test_a_column_that_is_ignored_is_not_read(tmp_path: Path) -> None:
    observations = through(tmp_path, "ignore: [cases]\n", "region,week,cases\nB,2021-W36,x\n")
    assert (observations.findings, dict(observations.series)) == ((), {})


def test_the_option_goes_before_the_locale_of_the_mapping(tmp_path: Path) -> None:
    table = "region;week;cases\nB;2021-W36;1.234\n"
    observations = through(tmp_path, "numbers: id\n", table, numbers=Locale.ENGLISH)
    assert observations.series["B", "cases"][0].value == 1.234


def test_a_tidy_table_has_its_own_names_too(tmp_path: Path) -> None:
    mapping = "region: area\nweek: w\nmetric: indicator\nvalue: figure\n"
    mapping += "metrics: {cases: KASUS}\ngroups: {health_service_area: HSA}\n"
    table = "area,w,indicator,figure\nB,2021-W36,KASUS,5\nB,2021-W36,DEATHS,x\nB,,HSA,64\n"
    observations = through(tmp_path, mapping, table)
    assert observations.findings == ()
    assert observations.series["B", "cases"][0].value == 5.0


def test_a_delimiter_may_be_declared(tmp_path: Path) -> None:
    observations = through(tmp_path, 'delimiter: ";"\n', 'region;week;cases;"a, b"\nB;2021-W36;5;x\n')
    assert observations.series["B", "cases"][0].value == 5.0


def test_dates_are_read_in_the_order_declared(tmp_path: Path) -> None:
    table = "city,day,told,c\nB,12/09/2021,13.9.2021,5\nB,31/02/2021,,6\nB,12/31/2021,,7\nB,2021-09-19,,8\n"
    mapping = "region: city\ndate: day\nas_of: told\nmetrics: {cases: c}\ndates: "
    observations = through(tmp_path, mapping + "dmy\n", table)
    assert [one[:3] for one in observations.series["B", "cases"]] == [(W36, 5.0, 738046), (W36 + 1, 8.0, 0)]
    assert [(one.rule, one.place.line) for one in observations.findings] == [("no-such-date", 3), ("no-such-date", 4)]
    assert observations.findings[1].help == "the mapping says `dates: dmy`"
    monthly = through(tmp_path, mapping + "mdy\n", table.replace("13.9.2021", ""))
    assert [one.value for one in monthly.series["B", "cases"]] == [8.0, 5.0, 7.0]


def test_dates_whose_order_is_not_declared_are_refused_with_the_remedy(tmp_path: Path) -> None:
    observations = through(tmp_path, "date: day\n", "region,day,cases\nB,12/09/2021,5\n")
    (finding,) = observations.findings
    assert (finding.rule, finding.place.line, finding.place.column) == ("unreadable-date", 2, 3)
    assert finding.help.endswith("declare in a mapping how they are written: `dates: dmy` (day first) or `dates: mdy`")


def test_a_draft_is_a_mapping_that_can_be_read(tmp_path: Path) -> None:
    table = "tanggal;kabupaten;vaksin 1;sasaran;persen;kode;catatan\n" + "".join(
        f"2021-09-{day:02};Bekasi;{doses};2.016.006;{percent};3275;baik\n"
        for day, doses, percent in ((5, "900.000", "44,6"), (12, "1.120.590", "55,6"), (19, "n/a", "n/a"))
    )
    path = tmp_path / "foreign.csv"
    path.write_text(table, encoding="utf-8")
    text = draft(path)
    assert 'region: "kabupaten"\ndate: "tanggal"\ndelimiter: ";"\nnumbers: id' in text
    assert '  vaksin_1: "vaksin 1"\n  sasaran: "sasaran"\n  persen: "persen"\nignore: ["kode", "catatan"]' in text
    assert "#   persen: {unit: percent, kind: level}" in text
    mapping = tmp_path / "foreign.map.yaml"
    mapping.write_text(
        text.replace("vaksin_1:", "cases:")
        .replace("  sasaran:", "  target_population:")
        .replace("  persen:", "  elderly:")
    )
    observations = read(path, POLICY)
    assert [one.value for one in observations.series["Bekasi", "elderly"]] == [44.6, 55.6]


def test_a_draft_says_what_it_cannot_know(tmp_path: Path) -> None:
    path = tmp_path / "kota-bekasi.csv"
    path.write_text('figure\n"1,234"\n')
    text = draft(path)
    assert 'region: {is: "kota-bekasi"}     # no column names regions' in text
    assert "# week: no column holds weeks" in text
    assert "# numbers: id or en?" in text


JUDGED = "region,week,siap,source\nB,2021-W35,Ya,x\nB,2021-W36,TIDAK,x\nB,2021-W37,yes,x\nB,2021-W38,mungkin,x\n"


def test_words_for_yes_and_no_are_read_as_declared_in_capitals_or_not(tmp_path: Path) -> None:
    mapping = "metrics: {services_ready: siap}\njudgements: {ya: yes, tidak: no}\n"
    observations = through(tmp_path, mapping, JUDGED)
    read_in = [one.value for one in observations.series["B", "services_ready"]]
    assert read_in[:3] == [1.0, 0.0, 1.0]
    assert [one.rule for one in observations.findings] == ["unreadable-judgement"]


def test_a_declared_word_for_yes_without_who_judged_is_told(tmp_path: Path) -> None:
    mapping = "metrics: {services_ready: siap}\njudgements: {ya: yes}\n"
    observations = through(tmp_path, mapping, "region,week,siap\nB,2021-W35,Ya\nB,2021-W36,\n")
    assert [one.rule for one in observations.findings] == ["judgement-without-source"]


@pytest.mark.parametrize("words", ["{ya: yes, YA: no}", '{"No": yes}'])
def test_one_word_for_both_answers_is_refused(tmp_path: Path, words: str) -> None:
    with pytest.raises(Refused) as refused:
        through(tmp_path, f"metrics: {{services_ready: siap}}\njudgements: {words}\n", JUDGED)
    assert [one.rule for one in refused.value.diagnostics] == ["bad-mapping"]


def test_a_word_for_something_else_than_yes_or_no_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="must be `yes` or `no`"):
        through(tmp_path, "judgements: {ya: perhaps}\n", JUDGED)


def test_a_name_that_is_no_metric_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        through(tmp_path, "metrics: {dosis_1: a, kasus: b}\n", JUDGED)
    helps = [one.help for one in refused.value.diagnostics]
    assert len(helps) == 2
    assert helps[0].startswith("the policy has `first_doses`, `facility_doses`, ")
