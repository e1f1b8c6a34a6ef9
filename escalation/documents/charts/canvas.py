"""The sheet that drawings are painted on: title above, legend and caption below, the axes in between.

No state is shared but matplotlib's settings, which are put back. The same drawing gives the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from escalation.documents.charts import legend, placing
from escalation.documents.charts.frame import Drawing, Frame
from escalation.documents.charts.lettering import FAMILY, LINE, POINTS, SIZE, SMALL, TITLE, inert, lines
from escalation.documents.charts.palette import INK
from escalation.errors import RequestError, install

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INSTALL = install("docs")
WIDTH = 5.5
"""In inches: 140 mm. At 100 mm the smallest letters are still 6 points high."""
MARGIN = 8.0
BETWEEN = 6.0
BELOW_AXES = 0.62
"""Room for the ticks and the label of the horizontal axis where places are found by trial, in inches."""
DPI = 200
COLOURS = 256
"""Of a PNG: lines and letters on white have fewer; the file is a third of one with all colours, and written sooner."""
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
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.6,
}


class Canvas:
    """A figure in the making; `paint` asks it for axes and hands it what the legend explains."""

    def __init__(self, frame: Frame) -> None:
        from matplotlib.figure import Figure

        self.language = frame.language
        self.figure: Figure = Figure(figsize=(WIDTH, 3.0), dpi=POINTS, facecolor="white")
        self.explained: list[tuple[Artist, str]] = []
        self.notes: list[str] = []
        self._stack: list[Axes] = []
        self._heights: list[float] = []

    def axes(self, height: float) -> Axes:
        """Give axes, so many inches high without their labels."""
        return self.stacked(height)[0]

    def stacked(self, *heights: float) -> list[Axes]:
        """Give axes one above the other with one horizontal axis, each so many inches high without their labels."""
        found = self.figure.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights)
        self._stack, self._heights = [row[0] for row in found], [height * POINTS for height in heights]
        for axes in self._stack[:-1]:
            axes.xaxis.set_visible(False)
        return self._stack

    def beside(self, height: float) -> Axes:
        """Give axes with room for a scale beside them; matplotlib finds the places of both by trial."""
        self.figure.set_layout_engine("constrained", h_pad=0.03, w_pad=0.05)
        return self.axes(height)

    def explain(self, artist: Artist, label: str) -> None:
        """Put an artist into the legend."""
        self.explained.append((artist, label))

    def note(self, text: str) -> None:
        """Put a sentence at the head of the caption."""
        self.notes.append(text)

    def lay_out(self, frame: Frame) -> None:
        """Put the title above the axes and legend and caption below, and give the figure the height that all need."""
        room = WIDTH * POINTS - 2 * MARGIN
        title = lines(frame.title, room, TITLE, is_bold=True)
        caption = [line for text in (*self.notes, *frame.caption) for line in lines(text, room, SMALL)]
        explained = legend.columns(self.explained, room)
        legend_height = legend.height(explained) + (BETWEEN if explained else 0)
        above = MARGIN + len(title) * TITLE * LINE + BETWEEN
        caption_height = len(caption) * SMALL * LINE
        below = MARGIN + caption_height + (BETWEEN if caption else 0) + legend_height
        height = above + self._axes_height + below
        self.figure.set_size_inches(WIDTH, height / POINTS)
        left, last = MARGIN / POINTS / WIDTH, height - MARGIN
        for place, line in enumerate(title):
            top = (last - place * TITLE * LINE) / height
            self.figure.text(left, top, line, size=TITLE, weight="bold", va="top")
        for place, line in enumerate(caption):
            top = (MARGIN + caption_height - place * SMALL * LINE) / height
            self.figure.text(left, top, line, size=SMALL, va="top")
        legend.draw(self.figure, explained, left=MARGIN, top=below - BETWEEN)
        engine = self.figure.get_layout_engine()
        if engine is None:
            placing.place(self._stack, self._heights, left=MARGIN, top=height - above, width=room)
        else:
            engine.set(rect=(left, below / height, 1 - 2 * left, self._axes_height / height))  # type: ignore[call-arg]
            engine.execute(self.figure)
            self.figure.set_layout_engine("none")

    @property
    def _axes_height(self) -> float:
        """The height of the axes with all that stands below them, in points."""
        axes = sum(self._heights) + placing.GAP * (len(self._heights) - 1)
        if self.figure.get_layout_engine() is not None:
            return axes + BELOW_AXES * POINTS
        return axes + placing.below(self._stack[-1]) + BETWEEN


class Painting:
    """A drawing that is painted once, however many files are made of it; it is put on paper under our settings."""

    def __init__(self, drawing: Drawing, frame: Frame) -> None:
        self.drawing, self.frame = drawing, frame
        self._figure: Figure | None = None

    def svg(self, *, prefix: str = "") -> bytes:
        """Give it as SVG, with title and description for screen readers; letters are outlines, the same everywhere.

        A `prefix` keeps its ids apart from those of other pictures on one page.
        """
        with self.painted() as figure:
            source = _vector(figure)
        return _accessible(source, self.frame, self.drawing.described(self.frame.language), prefix).encode()

    def png(self) -> bytes:
        """Give it as PNG, 200 pixels to the inch."""
        with self.painted() as figure:
            return _raster(figure, self.frame)

    @contextmanager
    def painted(self) -> Iterator[Figure]:
        """Give the finished figure, while matplotlib's settings are ours.

        Raise RequestError without the extra `docs`.
        """
        require()
        import matplotlib as mpl

        from escalation.documents.charts.renderers import Sheet

        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(STYLE)  # type: ignore[arg-type]  # the stubs list every key
            if self._figure is None:
                canvas = Canvas(self.frame)
                Sheet(canvas.figure)
                self.drawing.paint(canvas)
                canvas.lay_out(self.frame)
                self._figure = canvas.figure
            yield self._figure


def svg(drawing: Drawing, frame: Frame, *, prefix: str = "") -> bytes:
    """Draw as SVG, once; `prefix` as in `Painting.svg`."""
    return Painting(drawing, frame).svg(prefix=prefix)


def _vector(figure: Figure) -> str:
    from matplotlib.backends.backend_mixed import MixedModeRenderer

    from escalation.documents.charts.renderers import Vector

    stream = StringIO()
    width, height = figure.get_size_inches()
    without = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    drawn = Vector(width * POINTS, height * POINTS, stream, image_dpi=DPI, metadata=without)
    renderer: Any = MixedModeRenderer(figure, width, height, DPI, drawn)  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    renderer.finalize()
    return stream.getvalue()


def _raster(figure: Figure, frame: Frame) -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    from escalation.documents.charts.renderers import Raster

    figure.dpi = DPI
    renderer: Any = Raster(*figure.bbox.size, DPI)  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    figure.dpi = POINTS
    size = (int(renderer.width), int(renderer.height))
    drawn = Image.frombuffer("RGBA", size, renderer.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
    said = PngInfo()
    said.add_itxt("Title", inert(frame.title))
    stream = BytesIO()
    drawn.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(stream, "PNG", dpi=(DPI, DPI), pnginfo=said)
    return stream.getvalue()


def can_draw() -> bool:
    """Say whether the extra `docs` is there, which draws."""
    return find_spec("matplotlib") is not None


def require() -> None:
    """Raise RequestError without the extra `docs`."""
    if not can_draw():
        raise RequestError(
            "pictures are drawn with matplotlib, which is not installed",
            help=INSTALL[0],
            indonesian=("gambar dibuat dengan matplotlib, yang belum terpasang", INSTALL[1]),
        )


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
