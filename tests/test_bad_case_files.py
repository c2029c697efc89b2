"""A bad case file is refused with a code, its line and column, and words that mend it; never with a traceback."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest

from sakip_eval import load_case
from sakip_eval.problems import Problem
from tests.helpers.files import (
    CASE,
    INSTANSI,
    LAMA,
    TANAH_LAUT,
    UNIT,
    CaseDesk,
    assert_says,
    at,
    case_text,
    changed,
    changed_case,
    found,
    only,
    problems_of,
    shipped,
    spot,
    within,
)

ENGLISH = re.compile(
    r"\b(found|while|expected|could|cannot|not|character|token|error|invalid|scanning|parsing|did|the|allowed|context"
    r"|mapping|block|stream|unexpected|input|should|value|valid|string|than)\b",
    re.IGNORECASE,
)


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return CaseDesk(tmp_path)


# ---- The file itself -------------------------------------------------------------------------------------------


def refused_file(path: str | Path) -> Problem:
    with within(5):
        return only(problems_of(lambda: load_case(path, shipped(TANAH_LAUT))))


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert_says(refused_file(tmp_path / "2022.yaml"), "B101", (0, 0), "Berkas tidak ditemukan", "Periksa ejaan nama")


def test_a_file_in_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    assert_says(refused_file(tmp_path / "tiada" / "2022.yaml"), "B101", (0, 0), "Berkas tidak ditemukan")


def test_a_folder_is_said_to_be_a_folder(tmp_path: Path) -> None:
    problem = refused_file(tmp_path)
    assert_says(problem, "B102", (0, 0), "adalah folder, bukan berkas", str(tmp_path / "2022.yaml"))


def test_an_empty_file_is_said_to_be_empty(desk: CaseDesk) -> None:
    assert_says(desk.only(""), "B105", (0, 0), "Berkas kosong", "sakip kasus baru")


@pytest.mark.parametrize("text", [" \n\n", "# hanya komentar\n# lagi\n", "---\n", "~\n", "\ufeff", "\ufeff\n"])
def test_a_file_without_content_is_said_to_be_empty(desk: CaseDesk, text: str) -> None:
    assert_says(desk.only(text), "B105", (0, 0), "Berkas kosong", "sakip kasus baru")


def test_a_binary_file_is_told_apart_from_text(desk: CaseDesk) -> None:
    raw = case_text().encode()
    assert_says(desk.only(raw[:500] + b"\0" + raw[500:]), "B106", (0, 0), "Berkas biner, bukan teks", "bita NUL")


def test_a_spreadsheet_is_said_to_be_binary(desk: CaseDesk) -> None:
    problem = desk.only(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00")
    assert_says(problem, "B106", (0, 0), "Excel, Word atau PDF", "salin isinya ke berkas YAML")


def test_a_file_of_5_mb_is_too_large(desk: CaseDesk) -> None:
    problem = desk.only(case_text() + "#" * (5 * 1024 * 1024))
    assert_says(problem, "B103", (0, 0), "lebih besar dari batas 4 MB", "bukti disimpan terpisah")


def test_a_file_of_exactly_4_mb_is_read(desk: CaseDesk) -> None:
    room = 4 * 1024 * 1024 - len(case_text().encode())
    assert desk.load(case_text() + "#" * room).instansi.nama == "Kecamatan Pelaihari"


def test_a_sparse_file_of_100_mb_is_refused_without_reading_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "besar.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    taken: list[int] = []

    class Counting(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            taken.append(len(data))
            return data

    monkeypatch.setattr(Path, "open", lambda self, *_args, **_kwargs: Counting(self, "rb"))
    with within(5):
        problem = only(problems_of(lambda: load_case(path, shipped(TANAH_LAUT))))
    assert_says(problem, "B103", (0, 0), "lebih besar dari batas 4 MB")
    assert sum(taken) <= 4 * 1024 * 1024 + 1


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_is_refused_and_not_read(device: str) -> None:
    assert_says(refused_file(device), "B107", (0, 0), "Bukan berkas biasa (perangkat, pipa, atau soket)")


def test_a_pipe_without_a_writer_does_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipa.yaml"
    os.mkfifo(pipe)
    assert_says(refused_file(pipe), "B107", (0, 0), "Bukan berkas biasa", "Simpan isinya ke berkas biasa")


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "lingkar.yaml"
    loop.symlink_to(loop)
    assert_says(refused_file(loop), "B107", (0, 0), "Berkas tidak dapat dibaca")


def test_a_file_that_may_not_be_read_is_refused(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.write(case_text())
    if os.geteuid() == 0:

        def denied(*_args: object, **_kwargs: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", denied)
    else:
        path.chmod(0)
    assert_says(refused_file(path), "B107", (0, 0), "Berkas tidak dapat dibaca", "Periksa izin baca")


def test_a_file_that_breaks_while_it_is_read_is_refused(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.write(case_text())

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", lambda *_args, **_kwargs: Broken())
    assert_says(refused_file(path), "B107", (0, 0), "Berkas tidak dapat dibaca")


# ---- Characters ------------------------------------------------------------------------------------------------


def test_a_latin_1_byte_is_named_with_its_line_and_column(desk: CaseDesk) -> None:
    text = changed_case(("  nama: Kecamatan Pelaihari", "  nama: Kecamatan Pelaihar\xed"))
    problem = desk.only(text.encode("latin-1"))
    assert_says(problem, "B104", spot(text, "Pelaihar\xed", "\xed"), "bukan UTF-8 (bita 0xED tidak sah)")


def test_the_column_of_a_bad_byte_counts_characters_not_bytes(desk: CaseDesk) -> None:
    text = "nama: Kantor café "
    assert_says(desk.only(text.encode() + b"\xed\n"), "B104", (1, len(text) + 1), "bita 0xED")


def test_a_bad_byte_is_named_right_after_a_byte_order_mark(desk: CaseDesk) -> None:
    assert_says(desk.only(b"\xef\xbb\xbfnama: \xed\n"), "B104", (1, 7), "bita 0xED tidak sah")


def test_a_byte_order_mark_is_accepted(desk: CaseDesk) -> None:
    assert desk.load("\ufeff" + case_text()) == desk.load(case_text())


def test_columns_after_a_byte_order_mark_stay_right(desk: CaseDesk) -> None:
    assert_says(desk.problems("\ufeffsalah: 1\n" + case_text())[0], "M301", (1, 1), "Kunci `salah`")


def test_windows_line_ends_are_accepted(desk: CaseDesk) -> None:
    case = desk.load(case_text().replace("\n", "\r\n"))
    assert case == desk.load(case_text())


def test_lines_are_counted_right_with_windows_line_ends(desk: CaseDesk) -> None:
    text = changed_case(("  induk:", "  indukk:"))
    problem = desk.only(text.replace("\n", "\r\n"))
    assert_says(problem, "M301", spot(text, "  indukk:", "indukk"), "Kunci `indukk`")


def test_a_control_character_is_named_with_its_line_and_column(desk: CaseDesk) -> None:
    text = changed_case(("  nama: Kecamatan Pelaihari", "  nama: Kecamatan \x1b[31mPelaihari"))
    assert_says(desk.only(text), "Y201", spot(text, "\x1b[31m"), "karakter yang tidak sah")


def test_a_control_character_after_accented_letters_is_still_found_on_its_line(desk: CaseDesk) -> None:
    text = "# " + "é" * 300 + '\nnama: "x\x01"\n' + "isi: c\n" * 200
    problem = desk.only(text)
    assert problem.kode == "Y201"
    assert problem.lokasi.line == 2, str(problem)


# ---- YAML ------------------------------------------------------------------------------------------------------


def test_a_tab_as_indentation_is_named(desk: CaseDesk) -> None:
    text = changed_case(("  jenis: kecamatan", "\tjenis: kecamatan"))
    problem = desk.only(text)
    assert_says(problem, "Y201", spot(text, "\tjenis: kecamatan"), "TAB", "Ganti TAB dengan spasi")


def test_a_tab_after_a_colon_is_no_problem(desk: CaseDesk) -> None:
    assert desk.load(changed_case(("  jenis: kecamatan", "  jenis:\tkecamatan"))) == desk.load(case_text())


def test_an_unclosed_quote_that_runs_to_the_end_is_shown_where_it_opens(desk: CaseDesk) -> None:
    text = changed_case(("  sumber: LKE Kecamatan", "  sumber: 'LKE Kecamatan"))
    problem = desk.only(text)
    assert_says(problem, "Y201", spot(text, "'LKE Kecamatan"), "kutip", "Tutup tanda kutip")


def test_an_unclosed_quote_before_other_quotes_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("judul: Renja SKPD", "judul: 'Renja SKPD"))
    problem = desk.only(text)
    assert problem.kode == "Y201"
    # The quote closes where the next one was meant to open; what follows it cannot be read.
    assert at(problem) == spot(text, "asal: 'LHE, baris 2016; tahun", "LHE"), str(problem)


def test_an_unclosed_bracket_names_the_line_where_it_opens(desk: CaseDesk) -> None:
    text = changed_case(("  bukti: []", "  bukti: [renstra"))
    line, _ = spot(text, "[renstra")
    problem = desk.only(text)
    assert_says(problem, "Y201", spot(text, "  keterangan: belum", ":"), "Kurung [ ] atau { } tidak lengkap")
    assert f"baris {line}" in str(problem)


def test_an_unclosed_brace_names_the_line_where_it_opens(desk: CaseDesk) -> None:
    text = changed_case(('"1.a": {jawaban: BB, asal: "LKE, baris 2086"}', '"1.a": {jawaban: BB, asal: "LKE"'))
    line, _ = spot(text, '"1.a": {jawaban')
    problem = desk.only(text)
    assert_says(problem, "Y201", spot(text, '"1.b": {jawaban'), "Kurung [ ] atau { } tidak lengkap")
    assert f"baris {line}" in str(problem)


def test_bad_indentation_of_a_list_item_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("    jenis: renja", "   jenis: renja"))
    assert_says(desk.only(text), "Y201", spot(text, "   jenis: renja", "jenis"), "tidak sejajar", "indentasi")


def test_bad_indentation_of_a_key_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("  induk: Pemerintah", " induk: Pemerintah"))
    assert_says(desk.only(text), "Y201", spot(text, "induk: Pemerintah"), "Susunan kunci tidak sejajar")


def test_a_colon_within_text_is_refused_with_the_mend(desk: CaseDesk) -> None:
    text = changed_case(("judul: Renstra SKPD", "judul: Renstra: perubahan"))
    problem = desk.only(text)
    assert_says(problem, "Y201", spot(text, "Renstra: perubahan", ":"), "titik dua (:)", "tanda kutip")


def test_a_line_without_a_colon_is_shown_on_its_own_line(desk: CaseDesk) -> None:
    text = changed_case(("tahun_evaluasi: 2023", "tahun_evaluasi 2023"))
    assert_says(desk.only(text), "Y201", spot(text, "tahun_evaluasi 2023"), "Titik dua (:)", "kunci: isi")


@pytest.mark.parametrize(
    "text",
    [
        'nama: "\\q"\n', 'nama: "\\xZZ"\n', 'nama: "\\ud800"\n', "nama: @b\n", "nama: %b\n", "nama: `b`\n",
        "nama: & b\n", "nama: * b\n", "nama: |x\n b\n", "nama: |0\n b\n", 'nama: "b\n---\nc"\n', "nama: ? b\n",
        "nama: - b\n", "nama: ]\n", "nama: }\n", "nama: ,b\n", "nama: [,]\n", "nama: !!\n", "nama: !x!y b\n",
        "%YAML 3.0\n---\nnama: b\n", "%YAML 1.1\n%YAML 1.1\n---\nnama: b\n", "nama: b\n... c\n", "| a\n",
        "- a\nb: c\n", "a: b\n- c\n", 'nama: "b" c\n', ": c\n", "nama: [b}\n", "nama: !<x y\n", "%FOO\na: b\n",
    ],
)  # fmt: skip
def test_every_word_about_bad_yaml_is_indonesian(desk: CaseDesk, text: str) -> None:
    for problem in desk.problems(text):
        assert problem.kode[0] in "Y", str(problem)
        assert problem.lokasi.line >= 1
        said = f"{problem.apa}. {problem.mengapa}. {problem.perbaikan}"
        assert ENGLISH.search(said) is None, said


def test_a_duplicate_key_names_both_lines(desk: CaseDesk) -> None:
    text = changed_case(("  jenis: kecamatan", "  jenis: kecamatan\n  induk: Kabupaten Lain"))
    first, _ = spot(text, "  induk: Pemerintah")
    problem = desk.only(text)
    place = spot(text, "  induk: Kabupaten Lain", "induk")
    assert_says(problem, "Y202", place, f"Kunci `induk` ditulis dua kali (pertama di baris {first})", "Gabungkan")


def test_a_subkomponen_answered_twice_names_both_lines(desk: CaseDesk) -> None:
    text = changed_case(('"1.b": {jawaban: B,', '"1.a": {jawaban: B,'))
    first, _ = spot(text, '"1.a": {jawaban: BB')
    assert_says(desk.only(text), "Y202", spot(text, '"1.a": {jawaban: B,'), "`1.a`", f"baris {first}")


def test_all_duplicate_keys_are_reported_at_once(desk: CaseDesk) -> None:
    text = changed_case(
        ('"1.b": {jawaban: B,', '"1.a": {jawaban: B,'),
        ('"4.c": {jawaban: BB,', '"4.b": {jawaban: BB,'),
    )
    assert found(desk.problems(text)) == [
        ("Y202", spot(text, '"1.a": {jawaban: B,')),
        ("Y202", spot(text, '"4.b": {jawaban: BB,')),
    ]


def test_a_recursive_alias_is_refused(desk: CaseDesk) -> None:
    first, second = desk.problems("bukti: &a [*a]\n")
    assert_says(first, "Y203", (1, 8), "Jangkar &a tidak didukung", "tuliskan isinya langsung")
    assert_says(second, "Y203", (1, 12), "Alias *a tidak didukung", "dapat melingkar")


def test_a_billion_laughs_are_refused_quickly(desk: CaseDesk) -> None:
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    with within(5):
        problems = desk.problems("\n".join(lines) + "\n")
    assert {p.kode for p in problems} == {"Y203"}
    assert len(problems) == 9 + 8 * 9


def test_an_anchor_without_an_alias_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("  nama: Kecamatan", "  nama: &nama Kecamatan"))
    assert_says(desk.only(text), "Y203", spot(text, "&nama"), "Jangkar &nama tidak didukung")


def test_a_merge_key_is_an_unknown_key(desk: CaseDesk) -> None:
    text = changed_case(("  jenis: kecamatan", "  jenis: kecamatan\n  <<: {klaster: utama}"))
    assert_says(desk.only(text), "M301", spot(text, "<<"), "Kunci `<<` tidak dikenal")


@pytest.mark.parametrize(
    "tag", ['!!python/object/apply:os.system ["id"]', "!!python/name:os.system", "!!str Kecamatan", "!rahasia x"]
)
def test_a_tag_is_refused_and_never_acted_upon(desk: CaseDesk, tag: str) -> None:
    text = changed_case(("  nama: Kecamatan Pelaihari", f"  nama: {tag}"))
    assert_says(desk.only(text), "Y207", spot(text, tag), "Penanda jenis", "tidak didukung", "Hapus penanda itu")


def test_a_second_document_is_refused(desk: CaseDesk) -> None:
    text = case_text() + "---\n" + case_text()
    line = case_text().count("\n") + 1
    problem = desk.only(text)
    assert_says(problem, "Y205", (line, 1), "lebih dari satu dokumen YAML (---)", "Pisahkan menjadi beberapa berkas")


@pytest.mark.parametrize("key", ["? [a, b]\n: c", "{a: b}: c", "~: c", "? \n: c"])
def test_a_key_that_is_not_text_is_refused(desk: CaseDesk, key: str) -> None:
    text = case_text() + key + "\n"
    problem = desk.only(text)
    assert problem.kode == "Y206"
    assert problem.lokasi.line == case_text().count("\n") + 1
    assert "Kunci harus berupa teks" in problem.apa


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 10_000 + "]" * 10_000, (1, 25)),
        ("[" * 10_000, (1, 25)),
        ("{a: " * 10_000 + "}" * 10_000, (1, 97)),
        ("- " * 10_000 + "x", (1, 49)),
    ],
    ids=["closed", "open", "mappings", "block"],
)
def test_nesting_10000_deep_is_refused_quickly(desk: CaseDesk, text: str, place: tuple[int, int]) -> None:
    with within(5):
        problem = desk.only(text + "\n")
    assert_says(problem, "Y204", place, "Susunan lebih dalam dari 24 tingkat", "kurung [ ] dan { }")


@pytest.mark.parametrize("text", ["halo\n", "- a\n- b\n"])
def test_a_file_that_is_no_mapping_is_told_what_it_should_be(desk: CaseDesk, text: str) -> None:
    assert_says(desk.only(text), "M303", (1, 1), "seharusnya kumpulan `kunci: isi`", "instansi, tahun_kinerja")


# ---- Keys and shapes -------------------------------------------------------------------------------------------


def test_an_unknown_key_is_refused_with_what_was_meant(desk: CaseDesk) -> None:
    text = changed_case(("  induk:", "  indukk:"))
    place = spot(text, "  indukk:", "indukk")
    assert_says(desk.only(text), "M301", place, "Kunci `indukk` tidak dikenal", "Mungkin yang dimaksud: induk.")


def test_an_unknown_key_deep_inside_is_refused_with_what_was_meant(desk: CaseDesk) -> None:
    text = changed_case(('"1.a": {jawaban:', '"1.a": {jawabn:'))
    assert_says(desk.only(text), "M301", spot(text, "jawabn"), "`jawabn`", "Mungkin yang dimaksud: jawaban.")


def test_a_misspelt_required_key_is_both_unknown_and_missing(desk: CaseDesk) -> None:
    text = changed_case(("tahun_kinerja:", "tahun_kinerj:"))
    missing, unknown = desk.problems(text)
    assert_says(missing, "M302", spot(text, "instansi:\n"), "Kunci `tahun_kinerja` belum ada", "tahun_kinerja: ...")
    assert_says(unknown, "M301", spot(text, "tahun_kinerj:"), "Mungkin yang dimaksud: tahun_kinerja.")


def test_an_unknown_rater_is_shown_at_its_name(desk: CaseDesk) -> None:
    text = changed_case(("  evaluator:\n", "  evaluatr:\n"))
    problem = desk.only(text)
    assert_says(problem, "M305", spot(text, "evaluatr:"), "`evaluatr`", "mandiri, evaluator")
    assert "`evaluatr` berisi `evaluatr`" not in problem.apa


def test_a_list_where_a_text_belongs(desk: CaseDesk) -> None:
    text = changed_case(("  nama: Kecamatan Pelaihari", "  nama: [Kecamatan, Pelaihari]"))
    problem = desk.only(text)
    assert_says(problem, "M303", spot(text, "[Kecamatan"), "`nama` berisi daftar, bukan teks tunggal")


def test_a_text_where_a_mapping_belongs_is_told_the_keys_of_that_mapping(desk: CaseDesk) -> None:
    start, end = case_text().index("instansi:\n"), case_text().index("tahun_kinerja: 2022")
    text = case_text()[:start] + "instansi: Kecamatan\n" + case_text()[end:]
    problem = desk.only(text)
    assert_says(problem, "M303", spot(text, "instansi: Kecamatan", "Kecamatan"), "`instansi` berisi `Kecamatan`")
    assert problem.perbaikan == "Kunci yang dikenal: nama, induk, jenis, klaster"


def test_a_text_where_a_list_belongs(desk: CaseDesk) -> None:
    text = changed_case(("  bukti: []", "  bukti: renstra"))
    problem = desk.only(text)
    assert_says(problem, "M303", spot(text, "  bukti: renstra", "renstra"), "seharusnya daftar", "[a, b]")


def test_a_mapping_where_a_list_belongs(desk: CaseDesk) -> None:
    text = changed_case(("  bukti: []", "  bukti: {renstra: ya}"))
    assert_says(desk.only(text), "M303", spot(text, "{renstra: ya}"), "berisi kumpulan", "seharusnya daftar")


@pytest.mark.parametrize("empty", ["", " ''", ' ""', ' "  "'])
def test_an_agency_without_a_name_is_refused(desk: CaseDesk, empty: str) -> None:
    text = changed_case(("  nama: Kecamatan Pelaihari", f"  nama:{empty}"))
    problem = desk.only(text)
    assert problem.kode == "M303"
    assert problem.lokasi.line == spot(text, "instansi:\n")[0] + 1
    assert "`nama` berisi" in problem.apa


def test_a_text_without_end_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("  nama: Kecamatan Pelaihari", "  nama: " + "a" * 9000))
    problem = desk.only(text)
    assert_says(problem, "M303", spot(text, "aaa" + "a" * 8997), "terlalu panjang", "8.000 huruf")
    assert len(str(problem)) < 500


def test_the_limit_named_for_a_too_long_link_is_the_limit_of_links(desk: CaseDesk) -> None:
    text = changed_case(("    judul: Renja SKPD", "    judul: Renja SKPD\n    tautan: https://" + "a" * 2500))
    problem = desk.only(text)
    assert_says(problem, "M303", spot(text, "https://a"), "`tautan` berisi", "terlalu panjang")
    assert "8.000" not in str(problem)
    assert "2.000" in str(problem)


# ---- Numbers, years, dates, yes and no -------------------------------------------------------------------------


def test_a_decimal_comma_is_refused_with_the_number_as_it_should_be(desk: CaseDesk) -> None:
    text = changed_case(('"1.a": {bobot: 6.00', '"1.a": {bobot: "6,00"'))
    problem = desk.only(text)
    assert_says(problem, "M304", spot(text, '"6,00"'), "`bobot` berisi `6,00`, bukan angka yang tepat", "Tulis 6.00.")


def test_a_decimal_comma_on_a_line_of_its_own_needs_no_quotes_to_be_refused(desk: CaseDesk) -> None:
    text = changed_case(
        ('    "1.a": {bobot: 6.00, nilai', '    "1.a":\n      bobot: 6,00\n    "1.b": {bobot: 9.00, nilai')
    )
    text = text.replace('    "1.b": {bobot: 9.00, nilai: 4.80, persen: 80.00}\n', "")
    problem = desk.only(text)
    assert_says(problem, "M304", spot(text, "bobot: 6,00", "6,00"), "`6,00`", "Tulis 6.00.")


def test_a_decimal_comma_within_braces_becomes_an_unknown_key(desk: CaseDesk) -> None:
    text = changed_case(('"1.a": {bobot: 6.00', '"1.a": {bobot: 6,00'))
    assert_says(desk.only(text), "M301", spot(text, "bobot: 6,00", "00"), "Kunci `00` tidak dikenal")


@pytest.mark.parametrize(
    "number", ["1:30", "6e0", "0x10", ".5", "6.", "1_000", "1.000.000", "+6", "six", ".nan", "1/0"]
)
def test_what_is_not_an_exact_number_is_refused(desk: CaseDesk, number: str) -> None:
    text = changed_case(('"1.a": {bobot: 6.00', f'"1.a": {{bobot: {number}'))
    place = spot(text, f'"1.a": {{bobot: {number}', number)
    assert_says(desk.only(text), "M304", place, f"`bobot` berisi `{number}`, bukan angka yang tepat", "4.5, atau 1/3")


@pytest.mark.parametrize("year", ["23", "2023.0", "1889", "2101", "dua ribu", "2022/2023"])
def test_what_is_not_a_year_is_refused(desk: CaseDesk, year: str) -> None:
    text = changed_case(("tahun_evaluasi: 2023", f"tahun_evaluasi: {year}"))
    place = spot(text, f"tahun_evaluasi: {year}", year)
    assert_says(desk.only(text), "M304", place, f"`tahun_evaluasi` berisi `{year}`, bukan tahun", "empat angka")


def test_digits_of_other_scripts_are_not_read_as_a_year(desk: CaseDesk) -> None:
    text = changed_case(("tahun_kinerja: 2022", "tahun_kinerja: ٢٠٢٢"))
    assert_says(desk.only(text), "M304", spot(text, "٢٠٢٢"), "bukan tahun")


@pytest.mark.parametrize(
    "day", ["2023-02-30", "27-06-2023", "27 Juni 2023", "2023-6-27", "2023-06-27T10:00", "20230627"]
)
def test_what_is_not_a_date_is_refused(desk: CaseDesk, day: str) -> None:
    text = changed_case(("    tanggal: 2023-06-27", f"    tanggal: {day}"))
    place = spot(text, f"    tanggal: {day}", day)
    problem = desk.only(text)
    assert_says(problem, "M306", place, f"`tanggal` berisi `{day}`, bukan tanggal", "Tulis misalnya 2023-06-27")


def dates(**days: str) -> str:
    shown = ", ".join(f"{name}: {day}" for name, day in days.items())
    return changed_case(("    judul: Renja SKPD\n", f"    judul: Renja SKPD\n    tanggal: {{{shown}}}\n"))


def test_a_publication_before_its_adoption_is_refused(desk: CaseDesk) -> None:
    text = dates(penetapan="2022-03-31", publikasi="2022-02-28")
    words = "Bukti `renja`: tanggal publikasi 2022-02-28 mendahului tanggal penetapan 2022-03-31"
    assert_says(desk.only(text), "K502", spot(text, "2022-02-28"), words)


def test_a_submission_before_its_adoption_is_refused_also_without_a_publication(desk: CaseDesk) -> None:
    text = dates(penetapan="2022-03-31", penyampaian="2022-02-28")
    words = "tanggal penyampaian 2022-02-28 mendahului tanggal penetapan 2022-03-31"
    assert_says(desk.only(text), "K502", spot(text, "2022-02-28"), words)


def test_two_dates_out_of_order_are_two_problems(desk: CaseDesk) -> None:
    text = dates(penetapan="2022-03-31", publikasi="2022-02-28", penyampaian="2022-01-31")
    assert found(desk.problems(text)) == [("K502", spot(text, "2022-02-28")), ("K502", spot(text, "2022-01-31"))]


def test_a_document_adopted_published_and_submitted_on_one_day_is_fine(desk: CaseDesk) -> None:
    case = desk.load(dates(penetapan="2022-03-31", publikasi="2022-03-31", penyampaian="2022-03-31"))
    assert case.bukti["renja"].publikasi == case.bukti["renja"].penetapan


def test_an_evaluation_before_the_year_it_is_about_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("tahun_evaluasi: 2023", "tahun_evaluasi: 2021"))
    words = "tahun_evaluasi 2021 mendahului tahun_kinerja 2022"
    assert_says(desk.only(text), "K501", spot(text, "tahun_evaluasi: 2021", "2021"), words, "keduanya tertukar")


def test_a_year_and_a_span_together_are_refused(desk: CaseDesk) -> None:
    text = changed_case(("    judul: Renstra SKPD", "    judul: Renstra SKPD\n    tahun: 2020"))
    words = "Bukti `renstra` memuat tahun sekaligus rentang"
    assert_says(desk.only(text), "K504", spot(text, "    rentang:", "rentang"), words, "Pakai salah satu")


def test_a_span_that_ends_before_it_begins_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("{dari: 2018, sampai: 2023}", "{dari: 2023, sampai: 2018}"))
    place = spot(text, "sampai: 2018}", "2018")
    assert_says(desk.only(text), "K502", place, "rentang 2023 sampai 2018 terbalik", "Tukar kedua tahun")


def test_no_stays_text(desk: CaseDesk) -> None:
    assert desk.load(changed_case(("  nama: Kecamatan Pelaihari", "  nama: NO"))).instansi.nama == "NO"


@pytest.mark.parametrize("word", ["NO", "yes", "on", "1", "Ya"])
def test_what_is_neither_ya_nor_tidak_is_refused(desk: CaseDesk, word: str) -> None:
    text = changed_case(("ada_rekomendasi: ya", f"ada_rekomendasi: {word}"))
    place = spot(text, f"ada_rekomendasi: {word}", word)
    assert_says(desk.only(text), "M305", place, f"berisi `{word}`, bukan ya atau tidak", "Tulis ya atau tidak")


@pytest.mark.parametrize(("word", "meant"), [("ya", True), ("tidak", False), ("true", True), ("false", False)])
def test_ya_and_tidak_are_read(desk: CaseDesk, word: str, meant: bool) -> None:
    case = desk.load(changed_case(("ada_rekomendasi: ya", f"ada_rekomendasi: {word}")))
    assert case.tindak_lanjut is not None
    assert case.tindak_lanjut.ada_rekomendasi is meant


# ---- Names that match nothing ----------------------------------------------------------------------------------


def test_an_unknown_subkomponen_is_refused(desk: CaseDesk) -> None:
    text = changed_case(('"1.b": {jawaban', '"1.z": {jawaban'))
    words = f"Subkomponen `1.z` tidak ada dalam rubrik {TANAH_LAUT}"
    assert_says(desk.only(text), "K505", spot(text, '"1.z"'), words, "Mungkin yang dimaksud: 1.c, 1.b, 1.a.")


def test_an_unknown_kriteria_is_refused(desk: CaseDesk) -> None:
    text = changed_case(('"1.b.7": {', '"1.b.77": {'))
    words = f"Kriteria `1.b.77` tidak ada dalam rubrik {TANAH_LAUT}"
    assert_says(desk.only(text), "K506", spot(text, '"1.b.77"'), words, "Mungkin yang dimaksud: 1.b.7,")


def test_an_unknown_komponen_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("    rekomendasi:\n", '    komponen: {"9": {nilai: 1}}\n    rekomendasi:\n'))
    words = f"Komponen `9` tidak ada dalam rubrik {TANAH_LAUT}"
    assert_says(desk.only(text), "K505", spot(text, '"9"'), words, "Yang dikenal: 1, 2, 3, 4.")


def test_an_unknown_komponen_of_a_recommendation_is_refused(desk: CaseDesk) -> None:
    text = changed_case(('- komponen: "3"', '- komponen: "9"'))
    assert_says(desk.only(text), "K505", spot(text, '"9"'), "Komponen `9` tidak ada", "di bawah satu komponen")


def test_an_unknown_kriteria_of_a_recommendation_is_refused(desk: CaseDesk) -> None:
    text = changed_case(('kriteria: ["1.b.8"]', 'kriteria: ["1.b.8", "1.b.88"]'))
    assert_says(desk.only(text), "K506", spot(text, '"1.b.88"'), "Kriteria `1.b.88` tidak ada", "dimaksud: 1.b.8,")


def test_an_unknown_part_among_printed_figures_is_refused(desk: CaseDesk) -> None:
    text = changed_case(('"1.a": {bobot', '"1.q": {bobot'))
    assert_says(desk.only(text), "K505", spot(text, '"1.q"'), "Bagian `1.q` tidak ada", "tidak dapat dibandingkan")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  bukti: []", "  bukti: [renja, rentra]"),
        ('"1.a": {jawaban: BB,', '"1.a": {jawaban: BB, bukti: [renja, rentra],'),
        ('"1.a.1": {status: terpenuhi,', '"1.a.1": {status: terpenuhi, bukti: [renja, rentra],'),
        ("penilaian:\n", 'penilaian:\n  mandiri: {kriteria: {"1.a.1": {bukti: [rentra]}}}\n'),
    ],
    ids=["tindak_lanjut", "subkomponen", "kriteria", "mandiri"],
)
def test_unknown_evidence_is_refused_wherever_it_is_named(desk: CaseDesk, old: str, new: str) -> None:
    text = changed_case((old, new))
    words = "Bukti `rentra` tidak ada dalam daftar bukti"
    assert_says(desk.only(text), "K511", spot(text, "rentra"), words, "Mungkin yang dimaksud: renstra")


def test_evidence_that_is_listed_but_bad_still_counts_as_listed(desk: CaseDesk) -> None:
    text = changed_case(
        ("    tahun: 2022\n    asal: 'LHE, baris 2016", "    tahun: 22\n    asal: 'LHE, baris 2016"),
        ("  bukti: []", "  bukti: [renja]"),
    )
    assert_says(desk.only(text), "M304", spot(text, "tahun: 22\n", "22"), "bukan tahun")


def test_evidence_ids_are_used_once(desk: CaseDesk) -> None:
    text = changed_case(("  - id: renja", "  - id: renstra"))
    first = text[: text.index("- id: renstra")].count("\n") + 1
    problem = desk.only(text)
    assert_says(problem, "K503", (first + 5, 9), "`renstra` dipakai dua kali", f"pertama di baris {first}")


@pytest.mark.parametrize("name", ["renstra 2018", "renstra/2018", "-renstra", "é", "a" * 61])
def test_an_evidence_id_that_cannot_be_referred_to_is_refused(desk: CaseDesk, name: str) -> None:
    text = changed_case(("  - id: renja", f"  - id: {name}"))
    problem = desk.only(text)
    assert_says(problem, "M303", spot(text, f"- id: {name}", name), "`id` berisi", "bentuknya tidak sesuai")


def test_an_unknown_kind_of_evidence_is_refused(desk: CaseDesk) -> None:
    text = changed_case(("    jenis: renstra", "    jenis: rentra"))
    words = f"Jenis bukti `rentra` tidak ada dalam rubrik {TANAH_LAUT}"
    assert_says(desk.only(text), "K507", spot(text, "jenis: rentra", "rentra"), words, "dimaksud: renstra")


@pytest.mark.parametrize("answer", ["bb", "F", "B+", "80"])
def test_an_unknown_answer_is_refused_with_the_whole_ladder(desk: CaseDesk, answer: str) -> None:
    text = changed_case(('"1.a": {jawaban: BB,', f'"1.a": {{jawaban: {answer},'))
    place = spot(text, f'"1.a": {{jawaban: {answer},', answer)
    problem = desk.only(text)
    assert_says(problem, "K508", place, f"Jawaban `{answer}` tidak ada", "AA, A, BB, B, CC, C, D, E", "kosongkan")


def test_an_unknown_status_is_refused_with_all_statuses(desk: CaseDesk) -> None:
    text = changed_case(('"1.a.1": {status: terpenuhi', '"1.a.1": {status: terpenuh'))
    place = spot(text, '"1.a.1": {status: terpenuh', "terpenuh")
    words = "`status` berisi `terpenuh`, yang tidak dikenal"
    assert_says(desk.only(text), "M305", place, words, "terpenuhi, sebagian, tidak, tidak_berlaku")


def test_an_id_written_1_10_without_quotes_stays_1_10(desk: CaseDesk) -> None:
    text = changed_case(('"1.b.10": {status', "1.10: {status"))
    problem = desk.only(text)
    assert_says(problem, "K506", spot(text, "1.10: {status"), "Kriteria `1.10` tidak ada")
    assert "`1.1`" not in str(problem)


def test_an_evidence_id_written_1_10_without_quotes_is_not_1_1(desk: CaseDesk) -> None:
    text = changed_case(("  - id: renja\n", "  - id: 1.10\n"))
    assert "1.10" in desk.load(text).bukti
    text = changed_case(("  - id: renja\n", "  - id: 1.10\n"), ("  bukti: []", "  bukti: [1.1]"))
    assert_says(desk.only(text), "K511", spot(text, "bukti: [1.1]", "1.1"), "Bukti `1.1` tidak ada", "1.10")


def test_points_in_a_rubric_of_answers_are_misplaced(desk: CaseDesk) -> None:
    text = changed_case(("    rekomendasi:\n", '    komponen: {"1": {nilai: 29}}\n    rekomendasi:\n'))
    words = "dinilai pada subkomponen dengan jawaban, bukan dengan nilai komponen"
    assert_says(desk.only(text), "K510", spot(text, "{nilai: 29}", "29"), words, "tidak akan ikut dihitung")


def test_an_answer_to_a_criterion_in_a_rubric_of_subkomponen_is_misplaced(desk: CaseDesk) -> None:
    text = changed_case(('"1.a.1": {status: terpenuhi', '"1.a.1": {jawaban: BB, status: terpenuhi'))
    place = spot(text, '"1.a.1": {jawaban: BB', "BB")
    assert_says(desk.only(text), "K510", place, "bukan dengan jawaban kriteria")


OLD = """\
instansi: {nama: Dinas Contoh, jenis: dinas}
tahun_kinerja: 2020
tahun_evaluasi: 2021
rubrik: permenpanrb-12-2015/unit
penilaian:
  evaluator:
    komponen: {"1": {nilai: 30}, "2": {nilai: 20.5}}
