"""Pictures: nothing is cut off, nothing differs between two runs, and no text acts on what surrounds it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.text import Text

from escalation.documents.charts import canvas, palette
from escalation.documents.charts.canvas import Painting, svg
from escalation.documents.charts.fan import Threshold
from escalation.documents.charts.firsts import Firsts, FirstWeek
from escalation.documents.charts.frame import Frame
from escalation.documents.charts.heat import Heat
from escalation.documents.charts.lettering import breadth, lines
from escalation.documents.charts.shares import Shares
from escalation.documents.charts.strip import Episode, Row
from escalation.errors import RequestError
from escalation.policy.values import Language
from tests.documents.charts.gallery import FEW, FIRST, LONG, PICTURES, crosses, fan, strip

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

EN, ID = Language.ENGLISH, Language.INDONESIAN
CAPTION = ("bekasi-vaccination 1.0.0, data as of 2021-11-30, horizon 26 weeks, 10,000 draws, seed 1", f"{LONG} {LONG}")
HOSTILE = "</title><script>alert(1)</script> & $\\frac{1}{2}$ \u202eevil \u6f22\u5b57 --> \x00 =1+1"
SVG = "{http://www.w3.org/2000/svg}"


def framed(language: Language = EN, title: str = LONG) -> Frame:
    return Frame(title=title, language=language, caption=CAPTION)


def is_out_of_view(axes: Axes, text: Text) -> bool:
    """Say whether a text labels a tick beyond the ends of its axis; such ticks are not drawn."""
    return any(
        text is tick.label1 and not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
    )


def cut_off(figure: Figure) -> list[str]:
    """Give the texts that leave the sheet by more than a point."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]  # of the Agg canvas
    sheet, found = figure.bbox.padded(1), []
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text() and not any(is_out_of_view(axes, text) for axes in figure.axes):
            box = text.get_window_extent(renderer)
            if not (sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1):
                found.append(text.get_text())
    return found


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", PICTURES)
def test_no_text_is_cut_off(name: str, language: Language) -> None:
    with Painting(PICTURES[name], framed(language)).painted() as figure:
        assert cut_off(figure) == []
        assert figure.get_size_inches()[0] == 5.5


def shown(figure: Figure) -> list[Text]:
    """Give the texts that are drawn: those of axes that are hidden are not, and ticks have one label."""
    axes = [axis for one in figure.axes for axis in (one.xaxis, one.yaxis)]
    apart = [tick.label2 for axis in axes for tick in axis.get_major_ticks()]
    for axis in (axis for axis in axes if not axis.get_visible()):
        apart += [axis.label, *(tick.label1 for tick in axis.get_major_ticks())]
    texts = cast("list[Text]", figure.findobj(Text))
    return [
        one for one in texts if one.get_visible() and one.get_text().strip() and all(one is not text for text in apart)
    ]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", PICTURES)
def test_no_text_stands_on_another(name: str, language: Language) -> None:
    with Painting(PICTURES[name], framed(language)).painted() as figure:
        figure.canvas.draw()
        texts = [one for one in shown(figure) if not any(is_out_of_view(axes, one) for axes in figure.axes)]
        boxes = [(one.get_text(), one.get_window_extent()) for one in texts]
        found = [
            (text, other)
            for place, (text, box) in enumerate(boxes)
            for other, its in boxes[place + 1 :]
            if min(box.x1, its.x1) - max(box.x0, its.x0) > 1 and min(box.y1, its.y1) - max(box.y0, its.y0) > 3
        ]
        assert found == []


def test_a_text_that_is_cut_off_is_found() -> None:
    with Painting(PICTURES["strip"], framed()).painted() as figure:
        figure.text(0.9, 0.5, LONG)
        assert cut_off(figure) == [LONG]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_drawn_again_is_the_same_to_the_byte(name: str) -> None:
    assert svg(PICTURES[name], framed()) == svg(PICTURES[name], framed())


def test_the_png_of_a_painting_leaves_its_svg_as_it_is() -> None:
    for name in ("episode", "gantt", "heat"):
        painting = Painting(PICTURES[name], framed())
        pixels = painting.png()
        assert painting.svg() == svg(PICTURES[name], framed())
        assert painting.png() == pixels


