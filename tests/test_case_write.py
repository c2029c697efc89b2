"""A case written as YAML text is the same case when it is read back, whatever stands in it."""

from __future__ import annotations

import inspect
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sakip_eval import Case, Rubric, load_case
from sakip_eval.boundary import Text, validate
from sakip_eval.case import model as case_model
from sakip_eval.case.case import (
    REKAP_COUNTS,
    Bukti,
    Cetak,
    Instansi,
    JawabanKriteria,
    JawabanSub,
    Penilaian,
    RekapTindakLanjut,
    RekomendasiTangan,
    RekomendasiTerbuka,
    Target,
    Tercetak,
    TindakLanjut,
)
from sakip_eval.case.load import build_case
from sakip_eval.case.model import CaseFile
from sakip_eval.case.skeleton import render_skeleton
from sakip_eval.case.write import case_text
from sakip_eval.numbers import parse_exact
from sakip_eval.yamlfile import parse_yaml
from tests.helpers.files import CASE, CaseDesk, shipped

_TEXT: TypeAdapter[str] = TypeAdapter(Text)


def _stripped(text: str) -> str:
    """The text as a case holds it; empty where it can hold none."""
    try:
        return _TEXT.validate_python(text)
    except ValidationError:
        return ""


AWKWARD = (
    "NO", "no", "y", "1:30", "1.10", "010", "0x1F", "1e5", ".5", "~", "null", "=SUM(A1)", "-", "- a", "+1", "@x", "a: b",
    "a #b", "#", "'", '"', "''a\"", "[a]", "{a: b}", "%x", "&a", "*a", "!x", "|", ">", "?", "? a", "<<", "2023-06-27", "`x`",
    "a\nb", "a\n b", "a \nb", "a\n\n\nb", "a\r\nb", "a\tb", "a:\n- b", "\x00", "\x7f", "\x85x", "a\u2028b", "\ufeffx", "é",
    "𝒳", "a\xa0b", "a  b" * 60, "kata " * 60 + "kata", "\\n", "---", "...", "a\n---\nb", "ya", "tidak",
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
).map(_stripped).filter(bool)  # fmt: skip
maybe = st.none() | texts
ids = st.sampled_from(["1", "1.a", "1.10", "1.b.10", "1e5", "010", "NO", "a-b"]) | st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}", fullmatch=True
)
years = st.integers(1990, 2100)
figures = st.builds(
    parse_exact,
    st.from_regex(r"-?[0-9]{1,15}(\.[0-9]{1,15}|/[1-9][0-9]{0,14})?", fullmatch=True)
    | st.sampled_from(
        ["0", "1/3", "76.40", "1/1099511627776", "123456789012345.123456789012345", "999999999999999/7"]
    ),
)
references = st.lists(ids, max_size=3).map(tuple)
dates = st.none() | st.dates()


@st.composite
def _bukti(draw: st.DrawFn, name: str) -> Bukti:
    dari, sampai = draw(st.sampled_from([(None, None), (2022, 2022), (2018, 2023)]))
    berkas = draw(maybe)
    return Bukti(
        name, draw(texts), draw(texts), dari, sampai, draw(dates), draw(dates), draw(dates),
        draw(st.sampled_from([None, "https://contoh.go.id/a?b=c#d", "http://x/'\"{}[],: "[:-1]])),
        berkas, berkas and "0" * 63 + draw(st.sampled_from("09af")), draw(maybe),
    )  # fmt: skip


