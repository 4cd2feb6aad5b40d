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
class Lines:
    """Rows that look wrong."""

    count: int
    """How many."""
    first: tuple[str, ...]
    """Line numbers of the first few."""


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

    def called(self, column: str) -> str | Message:
        """The column as the person's header calls it; our title where it has none."""
        return self.sources.get(column) or say(self.fact.column(column).title)

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

    def lines(self, condition: str, *columns: str) -> Lines | None:
        """The rows for which the condition on these columns holds; None where there are none, or no such columns."""
        if not self.has(*columns):
            return None
        (count,) = self.session.counts(f"select count(*) from {self.rows} where {condition}")
        if not count:
            return None
        first = self.session.rows(f"select _line from {self.rows} where {condition} order by 1 limit {EXAMPLES}")
        return Lines(count, tuple(str(line) for (line,) in first))

    def warning(self, rule: str, column: str, lines: Lines, message: Message) -> Finding:
        """A finding about those rows and the header the column was read from."""
        return Finding("check", "warning", self.sources.get(column), rule, lines.count, lines.first, message)


Check = Callable[[Checked], Iterator[Finding]]

_ORDERED = {
    "orders": (
        ("created_at", "finished_at"),
        ("started_at", "finished_at"),
        ("created_at", "responded_at"),
        ("created_at", "started_at"),
        ("created_at", "paid_at"),
    ),
    "reviews": (("created_at", "answered_at"),),
    "staff": (("hired_on", "left_on"),),
    "events": (("started_at", "at"),),
    "ads": (("period_start", "period_end"),),
    "vacancies": (("opened_at", "closed_at"),),
    "applicants": (("applied_at", "accepted_at"), ("applied_at", "rejected_at"), ("hired_on", "left_on")),
}
"""Fact → pairs of times of which the first cannot be later."""
_NEVER_NEGATIVE = {
    "orders": ("revenue", "addon_revenue", "gross", "discount", "material_cost", "labour_cost", "items"),
    "shifts": ("planned_hours", "worked_hours", "busy_hours"),
    "training": ("hours", "cost"),
    "ads": (
        "impressions",
        "views",
        "contacts",
        "chats",
        "phone_views",
        "favorites",
        "orders",
        "spend",
        "promotion_spend",
        "bonus_spend",
    ),
    "calls": ("talk_seconds", "wait_seconds", "price"),
    "staff": ("salary", "bonus_fund"),
}
_SUSPICIOUS = 100
_MANY, _EACH = 1_000_000, 16
"""Of more rows than this every sixteenth tells what is usual."""


def check(checked: Checked) -> tuple[Finding, ...]:
    """The findings of every check."""
    return tuple(finding for one in CHECKS for finding in one(checked))


def duplicate_headers(checked: Checked) -> Iterator[Finding]:
    """Columns of one name: only the first can be mapped by it. «staff_id» and «staff.id» are two names."""
    named = [text for text in checked.header if normalise(text)]
    counts = Counter(map(_spoken, named))
    for text in dict.fromkeys(text for text in named if counts[_spoken(text)] > 1):
        message = say("Several columns are called «{header}»; the first was used.", header=text)
        yield Finding("check", "warning", text, "duplicate_header", counts[_spoken(text)], (), message)


def _spoken(header: str) -> str:
    return " ".join(header.casefold().split())


def order_of_times(checked: Checked) -> Iterator[Finding]:
    """Something that ended before it began."""
    for first, last in _ORDERED.get(checked.fact.name, ()):
        if lines := checked.lines(f"{quoted(last)} < {quoted(first)}", first, last):
            yield checked.warning(f"{last}_before_{first}", last, lines, say_n(
                "In {n} row «{last}» is earlier than «{first}».", "In {n} rows «{last}» is earlier than «{first}».",
                lines.count, first=checked.called(first), last=checked.called(last),
            ))  # fmt: skip


