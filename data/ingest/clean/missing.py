"""Words that people and programs write where they have no value.

Invariant: such a word is taken for an empty cell and counted; a word a mapping gives a meaning never is.
"""

from collections.abc import Mapping
from dataclasses import replace

from data.ingest.clean.reading import Cells, Session

_WORDS = (
    "? | - | – | — | -- | --- | ... | … | na | n/a | n.a. | #n/a | #н/д | н/д | n/d | null | none | nan | nil | nat | "
    "(null) | <null> | \\n | (blank) | (пусто) | пусто | нет данных | не указано | не указан | не указана | "
    "не заполнено | no data | unknown | неизвестно | #ref! | #value! | #div/0! | #name? | #null! | #num! | #знач! | "
    "#ссылка! | #дел/0! | #имя? | #пусто! | #число!"
)
MISSING = tuple(_WORDS.split(" | "))
"""The words, in lower case."""


def counted(session: Session, cells: Cells) -> Cells:
    """The cells with those that say «missing» counted and taken for empty."""
    if cells.missing:
        return cells
    said = session.rows(
        f"select {cells.column}, count(*) from {cells.table} where {cells.column} in ({_SPELLINGS}) group by 1"
    )
    return missing_taken(session, cells, dict(said))


def missing_taken(session: Session, cells: Cells, said: Mapping[str, int]) -> Cells:
    """The cells with these words, which mean «missing», taken for empty. Few words are compared faster one by one."""
    if not said:
        return cells
    missing = sum(said.values())
    sql = f"nullif({cells.column}, {session.params.place(next(iter(said)))})"
    if len(said) > 1:
        words = ", ".join(session.params.place(word) for word in said)
        sql = f"case when {cells.column} in ({words}) then null else {cells.column} end"
    return replace(cells, sql=sql, filled=cells.filled - missing, missing=missing)


def _spellings() -> str:
    """A SQL list of the words in the cases people write them: by a list DuckDB skips whole blocks, by `lower()` not."""
    spellings = {said for word in MISSING for said in (word, word.upper(), word.capitalize(), word.title())}
    return ", ".join(f"'{word}'" for word in sorted(spellings))


_SPELLINGS = _spellings()
