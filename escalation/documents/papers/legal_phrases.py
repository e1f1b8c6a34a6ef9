"""What papers say of the law on a form and of its risks, in English and Indonesian."""

from __future__ import annotations

from escalation.policy.wording import Phrases

LEGAL: Phrases = {
    "fact.nature": ("nature", "sifat"),
    "nature.policy_rule": ("rule of policy, no legislation", "peraturan kebijakan, bukan peraturan perundang-undangan"),
    "nature.internal_command": ("command to officials", "perintah kepada aparatur"),
    "nature.decision": ("decision", "keputusan"),
    "nature.legislation": ("legislation", "peraturan perundang-undangan"),
    "fact.enacted-with": ("made together with", "dibentuk bersama"),
    "fact.norm": ("legal basis", "dasar hukum"),
    "norm.unknown": (
        "not in force, or not known how it is cited then",
        "tidak berlaku, atau penyebutannya tidak diketahui",
    ),
    "norm.of-policy": ("as the policy file has it", "menurut berkas kebijakan"),
    "fact.planning": ("lead time to plan for", "waktu tempuh untuk perencanaan"),
    "fact.case": ("known case", "kasus yang diketahui"),
    "fact.limit": ("limit of the law", "batas menurut hukum"),
    "plan": ("{least} to {most} {clock}, usually {usual}", "{least} sampai {most} {clock}, biasanya {usual}"),
    "case": ("{days} {clock}: {case}", "{days} {clock}: {case}"),
    "fact.binds": ("binds", "mengikat"),
    "fact.signatory": ("signed by", "ditandatangani oleh"),
    "fact.sanctions": ("hardest sanction", "sanksi terberat"),
    "fact.parent": ("needs a higher norm", "memerlukan norma yang lebih tinggi"),
    "fact.number": ("numbering", "penomoran"),
    "fact.procedure": ("steps", "langkah"),
    "not-known": ("not known for this date", "tidak diketahui untuk tanggal ini"),
    "no-certainty": ("–", "–"),
    "fact.step": ("step {number}", "langkah {number}"),
    "fact.step-limit": ("limit of step {number}", "batas waktu langkah {number}"),
    "fact.approval": ("before it is made", "sebelum ditetapkan"),
    "fact.afterwards": ("afterwards", "sesudahnya"),
    "fact.publication": ("published in", "diumumkan dalam"),
    "optional": ("if so chosen", "bila dikehendaki"),
    "within": ("within {days} {clock}", "dalam {days} {clock}"),
    "within.from": ("within {days} {clock} of {start}", "dalam {days} {clock} sejak {start}"),
    "signatory": ("{office}, as {capacity}", "{office}, selaku {capacity}"),
    "reach.none": ("none", "tidak ada"),
    "reach.staff_discipline": ("discipline of staff", "disiplin pegawai"),
    "reach.administrative": ("administrative", "administratif"),
    "reach.fine": ("fine", "pidana denda"),
    "reach.imprisonment": ("detention or fine", "pidana kurungan atau denda"),
    "sanction.fine": ("at most {amount}", "paling banyak {amount}"),
    "sanction.category": ("category {category} at most", "paling banyak kategori {category}"),
    "sanction.months": ("at most {months} months", "paling lama {months} bulan"),
    "law-on": ("Legal form: {form}, by the law of {day}", "Bentuk hukum: {form}, menurut hukum per {day}"),
    "law-on.repeal": (
        "Legal form of the act that repeals the one in force: {form}, by the law of {day}",
        "Bentuk hukum produk hukum yang mencabut: {form}, menurut hukum per {day}",
    ),
    "risk.repeal": (
        (
            "Two acts are needed: that of the milder stage, and a {form} that repeals the one in force, which only an "
            "act of its kind or a higher one does."
        ),
        (
            "Diperlukan dua produk hukum: yang membentuk tahap yang lebih ringan, dan {form} yang mencabut yang "
            "berlaku; hanya produk hukum yang sederajat atau lebih tinggi dapat mencabutnya."
        ),
    ),
    "risk.repeal.asks": (
        "Before the {form} that repeals is made: {acts}.",
        "Sebelum {form} yang mencabut ditetapkan: {acts}.",
    ),
    "revoked.not": (
        (
            "The step to {to} does not by itself revoke what is in force ({form}): its end is to be stated by the one "
            "who issued it, in an act that is not drafted here."
        ),
        (
            "Langkah ke {to} tidak dengan sendirinya mencabut yang berlaku ({form}): pencabutannya perlu dinyatakan "
            "oleh yang mengeluarkannya, dalam naskah yang tidak dirancang di sini."
        ),
    ),
    "timing.repeal": ("The act that repeals, {form}:", "Produk hukum yang mencabut, {form}:"),
    "timing.milder": ("The act of the milder stage, {form}:", "Produk hukum tahap yang lebih ringan, {form}:"),
    "risk.soft": (
        "{form} binds officials at most: no duty of the public and no sanction may rest on it.",
        "{form} paling jauh mengikat aparatur: tidak boleh menjadi dasar kewajiban atau sanksi bagi masyarakat.",
    ),
    "risk.parent": (
        "{form} rests on {norms}: whether that gives the power is for lawyers to say.",
        "{form} bertumpu pada {norms}: apakah itu memberi kewenangan perlu ditelaah ahli hukum.",
    ),
    "risk.no-parent": (
        "{form} needs a higher norm, and the policy names none.",
        "{form} memerlukan norma yang lebih tinggi, dan kebijakan tidak menyebutkannya.",
    ),
    "risk.supply": (
        (
            "The move asks for no judgement that people can comply, such as supply and exemptions: a sanction on "
            "people who have had no chance may be maladministration."
        ),
        (
            "Langkah ini tidak meminta penilaian bahwa masyarakat dapat memenuhinya, seperti pasokan dan pengecualian: "
            "sanksi bagi yang belum berkesempatan dapat menjadi maladministrasi."
        ),
    ),
    "risk.milder": (
        "A milder stage is not on record as tried: {stages}.",
        "Tahap yang lebih ringan tidak tercatat pernah dicoba: {stages}.",
    ),
    "risk.in-force": (
        "{to} is the stage in force: an act of it repeats or replaces the one that is there.",
        "{to} adalah tahap yang sudah berlaku: produk hukumnya mengulang atau mengganti yang sudah ada.",
    ),
    "risk.unlawful": (
        "No move of the policy leads from {stage} to {to}.",
        "Tidak ada langkah dalam kebijakan dari {stage} ke {to}.",
    ),
    "risk.changes": (
        "The law on {form} changes before the act may be in force ({days}): look at what holds then.",
        "Hukum tentang {form} berubah sebelum produk hukum dapat berlaku ({days}): periksa ketentuan saat itu.",
    ),
    "risk.unconfirmed": (
        ("{count} facts on {form} are unconfirmed: have each of the following looked up before anything rests on it."),
        ("{count} hal tentang {form} belum dipastikan: telusuri masing-masing yang berikut sebelum dijadikan dasar."),
    ),
    "risk.unconfirmed.fact": (
        "Unconfirmed: {fact}, {value}. Source: {source}.",
        "Belum dipastikan: {fact}, {value}. Sumber: {source}.",
    ),
    "risk.supply.no-move": (
        (
            "Without a move of the policy no judgement is asked for that people can comply, such as supply and "
            "exemptions: a sanction on people who have had no chance may be maladministration."
        ),
        (
            "Tanpa langkah dalam kebijakan, tidak ada penilaian bahwa masyarakat dapat memenuhinya, seperti pasokan "
            "dan pengecualian: sanksi bagi yang belum berkesempatan dapat menjadi maladministrasi."
        ),
    ),
    "risk.no-form": (
        "The policy names no legal form for {to}: what it is in law is open.",
        "Kebijakan tidak menyebut bentuk hukum untuk {to}: kedudukan hukumnya terbuka.",
    ),
}
