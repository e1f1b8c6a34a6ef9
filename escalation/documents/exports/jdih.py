"""A record for the catalogues of law of Indonesia (JDIHN), as their members feed it; of a draft it has no number."""

from __future__ import annotations

import json

from escalation.documents.exports.elements import seen as shown
from escalation.documents.exports.phrases import FORMULAS
from escalation.documents.papers.instruments.act import Act
from escalation.documents.papers.instruments.contents import InstrumentContext
from escalation.policy.values import Language
from escalation.policy.wording import phrase

LANGUAGES = {Language.INDONESIAN: "Indonesia", Language.ENGLISH: "Inggris"}
DRAFT = "Rancangan"
LEFT_EMPTY = (
    "idData", "tahun_pengundangan", "tanggal_pengundangan", "noPeraturan", "noPanggil", "penerbit", "deskripsiFisik",
    "sumber", "subjek", "isbn", "bidangHukum", "nomorIndukBuku", "fileDownload", "urlDownload", "abstrak", "urlAbstrak",
    "urlDetailPeraturan",
)  # fmt: skip
"""Fields that people fill once the act is made and published."""


def jdih(act: Act, seen: InstrumentContext) -> bytes:
    """Write the record of a draft as JSON. What makes it a draft stands under `x-escalation`, with its origin."""
    head = seen.head
    said = {
        "jenis": head.kind,
        "judul": phrase(FORMULAS, "record-title", act.language, act=head.act, subject=head.subject),
        "singkatanJenis": act.form.short or "",
        "tempatTerbit": head.seat,
        "status": DRAFT,
        "bahasa": LANGUAGES[act.language],
        "teuBadan": head.region,
        "operasi": "4",
        "display": "0",
    }
    texts = {**dict.fromkeys(LEFT_EMPTY, ""), **said}
    record: dict[str, object] = {key: shown(text) for key, text in texts.items()}
    record["x-escalation"] = {
        "draft": f"{head.marks.draft}: {head.marks.machine}",
        "origin": [shown(text) for text in head.marks.trace],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
