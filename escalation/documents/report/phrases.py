"""What reports say of themselves, in English and Indonesian."""

from __future__ import annotations

from escalation.policy import wording
from escalation.policy.values import Language

PHRASES: dict[str, tuple[str, str]] = {
    "contents": ("Contents", "Isi"),
    "labels": ("What this supposes", "Pengandaian"),
    "provenance": ("What this was made from", "Asal laporan ini"),
    "machine": (
        "Computed by a machine for consideration; not a decision. A person decides.",
        "Dihitung mesin untuk bahan pertimbangan; bukan keputusan. Keputusan ada pada manusia.",
    ),
    "page": ("page", "halaman"),
    "policy": ("policy", "kebijakan"),
    "version": ("version", "versi"),
    "digest": ("digest of the policy (SHA-256)", "sidik kebijakan (SHA-256)"),
    "data": ("data", "data"),
    "data-digest": ("digest of the data (SHA-256)", "sidik data (SHA-256)"),
    "week": ("last week of the data", "minggu terakhir data"),
    "up-to": ("up to", "sampai"),
    "as-of": ("data as of", "data per"),
    "all": ("all that the data hold", "semua yang ada dalam data"),
    "horizon": ("horizon", "jangkauan"),
    "of-data": ("the weeks of the data", "minggu-minggu dalam data"),
    "draws": ("draws", "undian"),
    "seed": ("seed", "benih"),
    "method": ("method and past coverage", "metode dan ketepatan sebelumnya"),
    "methods_printed": (
        "Method and past coverage: at the end, under “What this was made from”.",
        "Metode dan ketepatan sebelumnya: di bagian akhir, di bawah “Asal laporan ini”.",
    ),
    "retraced": ("checked", "pemeriksaan"),
    "engine": ("engine", "mesin"),
    "scenario": ("Scenario", "Skenario"),
    "region": ("Region", "Wilayah"),
    "stage": ("Stage", "Tahap"),
    "within": ("Recommended within the horizon, % of the draws", "Direkomendasikan dalam jangkauan, % undian"),
    "p10": ("By then in 10 %", "Sampai saat itu 10 %"),
    "p50": ("in 50 %", "50 %"),
    "p90": ("in 90 % of the draws", "90 % undian"),
    "never": ("not within the horizon", "tidak dalam jangkauan"),
    "last-week": ("{stage} in the last week, % of the draws", "{stage} pada minggu terakhir, % undian"),
    "unknown-last-week": ("Cannot say in the last week, % of the draws", "Tidak pasti pada minggu terakhir, % undian"),
    "beside": ("Beside the baseline", "Dibandingkan dengan acuan"),
    "ahead": ("The next {weeks}", "{weeks} ke depan"),
    "first-weeks": (
        "First week in which each stage is recommended: {region}",
        "Minggu pertama tiap tahap direkomendasikan: {region}",
    ),
    "seldom": (
        "In fewer than 10 % of the draws within the horizon: {names}",
        "Pada kurang dari 10 % undian dalam jangkauan: {names}",
    ),
    "shares": ("Stage in force: {region}", "Tahap yang berlaku: {region}"),
    "likeliest": (
        "Likeliest stage by week: {scenario}",
        "Tahap yang paling mungkin per minggu: {scenario}",
    ),
    "sorted": (
        (
            "Regions are sorted by the share of the draws in the strictest stages in the last week, the largest first. "
            "A week is hatched where in more than half of the draws the policy cannot say what follows."
        ),
        (
            "Wilayah diurutkan menurut bagian undian pada tahap paling ketat di minggu terakhir, terbesar lebih dulu. "
            "Minggu diarsir bila pada lebih dari separuh undian kebijakan belum dapat menentukan langkah berikutnya."
        ),
    ),
    "labels-of": ("{scenario}: {label}", "{scenario}: {label}"),
    "half": ("first recommended in half of the draws by", "direkomendasikan pada separuh undian sampai"),
    "all-regions": ("All regions: {scenario}", "Semua wilayah: {scenario}"),
    "risk": (
        "a stage is first recommended (10 % of the draws or more)",
        "suatu tahap pertama direkomendasikan (10 % undian atau lebih)",
    ),
    "episodes": ("Region by region", "Wilayah demi wilayah"),
    "flip-distance": (
        "{region}: how far each number is from where it tips",
        "{region}: jarak setiap angka dari titik ubahnya",
    ),
    "flip-unit": ("% of the range of the number", "% dari rentang angka"),
    "flip-input": ("Number", "Angka"),
    "flip-present": ("At present", "Sekarang"),
    "flip-value": ("Tips at", "Berubah pada"),
    "flip-then": ("What follows then", "Akibatnya"),
    "flips": ("Which single number would change the recommendation", "Angka mana yang mengubah rekomendasi"),
    "no-flips": (
        "No single number changes it within its range.",
        "Tidak ada satu angka pun yang mengubahnya dalam rentangnya.",
    ),
    "stress": ("What strains on the data do", "Akibat tekanan pada data"),
    "no-strain": ("No strain changes a recommendation.", "Tidak ada tekanan yang mengubah rekomendasi."),
    "all-together": ("All regions", "Semua wilayah"),
    "counted": ("What is counted", "Yang dihitung"),
    "count": ("Count", "Jumlah"),
    "stages-beside": ("The stages of the policy and those on record", "Tahap menurut kebijakan dan yang tercatat"),
    "given": ("policy", "kebijakan"),
    "held": ("on record", "tercatat"),
    "agreement": ("Weeks that agree, %", "Minggu yang sesuai, %"),
    "unsaid": ("Weeks in which the policy cannot say, %", "Minggu yang tidak pasti, %"),
    "nothing-changes": ("The week before goes on, %", "Minggu sebelumnya berlanjut, %"),
    "weeks": ("Weeks", "Minggu"),
    "reproduced": ("Escalations found, of those made", "Peningkatan ditemukan, dari yang diambil"),
    "alarms": ("Alarms", "Peringatan"),
    "false": ("false", "keliru"),
    "missed": ("missed", "terlewat"),
    "lead": ("Lead, weeks", "Mendahului, minggu"),
}


def phrase(key: str, language: Language, **filled: str) -> str:
    """Give a phrase in a language."""
    return wording.phrase(PHRASES, key, language, **filled)
