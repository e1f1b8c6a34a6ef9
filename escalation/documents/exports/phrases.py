"""The words between the parts of an act, which its template has too."""

from __future__ import annotations

from escalation.policy.wording import Phrases

FORMULAS: Phrases = {
    "number": ("No. …", "NOMOR …"),
    "number-year": ("No. … of …", "NOMOR … TAHUN …"),
    "record-title": ("Draft {act} on {subject}", "Rancangan {act} tentang {subject}"),
    "about": ("on", "TENTANG"),
    "grace": ("", "DENGAN RAHMAT TUHAN YANG MAHA ESA"),
    "considering": ("Whereas:", "Menimbang:"),
    "citing": ("Having regard to:", "Mengingat:"),
    "jointly": ("Jointly with {body}", "Dengan Persetujuan Bersama {body} dan {office}"),
    "decides": ("makes the following {kind}:", "MEMUTUSKAN:"),
    "enacts": ("{kind} on {subject}.", "Menetapkan: {kind} TENTANG {subject}."),
    "chapter": ("Chapter {number}", "BAB {number}"),
    "article": ("Article {number}", "Pasal {number}"),
    "to": ("To:", "Kepada:"),
    "for": ("Ordered:", "Untuk:"),
    "copies": ("Copies:", "Tembusan:"),
    "made-at": ("Made at {seat} on …", "Ditetapkan di {seat} pada tanggal …"),
    "issued-at": ("Issued at {seat} on …", "Dikeluarkan di {seat} pada tanggal …"),
    "promulgated": ("Published at {seat} on …", "Diundangkan di {seat} pada tanggal …"),
    "venue": ("{venue} of …, No. …", "{venue} TAHUN … NOMOR …"),
    "elucidation": ("Explanatory note", "PENJELASAN"),
    "general": ("General", "UMUM"),
    "by-article": ("Article by article", "PASAL DEMI PASAL"),
    "figure": ("figure", "angka"),
    "threshold": ("threshold", "ambang"),
    "data-until": ("data up to", "data sampai dengan"),
    "remark": ("remark", "catatan"),
}
