"""What papers say, in English and Indonesian."""

from __future__ import annotations

from escalation.documents.papers.legal_phrases import LEGAL
from escalation.policy.wording import Phrases

HEADINGS: dict[str, tuple[str, str]] = {
    "draft": ("DRAFT", "RANCANGAN"),
    "title": ("Decision memo", "Telaahan staf"),
    "question": ("Question", "Persoalan"),
    "assumptions": ("Assumptions", "Praanggapan"),
    "facts": ("Facts", "Fakta yang Mempengaruhi"),
    "analysis": ("Analysis", "Analisis"),
    "conclusion": ("Conclusion", "Simpulan"),
    "proposal": ("Proposal", "Saran"),
    "figures": ("Figures", "Angka"),
    "findings": ("Findings on the data", "Temuan data"),
    "trace": ("What this draft was made from", "Asal rancangan ini"),
    "metric": ("Metric", "Ukuran"),
    "value": ("Value", "Nilai"),
    "observed": ("Observed", "Pengamatan"),
    "guard": ("Guard", "Syarat"),
    "verdict": ("Verdict", "Hasil"),
    "source": ("Source", "Sumber"),
    "move": ("Move", "Langkah"),
    "alternatives": ("Alternatives", "Pilihan lain"),
    "timing": ("Would the target be met first?", "Apakah sasaran tercapai lebih dahulu?"),
    "tried": ("Stages tried, and how long", "Tahap yang telah dicoba dan lamanya"),
    "risks": ("Legal risks", "Risiko hukum"),
    "fact": ("Fact", "Hal"),
    "certainty": ("Certainty", "Kepastian"),
    "none": ("none", "tidak ada"),
    "region": ("Region", "Wilayah"),
    "week": ("Week", "Minggu"),
    "stage": ("In force", "Berlaku"),
    "remarks": ("Remarks", "Keterangan"),
    "above": ("its parts stand above", "rinciannya di atas"),
    "left-out": ("What the policy file leaves out or assumes", "Yang disederhanakan atau diasumsikan berkas kebijakan"),
    "number": ("Number", "Nomor"),
    "date": ("Date", "Tanggal"),
    "signature": ("Signature", "Tanda tangan"),
    "machine": (
        "Drafted by a machine for consideration; not a legal instrument and not a decision.",
        "Rancangan dihasilkan mesin untuk bahan pertimbangan; bukan produk hukum dan bukan keputusan.",
    ),
    "illustration": (
        "ILLUSTRATION, NOT DATA: the figures are made up.",
        "ILUSTRASI, BUKAN DATA: angkanya karangan.",
    ),
    "ask": (
        "Which regulatory step, if any, follows for {region} from the data of {week} (to {day})?",
        "Langkah pengaturan apa, bila ada, yang menyusul untuk {region} menurut data {week} (sampai {day})?",
    ),
    "submit": (
        "To put this recommendation to the authority that decides, with the findings and assumptions above.",
        "Mengajukan rekomendasi ini kepada pejabat yang berwenang memutuskan, beserta temuan dan praanggapan di atas.",
    ),
    "wait": (
        "To obtain what is missing before anything is put to the authority that decides.",
        "Melengkapi data yang belum ada sebelum diajukan kepada pejabat yang berwenang memutuskan.",
    ),
    "nothing": (
        "To submit nothing: the figures are an illustration.",
        "Tidak ada yang diajukan: angkanya ilustrasi.",
    ),
    "keep": (
        "To leave the stage as it is and to evaluate again next week.",
        "Membiarkan tahap yang berlaku dan mengevaluasi kembali minggu depan.",
    ),
}


