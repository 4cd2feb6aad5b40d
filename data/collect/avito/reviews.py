"""Reviews of one account (`/ratings/v1/reviews`): rows of `reviews`.

Invariant: the list is read whole, once a day: answers are added to old reviews, and nothing tells which; the same list
is no second import. An answer that moderation rejected is none.
"""

from collections.abc import Iterator

from data.collect.api.moments import at_unix
from data.collect.api.parts import Progress, Step, arrived
from data.collect.api.reply import Reply
from data.collect.api.table import Row, as_table
from data.collect.avito.account import Account
from data.message import Message, say

REVIEWS = say("reviews")
PAGE = 50
MOST_PAGES = 400
"""20,000 reviews: no list is read for ever."""


def reviews(account: Account, progress: Progress) -> Iterator[Step]:
    """All of them, where that was not done today."""
    state = progress.of("reviews")
    if state.get("on") == progress.today.isoformat():
        return
    rows = list(_rows(account))
    if rows:
        yield arrived(as_table("reviews", rows), "reviews", "Avito reviews", account.label)
    state["on"] = progress.today.isoformat()
    yield None


def page(account: Account, offset: int, limit: int = PAGE) -> Reply:
    """One page of the list."""
    return account.avito.get("/ratings/v1/reviews", REVIEWS, params={"offset": offset, "limit": limit})


def tried(account: Account) -> Message:
    """How many there are."""
    return say("{n} in all", n=page(account, 0, 1).count("total") or 0)


def _rows(account: Account) -> Iterator[Row]:
    """A review that moved to the next page while the list was read is told once."""
    seen: set[str] = set()
    for number in range(MOST_PAGES):
        found = page(account, number * PAGE)
        listed = found.each("reviews")
        for review in listed:
            if (row := _row(review, account))["review_id"] not in seen:
                seen.add(review.text("id"))
                yield row
        if not listed or (number + 1) * PAGE >= (found.count("total") or 0):
            return


def _row(review: Reply, account: Account) -> Row:
    answer, item, sender = review.inner("answer"), review.inner("item"), review.inner("sender")
    answered = answer.amount("createdAt") if answer and answer.said("status") != "rejected" else None
    return {
        "review_id": review.text("id"),
        "created_at": at_unix(float(review.text("createdAt")), account.zone),
        "rating": review.count("score"),
        "text": review.said("text"),
        "outcome": review.said("stage"),
        "answered_at": None if answered is None else at_unix(float(answered), account.zone),
        "client": sender.said("name") if sender else None,
        "Объявление": item.said("title") if item else None,
    }