counts = st.integers(0, 99_999)
rekap = st.builds(
    RekapTindakLanjut, st.dates(), st.integers(1, 99_999), *[counts] * len(REKAP_COUNTS),
    st.none() | st.just("0123456789abcdef" * 4),
)  # fmt: skip
terbuka = st.builds(
    RekomendasiTerbuka, st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5})?/[0-9]{4}/[0-9]{2,4}", fullmatch=True), texts,
    texts, references,
)  # fmt: skip
tindak_lanjut = st.builds(
    TindakLanjut, st.booleans(), references, maybe, maybe, st.none() | rekap, st.lists(terbuka, max_size=2).map(tuple)
)
cetak = st.builds(Cetak, st.none() | figures, st.none() | figures, st.none() | figures, maybe)
penilaian = st.builds(
    Penilaian,
    dates,
    st.dictionaries(ids, st.builds(JawabanSub, maybe, maybe, maybe, references, maybe), max_size=3),
    st.dictionaries(
        ids,
        st.builds(
            JawabanKriteria,
            st.sampled_from([None, "terpenuhi", "sebagian", "tidak", "tidak_berlaku"]),
            maybe,
            references,
            maybe,
            maybe,
        ),
        max_size=3,
    ),
    st.dictionaries(ids, figures, max_size=3),
    st.lists(st.builds(RekomendasiTangan, texts, texts, references, maybe), max_size=2).map(tuple),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    return Case(
        Instansi(draw(texts), draw(maybe), draw(texts), draw(st.sampled_from([None, "utama", "tambahan"]))),
        draw(years),
        draw(years),
        draw(texts),
        {name: draw(_bukti(name)) for name in draw(st.lists(ids, max_size=3, unique=True))},
        draw(st.none() | tindak_lanjut),
        draw(st.dictionaries(st.sampled_from(["mandiri", "evaluator"]), penilaian)),
        draw(
            st.none() | st.builds(Tercetak, texts, st.integers(0, 6), cetak, st.dictionaries(ids, cetak, max_size=3))
        ),
        draw(maybe),
        tuple(draw(st.lists(texts, max_size=2))),
        draw(st.none() | st.builds(Target, figures, maybe, st.none() | figures, maybe, maybe)),
    )


def read(text: str) -> Case:
    file, _, problems = validate(CaseFile, parse_yaml(text, "kasus.yaml"))
    assert not problems, "\n".join(map(str, problems)) + "\n" + text
    assert file is not None
    return build_case(file, "")


def contoh(**changes: object) -> Case:
    base: dict[str, object] = {
        "instansi": Instansi("Kecamatan Contoh", None, "kecamatan", None),
        "tahun_kinerja": 2022,
        "tahun_evaluasi": 2023,
        "rubrik": "permenpanrb-88-2021/unit",
    }
    return Case(**(base | changes))  # type: ignore[arg-type]


def test_the_real_case_survives(tmp_path: Path, pelaihari: Case, tanah_laut: Rubric) -> None:
    path = tmp_path / "kasus.yaml"
    path.write_text(case_text(pelaihari), encoding="utf-8")
    assert load_case(path, tanah_laut) == pelaihari


def test_the_real_case_looks_as_a_person_writes_it(pelaihari: Case) -> None:
    written = case_text(pelaihari).splitlines()
    real = CASE.read_text(encoding="utf-8").splitlines()
    for line in (
        "tahun_kinerja: 2022",
        "    rentang: {dari: 2018, sampai: 2023}",
        "    tahun: 2022",
        "  ada_rekomendasi: ya",
        "  total: {bobot: 100.00, nilai: 76.40, persen: 76.40, predikat: BB}",
        '    "2.a": {bobot: 8.00, nilai: 4.80, persen: 60.00}',
    ):
        assert line in real
        assert line in written
    assert "    tanggal: 2023-06-27" in written
    assert max(map(len, written)) <= 130
    assert "\n\npenilaian:\n  evaluator:\n" in "\n".join(written)


@pytest.mark.parametrize("name", ["permenpanrb-88-2021/unit", "permenpanrb-12-2015/unit"])
def test_a_skeleton_survives_with_all_its_empty_entries(name: str, tmp_path: Path) -> None:
    desk = CaseDesk(tmp_path)
    empty = render_skeleton(
        shipped(name), instansi="Dinas: Contoh", tahun_kinerja=2024, tahun_evaluasi=2025, penilai="mandiri"
    )
    case = desk.load(empty, name)
    assert desk.load(case_text(case), name) == case


@settings(max_examples=150, deadline=None)
@given(cases())
def test_any_case_survives(case: Case) -> None:
    assert read(case_text(case)) == case


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_survives_and_other_readers_see_a_text_too(text: str) -> None:
    kept = _stripped(text)
    assert kept, f"{text!r} is no text of a case"
    case = contoh(catatan=kept, penilaian={"evaluator": Penilaian(subkomponen={"1.a": JawabanSub(catatan=kept)})})
    written = case_text(case)
    assert read(written) == case
    data = yaml.safe_load(written)
    assert isinstance(data["catatan"], str)
    assert isinstance(data["penilaian"]["evaluator"]["subkomponen"]["1.a"]["catatan"], str)


@given(figures)
@example(Fraction(1, 1099511627776))
@example(Fraction(1, 3))
def test_a_figure_is_exact(figure: Fraction) -> None:
    case = contoh(penilaian={"evaluator": Penilaian(komponen={"1": figure})})
    assert read(case_text(case)).penilaian["evaluator"].komponen["1"] == figure


def test_a_figure_that_no_case_file_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="no figure of a case file"):
        case_text(contoh(penilaian={"evaluator": Penilaian(komponen={"1": Fraction(1, 10**16 + 1)})}))