def negative_amounts(checked: Checked) -> Iterator[Finding]:
    """Amounts and hours below zero."""
    for name in _NEVER_NEGATIVE.get(checked.fact.name, ()):
        if lines := checked.lines(f"{quoted(name)} < 0", name):
            yield checked.warning(f"negative_{name}", name, lines, say_n(
                "In {n} row «{column}» is below zero.", "In {n} rows «{column}» is below zero.",
                lines.count, column=checked.called(name),
            ))  # fmt: skip


def future_events(checked: Checked) -> Iterator[Finding]:
    """Things that happened after today."""
    for name in checked.fact.happened:
        if lines := checked.lines(f"{quoted(name)} >= date '{checked.today.isoformat()}' + 1", name):
            yield checked.warning(f"future_{name}", name, lines, say_n(
                "In {n} row «{column}» is after today.", "In {n} rows «{column}» is after today.",
                lines.count, column=checked.called(name),
            ))  # fmt: skip


def rating_scale(checked: Checked) -> Iterator[Finding]:
    """Ratings outside one to five."""
    if checked.fact.name == "reviews" and (lines := checked.lines("rating not between 1 and 5", "rating")):
        message = say_n("{n} rating is not between 1 and 5.", "{n} ratings are not between 1 and 5.", lines.count)
        yield checked.warning("rating_outside_scale", "rating", lines, message)


def score_scale(checked: Checked) -> Iterator[Finding]:
    """Answers outside their question's scale."""
    if lines := checked.lines("score not between scale_min and scale_max", "score", "scale_min", "scale_max"):
        message = say_n("{n} answer is outside its scale.", "{n} answers are outside their scale.", lines.count)
        yield checked.warning("score_outside_scale", "score", lines, message)


def hours_of_a_day(checked: Checked) -> Iterator[Finding]:
    """More than 24 hours a day: minutes, or several days in one row."""
    for name in ("planned_hours", "worked_hours", "busy_hours"):
        if lines := checked.lines(f"{quoted(name)} > 24", name):
            yield checked.warning(f"long_{name}", name, lines, say_n(
                "In {n} row «{column}» is over 24 hours a day.", "In {n} rows «{column}» is over 24 hours a day.",
                lines.count, column=checked.called(name),
            ))  # fmt: skip


def hundredfold_amounts(checked: Checked) -> Iterator[Finding]:
    """An amount about a hundred times the usual one: kopecks, or a lost decimal mark."""
    for name in ("revenue", "amount", "spend", "cost", "price"):
        if not checked.has(name) or checked.fact.column(name).type != "money":
            continue
        column = quoted(name)
        some = f" and _line % {_EACH} = 0" if checked.cleaned.rows_in > _MANY else ""
        (usual,) = checked.session.row(
            f"select approx_quantile({column}, 0.9) from {checked.rows} where {column} > 0{some}"
        )
        if usual is not None and (lines := checked.lines(f"{column} >= {float(usual) * _SUSPICIOUS}", name)):
            yield checked.warning(f"hundredfold_{name}", name, lines, say_n(
                "In {n} row «{column}» is a hundred times what is usual.",
                "In {n} rows «{column}» is a hundred times what is usual.", lines.count, column=checked.called(name),
            ))  # fmt: skip


def unfinished(checked: Checked) -> Iterator[Finding]:
    """Done orders that do not say when they were finished."""
    wrong = "status = 'done' and finished_at is null"
    if checked.fact.name == "orders" and (lines := checked.lines(wrong, "status", "finished_at")):
        yield checked.warning("done_without_finished_at", "finished_at", lines, say_n(
                "{n} done order does not say when it was finished.",
                "{n} done orders do not say when they were finished.", lines.count,
            ))  # fmt: skip


CHECKS: tuple[Check, ...] = (
    duplicate_headers, order_of_times, negative_amounts, future_events, rating_scale, score_scale, hours_of_a_day,
    hundredfold_amounts, unfinished,
)  # fmt: skip
"""Every check, in the order its findings are shown."""
