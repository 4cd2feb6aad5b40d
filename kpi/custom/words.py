"""The words of the grammar for people: what each means, how it is written, and what it is called in Russian.

Invariant: every word that a formula can hold stands here once; what each takes is checked before it becomes SQL, and
every example is a formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.message import Message, say
from kpi.custom.kinds import Kind

Takes = tuple[Kind | None, ...]
"""Kinds of the values a word takes; None: any, the same for all of them."""


@dataclass(frozen=True)
class Word:
    """One word."""

    name: str
    """As it stands in definitions."""
    russian: str
    """What it may be called, too."""
    example: str
    """A use of it."""
    meaning: Message
    """What it does."""
    takes: Takes = ()
    """Of which kinds its values are."""
    gives: Kind | None = "number"
    """What comes of it; None: the kind of its values."""
    most: int = 0
    """Values it takes at most, where that is more than `takes` says."""
    also: tuple[str, ...] = ()
    """What spreadsheet programs call it."""


COUNTING = (
    Word("share", "доля", "share(is_rework, status = 'done')",
         say("How many percent of the rows meet a condition. A second condition says of which rows."), ("truth",)),
    Word("count", "количество", "count(orders, status = 'done')",
         say("How many rows there are. A condition says which.")),
    Word("count_distinct", "уникальных", "count_distinct(orders.client, status = 'done')",
         say("How many different ones there are: clients, people, services."), (None,)),
    Word("total", "сумма", "total(revenue, status = 'done')",
         say("The sum of a column. A condition says of which rows."), ("number",), also=("sum", "сумм")),
    Word("average", "среднее", "average(revenue, status = 'done')",
         say("The mean of a column over the rows where it is filled in."), ("number",), also=("avg", "mean", "срзнач")),
    Word("median", "медиана", "median(hours(created_at, finished_at))",
         say("The middle value: half of the rows have less, half have more."), ("number",)),
    Word("minimum", "минимум", "minimum(rating)", say("The smallest value."), ("number",), also=("min", "мин")),
    Word("maximum", "максимум", "maximum(revenue)", say("The largest value."), ("number",), also=("max", "макс")),
    Word("ratio", "отношение", "100 * ratio(discount, gross)",
         say("One sum divided by another, over the rows where both are filled in."), ("number", "number")),
)  # fmt: skip
"""Words that make one number of many rows. Each takes a condition after its values."""

OF_A_ROW = (
    Word("hours", "часов", "median(hours(created_at, finished_at))", say("Hours from one moment to another."),
         ("moment", "moment")),
    Word("minutes", "минут", "median(minutes(created_at, responded_at))", say("Minutes from one moment to another."),
         ("moment", "moment")),
    Word("days", "дней", "average(days(finished_at, paid_at))", say("Days from one moment to another."),
         ("moment", "moment")),
    Word("add_days", "плюс_дней", "share(paid_at <= add_days(finished_at, 7))", say("So many days later."),
         ("moment", "number"), "moment"),
    Word("add_minutes", "плюс_минут", "share(responded_at <= add_minutes(created_at, 15))",
         say("So many minutes later."), ("moment", "number"), "moment"),
    Word("date", "дата", "count(orders, created_at >= date('2026-10-01'))", say("A day."), ("text",), "moment"),
    Word("is_null", "пусто", "share(is_null(promised_at))", say("The cell is empty."), (None,), "truth"),
    Word("coalesce", "если_пусто", "total(coalesce(material_cost, 0))",
         say("The first, or the next where it is empty."), (None, None), None, 3),
    Word("first_of", "первое_из", "share(first_of(finished_at <= promised_at, is_on_time))",
         say("Like coalesce, of those whose columns are loaded."), (None,), None, 6),
    Word("any_of", "любое_из", "share(any_of(is_rework, is_complaint))",
         say("One of the conditions holds, of those whose columns are loaded."), ("truth",), "truth", 6),
    Word("lower", "строчными", "count(orders, lower(service) = 'haircut')", say("The text in small letters."),
         ("text",), "text"),
)  # fmt: skip
"""Words about one row."""

BETWEEN = (
    Word("or_zero", "или_ноль", "revenue - or_zero(ad_spend)", say("Another KPI, or 0 where it has no value.")),
    Word("first_known", "первый_известный", "revenue / first_known(headcount, orders_done)",
         say("The first of several KPIs that can be computed from what is loaded.")),
)  # fmt: skip
"""Words between KPIs."""

PERIOD_DAYS = "period_days"
PERIOD_WORD = Word(PERIOD_DAYS, "дней_в_периоде", "orders_done / period_days", say("How many days the period has."))

KEYWORDS: Mapping[str, str] = {"и": "and", "или": "or", "не": "not", "в": "in", "да": "true", "нет": "false"}
"""Russian keyword → the one of the grammar."""

ALL = (*COUNTING, *OF_A_ROW, *BETWEEN, PERIOD_WORD)
"""Every word."""

_BY_NAME = {name.lower(): word for word in ALL for name in (word.name, word.russian, *word.also)}


def word(name: str) -> Word | None:
    """The word of that name in either language, whatever its case."""
    return _BY_NAME.get(name.lower())


def spellings() -> tuple[str, ...]:
    """All names of the words."""
    return tuple(_BY_NAME)
