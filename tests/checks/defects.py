"""Defects of ladders, planted one at a time in a sound one: what is changed, which rule sees it, and on which line."""

# ruff: noqa: E501 - a table: each defect on a line

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

SOUND = Path(__file__).parent.parent / "files" / "ladder.yaml"


LATE_NOT_EARLY = """\
  early: {when: {metric: storage, below: low}, for: 2 weeks, missing: unknown, source: plan}
  late: {when: {metric: storage, below: low}, for: 3 weeks, missing: unknown, source: plan}
  very-dry:
    when:
      all:
        - {trigger: late}
        - not: {trigger: early}
"""


class Defect(NamedTuple):
    """A change of the sound ladder, or several; `seen` begins the line on which the finding is expected."""

    old: str
    new: str
    rule: str
    seen: str = ""
    also: Mapping[str, str] = {}

    @property
    def text(self) -> str:
        """The ladder with the defect. Raise ValueError where what is changed does not stand in it exactly once."""
        text = SOUND.read_text(encoding="utf-8")
        for old, new in {self.old: self.new, **self.also}.items():
            if text.count(old) != 1:
                raise ValueError(f"{old!r} stands {text.count(old)} times in the ladder")
            text = text.replace(old, new)
        return text

    @property
    def line(self) -> int:
        """The line on which the finding is expected."""
        text = self.text
        return text.count("\n", 0, text.index(self.seen or self.new)) + 1


STORAGE_LOW = "{metric: storage, below: low}"
WET = "when: {metric: storage, at_least: recovered}"
VERY_DRY = "{metric: storage, below: 30}"
EASE = "  - {name: ease,"

