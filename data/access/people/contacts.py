"""Where people are reached: their e-mail address and their chat with the bot.

Invariant: whoever signs in with an e-mail address is reached by it until another one is chosen.
"""

from dataclasses import dataclass

from data.access.people.model import Person
from data.store.entries.database import Database
from data.store.entries.delivery.addressees import check_email


@dataclass(frozen=True)
class Contact:
    """Where somebody is reached."""

    email: str
    """Their e-mail address; empty: none is known."""
    chat: str
    """Number of their chat with the bot; empty: none is known."""


class Contacts:
    """Those of one installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, person: Person) -> Contact:
        """Where somebody is reached."""
        rows = self._database.rows("select email, chat from contacts where person = ?", (person.id,))
        email, chat = rows[0] if rows else ("", "")
        return Contact(email or (person.login if "@" in person.login else ""), chat)

    def choose(self, number: int, *, email: str | None = None, chat: str | None = None) -> None:
        """Reach them so from now on; None: as before, empty: not at all. `UserError` for what is no address."""
        if email:
            check_email(email)
        with self._database.change("people") as connection:
            connection.execute("insert into contacts values (?, '', '') on conflict do nothing", (number,))
            for column, value in (("email", email), ("chat", chat)):
                if value is not None:
                    connection.execute(f"update contacts set {column} = ? where person = ?", (value.strip(), number))

    def link_chat(self, number: int, chat: str) -> None:
        """They wrote to the bot: that is their chat."""
        with self._database.receive() as connection:
            connection.execute("insert into contacts values (?, '', '') on conflict do nothing", (number,))
            connection.execute("update contacts set chat = ? where person = ?", (chat, number))
