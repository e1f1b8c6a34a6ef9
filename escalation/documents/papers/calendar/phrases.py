"""What the checklist and the calendar say, in English and Indonesian."""

from __future__ import annotations

from escalation.policy.wording import Phrases

HEADINGS: dict[str, tuple[str, str]] = {
    "title": ("Checklist and calendar of the way to adoption", "Daftar periksa dan kalender penetapan"),
    "steps": ("Steps, and what the law limits", "Langkah dan batas waktu menurut hukum"),
    "number": ("No.", "No."),
    "step": ("Step, and who takes it", "Langkah dan pelaksananya"),
    "limit": ("Limit, and from what it is counted", "Batas waktu, dihitung sejak"),
    "latest": ("Latest day", "Hari terakhir"),
    "backing": ("Certainty and source", "Kepastian dan sumber"),
    "done": ("Done", "Cek"),
    "force": ("When it could be in force", "Perkiraan mulai berlaku"),
    "least": ("At the earliest", "Paling cepat"),
    "usual": ("Usually", "Biasanya"),
    "most": ("At the latest", "Paling lambat"),
    "working": ("Working days", "Hari kerja"),
    "off": ("Public holidays that were left out, to {day}:", "Hari libur yang tidak dihitung, sampai {day}:"),
}

SENTENCES: Phrases = {
    "about": (
        "Act put forward for {region} after {week}: {form}, for the stage {stage}.",
        "Produk hukum yang diajukan untuk {region} setelah {week}: {form}, untuk tahap {stage}.",
    ),
    "start": (
        "Assumed start: {day}, and the law of that day. Nothing is decided, and no day below is agreed with anybody.",
        (
            "Awal yang diandaikan: {day}. Hukum menurut hari itu. Belum ada yang diputuskan, dan tanggal di bawah "
            "belum disepakati dengan siapa pun."
        ),
    ),
    "relaxes": (
        "The act relaxes, and takes the form of the stage left: an act is undone by one of its kind.",
        (
            "Produk hukum ini melonggarkan, dan berbentuk sama dengan tahap yang ditinggalkan: suatu produk hukum "
            "dicabut dengan yang sejenis."
        ),
    ),
    "form.repeal": ("{form} (repeal)", "{form} (pencabutan)"),
    "relaxes.other": (
        "This calendar is of that act alone: the way to the act of the milder stage, {form}, is left out.",
        (
            "Kalender ini hanya tentang produk hukum itu: jalan menuju produk hukum tahap yang lebih ringan, {form}, "
            "tidak dimuat."
        ),
    ),
    "before": ("before it is made", "sebelum ditetapkan"),
    "afterwards": ("afterwards", "sesudahnya"),
    "optional": ("if so chosen", "bila dikehendaki"),
    "no-limit": ("no limit in the pack", "tidak ada batas waktu dalam paket"),
    "limit": ("{days} {clock} from {start}", "{days} {clock} sejak {start}"),
    "limit.supposed": (", if that is on {day}", ", bila itu pada {day}"),
    "limit.fixed": (", at the latest on {day}", ", paling lambat {day}"),
    "backed": ("The limit is {certainty}: {source}", "Batas waktunya {certainty}: {source}"),
    "backed.alike": ("The limit is {certainty}", "Batas waktunya {certainty}"),
    "limit.bare": (
        "{days} days; from when, and whether working or calendar days, is not known: no day is reckoned",
        "{days} hari; sejak kapan, dan hari kerja atau hari kalender, tidak diketahui: tanggal tidak dihitung",
    ),
    "limit.no-clock": (
        "{days} days from {start}; whether working or calendar days is not known: no day is reckoned",
        "{days} hari sejak {start}; hari kerja atau hari kalender tidak diketahui: tanggal tidak dihitung",
    ),
    "limit.lost": (
        "{days} {clock} from {start}; when that is, is not known: no day is reckoned",
        "{days} {clock} sejak {start}; waktunya tidak diketahui: tanggal tidak dihitung",
    ),
    "the-start": ("the start", "awal"),
    "supposed": (
        (
            "A step without a limit, or with one that has no day, is taken to need no time, so that a limit that is "
            "counted from it has a day at all: every day that it needs makes all later days later. Begin the calendar "
            "anew with the day on which such a step was really taken."
        ),
        (
            "Langkah tanpa batas waktu, atau yang batas waktunya tidak bertanggal, diandaikan tidak memerlukan waktu, "
            "agar batas waktu yang dihitung sejak langkah itu dapat bertanggal: setiap hari yang diperlukannya "
            "menggeser semua tanggal sesudahnya. Susun kembali kalender ini dengan tanggal langkah itu benar-benar "
            "dilakukan."
        ),
    ),
    "no-steps": (
        "The pack has no procedure for this form: the steps are those that it implies.",
        "Paket tidak memuat prosedur untuk bentuk ini: langkah di atas adalah yang tersirat di dalamnya.",
    ),
    "unknown-steps": (
        "The steps to this form are not known for the day of the start: those above are implied by other facts.",
        "Prosedur bentuk ini tidak diketahui untuk tanggal awal itu: langkah di atas tersirat dari hal lain.",
    ),
    "planning": (
        "Lead time to plan for, from {day}: {least} to {most} {clock}, usually {usual} ({certainty}; {source}).",
        (
            "Waktu yang direncanakan, sejak {day}: {least} sampai {most} {clock}, biasanya {usual} ({certainty}; "
            "{source})."
        ),
    ),
    "apart": (
        "A range to plan with and no limit of the law; it is counted apart from the limits above.",
        "Rentang perencanaan, bukan batas waktu menurut hukum; dihitung terpisah dari batas waktu di atas.",
    ),
    "no-planning": (
        "The pack has no lead time for this form: when it could be in force is not known.",
        "Paket tidak memuat waktu tempuh bentuk ini: waktu mulai berlakunya tidak diketahui.",
    ),
    "no-working": (
        "No day above is counted in working days.",
        "Tidak ada tanggal di atas yang dihitung dalam hari kerja.",
    ),
    "off.none": ("No public holiday lies among them.", "Tidak ada hari libur di antaranya."),
    "event.name": ("Draft calendar: {form}, {region}", "Rancangan kalender: {form}, {region}"),
    "event.start": ("Assumed start: {form}, {region}", "Awal yang diandaikan: {form}, {region}"),
    "event.limit": ("Latest day: {act} ({form}, {region})", "Hari terakhir: {act} ({form}, {region})"),
    "event.least": ("In force at the earliest: {form}, {region}", "Berlaku paling cepat: {form}, {region}"),
    "event.usual": ("Usually in force: {form}, {region}", "Biasanya berlaku: {form}, {region}"),
    "event.most": ("In force at the latest: {form}, {region}", "Berlaku paling lambat: {form}, {region}"),
    "chart": ("The way to adoption: {form}", "Jalan menuju penetapan: {form}"),
    "chart.plan": ("In force", "Berlaku"),
}