"""


@pytest.mark.parametrize("points", ["30.01", "-1", "31"])
def test_points_beyond_the_weight_are_refused(desk: CaseDesk, points: str) -> None:
    text = changed(OLD, ('"1": {nilai: 30}', f'"1": {{nilai: {points}}}'))
    place = spot(text, f"nilai: {points}}}", points)
    problem = desk.only(text, LAMA)
    assert_says(problem, "K509", place, "Nilai komponen 1 di luar 0 sampai 30", "tidak melebihi bobotnya")


def test_points_equal_to_the_weight_are_fine(desk: CaseDesk) -> None:
    assert desk.load(OLD, LAMA).penilaian["evaluator"].komponen["1"] == 30


# ---- The rubric of a case --------------------------------------------------------------------------------------


def test_an_unknown_rubric_is_shown_at_the_case_with_what_was_meant(desk: CaseDesk) -> None:
    text = changed_case(("rubrik: tanah-laut-68-2022/unit", "rubrik: tanah-laut-68-2022/unt"))
    path = desk.write(text)
    problem = only(problems_of(lambda: load_case(path)))
    assert problem.lokasi.path == str(path)
    place = spot(text, "tanah-laut-68-2022/unt")
    words = "Rubrik `tanah-laut-68-2022/unt` tidak ditemukan"
    assert_says(problem, "R401", place, words, "Mungkin yang dimaksud: tanah-laut-68-2022/unit")


def test_an_unknown_rubric_does_not_hide_the_other_mistakes(desk: CaseDesk) -> None:
    text = changed_case(("rubrik: tanah-laut-68-2022/unit", "rubrik: ngawur"), ("  induk:", "  indukk:"))
    path = desk.write(text)
    assert found(problems_of(lambda: load_case(path))) == [
        ("M301", spot(text, "  indukk:", "indukk")),
        ("R401", spot(text, "ngawur")),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc", "../../../etc/passwd", "/etc/passwd", "/etc", "./rubrik.yaml", "~/rubrik", ".", "..",
        "permenpanrb-88-2021/../permenpanrb-88-2021/unit", str(CASE),
        str(CASE.parents[2] / "rubrics" / "tanah-laut-68-2022" / "unit"),
    ],
)  # fmt: skip
def test_a_path_is_no_rubric_id_and_is_never_opened(desk: CaseDesk, name: str) -> None:
    text = changed_case(("rubrik: tanah-laut-68-2022/unit", f"rubrik: {name}"))
    path = desk.write(text)
    problem = only(problems_of(lambda: load_case(path)))
    assert problem.kode in ("R401", "M303"), str(problem)
    assert (problem.lokasi.path, at(problem)) == (str(path), spot(text, f"rubrik: {name}", name)), str(problem)
    assert "root:" not in str(problem)


def test_a_case_for_another_rubric_names_every_id_that_it_does_not_know(desk: CaseDesk) -> None:
    text = changed_case(("rubrik: tanah-laut-68-2022/unit", f"rubrik: {INSTANSI}"))
    there = {k.id for k in shipped(INSTANSI).each_kriteria()}
    strangers = [k.id for k in shipped(TANAH_LAUT).each_kriteria() if k.id not in there]
    assert strangers
    expected = [("K506", spot(text, f'      "{name}": {{status', f'"{name}"')) for name in strangers]
    problems = desk.problems(text, INSTANSI)
    assert found(problems) == expected
    for problem, name in zip(problems, strangers, strict=True):
        assert f"Kriteria `{name}` tidak ada dalam rubrik {INSTANSI}" in problem.apa


def test_a_case_for_a_rubric_of_points_names_everything_that_would_not_count(desk: CaseDesk) -> None:
    text = changed_case(("rubrik: tanah-laut-68-2022/unit", f"rubrik: {LAMA}"))
    problems = desk.problems(text, LAMA)
    kinds = {kode: sum(p.kode == kode for p in problems) for kode in {p.kode for p in problems}}
    # 12 answers stand where this rubric takes none; it has no criteria, so that all 81, and the one answered by the
    # recommendation, are unknown.
    assert kinds == {"K510": 12, "K506": 82}
    assert f"Rubrik {LAMA} dinilai pada komponen dengan nilai" in next(p.apa for p in problems if p.kode == "K510")


# ---- All at once, in the order of the file ---------------------------------------------------------------------


def test_many_mistakes_are_all_reported_in_one_run_in_the_order_of_the_file(desk: CaseDesk) -> None:
    text = changed_case(
        ("  klaster: tambahan", "  klaster: lain"),
        ("tahun_evaluasi: 2023", "tahun_evaluasi: 2021"),
        ("    jenis: renstra", "    jenis: rentra"),
        ("{dari: 2018, sampai: 2023}", "{dari: 2023, sampai: 2018}"),
        ("    judul: Renja SKPD\n", "    judul: Renja SKPD\n    halaman: 3\n"),
        ("  bukti: []", "  bukti: [rentra]"),
        ("    tanggal: 2023-06-27", "    tanggal: 27-06-2023"),
        ('"1.a": {jawaban: BB,', '"1.a": {jawaban: F,'),
        ('"1.b": {jawaban: B,', '"1.z": {jawaban: B,'),
        ('"1.a.2": {status: terpenuhi', '"1.a.2": {status: entah'),
        ('"1.b.7": {', '"1.b.77": {'),
        ('- komponen: "3"', '- komponen: "9"'),
        ('"4.c": {bobot: 12.50', '"4.c": {bobot: "12,50"'),
    )
    assert found(desk.problems(text)) == [
        ("M305", spot(text, "klaster: lain", "lain")),
        ("K501", spot(text, "tahun_evaluasi: 2021", "2021")),
        ("K507", spot(text, "    jenis: rentra", "rentra")),
        ("K502", spot(text, "sampai: 2018}", "2018")),
        ("M301", spot(text, "halaman")),
        ("K511", spot(text, "bukti: [rentra]", "rentra")),
        ("M306", spot(text, "27-06-2023")),
        ("K508", spot(text, "jawaban: F,", "F")),
        ("K505", spot(text, '"1.z"')),
        ("M305", spot(text, "status: entah", "entah")),
        ("K506", spot(text, '"1.b.77"')),
        ("K505", spot(text, '- komponen: "9"', '"9"')),
        ("M304", spot(text, '"12,50"')),
    ]


def test_an_unknown_id_does_not_hide_what_is_wrong_inside_it(desk: CaseDesk) -> None:
    text = changed_case(
        ('"1.b": {jawaban: B,', '"1.z": {jawaban: F, bukti: [rentra],'),
        ('"1.b.7": {', '"1.b.77": {bukti: [rentrra], '),
    )
    assert found(desk.problems(text)) == [
        ("K505", spot(text, '"1.z"')),
        ("K508", spot(text, "jawaban: F", "F")),
        ("K511", spot(text, "[rentra]", "rentra")),
        ("K506", spot(text, '"1.b.77"')),
        ("K511", spot(text, "rentrra")),
    ]


def test_an_entry_without_its_required_keys_is_named_by_its_section(desk: CaseDesk) -> None:
    text = changed_case(("    judul: Renja SKPD\n", ""))
    problem = desk.only(text)
    assert_says(problem, "M302", spot(text, "- id: renja", "id"), "Kunci `judul` belum ada", "judul: ...")
    assert "`1`" not in problem.apa  # the number of an entry, counted from zero, tells an evaluator nothing


def test_thousands_of_mistakes_are_reported_within_seconds(desk: CaseDesk) -> None:
    text = changed_case(("  induk:", "".join(f"  k{n}: 1\n" for n in range(5000)) + "  induk:"))
    with within(5):
        problems = desk.problems(text)
    assert [p.kode for p in problems] == ["M301"] * 5000
    assert [p.lokasi.line for p in problems] == sorted(p.lokasi.line for p in problems)


def test_the_shipped_case_has_no_problem_at_all(desk: CaseDesk) -> None:
    assert desk.load(case_text()).rubrik == TANAH_LAUT


def test_the_rubric_given_must_be_the_one_that_the_case_names(desk: CaseDesk) -> None:
    path = desk.write(case_text())
    # A rubric of another id is not used in place of the named one.
    assert load_case(path, shipped(UNIT)).rubrik == TANAH_LAUT
