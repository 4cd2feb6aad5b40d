"""Reviews of a branch and its people (`/comments/…`): rows of `reviews`.

Invariant: what was written of an employee names them; a comment without a mark is no review. The last days are read
again: reviews are mended and deleted.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from data.collect.api.moments import as_written
from data.collect.api.parts import Progress, Step
from data.collect.api.reply import Reply
from data.collect.api.table import Row
from data.collect.yclients import branch as known
from data.collect.yclients.branch import Branch
from data.collect.yclients.daily import daily
from data.message import say

REVIEWS = say("reviews")
AGAIN = timedelta(days=60)


def reviews(branch: Branch, progress: Progress) -> Iterator[Step]:
    """Those of the days that are due, where that was not done today."""

    def since(first: date) -> list[Row]:
        names = {one.number: one.name for one in known.staff(branch, progress)}
        rows = [_row(one, branch, names) for page in asked(branch, first, progress.today) for one in page]
        return [row for row in rows if row["rating"]]

    return daily(branch, progress, "reviews", AGAIN, since)


def asked(branch: Branch, first: date, last: date) -> Iterator[tuple[Reply, ...]]:
    """Pages of comments."""
    days = {"start_date": first.isoformat(), "end_date": last.isoformat()}
    return branch.yclients.pages(f"/comments/{branch.number}/", REVIEWS, days)


def _row(comment: Reply, branch: Branch, names: Mapping[str, str]) -> Row:
    return {
        "review_id": comment.text("id"),
        "created_at": as_written(comment.text("date")),
        "rating": comment.count("rating"),
        "text": comment.said("text"),
        "employee": names.get(comment.said("master_id") or ""),
        "client": comment.said("user_name"),
        "branch": branch.title,
    }
