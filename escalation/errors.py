"""The exceptions: each means that what was asked could not be carried out.

EscalationError
├── Refused           a policy or data file cannot be used; `diagnostics` say where and why
├── RequestError      the request does not fit the policy or the data (an unknown region, a week before the first)
│   └── TooFewFigures  the data have too few figures for a forecast
├── NotAWeek          a text is not a week of the calendar
└── UnlawfulMove      the ladder has no such move, or one of its guards is not met
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.diagnostics import Diagnostic


def install(extra: str) -> tuple[str, str]:
    """Say how an extra is installed, in English and in Indonesian."""
    return f"pip install '.[{extra}]' in the folder of this project", f"pip install '.[{extra}]' di folder proyek ini"


class EscalationError(Exception):
    """The root of all exceptions that this package raises on purpose."""


class Refused(EscalationError):
    """A file cannot be used; `diagnostics` say all that is wrong with it, each with its place."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(str(one) for one in diagnostics))
        self.diagnostics = diagnostics


class RequestError(EscalationError):
    """What was asked does not fit the policy or the data; `help` says what to ask instead.

    `indonesian` holds the message and the help for those who asked in Indonesian.
    """

    def __init__(
        self,
        message: str,
        *,
        help: str = "",  # noqa: A002 - the word of the diagnostics
        indonesian: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.help = help
        self.indonesian = indonesian if indonesian is not None else (message, help)

    def of(self, english: str, indonesian: str) -> RequestError:
        """Say of what it is, in both languages."""
        said, advice = self.indonesian
        return RequestError(f"{english}: {self}", help=self.help, indonesian=(f"{indonesian}: {said}", advice))


class TooFewFigures(RequestError):
    """The data have too few figures for a forecast: of a later week there may be enough."""


class NotAWeek(EscalationError):
    """A text is not a week of the calendar."""


class UnlawfulMove(EscalationError):
    """The ladder does not allow this change of stage."""
