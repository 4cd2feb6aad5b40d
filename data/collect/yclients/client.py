"""The API of YCLIENTS: tokens into headers, questions into replies, pages into one list.

Invariant: an answer is one only if it says «success»; a list is read until a page brings nothing new, whatever the
service makes of the size that was asked for. Follows the published description (version 2.0).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from data.collect.api.asking import Answer, Asking, Question
from data.collect.api.failures import (
    KeysRefused,
    NoRight,
    NotInTariff,
    NotThere,
    NotUnderstood,
    Refused,
    ServiceFailure,
)
from data.collect.api.pace import Limit
from data.collect.api.reply import Complain, Reply, replies
from data.message import Message, say

ADDRESSES = {"yclients": "https://api.yclients.com/api/v1", "altegio": "https://api.alteg.io/api/v1"}
NAMES = {"yclients": "YCLIENTS", "altegio": "Altegio"}
LIMITS = (Limit("second", 5, 1), Limit("minute", 200, 60))
"""Of the description: for one address on the internet, whatever is asked."""
WHERE = say("The partner token is in the account of the developer, the user token in the branch's settings.")
_RIGHTS = say("Give the user of the token the right to see it: «Settings», «Users» of the branch.")
_NUMBER = say("Compare the number of the branch with the address of its pages.")
COUNT = 200
"""Things asked for a page."""
MOST_PAGES = 500
_LICENCE = "лиценз"


@dataclass(frozen=True)
class Yclients:
    """Asks with one pair of tokens."""

    service: str
    """YCLIENTS or Altegio."""
    asking: Asking
    """The connection."""
    partner: str
    """Partner token."""
    user: str
    """User token."""

    def one(self, path: str, what: Message, params: Mapping[str, Any] | None = None) -> Reply:
        """The object that is asked for."""
        return self._asked(path, what, params or {}).must("data")

    def all(self, path: str, what: Message, params: Mapping[str, Any] | None = None) -> tuple[Reply, ...]:
        """The list that is asked for, where it has no pages."""
        return self._list(self._asked(path, what, params or {}), what)

    def pages(self, path: str, what: Message, params: Mapping[str, Any], first: int = 1) -> Iterator[tuple[Reply, ...]]:
        """The list that is asked for, page by page from the `first`; what a page repeats of another is left out."""
        seen: set[str] = set()
        for page in range(first, MOST_PAGES + 1):
            reply = self._asked(path, what, {**params, "page": page, "count": COUNT})
            fresh = tuple(one for one in self._list(reply, what) if one.text("id") not in seen)
            if not fresh:
                return
            seen.update(one.text("id") for one in fresh)
            yield fresh
            meta = reply.inner("meta")
            total = meta.count("total_count") if meta else None
            if total is not None and first == 1 and len(seen) >= total:
                return

    def complain(self, what: Message) -> Complain:
        """How an answer to this is said to be unreadable."""
        return lambda why: NotUnderstood(self.service, what, why)

    def _asked(self, path: str, what: Message, params: Mapping[str, Any]) -> Reply:
        question = Question("GET", path, what, params=params, limits=LIMITS)
        answer = self.asking.ask(
            question,
            {
                "Accept": "application/vnd.yclients.v2+json",
                "Authorization": f"Bearer {self.partner}, User {self.user}",
                "Content-Type": "application/json",
            },
        )
        if not 200 <= answer.status < 300:
            raise self._refusal(question, answer)
        reply = Reply.of(self.asking.read(question, answer), self.complain(what))
        if reply.flag("success") is False:
            raise self._refusal(question, answer)
        return reply

    def _list(self, reply: Reply, what: Message) -> tuple[Reply, ...]:
        data = reply.fields.get("data")
        return replies([] if data is None else data, self.complain(what))

    def _said(self, question: Question, answer: Answer) -> str:
        """What a refusal says of itself, in small letters; it is only looked into."""
        try:
            meta = Reply.of(self.asking.read(question, answer), self.complain(question.what)).inner("meta")
        except NotUnderstood:
            return ""
        return (meta.said("message") or "").casefold() if meta else ""

    def _refusal(self, question: Question, answer: Answer) -> ServiceFailure:
        """What a refusal means; an unpaid licence comes as a missing right."""
        if answer.status == 401:
            return KeysRefused(self.service, WHERE)
        if answer.status == 402 or _LICENCE in self._said(question, answer):
            return NotInTariff(self.service, question.what)
        if answer.status == 403:
            return NoRight(self.service, question.what, _RIGHTS)
        if answer.status == 404:
            return NotThere(self.service, question.what, _NUMBER)
        return Refused(self.service, question.what, answer.status)
