"""Rows of October as the tests of accounts write them."""

from datetime import date

from data.access.reader import Reader
from kpi.accounts import Asked, Comparison, compare
from kpi.language import language

EN = language("en")
ADS = "account,ad_id,title,city,category,period_start,period_end,impressions,views,contacts,orders,spend"
ORDERS = "order_id,account,client,status,created_at,finished_at,revenue"
FIRST = date(2026, 10, 1)


def ad(account: str, day: int, *figures: object, until: int | None = None, name: str = "1") -> str:
    """A row of October: impressions, views, contacts, orders, spend."""
    ends = f"2026-10-{day:02},2026-10-{until or day:02}"
    return f"{account},{account}{name},Haircut,Omsk,Hair,{ends}," + ",".join(
        "" if f is None else str(f) for f in figures
    )


def order(number: int, account: str, day: int, revenue: object, status: str = "done", client: str = "") -> str:
    days = f"2026-10-{day:02} 10:00,2026-10-{day:02} 12:00"
    return f"{number},{account},{client or f'+7 900 000 {number:04}'},{status},{days},{revenue}"


def october(reader: Reader, by: str = "account", **where: str) -> Comparison:
    return compare(reader, Asked(by, FIRST, date(2026, 10, 31), tuple((k, (v,)) for k, v in where.items())))
