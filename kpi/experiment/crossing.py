"""What both arms share that they should not: clients, and advertisements of one text; and texts that were changed.

Invariant: counts only, of rows within the Reader's scope; no client's name leaves this module.
"""

from collections.abc import Sequence
from datetime import date

from data.access.reader import Reader
from data.access.source import dimension, quoted, select
from data.expression import Params
from data.model import Relation, Statement
from data.store.entries import Design

Days = tuple[date, date]


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
