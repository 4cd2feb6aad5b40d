"""Visits of a branch (`/records/…`): rows of `orders`.

Invariant: every visit is read once, month by month, the newest first, and then only what was changed since; of two
answers about one visit the one that was changed later counts, in whatever order they come. A deleted record is a
cancelled visit. An attended visit began and ended as it was booked: the service tells no other times.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from data.collect.api.moments import as_written
from data.collect.api.parts import Progress, Step, arrived
from data.collect.api.reply import Reply
from data.collect.api.table import Row, as_table
from data.collect.yclients import branch as known
from data.collect.yclients.branch import Branch
from data.message import say

VISITS = say("visits")
AHEAD = 3
"""Months after this one whose bookings are read at first."""
OVERLAP = timedelta(days=1)
"""How much of the time before the last look is asked for again: nobody says by which clock «changed» goes."""
VERSION = "last_change_date"
_STATUS = {1: "done", -1: "no_show", 0: "open", 2: "open"}
"""The description's codes: came, did not come, is awaited, confirmed."""
_ATTENDED = 1


def visits(branch: Branch, progress: Progress) -> Iterator[Step]:
    """Months that were not read yet, then what was changed since the last look."""
    state = progress.of(f"visits.{branch.number}")
    began = progress.pace.clock()
    state.setdefault("changed", began.isoformat(timespec="seconds"))
    read = state.setdefault("months", [])
    for first, last in months(progress.today, branch.history):
        if (month := f"{first:%Y-%m}") not in read:
            days = {"start_date": first.isoformat(), "end_date": last.isoformat()}
            yield from _tables(branch, progress, days, month)
            read.append(month)
            yield None
    since = datetime.fromisoformat(state["changed"]) - OVERLAP
    yield from _tables(branch, progress, {"changed_after": since.isoformat(timespec="seconds")}, "changed")
    state["changed"] = began.isoformat(timespec="seconds")
    yield None


def months(today: date, history: int) -> Iterator[tuple[date, date]]:
    """First and last day of this month and the coming ones, then of the past ones, the newest first."""
    this, earliest = today.replace(day=1), (today - timedelta(days=history)).replace(day=1)
    for ahead in range(AHEAD + 1):
        yield _month(this, ahead)
    back = 1
    while _month(this, -back)[0] >= earliest:
        yield _month(this, -back)
        back += 1


def _month(this: date, ahead: int) -> tuple[date, date]:
    at = this.year * 12 + this.month - 1 + ahead
    first, following = date(at // 12, at % 12 + 1, 1), date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def asked(branch: Branch, params: Mapping[str, str], first: int = 1) -> Iterator[tuple[Reply, ...]]:
    """Pages of records, deleted ones too."""
    return branch.yclients.pages(f"/records/{branch.number}", VISITS, {**params, "with_deleted": 1}, first)


def _tables(branch: Branch, progress: Progress, params: Mapping[str, str], name: str) -> Iterator[Step]:
    """A run that had to wait goes on with the last page it read: what moved up meanwhile is on it."""
    state = progress.of(f"visits.{branch.number}")
    first = int(state.get("page", 1))
    for number, page in enumerate(asked(branch, params, first), first):
        categories, users = known.categories(branch, progress), known.users(branch, progress)
        table = as_table("orders", [_row(one, branch, categories, users) for one in page], version=VERSION)
        key = f"visits:{branch.number}:{name}:{number}"
        yield arrived(table, key, f"Visits {branch.title} {name} {number}", branch.label)
        state["page"] = number
        yield None
    state.pop("page", None)


def _row(record: Reply, branch: Branch, categories: Mapping[str, str], users: Mapping[str, str]) -> Row:
    services, goods, person = record.each("services"), _goods(record), record.inner("staff")
    client = record.inner("client")
    starts, booked = as_written(record.text("datetime")), record.said("create_date")
    added = _sum(goods, ("cost_to_pay", "cost"))
    return {
        "order_id": record.text("id"),
        "created_at": as_written(booked) if booked else None,
        "scheduled_at": starts,
        **_times(record, starts),
        "status": "cancelled" if record.flag("deleted") else _STATUS.get(_attendance(record)),
        "revenue": (_sum(services, ("cost_to_pay", "cost")) or Decimal(0)) + (added or Decimal(0)),
        "addon_revenue": added or Decimal(0),
        "gross": _sum(services, ("first_cost", "cost")),
        "items": len(services),
        "employee": person.said("name") if person else None,
        "branch": branch.title,
        "service": ", ".join(filter(None, (one.said("title") for one in services))) or None,
        "category": next((name for one in services if (name := categories.get(one.said("id") or ""))), None),
        "client": (client.said("phone") or client.said("name")) if client else None,
        "source": record.said("record_from"),
        "is_prebooked": _is_prebooked(booked, record.text("datetime")),
        "booked_by": users.get(record.said("created_user_id") or ""),
        VERSION: _changed(record),
    }


def _times(record: Reply, starts: datetime) -> Mapping[str, datetime]:
    """When an attended visit began and ended."""
    seconds = record.count("seance_length") or record.count("length")
    if _attendance(record) != _ATTENDED or record.flag("deleted") or not seconds:
        return {}
    return {"started_at": starts, "finished_at": starts + timedelta(seconds=seconds)}


def _attendance(record: Reply) -> int:
    found = record.count("attendance")
    return (record.count("visit_attendance") or 0) if found is None else found


def _goods(record: Reply) -> Sequence[Reply]:
    return record.each("goods_transactions") if isinstance(record.fields.get("goods_transactions"), list) else ()


def _sum(things: Sequence[Reply], names: tuple[str, ...]) -> Decimal | None:
    """What they cost together, each by the first of these that is told; None where none is told."""
    told = [next((cost for name in names if (cost := one.amount(name)) is not None), None) for one in things]
    costs = [cost for cost in told if cost is not None]
    return sum(costs, Decimal(0)) if costs else None


def _is_prebooked(booked: str | None, starts: str) -> bool | None:
    """Whether it was in the journal before it began."""
    return None if booked is None else as_written(booked) < as_written(starts)


def _changed(record: Reply) -> datetime | None:
    text: Any = record.said(VERSION)
    return as_written(text) if text else None
