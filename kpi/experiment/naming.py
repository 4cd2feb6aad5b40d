"""What members are called: an advertisement by its latest title and city beside its number.

Invariant: names come through the Reader; a member without one is called by itself.
"""

from collections.abc import Mapping

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import Statement

AD = "ad_id"


def ad_names(reader: Reader) -> Mapping[str, str]:
    """Number of an advertisement → «title · city · №…234»; empty where no titles are loaded."""
    source = reader.sources().get("ads")
    if source is None or not {AD, "title"} <= source.relation.columns:
        return {}
    params, has_city = Params(), "city" in source.relation.columns
    rows = select(source, (AD, "title", *(["city"] if has_city else [])), params)
    city = "max_by(city, day)" if has_city else "null"
    sql = (
        f"select cast(ad_id as varchar) as id, max_by(title, day) as title, {city} as city from ({rows})"
        " where ad_id is not null group by ad_id order by 1"
    )
    frame, _ = reader.run(Statement(sql, params.values, ("ads",), reader.scope))
    return {id_: _name(id_, title, place) for id_, title, place in frame.itertuples(index=False, name=None)}


def _name(id_: str, title: object, city: object) -> str:
    told = [str(part) for part in (title, city) if isinstance(part, str) and part]
    short = id_ if len(id_) <= 6 else f"…{id_[-4:]}"
    return " · ".join([*told, f"№ {short}"])
