"""Real Word numbering: one definition for each look and depth, one instance for each list, so that each starts at one."""

from __future__ import annotations

from dataclasses import dataclass, field

from sakip_eval.documents.lhe.elements import Item
from sakip_eval.documents.lhe.styles import NS

STEP = 454
"""Indentation of one depth, twentieths of a point (8 mm)."""

DEPTHS = 3
_LOOKS = {"angka": ("decimal", "%1."), "huruf": ("lowerLetter", "%1."), "kurung": ("decimal", "%1)")}
_HEADINGS = (("upperRoman", "BAB %1"), ("upperLetter", "%2."), ("decimal", "%3."))
HEADING = "heading"


def _level(at: int, fmt: str, shown: str, left: int, hanging: int, suffix: str = "tab") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def definitions(first: int) -> tuple[list[str], dict[str, int]]:
    """Return the definitions, numbered from `first`, and the number of each by its name (`huruf-1`)."""
    made: list[str] = []
    numbers: dict[str, int] = {}

    def add(name: str, kind: str, levels: str) -> None:
        numbers[name] = first + len(made)
        made.append(
            f'<w:abstractNum {NS} w:abstractNumId="{numbers[name]}"><w:multiLevelType w:val="{kind}"/>{levels}'
            "</w:abstractNum>"
        )

    for look, (fmt, shown) in _LOOKS.items():
        for depth in range(DEPTHS):
            add(f"{look}-{depth}", "singleLevel", _level(0, fmt, shown, STEP * (depth + 1), STEP))
    (roman, chapter), *rest = _HEADINGS
    levels = _level(0, roman, chapter, 0, 0, "nothing")
    levels += "".join(_level(at, fmt, shown, STEP, STEP) for at, (fmt, shown) in enumerate(rest, start=1))
    add(HEADING, "multilevel", levels)
    return made, numbers


@dataclass
class Lists:
    """The lists of one document: gives each series its instance, and writes all instances at the end."""

    numbers: dict[str, int]
    first: int
    _instances: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, item: Item) -> int:
        """Return the instance of an item's list, a new one where its series is new."""
        return self._number(f"{item.numbering}-{item.depth}", item.series)

    def heading(self) -> int:
        """Return the one instance that counts the headings."""
        return self._number(HEADING, "")

    def _number(self, definition: str, series: str) -> int:
        return self._instances.setdefault((definition, series), self.first + len(self._instances))

    def xml(self) -> str:
        """Return all instances; each starts its levels at one."""
        parts: list[str] = []
        for (definition, _), number in self._instances.items():
            # Headings count on through the document by themselves; a list starts at one.
            start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            starts = "" if definition == HEADING else start
            parts.append(
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self.numbers[definition]}"/>{starts}</w:num>'
            )
        return "".join(parts)
