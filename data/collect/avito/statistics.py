"""Statistics of advertisements (`/stats/v2/accounts/…/items`): rows of `ads`, one an advertisement and period.

Invariant: money comes in kopecks and leaves in roubles; a figure Avito does not give this account is unknown, not 0;
`spend` is what the cabinet calls «Расходы на объявления»: without bonuses, which stand apart. One question a minute.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from data.collect.api.pace import Limit
from data.collect.api.parts import Progress, Step, arrived
from data.collect.api.reply import Reply
from data.collect.api.table import Row, as_table
from data.collect.avito import account as known
from data.collect.avito.account import Account, Ad
from data.collect.avito.periods import Period, due, kept
from data.message import Message, say

STATISTICS = say("statistics of advertisements")
LIMIT = Limit("statistics", 1, 60)
PAGE = 1000
"""Advertisements an answer holds at most."""
METRICS = (
    "impressions", "views", "contacts", "contactsMessenger", "contactsShowPhone", "favorites", "orderedItems",
    "bookingPlacedCount", "jobContacts", "allSpending", "spending", "promoSpending", "spendingBonus",
)  # fmt: skip
_FIGURES = {
    "impressions": ("impressions",),
    "views": ("views",),
    "contacts": ("contacts", "jobContacts"),
    "chats": ("contactsMessenger",),
    "phone_views": ("contactsShowPhone",),
    "favorites": ("favorites",),
    "orders": ("orderedItems", "bookingPlacedCount"),
}
"""Column → the figures of which the first that is given counts."""
KOPECKS = Decimal(100)


def statistics(account: Account, progress: Progress) -> Iterator[Step]:
    """Every period that is due, page by page."""
    state = progress.of("statistics")
    if not (periods := _due(state, progress.today, account.history)):
        return
    ads = known.ads(account, progress)
    for period in periods:
        offset = _offset(state, period)
        while True:
            result = ask(account, period, offset)
            rows = [row_of(each, period, ads) for each in result.each("groupings")]
            ends = offset + len(rows) >= (result.count("dataTotalCount") or 0) or not rows
            if rows:
                yield _arrived(account, rows, period, offset, whole=ends and offset == 0)
            offset += len(rows)
            _note(state, period, None if ends else offset, progress.today)
            yield None
            if ends:
                break


def ask(account: Account, period: Period, offset: int = 0, limit: int = PAGE) -> Reply:
    """One page of one period."""
    body = {
        "dateFrom": period.first.isoformat(), "dateTo": period.last.isoformat(), "grouping": "item",
        "metrics": list(METRICS), "limit": limit, "offset": offset,
    }  # fmt: skip
    path = f"/stats/v2/accounts/{account.user_id}/items"
    return account.avito.post(path, STATISTICS, body, (LIMIT,)).must("result")


def tried(account: Account, period: Period) -> Message:
    """What one page says of a period, to see whether it may be asked and whether it is the right account."""
    rows = [row_of(each, period, {}) for each in ask(account, period).each("groupings")]
    views = sum(int(str(row["views"])) for row in rows if row["views"] is not None)
    return say("{day}: views {views}, advertisements {ads}", views=views, ads=len(rows), day=period.first)


def row_of(grouping: Reply, period: Period, ads: Mapping[str, Ad]) -> Row:
    """One advertisement's figures."""
    number = grouping.text("id")
    figures = {metric.text("slug"): metric.amount("value") for metric in grouping.each("metrics")}
    ad = ads.get(number, Ad(None, None, None))
    return {
        "ad_id": number, "title": ad.title, "category": ad.category, "city": ad.city,
        "period_start": period.first, "period_end": period.last,
        **{name: _first(figures, slugs) for name, slugs in _FIGURES.items()},
        **_money(figures),
    }  # fmt: skip


def _money(figures: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Roubles: the description gives all sums in kopecks; bonuses are what all spending exceeds the money by."""
    every, money, bonus = (figures.get(slug) for slug in ("allSpending", "spending", "spendingBonus"))
    if every is not None and money is not None:
        bonus = max(every - money, Decimal(0))
    elif money is None and every is not None and bonus is not None:
        money = every - bonus
    sums = {"spend": money, "promotion_spend": figures.get("promoSpending"), "bonus_spend": bonus}
    return {name: None if kopecks is None else kopecks / KOPECKS for name, kopecks in sums.items()}


def _first(figures: Mapping[str, Decimal | None], slugs: tuple[str, ...]) -> Decimal | None:
    return next((value for slug in slugs if (value := figures.get(slug)) is not None), None)


def _arrived(account: Account, rows: list[Row], period: Period, offset: int, *, whole: bool) -> Step:
    """`whole`: the page tells everything of its days, so that what an earlier answer said of them gives way."""
    days = (period.first, period.last)
    page = f" {offset // PAGE + 1}" if offset else ""
    name = f"Avito statistics {period.first}…{period.last}{page}"
    key = f"statistics:{period}:{offset}"
    return arrived(as_table("ads", rows), key, name, account.label, period=days if whole else None)


def _due(state: Mapping[str, Any], today: date, history: int) -> tuple[Period, ...]:
    """First what an earlier run left half done."""
    begun = [Period.of(text) for text in state.get("begun", {})]
    planned = due(today, _fetched(state), history)
    return (*begun, *(one for one in planned if one not in begun))


def _fetched(state: Mapping[str, Any]) -> dict[Period, date]:
    return {Period.of(text): date.fromisoformat(on) for text, on in state.get("fetched", {}).items()}


def _offset(state: Mapping[str, Any], period: Period) -> int:
    return int(state.get("begun", {}).get(str(period), 0))


def _note(state: dict[str, Any], period: Period, offset: int | None, today: date) -> None:
    """Remember how far a period was read; `offset` None: to its end."""
    begun = state.setdefault("begun", {})
    begun.pop(str(period), None)
    if offset is not None:
        begun[str(period)] = offset
        return
    fetched = kept({**_fetched(state), period: today}, today)
    state["fetched"] = {str(one): on.isoformat() for one, on in sorted(fetched.items())}
