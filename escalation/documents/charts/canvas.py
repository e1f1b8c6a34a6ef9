"""The sheet that drawings are painted on: title above, legend and caption below, the axes in between.

No state is shared but matplotlib's settings, which are put back. The same drawing gives the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

from escalation.documents.charts.frame import Drawing, Frame
from escalation.documents.charts.lettering import FAMILY, LINE, SIZE, SMALL, TITLE, inert, lines, wrapped
from escalation.documents.charts.palette import INK
from escalation.errors import RequestError

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INSTALL = "pip install 'escalation[docs]'"
WIDTH = 5.5
"""In inches: 140 mm. At 100 mm the smallest letters are still 6 points high."""
MARGIN = 8.0
MOST_LINES = 3
"""Of a label in a legend of two columns."""
BETWEEN = 6.0
POINTS = 72
BELOW_AXES = 0.62
"""Room for the ticks and the label of the horizontal axis, in inches."""
DPI = 200
STYLE: dict[str, Any] = {
    "font.family": [FAMILY],
    "font.size": SIZE,
    "text.parse_math": False,
    "text.color": INK,
    "text.hinting": "none",
    "svg.fonttype": "path",
    "svg.hashsalt": "escalation",
    "axes.titlesize": SIZE,
    "axes.labelsize": SIZE,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.6,
    "figure.constrained_layout.h_pad": 0.03,
    "figure.constrained_layout.w_pad": 0.05,
}


class Canvas:
    """A figure in the making; `paint` asks it for axes and hands it what the legend explains."""

    def __init__(self, frame: Frame) -> None:
        from matplotlib.figure import Figure

        self.language = frame.language
        self.figure: Figure = Figure(figsize=(WIDTH, 3.0), dpi=POINTS, facecolor="white", layout="constrained")
        self.explained: list[tuple[Artist, str]] = []
        self.notes: list[str] = []
        self._height = 0.0

    def axes(self, height: float) -> Axes:
        """Give axes, so many inches high without their labels."""
        return self.stacked(height)[0]

    def stacked(self, *heights: float) -> list[Axes]:
        """Give axes one above the other with one horizontal axis, each so many inches high without their labels."""
        self._height = sum(heights) + BELOW_AXES
        found = self.figure.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights)
        return [row[0] for row in found]

    def explain(self, artist: Artist, label: str) -> None:
        """Put an artist into the legend."""
        self.explained.append((artist, label))

    def note(self, text: str) -> None:
        """Put a sentence at the head of the caption."""
        self.notes.append(text)

    def lay_out(self, frame: Frame) -> None:
        """Put the title above the axes and legend and caption below, and give the figure the height that all need."""
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        room = WIDTH * POINTS - 2 * MARGIN
        title = lines(frame.title, room, TITLE, is_bold=True)
        caption = [line for text in (*self.notes, *frame.caption) for line in lines(text, room, SMALL)]
        legend, legend_height = self._legend(room)
        above = MARGIN + len(title) * TITLE * LINE + BETWEEN
        caption_height = len(caption) * SMALL * LINE
        below = MARGIN + caption_height + (BETWEEN if caption else 0) + legend_height
        height = above + self._height * POINTS + below
        self.figure.set_size_inches(WIDTH, height / POINTS)
        left, last = MARGIN / POINTS / WIDTH, height - MARGIN
        for place, line in enumerate(title):
            top = (last - place * TITLE * LINE) / height
            self.figure.text(left, top, line, size=TITLE, weight="bold", va="top")
        for place, line in enumerate(caption):
            top = (MARGIN + caption_height - place * SMALL * LINE) / height
            self.figure.text(left, top, line, size=SMALL, va="top")
        if legend is not None:
            bottom = MARGIN + caption_height + (BETWEEN if caption else 0)
            legend.set_bbox_to_anchor((left, bottom / height))
        engine = self.figure.get_layout_engine()
        if isinstance(engine, ConstrainedLayoutEngine):
            engine.set(rect=(left, below / height, 1 - 2 * left, self._height * POINTS / height))

    def _legend(self, room: float) -> tuple[Any, float]:
        """Give the legend in as many columns as there is room for, and its height in points."""
        if not self.explained:
            return None, 0.0
        artists = [artist for artist, _ in self.explained]
        renderer = self.figure.canvas.get_renderer()  # type: ignore[attr-defined]  # of the Agg canvas
        for columns, width in ((4, room), (3, room), (2, room), (2, room / 2), (1, room)):
            labels = [wrapped(label, width - 5 * SMALL, SMALL) for _, label in self.explained]
            if columns > len(labels) or (columns > 1 and max(label.count("\n") for label in labels) >= MOST_LINES):
                continue
            legend = self.figure.legend(
                artists, labels, ncols=columns, loc="lower left", borderaxespad=0, borderpad=0.2, columnspacing=1.2
            )
            extent = legend.get_window_extent(renderer)
            if extent.width <= room or columns == 1:
                return legend, extent.height + BETWEEN
            legend.remove()
        raise AssertionError("the last number of columns is one")


def svg(drawing: Drawing, frame: Frame, *, prefix: str = "") -> bytes:
    """Draw as SVG, with title and description for screen readers; letters are outlines and look the same everywhere.

    A `prefix` keeps its ids apart from those of other pictures on one page.
    """
    with painted(drawing, frame) as figure:
        stream = BytesIO()
        figure.savefig(stream, format="svg", dpi=DPI, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return _accessible(stream.getvalue().decode(), frame, drawing.described(frame.language), prefix).encode()


def png(drawing: Drawing, frame: Frame) -> bytes:
    """Draw as PNG, 200 pixels to the inch."""
    with painted(drawing, frame) as figure:
        stream = BytesIO()
        figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None, "Title": inert(frame.title)})
    return stream.getvalue()


def require() -> None:
    """Raise RequestError without the extra `docs`."""
    if find_spec("matplotlib") is None:
        raise RequestError("pictures are drawn with matplotlib, which is not installed", help=INSTALL)


@contextmanager
def painted(drawing: Drawing, frame: Frame) -> Iterator[Figure]:
    """Give the finished figure, while matplotlib's settings are ours. Raise RequestError without the extra `docs`."""
    require()
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)  # type: ignore[arg-type]  # the stubs list every key
        canvas = Canvas(frame)
        FigureCanvasAgg(canvas.figure)
        drawing.paint(canvas)
        canvas.lay_out(frame)
        yield canvas.figure


def _accessible(source: str, frame: Frame, description: str, prefix: str) -> str:
    """Put title and description into an SVG, and take out what a page does not need."""
    drawn = source[source.index("<svg ") :]
    drawn = re.sub(r"<!--.*?-->\n?|<metadata>.*?</metadata>\n?", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r'<path id="([^"]*)" (?=transform=)', r'<path id="\1" d="" ', drawn)  # of a blank: no outline
    numbers = {
        name: f"{prefix}{number}" for number, name in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]*)"', drawn)))
    }
    drawn = re.sub(r'(\bid="|href="#|url\(#)([^")]*)', lambda found: found[1] + numbers[found[2]], drawn)
    start = drawn.index(">")
    title, told = (html.escape(inert(text), quote=False) for text in (frame.title, description))
    names = f"{prefix}title {prefix}description"
    return (
        f'{drawn[:start]} role="img" aria-labelledby="{names}">\n'
        f'<title id="{prefix}title">{title}</title>\n<desc id="{prefix}description">{told}</desc>{drawn[start + 1 :]}'
    )
