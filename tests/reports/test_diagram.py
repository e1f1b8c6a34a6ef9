"""The diagrams show every lawful move, hold together whatever the titles, and take no title for anything but text."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from escalation.evaluation.ladder import Ladder
from escalation.policy.load import loads
from escalation.policy.values import Language
from escalation.reports.diagram import mermaid, svg
from escalation.reports.diagram_svg import LARGE, SMALL, breadth

LADDER = """
language: 1
name: reservoir
title: {en: Reservoir, id: Waduk}
calendar: iso-week
metrics:
  storage: {unit: percent, kind: level}
  ready: {kind: judgement, by: board, title: {en: Tankers stand ready, id: Tangki air siap}}
triggers:
  dry: {title: {en: Storage is low, id: Simpanan rendah}, when: {metric: storage, below: 40}, for: 2 weeks,
        missing: unknown, source: assumption}
  wet: {when: {metric: storage, at_least: 80}, missing: hold}
stages:
  - {name: normal}
  - {name: end, title: {en: Drought watch, id: Waspada}}
  - {name: state}
moves:
  - {name: to-end, from: normal, to: end, trigger: dry, after: 3 weeks, requires: [ready]}
  - {name: to-state, from: any, to: state, trigger: dry, valid: {from: 2021-05-01}}
  - {name: to-normal, from: any, to: normal, trigger: wet, after: 1 week, source: assumption}
locks: [{not_below: end, until: 2021-09-30}]
"""

LONG = """
language: 1
name: long
title: "A ladder of seven stages whose title is long enough to need a second line, and a third one on a phone"
calendar: iso-week
metrics:
  storage: {unit: percent, kind: level}
  ready: {kind: judgement, by: board, title: "The board has confirmed that tankers stand ready in every district"}
triggers:
  dry: {title: "Storage in the three reservoirs has stayed below the first drought threshold of the plan",
        when: {metric: storage, below: 70}, for: 2 weeks, missing: unknown, source: assumption}
  drier: {title: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
          when: {metric: storage, below: 50}, missing: hold}
  wet: {title: 水位が回復した水位が回復した水位が回復した水位が回復した, when: {metric: storage, at_least: 80},
        missing: break}
stages:
  - {name: s0, title: Normal operation}
  - {name: s1, title: "Drought watch: voluntary reductions by large consumers, requested by letter of the board"}
  - {name: s2}
  - {name: s3}
  - {name: s4, title: "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"}
  - {name: s5}
  - {name: s6}
moves:
  - {name: up6, from: any, to: s6, trigger: drier, requires: [ready]}
  - {name: up1, from: s0, to: s1, trigger: dry, after: 4 weeks, source: assumption}
  - {name: up2, from: s1, to: s2, trigger: dry, after: 4 weeks}
  - {name: up2b, from: s1, to: s2, trigger: drier, valid: {from: 2021-01-01, until: 2021-12-31}}
  - {name: up3, from: [s0, s1, s2], to: s3, trigger: drier, after: 2 weeks, requires: [ready]}
  - {name: to3, from: any, to: s3, trigger: wet}
  - {name: up5, from: [s3, s4], to: s5, trigger: drier}
  - {name: up45, from: s4, to: s5, trigger: dry}
  - {name: down0, from: any, to: s0, trigger: wet, after: 8 weeks, source: assumption}
  - {name: down5, from: s6, to: s5, trigger: wet}
  - {name: down4, from: [s5, s6], to: s4, trigger: wet}
  - {name: down2, from: [s4, s3], to: s2, trigger: wet}
