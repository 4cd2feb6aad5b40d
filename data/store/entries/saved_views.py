"""Views of the screens that somebody saved under a name.

Invariant: no two have the same name, however it is written; a view is an address without the language, so it opens in
any.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

LONGEST = 80
"""Letters of a name."""


@dataclass(frozen=True)
class SavedView:
    """One view."""

    id: int
    """Its number."""
    name: str
    """What it is called."""
    page: str
    """Code of the page."""
    params: Mapping[str, tuple[str, ...]]
    """The parts of its address."""


class SavedViews:
    """Saved views of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[SavedView, ...]:
        """Every view, by name."""
        rows = self._database.rows("select id, name, page, params from saved_views order by folded, id")
        return tuple(
            SavedView(number, name, page, {part: tuple(values) for part, values in json.loads(params).items()})
            for number, name, page, params in rows
        )

    def save(self, name: str, page: str, params: Mapping[str, Sequence[str]]) -> int:
        """Keep a view; its number. `UserError` without a name, or where it is taken."""
        shown = self._free(name, None)
        text = json.dumps({part: list(values) for part, values in params.items()}, ensure_ascii=False)
        with self._database.change("views", "lead") as connection:
            return inserted(
                connection,
                "insert into saved_views (name, folded, page, params, entered_at) values (?, ?, ?, ?, ?)",
                (shown, shown.casefold(), page, text, self._clock().isoformat(timespec="seconds")),
            )

    def rename(self, number: int, name: str) -> None:
        """Call a view otherwise. `UserError` where the name is taken, `UnknownName` if the view is gone."""
        shown = self._free(name, number)
        with self._database.change("views", "lead") as connection:
            changed = connection.execute(
                "update saved_views set name = ?, folded = ? where id = ?", (shown, shown.casefold(), number)
            )
            if changed.rowcount == 0:
                raise UnknownName(say("This saved view is gone."))

    def delete(self, number: int) -> None:
        """Forget a view."""
        with self._database.change("views", "lead") as connection:
            connection.execute("delete from saved_views where id = ?", (number,))

    def _free(self, name: str, number: int | None) -> str:
        """The name on one line, if no other view has it."""
        shown = " ".join(name.split())[:LONGEST].strip()
        if not shown:
            raise UserError(say("A view needs a name."))
        same = "select id from saved_views where folded = ? and id <> ?"
        if self._database.rows(same, (shown.casefold(), number or 0)):
            raise UserError(say("There is a view called «{name}» already.", name=shown))
        return shown
