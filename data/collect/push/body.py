"""What a program sent, as a file that is read like any other (pure).

Invariant: a number of JSON keeps its value: a point in it is never taken for thousands. Rows are flat; what is nested
is refused with its place, never flattened in silence.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data.errors import UserError
from data.message import say

MOST_ROWS = 20_000
"""Of one push."""
MOST_FIELDS = 300
"""Of one row."""
_COMMA = re.compile(r"[+-]?\d+,\d+")


@dataclass(frozen=True)
class Body:
    """A push, read."""

    name: str
    """What the file is called."""
    content: bytes
    """What is in it."""
    numbers: tuple[str, ...] = ()
    """Fields that hold JSON numbers: their decimal mark is a point."""


class NotTaken(UserError):
    """What was sent cannot be rows; nothing of it was taken."""


def read_body(raw: bytes, kind: str) -> Body:
    """`kind`: the media type. `NotTaken` says which row is wrong, counted from 1."""
    is_json = "json" in kind or (not kind.startswith("text/") and raw.lstrip()[:1] in (b"[", b"{"))
    if not raw.strip():
        raise NotTaken(say("Nothing was sent."), hint=say("Send rows as JSON, or as CSV with a header."))
    return _json(raw) if is_json else Body("push.csv", raw)


def _json(raw: bytes) -> Body:
    try:
        sent = json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotTaken(say("What was sent is not JSON."), say("{reason}", reason=_told(error))) from None
    rows = sent.get("rows") if isinstance(sent, dict) and "rows" in sent else sent
    rows = [rows] if isinstance(rows, dict) else rows
    if not isinstance(rows, list) or not rows:
        raise NotTaken(
            say("No rows were sent."), hint=say("Send a list of rows: {example}", example='[{"order_id": "17", …}]')
        )
    if len(rows) > MOST_ROWS:
        raise NotTaken(
            say("{n} rows are too many for one push.", n=len(rows)),
            hint=say("Send at most {most} at a time.", most=MOST_ROWS),
        )
    for place, row in enumerate(rows, 1):
        _check(row, place)
    numbers = tuple(sorted({name for row in rows for name, value in row.items() if _is_number(value)}))
    plain = [{name: _plain(value, name in numbers) for name, value in row.items()} for row in rows]
    return Body("push.json", json.dumps(plain, ensure_ascii=False).encode(), numbers)


def _check(row: Any, place: int) -> None:
    if not isinstance(row, dict) or not row:
        raise NotTaken(say("Row {n} is no object with fields.", n=place))
    if len(row) > MOST_FIELDS:
        raise NotTaken(say("Row {n} has more than {most} fields.", n=place, most=MOST_FIELDS))
    for name, value in row.items():
        if isinstance(value, dict | list):
            raise NotTaken(
                say("Row {n}: «{field}» holds a list or an object.", n=place, field=name),
                hint=say("A field holds one text, number, yes or no, or null."),
            )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: Any, is_numeric: bool) -> Any:
    """Numbers in full and with a point; a text that is a number with a comma joins those of its field."""
    if _is_number(value):
        return format(Decimal(str(value)), "f")
    if is_numeric and isinstance(value, str) and _COMMA.fullmatch(value.strip()):
        return value.strip().replace(",", ".")
    return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _told(error: Exception) -> str:
    """Where, without the text itself."""
    return f"{error.msg} ({error.lineno}:{error.colno})" if isinstance(error, json.JSONDecodeError) else "NaN"