"""
HOSTILE = '</text><script>alert("x")</script>; --> s1 {{ %% # & direction LR'
SVG = "{http://www.w3.org/2000/svg}"

Box = tuple[float, float, float, float]


def ladder(text: str) -> Ladder:
    return Ladder(loads(text))


def drawn(text: str, *, in_force: str | None = None, language: Language = Language.ENGLISH) -> ET.Element:
    return ET.fromstring(svg(ladder(text), language=language, in_force=in_force))  # noqa: S314 - our own emitter's


def boxes_of_text(picture: ET.Element) -> list[Box]:
    boxes = []
    for text in picture.iter(f"{SVG}text"):
        size = int(text.get("font-size", "0"))
        assert size in (SMALL, LARGE)
        for line in text:
            width = breadth(line.text or "", size)
            x, y = float(line.get("x", "0")), float(line.get("y", "0"))
            left = {"start": x, "middle": x - width / 2, "end": x - width}[text.get("text-anchor", "start")]
            boxes.append((left, y - size * 0.8, left + width, y + size * 0.2))
    return boxes


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def vertical_lines(picture: ET.Element) -> list[Box]:
    """Give the upright parts of all lines as boxes."""
    found = []
    for path in picture.iter(f"{SVG}path"):
        points = [tuple(map(float, pair.split())) for pair in path.get("d", "").lstrip("M").split(" L")]
        for (x, y), (across, down) in pairwise(points):
            if x == across:
                found.append((x - 1, min(y, down), x + 1, max(y, down)))
    return found


@pytest.mark.parametrize("text", [LADDER, LONG])
@pytest.mark.parametrize("language", Language)
def test_no_text_lies_on_another_nor_on_an_arrow(text: str, language: Language) -> None:
    picture = drawn(text, language=language, in_force=ladder(text).policy.stages[1].name)
    boxes = boxes_of_text(picture)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    assert [(box, line) for box in boxes for line in vertical_lines(picture) if overlap(box, line)] == []


@pytest.mark.parametrize("text", [LADDER, LONG])
def test_no_text_is_cut_off(text: str) -> None:
    picture = drawn(text, in_force=ladder(text).policy.stages[1].name)
    width, height = float(picture.get("width", "0")), float(picture.get("height", "0"))
    assert [box for box in boxes_of_text(picture) if box[0] < 0 or box[2] > width or box[3] > height] == []


def test_no_two_upright_lines_lie_on_each_other() -> None:
    lines = vertical_lines(drawn(LONG))
    assert [pair for pair in combinations(lines, 2) if overlap(*pair)] == []


def test_texts_that_do_overlap_are_noticed() -> None:
    assert overlap((0, 0, 10, 10), (9, 9, 20, 20))
    assert not overlap((0, 0, 10, 10), (10, 0, 20, 10))


def test_the_mildest_stage_stands_at_the_bottom() -> None:
    heights = {line.text: float(line.get("y", "0")) for line in drawn(LADDER, in_force="end").iter(f"{SVG}tspan")}
    assert heights["state"] < heights["Drought watch"] < heights["● In force"] < heights["normal"]


def test_the_picture_says_every_guard() -> None:
    said = " ".join(line.text or "" for line in drawn(LADDER).iter(f"{SVG}tspan"))
    for words in (
        "Storage is low, 2 weeks in a row (assumption)",
        "+ after 3 weeks in the stage",
        "+ judged yes: Tankers stand ready",
        "+ in force from 1 May 2021",
        "+ locked until 30 September 2021 + after 1 week in the stage (assumption)",
    ):
        assert words in said


def test_the_picture_speaks_indonesian() -> None:
    said = svg(ladder(LADDER), language=Language.INDONESIAN, in_force="end")
    assert "Waspada" in said
    assert "● Berlaku" in said
    assert "dinilai ya: Tangki air siap" in said


def test_a_reader_who_does_not_see_the_picture_is_told_all_of_it() -> None:
    picture = drawn(LADDER, in_force="end")
    told = picture.findtext(f"{SVG}desc") or ""
    assert picture.findtext(f"{SVG}title") == "Ladder: Reservoir"
    assert picture.get("aria-labelledby") == "reservoir-title reservoir-desc"
    assert told.startswith("Stages from the mildest to the strictest: normal, Drought watch, state. In force: Drought")
    assert "From normal, Drought watch to state: Storage is low" in told


def test_the_stage_in_force_is_marked_by_more_than_a_colour() -> None:
    plain, marked = svg(ladder(LADDER)), svg(ladder(LADDER), in_force="end")
    assert "In force" not in plain
    assert 'stroke-width="4"' not in plain
    assert 'stroke-width="4"' in marked


def test_a_hostile_title_stays_a_text_in_the_picture() -> None:
    picture = drawn(LADDER.replace("Drought watch", f"'{HOSTILE}'"))
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= {
        "svg", "title", "desc", "rect", "g", "path", "polygon", "circle", "text", "tspan",
    }  # fmt: skip
    assert HOSTILE in (picture.findtext(f"{SVG}desc") or "")


def test_the_picture_asks_for_nothing_from_elsewhere() -> None:
    text = svg(ladder(LADDER)).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|href|url\(|@import|<script|<style|<image", text)


def test_the_same_ladder_gives_the_same_picture() -> None:
    assert svg(ladder(LONG), in_force="s3") == svg(ladder(LONG), in_force="s3")


def test_a_ladder_of_one_stage_has_a_diagram_too() -> None:
    text = LADDER[: LADDER.index("stages:")] + "stages: [{name: only}]\n"
    assert [line.text for line in drawn(text).iter(f"{SVG}tspan")] == ["Ladder: Reservoir", "only"]
    assert "state &quot;" not in mermaid(ladder(text))


def test_mermaid_has_an_arrow_for_each_transition_of_the_machine() -> None:
    machine = ladder(LADDER)
    ranks = machine.policy.ranks
    lawful = {f"s{ranks[str(one.source)]} --> s{ranks[str(one.dest)]}" for one in machine.machine.get_transitions()}
    assert set(re.findall(r"s\d --> s\d", mermaid(machine))) == lawful


def test_mermaid_text_is_this() -> None:
    dry = "Storage is low, 2 weeks in a row (assumption)<br/>"
    assert mermaid(ladder(LADDER), in_force="end").splitlines()[3:] == [
        "    direction BT",
        '    state "normal" as s0',
        '    state "Drought watch (in force)" as s1',
        '    state "state" as s2',
        f"    s0 --> s1: {dry}after 3 weeks in the stage<br/>judged yes#58; Tankers stand ready",
        f"    s0 --> s2: {dry}in force from 1 May 2021",
        f"    s1 --> s2: {dry}in force from 1 May 2021",
        "    s1 --> s0: wet<br/>locked until 30 September 2021<br/>after 1 week in the stage (assumption)",
        "    s2 --> s0: wet<br/>locked until 30 September 2021<br/>after 1 week in the stage (assumption)",
        "    classDef inForce fill:#fff3bf,stroke:#1a1a1a,stroke-width:4px,color:#1a1a1a,font-weight:bold",
        "    class s1 inForce",
    ]


def test_a_hostile_title_stays_a_text_in_mermaid() -> None:
    text = mermaid(ladder(LADDER.replace("Drought watch", f"'{HOSTILE}'")))
    stage = next(line for line in text.splitlines() if line.endswith("as s1"))
    assert not set(stage.partition('"')[2].rpartition('"')[0]) & set('"<>{}%:')
    assert re.sub(r"#\d+;", "", stage).count("#") == 0
    assert len(text.splitlines()) == len(mermaid(ladder(LADDER)).splitlines())


def test_the_directions_stand_clear_of_a_heading_of_several_lines() -> None:
    texts = [one for one in drawn(LONG).iter() if one.tag.endswith("}text")]
    heading, directions = (float(list(texts[index])[-1].attrib["y"]) for index in (0, 1))
    assert len(list(texts[0])) > 1
    assert directions - 0.8 * SMALL >= heading + 0.25 * LARGE + 4
