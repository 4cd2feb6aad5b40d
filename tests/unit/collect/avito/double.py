"""Avito's API as its published description says: OAuth keys, statistics v2 once a minute, pages, kopecks, errors.

Written after the swagger files of developers.avito.ru (auth, item, cpa, calltracking, ratings, job, accounts-hierarchy,
user); never compared with the real service.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from tests.unit.collect.local import Came, Given

USER = "94235311"


@dataclass
class Figures:
    """One advertisement on one day."""

    ad: int
    day: date
    metrics: dict[str, float]


@dataclass
class AvitoDouble:
    """One account."""

    now: Callable[[], datetime]
    """The time limits and depths are counted by."""
    secret: str = "s3cret"
    figures: list[Figures] = field(default_factory=list)
    unavailable: set[str] = field(default_factory=set)
    """Metrics this account does not get."""
    items: list[dict[str, Any]] = field(default_factory=list)
    counts: list[dict[str, Any]] = field(default_factory=list)
    employees: list[dict[str, Any]] | None = None
    target: list[dict[str, Any]] = field(default_factory=list)
    tracked: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    applications: list[dict[str, Any]] = field(default_factory=list)
    vacancies: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[str, list[Given]] = field(default_factory=dict)
    """Path → what is answered instead, one a request."""
    always: dict[str, Given] = field(default_factory=dict)
    """Path → what is answered instead, every time."""
    asked: Counter[str] = field(default_factory=Counter)
    """Path → how often it was asked for."""
    bodies: list[tuple[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    _last: dict[str, list[datetime]] = field(default_factory=dict)

    def __call__(self, came: Came) -> Given:
        self.asked[came.path] += 1
        if came.path == "/token":
            return self._token(came)
        if fault := self._fault(came.path):
            return fault
        if came.headers.get("authorization") != f"Bearer {self.tokens[-1] if self.tokens else ''}":
            return Given(401, {"error": {"code": 401, "message": "Unauthorized"}})
        if came.method == "POST":
            self.bodies.append((came.path, came.json()))
        answers = {
            "/core/v1/accounts/self": self._self,
            f"/stats/v2/accounts/{USER}/items": self._statistics,
            "/core/v1/items": self._items,
            f"/core/v1/accounts/{USER}/calls/stats/": self._counts,
            "/getEmployeesV1": self._employees,
            "/cpa/v2/callsByTime": self._target,
            "/calltracking/v1/getCalls/": self._tracked,
            "/ratings/v1/reviews": self._reviews,
            "/job/v1/applications/get_ids": self._ids,
            "/job/v1/applications/get_by_ids": self._by_ids,
            "/job/v2/vacancies/batch": self._vacancies,
        }
        if came.path not in answers:
            return Given(404, {"error": {"code": 404, "message": "Not found"}})
        return answers[came.path](came)

    def expire(self) -> None:
        """The token is over."""
        self.tokens.append("another")

    def _fault(self, path: str) -> Given | None:
        if self.faults.get(path):
            return self.faults[path].pop(0)
        return self.always.get(path)

    def _token(self, came: Came) -> Given:
        if fault := self._fault(came.path):
            return fault
        form = {name: values[0] for name, values in parse_qs(came.body.decode()).items()}
        if (form.get("grant_type"), form.get("client_id")) != ("client_credentials", "id") or (
            form.get("client_secret") != self.secret
        ):
            return Given(400, {"error": "invalid_client", "error_description": "client is invalid"})
        self.tokens.append(f"token-{len(self.tokens)}")
        return Given(200, {"access_token": self.tokens[-1], "expires_in": 86400, "token_type": "Bearer"})

    def _limited(self, name: str, count: int) -> Given | None:
        """429 where a limit of so many a minute is broken."""
        now = self.now()
        recent = [at for at in self._last.get(name, []) if now - at < timedelta(minutes=1)]
        if len(recent) >= count:
            return Given(429, {"error": {"code": 429, "message": "too many requests"}})
        self._last[name] = [*recent, now]
        return None

    def _self(self, _came: Came) -> Given:
        return Given(200, {"id": int(USER), "name": "Барбершоп Центр", "email": "a@example.org", "phone": "7"})

    def _statistics(self, came: Came) -> Given:
        if limited := self._limited("statistics", 1):
            return limited
        body = came.json()
        first, last = date.fromisoformat(body["dateFrom"]), date.fromisoformat(body["dateTo"])
        wrong = body["grouping"] != "item" or not 0 <= body["limit"] <= 1000 or first > last
        if wrong or (self.now().date() - first).days >= 270:
            return Given(400, {"error": {"code": 400, "message": "Bad Request"}})
        sums: dict[int, Counter[str]] = {}
        for one in self.figures:
            if first <= one.day <= last:
                sums.setdefault(one.ad, Counter()).update(one.metrics)
        names = [name for name in body["metrics"] if name not in self.unavailable]
        groupings = [
            {"id": ad, "type": "item", "metrics": [{"slug": name, "value": sums[ad].get(name, 0)} for name in names]}
            for ad in sorted(sums)
        ]
        page = groupings[body["offset"] : body["offset"] + body["limit"]]
        return Given(200, {"result": {"dataTotalCount": len(groupings), "groupings": page, "timestamp": "x"}})

    def _items(self, came: Came) -> Given:
        if limited := self._limited("items", 25):
            return limited
        page, per_page = int(came.query["page"]), int(came.query["per_page"])
        if not 0 < per_page < 100:
            return Given(400, {"code": "bad", "message": "per_page"})
        found = self.items[(page - 1) * per_page : page * per_page]
        return Given(200, {"meta": {"page": page, "per_page": per_page}, "resources": found})

    def _counts(self, came: Came) -> Given:
        body = came.json()
        items = [
            {**item, "days": [day for day in item["days"] if body["dateFrom"] <= day["date"] <= body["dateTo"]]}
            for item in self.counts
        ]
        return Given(200, {"result": {"items": items}})

    def _employees(self, _came: Came) -> Given:
        if self.employees is None:
            return Given(403, {"error": {"message": "no hierarchy", "slug": "forbidden"}})
        return Given(200, self.employees)

    def _target(self, came: Came) -> Given:
        if limited := self._limited("target", 1):
            return limited
        if "x-source" not in came.headers:
            return Given(400, {"error": {"code": 1001, "message": "X-Source"}})
        body = came.json()
        since = datetime.fromisoformat(body["dateTimeFrom"])
        found = [call for call in self.target if datetime.fromisoformat(call["startTime"]) >= since]
        return Given(200, {"calls": found[body["offset"] : body["offset"] + body["limit"]]})

    def _tracked(self, came: Came) -> Given:
        if limited := self._limited("tracked", 5):
            return limited
        body = came.json()
        since, until = (datetime.fromisoformat(body[name]) for name in ("dateTimeFrom", "dateTimeTo"))
        if body["limit"] > 100 or until - since > timedelta(days=92):
            return Given(200, {"calls": [], "error": {"code": 1001, "message": "validation"}})
        found = [call for call in self.tracked if since <= datetime.fromisoformat(call["callTime"]) <= until]
        page = found[body["offset"] : body["offset"] + body["limit"]]
        return Given(200, {"calls": page, "error": {"code": 0, "message": ""}})

    def _reviews(self, came: Came) -> Given:
        offset, limit = int(came.query["offset"]), int(came.query["limit"])
        if not 1 <= limit <= 50:
            return Given(400, {"error": {"code": "validation", "message": "limit"}})
        return Given(200, {"total": len(self.reviews), "reviews": self.reviews[offset : offset + limit]})

    def _ids(self, came: Came) -> Given:
        since = date.fromisoformat(came.query["updatedAtFrom"])
        found = [one for one in self.applications if datetime.fromisoformat(one["updated_at"]).date() >= since]
        found.sort(key=lambda one: one["created_at"], reverse=True)
        if cursor := came.query.get("cursor"):
            found = found[[one["id"] for one in found].index(cursor) + 1 :]
        names = ("id", "created_at", "updated_at", "state")
        return Given(200, {"applies": [{name: one[name] for name in names} for one in found[:100]]})

    def _by_ids(self, came: Came) -> Given:
        ids = came.json()["ids"]
        if len(ids) > 100:
            return Given(400, {"error": {"code": 400}})
        return Given(200, {"applies": [one for one in self.applications if one["id"] in ids]})

    def _vacancies(self, came: Came) -> Given:
        return Given(200, [one for one in self.vacancies if one["id"] in came.json()["ids"]])
