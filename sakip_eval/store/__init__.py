"""The ledger of follow-up and sealed results in a database: SQLite file or PostgreSQL.

`open_store` is the way in; what it returns is `store.Store`. Nothing heavy is imported before it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sakip_eval.store.store import Store

__all__ = ["DEFAULT", "open_store"]

DEFAULT = "sakip.db"
"""Where the database is if nobody says otherwise: a file in the working folder."""


def open_store(place: str = DEFAULT, *, create: bool = True, wait: float = 10.0) -> Store:
    """Open the database at a file or URL; an empty one gets its tables, a missing SQLite file is made.

    With `create=False`, for commands that only read, a database that is not there is an error (P902) and nothing is
    made. `wait` is how many seconds to wait for another writer. Raises `SakipError` (P901-P909). Close what it
    returns, or use it in a `with`.
    """
    from sakip_eval.store.opening import opened

    return opened(place, create=create, wait=wait)
