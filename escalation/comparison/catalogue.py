"""The words of comparisons by key: English and Indonesian. Braces hold what is filled in, ready printed."""

from __future__ import annotations

from collections.abc import Mapping

from escalation.policy.values import Language
from escalation.policy.wording import phrase

SECTIONS: Mapping[str, tuple[str, str]] = {
    "policy": ("policy", "kebijakan"),
    "sources": ("source", "sumber"),
    "parameters": ("parameter", "parameter"),
    "metrics": ("metric", "ukuran"),
    "triggers": ("trigger", "pemicu"),
    "stages": ("stage", "tahap"),
    "moves": ("move", "langkah"),
    "locks": ("lock", "larangan"),
    "invariants": ("invariant", "ketentuan tetap"),
    "simplifications": ("simplification", "penyederhanaan"),
}

ASPECTS: Mapping[str, tuple[str, str]] = {
    "after": ("shortest stay", "masa terpendek"),
    "bands": ("row of the table", "baris tabel"),
    "basis": ("counting basis", "dasar penghitungan"),
    "by": ("judged by", "dinilai oleh"),
    "calendar": ("calendar", "kalender"),
    "date": ("date", "tanggal"),
    "dated": ("value in force", "nilai yang berlaku"),
    "decimals": ("decimals", "desimal"),
    "draft": ("draft of the legal form", "rancangan bentuk hukum"),
    "definition": ("definition", "definisi"),
    "earliest": ("earliest", "paling cepat"),
    "for": ("weeks in a row", "minggu berturut-turut"),
    "from": ("from", "dari"),
    "group": ("reported for", "dilaporkan untuk"),
    "instrument": ("legal form", "bentuk hukum"),
    "instruments": ("pack of legal forms", "paket bentuk hukum"),
    "jurisdiction": ("jurisdiction", "wilayah berlaku"),
    "kind": ("kind", "jenis"),
    "max_age": ("usable for", "masa pakai"),
    "missing": ("weeks without data", "minggu tanpa data"),
    "name": ("name", "nama"),
    "never": ("never", "tidak pernah"),
    "norm": ("citation in legal texts", "penyebutan dalam naskah hukum"),
    "not_above": ("not above", "tidak di atas"),
    "not_below": ("not below", "tidak di bawah"),
    "note": ("note", "catatan"),
    "order": ("order", "urutan"),
    "parent_norm": ("legal basis", "dasar hukum"),
    "range": ("range", "rentang"),
    "reported": ("rounding of the figures", "pembulatan angka"),
    "requires": ("judgements required", "penilaian yang disyaratkan"),
    "since": ("weeks counted since", "minggu dihitung sejak"),
    "source": ("source", "sumber"),
    "title": ("title", "judul"),
    "to": ("to", "ke"),
    "trigger": ("trigger", "pemicu"),
    "unit": ("unit", "satuan"),
    "until": ("in force until", "berlaku sampai"),
    "url": ("address", "alamat"),
    "valid": ("time in force", "masa berlaku"),
    "value": ("value", "nilai"),
    "version": ("version", "versi"),
    "when": ("condition", "syarat"),
    "when.at_least": ("parts needed", "bagian yang diperlukan"),
    "when.missing": ("absent figure of {subject} counts as", "angka {subject} yang tidak ada dianggap"),
    "when.operator": ("comparison of {subject}", "pembandingan {subject}"),
    "when.order": ("order of the parts", "urutan bagian"),
    "when.part": ("part of the condition", "bagian syarat"),
    "when.threshold": ("threshold of {subject}", "ambang {subject}"),
}

