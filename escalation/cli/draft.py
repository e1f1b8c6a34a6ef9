"""`escalation draft`: the papers that put a recommendation to the authority that decides."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.evaluate import evaluated, made_with, subjects
from escalation.cli.inputs import DONE, FINDINGS, NO_INPUT, Day, data_options, each_once, gather, told
from escalation.cli.on_file import difference
from escalation.cli.unanswered import nothing_evaluated, record_set_aside, warn, without_stage
from escalation.documents.exports import EXPORTS
from escalation.documents.layout import FORMS
from escalation.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from escalation.documents.papers.papers import Request

PAPERS = ("study", "instrument", "repeal", "calendar")
MANY = 20
"""Regions from which on the progress is shown."""


HELP = {"en": "help", "id": "saran"}
WARNINGS = {
    "no charts": (
        "the papers hold no charts, as matplotlib is not installed; {install}, or --no-charts",
        "naskah tidak memuat gambar, karena matplotlib belum terpasang; {install}, atau --no-charts",
    ),
    "no texts": (
        "`{stage}` has no `draft` of a form of a pack; its instrument is not written",
        "`{stage}` tidak mempunyai `draft` dengan bentuk dari suatu paket; rancangan produk hukumnya tidak ditulis",
    ),
    "unheard": (
        "nothing was known of `{region}` by then; it is left out",
        "belum ada yang diketahui tentang `{region}` saat itu; wilayah ini dilewati",
    ),
    "no fonts": (
        "`{folder}` has none of {lacking}: papers are set in what typst brings along",
        "`{folder}` tidak memuat satu pun dari {lacking}: naskah disusun dengan huruf bawaan typst",
    ),
}
UNPLACED = {"en": "{file}: places no picture", "id": "{file}: tidak memuat gambar"}
NOTHING = {
    "en": "no paper is written: no step is put forward, or its stage has no `draft`; --for STAGE prepares another",
    "id": "tidak ada naskah yang ditulis: tidak ada langkah yang diajukan, atau tahapnya tidak mempunyai `draft`; "
    "--for STAGE menyiapkan tahap lain",
}


@click.command("draft")
@data_options
@click.option("--week", help="The week to evaluate; the latest of each region without it.")
@click.option("--region", multiple=True, callback=each_once, help="A region; all without it.")
@click.option("--for", "prepared_for", metavar="STAGE", help="Prepare the papers for STAGE, whatever is recommended.")
@click.option("--start", type=Day(), help="Begin the way to the act on this day; the day after the week without it.")
@click.option("--paper", "asked", multiple=True, type=click.Choice(PAPERS), callback=each_once,
              help="A paper; all without it.")  # fmt: skip
@click.option("--out", required=True, metavar="FOLDER", help="Write the papers to FOLDER, which is made if need be.")
@click.option("--format", "form", type=click.Choice(FORMS), default="html", show_default=True,
              help="The form of the papers.")  # fmt: skip
@click.option("--templates", metavar="FOLDER", type=click.Path(path_type=Path),
              help="Templates of your own, in place of those of the same name.")  # fmt: skip
@click.option("--export", "exports", multiple=True, type=click.Choice(EXPORTS), callback=each_once,
              help="Also write the draft of the legal form for other programs.")  # fmt: skip
@click.option("--fonts", metavar="FOLDER", type=click.Path(path_type=Path),
              help="Fonts for PDF, such as Bookman Old Style or TeX Gyre Bonum.")  # fmt: skip
@click.option("--charts/--no-charts", default=None,
              help="Draw metrics and the calendar, or do not; drawn without either, but in Markdown.")  # fmt: skip
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; exit with 1 where a paper is not as it would be."
)
@click.option("--lang", type=click.Choice(["en", "id"]), default="id", show_default=True,
              help="The language of the papers.")  # fmt: skip
@told
def command(**options: Any) -> None:
    """Write the papers on the recommended step, for each region: drafts for consideration.

    They are the staff study; where a step is put forward the draft of its legal form, in the language of the law; and
    the checklist and calendar of the way to the act, as a paper and as iCalendar.
    POLICY is a folder with policy.yaml and observations.csv, or a policy file. Nothing is decided by a paper: number,
    date and signature stay empty.
    """
    folder, told_of, is_none = Path(options["out"]), [], True
    for name, content in _papers(options):
        path = folder / name
        is_none = is_none and content is None
        if options["is_check"]:
            told_of += [found] if (found := difference(path, content, options["lang"])) else []
        elif content is not None:
            _make(folder)
            write_file(path, content)
            told_of.append(str(path))
    if is_none and not told_of:
        click.echo(NOTHING[options["lang"]], err=True)
        sys.exit(NO_INPUT)
    for line in told_of:
        click.echo(line)
    sys.exit(FINDINGS if options["is_check"] and told_of else DONE)


def _papers(options: dict[str, Any]) -> Iterator[tuple[str, bytes | None]]:
    """Give the papers by the names of their files; None for a file that another run may have given, not this one."""
    from escalation.documents.exports.files import export
    from escalation.documents.papers.papers import PAPERS as MADE

    names = options["asked"] or PAPERS
    for one in _shown(list(_requests(options))):
        given: dict[str, bytes | None] = {}
        for name in names:
            written = MADE[name](one)
            for finding in written.findings:
                click.echo(str(finding), err=True)
            given |= written.files
        for name in options["exports"]:
            given |= export(name, one)
        yield from given.items()
        yield from dict.fromkeys(name for name in _named(one, names, options["exports"]) if name not in given).items()
        is_wanted = "instrument" in names or options["exports"]
        if is_wanted and (lacking := _lacks_texts(one)) is not None:
            _warn("no texts", options, stage=lacking)


def _named(one: Request, names: Iterable[str], exports: Iterable[str]) -> Iterator[str]:
    """Give the names that the files of papers and exports have, whether they are written or not."""
    from escalation.documents.exports.files import WRITERS
    from escalation.documents.papers.naming import file_name

    for name in names:
        yield file_name(name, one.subject.explanation, one.form)
        if name == "calendar":
            yield file_name(name, one.subject.explanation, "ics")
    for name in exports:
        for paper in ("instrument", "repeal"):
            yield file_name(paper, one.subject.explanation, WRITERS[name][0])


def _shown(requests: list[Request]) -> Iterable[Request]:
    """Show on a terminal how far a run over many regions has come."""
    if len(requests) < MANY or not sys.stderr.isatty():
        return requests
    from rich.console import Console
    from rich.progress import track

    return track(requests, description="draft", console=Console(stderr=True))


def _lacks_texts(one: Request) -> str | None:
    """Name the stage that is put forward and has no texts; none where it has, or none is put forward."""
    from escalation.documents.papers.instruments.act import act_of

    return one.subject.proposed if act_of(one.policy, one.subject) is None else None


def _requests(options: dict[str, Any]) -> Iterator[Request]:
    from escalation.documents.papers.charts import WEEKS
    from escalation.documents.papers.papers import Request
    from escalation.documents.papers.starting import too_early
    from escalation.evaluation.faults import concerning
    from escalation.evaluation.library import the_stage
    from escalation.policy.values import Language

    inputs, language = gather(options), Language(options["lang"])
    asked = options["prepared_for"]
    stage = the_stage(inputs.policy, asked) if asked is not None else None
    has_picture = _has_picture(options)
    _examine_fonts(options)
    if has_picture and options["templates"] is not None:
        _tell_of_unplaced(options["templates"], options["form"], language.value)
    result = evaluated(inputs, options, past_weeks=WEEKS if has_picture else 0)
    if not result.explanations:
        nothing_evaluated(result.observations, "nothing was known of any region asked for by then", language=language)
        sys.exit(NO_INPUT)
    without_stage(result.without_stage, language.value)
    record_set_aside(inputs.set_aside, language)
    for region in result.unheard:
        _warn("unheard", options, region=region)
    puts_forward = subjects(result, inputs, prepared_for=stage, begun=options["start"])
    for said in dict.fromkeys(said for one in puts_forward if one.proposed for said in too_early(one, language)):
        warn(said, language.value)
    rests_on = tuple(made_with(inputs, {**options, "region": ()}))
    for one in puts_forward:
        found = concerning(result.observations.findings, (one.explanation.region,), of=result.observations.regions)
        yield Request(
            policy=result.policy,
            observations=_only(result.observations, found),
            subject=one,
            form=options["form"],
            language=language,
            fonts=options["fonts"],
            made_with=rests_on,
            has_picture=has_picture,
            templates=options["templates"],
        )


def _warn(key: str, options: dict[str, Any], **filled: object) -> None:
    """Print a warning in the language that was asked for."""
    english, indonesian = WARNINGS[key]
    warn((indonesian if options["lang"] == "id" else english).format(**filled), options["lang"])


def _has_picture(options: dict[str, Any]) -> bool:
    """Say whether the papers hold pictures: where not asked, where the form can and there is what draws them."""
    from escalation.documents.charts.canvas import INSTALL, can_draw
    from escalation.errors import RequestError

    if options["form"] == "md":
        if options["charts"]:
            raise RequestError("Markdown holds no charts", help="leave out --charts, or write another --format")
        return False
    if options["charts"] is None and not can_draw():
        _warn("no charts", options, install=INSTALL[options["lang"] == "id"])
        return False
    return options["charts"] is not False


def _tell_of_unplaced(folder: Path, form: str, language: str) -> None:
    """Warn of templates of an office that place no picture."""
    from escalation.documents.layout.names import without_pictures

    for file, advice in without_pictures(folder, form):
        warn(UNPLACED[language].format(file=file), language)
        click.echo(f"  {HELP[language]}: {advice}; --no-charts", err=True)


def _examine_fonts(options: dict[str, Any]) -> None:
    """Say what fonts cannot do: they are for PDF, and one of those that papers are set in is in the folder."""
    from escalation.errors import RequestError

    folder = options["fonts"]
    if folder is None:
        return
    if options["form"] != "pdf":
        raise RequestError("--fonts is for PDF", help="leave out --fonts, or write --format pdf")
    from escalation.documents.layout.render import fonts_lacking

    if (lacking := fonts_lacking(folder)) is not None:
        _warn("no fonts", options, folder=folder, lacking=lacking)


def _only(observations: Any, findings: Any) -> Any:
    from dataclasses import replace

    return replace(observations, findings=tuple(findings))


def _make(folder: Path) -> None:
    from escalation.errors import RequestError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise RequestError(f"the folder `{folder}` cannot be made: {reason}", help="name another folder") from None
