"""Calls of one account, from the one of Avito's three lists that was chosen: rows of `calls`.

Invariant: the lists tell of the same calls, so that only one is read at a time; where another one is chosen later, it
begins on the day after the last that was read from the one before. Days whose calls may still change are read again.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from data.collect.api.failures import NoRight, NotThere, Refused
from data.collect.api.moments import at, in_zone
from data.collect.api.pace import Limit
from data.collect.api.parts import Progress, Step, arrived
from data.collect.api.reply import Reply
from data.collect.api.table import Row, as_table
from data.collect.avito import account as known
from data.collect.avito.account import Account
from data.collect.avito.client import SERVICE, WHERE
from data.collect.avito.periods import DAY, DEPTH, Period, earliest_day
from data.message import Message, say

COUNTED = say("the daily counts of calls")
TARGET = say("the target calls of the CPA tariff")
TRACKED = say("the calls of call tracking")
CHANGING = 14
"""Days after which a call's status no longer changes."""
WINDOW = 30
"""Days one question covers, of the lists that can be asked for days."""
TARGET_LIMIT = Limit("target calls", 1, 60)
TRACKED_LIMIT = Limit("call tracking", 5, 60)
_TARGET_PAGE, _TRACKED_PAGE = 1000, 100
_STATUS = {0: "target", 1: "moderation", 2: "target", 3: "not_target"}
"""The description's codes: 2 and 3 are what moderation made of a call."""

Read = Callable[[Account, Progress, Period, int], tuple[list[Row], int | None]]
"""Account, period, offset → the calls of one page, and the offset of the next."""


def calls(account: Account, progress: Progress, source: str) -> Iterator[Step]:
    """The calls of every day that is due, from one list: counts, target or tracked."""
    state = _switched(progress.of("calls"), source)
    read, whole, window = _LISTS[source]
    for period in _windows(state, progress.today, account.history, window):
        offset, page = int(state.get("offset", 0)), 0
        while True:
            rows, next_offset = read(account, progress, period, offset)
            if rows:
                name = f"Avito calls {period.first}…{period.last}" + (f" {page + 1}" if offset else "")
                days = (period.first, period.last) if whole else None
                key = f"calls:{source}:{period}:{offset}"
                yield arrived(as_table("calls", rows), key, name, account.label, period=days)
            page, offset = page + 1, next_offset or 0
            _note(state, period, next_offset, progress.today)
            yield None
            if next_offset is None:
                break


def _switched(state: dict[str, Any], source: str) -> dict[str, Any]:
    """The state for the list that is chosen now."""
    if state.get("source") not in (None, source):
        state["since"], state["offset"] = state.get("until"), 0
        state.pop("on", None)
    state["source"] = source
    return state


def _windows(state: Mapping[str, Any], today: date, history: int, window: int) -> Iterator[Period]:
    """What is to be read today, the earliest first: once a day, with the days that may still change."""
    if state.get("on") == today.isoformat():
        return
    since = state.get("since")
    first = max(earliest_day(today, history), date.fromisoformat(since) + DAY if since else date.min)
    if (until := state.get("until")) is not None:
        first = max(first, date.fromisoformat(until) - CHANGING * DAY)
    while first < today:
        last = min(first + (window - 1) * DAY, today - DAY)
        yield Period(first, last)
        first = last + DAY


def _note(state: dict[str, Any], period: Period, next_offset: int | None, today: date) -> None:
    state["offset"] = next_offset or 0
    if next_offset is None:
        state["until"] = max(state.get("until") or "", period.last.isoformat())
        if period.last >= today - DAY:
            state["on"] = today.isoformat()


def _counted(account: Account, progress: Progress, period: Period, _offset: int) -> tuple[list[Row], int | None]:
    """Counts by day, advertisement and employee, as so many calls of which the time of day is not known."""
    body = {"dateFrom": period.first.isoformat(), "dateTo": period.last.isoformat()}
    reply = account.avito.post(f"/core/v1/accounts/{account.user_id}/calls/stats/", COUNTED, body)
    items = reply.must("result").each("items")
    names = known.people(account, progress) if any(item.count("employeeId") for item in items) else {}
    return [row for item in items for row in _calls_of(item, names)], None


