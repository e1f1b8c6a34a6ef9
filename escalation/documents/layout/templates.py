"""Templates, ours and those of an office: each in a sandbox, those of an office in a child process as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache, partial
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, Undefined
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from escalation.documents.layout.confined import confined
from escalation.documents.layout.faults import Source, Unknown, Unprintable, worded
from escalation.documents.layout.names import examine, within
from escalation.errors import RequestError
from escalation.policy.scalars import UNSEEN

LONGEST_PAGE = 4 * 2**20
"""Bytes of a page; a study of one region has some ten thousand."""


class Folder(FileSystemLoader):
    """The templates of an office, and none that a link leads to outside of their folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8-sig")
        self.folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Read a template."""
        within(self.folder.joinpath(*split_template_path(template)), self.folder)
        return super().get_source(environment, template)


@cache
def environment(folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Give the sandbox in which templates are filled: those of the folder first, then those of the package."""
    ours = PackageLoader("escalation", "documents/templates")
    return sandbox(ours if folder is None else ChoiceLoader([Folder(folder), ours]), Unknown, finalize=visible)


def sandbox(
    loader: BaseLoader, undefined: type[Undefined], *, finalize: Callable[[object], object]
) -> ImmutableSandboxedEnvironment:
    """Give a sandbox for templates of pages: all that is printed is escaped, and tags leave no lines behind."""
    return ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=True,
        undefined=undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=finalize,
    )


def visible(value: object) -> object:
    """Put a mark where a character cannot be seen, such as one that turns the order of what follows round.

    Raise Unprintable for what has parts: a template prints one of them.
    """
    if value is None or is_dataclass(value) or isinstance(value, tuple | list | dict):
        raise Unprintable(value)
    return UNSEEN.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def fill(template: str, context: Mapping[str, object], *, folder: Path | None = None) -> str:
    """Fill a template. Raise RequestError where that of an office fails, or asks for too much."""
    if folder is None:
        return environment().get_template(template).render(context)
    if not folder.is_dir():
        raise RequestError(
            f"there is no folder `{folder}`", help="name a folder of templates, or leave out --templates"
        )
    examine(folder, tuple(environment().list_templates()))
    return confined(partial(_filled, folder, template, context), template, longest=LONGEST_PAGE).decode()


def _filled(folder: Path, template: str, context: Mapping[str, object]) -> bytes:
    filling = environment(folder)
    try:
        return filling.get_template(template).render(context).encode()
    except (MemoryError, RequestError):
        raise
    except Exception as error:  # noqa: BLE001 - an expression of a template may raise anything
        source = Source(folder=folder, template=template, environment=filling, context=context)
        raise worded(error, source) from None
