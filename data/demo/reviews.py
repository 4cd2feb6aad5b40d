"""The reviews fact: what clients wrote after an order, and those who did not come to terms.

Invariant: a review is written after its order was finished and not after `until`; late jobs, rework and complaints
cost stars.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.frames import Row, named
from data.demo.trades import ACCOUNT_WEIGHTS, BRANCHES

_WRITTEN = 0.085
"""Share of done orders that get a review."""
_NOT_AGREED = 0.05
"""Reviews by people who never became clients, as a share of those by clients."""
_ANSWERED = 0.86
_TEXTS = {
    5: ("Всё отлично, спасибо!", "Рекомендую мастера", "Быстро и аккуратно", "Приду ещё", None),
    4: ("Хорошо, но пришлось подождать", "В целом доволен", "Нормально", None),
    3: ("Опоздали почти на час", "Средне", "Дороже, чем обещали"),
    2: ("Пришлось переделывать", "Долго и невнимательно"),
    1: ("Через неделю сломалось снова", "Не рекомендую", "Никто не перезвонил"),
}

_USED = [
    "order_id", "finished_at", "promised_at", "is_rework", "is_complaint", "source", "branch", "employee",
    "account", "service",
]  # fmt: skip


def reviews(orders: pd.DataFrame, seed: int, until: date) -> pd.DataFrame:
    """The fact in order of the orders, then those without an order."""
    chance, last = Chance(seed, "reviews"), datetime.combine(until, time(23, 59))
    done = orders[(orders["status"] == "done") & orders["finished_at"].notna()]
    records = done.sort_values(["finished_at", "branch", "order_id"])[_USED].to_dict("records")
    rows = [row for record in records for row in _review(named(record), chance, last)]
    rows += [_stranger(chance, last) for _ in range(int(len(rows) * _NOT_AGREED))]
    return pd.DataFrame([{"review_id": str(50001 + n), **row} for n, row in enumerate(rows)])


def _review(order: Row, chance: Chance, last: datetime) -> Iterator[Row]:
    bad = bool(order["is_complaint"]) or bool(order["is_rework"])
    if not chance.yes(_WRITTEN * (3 if bad else 1)):
        return
    finished = pd.Timestamp(order["finished_at"]).to_pydatetime()  # type: ignore[arg-type]
    created = finished + timedelta(minutes=chance.whole(30, 60 * 72))
    if created > last:
        return
    rating = _stars(order, bad, chance)
    site = "Авито" if order["source"] == "Авито" else chance.weighted({"Яндекс Карты": 0.6, "2ГИС": 0.4})
    yield {
        "created_at": created, "rating": rating, "text": chance.pick(_TEXTS[rating]),
        "answered_at": _answered(created, last, chance), "outcome": "done" if site == "Авито" else None,
        "order_id": order["order_id"], "branch": order["branch"], "employee": order["employee"],
        "account": order["account"], "service": order["service"], "source": site,
    }  # fmt: skip


def _stars(order: Row, bad: bool, chance: Chance) -> int:
    late = order["finished_at"] > order["promised_at"]  # type: ignore[operator]
    if bad:
        return chance.weighted({1: 0.4, 2: 0.25, 3: 0.2, 4: 0.1, 5: 0.05})
    if late:
        return chance.weighted({1: 0.04, 2: 0.05, 3: 0.16, 4: 0.3, 5: 0.45})
    return chance.weighted({1: 0.008, 2: 0.012, 3: 0.03, 4: 0.13, 5: 0.82})


def _answered(created: datetime, last: datetime, chance: Chance) -> datetime | None:
    answered = created + timedelta(minutes=round(chance.about(60 * 9, 0.8)))
    return answered if chance.yes(_ANSWERED) and answered <= last else None


def _stranger(chance: Chance, last: datetime) -> Row:
    """A review on Avito by somebody who asked and did not order."""
    created = last - timedelta(minutes=chance.whole(60 * 24, 60 * 24 * 700))
    outcome = chance.weighted({"fell_through": 0.4, "not_agreed": 0.35, "no_contact": 0.25})
    rating = chance.weighted({1: 0.35, 2: 0.2, 3: 0.25, 4: 0.2})
    return {
        "created_at": created, "rating": rating, "text": None, "answered_at": _answered(created, last, chance),
        "outcome": outcome, "order_id": None, "branch": chance.pick(BRANCHES).name, "employee": None,
        "account": chance.weighted(ACCOUNT_WEIGHTS), "service": None, "source": "Авито",
    }  # fmt: skip