def _calls_of(item: Reply, names: Mapping[str, str]) -> Iterator[Row]:
    """So many calls as an advertisement's days count; those that were answered first."""
    ad, person = item.said("itemId") or "0", item.said("employeeId") or "0"
    for day in item.each("days"):
        on = date.fromisoformat(day.text("date")[:10])
        answered = day.count("answered") or 0
        for number in range(day.count("calls") or 0):
            yield {
                "call_id": f"{on}·{ad}·{person}·{number + 1}", "at": datetime.combine(on, time()),
                "answered": number < answered, "employee": names.get(person), "Номер объявления": _number(ad),
            }  # fmt: skip


def _target(account: Account, _progress: Progress, period: Period, offset: int) -> tuple[list[Row], int | None]:
    """Calls that are paid for, with their price and whether they were target calls."""
    since = in_zone(datetime.combine(period.first, time()), account.zone)
    body = {"dateTimeFrom": since, "limit": _TARGET_PAGE, "offset": offset}
    reply = account.avito.post(
        "/cpa/v2/callsByTime", TARGET, body, (TARGET_LIMIT,), headers={"X-Source": "kpi-dashboard"}
    )  # fmt: skip
    listed = _listed(reply, TARGET)
    rows = [_target_row(call, account) for call in listed]
    more = len(listed) >= _TARGET_PAGE
    return [row for row in rows if row["at"] <= _end(period)], offset + len(listed) if more else None


def _target_row(call: Reply, account: Account) -> dict[str, Any]:
    seconds, price = call.count("duration"), call.amount("price")
    return {
        "call_id": call.text("id"), "at": at(call.said("startTime") or call.text("createTime"), account.zone),
        "talk_seconds": seconds, "wait_seconds": call.amount("waitingDuration"),
        "answered": None if seconds is None else seconds > 0, "target": _STATUS.get(call.count("statusId") or 0),
        "price": None if price is None else price / Decimal(100), "client": call.said("buyerPhone"),
        "Номер объявления": _number(call.said("itemId")), "category": call.said("groupTitle"),
    }  # fmt: skip


def _tracked(account: Account, _progress: Progress, period: Period, offset: int) -> tuple[list[Row], int | None]:
    """Every call through a number of call tracking, with how long it was waited and talked."""
    body = {
        "dateTimeFrom": in_zone(datetime.combine(period.first, time()), account.zone),
        "dateTimeTo": in_zone(_end(period), account.zone), "limit": _TRACKED_PAGE, "offset": offset,
    }  # fmt: skip
    listed = _listed(account.avito.post("/calltracking/v1/getCalls/", TRACKED, body, (TRACKED_LIMIT,)), TRACKED)
    rows: list[Row] = [
        {
            "call_id": call.text("callId"), "at": at(call.text("callTime"), account.zone),
            "talk_seconds": call.count("talkDuration"), "wait_seconds": call.amount("waitingDuration"),
            "answered": (call.count("talkDuration") or 0) > 0, "client": call.said("buyerPhone"),
            "Номер объявления": _number(call.said("itemId")),
        } for call in listed
    ]  # fmt: skip
    return rows, offset + len(listed) if len(listed) >= _TRACKED_PAGE else None


def _listed(reply: Reply, what: Message) -> tuple[Reply, ...]:
    """The calls of an answer that may hold an error in their place, with status 200."""
    error = reply.inner("error")
    code = error.count("code") if error else 0
    if code == 1002:
        raise NoRight(SERVICE, what, WHERE)
    if code == 1004:
        raise NotThere(SERVICE, what, WHERE)
    if code:
        raise Refused(SERVICE, what, code)
    return reply.each("calls") if reply.fields.get("calls") is not None else ()


def _end(period: Period) -> datetime:
    return datetime.combine(period.last, time()) + timedelta(days=1, seconds=-1)


def _number(ad: str | None) -> str | None:
    return None if ad in (None, "0") else ad


_LISTS: Mapping[str, tuple[Read, bool, int]] = {
    "counts": (_counted, True, WINDOW), "target": (_target, False, DEPTH), "tracked": (_tracked, False, WINDOW),
}  # fmt: skip
"""Name → how it is read, whether one answer tells everything of its days, and how many days a question covers."""


def tried(account: Account, progress: Progress, source: str, period: Period) -> None:
    """Ask one of the lists, to see whether it may be asked."""
    _LISTS[source][0](account, progress, period, 0)
