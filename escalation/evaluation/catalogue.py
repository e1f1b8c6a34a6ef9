"""The sentences of explanations by key: English and Indonesian. Braces hold what is filled in, ready printed."""

from __future__ import annotations

from collections.abc import Mapping

from escalation.policy.values import Language

SENTENCES: Mapping[str, tuple[str, str]] = {
    "recommendation.escalate": ("escalate to {to}", "naikkan ke {to}"),
    "recommendation.relax": ("relax to {to}", "turunkan ke {to}"),
    "recommendation.hold": ("hold: stay at {stage}", "tetap pada {stage}"),
    "recommendation.undetermined": (
        "undetermined: cannot say whether to move to {to}",
        "belum dapat ditentukan apakah beralih ke {to}",
    ),
    "word.escalate": ("escalate", "naikkan"),
    "word.relax": ("relax", "turunkan"),
    "word.hold": ("hold", "tetap"),
    "word.undetermined": ("undetermined", "belum dapat ditentukan"),
    "word.met": ("met", "terpenuhi"),
    "word.unmet": ("unmet", "tidak terpenuhi"),
    "word.unknown": ("unknown", "belum diketahui"),
    "why.escalate": (
        "every guard of the move {move} is met",
        "semua syarat langkah {move} terpenuhi",
    ),
    "why.relax": ("every guard of the move {move} is met", "semua syarat langkah {move} terpenuhi"),
    "why.hold": (
        "no move out of {stage} has all its guards met",
        "tidak ada langkah keluar dari {stage} yang semua syaratnya terpenuhi",
    ),
    "why.none": ("no move leads out of {stage}", "tidak ada langkah keluar dari {stage}"),
    "why.pending": (
        "the move to {to} has been decided and takes effect in {week}",
        "perpindahan ke {to} telah diputuskan dan mulai berlaku pada {week}",
    ),
    "why.undetermined": ("what is missing decides it: {missing}", "data yang menentukan belum lengkap: {missing}"),
    "also-met.undetermined": (
        "every guard of {moves} is met; whether {first} comes first is unknown",
        "semua syarat {moves} terpenuhi; apakah {first} didahulukan belum diketahui",
    ),
    "also-met.recommended": (
        "every guard of {moves} is met too; {first} comes first",
        "semua syarat {moves} juga terpenuhi; {first} didahulukan",
    ),
    "also-met.pending": (
        "every guard of {moves} is met; the decision that waits to take effect comes first",
        "semua syarat {moves} terpenuhi; keputusan yang menunggu berlaku didahulukan",
    ),
    "remark.also-met": ("all guards met: {moves}", "semua syarat terpenuhi: {moves}"),
    "remark.pending": ("decided: {to}, from {week}", "sudah diputuskan: {to}, mulai {week}"),
    "move.named": ("the move {move} to {to}", "langkah {move} ke {to}"),
    "missing.since.figure": (
        "{metric} missing since {week} (last figure: {last})",
        "data {metric} tidak tersedia sejak {week} (angka terakhir: {last})",
    ),
    "missing.since.judgement": (
        "{metric} not judged since {week} (last judgement: {last})",
        "penilaian {metric} belum ada sejak {week} (penilaian terakhir: {last})",
    ),
    "missing.never.judgement": ("{metric} not judged yet", "{metric} belum pernah dinilai"),
    "missing.judgement": ("{metric} not judged in {weeks}", "penilaian {metric} belum ada pada {weeks}"),
    "missing.never.figure": ("nothing on record yet of: {metric}", "belum ada data: {metric}"),
    "missing.absent": ("{metric} missing in {weeks}", "data {metric} tidak tersedia pada {weeks}"),
    "missing.not-in-force": (
        "the parameter {parameter} has no value in force yet in {weeks}",
        "parameter {parameter} belum mempunyai nilai yang berlaku pada {weeks}",
    ),
    "missing.rounded": (
        "{metric} is known only as a rounded figure, and the threshold lies within its rounding in {weeks}",
        "{metric} hanya diketahui sebagai angka bulat, dan ambangnya berada di dalam pembulatan itu pada {weeks}",
    ),
    "missing.unusable": (
        "the figure of {metric} that stands for {weeks} cannot be used; see the data findings",
        "angka {metric} untuk {weeks} tidak dapat dipakai; lihat temuan data",
    ),
    "missing.outside-range": (
        "the figure of {metric} that stands for {weeks} lies outside its range",
        "angka {metric} untuk {weeks} berada di luar rentangnya",
    ),
    "missing.computed-outside-range": (
        "what is computed from {metric} for {weeks} lies outside its range",
        "hasil hitungan dari {metric} untuk {weeks} berada di luar rentangnya",
    ),
    "missing.division-by-zero": (
        "{metric} leads to a division by zero in {weeks}",
        "{metric} menyebabkan pembagian dengan nol pada {weeks}",
    ),
    "missing.too-large": (
        "{metric} leads to too large a number in {weeks}",
        "{metric} menghasilkan bilangan yang terlalu besar pada {weeks}",
    ),
    "missing.no-band": (
        "no row of the table holds for {metric} in {weeks}",
        "tidak ada baris tabel yang cocok untuk {metric} pada {weeks}",
    ),
    "weeks.run": ("{first} to {last}", "{first} sampai {last}"),
    "guard.valid": ("the move is in force {period}", "langkah ini berlaku {period}"),
    "guard.lock-floor": (
        "no lock forbids going below {stage}; the lock is in force {period}",
        "tidak ada larangan turun di bawah {stage}; larangan berlaku {period}",
    ),
    "guard.lock-ceiling": (
        "no lock forbids going above {stage}; the lock is in force {period}",
        "tidak ada larangan naik di atas {stage}; larangan berlaku {period}",
    ),
    "guard.lock-floor.unmet": (
        "a lock forbids going below {stage}; it is in force {period}",
        "ada larangan turun di bawah {stage}; larangan berlaku {period}",
    ),
    "guard.lock-ceiling.unmet": (
        "a lock forbids going above {stage}; it is in force {period}",
        "ada larangan naik di atas {stage}; larangan berlaku {period}",
    ),
    "period.from": ("from {first}", "mulai {first}"),
    "period.until": ("until {last}", "sampai {last}"),
    "period.both": ("from {first} to {last}", "dari {first} sampai {last}"),
    "period.always": ("without end", "tanpa batas waktu"),
    "guard.after": (
        "{observed} in the stage; at least {required} asked",
        "{observed} pada tahap ini; disyaratkan paling singkat {required}",
    ),
    "guard.trigger.exact": (
        "{title}: held for {least} of {asked} asked",
        "{title}: berlangsung {least} dari {asked} yang disyaratkan",
    ),
    "guard.trigger.open": (
        "{title}: held for {least} to {most} of {asked} asked",
        "{title}: berlangsung {least} sampai {most} dari {asked} yang disyaratkan",
    ),
    "guard.judgement.met": ("{title}: judged yes by {by}", "{title}: ya, menurut penilaian {by}"),
    "guard.judgement.unmet": ("{title}: judged no by {by}", "{title}: tidak, menurut penilaian {by}"),
    "guard.judgement.unknown": (
        "{title}: no judgement of {by} on record, or it is too old",
        "{title}: belum ada penilaian {by}, atau penilaiannya sudah terlalu lama",
    ),
    "condition.all": ("all of", "semua dari"),
    "condition.any": ("at least one of", "paling sedikit satu dari"),
    "condition.not": ("not", "bukan:"),
    "condition.count": ("at least {asked} of", "paling sedikit {asked} dari"),
    "condition.trigger": ("the trigger {title}", "pemicu {title}"),
    "condition.judgement": (
        "{title}: {asked} asked, {given} on record",
        "{title}: disyaratkan {asked}, tercatat {given}",
    ),
    "answer.yes": ("yes", "ya"),
    "answer.no": ("no", "tidak"),
    "answer.none": ("nothing", "belum ada"),
    "figure.none": ("no figure", "data belum tersedia"),
    "figure.not-judged": ("no judgement", "belum dinilai"),
    "condition.comparison.margin": (
        "{metric} {value}; asked: {operator} {threshold} (difference {margin})",
        "{metric} {value}; disyaratkan: {operator} {threshold} (selisih {margin})",
    ),
    "condition.comparison.missing": (
        "{metric} has no value; asked: {operator} {threshold}",
        "{metric}: nilainya belum tersedia; disyaratkan: {operator} {threshold}",
    ),
    "condition.comparison.no-threshold": (
        "{metric}: no threshold {parameter} is in force yet",
        "{metric}: ambang {parameter} belum berlaku",
    ),
    "value.rounded": (
        "{value} (rounded; truly {low} to {high})",
        "{value} (dibulatkan; sebenarnya {low} sampai {high})",
    ),
    "operator.below": ("below", "di bawah"),
    "operator.at_most": ("at most", "paling banyak"),
    "operator.above": ("above", "di atas"),
    "operator.at_least": ("at least", "paling sedikit"),
    "operator.equal_to": ("equal to", "sama dengan"),
    "missing.rule.met": ("absent counts as met", "tanpa data dianggap terpenuhi"),
    "missing.rule.unmet": ("absent counts as unmet", "tanpa data dianggap tidak terpenuhi"),
    "carried.judgement": (
        "judgement of {week}, carried {weeks}",
        "penilaian {week}, masih dipakai setelah {weeks}",
    ),
    "carried": ("figure of {week}, carried {weeks}", "angka {week}, masih dipakai setelah {weeks}"),
    "source": ("source: {sources}", "sumber: {sources}"),
    "source.none": ("no source given", "sumber tidak disebutkan"),
    "source.set": (
        "set for this question (--set), not in the policy file",
        "ditetapkan untuk pertanyaan ini (--set), bukan isi berkas kebijakan",
    ),
    "source.not-yet": ("{title} (not yet in force: from {day})", "{title} (belum berlaku: mulai {day})"),
    "source.later": ("{title} (of {day}, after this week)", "{title} (bertanggal {day}, setelah minggu ini)"),
    "source.expired": ("{title} (no longer in force since {day})", "{title} (tidak berlaku lagi sejak {day})"),
    "assumption": ("an assumption of the policy file, not law", "asumsi berkas kebijakan, bukan ketentuan hukum"),
    "countdown.week": (
        "earliest {week} (in {weeks}), were its condition to hold from now on",
        "paling cepat {week} (dalam {weeks}), jika syaratnya bertahan mulai sekarang",
    ),
    "countdown.now": (
        "possible already this week, were the other guards met",
        "sudah mungkin minggu ini, jika syarat lainnya terpenuhi",
    ),
    "countdown.pending": ("a decision is pending", "ada keputusan yang menunggu berlaku"),
    "countdown.passed.undetermined": (
        "every guard is met; whether {first} comes first is unknown",
        "semua syarat terpenuhi; apakah {first} didahulukan belum diketahui",
    ),
    "countdown.passed.recommended": (
        "every guard is met, but {first} comes first",
        "semua syarat terpenuhi, tetapi {first} didahulukan",
    ),
    "countdown.passed.pending": (
        "every guard is met, but the decision that waits to take effect comes first",
        "semua syarat terpenuhi, tetapi keputusan yang menunggu berlaku didahulukan",
    ),
    "countdown.recommended": ("recommended", "direkomendasikan"),
    "countdown.never": (
        "never: a lock or the file excludes it",
        "tidak mungkin: ditutup oleh larangan atau berkas kebijakan",
    ),
    "stage.in-force": (
        "{stage}, since {week} ({weeks})",
        "{stage}, sejak {week} ({weeks})",
    ),
    "illustration": (
        "ILLUSTRATION, NOT DATA: the figures are made up",
        "ILUSTRASI, BUKAN DATA: angkanya karangan",
    ),
    "illustration.of": (
        "ILLUSTRATION, NOT DATA: the figures of {regions} are made up",
        "ILUSTRASI, BUKAN DATA: angka {regions} karangan",
    ),
    "stage.assumed": (
        "no stage in force was given: the first stage is taken to be in force since the first week of the data",
        "tahap yang berlaku tidak disebutkan: tahap pertama dianggap berlaku sejak minggu pertama data",
    ),
    "decides": (
        "A recommendation for consideration: a person decides.",
        "Rekomendasi ini bahan pertimbangan: pejabat yang berwenang yang memutuskan.",
    ),
    "adoption.now": (
        "Supposed: every recommendation is followed and takes effect at the end of its week. Nobody has decided this.",
        "Pengandaian: setiap rekomendasi diikuti dan berlaku pada akhir minggunya. Hal ini belum diputuskan siapa pun.",
    ),
    "adoption.later": (
        "Supposed: every recommendation is followed and takes effect {weeks} later. Nobody has decided this.",
        "Pengandaian: setiap rekomendasi diikuti dan berlaku {weeks} kemudian. Hal ini belum diputuskan siapa pun.",
    ),
    "adoption.up-to": ("No stage above {stage} is adopted.", "Tahap di atas {stage} tidak ditempuh."),
    "adoption.recorded": (
        "The stages in force are those on record.",
        "Tahap yang berlaku adalah tahap yang tercatat.",
    ),
    "adoption.never": (
        "Supposed: no recommendation is followed. Nobody has decided this.",
        "Pengandaian: tidak ada rekomendasi yang diikuti. Hal ini belum diputuskan siapa pun.",
    ),
    "label.region": ("Region", "Wilayah"),
    "label.week": ("Week", "Minggu"),
    "label.stage": ("In force", "Berlaku"),
    "label.recommendation": ("RECOMMENDATION", "REKOMENDASI"),
    "label.why": ("Why", "Alasan"),
    "label.to": ("To", "Ke"),
    "label.missing": ("Missing", "Belum tersedia"),
    "label.figures": ("Figures", "Angka"),
    "label.assumptions": ("Assumptions used here", "Asumsi yang dipakai di sini"),
    "label.findings": ("Data findings", "Temuan data"),
    "label.as-of": ("As known on", "Menurut data per"),
    "label.recommended": ("Recommended", "Rekomendasi"),
    "label.remarks": ("Remarks", "Keterangan"),
    "label.more": ("and {count} more; --format json lists all", "dan {count} lagi; --format json memuat semuanya"),
    "label.through": ("to {day}", "sampai {day}"),
    "label.baseline": ("Baseline", "Acuan"),
    "label.amended": ("Amended", "Diubah"),
    "label.amendments": ("What if", "Bagaimana jika"),
    "label.all-assumptions": ("Assumptions of this policy", "Asumsi kebijakan ini"),
    "label.note": ("note", "catatan"),
    "column.region": ("region", "wilayah"),
    "column.week": ("week", "minggu"),
    "column.stage": ("stage", "tahap"),
    "column.dwell": ("dwell", "lama"),
    "column.recommendation": ("recommendation", "rekomendasi"),
    "column.to": ("to", "ke"),
    "column.move": ("move", "langkah"),
    "column.missing": ("missing", "belum tersedia"),
    "column.stage_after": ("stage after", "tahap sesudahnya"),
    "column.scenario": ("scenario", "skenario"),
    "word.baseline": ("baseline", "acuan"),
    "word.amended": ("amended", "diubah"),
    "evidence.basis": ("counted by {basis}", "dasar penghitungan: {basis}"),
    "basis.facility": ("facility", "tempat pelayanan"),
    "basis.resident": ("resident", "domisili"),
    "basis.unspecified": ("unspecified", "tidak disebutkan"),
    "evidence.as-of": ("as of {day}", "per {day}"),
}


def sentence(key: str, language: Language, **filled: str) -> str:
    """Give the sentence of a key in a language.

    >>> sentence("countdown.never", Language.ENGLISH)
    'never: a lock or the file excludes it'
    """
    english, indonesian = SENTENCES[key]
    return (indonesian if language is Language.INDONESIAN else english).format(**filled)
