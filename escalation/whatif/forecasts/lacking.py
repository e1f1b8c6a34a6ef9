"""What is said where figures are too few for a forecast, and what can be done about it."""

from __future__ import annotations

from escalation.errors import TooFewFigures
from escalation.observations import Observations
from escalation.observations.unread import unread_columns
from escalation.policy.metrics import Kind


def too_few(metric: str, kind: Kind, said: tuple[str, str], *, has_others: bool = False) -> TooFewFigures:
    """Give the exception that says of what the figures are too few, with what to do.

    It is said in English and in Indonesian. Where other regions have more (`has_others`), it can be gone without one.

    A weekly uptake is advised for counts that only grow, and a method that asks for less for other figures.
    """
    english, indonesian = ["add the weeks that are missing"], ["lengkapi minggu yang kosong"]
    if kind is Kind.CUMULATIVE:
        english.append(f"say how many people are reached each week: --uptake {metric}=PEOPLE")
        indonesian.append(f"sebutkan berapa orang terjangkau setiap minggu: --uptake {metric}=ORANG")
    else:
        english.append("take --method last-rate, which asks for two weeks in a row")
        indonesian.append("pakai --method last-rate, yang hanya memerlukan dua minggu berturut-turut")
    if has_others:
        english.append("go without the region: name the others with --region, or an earlier day with --as-of")
        indonesian.append(
            "kesampingkan wilayah itu: sebutkan wilayah lainnya dengan --region, atau hari lebih awal dengan --as-of"
        )
    remedies = "; or ".join(english), "; atau ".join(indonesian)
    return TooFewFigures(said[0], help=remedies[0], indonesian=(said[1], remedies[1]))


def no_figures(metric: str, observations: Observations) -> TooFewFigures:
    """Give the exception that says that the data have no figure of a metric, and which columns are not read."""
    english, indonesian = f"the data have no figure of `{metric}`", f"data tidak memuat satu pun angka `{metric}`"
    remedy = (f"give its figures in a column `{metric}`", f"muat angkanya dalam kolom `{metric}`")
    if unread := ", ".join(unread_columns(observations)):
        english += f", and these columns are not read: {unread}"
        indonesian += f", sedangkan kolom ini tidak dibaca: {unread}"
        remedy = (
            f"rename the column to `{metric}`, or name it in a mapping: `escalation manual data`",
            f"ganti nama kolomnya menjadi `{metric}`, atau sebutkan dalam pemetaan: `escalation manual data`",
        )
    return TooFewFigures(english, help=remedy[0], indonesian=(indonesian, remedy[1]))
