"""What is doubtful in a rubric that can be read: figures, words, names, rules, changes (codes L7xx, docs/lint.md).

Pure: from what was read to a list of problems. A rubric is told what stands in its own files; what it takes over from
its root or from `aturan_dari` is said where those are linted. Errors of loading are told wherever they stand.
"""

from __future__ import annotations

from datetime import date

from sakip_eval.problems import Problem, sort_problems
from sakip_eval.rubric.lint_changes import lint_changes
from sakip_eval.rubric.lint_figures import lint_figures
from sakip_eval.rubric.lint_names import lint_names
from sakip_eval.rubric.lint_rules import lint_rules
from sakip_eval.rubric.lint_sentences import lint_sentences
from sakip_eval.rubric.lint_yaml import lint_yaml
from sakip_eval.rubric.source import ReadRubric


def lint(read: ReadRubric, per_tanggal: date | None = None) -> list[Problem]:
    """Return all that is wrong (loading, galat) or doubtful (L701 to L716) in a rubric, in the order of its files.

    `per_tanggal` is the day on which the age of `diperiksa` is judged (L702); None does not judge it.
    """
    found = [
        *lint_figures(read, per_tanggal),
        *lint_yaml(read),
        *lint_sentences(read),
        *lint_names(read),
        *lint_rules(read),
        *lint_changes(read),
    ]
    own = {source.written.path for source in read.own_files}
    return sort_problems([*read.problems, *(problem for problem in found if problem.lokasi.path in own)])
