"""The events fact: how repair jobs of the last six months went through the business, step by step.

Invariant: a case is an order of the repair branch; its events are in order and lie between asking and paying. Jobs that
wait for an approval are those that also begin late: it is what they wait for.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.frames import Row, named
from data.demo.people import booker
from data.demo.stories import APPROVAL, APPROVAL_MINUTE, approval_rate
from data.demo.trades import REPAIR

_MONTHS_DAYS = 180


def events(orders: pd.DataFrame, seed: int, until: date) -> pd.DataFrame:
    """The fact, case by case in order of asking."""
    chance, approvals = Chance(seed, "events"), Chance(seed, "approvals")
    since = pd.Timestamp(until - timedelta(days=_MONTHS_DAYS))
    last = datetime.combine(until, time(23, 59))
    finished = orders["finished_at"].notna() & (orders["status"] == "done")
    jobs = orders[(orders["branch"] == REPAIR.name) & finished & (orders["created_at"] >= since)]
    rows = [row for job in jobs.to_dict("records") for row in _case(named(job), chance, approvals)]
    return pd.DataFrame([row for row in rows if _moment(row["at"]) <= last])


def _case(job: Row, chance: Chance, approvals: Chance) -> Iterator[Row]:
    created, started, finished = (_moment(job[name]) for name in ("created_at", "started_at", "finished_at"))
    office, master = booker(REPAIR), job["employee"]
    steps: list[tuple[str, float, object, int, bool]] = [("Заявка", 0.0, office, 3, False)]
    if chance.yes(0.3):
        steps.append(("Повторный звонок клиенту", 0.25, office, 4, True))
    steps += [("Согласование времени", 0.45, office, 5, False), ("Выезд", 0.9, master, 25, False)]
    asked, approval_minutes = approvals.yes(approval_rate(started - created)), approvals.whole(10, 20)
    if asked:
        at = created + (started - created) * 0.82
        yield _event(job, APPROVAL, at, approval_minutes, office, True, APPROVAL_MINUTE)
    at_work = [("Диагностика", 0.25), ("Согласование цены", 0.35), ("Ремонт", 0.85), ("Проверка", 1.0)]
    if job["is_rework"] or chance.yes(0.06):
        at_work[2:] = [("Ремонт", 0.55), ("Проверка", 0.65), ("Ремонт", 0.9), ("Проверка", 1.0)]
    for activity, share, who, minutes, needless in steps:
        yield _event(job, activity, created + (started - created) * share, minutes, who, needless)
    for activity, share in at_work:
        yield _event(job, activity, started + (finished - started) * share, chance.whole(6, 14), master, False)
    if chance.yes(0.12):
        yield _event(job, "Повторный звонок клиенту", finished + timedelta(hours=20), 5, office, True)


def _event(job: Row, activity: str, at: datetime, minutes: int, who: object, needless: bool, minute: float = 12) -> Row:
    at = at.replace(second=0, microsecond=0)
    return {
        "case_id": job["order_id"], "activity": activity, "at": at, "started_at": at - timedelta(minutes=minutes),
        "lifecycle": "complete", "cost": minute * minutes, "is_superfluous": needless, "employee": who,
        "branch": job["branch"], "service": job["service"],
    }  # fmt: skip


def _moment(value: object) -> datetime:
    return pd.Timestamp(value).to_pydatetime()  # type: ignore[arg-type]
