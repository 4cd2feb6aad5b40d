"""How asking a service can fail, in words a person can act on.

Invariant: no failure carries a key, a token or what a service answered word for word; each says what happened, where,
and what to do.
"""

from datetime import datetime

from data.collect.model import Trouble
from data.message import Message, say


class ServiceFailure(Trouble):
    """The service did not give what it was asked for."""


class KeysRefused(ServiceFailure):
    """The service does not know these keys."""

    def __init__(self, service: str, where: Message) -> None:
        super().__init__(
            say("{service} does not accept the keys.", service=service),
            say("They are wrong, were made anew, or belong to another account."),
            where,
            is_lasting=True,
        )


class NoRight(ServiceFailure):
    """The keys are right, but they do not allow this."""

    def __init__(self, service: str, what: Message, where: Message) -> None:
        super().__init__(
            say("{service} does not give these keys the right to: {what}.", service=service, what=what),
            hint=where,
            is_lasting=True,
        )


class NotInTariff(ServiceFailure):
    """What is asked for is not part of what the account pays for."""

    def __init__(self, service: str, what: Message) -> None:
        super().__init__(
            say("The tariff of the account at {service} does not include: {what}.", service=service, what=what),
            hint=say("Extend the tariff there, or leave this part out here."),
            is_lasting=True,
        )


class NotThere(ServiceFailure):
    """The account or company that is named does not exist for these keys."""

    def __init__(self, service: str, what: Message, where: Message) -> None:
        super().__init__(
            say("{service} does not find what is asked for: {what}.", service=service, what=what),
            hint=where,
            is_lasting=True,
        )


class Unreachable(ServiceFailure):
    """No answer came, or none in time."""

    def __init__(self, service: str, what: Message) -> None:
        super().__init__(
            say("{service} does not answer.", service=service),
            say("Asked for: {what}.", what=what),
            say("It is tried again by itself. If it stays so, look whether this computer has internet."),
        )


class Broken(ServiceFailure):
    """The service answered with an error of its own."""

    def __init__(self, service: str, what: Message, status: int) -> None:
        super().__init__(
            say("{service} answers with an error of its own ({status}).", service=service, status=status),
            say("Asked for: {what}.", what=what),
            say("It is tried again by itself; nothing needs to be done here."),
        )


class Refused(ServiceFailure):
    """The service does not understand the question."""

    def __init__(self, service: str, what: Message, status: int) -> None:
        super().__init__(
            say("{service} refuses the question ({status}).", service=service, status=status),
            say("Asked for: {what}.", what=what),
            say("The service may have changed. Take its files by hand until this program is updated."),
        )


class NotUnderstood(ServiceFailure):
    """The answer is not what the service's description promises."""

    def __init__(self, service: str, what: Message, why: Message) -> None:
        super().__init__(
            say("The answer of {service} cannot be read.", service=service),
            say("Asked for: {what}. {why}", what=what, why=why),
            say("The service may have changed. Take its files by hand until this program is updated."),
        )


class Wait(Exception):
    """The service may be asked again only at `at`: what was fetched stands, the rest follows then."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at
        """From when on, by the business's clock."""
