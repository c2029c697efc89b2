"""`sakip rubrik susun`: write the compiled form of every shipped rubric."""

from __future__ import annotations

from sakip_eval.cli.output import emit_bytes


def susun() -> None:
    """Susun bentuk siap pakai rubrik bawaan, sesudah berkasnya diubah; tanpa itu rubrik dibaca lebih lambat."""
    from sakip_eval.rubric.catalog import find_rubric, list_rubrics
    from sakip_eval.rubric.compiled import COMPILED_NAME, compiled_text
    from sakip_eval.rubric.load import built
    from sakip_eval.rubric.read import read_rubric

    for name, path in list_rubrics():
        read = read_rubric(name)
        rubric = built(read)
        borrowed = read.file.rubrik.aturan_dari if read.file is not None else ()
        homes = [path, *([read.root.path] if read.root is not None else []), *map(find_rubric, borrowed)]
        target = path.with_name(COMPILED_NAME)
        emit_bytes(compiled_text(rubric, [home.parent for home in homes]), target)
        print(f"Ditulis: {target}")
