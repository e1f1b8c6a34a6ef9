"""Findings as people read them: in English as they are, in Indonesian the severity, the place and the rule's sentence.

The details of a finding are for whoever keeps the table, and stay English in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from escalation.diagnostics import Diagnostic, Place, Severity, visible
from escalation.policy.values import Language

SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "kesalahan",
    Severity.WARNING: "peringatan",
    Severity.INFO: "keterangan",
}
INDONESIAN: Mapping[str, str] = {
    "ambiguous-number": "angka yang dibaca berbeda di dua negara, sedangkan cara penulisannya tidak dinyatakan",
    "attribute-conflict": "dua nilai untuk atribut yang seharusnya satu bagi setiap wilayah",
    "bad-mapping": "pemetaan tidak sesuai dengan kebijakan atau dengan tabel",
    "bad-quote": "tanda kutip di tengah sel yang dikutip",
    "blank-metric": "baris tanpa nama ukuran",
    "blank-region": "baris tanpa nama wilayah",
    "blank-week": "baris tanpa minggu",
    "cell-too-long": "isi sel lebih dari 32.767 karakter",
    "computed-outside-range": "hasil hitungan suatu ukuran di luar rentangnya",
    "contradicting-dates": "minggu dan tanggal pada satu baris bukan minggu yang sama",
    "derived-metric": "kolom untuk ukuran yang dihitung sendiri oleh kebijakan",
    "division-by-zero": "ukuran yang dihitung dengan pembagian dengan nol",
    "duplicate-column": "dua kolom bernama sama",
    "duplicate-week": "dua angka berbeda untuk wilayah, ukuran, dan minggu yang sama",
    "empty-file": "berkas kosong",
    "falling-count": "jumlah kumulatif yang turun",
    "far-date": "tanggal sebelum tahun 1900 atau sesudah tahun 2199",
    "file-too-large": "berkas melebihi ukuran yang dapat dibaca",
    "foreign-digits": "digit selain 0 sampai 9",
    "formula-not-calculated": "rumus yang hasilnya tidak tersimpan di buku kerja",
    "fraction-for-percent": "persentase yang tidak satu pun nilainya di atas 1",
    "future-week": "minggu yang dimulai sesudah tanggal data",
    "group-conflict": "dua angka berbeda untuk kelompok wilayah, ukuran, dan minggu yang sama",
    "hidden-character": "karakter yang tidak terlihat",
    "hostile-workbook": "buku kerja yang terlalu besar saat dibuka atau dibuat untuk merusak",
    "judgement-without-source": "penilaian tanpa keterangan siapa yang menilai",
    "line-too-long": "baris lebih dari satu juta karakter",
    "long-gap": "minggu yang berjarak lebih dari dua tahun dari minggu sebelumnya",
    "missing-column": "kolom yang disebut pemetaan tidak terdapat di tabel",
    "missing-header": "baris pertama bukan judul kolom",
    "no-band": "angka yang tidak cocok dengan baris mana pun dalam tabelnya",
    "no-rows": "tabel yang hanya berisi judul kolom",
    "no-such-date": "tanggal yang tidak pernah ada",
    "no-such-sheet": "lembar yang tidak terdapat di buku kerja",
    "no-such-table": "tabel yang tidak terdapat di basis data",
    "no-such-week": "minggu yang tidak pernah ada",
    "not-a-table": "berkas bukan tabel seperti yang dinyatakan namanya",
    "not-utf-8": "berkas tidak menggunakan pengodean UTF-8",
    "number-as-region": "kode wilayah tersimpan sebagai bilangan sehingga nol di depannya hilang",
    "other-basis": "dasar penghitungan yang tidak diterima untuk ukuran ini",
    "other-calendar": "minggu yang hanya ada di kalender lain",
    "outside-range": "nilai di luar rentang ukurannya",
    "percent-above-100": "persentase di atas 100",
    "percent-cell": "sel berformat persen untuk ukuran dalam persen: 0,55 atau 55",
    "percent-contradicts-counts": "persentase tercetak tidak sesuai dengan jumlah yang mendasarinya",
    "percent-sign": "tanda persen di belakang angka",
    "region-without-data": "wilayah dalam berkas wilayah tanpa satu baris data pun",
    "region-without-group": "wilayah tanpa kelompok yang menjadi dasar pelaporan suatu ukuran",
    "repeated-row": "angka yang sama tercatat dua kali untuk wilayah, ukuran, dan minggu yang sama",
    "revised": "angka yang kemudian direvisi",
    "shifted-columns": "jumlah sel pada baris tidak sama dengan jumlah judul kolom",
    "similar-regions": "dua nama wilayah yang hanya berbeda huruf besar atau spasinya",
    "spreadsheet-error": "nilai galat seperti #N/A",
    "total-as-region": "baris jumlah yang terhitung sebagai wilayah",
    "standing-without-data": "tahap tercatat untuk wilayah yang tidak terdapat dalam data",
    "too-large": "ukuran hasil hitungan yang bilangannya terlalu besar",
    "too-many-digits": "angka lebih dari 15 digit, yang dibulatkan komputer",
    "too-many-regions": "jumlah wilayah melebihi yang dapat dibaca",
    "unclosed-quote": "tanda kutip yang tidak ditutup",
    "unknown-column": "kolom yang bukan ukuran kebijakan dan bukan kolom yang lazim",
    "unknown-metric": "ukuran yang tidak terdapat dalam kebijakan",
    "unknown-region": "wilayah yang tidak terdapat dalam berkas wilayah",
    "unlawful-record": "tahap tercatat yang tidak dicapai dengan langkah yang sah menurut kebijakan",
    "unnamed-column": "kolom tanpa nama",
    "unreadable-date": "tanggal tidak ditulis seperti 2021-09-12",
    "unreadable-judgement": "penilaian bukan yes atau no",
    "unreadable-number": "nilai bukan angka",
    "unreadable-value": "isi sel basis data yang bukan teks, bilangan, tanggal, atau ya/tidak",
    "unreadable-week": "minggu tidak ditulis seperti 2021-W36 atau sebagai tanggal",
    "unspecified-basis": "angka tanpa dasar penghitungan, padahal ukuran ini mensyaratkannya",
}

OF_STANDINGS: Mapping[str, str] = {
    "decided-too-late": "keputusan yang bertanggal sesudah tahapnya mulai berlaku",
    "unknown-stage": "tahap yang tidak terdapat dalam kebijakan",
}


def told(finding: Diagnostic, language: Language) -> tuple[str, ...]:
    """Give the lines of a finding without its advice: one, and in Indonesian a second one with the details.

    >>> place = Place(file="data.csv", line=4, column=7)
    >>> finding = Diagnostic(rule="blank-week", severity=Severity.ERROR, message="the row names no week", place=place)
    >>> told(finding, Language.ENGLISH)
    ('data.csv:4:7: error: the row names no week [blank-week]',)
    >>> for line in told(finding, Language.INDONESIAN):
    ...     print(line)
    data.csv, baris 4, kolom 7: kesalahan: baris tanpa minggu [blank-week]
    rincian: the row names no week
    """
    if language is Language.ENGLISH:
        return (f"{finding.place}: {finding.severity}: {finding.message} [{finding.rule}]",)
    rule = f"{INDONESIAN[finding.rule]} [{finding.rule}]"
    return f"{_place(finding.place)}: {SEVERITIES[finding.severity]}: {rule}", f"rincian: {finding.message}"


def refusal(finding: Diagnostic, language: Language) -> str:
    """Give all lines of what a file is refused for: in Indonesian the labels, and the sentence of a rule on data."""
    if language is Language.ENGLISH:
        return str(finding)
    sentence = OF_STANDINGS.get(finding.rule) or INDONESIAN.get(finding.rule)
    message, advice = finding.indonesian or (finding.message, finding.help.replace("did you mean ", "maksudnya "))
    said = sentence or message
    lines = [f"{_place(finding.place)}: {SEVERITIES[finding.severity]}: {said} [{finding.rule}]"]
    lines += [f"  rincian: {finding.message}"] if sentence else []
    lines += [f"  {_place(other.place)}: {other.message}" for other in finding.related]
    return "\n".join([*lines, *([f"  saran: {advice}"] if advice else [])])


def plainly_told(findings: Sequence[Diagnostic], language: Language) -> Iterator[tuple[str, ...]]:
    """Give the lines of each finding as a paper says it: whole in one language, so in Indonesian without details."""
    if language is Language.ENGLISH:
        yield from all_told(findings, language)
    else:
        yield from dict.fromkeys(told(finding, language)[:1] for finding in findings)


def all_told(findings: Sequence[Diagnostic], language: Language) -> Iterator[tuple[str, ...]]:
    """Give the lines of each finding, with the advice behind the first one to which it applies."""
    word = "saran" if language is Language.INDONESIAN else "help"
    given: set[tuple[str, str]] = set()
    for finding in findings:
        advice = (finding.rule, finding.help)
        helps = (f"{word}: {finding.help}",) if finding.help and advice not in given else ()
        given.add(advice)
        yield (*told(finding, language), *helps)


def _place(place: Place) -> str:
    file = visible(place.file)
    if place.cell:
        return f"{file}, sel {place.cell}"
    parts = (("baris", place.line), ("kolom", place.column))
    return ", ".join([file, *(f"{word} {number}" for word, number in parts if number)])