SENTENCES: Mapping[str, tuple[str, str]] = {
    "added": ("added", "ditambahkan"),
    "removed": ("removed", "dihapus"),
    "renamed": ("{element} `{old}` is now called `{new}`", "{element} `{old}` kini bernama `{new}`"),
    "reordered": ("changed", "berubah"),
    "longer": ("longer", "lebih lama"),
    "shorter": ("shorter", "lebih singkat"),
    "none": ("none", "tidak ada"),
    "always": ("always", "selalu"),
    "from-day": ("{value} from {day}", "{value} sejak {day}"),
    "range.both": ("{low} to {high}", "{low} sampai {high}"),
    "range.low": ("{low} and more", "{low} ke atas"),
    "range.high": ("up to {high}", "sampai {high}"),
    "range.none": ("any", "bebas"),
    "stands-for": ("{name} ({value})", "{name} ({value})"),
    "same.file": ("the two files are the same, byte for byte", "kedua berkas sama persis"),
    "same.format": (
        "the two files differ only in comments or format: the same policy",
        "kedua berkas hanya berbeda komentar atau tata letaknya: kebijakan yang sama",
    ),
    "heading": ("{old} compared with {new}", "{old} dibandingkan dengan {new}"),
    "title": ("Policy change: {name}", "Perubahan kebijakan: {name}"),
    "over-inputs": ("On all data", "Pada semua data"),
    "relation.equal": (
        "Equal: from the same standing, on all data, both recommend the same",
        "Sama: dari keadaan yang sama, pada semua data, keduanya merekomendasikan hal yang sama",
    ),
    "relation.stricter": (
        "Stricter: from the same standing the new one recommends a stricter stage on some data, a milder one on none",
        "Lebih ketat: dari keadaan yang sama, tahap yang lebih ketat pada sebagian data, tidak pernah lebih ringan",
    ),
    "relation.looser": (
        "Looser: from the same standing the new one recommends a milder stage on some data, a stricter one on none",
        "Lebih longgar: dari keadaan yang sama, tahap yang lebih ringan pada sebagian data, tidak pernah lebih ketat",
    ),
    "relation.mixed": (
        "Mixed: from the same standing the new one recommends a stricter stage on some data, a milder one on other",
        "Campuran: dari keadaan yang sama, tahap yang lebih ketat pada sebagian data, lebih ringan pada yang lain",
    ),
    "relation.differs": (
        "Different: no stricter or milder stage; one that cannot be ranked, another move, or only one of them can say",
        "Berbeda: tidak lebih ketat atau ringan; tahap tanpa urutan pasti, langkah lain, atau hanya satu yang pasti",
    ),
    "relation.not-proved": ("Not proved on all data: {why}", "Belum terbukti pada semua data: {why}"),
    "relation.free": (
        "{relation}; if the computed metrics can move so",
        "{relation}; jika ukuran hitungan dapat bergerak demikian",
    ),
    "example": (
        "{kind}, in {stage}: before {before}, after {after}",
        "{kind}, pada {stage}: sebelum {before}, sesudah {after}",
    ),
    "example.stricter": ("Stricter", "Lebih ketat"),
    "example.looser": ("Looser", "Lebih longgar"),
    "example.other": ("Different", "Berbeda"),
    "example.others": (
        "the case leaves out what only the old policy knows: {series}",
        "kasus ini tidak memuat yang hanya dikenal kebijakan lama: {series}",
    ),
    "example.derived": (
        "the example sets {metrics} directly: whether their inputs can move so is not shown",
        "contoh ini menetapkan {metrics} langsung: belum ditunjukkan bahwa masukannya dapat bergerak demikian",
    ),
    "advice.to": ("{recommendation} to {stage}", "{recommendation} ke {stage}"),
    "over-history": ("Over history", "Menurut riwayat"),
    "in-words.effects": ("What may change recommendations", "Yang dapat mengubah rekomendasi"),
    "in-words.formalities": ("Without effect on recommendations", "Tanpa pengaruh pada rekomendasi"),
    "no-effects": (
        "nothing that changes a recommendation",
        "tidak ada yang mengubah rekomendasi",
    ),
    "span": ("{first} to {last}", "{first} sampai {last}"),
    "column.what": ("What", "Apa"),
    "column.before": ("Before", "Sebelum"),
    "column.after": ("After", "Sesudah"),
    "column.where": ("Where", "Letak"),
    "column.region": ("Region", "Wilayah"),
    "column.weeks": ("Weeks", "Minggu"),
    "column.steps": ("Stages", "Tahap"),
    "column.stage": ("Stage", "Tahap"),
    "history.adoption.follow": ("every recommendation followed", "setiap rekomendasi diikuti"),
    "history.adoption.lag": (
        "every recommendation followed, {weeks} later",
        "setiap rekomendasi diikuti, {weeks} kemudian",
    ),
    "history.adoption.recorded": (
        "one step ahead from the stages really in force",
        "satu langkah ke depan dari tahap yang sungguh berlaku",
    ),
    "history.data": (
        "{file}: {count} region-weeks (regions: {regions}), {first} to {last}; {adoption}",
        "{file}: {count} minggu-wilayah ({regions} wilayah), {first} sampai {last}; {adoption}",
    ),
    "history.same": (
        "no region-week is recommended otherwise",
        "tidak ada minggu-wilayah yang rekomendasinya berbeda",
    ),
    "history.differ": (
        "{differing} of {count} region-weeks are recommended otherwise",
        "{differing} dari {count} minggu-wilayah rekomendasinya berbeda",
    ),
    "history.stricter": ("{count} by {stages} stages stricter", "{count} lebih ketat {stages} tahap"),
    "history.stricter.one": ("{count} by one stage stricter", "{count} lebih ketat satu tahap"),
    "history.milder": ("{count} by {stages} stages milder", "{count} lebih ringan {stages} tahap"),
    "history.milder.one": ("{count} by one stage milder", "{count} lebih ringan satu tahap"),
    "history.certainty": (
        "{count} where one of the two cannot say",
        "{count} yang salah satunya belum dapat ditentukan",
    ),
    "history.otherwise": ("{count} of another stage", "{count} ke tahap lain"),
    "history.more": ("and {count} more spells", "dan {count} masa lagi"),
    "history.stages": ("Weeks in each stage", "Minggu dalam tiap tahap"),
    "history.stages.recorded": (
        "Weeks in which each stage is recommended",
        "Minggu ketika tiap tahap direkomendasikan",
    ),
    "history.changes": ("Changes of stage", "Perubahan tahap"),
    "history.changes.recorded": ("Changes recommended", "Perubahan yang direkomendasikan"),
    "history.undetermined": ("cannot say", "belum dapat ditentukan"),
    "history.only": (
        "{count} region-weeks are in the data for one of the two only and are left out",
        "{count} minggu-wilayah hanya ada pada data untuk salah satunya dan tidak dihitung",
    ),
    "history.where": ("Where it is recommended otherwise", "Di mana rekomendasinya berbeda"),
    "more": ("and {count} more", "dan {count} lagi"),
    "note": ("note", "catatan"),
    "note.inputs": (
        (
            "the data are found by the names of inputs: `{old}` and `{new}`, defined in the same way, are compared as "
            "different figures"
        ),
        (
            "data dicari menurut nama masukan: `{old}` dan `{new}`, yang didefinisikan sama, dibandingkan sebagai "
            "angka yang berbeda"
        ),
    ),
    "note.stages": (
        "stages are matched by name, and compared in those that both have; only before: {old}; only after: {new}",
        (
            "tahap dicocokkan menurut nama, dan dibandingkan pada yang dimiliki keduanya; hanya sebelum: {old}; hanya "
            "sesudah: {new}"
        ),
    ),
    "history.off-record": (
        "{count} regions without a stage on record are left out",
        "{count} wilayah tanpa catatan tahap tidak dihitung",
    ),
    "note.first": (
        "they begin in different stages: before {old}, after {new}",
        "tahap awalnya berbeda: sebelum {old}, sesudah {new}",
    ),
    "note.order": (
        "the stages come in another order: by how many stages a recommendation differs is not counted",
        "urutan tahap berbeda: beda tahap tidak dihitung",
    ),
    "note.no-figures": (
        "no figures in the data for {metrics}: wanted by {side}",
        "tidak ada angka pada data untuk {metrics}: diperlukan {side}",
    ),
    "note.standings": (
        "{file} is not used: it names a stage that one of the two does not have; both begin in their first stage",
        "{file} tidak dipakai: menyebut tahap yang tidak ada pada salah satunya; keduanya mulai dari tahap pertama",
    ),
    "note.assumed": (
        "without a stage on record both begin in their first stage, in the first week of the data",
        "tanpa catatan tahap keduanya mulai dari tahap pertama, pada minggu pertama data",
    ),
    "note.apart": (
        "the calendars differ: their weeks cannot be compared",
        "kalendernya berbeda: minggunya tidak dapat dibandingkan",
    ),
    "side.both": ("both policies", "kedua kebijakan"),
    "side.old": ("the policy before", "kebijakan sebelum"),
    "side.new": ("the policy after", "kebijakan sesudah"),
}


def section(name: str, language: Language) -> str:
    """Give the word for an element of a section."""
    return _in(SECTIONS[name], language)


def aspect(name: str, language: Language) -> str:
    """Give the words for an aspect; a key without words of its own stands for itself."""
    return _in(ASPECTS.get(name, (name, name)), language)


def sentence(key: str, language: Language, **filled: str) -> str:
    """Give the sentence of a key in a language.

    >>> sentence("from-day", Language.ENGLISH, value="70 %", day="1 May 2021")
    '70 % from 1 May 2021'
    """
    return phrase(SENTENCES, key, language, **filled)


def _in(pair: tuple[str, str], language: Language) -> str:
    return pair[1] if language is Language.INDONESIAN else pair[0]
