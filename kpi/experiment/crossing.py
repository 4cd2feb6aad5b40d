"""What the rows say against a comparison: clients and texts of both arms, texts that were changed, spread figures.

Invariant: counts only, of rows within the Reader's scope; no client's name leaves this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.access.source import dimension, quoted, select
from data.expression import Params
from data.model import Relation, Statement
from data.store.entries import Design

Days = tuple[date, date]
ADS = "ad_days"
"""Relation of advertisements by day."""


def _relation(reader: Reader, names: Sequence[str], columns: Sequence[str], design: Design) -> str | None:
    """The first relation that tells these columns, the arms and the filter."""
    needed = (*columns, design.dimension, *(name for name, _ in design.where))
    return next((name for name in names if _tells(reader.relations().get(name), needed)), None)


def _tells(relation: Relation | None, columns: Sequence[str]) -> bool:
    return relation is not None and relation.rows > 0 and all(dimension(relation, name) for name in columns)


def _both(reader: Reader, name: str, columns: Sequence[str], design: Design, days: Days) -> tuple[int, int]:
    """How many different combinations of the columns both arms have, and how many there are in all."""
    source, params = reader.sources()[name], Params()
    listed = ", ".join(quoted(column) for column in columns)
    known = " and ".join(f"{quoted(column)} is not null" for column in columns)
    a, b = (
        f"select distinct {listed} from ("
        f"{select(source, columns, params, where=((design.dimension, arm), *design.where), days=days)}) where {known}"
        for arm in (design.a, design.b)
    )
    sql = (
        f"with a as ({a}), b as ({b}) select (select count(*) from (from a intersect from b)) as shared,"
        " (select count(*) from (from a union from b)) as every"
    )
    frame, _ = reader.run(Statement(sql, params.values, (name,), reader.scope))
    return int(frame["shared"][0]), int(frame["every"][0])


def shared_clients(reader: Reader, relations: Sequence[str], design: Design, days: Days) -> tuple[int, int] | None:
    """Clients of both arms, and of either; None where no rows tell them."""
    name = _relation(reader, (*relations, "orders", "calls"), ("client",), design)
    return None if name is None else _both(reader, name, ("client",), design, days)


def shared_texts(reader: Reader, design: Design, days: Days) -> tuple[int, int] | None:
    """Advertisements of one title in one city in both arms, and all there are; None where no rows tell them."""
    if design.dimension == "title":
        return None
    columns = ("title", "city") if _relation(reader, ("ads",), ("title", "city"), design) else ("title",)
    name = _relation(reader, ("ads",), columns, design)
    return None if name is None else _both(reader, name, columns, design, days)


def retitled(reader: Reader, design: Design, days: Days) -> tuple[str, ...]:
    """Numbers of the advertisements whose title was changed while the experiment ran."""
    name = _relation(reader, ("ads",), ("ad_id", "title"), design)
    if name is None:
        return ()
    params, where = Params(), ((design.dimension, (*design.a, *design.b)), *design.where)
    rows = select(reader.sources()[name], ("ad_id", "title"), params, where=where, days=days)
    sql = (
        f"select ad_id from ({rows}) where title is not null group by ad_id having count(distinct title) > 1 order by 1"
    )
    frame, _ = reader.run(Statement(sql, params.values, (name,), reader.scope))
    return tuple(map(str, frame["ad_id"]))


@dataclass(frozen=True)
class Spread:
    """How far the figures of advertisements are those of single days."""

    days: int
    """Days of advertisements."""
    spread: int
    """Those whose figures were given for several days at once, and are spread evenly over them."""
    across: int
    """Those of them whose days lie on both sides of the start."""


def spread(reader: Reader, relations: Sequence[str], design: Design, days: Days) -> Spread | None:
    """What is spread among the advertising of both arms; None where the KPI is of something else."""
    marks = ("is_spread", "told_from", "told_until")
    source = reader.sources().get(ADS)
    if source is None or ADS not in relations or not set(marks) <= source.relation.columns:
        return None
    params, where = Params(), ((design.dimension, (*design.a, *design.b)), *design.where)
    rows = select(source, marks, params, where=where, days=days)
    start = params.place(design.start)
    sql = (
        "select count(*) as days, count(*) filter (where is_spread) as spread, count(*) filter (where is_spread"
        f" and told_from < {start} and told_until >= {start}) as across from ({rows})"
    )
    frame, _ = reader.run(Statement(sql, params.values, (ADS,), reader.scope))
    return Spread(int(frame["days"][0]), int(frame["spread"][0]), int(frame["across"][0]))
