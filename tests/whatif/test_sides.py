"""Scenarios are sorted into alternatives and futures, and what does not fit is refused with its place."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from escalation.errors import Refused, RequestError
from escalation.observations.telling import refusal
from escalation.policy.values import Language
from escalation.whatif.scenarios.sides import sided
from tests.whatif.test_regret import SIDES, scenarios


def refused(text: str, *, weeks: int | None = None) -> list[str]:
    with pytest.raises(Refused) as error:
        sided(scenarios(text), weeks=weeks, otherwise=26)
    return [str(one) for one in error.value.diagnostics]


def test_a_scenario_of_both_sorts_is_refused_with_its_place_and_the_remedy() -> None:
    text = "scenarios:\n  - name: both\n    adopt: never\n    set: {moves.to-c.after: 5}\n    data: [{stop: doses}]\n"
    (said,) = refused(text)
    assert said == (
        "scenarios.yaml:2:11: error: `both` is an alternative (`set`, `adopt`) and a future (`data`) at once "
        "[alternative-and-future]\n"
        "  help: write two scenarios, one with `set`, `adopt` and one with `data`: every alternative meets every future"
    )


def test_all_that_does_not_fit_is_told_at_once() -> None:
    text = (
        "scenarios:\n  - {name: nothing}\n  - {name: far, horizon: 30, adopt: never}\n"
        "  - {name: near, horizon: 20, data: [{stop: doses}]}\n"
    )
    first, second = refused(text)
    assert first.startswith("scenarios.yaml:2:12: error: `nothing` changes nothing")
    assert second.startswith("scenarios.yaml:4:12: error: `near` looks 20 weeks ahead, and `far` 30 [other-horizon]")
    assert len(refused(text, weeks=10)) == 1


def test_what_does_not_fit_is_told_in_indonesian_too() -> None:
    text = (
        "scenarios:\n  - {name: nothing}\n  - {name: far, horizon: 30, adopt: never}\n"
        "  - {name: near, horizon: 20, data: [{stop: doses}]}\n"
        "  - {name: both, adopt: never, data: [{stop: doses}]}\n"
    )
    with pytest.raises(Refused) as error:
        sided(scenarios(text), otherwise=26)
    nothing, near, both = (refusal(one, Language.INDONESIAN) for one in error.value.diagnostics)
    said = "`nothing` tidak mengubah apa pun: kebijakan dan prakiraan apa adanya sudah disertakan [nothing-changed]"
    assert nothing == f"scenarios.yaml, baris 2, kolom 12: kesalahan: {said}\n  saran: hapus skenario itu"
    assert "kesalahan: `near` menjangkau 20 minggu, sedangkan `far` 30 minggu [other-horizon]\n" in near
    assert near.endswith("  saran: samakan `horizon` keduanya, atau sebutkan dengan --weeks")
    assert (
        "kesalahan: `both` mengubah pilihan (`adopt`) sekaligus masa depan (`data`) [alternative-and-future]\n" in both
    )
    assert "  saran: tulis dua skenario: `adopt` dan `data`: tiap pilihan dinilai" in both


def test_the_weeks_are_those_of_the_scenarios_if_no_others_are_asked_for() -> None:
    text = "scenarios:\n  - {name: far, horizon: 30, adopt: never}\n  - {name: halted, data: [{stop: doses}]}\n"
    assert sided(scenarios(text), otherwise=26).weeks == 30
    assert sided(scenarios(text), weeks=9, otherwise=26).weeks == 9
    assert sided(scenarios(text.replace("horizon: 30, ", "")), otherwise=26).weeks == 26


def test_without_a_choice_there_is_no_regret() -> None:
    with pytest.raises(RequestError, match="no alternative to the policy as it is"):
        sided(scenarios("name: halted\ndata: [{stop: doses}]\n"), otherwise=26)


def test_a_scenario_made_in_python_is_refused_without_a_place() -> None:
    both = replace(SIDES.alternatives[1], edits=SIDES.futures[1].edits, place=None)
    with pytest.raises(RequestError, match="is an alternative") as error:
        sided([both], otherwise=26)
    assert error.value.indonesian[0].endswith("sekaligus masa depan (`data`)")


def test_too_many_pairs_are_refused() -> None:
    one, other = SIDES.alternatives[1], SIDES.futures[1]
    many = [replace(side, name=f"{side.name}{place}") for place, side in product(range(10), (one, other))]
    with pytest.raises(RequestError, match="121 pairs"):
        sided(many, otherwise=26)
    assert len(sided(many[:18], otherwise=26).alternatives) == 10
