"""The `sakip` command: its groups, and the one place where errors become exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from sakip_eval import __version__
from sakip_eval.cli.bahasa import Command, Group, translate_error
from sakip_eval.cli.output import BAD_INPUT, GOOD, INTERNAL, print_problems
from sakip_eval.problems import SakipError

_HELP = "Nilai akuntabilitas kinerja instansi pemerintah (SAKIP/AKIP) menurut rubrik, dengan alasan setiap angka."
_COMMANDS = {
    "nilai": "nilai",
    "jelaskan": "nilai",
    "grafik": "grafik",
    "lke": "lke",
    "lke-baca": "lke_baca",
    "lhe": "lhe",
    "lhe-verifikasi": "lhe_verifikasi",
    "tren": "tren",
}
"""Commands, each a function of that name in a module of this package."""
_GROUPS = ("rubrik", "kasus", "tl", "db")
"""Groups of commands, each the `app` of the module of that name."""


def application(words: Sequence[str] = ()) -> typer.Typer:
    """Make the app with all commands; where `words` begin with one, with that one alone, which starts sooner."""
    app = typer.Typer(
        name="sakip",
        cls=Group,
        help=_HELP,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    wanted = {words[0]} & {*_COMMANDS, *_GROUPS} if words else set()
    for name, module in _COMMANDS.items():
        if name in wanted or not wanted:
            app.command(name, cls=Command)(getattr(import_module(f"sakip_eval.cli.{module}"), name.replace("-", "_")))
    for name in _GROUPS:
        if name in wanted or not wanted:
            app.add_typer(import_module(f"sakip_eval.cli.{name}").app, name=name)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sakip-eval {__version__}")
        raise typer.Exit(GOOD)


def _root(
    version: Annotated[
        bool, typer.Option("--versi", callback=_version, is_eager=True, help="Tampilkan versi.")
    ] = False,
) -> None:
    pass


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 findings, 2 bad input, 3 internal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(arguments)
    except OSError as error:
        # Nothing can be written any more: the reader has gone (`sakip ... | head`), or the disk is full.
        code = _cannot_write(error)
    # What is still buffered for a reader that has gone must not fail once more when the interpreter ends.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _run(arguments: list[str] | None) -> int:
    try:
        # Click turns a closed pipe into exit 1 and Ctrl-C into its own exit; inside `_invoke` both stay what they are.
        code = _invoke(arguments)
        sys.stdout.flush()
    except SakipError as error:
        print_problems(error.problems)
        return BAD_INPUT
    except typer.Exit as stop:
        sys.stdout.flush()
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        print("Dihentikan.", file=sys.stderr)
        return BAD_INPUT
    except OSError:
        raise
    except Exception as error:
        return _failed(error)
    return code if isinstance(code, int) else GOOD


def _invoke(arguments: list[str] | None) -> object:
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = typer.main.get_command(application(words))
    with command.make_context("sakip", words) as context:
        return command.invoke(context)


def _cannot_write(error: OSError) -> int:
    """Leave quietly where the reader has gone, else say that the output could not be written."""
    gone = isinstance(error, BrokenPipeError)
    with contextlib.suppress(OSError):
        if not gone:
            print(f"Hasil tidak dapat ditulis ({error.strerror or error}).", file=sys.stderr)
    return GOOD if gone else BAD_INPUT


def _failed(error: Exception) -> int:
    """Report a wrong command line (2), or a fault of ours (3), without a traceback."""
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message(), file=sys.stderr)
            return BAD_INPUT
        print(f"Perintah keliru: {translate_error(error.format_message())}", file=sys.stderr)
        context = getattr(error, "ctx", None)
        name = context.command_path if context is not None else "sakip"
        print(f"Lihat: {name} --help", file=sys.stderr)
        return BAD_INPUT
    if os.environ.get("SAKIP_DEBUG"):
        raise error
    print(
        f"Kesalahan internal ({type(error).__name__}): {error}\n"
        "Ini kesalahan program, bukan masukan Anda. Jalankan ulang dengan SAKIP_DEBUG=1 dan laporkan hasilnya.",
        file=sys.stderr,
    )
    return INTERNAL
