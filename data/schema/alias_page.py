"""The page of header aliases, `docs/header-aliases.md`, written from the schemas.

Invariant: the page says what the schemas say; a test holds them equal. `python -m data.schema.alias_page` writes it.
"""

from pathlib import Path

from data.model import Column, Fact
from data.schema.loader import facts

PAGE = Path(__file__).parents[2] / "docs" / "header-aliases.md"
"""Where the page lies."""

_INTRODUCTION = """# Headers that are recognised

Written by `python -m data.schema.alias_page` from `data/schema/*.toml`; change it there.

A header is compared without regard to case, ё, punctuation, `camelCase` or `snake_case`; «№», «N» and «номер» are one
word; «, руб.», «(₽)» and «, ч» are dropped. Percent, thousands, minutes and seconds are not dropped, because they
change what the number is. Where a table has several headers of one column, the first in the list is taken.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([_INTRODUCTION, *map(_section, facts().values())])


def _section(fact: Fact) -> str:
    key = ", ".join(f"`{name}`" for name in fact.key)
    head = f"## {fact.name}\n\n{fact.title}: a row is {fact.grain}. Key: {key}.\n"
    rows = ["| column | type | headers | words |", "|---|---|---|---|", *map(_row, fact.columns)]
    return head + "\n" + "\n".join(rows) + "\n"


def _row(column: Column) -> str:
    headers = _cell(" · ".join(column.aliases))
    words = _cell("; ".join(f"**{word}**: {', '.join(said)}" for word, said in column.words.items()))
    return f"| `{column.name}` | {column.type} | {headers} | {words} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
