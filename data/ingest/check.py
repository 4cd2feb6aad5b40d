"""What looks wrong in cleaned rows: one check a function, each a warning.

Invariant: a check only looks; it drops and changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from data.ingest.clean.cleaned import Cleaned
from data.ingest.clean.extras import quoted
from data.ingest.clean.reading import EXAMPLES, Session
from data.message import Message, say, say_n
from data.model import Fact, Finding
from data.schema.names import normalise


@dataclass(frozen=True)
class Checked:
    """What a check looks at."""

    session: Session
    """Connection the table lives on."""
    fact: Fact
    """What the rows are."""
    cleaned: Cleaned
    """The cleaned table."""
    header: tuple[str, ...]
    """Headers as found."""
    sources: Mapping[str, str]
    """Column of the fact → header it was read from."""
    key: tuple[str, ...]
    """Columns that identify a row, where a version decides between rows of one key; else empty."""
    today: date
    """The day that counts as today."""

    @property
    def rows(self) -> str:
        """What is looked at: all rows, or of each key the one with the highest version (ties: the later line)."""
        if not self.key:
            return self.cleaned.table
        return (
            f"(select * from {self.cleaned.table} qualify row_number() over "
            f"(partition by {', '.join(map(quoted, self.key))} order by _version desc nulls last, _line desc) = 1)"
        )

    def has(self, *columns: str) -> bool:
        """Whether all these columns are in the table."""
        return set(columns) <= set(self.cleaned.columns)


Check = Callable[[Checked], Iterator[Finding]]

_ORDERED = {
    "orders": (
        ("created_at", "finished_at"), ("started_at", "finished_at"), ("created_at", "responded_at"), ("created_at", "started_at"),
        ("created_at", "paid_at"),
    ),
    "reviews": (("created_at", "answered_at"),),
    "staff": (("hired_on", "left_on"),),
    "events": (("started_at", "at"),),
    "ads": (("period_start", "period_end"),),
    "vacancies": (("opened_at", "closed_at"),),
    "applicants": (("applied_at", "accepted_at"), ("applied_at", "rejected_at"), ("hired_on", "left_on")),
}  # fmt: skip
"""Fact → pairs of times of which the first cannot be later."""
_NEVER_NEGATIVE = {
    "orders": ("revenue", "addon_revenue", "gross", "discount", "material_cost", "labour_cost", "items"),
    "shifts": ("planned_hours", "worked_hours", "busy_hours"),
    "training": ("hours", "cost"),
    "ads": ("impressions", "views", "contacts", "chats", "phone_views", "favorites", "orders", "spend", "promotion_spend", "bonus_spend"),
    "calls": ("talk_seconds", "wait_seconds", "price"),
    "staff": ("salary", "bonus_fund"),
}  # fmt: skip
_SUSPICIOUS = 100


def check(checked: Checked) -> tuple[Finding, ...]:
    """The findings of every check."""
    return tuple(finding for one in CHECKS for finding in one(checked))


def duplicate_headers(checked: Checked) -> Iterator[Finding]:
    """Two columns with one name: only the first can be mapped by it."""
    counts = Counter(name for name in map(normalise, checked.header) if name)
    for text in dict.fromkeys(h for h in checked.header if counts[normalise(h)] > 1):
        message = say("Several columns are called «{header}»; the first was used.", header=text)
        yield Finding("check", "warning", text, "duplicate_header", counts[normalise(text)], (), message)


def order_of_times(checked: Checked) -> Iterator[Finding]:
    """Something that ended before it began."""
    for first, last in _ORDERED.get(checked.fact.name, ()):
        if checked.has(first, last):
            yield from _wrong(checked, f"{quoted(last)} < {quoted(first)}", f"{last}_before_{first}", last, _before(checked.fact, first, last))


def _before(fact: Fact, first: str, last: str) -> Callable[[int], Message]:
    first_title, last_title = say(fact.column(first).title), say(fact.column(last).title)
    return lambda n: say_n(
        "In {n} row «{last}» is earlier than «{first}».", "In {n} rows «{last}» is earlier than «{first}».",
        n, first=first_title, last=last_title,
    )  # fmt: skip


def negative_amounts(checked: Checked) -> Iterator[Finding]:
    """Amounts and hours below zero."""
    for name in _NEVER_NEGATIVE.get(checked.fact.name, ()):
        if checked.has(name):
            title = say(checked.fact.column(name).title)
            yield from _wrong(
                checked, f"{quoted(name)} < 0", f"negative_{name}", name,
                lambda n, title=title: say_n("In {n} row «{column}» is below zero.", "In {n} rows «{column}» is below zero.", n, column=title),
            )  # fmt: skip


def future_events(checked: Checked) -> Iterator[Finding]:
    """Things that happened after today."""
    for name in checked.fact.happened:
        if checked.has(name):
            title = say(checked.fact.column(name).title)
            yield from _wrong(
                checked, f"{quoted(name)} >= date '{checked.today.isoformat()}' + 1", f"future_{name}", name,
                lambda n, title=title: say_n("In {n} row «{column}» is after today.", "In {n} rows «{column}» is after today.", n, column=title),
            )  # fmt: skip


def rating_scale(checked: Checked) -> Iterator[Finding]:
    """Ratings outside one to five."""
    if checked.fact.name == "reviews" and checked.has("rating"):
        yield from _wrong(
            checked, "rating not between 1 and 5", "rating_outside_scale", "rating",
            lambda n: say_n("{n} rating is not between 1 and 5.", "{n} ratings are not between 1 and 5.", n),
        )  # fmt: skip


def score_scale(checked: Checked) -> Iterator[Finding]:
    """Answers outside their question's scale."""
    if checked.has("score", "scale_min", "scale_max"):
        yield from _wrong(
            checked, "score not between scale_min and scale_max", "score_outside_scale", "score",
            lambda n: say_n("{n} answer is outside its scale.", "{n} answers are outside their scale.", n),
        )  # fmt: skip


