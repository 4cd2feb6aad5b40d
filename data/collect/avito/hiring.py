"""Applications for vacancies (`/job/v1/applications/…`) and their vacancies: rows of `applicants` and `vacancies`.

Invariant: what was updated since the last look is read again, newest first, and its rows supersede; names and
telephones of applicants are not taken. A price is in kopecks and what was paid in all, bonuses included.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from data.collect.api.moments import at
from data.collect.api.parts import Progress, Step, arrived
from data.collect.api.reply import Reply, replies
from data.collect.api.table import Row, as_table
from data.collect.avito import account as known
from data.collect.avito.account import Account
from data.collect.avito.periods import DAY, earliest_day
from data.message import say

APPLICATIONS = say("applications for vacancies")
VACANCIES = say("vacancies")
PAGE = 100
"""Applications an answer holds at most, and ids a question."""
MOST_PAGES = 200
AGAIN = 2
"""Days before the last look that are read again."""

_SOURCES = {"by_phone": "Телефон", "by_chat": "Чат", "sbc_cold_flow": "Приглашение из рассылки"}
"""The description's codes, as people read them in the cabinet."""


def hiring(account: Account, progress: Progress) -> Iterator[Step]:
    """What was updated since the last look, at most once a day; then the vacancies that were met."""
    state = progress.of("hiring")
    if state.get("on") == progress.today.isoformat():
        return
    since = _since(state, progress.today, account.history)
    names: Mapping[str, str] | None = None
    for number, ids in enumerate(_pages(account, since)):
        applications = account.avito.post("/job/v1/applications/get_by_ids", APPLICATIONS, {"ids": ids}).each("applies")
        if names is None and any(one.count("employee_id") for one in applications):
            names = known.people(account, progress)
        rows = [_row(one, account, names or {}) for one in applications]
        if rows:
            key = f"applicants:{since}:{number}"
            name = f"Avito applications since {since} {number + 1}"
            yield arrived(as_table("applicants", rows), key, name, account.label)
        met = {vacancy for one in applications if (vacancy := one.said("vacancy_id"))}
        state["vacancies"] = sorted({*state.get("vacancies", ()), *met})
    yield from _vacancies(account, state)
    state["until"] = state["on"] = progress.today.isoformat()
    yield None


def ids_since(account: Account, since: date, cursor: str | None = None) -> list[str]:
    """Ids of one page of applications updated since a day."""
    params = {"updatedAtFrom": since.isoformat(), **({"cursor": cursor} if cursor else {})}
    reply = account.avito.get("/job/v1/applications/get_ids", APPLICATIONS, params=params)
    return [one.text("id") for one in reply.each("applies")] if reply.fields.get("applies") is not None else []


def tried(account: Account, since: date) -> None:
    """Whether they may be asked for."""
    ids_since(account, since)


def _pages(account: Account, since: date) -> Iterator[list[str]]:
    cursor = None
    for _ in range(MOST_PAGES):
        ids = ids_since(account, since, cursor)
        if ids:
            yield ids
        if len(ids) < PAGE or ids[-1] == cursor:
            return
        cursor = ids[-1]


def _since(state: Mapping[str, Any], today: date, history: int) -> date:
    until = state.get("until")
    return date.fromisoformat(until) - AGAIN * DAY if until else earliest_day(today, history)


def _row(application: Reply, account: Account, names: Mapping[str, str]) -> Row:
    price = application.inner("price")
    paid = price.amount("total") if price else None
    source = application.said("source") or application.said("type")
    return {
        "applicant_id": application.text("id"),
        "vacancy_id": application.said("vacancy_id"),
        "applied_at": at(application.text("created_at"), account.zone),
        "employee": names.get(application.said("employee_id") or ""),
        "source": _SOURCES.get(source, source) if source else None,
        "cost": None if paid is None else paid / Decimal(100),
        "Статус отклика": application.said("state"),
    }


def _vacancies(account: Account, state: Mapping[str, Any]) -> Iterator[Step]:
    """Title and day of publishing of every vacancy that somebody applied for."""
    met = list(state.get("vacancies", ()))
    rows = [row for first in range(0, len(met), PAGE) for row in _asked(account, met[first : first + PAGE])]
    if rows:
        yield arrived(as_table("vacancies", rows), "vacancies", "Avito vacancies", account.label)


def _asked(account: Account, numbers: Sequence[str]) -> Iterator[Row]:
    body = {"ids": [int(number) for number in numbers]}
    reply = account.avito.post_any("/job/v2/vacancies/batch", VACANCIES, body)
    listed = reply.get("vacancies") if isinstance(reply, dict) else reply
    for vacancy in replies(listed, account.avito.complain(VACANCIES), "vacancies"):
        began = vacancy.said("start_time")
        if began is not None:
            opened = at(began, account.zone)
            yield {
                "vacancy_id": vacancy.text("id"), "title": vacancy.said("title"), "opened_at": opened,
                "published_at": opened,
            }  # fmt: skip
