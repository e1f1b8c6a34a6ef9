"""What puts a figure on paper: matplotlib's renderers, with the shapes of texts kept from picture to picture.

Most of a picture's time went into its letters: matplotlib shapes every text anew for each picture and each renderer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

from escalation.documents.charts.lettering import FAMILY, POINTS, extent

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

    Glyphs: TypeAlias = tuple[list[tuple[str, float, float, float]], dict[str, object], list[object]]

SHAPES = TextToPath()
SCALE = TextToPath.FONT_SCALE


@lru_cache(maxsize=1024)
def _outline(text: str, weight: str) -> Path:
    """Give the outline of a text in letters of SCALE points."""
    vertices, codes = SHAPES.get_text_path(FontProperties(family=FAMILY, size=SCALE, weight=weight), text)
    return Path(vertices, codes, readonly=True)


@lru_cache(maxsize=1024)
def _glyphs(font: FT2Font, text: str) -> Glyphs:
    """Give the places of the letters of a text, and the shapes of each."""
    return SHAPES.get_glyphs_with_font(font, text)  # type: ignore[return-value]  # the stubs are those of 3.10


def _measures(text: str, font: FontProperties, dpi: float) -> tuple[float, float, float]:
    """Give breadth, height and descent of a text, in dots."""
    scale = font.get_size_in_points() / SCALE * dpi / POINTS
    breadth, height, descent = extent(text, is_bold=font.get_weight() == "bold")
    return breadth * scale, height * scale, descent * scale


class Raster(RendererAgg):
    """Draws a figure as dots."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Measure a text; none is mathematics."""
        del ismath
        return _measures(s, prop, self.dpi)

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, *_: Any, **__: Any) -> None:
        """Fill the outline of a text."""
        scale = prop.get_size_in_points() / SCALE * self.dpi / POINTS
        place = Affine2D().scale(scale).rotate_deg(angle).translate(x, self.height - y)
        gc.set_linewidth(0)
        gc.set_snap(False)
        self.draw_path(gc, _outline(s, prop.get_weight()), place, gc.get_rgb())  # type: ignore[no-untyped-call]


class Sheet(FigureCanvasAgg):
    """Lends a figure the renderer that measures its texts."""

    def get_renderer(self) -> Raster:
        """Give a renderer for the size that the figure has now."""
        drawn = Raster(*self.figure.bbox.size, self.figure.dpi)  # type: ignore[no-untyped-call]
        self.renderer = drawn
        return drawn


class Vector(RendererSVG):
    """Draws a figure as SVG, with every letter as a shape that is written once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]
        self._text2path = _Shapes()

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Measure a text; none is mathematics."""
        del ismath
        return _measures(s, prop, POINTS)


class _Shapes(TextToPath):
    """Shapes a text once, however many pictures it is in."""

    def get_glyphs_with_font(
        self, font: FT2Font, s: str, glyph_map: Any = None, return_new_glyphs_only: bool = False, **_: Any
    ) -> Any:
        places, shapes, boxes = _glyphs(font, s)
        if glyph_map is not None and return_new_glyphs_only:
            shapes = {name: shape for name, shape in shapes.items() if name not in glyph_map}
        return places, shapes, boxes
