"""Avito's API: keys into a token, questions into replies.

Invariant: a token lives in memory only and is asked for anew once when it is no longer accepted; what the answer's
status means is told in words. Follows the published description (developers.avito.ru, OAuth «client_credentials»).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from data.collect.api.asking import Answer, Asking, Question
from data.collect.api.failures import KeysRefused, NoRight, NotInTariff, NotThere, NotUnderstood, Refused
from data.collect.api.pace import Limit
from data.collect.api.reply import Complain, Reply
from data.message import Message, say

SERVICE = "Avito"
ADDRESS = "https://api.avito.ru"
WHERE = say("The keys are on avito.ru under «For professionals», «API»: make them anew there and enter both here.")
"""Where somebody finds the keys."""
_PERSON = say("Enter the keys of the main account of the company, or ask whoever manages it at Avito.")
_NUMBER = say("Compare the profile's number with the one in the Avito cabinet, or leave it out.")


class Avito:
    """Asks for one account."""

    def __init__(self, asking: Asking, client_id: str, client_secret: str) -> None:
        self._asking = asking
        self._keys = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
        self._token: str | None = None

    def get(
        self, path: str, what: Message, limits: Sequence[Limit] = (), params: Mapping[str, Any] | None = None
    ) -> Reply:
        """The object a GET answers."""
        return Reply.of(self.get_any(path, what, limits, params), self.complain(what))

    def post(
        self, path: str, what: Message, body: Mapping[str, Any], limits: Sequence[Limit] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Reply:  # fmt: skip
        """The object a POST that only asks answers."""
        return Reply.of(self.post_any(path, what, body, limits, headers), self.complain(what))

    def get_any(
        self, path: str, what: Message, limits: Sequence[Limit] = (), params: Mapping[str, Any] | None = None
    ) -> Any:
        """What a GET answers, list or object."""
        return self._asked(Question("GET", path, what, params=params or {}, limits=limits), {})

    def post_any(
        self, path: str, what: Message, body: Mapping[str, Any], limits: Sequence[Limit] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # fmt: skip
        """What a POST that only asks answers, list or object."""
        return self._asked(Question("POST", path, what, body=body, limits=limits), headers or {})

    def complain(self, what: Message) -> Complain:
        """How an answer to this is said to be unreadable."""
        return lambda why: NotUnderstood(SERVICE, what, why)

    def _asked(self, question: Question, headers: Mapping[str, str]) -> Any:
        return self._asking.read(question, self._answer(question, headers))

    def _answer(self, question: Question, headers: Mapping[str, str]) -> Answer:
        for fresh in (False, True):
            token = self._bearer(fresh)
            answer = self._asking.ask(question, {**headers, "Authorization": f"Bearer {token}"})
            if answer.status != 401:
                return _good(question, answer)
        raise KeysRefused(SERVICE, WHERE)

    def _bearer(self, fresh: bool) -> str:
        if self._token is None or fresh:
            self._token = self._new_token()
        return self._token

    def _new_token(self) -> str:
        question = Question("POST", "/token", say("access by the keys"), form=self._keys)
        answer = self._asking.ask(question, {})
        if 400 <= answer.status < 500:
            raise KeysRefused(SERVICE, WHERE)
        reply = Reply.of(self._asking.read(question, answer), self.complain(question.what))
        if "error" in reply.fields and "access_token" not in reply.fields:
            raise KeysRefused(SERVICE, WHERE)
        return reply.text("access_token")


def _good(question: Question, answer: Answer) -> Answer:
    """The answer, if it is one."""
    if answer.status == 402:
        raise NotInTariff(SERVICE, question.what)
    if answer.status == 403:
        raise NoRight(SERVICE, question.what, _PERSON)
    if answer.status == 404:
        raise NotThere(SERVICE, question.what, _NUMBER)
    if not 200 <= answer.status < 300:
        raise Refused(SERVICE, question.what, answer.status)
    return answer
