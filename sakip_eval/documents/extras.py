"""Optional libraries: asked for when a document is made, with one clear line where they are not installed."""

from __future__ import annotations

from importlib.util import find_spec

from sakip_eval.problems import Location, Problem, SakipError

_MODULES = {
    "office": ("xlsxwriter", "openpyxl", "defusedxml", "docx"),
    "chart": ("matplotlib",),
    "db": ("sqlalchemy", "alembic", "psycopg", "snowballstemmer"),
}


def require(extra: str, purpose: str) -> None:
    """Make sure that the libraries of an extra are installed. Raises `SakipError` (D801) with the install command."""
    if missing := [name for name in _MODULES[extra] if find_spec(name) is None]:
        raise SakipError(
            [
                Problem(
                    "D801",
                    Location("sakip"),
                    f"{purpose} membutuhkan pustaka yang belum terpasang: {', '.join(missing)}",
                    "Pustaka itu tidak dipasang bersama mesin penilai agar pemasangannya tetap kecil",
                    f"Jalankan: pip install 'sakip-eval[{extra}]'",
                )
            ]
        )
