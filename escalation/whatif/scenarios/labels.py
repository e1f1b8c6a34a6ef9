"""What every result of a scenario must say: how far it looks, what was changed, what is assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from escalation.evaluation.replay import Adopt, Adoption
from escalation.periods import week_text
from escalation.policy.amend import Amendment, Does, as_in_a_file
from escalation.policy.changes import as_told
from escalation.policy.paths import ENTRY, held, route_of
from escalation.policy.source import Route
from escalation.policy.values import ASSUMPTION, BothLanguages, Language
from escalation.policy.wording import number, weeks
from escalation.whatif.scenarios.adopting import Lift
from escalation.whatif.scenarios.edits import Alters, Edit, Effect

if TYPE_CHECKING:
    from escalation.policy.model import Policy

EN, ID = Language.ENGLISH, Language.INDONESIAN
WEEKS = re.compile(r"^(\d+) weeks?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The sentences that every result must carry: how far it looks, then all that is supposed."""

    horizon: BothLanguages
    supposed: tuple[BothLanguages, ...]

    def __iter__(self) -> Iterator[BothLanguages]:
        """Give all of them."""
        yield self.horizon
        yield from self.supposed

    def and_also(self, more: Iterable[BothLanguages]) -> Labels:
        """Give them with more that is supposed, said last."""
        return replace(self, supposed=(*self.supposed, *more))


def horizon(count: int | None) -> BothLanguages:
    """Say how far a result looks."""
    if count is None:
        return BothLanguages(en="Horizon: the weeks of the data.", id="Jangkauan: minggu-minggu dalam data.")
    return BothLanguages(en=f"Horizon: {weeks(count, EN)}.", id=f"Jangkauan: {weeks(count, ID)}.")


def amendment(policy: Policy, one: Amendment) -> BothLanguages:
    """Say what an amendment changes in a policy, with what stood there before."""
    match one.does:
        case Does.SET:
            value, nilai = _both(as_in_a_file(route_of(policy, one.path), one.value))
            before, sebelumnya = _before(policy, one.path)
            return BothLanguages(
                en=f"`{one.path}` is {value} (in the policy: {before}).",
                id=f"`{one.path}` menjadi {nilai} (dalam kebijakan: {sebelumnya}).",
            )
        case Does.DROP:
            return BothLanguages(en=f"`{one.path}` is dropped.", id=f"`{one.path}` dihapus.")
        case Does.ADD:
            return BothLanguages(
                en=f"Added to `{one.path}`: {as_told(one.value)}.",
                id=f"Ditambahkan ke `{one.path}`: {as_told(one.value)}.",
            )
        case Does.ORDER:
            names = as_told(one.value)
            return BothLanguages(en=f"The order of the moves is {names}.", id=f"Urutan langkah menjadi {names}.")


def _before(policy: Policy, path: str) -> tuple[str, str]:
    """Say what stands at a path, in English and in Indonesian."""
    route = route_of(policy, path)
    if route[0] == "parameters" and len(route) == ENTRY:
        route = (*route, "value") if policy.parameters[str(route[1])].dated is None else (*route, "dated")
    if (found := held(policy, route)) is not None:
        return _both(found)
    if (default := _by_default(policy, route)) is None:
        return "nothing", "tidak ada"
    return f"{weeks(default, EN)} by default", f"{weeks(default, ID)} bila tidak disebut"


def _by_default(policy: Policy, route: Route) -> int | None:
    """Give the weeks that count where a file says none; none of what has no default."""
    match route:
        case ("triggers", str(name), "for"):
            return policy.triggers[name].for_
        case ("moves", int(place), "after"):
            return policy.moves[place].after
        case ("metrics", str(name), "max_age") if name in policy.inputs:
            return 0
        case _:
            return None


