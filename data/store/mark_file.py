"""A spreadsheet of events: read as any table is, each row a mark.

Invariant: a row becomes a mark or is told with its line and the reason; nothing is entered here.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from data.errors import UserError
from data.ingest.read import RawTable, drop, stage
from data.message import Message, say
from data.store.entries.marks import Kind, Mark
from data.store.store import Store

HEADERS: Mapping[str, tuple[str, ...]] = {
    "day": ("дата", "день", "начало", "с", "date", "day", "from", "start", "since"),
    "title": ("событие", "что произошло", "название", "описание", "event", "title", "what", "name", "description"),
    "kind": ("вид", "тип", "kind", "type"),
    "until": ("по", "до", "конец", "окончание", "until", "to", "end"),
}
"""Field → headers it is known by, in small letters."""
WORDS: Mapping[str, Kind] = {
    "изменение процесса": "process_change", "процесс": "process_change", "process": "process_change",
    "change of process": "process_change", "process_change": "process_change",
    "акция": "promotion", "промо": "promotion", "скидка": "promotion", "promotion": "promotion", "promo": "promotion",
    "персонал": "staff", "сотрудники": "staff", "сотрудник": "staff", "staff": "staff",
    "цена": "price", "цены": "price", "изменение цен": "price", "price": "price", "prices": "price",
}  # fmt: skip
"""Words for kinds; any other is «other»."""
FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")


@dataclass(frozen=True)
class MarkFile:
    """What a spreadsheet of events holds."""

    marks: tuple[Mark, ...]
    """Its rows as marks, not entered yet."""
    refused: tuple[Message, ...]
    """Rows that are none, with line and reason."""


def marks_of(store: Store, path: Path) -> MarkFile:
    """The events of a CSV file or workbook. `UserError` where it cannot be read or has no day or no words."""
    with closing(store.cursor()) as cursor:
        tables = stage(cursor, path)
        try:
            for table in tables:
                places = _places(table.header)
                if {"day", "title"} <= places.keys():
                    cells = cursor.execute(f'select * exclude (line), line from "{table.table}" order by line')
                    return _read(cells.fetchall(), places)
        finally:
            _drop(cursor, tables)
    raise UserError(
        say("No table in it has a column for the day and one for what happened."), None,
        say("Name them «Дата» and «Событие», or «Date» and «Event»."),
    )  # fmt: skip


def _drop(cursor: object, tables: Sequence[RawTable]) -> None:
    for table in tables:
        drop(cursor, table)  # type: ignore[arg-type]


def _places(header: Sequence[str]) -> dict[str, int]:
    """Field → its column."""
    names = [" ".join(name.casefold().split()) for name in header]
    return {
        field: names.index(alias) for field, known in HEADERS.items() for alias in reversed(known) if alias in names
    }


def _read(rows: Sequence[tuple[object, ...]], places: Mapping[str, int]) -> MarkFile:
    marks, refused = [], []
    for *cells, line in rows:
        texts = {field: str(cells[place] or "").strip() for field, place in places.items()}
        day, until = _day(texts["day"]), _day(texts.get("until", ""))
        if day is None:
            refused.append(say("Line {line}: «{text}» is no day.", line=line, text=texts["day"]))
        elif not texts["title"]:
            refused.append(say("Line {line}: it does not say what happened.", line=line))
        elif until is not None and until < day:
            refused.append(say("Line {line}: it ends before it begins.", line=line))
        else:
            kind = WORDS.get(texts.get("kind", "").casefold(), "other")
            marks.append(Mark(0, day, texts["title"], kind, until=until))
    return MarkFile(tuple(marks), tuple(refused))


def _day(text: str) -> date | None:
    for pattern in FORMATS:
        try:
            return datetime.strptime(text.split(" ")[0].split("T")[0], pattern).date()
        except ValueError:
            continue
    return None