def test_a_picture_drawn_by_another_process_is_the_same_to_the_byte() -> None:
    program = (
        "import sys; from tests.documents.charts.test_charts import *; "
        "sys.stdout.buffer.write(svg(PICTURES['fan'], framed()) + Painting(PICTURES['fan'], framed()).png())"
    )
    done = subprocess.run((sys.executable, "-c", program), capture_output=True, check=True)
    assert done.stdout == svg(PICTURES["fan"], framed()) + Painting(PICTURES["fan"], framed()).png()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_told_to_those_who_do_not_see_it(name: str) -> None:
    drawing = PICTURES[name]
    root = ET.fromstring(svg(drawing, framed(ID), prefix="one-"))  # noqa: S314 - made here
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "one-title one-description"
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert (title.text, told.text) == (LONG, drawing.described(ID))
    assert "{" not in drawing.described(EN) + drawing.described(ID)


def test_a_description_has_the_numbers_of_its_language() -> None:
    assert "26,500 people" in PICTURES["curves"].described(EN)
    assert "26.500 people" in PICTURES["curves"].described(ID)


def test_ids_of_two_pictures_on_a_page_differ() -> None:
    def ids(prefix: str) -> set[str]:
        root = ET.fromstring(svg(PICTURES["fan"], framed(), prefix=prefix))  # noqa: S314 - made here
        return {one.attrib["id"] for one in root.iter() if "id" in one.attrib}

    assert ids("a-").isdisjoint(ids("b-"))


def test_hostile_texts_are_drawn_as_they_are_written() -> None:
    drawing = fan(metric=HOSTILE)
    source = svg(drawing, framed(title=HOSTILE)).decode()
    root = ET.fromstring(source)  # noqa: S314 - made here
    assert [one for one in root.iter() if one.tag.endswith("script")] == []
    assert "\u202e" not in source
    assert "\x00" not in source
    assert "<!--" not in source
    assert "date" not in source.lower()
    with Painting(drawing, framed(title=HOSTILE)).painted() as figure:
        assert cut_off(figure) == []


def test_more_regions_than_fit_are_told() -> None:
    with Painting(strip(514), framed()).painted() as figure:
        told = [text.get_text() for text in figure.texts]
    assert "60 of 514 regions are shown; the others are in summary.csv." in told


def test_what_cannot_be_said_is_told_from_what_was_not_evaluated() -> None:
    with Painting(PICTURES["strip of what cannot be said"], framed()).painted() as figure:
        told = {text.get_text() for text in figure.texts}
    assert {"the policy cannot say", "no week evaluated"} <= told
    assert "the policy cannot say 4" in PICTURES["strip of what cannot be said"].described(EN)
    assert "cannot say" not in PICTURES["strip"].described(EN)


@pytest.mark.parametrize("regions", [1, 60])
def test_of_regions_that_all_fit_nothing_is_told(regions: int) -> None:
    with Painting(strip(regions), framed()).painted() as figure:
        assert [text for text in figure.texts if "regions are shown" in text.get_text()] == []


@pytest.mark.parametrize("name", ["W" * 300, "kata " * 60])
def test_long_names_of_regions_are_broken(name: str) -> None:
    with Painting(strip(3, names=name), framed()).painted() as figure:
        assert cut_off(figure) == []


@pytest.mark.parametrize("scale", [0.0, 1e-9, 1e15, -1e200])
def test_figures_of_any_size_can_be_drawn(scale: float) -> None:
    drawing = fan()
    larger = replace(
        drawing,
        history=tuple(None if one is None else one * scale for one in drawing.history),
        median=tuple(one * scale for one in drawing.median),
        bands=tuple(
            replace(band, low=tuple(scale * one for one in band.low), high=tuple(scale * one for one in band.high))
            for band in drawing.bands
        ),
        samples=(),
        thresholds=(),
    )
    with Painting(larger, framed()).painted() as figure:
        assert cut_off(figure) == []


def test_a_heat_map_of_which_nothing_can_be_said_is_refused() -> None:
    nothing = Heat(outcome="weeks", unit="", x=FEW, y=FEW, cells=((None,) * 3,) * 3)
    with pytest.raises(RequestError, match="of weeks nothing can be said at any of the values"):
        svg(nothing, framed())


