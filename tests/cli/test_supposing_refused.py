"""What cannot be supposed is refused, and names the option."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.supposed import AHEAD, AT_ONCE, run, scenarios


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--set", "moves.to-perwal.aftr=8"), "--set moves.to-perwal.aftr=8: `aftr` is not a key here"),
        (
            ("--set", "moves.to-perwal.after=soon"),
            "--set moves.to-perwal.after=soon: `after` must be a number of weeks",
        ),
        (("--set", "first_dose_target=120"), "--set first_dose_target=120: 120 is outside the range"),
        (("--drop", "moves.to-prwal"), "--drop moves.to-prwal: `to-prwal` is not a move of this policy"),
        (
            ("--data", "pace: first_doses, bye: 0.5"),
            "--data 'pace: first_doses, bye: 0.5' column 20: `bye` is not a key here",
        ),
        (
            ("--data", "{pace: first_doses, by: 0.5, from: W40}"),
            "--data '{pace: first_doses, by: 0.5, from: W40}' column 36: `W40` is not a week",
        ),
        (("--data", "pace: first_doses, by: [1"), "--data 'pace: first_doses, by: [1' column 25: "),
        (("--data", "scale: first_doses, by: 2, regions: [Bogor]"), "column 1"),
        (("--add", "name: x, from: appeal, to: perda, trigger: dry"), "`dry` is not a trigger of this policy"),
        (("--add", "to-perda"), "--add to-perda"),
    ],
)
@pytest.mark.parametrize("name", ["sweep on record", "flip"])
def test_a_mistake_names_the_option_and_its_value(name: str, given: tuple[str, str], said: str) -> None:
    result = run(name, *given)
    assert result.exit_code == 2
    if said == "column 1":
        assert f"error: --data '{given[1]}': `Bogor` is not a region of the observations" in result.stderr
    else:
        assert said in result.stderr
    assert result.stderr.startswith(f"error: {given[0]} ")
    assert "options:" not in result.stderr


def test_a_mistake_is_told_in_indonesian_as_other_failures_are() -> None:
    lines = run("whatif", *AHEAD, "--data", "pace: first_doses, bye: 0.5", "--lang", "id").stderr.splitlines()
    assert lines == [
        "kesalahan: --data 'pace: first_doses, bye: 0.5' kolom 20: `bye` is not a key here",
        "  saran: did you mean `by`?",
    ]


def test_all_mistakes_are_told_at_once() -> None:
    given = (
        "--set",
        "moves.to-prwal.after=8",
        "--drop",
        "moves.x",
        "--data",
        "stop: doses",
        "--adopt",
        "up_to: x, rule: follow",
    )
    lines = [line for line in run("forecast", *AHEAD, *given).stderr.splitlines() if line.startswith("error: ")]
    assert [line.split()[1] for line in lines] == ["--set", "--drop", "--data", "--adopt"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("--drop", "moves.to-perda", "--drop", "moves.to-perda"),
            (
                "`drop moves.to-perda` changes what is dropped by `drop moves.to-perda`",
                "--drop moves.to-perda: the other",
            ),
        ),
        (
            ("--set", "moves.to-perwal.after=8", "--drop", "moves.to-perwal"),
            ("`drop moves.to-perwal` drops what is changed by", "--set moves.to-perwal.after=8: the other"),
        ),
        (
            ("--set", "first_dose_target=60", "--set", "parameters.first_dose_target.value=65"),
            ("changes the same as `first_dose_target=60`", "--set first_dose_target=60: the other"),
        ),
        (("--add", AT_ONCE, "--add", AT_ONCE), ("at-once", "--add")),
        (
            ("--data", "revise: first_doses, value: 1", "--data", "revise: first_doses, value: 2"),
            ("two edits give one figure another value", "--data 'revise: first_doses, value: 1': the other"),
        ),
    ],
)
@pytest.mark.parametrize("name", ["forecast", "stress"])
def test_two_options_of_one_thing_are_refused(name: str, given: tuple[str, ...], said: tuple[str, ...]) -> None:
    result = run(name, *given)
    assert result.exit_code == 2
    for one in said:
        assert one in result.stderr


def test_an_option_of_what_the_scenario_amends_is_refused(tmp_path: Path) -> None:
    file = scenarios(tmp_path, "name: one\nset: {first_dose_target: 60}\n")
    result = run("stress", "--scenario", file, "--set", "first_dose_target=65")
    assert result.exit_code == 2
    assert (
        "--set first_dose_target=65: `first_dose_target=65` changes the same as `first_dose_target=60`" in result.stderr
    )


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("scenarios: [{name: one}, {name: two}]\n", (), {"en": "has 2 scenarios", "id": "memuat 2 skenario"}),
        ("name: one\n", (":two",), {"en": "has no scenario `two`", "id": "tidak memuat skenario `two`"}),
        ("name: one\nadopt: never\n", ("", "--adopt", "recorded"), {"en": "as well as --adopt", "id": "juga --adopt"}),
        (
            "name: one\nresponse: [{stage: perwal, lifts: first_doses, percent: 9}]\n",
            (),
            {"en": "respond", "id": "tanggapan"},
        ),
        ("name: one\ndata: [{late: all, by: 1}]\n", (), {"en": "that are late", "id": "yang terlambat"}),
        ("name: one\nadopt: {rule: follow, probability: 0.5}\n", (), {"en": "chance decides", "id": "menurut peluang"}),
    ],
)
def test_a_scenario_that_cannot_be_taken_is_refused(
    text: str, given: tuple[str, ...], said: dict[str, str], lang: str, tmp_path: Path
) -> None:
    suffix, *more = given or ("",)
    result = run("stress", "--scenario", f"{scenarios(tmp_path, text)}{suffix}", *more, "--lang", lang)
    assert result.exit_code == 2
    assert said[lang] in result.stderr


@pytest.mark.parametrize("name", ["sweep on record", "seek on record", "seek ahead"])
def test_a_number_is_not_both_supposed_and_tried(name: str) -> None:
    by = ("--by", "first_dose_target") if name.startswith("seek") else ()
    result = run(name, *by, "--set", "parameters.first_dose_target.value=65")
    assert result.exit_code == 2
    assert "and supposed: `parameters.first_dose_target.value=65`" in result.stderr


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("replay", ("--adopt", "rule: follow, lag: 2", "--lag", "3"), "it is said twice what people do"),
        ("replay", ("--adopt", "rule: follow, probability: 0.5"), "here chance decides"),
        ("replay", ("--adopt", "sometimes"), "--adopt sometimes: "),
        ("backtest", ("--adopt", "recorded"), "the stages on record are what the policy is compared with"),
    ],
)
def test_what_people_cannot_do_here_is_refused(name: str, given: tuple[str, ...], said: str, record: str) -> None:
    result = run(name, "--standings", record, *given)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(("name", "called"), [("whatif", "scenario"), ("regret", "alternative")])
def test_a_scenario_of_a_file_is_not_called_as_what_options_make(name: str, called: str, tmp_path: Path) -> None:
    file = scenarios(tmp_path, f"name: {called}\nset: {{slow_gain: 3}}\n")
    asked = ("--outcome", "weeks:perda", "--prefer", "fewer") if name == "regret" else ()
    result = run(name, *asked, *AHEAD, "--scenario", file, "--set", "first_dose_target=60")
    assert result.exit_code == 2
    assert f"a scenario of the file is called `{called}`, as is what options make" in result.stderr


def test_what_is_kept_is_not_gone_on_with_where_people_do_otherwise(tmp_path: Path) -> None:
    kept = ("--keep", str(tmp_path / "kept"))
    file = scenarios(tmp_path, "name: one\nadopt: {rule: follow, lag: 1}\n")
    assert run("stress", "--scenario", file, *kept).exit_code == 0
    scenarios(tmp_path, "name: one\nadopt: {rule: follow, lag: 2}\n")
    result = run("stress", "--scenario", file, *kept, "--resume")
    assert result.exit_code == 2
    assert "with another: adoption" in result.stderr


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("whatif", (), ("tidak ada skenario untuk dibandingkan dengan acuan", "sebutkan berkas dengan --scenario")),
        ("forecast", ("--resume",), ("tidak ada yang dapat dilanjutkan", "sebutkan foldernya dengan --keep")),
        ("forecast", ("--shard", "1/2"), ("bagian (--shard) harus disimpan", "sebutkan folder untuknya")),
        ("forecast", ("--uptake", "doses=1"), ("`doses` bukan ukuran yang mendasari suatu langkah", "`first_doses`")),
        ("forecast", ("--judge", "x=yes"), ("`x` bukan penilaian dalam kebijakan ini", "`services_ready`")),
        ("seek on record", ("--below", "3"), ("suatu sasaran memiliki satu batas", "salah satu dari --below")),
        ("seek on record", ("--draws", "3"), ("--draws untuk minggu mendatang", "recommended:STAGE")),
        ("tornado on record", ("--draws", "3"), ("--draws untuk minggu mendatang", "dengan --weeks")),
        ("sweep ahead", ("--over", "slow_gain=3,4", "--over", "elderly_gate=30,40"), ("3 angka", "satu atau dua")),
        ("sweep ahead", ("--over", "metrics.first_dose_gain.change.over=2,3"), ("diprakirakan", "hilangkan --weeks")),
    ],
)
def test_what_cannot_be_asked_is_told_in_indonesian(name: str, given: tuple[str, ...], said: tuple[str, str]) -> None:
    result = run(name, *given, "--lang", "id")
    assert result.exit_code == 2
    failure, remedy = result.stderr.splitlines()
    assert failure.startswith("kesalahan: ")
    assert said[0] in failure
    assert remedy.startswith("  saran: ")
    assert said[1] in remedy


def test_a_folder_of_another_run_is_refused_in_indonesian(tmp_path: Path) -> None:
    kept = ("--keep", str(tmp_path / "kept"), "--lang", "id")
    assert run("stress", *kept).exit_code == 0
    assert "menyimpan hasil perhitungan ini\n  saran: lanjutkan dengan --resume" in run("stress", *kept).stderr
    other = run("stress", "--set", "slow_gain=3", *kept, "--resume").stderr
    assert "menyimpan hasil perhitungan lain; yang berbeda: policy, --set\n  saran: sebutkan folder lain" in other
