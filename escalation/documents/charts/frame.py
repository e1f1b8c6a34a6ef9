"""What stands around every picture, and what a drawing must be able to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from escalation.documents.charts.canvas import Canvas
    from escalation.policy.values import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The title above a picture and the lines below it: what it rests on, past coverage, what it assumes."""

    title: str
    language: Language
    caption: tuple[str, ...] = ()


class Drawing(Protocol):
    """A picture to be: figures with their labels, in the unit in which they are shown."""

    def described(self, language: Language) -> str:
        """Say in a few sentences what there is to see, for those who do not see it."""

    def paint(self, canvas: Canvas) -> None:
        """Paint it. Raise RequestError for figures of which there can be no picture."""
