"""What papers say of the public holidays that they count with, and of those that they do not know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from escalation.instruments import Workdays
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import Phrases, phrase

SENTENCES: Phrases = {
    "known": (
        (
            "Saturdays, Sundays and the national public holidays are left out, as the data package {source} has them; "
            "local holidays count as working days."
        ),
        (
            "Sabtu, Minggu, hari libur nasional dan cuti bersama tidak dihitung, menurut paket data {source}; libur "
            "daerah tetap dihitung sebagai hari kerja."
        ),
    ),
    "no-country": (
        (
            "Saturdays and Sundays are left out; the policy names no country: public holidays are not known, and make "
            "it later."
        ),
        (
            "Sabtu dan Minggu tidak dihitung; kebijakan tidak menyebut negara: hari libur tidak diketahui, dan "
            "membuatnya lebih lambat."
        ),
    ),
    "strange": (
        "Saturdays and Sundays are left out; the public holidays of `{country}` are not known, and make it later.",
        "Sabtu dan Minggu tidak dihitung; hari libur `{country}` tidak diketahui, dan membuatnya lebih lambat.",
    ),
    "none": (
        "No public holidays are known of {years}: only Saturdays and Sundays are left out there.",
        "Hari libur tahun {years} tidak diketahui: untuk tahun itu hanya Sabtu dan Minggu yang tidak dihitung.",
    ),
    "open": (
        "Of {years}, some public holidays are estimates, or the days off of the government are not yet known.",
        "Untuk tahun {years}, sebagian hari libur masih perkiraan, atau cuti bersama belum diketahui.",
    ),
}


def workdays(policy: Policy) -> Workdays:
    """Give the working days of the country in which a policy holds."""
    return Workdays(policy.jurisdiction.country if policy.jurisdiction is not None else None)


def counted(days: Workdays, first: date, last: date, language: Language) -> Iterator[str]:
    """Say which days are left out where working days are counted between two days, and what is not known of them."""
    if days.country is None:
        yield phrase(SENTENCES, "no-country", language)
    elif not days.is_known:
        yield phrase(SENTENCES, "strange", language, country=days.country)
    else:
        yield phrase(SENTENCES, "known", language, source=days.made_with)
    for key, years in (
        ("none", days.years_without_data(first, last)),
        ("open", days.years_not_decreed(first, last)),
    ):
        if years:
            yield phrase(SENTENCES, key, language, years=", ".join(map(str, years)))
