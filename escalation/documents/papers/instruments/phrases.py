"""The sentences that the engine adds to the texts of a policy, in English and Indonesian."""

from __future__ import annotations

from escalation.policy.wording import Phrases

FORMULAS: Phrases = {
    "that": ("that {text};", "bahwa {text};"),
    "that.follow": (
        "{citations} must be followed up by this {kind}",
        "untuk menindaklanjuti {citations} diperlukan {kind}",
    ),
    "that.last": (
        "on the grounds stated in {letters}, it is necessary to make the {kind} on {subject}",
        "berdasarkan pertimbangan sebagaimana dimaksud dalam {letters}, perlu menetapkan {kind} tentang {subject}",
    ),
    "that.alone": (
        "it is necessary to make the {kind} on {subject}",
        "untuk melaksanakan ketentuan peraturan perundang-undangan, perlu menetapkan {kind} tentang {subject}",
    ),
    "letter": ("point {letter}", "huruf {letter}"),
    "letters": ("points {first} to {last}", "{all}"),
    "figures": (
        "according to the data up to {day}, in {region}, {figures}",
        "berdasarkan data sampai dengan {day}, di {region} {figures}",
    ),
    "figures.made-up": (
        "according to figures that are an ILLUSTRATION AND NO DATA, up to {day}, in {region}, {figures}",
        "berdasarkan angka ILUSTRASI, BUKAN DATA, sampai dengan {day}, di {region} {figures}",
    ),
    "figure": ("{metric} was {value}", "{metric} sebesar {value}"),
    "figure.compared": (
        "{metric} was {value} ({required})",
        "{metric} sebesar {value} ({required})",
    ),
    "figure.held": (
        "this had been so for {weeks} in a row",
        "keadaan tersebut berlangsung {weeks} berturut-turut",
    ),
    "weeks.words": ("{count} weeks", "{count} ({words}) minggu"),
    "chapter.general": ("GENERAL PROVISIONS", "KETENTUAN UMUM"),
    "chapter.measures": ("MEASURES", "PELAKSANAAN"),
    "chapter.exemptions": ("EXEMPTIONS AND OTHER WAYS TO BE SERVED", "PENGECUALIAN DAN PELAYANAN ALTERNATIF"),
    "chapter.review": ("REVIEW", "PEMANTAUAN DAN EVALUASI"),
    "chapter.investigation": ("INVESTIGATION", "KETENTUAN PENYIDIKAN"),
    "chapter.penalty": ("PENALTIES", "KETENTUAN PIDANA"),
    "chapter.closing": ("FINAL PROVISIONS", "KETENTUAN PENUTUP"),
    "definitions": ("In this {kind}:", "Dalam {kind} ini yang dimaksud dengan:"),
    "definition": ("{term} means {meaning}.", "{term} adalah {meaning}."),
    "purpose": ("The purpose of this {kind} is {purpose}.", "{kind} ini bertujuan {purpose}."),
    "article": ("Article {number}", "Pasal {number}"),
    "administrative": (
        "Whoever breaches {articles} is liable to the following administrative sanctions:",
        (
            "Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam {articles} dikenai sanksi administratif "
            "berupa:"
        ),
    ),
    "administrative.steps": (
        "The sanctions in paragraph (1) are applied step by step, the mildest first.",
        (
            "Sanksi administratif sebagaimana dimaksud pada ayat (1) dikenakan secara bertahap, dimulai dari sanksi "
            "yang paling ringan."
        ),
    ),
    "investigation": (
        "Breaches are investigated by the officers whom the law appoints.",
        (
            "Penyidikan terhadap pelanggaran ketentuan {kind} ini dilakukan oleh penyidik pegawai negeri sipil di "
            "lingkungan pemerintah daerah sesuai dengan ketentuan peraturan perundang-undangan."
        ),
    ),
    "penalty": (
        "Any person who breaches {articles} is punishable by a fine of at most {amount}.",
        (
            "Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam {articles} dipidana dengan pidana denda "
            "paling banyak {amount}."
        ),
    ),
    "penalty.category": ("category {category}", "kategori {category}"),
    "penalty.minor": (
        "The offence in paragraph (1) is a minor offence.",
        "Tindak pidana sebagaimana dimaksud pada ayat (1) adalah pelanggaran.",
    ),
    "force": (
        "This {kind} comes into force on the day of its publication.",
        "{kind} ini mulai berlaku pada tanggal diundangkan.",
    ),
    "repeal.named": ("{act} No. … of … on {subject}", "{act} Nomor … Tahun … tentang {subject}"),
    "repeal.subject": ("the Repeal of {named}", "Pencabutan {named}"),
    "repeal.gazette": (" ({venue} of …, No. …)", " ({venue} Tahun … Nomor …)"),
    "repeal.gazette.bylaw": (" ({venue} of …, No. …)", " ({venue} Tahun … Nomor …, Tambahan {venue} Nomor …)"),
    "repeal.changed": (
        "what {named} was made for has changed, so that it is to be repealed",
        "keadaan yang mendasari penetapan {named} telah berubah sehingga peraturan tersebut perlu dicabut",
    ),
    "repeal.rank": (
        "a {kind} is repealed by an act of the same rank or a higher one",
        (
            "sesuai dengan ketentuan peraturan perundang-undangan, {kind} dicabut dengan peraturan yang tingkatannya "
            "sama atau lebih tinggi"
        ),
    ),
    "repeal.text": (
        "When this {kind} comes into force, {named}{gazette} is repealed.",
        "Pada saat {kind} ini mulai berlaku, {named}{gazette} dicabut dan dinyatakan tidak berlaku.",
    ),
    "clear": ("", "Cukup jelas."),
    "opening.follow": ("Following up {citations}", "Menindaklanjuti {citations}"),
    "opening.purpose": ("for the purpose of {purpose}", "dalam rangka {purpose}"),
    "opening.figures": ("in view of the following: {figures}", "memperhatikan bahwa {figures}"),
    "opening.instruct": ("{parts}, it is hereby instructed:", "{parts}, dengan ini menginstruksikan:"),
    "last-order": (
        "This {kind} is carried out with full responsibility and takes effect on the day of its issue.",
        "Melaksanakan Instruksi ini dengan penuh tanggung jawab. Instruksi ini mulai berlaku pada tanggal dikeluarkan.",
    ),
    "section.background": ("Background", "Latar Belakang"),
    "section.purpose": ("Purpose", "Maksud dan Tujuan"),
    "section.basis": ("Basis", "Dasar"),
    "section.measures": ("What is asked", "Isi Edaran"),
    "section.exemptions": ("Exemptions and other ways to be served", "Pengecualian dan Pelayanan Alternatif"),
    "section.closing": ("Closing", "Penutup"),
    "closing": (
        "This {kind} takes effect on the day of its issue.",
        "Surat Edaran ini mulai berlaku pada tanggal dikeluarkan.",
    ),
    "remark.changes": (
        "The law on this form changes on {days}, before the act may be in force: look at what holds then.",
        "Hukum tentang bentuk ini berubah pada {days}, sebelum produk hukum dapat berlaku: periksa ketentuan saat itu.",
    ),
    "remark.category": (
        "The fine of the policy file is {fine}; the lowest category of fines that holds it, {category}, is {most}.",
        "Denda dalam berkas kebijakan {fine}; kategori denda terendah yang memuatnya, {category}, sampai {most}.",
    ),
    "remark.investigation": (
        "The chapter on investigation follows usage: no text of law was read for its wording.",
        "Bab penyidikan dan nomor register mengikuti kelaziman: rumusannya belum dipastikan dari teks hukum.",
    ),
    "remark.norm": (
        "{name} is not in force on {day}, or it is not known how it is cited then: it is left out.",
        "{name} tidak berlaku pada {day}, atau penyebutannya pada tanggal itu tidak diketahui: tidak dicantumkan.",
    ),
    "remark.lower": (
        "{name} is no norm of the same rank or a higher one: it is left out of the norms.",
        "{name} bukan peraturan yang tingkatannya sama atau lebih tinggi: tidak dicantumkan dalam Mengingat.",
    ),
    "remark.norm-certainty": (
        "The citation of {name} is {certainty}.",
        "Penyebutan {name}: {certainty}.",
    ),
    "remark.blank": (
        "Places marked … in citations are to be looked up before anything is submitted.",
        "Bagian bertanda … dalam penyebutan peraturan harus dilengkapi sebelum rancangan diajukan.",
    ),
    "remark.wording": (
        "The texts come from the policy file ({sources}) and are no law in force.",
        "Naskah berasal dari berkas kebijakan ({sources}) dan bukan ketentuan yang berlaku.",
    ),
    "remark.source": ("“{text}”: {sources}.", "“{text}”: {sources}."),
    "remark.before": ("Before it is made: {act} ({body}).", "Sebelum ditetapkan: {act} ({body})."),
    "remark.sanction": (
        "The policy names a sanction that the {kind} cannot carry by the law of {day}: it is left out.",
        "Kebijakan menyebut sanksi yang tidak dapat dimuat {kind} menurut hukum per {day}: tidak dicantumkan.",
    ),
    "remark.parent": (
        "The {kind} needs a higher norm, and none is named.",
        "{kind} memerlukan norma yang lebih tinggi, dan tidak disebutkan.",
    ),
    "remark.relax": (
        "This act is milder than the one in force, which only an act of its own kind or a higher one repeals.",
        "Produk hukum yang kini berlaku lebih ketat; hanya produk hukum yang sederajat atau lebih tinggi mencabutnya.",
    ),
    "remark.unmet": (
        "This stage is not what is recommended in this week: {recommendation}.",
        "Tahap ini bukan yang direkomendasikan pada minggu ini: {recommendation}.",
    ),
}
