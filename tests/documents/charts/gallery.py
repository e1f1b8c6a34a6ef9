"""One picture of every kind, with figures made up for it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from escalation.documents.charts.bars import Bars
from escalation.documents.charts.crosses import Crosses, Region
from escalation.documents.charts.curves import Curves, Series
from escalation.documents.charts.fan import Band, Fan, Threshold
from escalation.documents.charts.firsts import Firsts, FirstWeek
from escalation.documents.charts.gantt import Bar, Gantt, Range
from escalation.documents.charts.grid import Grid
from escalation.documents.charts.heat import Heat
from escalation.documents.charts.shares import Shares
from escalation.documents.charts.stakes import Input
from escalation.documents.charts.strip import UNSAID, Episode, Row, Strip
from escalation.documents.charts.tornado import Bar as TornadoBar
from escalation.documents.charts.tornado import Tornado
from escalation.periods import Calendar, Week

if TYPE_CHECKING:
    from escalation.documents.charts.frame import Drawing

FIRST = Week.parse("2021-W30", Calendar.ISO)
LONG = "Peraturan Wali Kota tentang Kewajiban Menunjukkan Bukti Vaksinasi pada Pelayanan Publik"
STAGES = ("Surat Edaran", "Instruksi Wali Kota", LONG, "Perda")
HISTORY = tuple(None if week == 7 else 40 + week + math.sin(week) for week in range(20))
TARGET = Threshold(label="Target: 70 %, later 75 %", values=(70.0,) * 20 + (75.0,) * 12)
MEDIAN = tuple(60.0 + week for week in range(12))
X = Input(label="First-dose target", unit="%", values=tuple(float(one) for one in range(60, 90)), present=70.0)
Y = Input(label=LONG, unit="percentage points", values=tuple(one / 2 for one in range(12)), present=4.0)
FEW = Input(label="Weeks in a row", unit="weeks", values=(1.0, 2.0, 4.0), present=2.0)


def fan(metric: str = "First-dose coverage") -> Fan:
    bands = tuple(
        Band(share=share, low=tuple(one - wide for one in MEDIAN), high=tuple(one + wide for one in MEDIAN))
        for share, wide in ((0.95, 9.0), (0.8, 6.0), (0.5, 2.0))
    )
    return Fan(
        metric=metric,
        unit="%",
        first=FIRST,
        history=HISTORY,
        median=MEDIAN,
        bands=bands,
        samples=(MEDIAN, tuple(one + 1 for one in MEDIAN)),
        thresholds=(TARGET,),
        at_risk=(20, 21, 24),
        risk="weeks that may complete the streak",
    )


def strip(regions: int, names: str = "Kecamatan") -> Strip:
    rows = tuple(
        Row(
            region=f"{names} {place:03}",
            ranks=tuple(None if week < place % 5 else min(3, (week + place) // 9) for week in range(40)),
        )
        for place in range(regions)
    )
    return Strip(first=FIRST, stages=STAGES, rows=rows)


def heat(x: Input, y: Input) -> Heat:
    cells = tuple(tuple(None if one > 85 else max(0.0, one / 3 - 3 * other) for one in x.values) for other in y.values)
    return Heat(outcome="Weeks in the strictest stage", unit="weeks", x=x, y=y, cells=cells, present=11.0)


def gantt(bars: int, span: Range | None) -> Gantt:
    start, signed = date(2021, 9, 13), date(2021, 10, 26)
    kinds = (
        Bar(label="Signature", first=start, last=signed, is_certain=True, has_limit=True),
        Bar(label=LONG, first=None, last=None, is_certain=True, has_limit=False),
        Bar(label="Facilitation", first=None, last=None, is_certain=False, has_limit=True),
        Bar(label="Review", first=signed, last=date(2021, 11, 8), is_certain=False, has_limit=True),
    )
    return Gantt(start=start, bars=tuple(kinds[place % 4] for place in range(bars + 1)), span=span)


def crosses(regions: int, names: str = "Kecamatan") -> Crosses:
    """Give chances that rise from region to region, with gaps and weeks that are not on record yet."""
    rows = tuple(
        Region(
            region=f"{names} {place:03}",
            chances=tuple(min(1.0, (week + place) / (regions + 24)) for week in range(26)),
            came=tuple(None if week >= 23 else (week * (place + 3)) % 7 < 2 for week in range(26)),
            cannot_say=tuple(week == 4 and place % 3 == 0 for week in range(26)),
            undetermined=tuple(0.7 if week == 9 else 0.1 for week in range(26)),
        )
        for place in range(regions)
    )
    return Crosses(outcome="Perda berlaku", first=FIRST, rows=rows)


PICTURES: dict[str, Drawing] = {
    "grid": Grid(
        outcome="Regret, weeks",
        rows=("the policy as it is", LONG, "late"),
        columns=("the figures as forecast", "supply halves", "campaign doubles", LONG),
        cells=((0.0, 2.0, 4.0, 8.0), (0.04, 0.0, 0.0, 0.0), (3.0, 4.0, 5.0, 6.0)),
        texts=(("0.0", "2.0", "4.0 ≈", "≥ 8.0"), ("<0.1", "0.0", "0.0", "0.0"), ("3.0", "4.0", "5.0", "6.0")),
        across="future",
    ),
    "fan": fan(),
    "shares": Shares(
        first=FIRST,
        stages=STAGES,
        shares=((0.5,) * 26, (0.25,) * 26, (0.15,) * 26, (0.1,) * 26),
        undetermined=(0.0,) * 10 + (0.3,) * 16,
    ),
    "firsts": Firsts(
        first=FIRST,
        weeks=26,
        rows=(
            FirstWeek(label="Instruksi", p10=3, p50=5, p90=9, share=0.97),
            FirstWeek(label=LONG, p10=9, p50=24, p90=None, share=0.62),
            FirstWeek(label="Perda, supply halves", p10=20, p50=None, p90=None, share=0.31),
            FirstWeek(label="Perda", p10=None, p50=None, p90=None, share=0.0004),
        ),
    ),
    "crosses": crosses(21),
    "crosses of one": crosses(1, names=LONG),
    "crosses of many": crosses(70),
    "heat": heat(X, Y),
    "heat of few values": heat(FEW, FEW),
    "heat of one value": heat(FEW, Input(label="Target", unit="%", values=(70.0,), present=70.0)),
    "curves": Curves(
        outcome="Probability of a Perda by 31 December",
        unit="",
        x=Input(label="Weekly uptake", unit="people", values=(0.0, 10_000.0, 20_000.0, 30_000.0), present=21_000.0),
        series=(Series(label="Perda", values=(0.9, 0.5, None, 0.02)), Series(label=LONG, values=(1.0, 0.9, 0.7, 0.4))),
        is_share=True,
        limit=("limit: 10 %", 0.1),
        answer=26_500.0,
    ),
    "tornado of many": Tornado(
        outcome=LONG,
        unit="percent",
        present=40.0,
        bars=tuple(
            TornadoBar(
                label=f"{LONG if place % 3 == 0 else 'Target'} {place}",
                lower="12 weeks (not within the horizon)" if place % 4 else "",
                low=40.0 - 2 * place if place % 4 else 40.0,
                higher="72.75 percentage points",
                high=40.0 + place if place % 5 else 30.0 - 3 * place,
                least=-20.0 if place % 6 == 0 else None,
                greatest=75.0 if place % 7 == 0 else None,
            )
            for place in range(16)
        ),
    ),
    "tornado": Tornado(
        outcome="First week of a Perwal",
        unit="weeks from now",
        present=11.0,
        bars=(
            TornadoBar(label="Target", lower="65 %", low=15.0, higher="75 %", high=8.0),
            TornadoBar(label=LONG, lower="1 week", low=12.0, higher="3 weeks", high=13.0),
            TornadoBar(label="Slow growth", lower="3", low=11.0, higher="5", high=11.0),
        ),
    ),
    "tornado of a week": Tornado(
        outcome="First week of a Perwal",
        unit="",
        present=11.0,
        bars=(
            TornadoBar(label="Target", lower="65 %", low=26.0, higher="75 %", high=8.0),
            TornadoBar(label=LONG, lower="1 week", low=10.0, higher="3 weeks", high=13.0),
        ),
        first=Week.parse("2021-W36", Calendar.ISO),
        beyond=(26.0, "later or never"),
    ),
    "bars": Bars(
        outcome="Recommended otherwise",
        unit="region-weeks",
        values=(("Reported 2 weeks late", 23.0), (LONG, 1.0), ("Not judged", 0.0)),
    ),
    "more bars than are painted": Bars(
        outcome=LONG, unit="", values=tuple((f"Strain {place}", float(place)) for place in range(45))
    ),
    "gantt": gantt(
        3, Range(label="In force", least=date(2021, 11, 2), usual=date(2021, 12, 12), most=date(2022, 3, 12))
    ),
    "gantt of one day": Gantt(
        start=date(2021, 9, 13),
        bars=(),
        span=Range(label=LONG, **dict.fromkeys(("least", "usual", "most"), date(2021, 9, 13))),
    ),
    "gantt without a range": gantt(50, None),
    "strip": strip(3),
    "strip of one": strip(1),
    "bars of uneven names": Bars(
        outcome="Distance",
        unit="%",
        values=(("a", 1.0), ("b", 2.0), ("c", 3.0), (f"{LONG} {LONG}", 0.0), (LONG * 2, 0.0)),
    ),
    "strip of what cannot be said": replace(
        strip(4), rows=tuple(replace(row, ranks=(*row.ranks[:20], *[UNSAID] * 20)) for row in strip(4).rows)
    ),
    "strip of many": strip(514),
    "episode of long texts": Episode(
        metric=LONG,
        unit="people per 100,000 inhabitants in 7 days",
        first=FIRST,
        values=tuple(1e6 + week * 12345.678 for week in range(104)),
        thresholds=tuple(
            Threshold(label=f"at least {place} people per 100,000 inhabitants", values=(1e6 + place * 1e5,) * 104)
            for place in range(6)
        ),
        stages=tuple(f"{stage} {LONG}" for stage in STAGES),
        rows=tuple(Row(region=f"{LONG} {place}", ranks=(place,) * 50 + (1,) * 54) for place in range(2)),
    ),
    "episode": Episode(
        metric="First-dose coverage",
        unit="%",
        first=FIRST,
        values=HISTORY,
        thresholds=(Threshold(label="Target", values=(70.0,) * 20),),
        stages=STAGES,
        rows=(Row(region="policy", ranks=(0,) * 8 + (1,) * 12), Row(region="on record", ranks=(None,) * 3 + (0,) * 17)),
    ),
}
