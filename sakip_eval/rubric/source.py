"""What the files of a rubric say, good or bad, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from sakip_eval.boundary import M
from sakip_eval.problems import Problem
from sakip_eval.rubric.model import RubricFile, VariantFile
from sakip_eval.rubric.rubric import Change
from sakip_eval.rubric.rules import Rule
from sakip_eval.rubric.rules_model import RuleFile
from sakip_eval.yamlfile import YamlDocument


@dataclass(frozen=True, slots=True)
class Source(Generic[M]):
    """One file: its text, its tree as written, and its `model`, read from `document`, the tree without bad entries.

    The model is None where a key that it needs is left out; `rest` is the model without such keys, only to be checked.
    """

    path: Path
    text: str
    written: YamlDocument
    document: YamlDocument
    model: M | None
    rest: M | None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """One rule file: the good rules in it, the rubric file beside it, and its name where it is an optional pack."""

    file: Source[RuleFile]
    rules: tuple[Rule, ...]
    beside: Path
    paket: str | None


@dataclass(frozen=True, slots=True)
class ReadRubric:
    """What the files of one rubric say, as far as they can be read, and every problem with them.

    `root` is the rubric's own file, or the one that `variant` extends; `file` is the two resolved. Each is None where
    too little of it is left. With problems, none of this may be scored with.
    """

    path: Path
    root: Source[RubricFile] | None
    variant: Source[VariantFile] | None
    file: RubricFile | None
    changes: tuple[Change, ...]
    rule_files: tuple[RuleSource, ...]
    problems: tuple[Problem, ...]
    content: tuple[object, ...]

    @property
    def own(self) -> Source[RubricFile] | Source[VariantFile] | None:
        """The file at `path`."""
        return self.variant or self.root

    @property
    def own_rule_files(self) -> tuple[RuleSource, ...]:
        """The rule files beside it."""
        return tuple(source for source in self.rule_files if source.beside == self.path)

    @property
    def own_files(self) -> tuple[Source[RubricFile] | Source[VariantFile] | Source[RuleFile], ...]:
        """The rubric's own file, and the rule files beside it."""
        rules = tuple(source.file for source in self.own_rule_files)
        return rules if self.own is None else (self.own, *rules)