DEFECTS = {
    # names
    "misspelt metric": Defect(STORAGE_LOW, "{metric: storrage, below: low}", "unknown-metric"),
    "misspelt parameter": Defect(STORAGE_LOW, "{metric: storage, below: loww}", "unknown-parameter"),
    "misspelt stage": Defect("to: limits,", "to: limit,", "unknown-stage"),
    "misspelt trigger": Defect("to: limits, trigger: dry", "to: limits, trigger: dri", "unknown-trigger"),
    "misspelt key": Defect("trigger: dry, after: 2 weeks", "trigger: dry, affter: 2 weeks", "unknown-key"),
    "number written where the parameter was meant": Defect(WET, WET.replace("recovered", "55"), "unused-parameter", "recovered: {"),
    "metric that nothing uses": Defect("  rainless:", "  rainfall: {unit: mm, kind: flow}\n  rainless:", "unused-metric", "rainfall"),
    "forgotten guard": Defect("requires: [tankers_ready], ", "", "unused-judgement", "tankers_ready"),
    "move with the wrong trigger": Defect("trigger: very-dry", "trigger: dry", "unused-trigger", "very-dry:"),
    "source that nothing cites": Defect("sources:\n", "sources:\n  report: {title: A report}\n", "uncited-source", "report:"),
    # units and ranges
    "threshold above the range": Defect(VERY_DRY, "{metric: storage, below: 300}", "threshold-outside-range"),
    "0.3 for 30 percent": Defect(VERY_DRY, "{metric: storage, below: 0.3}", "fraction-for-percent"),
    "0.8 for 80 percent in a parameter": Defect("value: 55, range: [40, 90]", "value: 0.55, range: [0, 1]", "fraction-for-percent"),
    "parameter in another unit": Defect("low: {unit: percent", "low: {unit: m3", "unit-mismatch", STORAGE_LOW),
    "parameter outside its range": Defect("value: 40, range", "value: 4, range", "parameter-outside-range"),
    "share of another unit": Defect("demand: {unit: m3", "demand: {unit: households", "share-of-other-units", "cover: {"),
    "800 percent": Defect("{metric: cover, below: 80}", "{metric: cover, below: 800}", "percent-above-hundred"),
    "range that no value has": Defect("to: demand}, range: [0, null]", "to: demand}, range: [-100, -1]", "impossible-range"),
    "range upside down": Defect("range: [20, 60]", "range: [60, 20]", "bad-range"),
    # geometry
    "55 in neither row": Defect("{below: 30, value: 2}\n        - {otherwise: 3}", "{below: 30, value: 2}\n        - {above: 30, value: 3}", "bands-gap", "- {below: dry_days"),
    "hole between rows": Defect("{below: 30, value: 2}\n        - {otherwise: 3}", "{below: 30, value: 2}\n        - {at_least: 60, value: 3}", "bands-gap", "- {below: dry_days"),
    "dead row": Defect("{below: 30, value: 2}", "{below: 7, value: 2}", "dead-row"),
    "rows in the wrong order": Defect("- {below: dry_days, value: 1}\n        - {below: 30, value: 2}", "- {below: 30, value: 2}\n        - {below: dry_days, value: 1}", "dead-row", "dry_days, value: 1"),
    "band that no row gives": Defect("{metric: dryness, at_least: 2}", "{metric: dryness, at_least: 4}", "condition-never-met"),
    "contradiction": Defect(VERY_DRY, "{metric: storage, below: 30, at_least: 40}", "condition-never-met"),
    "contradiction between two lines": Defect("{metric: cover, below: 80}", "{metric: storage, at_least: 50}", "condition-never-met", "      all:\n        - {metric: storage, below: 30}"),
    "condition that is always met": Defect(WET, "when: {any: [{metric: storage, at_least: recovered}, {metric: storage, below: 60}]}", "condition-always-met"),
    "part that is always met": Defect("{metric: dryness, at_least: 2}", "{metric: dryness, at_least: 1}", "condition-always-met"),
    "gap at exactly 55": Defect(STORAGE_LOW + "\n        - {metric: dryness, at_least: 2}", "{metric: storage, below: recovered}", "threshold-gap", "when: {metric: storage, above", also={WET: WET.replace("at_least", "above")}),
    "overlap of up and down": Defect("value: 55, range: [40, 90]", "value: 35, range: [30, 90]", "opposite-moves-overlap", "name: limit,"),
    "part that changes nothing": Defect(VERY_DRY, VERY_DRY + "\n        - {metric: storage, below: 35}", "idle-part", "- {metric: storage, below: 35"),
    # the ladder
    "stage that nothing leads to": Defect("  - {name: limits,", "  - {name: warning, title: Warning}\n  - {name: limits,", "stage-without-entry", "name: warning"),
    "stage without a way up": Defect("from: limits, to: ban", "from: appeal, to: ban", "no-way-up", "name: limits, title"),
    "stage without a way back": Defect("from: [limits, ban]", "from: limits", "no-way-back", "name: ban, title"),
    "stage skipped": Defect("from: normal, to: appeal", "from: normal, to: limits", "skipped-stage"),
    "move given twice": Defect(EASE, "  - {name: relax, from: [limits, ban], to: appeal, trigger: wet, after: 4 weeks, source: plan}\n" + EASE, "repeated-move", "name: ease"),
    "any includes the stricter stages": Defect("from: normal, to: appeal", "from: any, to: appeal", "move-both-ways"),
    "move to itself": Defect("from: appeal, to: limits", "from: limits, to: limits", "move-to-itself"),
    # time
    "old figures keep the streak": Defect("max_age: 1 week}", "max_age: 4 weeks}", "carried-streak", "max_age: 4 weeks}"),
    "judgement too short for its streak": Defect(WET + "\n    for: 3 weeks", "when: {judgement: tankers_ready, is: yes}\n    for: 8 weeks", "streak-outlasts-judgement", "for: 8 weeks"),
    "valid on no last day of a week": Defect("trigger: dry, after: 2 weeks", "trigger: dry, valid: {from: 2021-06-07, until: 2021-06-12}, after: 2 weeks", "never-in-force"),
    "locked for good": Defect("until: 2021-05-31, ", "", "never-in-force", "name: forbid"),
    "no value at the start of the move": Defect("trigger: dry, after: 2 weeks", "trigger: dry, valid: {from: 2021-01-01}, after: 2 weeks", "late-parameter", "dry_days: {"),
    "by-law sooner than it can be made": Defect(
        "instruments: generic", "instruments: indonesia-city", "stay-below-lead-time", "name: forbid",
        also={"instrument: notice": "instrument: surat_edaran", "instrument: order": "instrument: instruksi_wali_kota",
              "instrument: regulation": "instrument: perda"},
    ),
    "duration without weeks": Defect("after: 6 weeks", "after: 6", "bad-duration"),
    # provenance
    "number without a source": Defect("range: [20, 60], source: plan}", "range: [20, 60]}", "number-without-source"),
    "source newer than the value": Defect("[{from: 2021-03-14", "[{from: 2021-01-01", "source-newer-than-rule"),
    "rule older than its source": Defect("until: 2021-05-31, source: decree", "until: 2021-01-31, source: decree", "source-newer-than-rule"),
    "expired source": Defect("date: 2020-06-01}", "date: 2020-06-01, until: 2025-12-31}", "expired-source", "until: 2025-12-31"),
    "source that ends before it begins": Defect("date: 2020-06-01}", "date: 2020-06-01, until: 2020-01-31}", "source-ends-before-it-begins"),
    "misspelt source": Defect("after: 6 weeks, requires: [tankers_ready], source: decree", "after: 6 weeks, requires: [tankers_ready], source: decre", "unknown-source"),
    # authority
    "stricter stage with a softer form": Defect("instrument: order}", "instrument: by_law}", "weaker-instrument", "name: ban, title"),
    "regulation without a parent norm": Defect(", parent_norm: decree", "", "regulation-without-parent-norm", "- {name: ban, title"),
    "duty in a notice": Defect("Appeal to save water", "Saving water is mandatory", "obligation-in-soft-law"),
    "penalty in a notice": Defect("Appeal to save water", "Save water or pay a fine", "sanction-beyond-instrument"),
    "misspelt form": Defect("instrument: order", "instrument: oder", "unknown-instrument"),
    "misspelt pack": Defect("instruments: generic", "instruments: generik", "unknown-pack"),
    # what needs the exact analysis: streaks, stays and the order of moves
    "move whose streaks exclude each other": Defect("  very-dry:\n    when:\n      all:\n", LATE_NOT_EARLY, "dead-move", "- {name: forbid"),
    "stage behind a shadowed move": Defect("from: limits, to: ban", "from: appeal, to: ban", "unreachable-stage", "- {name: ban, title", also={"trigger: very-dry": "trigger: dry"}),
    "move that an earlier one shadows": Defect("  - {name: end,", "  - {name: stop, from: appeal, to: normal, trigger: wet, after: 2 weeks, source: plan}\n  - {name: end,", "shadowed-move", "- {name: end"),
    "order decides between two stages": Defect("  - {name: forbid,", "  - {name: jump, from: appeal, to: ban, trigger: very-dry, source: plan}\n  - {name: forbid,", "milder-move-first", "- {name: limit,"),
    "up and down by the same figures": Defect("value: 55, range: [40, 90]", "value: 35, range: [30, 90]", "ping-pong", "- {name: end"),
    "stricter stage sooner than promised": Defect("{earliest: {stage: ban, weeks: 12}}", "{earliest: {stage: limits, weeks: 8}}", "broken-invariant"),
    "move that the law forbids": Defect("never: {from: normal, to: ban}", "never: {from: appeal, to: limits}", "broken-invariant"),
}  # fmt: skip
