"""Who may come in: accounts, sessions, one-time links, tries, and the log of what was done.

Invariant: lies in a file of its own (`people.sqlite`, readable by its owner only) that no question about the data
reaches: not DuckDB, not the entries of a business, no export.
"""

from pathlib import Path

from data.access.people import passwords
from data.access.people.attempts import Attempts
from data.access.people.businesses import Businesses
from data.access.people.contacts import Contact, Contacts
from data.access.people.deeds import Deeds
from data.access.people.invitations import Invitation, Invitations
from data.access.people.model import KPI_PAGES, LEAD_PAGES, Deed, Membership, Person, Session
from data.access.people.persons import LONGEST, Persons, spelled
from data.access.people.sessions import Sessions
from data.errors import UserError
from data.message import say
from data.store.clock import Clock, system_clock
from data.store.entries.database import of_people
from data.store.gate import Gate

__all__ = [
    "KPI_PAGES",
    "LEAD_PAGES",
    "Contact",
    "Deed",
    "Invitation",
    "Membership",
    "People",
    "Person",
    "Session",
    "TooMany",
]

FILE = "people.sqlite"
_MEND = say(
    "Put the accounts of a backup back: `python -m kpi restore FILE --people`. Without one, move the file aside: "
    "then everybody gets a new account, and the figures stay as they are."
)


class TooMany(UserError):
    """Too many tries: nothing is looked at for a while."""

    def __init__(self, minutes: int) -> None:
        super().__init__(say("Too many tries. The next one is looked at in {n} min.", n=minutes))


class People:
    """The people of one installation."""

    def __init__(self, folder: Path, clock: Clock = system_clock) -> None:
        self._database = of_people(folder / FILE, _MEND)
        self.persons = Persons(self._database, clock)
        """Accounts and what they may do."""
        self.sessions = Sessions(self._database, clock)
        """Browsers that came in."""
        self.invitations = Invitations(self._database, clock)
        """One-time links."""
        self.attempts = Attempts(self._database, clock)
        """Tries that failed."""
        self.contacts = Contacts(self._database)
        """Where people are reached."""
        self.businesses = Businesses(self._database, clock)
        """Further businesses."""
        self.deeds = Deeds(self._database, clock)
        """What was done."""

    @property
    def gate(self) -> Gate:
        """Asked before an account is made, changed or closed."""
        return self._database.gate

    def sign_in(self, login: str, password: str, address: str) -> Person | None:
        """The person, if the password is theirs; None, for the same time, for whoever does not exist.

        `TooMany` after a number of failures, whether the account exists or not.
        """
        account = spelled(login)
        if minutes := self.attempts.wait(account, address):
            raise TooMany(minutes)
        found = self.persons.find(account)
        kept = self.persons.password(found.id) if found is not None and found.disabled_at is None else None
        if not passwords.fits(password, kept) or found is None or kept is None:
            self.attempts.failed(account, address)
            return None
        self.attempts.succeeded(account)
        if passwords.is_outdated(kept):
            self.persons.rehash(found.id, passwords.hashed(password))
        return found

    def vouched(self, email: str) -> Person | None:
        """Whoever signs in under an e-mail address that is known to be theirs; None: no open account has it.

        Letters beyond ASCII have to be just those of the account, for folding them makes different addresses one.
        """
        found = self.persons.find(email) if "@" in email and len(email) <= LONGEST else None
        if found is None or found.disabled_at is not None:
            return None
        return found if email.isascii() or email == found.login else None

    def accept(self, token: str, password: str, login: str = "", name: str = "") -> Person | None:
        """Whoever a one-time link is for, with the password they chose; None: the link is good no more.

        For the link of the first owner `login` and `name` are theirs.
        """
        kept = passwords.hashed(password)
        with self._database.receive():  # all of it or nothing: or a link would be used up and nobody let in
            found = self.invitations.find(token)
            if found is None or (found.kind == "owner" and self.persons.has_owner(found.business)):
                return None
            if not self.invitations.use(token):
                return None
            number = found.person
            if number is None:
                number = self.persons.add(login, name)
                self.persons.admit(number, Membership(found.business, "owner"))
            self.persons.choose_password(number, kept)
            return self.persons.get(number)

    def let_in(self, login: str, name: str, membership: Membership) -> tuple[int, str | None]:
        """Number of somebody who may come in from now on, or may do something else than before, and the token of a
        one-time link for whoever has no password yet. `UserError` where their account was closed, or nobody would own
        the business.
        """
        with self._database.receive():  # all of it or nothing
            known = self.persons.find(login)
            if known is not None and known.disabled_at is not None:
                raise UserError(say("The account «{login}» was closed.", login=known.login))
            number = known.id if known is not None else self.persons.add(login, name)
            self.persons.admit(number, membership)
            has_password = known is not None and known.has_password
            return number, None if has_password else self.invitations.make("invitation", number, membership.business)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
