"""Templates, ours and those of an office: each in a sandbox, those of an office in a child process as well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from escalation.documents.layout.confined import confined
from escalation.errors import RequestError
from escalation.policy.scalars import UNSEEN


@cache
def environment(folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Give the sandbox in which templates are filled: those of the folder first, then those of the package."""
    ours = PackageLoader("escalation", "documents/templates")
    return ImmutableSandboxedEnvironment(
        loader=ours if folder is None else ChoiceLoader([FileSystemLoader(folder), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=visible,
    )


def visible(value: object) -> object:
    """Put a mark where a character cannot be seen, such as one that turns the order of what follows round."""
    return UNSEEN.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def fill(template: str, context: Mapping[str, object], *, folder: Path | None = None) -> str:
    """Fill a template. Raise RequestError where that of an office fails, or asks for too much."""
    if folder is None:
        return environment().get_template(template).render(context)
    if not folder.is_dir():
        raise RequestError(
            f"there is no folder `{folder}`", help="name a folder of templates, or leave out --templates"
        )
    return confined(partial(_filled, folder, template, context), template).decode()


def _filled(folder: Path, template: str, context: Mapping[str, object]) -> bytes:
    try:
        return environment(folder).get_template(template).render(context).encode()
    except TemplateNotFound as error:
        raise LookupError(f"there is no template `{error.name}`") from None
