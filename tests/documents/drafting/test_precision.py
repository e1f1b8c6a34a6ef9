"""Precision: what is lawful, and looks like a mistake at first sight."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.documents.drafting import check

DAY = date(2026, 11, 23)
BYLAW = "# RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI\n\n"
REGULATION = "# RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI\n\n"
DEFINED = BYLAW + "Pasal 1\n\nYang dimaksud dengan:\n\n1. Daerah adalah Kota Bekasi.\n\nPasal 2\n\n"
NEEDED = "Menimbang : bahwa perlu menetapkan "
DUTY = REGULATION + "Pasal 1\n\nOrang wajib datang.\n\nPasal 2\n\n"
REGENT = "# RANCANGAN PERATURAN BUPATI BEKASI NOMOR … TAHUN … TENTANG X\n\n"
INSTRUCTION = "# RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TENTANG X\n\n"
CIRCULAR = "# RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI\n\n"
TRACE = "\n\n---\n\nAsal rancangan ini:\n\n- Angka: coverage, Kota Bekasi, 2021-W47: 74,76 %\n- data observations.csv\n"
DECREE = "# RANCANGAN KEPUTUSAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG TIM\n\nMenetapkan :\n\n"
FIRST = REGULATION + "Pasal 1\n\n"
BASES = REGULATION + "Mengingat : 1. "


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("juridical-ground-too-early", BYLAW + "Menimbang : a. bahwa hak itu dijamin berdasarkan Undang-Undang Dasar "
         "Negara Republik Indonesia Tahun 1945;\n\nb. bahwa penularan masih terjadi;"),
        ("office-without-comma", REGULATION + "WALI KOTA BEKASI\\\nPROVINSI JAWA BARAT\n\nWALI KOTA BEKASI,"),
        ("words-of-obligation", CIRCULAR + "1. Warga yang belum divaksinasi tidak dikenai sanksi atau denda."),
        ("words-of-obligation", CIRCULAR + "1. Undang-Undang Nomor 1 Tahun 2000 tentang Kewajiban Vaksinasi."),
        ("words-of-obligation", CIRCULAR + "1. Menunjukkan bukti bukan merupakan kewajiban."),
        ("words-of-obligation", CIRCULAR + "1. Wajib Pajak, wajib retribusi dan usaha wajib AMDAL diimbau hadir."),
        ("words-of-obligation", CIRCULAR + "1. Program wajib belajar dan layanan wajib lapor tetap berjalan."),
        ("words-of-obligation", CIRCULAR + "1. Denda keterlambatan dihapuskan."),
        ("words-of-obligation", CIRCULAR + "1. Denda pajak yang terutang akan dihapuskan."),
        ("words-of-obligation", CIRCULAR + "1. Sanksi administratif berupa denda dan bunga dihapuskan."),
        ("words-of-obligation", CIRCULAR + "1. Denda PBB Tahun 2020 sampai dengan Tahun 2024 dihapuskan."),
        ("words-of-obligation", CIRCULAR + "1. Diberikan penghapusan sanksi administratif berupa denda."),
        ("words-of-obligation", CIRCULAR + "1. Edaran ini tidak memuat larangan, kewajiban, maupun sanksi."),
        ("words-of-obligation", CIRCULAR + "1. Anak usia wajib belajar dan peserta wajib belajar diimbau hadir."),
        ("words-of-obligation", CIRCULAR + "1. Pembebasan pokok dan sanksi administratif diberikan."),
        ("words-of-obligation", CIRCULAR.replace("VAKSINASI", "PENGHAPUSAN SANKSI ADMINISTRATIF") + "1. Isi."),
        ("words-of-obligation", CIRCULAR + "1. Surat Edaran ini tidak memuat sanksi maupun kewajiban baru."),
        ("words-of-obligation", CIRCULAR + "1. Sesuai dengan Pasal 4 Undang-Undang Nomor 6 Tahun 2018, setiap orang "
         "wajib mematuhinya."),
        ("words-of-obligation", INSTRUCTION + "Untuk :\n\nKESATU : Pejabat yang lalai dikenai sanksi disiplin."),
        ("words-of-obligation", INSTRUCTION + "Untuk :\n\nKESATU : Camat dan Lurah wajib melaporkan cakupan."),
        ("officials-under-wajib", INSTRUCTION + "Untuk :\n\nKESATU : Camat memastikan warga wajib datang."),
        ("duty-of-another-act", CIRCULAR + "1. Menurut Undang-Undang Nomor 6 Tahun 2018 hal itu benar. Warga wajib "
         "datang."),
        ("words-of-obligation", CIRCULAR + "1. Sambungannya tidak akan diputus, izinnya tidak dicabut."),
        ("entry-into-force-past", CIRCULAR + "1. Data cakupan sampai dengan tanggal 31 Desember 2025 telah diberikan."),
        ("entry-into-force-past", CIRCULAR + "1. Pembebasan diberikan atas pajak yang terutang sampai dengan tanggal "
         "31 Desember 2025."),
        ("sections-misnumbered", BYLAW + "BAB I UMUM\n\nBagian Kesatu A\n\nParagraf 1 B\n\nParagraf 2 C\n\n"
         "Bagian Kedua D\n\nParagraf 1 E\n\nBAB II LAIN\n\nBagian Kesatu F"),
        ("sanction-without-norm", FIRST + "Orang yang melanggar Peraturan Wali Kota ini dibina."),
        ("number-filled-in", BYLAW + "Pasal 1\n\nIsi.\n\nDitetapkan di Bekasi\n\n## PENJELASAN\n\nATAS\n\nPERATURAN "
         "DAERAH KOTA BEKASI\n\nNOMOR … TAHUN …\n\nTENTANG\n\nVAKSINASI 2026\n\nI. UMUM\n\nNOMOR 3"),
        ("basis-cited-otherwise", BASES + "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana "
         "telah diubah beberapa kali, terakhir dengan Undang-Undang Nomor 1 Tahun 2026 tentang Pemerintahan;"),
        ("another-region-named", REGULATION.replace("VAKSINASI", "VAKSINASI DI KOTA BEKASI SELATAN") + "Pasal 1"),
        ("laid-out-as-legislation", DECREE + "KESATU : Peraturan itu diundangkan pada tanggal 1 Maret 2022."),
        ("maximum-worded", FIRST + "Pelayanan dilakukan secara maksimal."),
        ("number-filled-in", "# RANCANGAN SURAT EDARAN NOMOR …/…/SET.COVID-19 TENTANG VAKSINASI"),
        ("consideration-of-sentences", REGULATION + "Menimbang : a. bahwa menurut Peraturan No. 3 hal itu benar;"),
        ("sentences-in-one-paragraph", FIRST + "Denda paling banyak Rp250.000,00 per hari."),
        ("number-without-words", FIRST + "Orang menurut Pasal 1 ayat (2) angka 3 pada 1 Maret 2022."),
        ("lower-norm-as-basis", BASES + "Peraturan Wali Kota Bekasi Nomor 1 Tahun 2020;"),
        ("repeal-without-name", FIRST + "Izin usaha dicabut sesuai ketentuan."),
        ("reference-to-nowhere", FIRST + "Sesuai Pasal 65 ayat (2) Undang-Undang Nomor 23 Tahun 2014."),
        ("figure-not-in-trace", CIRCULAR + "1. Cakupan sebesar 74,76 % (di bawah 80 %)." + TRACE),
        ("list-item-capitalised", FIRST + "Dilaporkan kepada:\n\na. Wali Kota; dan\n\nb. DPRD."),
        ("conjunction-missing", FIRST + "Meliputi:\n\na. satu; dan/atau\n\nb. dua:\n\n"
         "1. tiga; atau\n\n2. empat."),
        ("unknown-draft", "**RANCANGAN**\n\n**PERATURAN BUPATI BEKASI**\n\nNOMOR ...\n\nTENTANG\n\nVAKSINASI"),
        ("date-filled-in", "# RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI\n\nBekasi, …\n\n1. Isi."),
        ("criminal-provision-below-perda", FIRST + "Pelanggaran tidak dikenai pidana kurungan."),
        ("entry-into-force-worded", FIRST + "Peraturan Wali Kota ini mulai berlaku setelah 30 (tiga "
         "puluh) hari terhitung sejak tanggal diundangkan."),
        ("defined-term-in-lower-case", DEFINED + "Perangkat daerah melaporkannya kepada badan usaha milik daerah."),
        ("entry-into-force-past", FIRST + "Peraturan Wali Kota ini mulai berlaku pada tanggal 23 "
         "November 2026."),
        ("entry-into-force-past", CIRCULAR + "1. Instruksi Menteri itu mulai berlaku pada tanggal 3 Juli 2021."),
        ("points-misnumbered", CIRCULAR + "1. Camat;\n\n2. Lurah\n\n## 1. Dasar\n\na. Satu.\n\n## 2. Isi\n\na. Dua."),
        ("another-region-named", REGENT + "BUPATI BEKASI,\n\nPasal 1\n\nIsi.\n\nDitetapkan di Cikarang\n\n"
         "BUPATI BEKASI,\n\nTembusan: Wali Kota Depok, Gubernur Banten"),
        ("another-region-named", INSTRUCTION + "WALI KOTA BEKASI,\n\n"
         "Menindaklanjuti Surat Edaran Wali Kota Depok Nomor 1 Tahun 2021, dengan ini menginstruksikan:"),
        ("another-region-named", BYLAW + "Mengingat : 1. Peraturan Daerah Provinsi Jawa Barat Nomor 1 Tahun 2020;\n\n"
         "2. Peraturan Daerah Kota Depok Nomor 2 Tahun 2020;\n\nPasal 1\n\nBerlaku di Kota Depok dan Kota Bogor."),
        ("citation-in-short", CIRCULAR + "1. Surat Edaran Nomor 440/1395/SET.COVID-19, Undang-Undang Nomor 2."),
        ("called-by-another-kind", BYLAW + "Pasal 1\n\nPeraturan Daerah ini dilaksanakan dengan Peraturan Wali Kota."),
        ("considered-name-differs", REGULATION + NEEDED + "Peraturan Wali Kota Bekasi tentang Vaksinasi;"),
        ("norm-of-a-later-year", BASES + "Undang-Undang Nomor 1 Tahun 2026;"),
        ("words-of-obligation", CIRCULAR + "1. Bukti tidak menjadi syarat, dan bukan berarti tidak dilayani."),
        ("words-of-obligation", CIRCULAR + "1. Bukti vaksinasi bukan sebagai syarat pelayanan dan tidak harus dibawa."),
        ("words-of-obligation", CIRCULAR + "1. Sanksi administratif tidak dikenakan kepada siapa pun."),
        ("words-of-obligation", INSTRUCTION + "Untuk :\n\nKESATU : Camat harus melapor dan tidak boleh menolak."),
        ("fine-of-no-kind", FIRST + "Orang dikenai sanksi administratif berupa:\n\na. teguran; atau\n\n"
         "b. denda paling banyak Rp1.000,00 (seribu rupiah)."),
        ("fine-of-no-kind", FIRST + "Orang yang sakit tidak dikenai denda."),
        ("grace-formula-missing", REGULATION + "WALI KOTA BEKASI\n\nDENGAN RAHMAT TUHAN YANG MAHA ESA\n\n"
         "WALI KOTA BEKASI,"),
        ("basis-twice", BASES + "Peraturan Menteri Kesehatan Nomor 10 Tahun 2021;\n\n"
         "2. Peraturan Menteri Dalam Negeri Nomor 10 Tahun 2021;"),
        ("basis-without-gazette", BASES + "Undang-Undang Nomor 6 Tahun 2018 (Lembaran Negara Republik Indonesia "
         "Tahun 2018 Nomor 128, Tambahan Lembaran Negara Republik Indonesia Nomor …);"),
        ("basis-cited-otherwise", BASES + "Undang-Undang Nomor 6 Tahun 2018 tentang Kekarantinaan "
         "Kesehatan (Lembaran Negara Republik Indonesia Tahun 2018 Nomor 128, Tambahan Lembaran Negara Republik "
         "Indonesia Nomor 6236);"),
        ("reference-to-nowhere", FIRST + "(1) Meliputi:\n\na. satu; dan\n\nb. dua.\n\n(2) Yang dimaksud "
         "dalam Pasal 1 ayat (1) huruf b, pada ayat (1) huruf a."),
        ("reference-worded", FIRST + "Sebagaimana dimaksud dalam Pasal 2, pada ayat (1), dalam pasal ini."),
        ("elucidation-out-of-order", BYLAW + "Pasal 1\n\nIsi.\n\nDitetapkan di Bekasi\n\n## PENJELASAN ATAS X\n\n"
         "Pasal 1\n\nPasal 28 Undang-Undang Dasar menjamin hak."),
        ("sanction-of-no-duty", FIRST + "Orang membawa kartu.\n\nPasal 2\n\nOrang yang melanggar ketentuan "
         "sebagaimana dimaksud dalam Pasal 1 dikenai sanksi administratif."),
        ("repeal-of-higher-norm", CIRCULAR + "1. Surat Edaran Wali Kota Bekasi Nomor 1 Tahun 2021 dicabut."),
        ("another-region-mentioned", REGULATION + "Menimbang : bahwa kota di sekitarnya, termasuk Kota Bogor, di Kota "
         "Bekasi Selatan dan masyarakat Kota Bekasi;"),
        ("region-left-out", FIRST + "Isi.\n\nDitetapkan di Bekasi\n\na.n. WALI KOTA BEKASI,\n\nSEKRETARIS DAERAH KOTA "
         "BEKASI,"),
        ("entry-into-force-twice", FIRST + "Pada saat Peraturan Wali Kota ini mulai berlaku, izin tetap berlaku.\n\n"
         "Pasal 2\n\nPeraturan Wali Kota ini mulai berlaku pada tanggal diundangkan."),
        ("penalty-above-ceiling", BYLAW + "Pasal 1\n\nSetiap orang dipidana dengan denda paling banyak Rp50 juta."),
        ("delegation-without-form", FIRST + "Tata cara diatur dengan Peraturan Wali Kota."),
        ("addressees-missing", CIRCULAR + "Yth. Camat\n\n1. Isi."),
        ("penalty-outside-its-chapter", BYLAW + "Pasal 1\n\nSetiap orang dipidana dengan pidana denda."),
        ("duty-without-sanction", DUTY + "Orang yang sakit tidak "
         "dikenakan sanksi.\n\nPasal 3\n\nYang lain dikenai sanksi administratif."),
        ("words-of-obligation", CIRCULAR + "1. Kewajiban pelaporan sebagaimana diatur dalam Pasal 4 Undang-Undang "
         "Nomor 6 Tahun 2018 tetap berlaku."),
        ("words-of-obligation", CIRCULAR + "1. Camat dan Lurah wajib melaporkan cakupan."),
        ("words-of-obligation", CIRCULAR + "1. Layanan tidak hanya yang sudah divaksinasi dilayani."),
        ("words-of-obligation", CIRCULAR + "1. Bukan yang sudah divaksinasi saja yang akan diberikan informasi."),
        ("public-instructed", INSTRUCTION + "Untuk :\n\nKESATU : Warga yang datang untuk mengurus KTP agar dilayani."),
        ("public-instructed", INSTRUCTION + "Untuk :\n\nKESATU : Warga diimbau agar membawa bukti vaksinasi."),
        ("public-instructed", INSTRUCTION + "Untuk :\n\nKESATU : Camat agar mengimbau warga agar membawa bukti."),
        ("norm-in-definition", BYLAW + "Pasal 1\n\nYang dimaksud dengan:\n\n1. Pajak adalah kontribusi wajib kepada "
         "Daerah.\n\n2. Urusan Pemerintahan Wajib adalah urusan yang wajib diselenggarakan.\n\n3. Wajib Belajar "
         "adalah program belajar.\n\n4. Penduduk adalah orang, termasuk wajib pajak dan peserta wajib belajar."),
        ("penalty-with-minimum", BYLAW + "Pasal 1\n\nSetiap orang dikenai denda administratif paling sedikit "
         "Rp100.000,00 (seratus ribu rupiah)."),
        ("penalty-with-minimum", BYLAW + "Pasal 1\n\nSetiap orang yang tidak divaksinasi paling sedikit 1 (satu) dosis "
         "dipidana dengan pidana denda paling banyak kategori I."),
        ("limit-in-title", REGULATION.replace("VAKSINASI", "ANGGARAN DALAM SATU TAHUN ANGGARAN")),
        ("limit-in-title", REGULATION.replace("VAKSINASI", "VAKSINASI DALAM DUA DOSIS")),
        ("illustration-banner-missing", CIRCULAR + "RANCANGAN. ILUSTRASI, BUKAN DATA.\n\n1. Angka ILUSTRASI, BUKAN "
         "DATA."),
    ],
)  # fmt: skip
def test_what_is_right_is_not_found(rule: str, text: str) -> None:
    assert check(text, DAY, select={rule}) == ()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("words-of-obligation", CIRCULAR + "1. Warga yang sudah divaksinasi saja yang dilayani."),
        ("words-of-obligation", CIRCULAR + "1. Hanya warga yang memiliki bukti vaksinasi yang dapat dilayani."),
        ("words-of-obligation", CIRCULAR + "1. Setiap orang, termasuk pegawai, wajib divaksinasi."),
        ("words-of-obligation", CIRCULAR + "1. Warga dikenai kewajiban membawa bukti. Undang-Undang Nomor 6 Tahun 2018 "
         "mengatur hal lain."),
        ("duty-of-another-act", CIRCULAR + "1. Kewajiban pelaporan sebagaimana diatur dalam Pasal 4 Undang-Undang "
         "Nomor 6 Tahun 2018 tetap berlaku."),
        ("officials-under-wajib", CIRCULAR + "1. Camat dan Lurah wajib melaporkan cakupan."),
        ("public-instructed", INSTRUCTION + "Untuk :\n\nKESATU : Pelaku usaha agar:\n\na. menyediakan sabun; dan"
         "\n\nb. memeriksa bukti."),
        ("limit-in-title", CIRCULAR.replace("VAKSINASI", "VAKSINASI DALAM JANGKA WAKTU 14 (EMPAT BELAS) HARI")),
        ("limit-in-title", CIRCULAR.replace("VAKSINASI", "VAKSINASI SELAMA SEBULAN")),
        ("words-of-obligation", CIRCULAR + "1. Warga yang belum divaksinasi wajib datang."),
        ("words-of-obligation", CIRCULAR + "1. Wajib Pajak wajib datang."),
        ("words-of-obligation", CIRCULAR + "1. Setiap tamu wajib lapor kepada Ketua RT."),
        ("words-of-obligation", CIRCULAR + "1. Denda tidak dihapuskan."),
        ("words-of-obligation", CIRCULAR + "1. Tidak ada yang lolos dari denda, dan bantuannya dihapuskan."),
        ("words-of-obligation", CIRCULAR + "1. Pelanggar dikenai denda dan haknya dihapuskan."),
        ("words-of-obligation", CIRCULAR + "1. Menurut Undang-Undang Nomor 6 Tahun 2018 hal itu benar. Warga wajib "
         "datang."),
        ("words-of-obligation", INSTRUCTION + "Untuk :\n\nKESATU : Camat memastikan warga wajib datang."),
        ("words-of-obligation", INSTRUCTION + "Untuk :\n\nKESATU : Warga dikenai sanksi disiplin."),
        ("officials-under-wajib", INSTRUCTION + "Untuk :\n\nKESATU : Camat dan Lurah wajib melaporkan cakupan."),
        ("duty-of-another-act", CIRCULAR + "1. Sesuai dengan Pasal 4 UU Nomor 6 Tahun 2018, setiap orang wajib patuh."),
        ("words-of-obligation", CIRCULAR + "1. Pelanggan yang menunggak akan diputus sambungannya."),
        ("words-of-obligation", CIRCULAR + "1. Kios yang buka akan disegel."),
        ("entry-into-force-past", CIRCULAR + "1. Denda dihapuskan sampai dengan tanggal 31 Desember 2025."),
        ("entry-into-force-past", CIRCULAR + "1. Surat Edaran ini berlaku sejak tanggal ditetapkan sampai dengan "
         "tanggal 31 Desember 2025."),
        ("entry-into-force-worded", FIRST + "Peraturan Wali Kota ini mulai berlaku pada tanggal ditetapkan."),
        ("entry-into-force-worded", BYLAW + "Pasal 1\n\nPeraturan Daerah ini mulai berlaku pada tanggal ditetapkan."),
        ("sections-misnumbered", BYLAW + "BAB I UMUM\n\nBagian Kesatu\n\nA\n\nBagian Ketiga\n\nB\n\n"
         "Bagian Keempat\n\nC"),
        ("sanction-without-norm", FIRST + "Pelanggaran terhadap Peraturan Wali Kota ini dikenai denda administratif."),
        ("number-filled-in", BYLAW + "Pasal 1\n\nIsi.\n\nDitetapkan di Bekasi\n\n## PENJELASAN ATAS PERATURAN "
         "DAERAH KOTA BEKASI NOMOR 3 TAHUN … TENTANG VAKSINASI"),
        ("number-filled-in", BYLAW + "Pasal 1\n\nIsi.\n\nDitetapkan di Bekasi\n\n## PENJELASAN\n\nATAS\n\nPERATURAN "
         "DAERAH KOTA BEKASI\n\nNOMOR 3 TAHUN …\n\nTENTANG\n\nVAKSINASI"),
        ("basis-cited-otherwise", BASES + "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;"),
        ("basis-cited-otherwise", BASES + "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana "
         "telah diubah dengan Undang-Undang Nomor 9 Tahun 2015 tentang Perubahan Kedua;"),
        ("another-region-named", CIRCULAR.replace("VAKSINASI", "VAKSINASI DI KOTA DEPOK") + "1. Isi.\n\nBekasi, …\n\n"
         "WALI KOTA BEKASI,"),
        ("laid-out-as-legislation", DECREE + "Pasal 1\n\nMembentuk tim."),
        ("maximum-worded", FIRST + "Dilaporkan maksimal 7 (tujuh) hari."),
        ("criminal-provision-below-perda", FIRST + "Orang yang tidak menunjukkan bukti dipidana."),
        (
            "criminal-provision-below-perda",
            FIRST + "Sanksi berupa kurungan paling lama 3 (tiga) bulan.",
        ),
        ("date-filled-in", "# RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI\n\nBekasi, 9 September 2021\n\n1. Isi."),
        (
            "date-filled-in",
            BYLAW + "Pasal 1\n\nIsi.\n\nDitetapkan di Bekasi\n\npada tanggal …\n\n"
            "NOREG PERATURAN DAERAH KOTA BEKASI, PROVINSI JAWA BARAT: (15/287/2021)",
        ),
        ("title-not-in-capitals", "# Rancangan Peraturan Wali Kota Bekasi Nomor … Tahun … tentang Vaksinasi"),
        ("number-filled-in", "# Rancangan Peraturan Wali Kota Bekasi Nomor 7 Tahun … tentang Vaksinasi"),
        ("duty-without-sanction", DUTY + "Orang tidak dikenakan sanksi."),
        ("duty-without-sanction", DUTY + "Sanksi administratif "
         "tidak dikenakan."),
        ("defined-term-in-lower-case", DEFINED + "Perangkat daerah melapor di daerah."),
        ("points-misnumbered", CIRCULAR + "## 1. Dasar\n\na. Satu.\n\n## 3. Isi\n\na. Dua."),
        ("another-region-named", BYLAW + "Mengingat : 1. Pasal 18;\n\nDengan Persetujuan Bersama\n\n"
         "DEWAN PERWAKILAN RAKYAT DAERAH KOTA DEPOK\n\ndan\n\nWALI KOTA BEKASI\n\nMEMUTUSKAN:"),
        ("another-region-named", CIRCULAR + "1. Di sini, di Kota Bogor cakupan sebesar 74,76 %." + TRACE),
        ("another-region-named", FIRST + "Isi.\n\nDitetapkan di Bogor\n\npada tanggal …\n\nWALI KOTA "
         "BEKASI,"),
        ("citation-in-short", CIRCULAR + "1. Sesuai Permenkes 10/2021 vaksinasi dilakukan bertahap."),
        ("citation-in-short", BASES + "Undang-Undang 23/2014 tentang Pemerintahan Daerah;"),
        ("considered-name-differs", REGULATION + NEEDED + "Peraturan Daerah tentang Vaksinasi;"),
        ("basis-no-longer-in-force", CIRCULAR + "1. Sesuai dengan Undang-Undang Nomor 4 Tahun 1984 tentang Wabah."),
        ("words-of-obligation", CIRCULAR + "1. Pengunjung harus menunjukkan bukti vaksinasi."),
        ("words-of-obligation", CIRCULAR + "1. Bukti vaksinasi menjadi syarat pelayanan."),
        ("words-of-obligation", CIRCULAR + "1. Bukti vaksinasi dipersyaratkan dalam pelayanan."),
        ("words-of-obligation", CIRCULAR + "1. Yang belum divaksinasi tidak dilayani."),
        ("words-of-obligation", CIRCULAR + "1. Yang belum divaksinasi tidak akan mendapatkan pelayanan."),
        ("words-of-obligation", CIRCULAR + "1. Setiap orang tidak diperkenankan masuk tanpa bukti."),
        ("words-of-obligation", CIRCULAR + "1. Warga berkewajiban mengikuti vaksinasi."),
        ("words-of-obligation", CIRCULAR + "1. Pelanggar didenda."),
        ("words-of-obligation", CIRCULAR + "Dalam rangka ini setiap warga wajib divaksinasi.\n\n1. Isi."),
        ("words-of-obligation", CIRCULAR + "1. Sesuai dengan Peraturan Menteri, setiap warga wajib divaksinasi."),
        ("words-of-obligation", CIRCULAR + "1. Menurut Undang-Undang tentang Wabah setiap orang wajib melapor."),
        ("words-of-obligation", INSTRUCTION + "Untuk :\n\nKESATU : Warga harus divaksinasi."),
        ("fine-of-no-kind", FIRST + "Setiap orang yang melanggar didenda Rp1.000,00 (seribu rupiah)."),
        ("grace-formula-missing", REGULATION + "WALI KOTA BEKASI,\n\nDENGAN RAHMAT TUHAN YANG MAHA ESA"),
        ("basis-without-gazette", BASES + "Undang-Undang Nomor 6 Tahun 2018 (Lembaran Negara Republik Indonesia "
         "Tahun 2018 Nomor 128);"),
        ("basis-cited-otherwise", BASES + "Undang-Undang Nomor 32 Tahun 2004 tentang Pemerintahan "
         "Daerah;"),
        ("reference-to-nowhere", FIRST + "(1) Meliputi:\n\na. satu; dan\n\nb. dua.\n\n(2) Yang dimaksud "
         "pada ayat (1) huruf c."),
        ("reference-worded", FIRST + "Sebagaimana dimaksud dalam pasal 2."),
        ("paragraphs-misnumbered", FIRST + "(1) Satu.\n\nDua."),
        ("closing-block-incomplete", BYLAW + "Pasal 1\n\nIsi.\n\nDitetapkan di X\n\npada tanggal …\n\nWALI KOTA X,\n\n"
         "Diundangkan di X\n\nSEKRETARIS DAERAH KOTA X,"),
        ("elucidation-incomplete", BYLAW + "Pasal 1\n\nIsi.\n\nDitetapkan di Bekasi\n\n## PENJELASAN ATAS X\n\nUMUM\n\n"
         "Pasal 1"),
        ("repeal-of-higher-norm", CIRCULAR + "1. Peraturan Wali Kota Bekasi Nomor 1 Tahun 2021 dicabut."),
        ("words-of-obligation", CIRCULAR + "1. Pelanggar dikenakan tindakan tegas."),
        ("addressees-missing", CIRCULAR + "1. Isi."),
        ("penalty-above-ceiling", BYLAW + "Pasal 1\n\nSetiap orang dipidana dengan denda paling banyak Rp60 juta."),
        ("penalty-above-ceiling", BYLAW + "Pasal 1\n\nSetiap orang dipidana dengan denda paling banyak 60.000.000."),
        ("penalty-above-ceiling", BYLAW + "Pasal 1\n\nSetiap orang dipidana dengan denda paling banyak Rp. 60000000."),
        ("figure-not-in-trace", CIRCULAR + "1. Sebanyak 895416 masyarakat belum divaksinasi." + TRACE),
        ("figure-not-in-trace", CIRCULAR + "1. Keadaan itu berlangsung tiga minggu berturut-turut." + TRACE),
        ("delegation-without-form", FIRST + "Ketentuan mengenai tata cara diatur kemudian."),
        ("repeal-without-name", FIRST + "Semua ketentuan yang bertentangan dengannya dinyatakan tidak berlaku."),
        ("region-left-out", FIRST + "Isi.\n\nDitetapkan di Bekasi\n\nBERITA DAERAH TAHUN … NOMOR …"),
        ("points-misnumbered", CIRCULAR + "1. Isi:\n\na. Satu;\n\nc. Dua."),
        ("entry-into-force-past", CIRCULAR + "1. Surat Edaran ini berlaku sampai dengan 3 Juli 2021."),
        ("joint-approval-missing", BYLAW + "Mengingat : 1. Pasal 18;\n\nDengan persetujuan\n\nDEWAN PERWAKILAN RAKYAT "
         "DAERAH KOTA BEKASI\n\ndan\n\nWALI KOTA BEKASI\n\nMEMUTUSKAN:"),
        ("unknown-draft", "# Telaahan staf: Peraturan Wali Kota"),
        ("unknown-draft", "# Jalan menuju Surat Edaran"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(rule: str, text: str) -> None:
    assert [one.rule for one in check(text, DAY, select={rule})] == [rule]


def test_a_figure_of_a_circular_is_held_against_its_trace() -> None:
    found = check(CIRCULAR + "1. Cakupan sebesar 75,76 %." + TRACE, DAY, select={"figure-not-in-trace"})
    assert [(one.place.line, one.message.split("`")[1]) for one in found] == [(3, "75,76 %")]


def test_a_delegation_to_a_decree_is_told_as_one() -> None:
    text = FIRST + "Ketentuan lebih lanjut mengenai tata cara diatur dengan Keputusan Kepala Dinas."
    (found,) = check(text, DAY, select={"delegation-without-form"})
    assert found.message == "what is delegated is given to `Keputusan Kepala Dinas`, which is no regulatory form"