def test_every_key_of_a_case_file_is_written() -> None:
    """A key added to the model and forgotten here would be lost without a word."""
    day, figure = date(2022, 1, 31), Fraction(1)
    full = contoh(
        instansi=Instansi("a", "b", "c", "utama"),
        bukti={
            "x": Bukti("x", "j", "t", 2021, 2022, day, day, day, "https://a", "f", "0" * 64, "z"),
            "y": Bukti("y", "j", "t", 2022, 2022),
        },
        tindak_lanjut=TindakLanjut(
            True,
            ("x",),
            "k",
            "z",
            RekapTindakLanjut(date(2023, 1, 31), 8, 0, 1, 2, 3, 4, 5, 6, 7, "0" * 64),
            (RekomendasiTerbuka("a-b/2022/01", "t", "1", ("1.a.1",)),),
        ),
        penilaian={
            "mandiri": Penilaian(),
            "evaluator": Penilaian(
                day,
                {"1.a": JawabanSub("B", "a", "c", ("x",), "z")},
                {"1.a.1": JawabanKriteria("tidak", "B", ("x",), "c", "z")},
                {"1": figure},
                (RekomendasiTangan("1", "t", ("1.a.1",), "z"),),
            ),
        },
        tercetak=Tercetak("s", 2, Cetak(figure, figure, figure, "B"), {"1": Cetak(figure)}),
        catatan="c",
        paket=("p",),
        target=Target(figure, "B", figure, "c", "z"),
    )
    written = case_text(full)
    assert read(written) == full
    lines = [line.strip().removeprefix("- ") for line in re.split(r"[\n{,]", written)]
    keys = {line.partition(":")[0] for line in lines}
    for _, model in inspect.getmembers(case_model, inspect.isclass):
        if model.__module__ == case_model.__name__ and hasattr(model, "model_fields"):
            assert set(model.model_fields) <= keys, model.__name__


def test_a_date_and_a_year_are_written_without_quotes() -> None:
    bukti = Bukti("renja", "renja", "Renja", 2022, 2022, penetapan=date(2022, 1, 31))
    written = case_text(contoh(bukti={"renja": bukti}))
    assert re.search(r"^    tanggal: \{penetapan: 2022-01-31\}$", written, re.M)
    assert re.search(r"^    tahun: 2022$", written, re.M)


def test_the_same_case_gives_the_same_text(pelaihari: Case) -> None:
    assert case_text(pelaihari) == case_text(read(case_text(pelaihari)))
