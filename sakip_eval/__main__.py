"""The process of the `sakip` command (also `python -m sakip_eval`): how it starts and how it ends."""

from __future__ import annotations

import atexit
import gc
import os

_RARELY = 100_000
"""Objects made between two looks for unused circles: a command makes few, and imports trigger hundreds of looks."""


def main() -> None:
    """Run the command of this process and end it with the command's exit code."""
    gc.set_threshold(_RARELY)
    # Nothing that another package has installed may look at, or change, what is read; nor be searched for.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from sakip_eval.cli.main import run

    code = run()
    # Everything is written by now. To take all modules apart first would cost a seventh of a short command.
    atexit._run_exitfuncs()
    os._exit(code)


if __name__ == "__main__":
    main()
