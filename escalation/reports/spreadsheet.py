"""Results as a workbook (.xlsx, extra `excel`): typed cells, what they rest on, and the same bytes again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from escalation import __version__
from escalation.errors import RequestError, install
from escalation.policy.wording import phrase
from escalation.reports.basis import remarks

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from escalation.evaluation.sentences import Speaker
    from escalation.reports.basis import Basis

ENDING = ".xlsx"
MOST_ROWS = 1_048_575
NARROWEST, WIDEST = 8, 60
LOOKED_AT = 1_000
WHOLE, FRACTION = "0", "0.0"
DIGITS = 15
"""That a spreadsheet computes with: of more only the noise of binary fractions is seen."""
ABOUT = {
    "what": ("what", "hal"),
    "is": ("is", "isi"),
    "policy": ("policy", "kebijakan"),
    "policy file": ("policy file", "berkas kebijakan"),
    "policy sha256": ("policy sha256", "sha256 kebijakan"),
    "observations": ("observations", "data"),
    "observations sha256": ("observations sha256", "sha256 data"),
    "observations to": ("observations to", "data sampai"),
    "observations as of": ("observations as of", "data per"),
    "all": ("all that they hold", "semua yang ada di dalamnya"),
    "remark": ("remark", "keterangan"),
    "engine": ("engine", "mesin"),
    "supposed": ("supposed", "pengandaian"),
    "result": ("result", "hasil"),
    "decision": ("decision", "keputusan"),
}
NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 - a zip file knows no time zones, and nothing earlier
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet of results. The columns in `shares`, parts of 1, are shown in percent."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, object]]
    shares: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreadsheet:
    """Sheets of results, and by name what they rest on, the heads of those columns first."""

    grids: tuple[Grid, ...]
    about: tuple[tuple[str, str], ...]


def is_workbook(path: Path) -> bool:
    """Say whether a path names a workbook, by its ending."""
    return path.suffix.lower() == ENDING


def check(path: Path) -> None:
    """Raise RequestError where a workbook could not be written: better before the work than behind it."""
    if find_spec("openpyxl") is None:
        english, indonesian = install("excel")
        raise RequestError(
            "a workbook is written with openpyxl, which is not installed",
            help=f"{english}, or print --format csv",
            indonesian=(
                "buku kerja ditulis dengan openpyxl, yang belum terpasang",
                f"{indonesian}, atau cetak --format csv",
            ),
        )
    if path.is_dir():
        raise RequestError(f"`{path}` is a folder", help="name a file that ends with .xlsx")
    if not path.absolute().parent.is_dir():
        raise RequestError(f"there is no folder `{path.parent}`", help="make it first")


def rests_on(
    basis: Basis, speaker: Speaker, said: Iterable[str], results: Iterable[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Say what results rest on: the policy and the data with their digests, what is supposed, and who decides.

    What came of it, in `results`, stands behind. The names are in the language of the speaker, the heads first.
    """
    policy, observations, language = speaker.policy, basis.observations, speaker.language
    told = (
        ("what", phrase(ABOUT, "is", language)),
        ("policy", f"{policy.name} {policy.version or ''}".strip()),
        ("policy file", policy.source.file),
        ("policy sha256", policy.digest),
        ("observations", observations.file),
        ("observations sha256", observations.digest),
        ("observations to", basis.last),
        ("observations as of", basis.as_of.isoformat() if basis.as_of else phrase(ABOUT, "all", language)),
        *(("remark", one) for one in remarks(basis, speaker)),
        ("engine", f"escalation {__version__}"),
        *(("supposed", one) for one in said),
        *(("result", one) for one in results),
        ("decision", speaker.say("decides")),
    )
    return tuple((phrase(ABOUT, name, language), text) for name, text in told)


def spreadsheet(made: Spreadsheet) -> bytes:
    """Give the bytes of a workbook: the sheets of results, their headers frozen, and the sheet `about`.

    Raise RequestError for more rows than a sheet holds.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - of the extra `excel`

    longest = max(len(grid.rows) for grid in made.grids)
    if longest > MOST_ROWS:
        raise RequestError(f"a sheet holds {MOST_ROWS:,} rows, and there are {longest:,}", help="ask for fewer regions")
    book = Workbook(write_only=True)
    book.properties.creator = "escalation"
    book.properties.created = NO_TIME
    for grid in made.grids:
        heads = [f"{name} (%)" if name in grid.shares else name for name in grid.columns]
        cells = [[_value(name, row.get(name), grid.shares) for name in grid.columns] for row in grid.rows]
        _fill(cast("Worksheet", book.create_sheet(grid.title)), heads, cells)
    heads, *about = ([name, text] for name, text in made.about)
    _fill(cast("Worksheet", book.create_sheet("about")), heads, about)
    packed = BytesIO()
    book.save(packed)
    return _without_times(packed.getvalue())


def _value(name: str, value: object, shares: frozenset[str]) -> object:
    if isinstance(value, list | tuple):
        return " ".join(str(one) for one in value)
    if not isinstance(value, float):
        return value
    return float(f"{100 * value if name in shares else value:.{DIGITS}g}")


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for index, head in enumerate(heads):
        longest = max(map(len, [head, *(str(row[index]) for row in rows[:LOOKED_AT])]))
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(max(longest + 2, NARROWEST), WIDEST)
    top = [WriteOnlyCell(sheet, value=head) for head in heads]
    for cell in top:
        cell.font = Font(bold=True)
    sheet.append(top)
    for row in rows:
        sheet.append([_cell(WriteOnlyCell(sheet), value) for value in row])


def _cell(cell: Cell, value: object) -> Cell:
    """Set a number as a number, yes and no as such, and everything else as a text that no spreadsheet computes."""
    if value is None:
        return cell
    if isinstance(value, bool):
        cell.value = value
    elif isinstance(value, int | float):
        cell.value = value
        cell.number_format = WHOLE if isinstance(value, int) else FRACTION
    else:
        cell.value = UNSEEN.sub("", str(value))
        cell.data_type = "s"  # also what begins with `=`, or looks like an error
    return cell


def _without_times(packed: bytes) -> bytes:
    """Give a workbook in which no time of its making stands, so that the same results are the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, content)
    return made.getvalue()