MADE_WITH: dict[str, tuple[str, str]] = {
    "policy": ("policy", "kebijakan"),
    "observations": ("observations", "data"),
    "evaluated": ("week", "minggu"),
    "as_of": ("as of", "menurut data per"),
    "standings": ("standings", "catatan tahap"),
    "map": ("mapping", "pemetaan"),
    "regions": ("regions", "berkas wilayah"),
    "set-aside": ("standings set aside", "catatan tahap yang dikesampingkan"),
    "stage": ("stage given", "tahap yang dinyatakan"),
    "since": ("in force since", "berlaku sejak"),
    "start": ("start of the way to the act", "awal jalan menuju produk hukum"),
    "table": ("table", "tabel"),
    "query": ("query", "kueri"),
    "numbers": ("numbers written as", "penulisan angka"),
    "week": ("week asked for", "minggu yang diminta"),
    "region": ("region asked for", "wilayah yang diminta"),
}
"""What a paper may have been made from, as its last part names it."""


SENTENCES: Phrases = {
    **LEGAL,
    "source.same": ("as for “{name}” above", "sama seperti “{name}” di atas"),
    "stay": ("Stay at {stage}: always open.", "Bertahan pada {stage}: selalu terbuka."),
    "move": ("{move}, to {to}: {countdown}", "{move}, ke {to}: {countdown}"),
    "other": (
        "Another decision, with its reasons on record.",
        "Keputusan lain, dengan alasan yang dicatat.",
    ),
    "prepared": (
        "This paper is prepared for {to}; the recommendation is another: {recommendation}.",
        "Naskah ini disiapkan untuk {to}; rekomendasinya lain: {recommendation}.",
    ),
    "prepared.in-force": (
        "This paper is prepared for {to}, the stage already in force; the recommendation: {recommendation}.",
        "Naskah ini disiapkan untuk {to}, tahap yang sudah berlaku; rekomendasinya: {recommendation}.",
    ),
    "given": (
        "The stage in force ({stage}, since {week}) is the one that was given when this paper was asked for.",
        "Tahap yang berlaku ({stage}, sejak {week}) adalah yang dinyatakan ketika naskah ini diminta.",
    ),
    "given.aside": (
        "The record of stages ({file}) was set aside for it: what stood there does not count here.",
        "Catatan tahap ({file}) dikesampingkan karenanya: isinya tidak diperhitungkan di sini.",
    ),
    "illustration": (
        "The figures are an illustration and made up: what follows from them is an example, and nothing to submit.",
        "Angkanya ilustrasi dan karangan: yang disimpulkan darinya adalah contoh, bukan untuk diajukan.",
    ),
    "illustration.cell": ("illustration, not data", "ilustrasi, bukan data"),
    "tried.given": (
        "Only the stage that was given is known here; no record of stages was used",
        "Hanya tahap yang dinyatakan itu yang diketahui di sini; catatan tahap tidak dipakai",
    ),
    "tried.over": ("{stage}: {weeks}, from {week}", "{stage}: {weeks}, sejak {week}"),
    "tried.now": (
        "{stage}: {weeks} so far, from {week}; in force",
        "{stage}: {weeks} sampai kini, sejak {week}; masih berlaku",
    ),
    "tried.never": (
        "{stage}: milder than {to}, and not on record as tried",
        "{stage}: lebih ringan daripada {to}, dan tidak tercatat pernah dicoba",
    ),
    "tried.unknown": (
        "no stage is on record: what was tried before is not known",
        "tidak ada tahap yang tercatat: apa yang telah dicoba tidak diketahui",
    ),
    "planning": (
        "Lead time to plan for: {least} to {most} {clock}, usually {usual} ({certainty}).",
        "Waktu yang direncanakan: {least} sampai {most} {clock}, biasanya {usual} ({certainty}).",
    ),
    "in-force": (
        (
            "Counted from {day}, the act could be in force on {least} at the earliest, usually on {usual}, "
            "at the latest on {most}."
        ),
        "Dihitung dari {day}, produk hukum dapat berlaku paling cepat {least}, biasanya {usual}, paling lambat {most}.",
    ),
    "observed": (
        "Known case: {days} {clock}, {case} ({certainty}).",
        "Kasus yang diketahui: {days} {clock}, {case} ({certainty}).",
    ),
    "trend": (
        (
            "{metric} is {value}; with {weekly} a week, as in the last {over}, it would be {then} on {day}. "
            "Required: {operator} {threshold}; that would {outcome}."
        ),
        (
            "{metric} {value}; dengan {weekly} per minggu, seperti dalam {over} terakhir, menjadi {then} pada {day}. "
            "Disyaratkan: {operator} {threshold}; hal itu {outcome}."
        ),
    ),
    "outcome.held": ("still hold", "masih terpenuhi"),
    "outcome.over": (
        "no longer hold before the act is in force: consider staying",
        "tidak lagi terpenuhi sebelum produk hukum berlaku: pertimbangkan untuk bertahan",
    ),
    "trend.none": (
        "No metric that counts for this move has figures in this week and {over} before: no trend can be drawn.",
        (
            "Tidak ada ukuran untuk langkah ini yang berangka pada minggu ini dan {over} sebelumnya: "
            "kecenderungan tidak dapat ditarik."
        ),
    ),
    "start.in-week": (
        (
            "The assumed start, {day}, lies before the end of the week evaluated ({week}, to {last}): its figures "
            "were not there yet, and every day that is counted from the start is too early."
        ),
        (
            "Awal yang diandaikan, {day}, mendahului akhir minggu yang dievaluasi ({week}, sampai {last}): angkanya "
            "belum ada, dan setiap tanggal yang dihitung dari awal itu terlalu dini."
        ),
    ),
    "start.unknown": (
        "The assumed start, {day}, lies before {known}, the day whose knowledge this evaluation uses.",
        "Awal yang diandaikan, {day}, mendahului {known}, tanggal yang datanya dipakai evaluasi ini.",
    ),
    "timing.line": (
        "A straight line through two weeks, and no forecast.",
        "Garis lurus melalui dua minggu, bukan prakiraan.",
    ),
    "timing.no-lead": (
        "The lead time of this form is not known: whether the target would be met first cannot be said.",
        "Waktu tempuh bentuk ini tidak diketahui: tidak dapat dikatakan apakah sasaran tercapai lebih dahulu.",
    ),
    "none": ("No act is put forward.", "Tidak ada produk hukum yang diajukan."),
    "working": ("working days", "hari kerja"),
    "days": ("days", "hari"),
    "calendar": ("calendar days", "hari kalender"),
    "confirmed": ("confirmed", "dipastikan"),
    "reported": ("reported", "menurut laporan"),
    "unconfirmed": ("unconfirmed, not to be relied on", "belum dipastikan, jangan diandalkan"),
    "officials": ("officials", "aparatur"),
    "public": ("the public", "masyarakat"),
    "business": ("businesses", "pelaku usaha"),
    "assumed": ("an assumption of the pack, not law", "asumsi paket bentuk hukum, bukan ketentuan hukum"),
    "yes": ("yes", "ya"),
    "no": ("no", "tidak"),
    "supposed": (
        "Part D reckons with the lead times of the pack of legal forms, the law of {day}, and a straight trend.",
        "Bagian D memakai waktu tempuh menurut paket bentuk hukum, hukum per {day}, dan kecenderungan lurus.",
    ),
    "unsourced": (
        "Without a source, so assumptions of the policy file and not law: {names}.",
        "Tidak bersumber, jadi asumsi berkas kebijakan dan bukan ketentuan hukum: {names}.",
    ),
    "unsourced.parameters": ("the number “{name}”", "angka “{name}”"),
    "unsourced.triggers": ("the numbers of the trigger “{name}”", "angka dalam pemicu “{name}”"),
    "unsourced.moves": (
        "the shortest stay before the move “{name}”",
        "lama paling singkat sebelum langkah “{name}”",
    ),
    "unsourced.other": ("{name}", "{name}"),
}
