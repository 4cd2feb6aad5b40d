"""The ads fact: what each advertisement of the two Avito accounts brought and cost, day by day.

Invariant: orders are those of the orders fact that name the account, on the day they were asked for; contacts are
never fewer than orders, views never fewer than contacts. One account's contacts cost double.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.frames import Row
from data.demo.seasons import DAYS, demand, first_day
from data.demo.stories import CONTACT_COST, TWIN_AD, TWIN_CITY, is_promoted
from data.demo.trades import ACCOUNT_WEIGHTS, ACCOUNTS, BARBER, CLEANING, REPAIR, Branch


@dataclass(frozen=True, eq=False)
class Ad:
    """An advertisement."""

    ad_id: str
    """Its number on Avito."""
    account: str
    """The account it belongs to."""
    city: str
    """Where it is shown."""
    branch: Branch
    """The branch it sells for."""
    category: str
    """Category of the services it offers."""
    title: str
    """Its headline."""
    price: str
    """The price as it stands in the advertisement."""


_OFFERS = (
    (BARBER, "Стрижки", "Мужская стрижка у метро", "1 500 ₽"),
    (REPAIR, "Крупная техника", "Ремонт стиральных машин и холодильников на дому", "от 1 400 ₽"),
    (REPAIR, "Мелкая техника", "Ремонт кофемашин", "от 900 ₽"),
    (CLEANING, "Квартиры", "Уборка квартир под ключ", "от 3 400 ₽"),
)


def _shown_in(account: str, city: str, title: str) -> str:
    """Where an advertisement is shown: one of them in the other account's city."""
    return TWIN_CITY if (account, city, title) == TWIN_AD else city


ADS = tuple(
    Ad(str(3401200450 + 7919 * (10 * number + place)), account, _shown_in(account, city, offer[2]), *offer)
    for number, (account, cities) in enumerate(ACCOUNTS.items())
    for place, (city, offer) in enumerate((city, offer) for city in cities for offer in _OFFERS)
    if not (city == "Мытищи" and offer[0] is BARBER)
)
"""Every advertisement, in the order of the accounts."""


def ads(orders: pd.DataFrame, seed: int, until: date) -> pd.DataFrame:
    """The fact, one row an advertisement and day."""
    asked, chance = _orders_by_ad(orders, seed), Chance(seed, "ads")
    days = [first_day(until) + timedelta(days=n) for n in range(DAYS)]
    return pd.DataFrame([_day(ad, day, asked.get((ad.ad_id, day), 0), until, chance) for day in days for ad in ADS])


def _orders_by_ad(orders: pd.DataFrame, seed: int) -> Mapping[tuple[str, date], int]:
    """Orders from Avito, each given to one advertisement of its account and branch."""
    chance, found = Chance(seed, "orders of ads"), dict[tuple[str, date], int]()
    named = orders[orders["account"].notna()]
    for account, branch, category, created in zip(
        named["account"], named["branch"], named["category"], named["created_at"].dt.date, strict=True
    ):
        ours = [ad for ad in ADS if ad.account == account and ad.branch.name == branch]
        ad = chance.pick([ad for ad in ours if ad.category == category] or ours)
        found[ad.ad_id, created] = found.get((ad.ad_id, created), 0) + 1
    return found


def _day(ad: Ad, day: date, orders: int, until: date, chance: Chance) -> Row:
    interest = demand(ad.branch.trade, day, until) * ACCOUNT_WEIGHTS[ad.account]
    contacts = orders + sum(chance.count(1.5) for _ in range(orders)) + chance.count(1.1 * interest)
    views = contacts + chance.count(contacts * 9 + 22 * interest)
    chats = sum(chance.yes(0.55) for _ in range(contacts))
    spend, promotion, bonus = _cost(ad.account, contacts, interest, chance)
    if not is_promoted(ad.city, day, until):
        spend, promotion = spend - promotion, 0
    return {
        "account": ad.account, "ad_id": ad.ad_id, "title": ad.title, "period_start": day, "period_end": day,
        "city": ad.city, "branch": ad.branch.name, "category": ad.category,
        "impressions": views + chance.count(views * 17.0), "views": views, "contacts": contacts, "chats": chats,
        "phone_views": contacts - chats, "favorites": chance.count(views * 0.025), "orders": orders,
        "spend": spend, "promotion_spend": promotion or None, "bonus_spend": bonus or None,
    }  # fmt: skip


def _cost(account: str, contacts: int, interest: float, chance: Chance) -> tuple[int, int, int]:
    """Roubles spent in all, of them on promotion, and bonuses on top: partly for contacts, partly for being shown."""
    price = CONTACT_COST[account]
    expected = 3.1 * interest
    spend = int(price * (0.75 * contacts + 0.25 * expected) * chance.between(0.9, 1.1) + 0.5)
    return spend, int(spend * 0.3) if chance.yes(0.7) else 0, chance.whole(20, 120) if chance.yes(0.06) else 0


def days_of(frame: pd.DataFrame, first: date, last: date) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of a span, account by account."""
    inside = frame[(frame["period_start"] >= first) & (frame["period_start"] <= last)]
    for account in ACCOUNTS:
        yield account, inside[inside["account"] == account]
