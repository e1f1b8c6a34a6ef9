"""The folder of a report: written beside its place and put there whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from escalation import __version__
from escalation.documents.charts.canvas import require
from escalation.documents.report.model import Report
from escalation.documents.report.page import page
from escalation.documents.report.sheet import NO_PARQUET, can_write_parquet, write_csv, write_parquet
from escalation.errors import RequestError
from escalation.writing import whole_folder

PAGE, ROWS, PARQUET, MANIFEST = "report.html", "summary.csv", "summary.parquet", "manifest.json"
OURS = frozenset({PAGE, ROWS, PARQUET, MANIFEST})
FILES = frozenset({".csv", ".docx", ".html", ".json", ".md", ".parquet", ".pdf", ".svg", ".txt", ".xlsx", ".zip"})
"""Endings with which nobody means a folder."""
A_FOLDER = ("name a folder for the report", "sebutkan folder untuk laporan")
WORKBOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".ods"})
"""Endings of workbooks that are not written."""
LIBRARIES = ("numpy", "matplotlib", "duckdb", "jinja2")


def write(report: Report, folder: Path) -> tuple[str, ...]:
    """Write the page, the numbers and the manifest; give what was left out and why.

    A report that stands there already is replaced. Raise RequestError where the folder holds anything else or cannot be
    written, and where pictures cannot be drawn.
    """
    check(folder)
    with whole_folder(folder) as place:
        return _fill(report, place)


def check(folder: Path) -> None:
    """Raise RequestError where a report could not be written: better before hours of work than behind them."""
    require()
    place = folder.absolute()
    if place.suffix.lower() in FILES and not place.is_dir():
        raise RequestError(
            f"`{place.name}` is the name of a file",
            help=A_FOLDER[0],
            indonesian=(f"`{place.name}` adalah nama berkas", A_FOLDER[1]),
        )
    if place.suffix.lower() in WORKBOOKS and not place.is_dir():
        other = place.with_suffix(".xlsx").name
        raise RequestError(
            f"`{place.name}` is no workbook that can be written",
            help=f"did you mean `{other}`?",
            indonesian=(f"`{place.name}` bukan buku kerja yang dapat ditulis", f"maksudnya `{other}`?"),
        )
    if not place.parent.is_dir():
        raise RequestError(
            f"there is no folder `{place.parent}`",
            help="make it first",
            indonesian=(f"folder `{place.parent}` tidak ada", "buat foldernya lebih dahulu"),
        )
    if not place.exists():
        return
    if not place.is_dir():
        raise RequestError(
            f"`{place.name}` is a file",
            help=A_FOLDER[0],
            indonesian=(f"`{place.name}` adalah berkas", A_FOLDER[1]),
        )
    others = sorted(one.name for one in place.iterdir() if one.name not in OURS)
    if others:
        raise RequestError(
            f"the folder `{place.name}` holds other files, such as `{others[0]}`",
            help="name a folder that is not there yet",
            indonesian=(
                f"folder `{place.name}` memuat berkas lain, seperti `{others[0]}`",
                "sebutkan folder yang belum ada",
            ),
        )


def _fill(report: Report, folder: Path) -> tuple[str, ...]:
    (folder / PAGE).write_text(page(report), encoding="utf-8", newline="\n")
    left_out: tuple[str, ...] = ()
    if report.sheet.columns:
        write_csv(report.sheet, folder / ROWS)
        if can_write_parquet():
            write_parquet(report.sheet, folder / PARQUET)
        else:
            left_out = (NO_PARQUET,)
    text = json.dumps(manifest(report, folder, left_out), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
    return left_out


def manifest(report: Report, folder: Path, left_out: tuple[str, ...]) -> dict[str, object]:
    """Say what a folder was made from and with, and what is in it: enough to make it again."""
    source = report.provenance
    return {
        "title": report.title,
        "language": report.language.value,
        "policy": {"name": source.name, "version": source.version, "sha256": source.digest},
        "data": {"file": source.data, "sha256": source.data_digest, "last_week": source.week},
        "as_of": source.as_of.isoformat() if source.as_of else None,
        "horizon_weeks": source.horizon,
        "draws": source.draws,
        "seed": source.seed,
        "methods": [*source.methods],
        "retraced": source.retraced,
        "labels": [*report.labels],
        "files": {
            one.name: {"bytes": one.stat().st_size, "sha256": hashlib.sha256(one.read_bytes()).hexdigest()}
            for one in sorted(folder.iterdir())
        },
        "left_out": [*left_out],
        "versions": {"escalation": __version__, "python": platform.python_version(), **_versions()},
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