def hours_of_a_day(checked: Checked) -> Iterator[Finding]:
    """More than 24 hours a day: minutes, or several days in one row."""
    for name in ("planned_hours", "worked_hours", "busy_hours"):
        if checked.fact.name == "shifts" and checked.has(name):
            title = say(checked.fact.column(name).title)
            yield from _wrong(
                checked, f"{quoted(name)} > 24", f"long_{name}", name,
                lambda n, title=title: say_n("In {n} row «{column}» is more than 24 hours a day.", "In {n} rows «{column}» is more than 24 hours a day.", n, column=title),
            )  # fmt: skip


def hundredfold_amounts(checked: Checked) -> Iterator[Finding]:
    """An amount about a hundred times the usual one: kopecks, or a lost decimal mark."""
    for name in ("revenue", "amount", "spend", "cost", "price"):
        if checked.has(name) and checked.fact.column(name).type == "money":
            (usual,) = checked.session.row(f"select approx_quantile({quoted(name)}, 0.9) from {checked.rows} where {quoted(name)} > 0")
            if usual is not None:
                title = say(checked.fact.column(name).title)
                yield from _wrong(
                    checked, f"{quoted(name)} >= {float(usual) * _SUSPICIOUS}", f"hundredfold_{name}", name,
                    lambda n, title=title: say_n("In {n} row «{column}» is a hundred times what is usual.", "In {n} rows «{column}» is a hundred times what is usual.", n, column=title),
                )  # fmt: skip


def unfinished(checked: Checked) -> Iterator[Finding]:
    """Done orders that do not say when they were finished."""
    if checked.fact.name == "orders" and checked.has("status", "finished_at"):
        yield from _wrong(
            checked, "status = 'done' and finished_at is null", "done_without_finished_at", "finished_at",
            lambda n: say_n("{n} done order does not say when it was finished.", "{n} done orders do not say when they were finished.", n),
        )  # fmt: skip


def _wrong(
    checked: Checked, condition: str, rule: str, column: str, message: Callable[[int], Message]
) -> Iterator[Finding]:
    """A warning with the lines of the rows for which the condition holds, if there are any."""
    (count,) = checked.session.row(f"select count(*) from {checked.rows} where {condition}")
    if count:
        lines = checked.session.rows(f"select _line from {checked.rows} where {condition} order by 1 limit {EXAMPLES}")
        header = checked.sources.get(column)
        yield Finding("check", "warning", header, rule, count, tuple(str(line) for (line,) in lines), message(count))


CHECKS: tuple[Check, ...] = (
    duplicate_headers, order_of_times, negative_amounts, future_events, rating_scale, score_scale, hours_of_a_day,
    hundredfold_amounts, unfinished,
)  # fmt: skip
"""Every check, in the order its findings are shown."""
