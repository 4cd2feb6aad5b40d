"""What clients wrote about a person, from the reviews."""

from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import Statement


@dataclass(frozen=True)
class Review:
    """One review with words."""

    day: date
    """When it was written."""
    rating: float | None
    """1–5."""
    text: str
    """The words."""


def reviews(reader: Reader, name: str, most: int) -> tuple[Review, ...]:
    """The latest reviews of a person that have words, within the scope."""
    source = reader.sources().get("reviews")
    if source is None or not {"employee", "text"} <= source.relation.own:
        return ()
    told = [column for column in ("rating", "text") if column in source.relation.own]
    params = Params()
    inner = select(source, told, params, where=[("employee", (name,))])
    sql = f"select * from ({inner}) where trim(text) != '' order by day desc, text limit {int(most)}"
    frame, _ = reader.run(Statement(sql, params.used_in(sql), ("reviews",), reader.scope))
    return tuple(
        Review(row["day"].date(), float(row["rating"]) if row.get("rating") == row.get("rating") else None, row["text"])
        for row in frame.assign(**({} if "rating" in frame else {"rating": float("nan")})).to_dict("records")
    )
