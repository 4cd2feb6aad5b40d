"""The API of YCLIENTS as its published description (version 2.0) says: tokens, pages, limits, refusals.

Written after the official API Blueprint; never compared with the real service.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.unit.collect.local import Came, Given

PARTNER, USER = "partner-t0ken", "user-t0ken"
COMPANY = "4564"


def answer(data: Any, meta: Any = ()) -> Given:
    return Given(200, {"success": True, "data": data, "meta": meta or []})


def refusal(status: int, message: str) -> Given:
    return Given(status, {"success": False, "data": None, "meta": {"message": message}})


@dataclass
class YclientsDouble:
    """Branches of one owner."""

    now: Callable[[], datetime]
    titles: dict[str, str] = field(default_factory=lambda: {COMPANY: "Барбершоп на Лесной"})
    records: list[dict[str, Any]] = field(default_factory=list)
    staff: list[dict[str, Any]] = field(default_factory=list)
    schedules: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    transactions: list[dict[str, Any]] = field(default_factory=list)
    services: list[dict[str, Any]] = field(default_factory=list)
    categories: list[dict[str, Any]] = field(default_factory=list)
    users: list[dict[str, Any]] | None = None
    most: int = 300
    """Largest page, whatever is asked for."""
    always: dict[str, Given] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    queries: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    refused: int = 0
    _times: list[datetime] = field(default_factory=list)

    def __call__(self, came: Came) -> Given:
        now = self.now()
        self._times = [at for at in self._times if now - at < timedelta(minutes=1)]
        if len(self._times) >= 200 or sum(now - at < timedelta(seconds=1) for at in self._times) >= 5:
            self.refused += 1
            return refusal(429, "Превышен лимит запросов")
        self._times.append(now)
        path = came.path.rstrip("/")
        self.asked[path] += 1
        self.queries.append((path, dict(came.query)))
        if came.headers.get("accept") != "application/vnd.yclients.v2+json":
            return refusal(406, "version")
        if came.headers.get("authorization") != f"Bearer {PARTNER}, User {USER}":
            return refusal(401, "Необходима авторизация")
        return self.always.get(path) or self._answer(path, came)

    def _answer(self, path: str, came: Came) -> Given:
        _, kind, *rest = path.split("/")
        company = rest[0] if rest else ""
        if company not in self.titles:
            return refusal(404, "Не указан филиал.")
        if kind == "company":
            return self._company(company, rest[1] if len(rest) > 1 else "")
        if kind == "company_users":
            return refusal(403, "Нет доступа") if self.users is None else answer(self.users)
        if kind == "schedule":
            days = self.schedules.get(rest[1])
            if days is None:
                return refusal(404, "Сотрудник не найден")
            return answer([day for day in days if rest[2] <= day["date"] <= rest[3]])
        lists = {"records": self._records, "comments": self._comments, "transactions": self._transactions}
        return self._page([one for one in lists[kind](came) if one["company_id"] == int(company)], came)

    def _company(self, company: str, of: str) -> Given:
        if not of:
            return answer({"id": int(company), "title": self.titles[company], "country": "Россия"})
        return answer({"staff": self.staff, "services": self.services, "service_categories": self.categories}[of])

    def _page(self, found: list[dict[str, Any]], came: Came) -> Given:
        count, page = min(int(came.query["count"]), self.most), int(came.query["page"])
        meta = {"page": page, "total_count": len(found)} if "/records/" in came.path else []
        return answer(found[(page - 1) * count : page * count], meta)

    def _records(self, came: Came) -> list[dict[str, Any]]:
        query = came.query
        found = [one for one in self.records if query.get("with_deleted") == "1" or not one["deleted"]]
        if "changed_after" in query:
            since = datetime.fromisoformat(query["changed_after"])
            return [
                one for one in found if datetime.fromisoformat(one["last_change_date"]).replace(tzinfo=None) >= since
            ]
        return [one for one in found if query["start_date"] <= one["date"][:10] <= query["end_date"]]

    def _comments(self, came: Came) -> list[dict[str, Any]]:
        return [one for one in self.comments if came.query["start_date"] <= one["date"][:10] <= came.query["end_date"]]

    def _transactions(self, came: Came) -> list[dict[str, Any]]:
        return [
            one for one in self.transactions if came.query["start_date"] <= one["date"][:10] <= came.query["end_date"]
        ]  # fmt: skip
