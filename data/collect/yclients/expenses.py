"""Money paid out of the tills of a branch (`/transactions/…`): rows of `expenses`.

Invariant: only what left counts; money given back to clients and moved between tills is no expense. What kind it is, is
told by the number of its article where the description gives it a meaning, else by words of its name.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from data.collect.api.moments import as_written
from data.collect.api.parts import Progress, Step
from data.collect.api.reply import Reply
from data.collect.api.table import Row
from data.collect.yclients.branch import Branch
from data.collect.yclients.daily import daily
from data.ingest.sources.bank_statement import PURPOSES
from data.message import say

EXPENSES = say("money paid")
AGAIN = timedelta(days=40)
_ARTICLES = {1: "material", 2: "material", 3: "salary", 4: "tax", 11: "services"}
"""Numbers of the description: materials, goods, wages, taxes, acquiring; 9 is «other», told by its name."""
_INCOME = frozenset({5, 6, 7, 8, 10})
"""Articles of money that comes in; negative, it was given back."""
_MOVED = ("перемещени", "инкассаци", "сдача наличных")


def expenses(branch: Branch, progress: Progress) -> Iterator[Step]:
    """Those of the days that are due, where that was not done today."""

    def since(first: date) -> list[Row]:
        found = (one for page in asked(branch, first, progress.today) for one in page)
        return [row for one in found if (row := _row(one, branch)) is not None]

    return daily(branch, progress, "expenses", AGAIN, since)


def asked(branch: Branch, first: date, last: date) -> Iterator[tuple[Reply, ...]]:
    """Pages of transactions."""
    days = {"start_date": first.isoformat(), "end_date": last.isoformat()}
    return branch.yclients.pages(f"/transactions/{branch.number}", EXPENSES, days)


def _row(transaction: Reply, branch: Branch) -> Row | None:
    amount, article = transaction.amount("amount"), transaction.inner("expense")
    number = (article.count("id") if article else None) or 0
    name = (article.said("title") if article else None) or ""
    moved = any(word in name.casefold() for word in _MOVED)
    if amount is None or amount >= 0 or number in _INCOME or moved or transaction.flag("deleted"):
        return None
    return {
        "expense_id": transaction.text("id"),
        "date": as_written(transaction.text("date")).date(),
        "kind": _ARTICLES.get(number) or kind_of(name),
        "amount": -amount,
        "branch": branch.title,
        "Статья": name,
    }


def kind_of(name: str) -> str:
    """The kind of an expense by words of its article."""
    return next((kind for word, kind in PURPOSES.items() if word in name.casefold()), "other")