@pytest.mark.parametrize("weeks", [1, 2, 520])
@pytest.mark.parametrize("language", Language)
def test_any_number_of_weeks_can_be_drawn(weeks: int, language: Language) -> None:
    shares = Shares(first=FIRST, stages=("a", "b"), shares=((0.25,) * weeks, (0.75,) * weeks))
    late = FirstWeek(label=LONG, p10=weeks - 1, p50=weeks - 1, p90=None, share=0.5)
    for drawing in (shares, Firsts(first=FIRST, weeks=weeks, rows=(late,))):
        with Painting(drawing, framed(language)).painted() as figure:
            assert cut_off(figure) == []


def test_without_matplotlib_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvas, "find_spec", lambda _: None)
    with pytest.raises(RequestError, match="matplotlib, which is not installed") as raised:
        svg(PICTURES["fan"], framed())
    assert raised.value.help == "pip install '.[docs]' in the folder of this project"


def test_settings_of_matplotlib_are_put_back() -> None:
    import matplotlib as mpl  # noqa: PLC0415 - what is looked at

    before = {**mpl.rcParams}
    svg(PICTURES["fan"], framed())
    assert {**mpl.rcParams} == before


def test_stages_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    for stages in range(2, 7):
        greys = [grey(palette.stage(rank, stages)) for rank in range(stages)]
        assert all(one - other > 20 for one, other in pairwise(greys))


def episode(*values: float | None, level: float) -> Episode:
    weeks = len(values)
    return Episode(
        metric="Growth", unit="points", first=FIRST, values=values, stages=("a", "b"),
        thresholds=(Threshold(label="below", values=(level,) * weeks),), rows=(Row(region="R", ranks=(0,) * weeks),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "level", "first"),
    [((0.4, 0.5, None), 4.0, "0"), ((56.0, 58.0), 70.0, "60"), ((-3.5, -0.5), -1.0, "-3")],
)
def test_an_axis_begins_at_zero_where_figures_are_nearer_to_it_than_to_each_other(
    values: tuple[float | None, ...], level: float, first: str
) -> None:
    with Painting(episode(*values, level=level), framed()).painted() as figure:
        axis = figure.axes[0].yaxis
        low, high = axis.get_view_interval()
        ticks = axis.get_major_formatter().format_ticks([at for at in axis.get_majorticklocs() if low <= at <= high])
        assert ticks[0] == first
        assert (0 in (low, high)) is (first != "60")


def test_whole_figures_have_whole_ticks() -> None:
    with Painting(episode(2.0, 2.0, level=3.0), framed()).painted() as figure:
        assert [at % 1 for at in figure.axes[0].get_yticks()] == [0.0] * len(figure.axes[0].get_yticks())


def test_no_two_lines_look_alike() -> None:
    assert len({palette.line(place) for place in range(42)}) == 42


def test_lines_are_broken_between_words_and_never_before_a_percent_sign() -> None:
    assert lines("held 95 % of them", breadth("held 95 ")) == ["held", "95\N{NO-BREAK SPACE}% of", "them"]
    assert all(breadth(line) <= 40 for line in lines("W" * 50, 40))


def test_pictures_are_loaded_without_matplotlib() -> None:
    program = "import sys, escalation.documents.charts.canvas, escalation.documents.charts.strip; "
    program += "assert 'matplotlib' not in sys.modules"
    subprocess.run((sys.executable, "-c", program), check=True)


def test_a_png_is_drawn() -> None:
    assert Painting(PICTURES["strip of one"], framed()).png().startswith(b"\x89PNG")


def test_a_cross_stands_in_each_cell_that_came_true_and_in_no_other() -> None:
    drawing = crosses(5)
    with Painting(drawing, framed()).painted() as figure:
        pairs = [
            [tuple(point) for point in np.asarray(line.get_xydata()).tolist()] for line in figure.axes[0].get_lines()
        ]
    came = [(week, place) for place, row in enumerate(drawing.rows) for week, came in enumerate(row.came) if came]
    assert pairs == [came, came]
    assert all(week < 23 for week, _ in came)


def test_what_is_hatched_is_explained_and_nothing_else_is() -> None:
    whole = crosses(2)
    known = replace(
        whole,
        rows=tuple(
            replace(row, came=(True,) * 26, cannot_say=(False,) * 26, undetermined=(0.4,) * 26) for row in whole.rows
        ),
    )
    for drawing, is_hatched in ((whole, True), (known, False)):
        with Painting(drawing, framed()).painted() as figure:
            texts = {text.get_text().replace("\n", " ") for text in figure.findobj(Text)}
        for said in ("not on record yet: not known", "the policy cannot say by the figures on record"):
            assert any(said in text for text in texts) is is_hatched
