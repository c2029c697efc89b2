"""docs/tutorial.md, run from its first block to its last in an empty folder: every command, every file, every output.

The page's own conventions: in a `console` block, a line that begins with `$ ` is a command and the lines after it are
its output, with `...` for parts left out; `console keluar=N` says the exit code of the block's last command (the
others end with 0). A `yaml` block belongs to the file that the line before it names: `Ganti seluruh isi`, `Buat`, or
`Tambahkan di akhir`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_schema import wrong

PAGE = ROOT / "docs/tutorial.md"
FENCE = re.compile(r"^```(.*)$")
FILE = re.compile(r"^(Ganti seluruh isi|Buat|Tambahkan di akhir) `([^`]+)`.*:$")
INFO = re.compile(r"console(?: keluar=([0-3]))?")


@dataclass(frozen=True)
class Block:
    """A fenced block: the words after its fence, the nearest line of text before it, its lines, its place."""

    info: str
    before: str
    lines: tuple[str, ...]
    line: int


def blocks_of(text: str) -> list[Block]:
    found: list[Block] = []
    before, info, start, inside = "", "", 0, None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if fence and inside is None:
            info, start, inside = fence[1], number, list[str]()
        elif fence and inside is not None:
            found.append(Block(info, before, tuple(inside), start))
            before, inside = "", None
        elif inside is not None:
            inside.append(line)
        elif line.strip():
            before = line
    assert inside is None, f"a block that begins in line {start} does not end"
    return found


def commands_of(block: Block) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the output that the page shows."""
    commands: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def matches(shown: list[str], said: list[str]) -> bool:
    """Whether `said` is what the page shows: runs of whole lines, in order, `...` for any lines between."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line.rstrip()) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in said)) is not None


class Desk:
    """The reader's own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, block: Block) -> None:
        match = FILE.match(block.before)
        assert match, f"line {block.line}: which file? {block.before!r}"
        how, name = match.groups()
        path = self.folder / name
        assert path.exists() == (how != "Buat"), f"line {block.line}: {how} {name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_text(encoding="utf-8") if how == "Tambahkan di akhir" else ""
        path.write_text(old + "\n".join(block.lines) + "\n", encoding="utf-8")

    def run(self, command: str, shown: list[str], code: int, line: int) -> None:
        program, *arguments = shlex.split(command)
        assert program == "sakip", command
        done = subprocess.run(
            [sys.executable, "-m", "sakip_eval", *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={k: v for k, v in os.environ.items() if k not in ("SAKIP_RUBRIK", "SAKIP_DEBUG")},
        )
        place = f"line {line}: {command}\n{done.stdout}"
        if done.returncode != code:
            pytest.fail(f"exit code {done.returncode}, not {code}; {place}", pytrace=False)
        if not matches(shown, done.stdout.splitlines()):
            pytest.fail(f"{place}\nThe page shows:\n" + "\n".join(shown), pytrace=False)


def test_every_step_of_the_page_does_what_the_page_says(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for block in blocks_of(PAGE.read_text(encoding="utf-8")):
        if block.info == "yaml":
            desk.write(block)
            continue
        info = INFO.fullmatch(block.info)
        assert info, f"line {block.line}: a block of unknown kind: {block.info!r}"
        commands = commands_of(block)
        for number, (command, shown) in enumerate(commands, 1):
            desk.run(command, shown, int(info[1] or 0) if number == len(commands) else 0, block.line)
    for path in tmp_path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if schema := re.match(r"# yaml-language-server: \$schema=(.*)/(.*)\.schema\.json\n", text):
            assert (path.parent / schema[1] / f"{schema[2]}.schema.json").is_file(), path
            assert wrong(schema[2], text) == [], path


def test_the_page_shows_every_tool_of_a_rubric_author() -> None:
    shown = {
        " ".join(command.split()[1:3])
        for block in blocks_of(PAGE.read_text(encoding="utf-8"))
        if block.info.startswith("console")
        for command, _ in commands_of(block)
    }
    assert shown >= {"rubrik baru", "rubrik lint", "rubrik uji", "rubrik diff", "rubrik lihat", "rubrik skema"}
    assert shown >= {"kasus baru", "kasus cek"}


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_of_the_page_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]*)#?([^)]*)\)", PAGE.read_text(encoding="utf-8"))
    assert links
    for name, anchor in links:
        page = PAGE.parent / name if name else PAGE
        assert page.exists(), name
        assert not anchor or anchor in anchors(page), anchor


@pytest.mark.parametrize(
    ("shown", "said", "good"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["a", "..."], ["a", "b", "c"], True),
        (["a", "..."], ["a"], True),
        (["...", "c"], ["a", "b", "c"], True),
        (["...", "b", "..."], ["a", "b", "c"], True),
        (["...", "c", "a"], ["a", "b", "c"], False),
        (["...", "c", "...", "a", "..."], ["a", "b", "c"], False),
        (["a", "...", "c"], ["a", "b", "c", "d"], False),
        (["a..."], ["abc"], False),
        ([], ["a"], False),
        (["..."], [], True),
    ],
)
def test_what_the_page_shows_is_compared_line_by_line(shown: list[str], said: list[str], good: bool) -> None:
    assert matches(shown, said) is good