def _both(value: object) -> tuple[str, str]:
    """Print a value in English, as a file has it, and in Indonesian.

    >>> _both("8 weeks"), _both(60.5), _both(["a", "b"])
    (('8 weeks', '8 minggu'), ('60.5', '60,5'), ('[a, b]', '[a, b]'))
    """
    told = as_told(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return told, told.replace(".", ",")
    return told, WEEKS.sub(r"\1 minggu", told)


def adoption(rule: Adoption, *, is_ahead: bool = False) -> BothLanguages:
    """Say what people do with recommendations, over the weeks on record or in the weeks to come."""
    if rule.adopt is Adopt.RECORDED and is_ahead:
        return BothLanguages(
            en="No recommendation is followed; stages that are on record for weeks to come take effect.",
            id="Tidak ada rekomendasi yang diikuti; tahap yang tercatat untuk minggu mendatang berlaku.",
        )
    if rule.adopt is Adopt.RECORDED:
        return BothLanguages(
            en="The stages in force are those on record.", id="Tahap yang berlaku adalah yang tercatat."
        )
    if rule.adopt is Adopt.NEVER:
        return BothLanguages(en="No recommendation is followed.", id="Tidak ada rekomendasi yang diikuti.")
    en, id_ = "Every recommendation is followed", "Setiap rekomendasi diikuti"
    if rule.probability < 1:
        en = f"A recommendation is followed with probability {number(rule.probability, EN)}"
        id_ = f"Rekomendasi diikuti dengan peluang {number(rule.probability, ID)}"
    if rule.up_to is not None:
        en, id_ = f"{en}, up to `{rule.up_to}`", f"{id_}, paling tinggi `{rule.up_to}`"
    if rule.lags:
        lags = ", ".join(f"`{move}` {lag}" for move, lag in rule.lags.items())
        en += f"; it takes effect after the lead time of its legal form (assumption), in weeks: {lags}"
        id_ += f"; berlaku setelah waktu penyusunan bentuk hukumnya (asumsi), dalam minggu: {lags}"
    elif rule.lag:
        en, id_ = f"{en}; it takes effect {weeks(rule.lag, EN)} later", f"{id_}; berlaku {rule.lag} minggu kemudian"
    return BothLanguages(en=f"{en}.", id=f"{id_}.")


def response(lifts: Sequence[Lift]) -> Iterator[BothLanguages]:
    """Say that the measures change nothing, or what they are assumed to change."""
    if not lifts:
        yield BothLanguages(
            en="Assumes that the measures do not change the metrics.",
            id="Mengandaikan bahwa tindakan tidak mengubah ukuran.",
        )
    for lift in lifts:
        stages = ", ".join(f"`{stage}`" for stage in lift.stages)
        by = "assumption" if lift.sources == (ASSUMPTION,) else f"assumption, after {', '.join(lift.sources)}"
        menurut = "asumsi" if lift.sources == (ASSUMPTION,) else f"asumsi, menurut {', '.join(lift.sources)}"
        yield BothLanguages(
            en=f"Response ({by}): while {stages} is in force, the weekly increase of `{lift.metric}` changes by "
            f"{number(lift.percent, EN)} %.",
            id=f"Tanggapan ({menurut}): selama {stages} berlaku, kenaikan mingguan `{lift.metric}` berubah "
            f"{number(lift.percent, ID)} %.",
        )


DONE = {
    Alters.SCALE: ("multiplied by {en}", "dikalikan {id}"),
    Alters.SHIFT: ("changed by {en}", "diubah sebesar {id}"),
    Alters.PACE: ("growing at {en} times the pace", "naik dengan {id} kali lajunya"),
    Alters.CAMPAIGN: ("{en} people more a week in each region", "bertambah {id} orang per minggu tiap wilayah"),
    Alters.STOP: ("standing still", "tidak bertambah"),
    Alters.MISSING: ("missing", "tidak ada"),
    Alters.LATE: ("known {en} later", "diketahui {id} kemudian"),
    Alters.REVISE: ("{en} instead", "menjadi {id}"),
}  # fmt: skip


def edits(policy: Policy, effects: Sequence[Effect]) -> Iterator[BothLanguages]:
    """Say what each edit did to the data, and how much of it cannot be used."""
    for edit, found in groupby(effects, key=lambda effect: effect.edit):
        of_edit = list(found)
        metrics = ", ".join(f"`{effect.metric}`" for effect in of_edit)
        amount = {"en": number(edit.amount, EN), "id": number(edit.amount, ID)}
        if of_edit[0].metric in policy.judgements:
            amount = {"en": "yes", "id": "ya"} if edit.amount else {"en": "no", "id": "tidak"}
        if edit.alters is Alters.LATE:
            amount = {"en": weeks(int(edit.amount), EN), "id": f"{int(edit.amount)} minggu"}
        en, id_ = (text.format_map(amount) for text in DONE[edit.alters])
        when, kapan = _when(policy, edit)
        figures, outside = (sum(getattr(one, what) for one in of_edit) for what in ("figures", "outside"))
        unused = f"; {outside:,} of them outside the range and not used" if outside else ""
        tak_dipakai = f"; {number(outside, ID)} di luar rentang dan tidak dipakai" if outside else ""
        yield BothLanguages(
            en=f"{metrics}: {en}{when} (figures on record changed: {figures:,}{unused}).",
            id=f"{metrics}: {id_}{kapan} (angka tercatat yang berubah: {number(figures, ID)}{tak_dipakai}).",
        )


def _when(policy: Policy, edit: Edit) -> tuple[str, str]:
    first = week_text(policy.calendar, edit.first) if edit.first is not None else None
    last = week_text(policy.calendar, edit.last) if edit.last is not None else None
    where = f" ({', '.join(edit.regions)})" if edit.regions is not None else ""
    if first == last:
        return (f" in {first}{where}", f" pada {first}{where}") if first is not None else (where, where)
    begin, mulai = (f" from {first}", f" sejak {first}") if first is not None else ("", "")
    end, sampai = (f" to {last}", f" sampai {last}") if last is not None else (" on", " dan seterusnya")
    return f"{begin}{end}{where}", f"{mulai}{sampai}{where}"
