"""How formulas are written, as a page of the documentation: docs/custom-kpis.md, made by `python -m kpi.custom.page`.

Invariant: words, tables and columns on the page are those that are read, so it cannot be out of date; a test keeps them
equal.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kpi.catalogue import catalogue
from kpi.custom import limits
from kpi.custom.binding import Known, bind, known
from kpi.custom.examples import EXAMPLES
from kpi.custom.kinds import NAMES
from kpi.custom.speaking import spoken
from kpi.custom.vocabulary import Table, tables
from kpi.custom.words import BETWEEN, COUNTING, OF_A_ROW, PERIOD_WORD, Word
from kpi.language import language

PAGE = Path(__file__).parents[2] / "docs" / "custom-kpis.md"
"""Where the page lies."""
HEAD = f"""# KPIs of your own

Made by `python -m kpi.custom.page`: change `kpi/custom/words.py`, or the text in `kpi/custom/page.py`.

What the catalogue lacks you define with a formula: on the page «Catalogue», or with `python -m kpi kpi add`. Such a
KPI is equal to the built-in ones: it has a card and a target, is broken down, judged and drilled into, can be a key KPI
and a part of other formulas. Its id begins with `own_` and never changes.

## How a formula is written

- A formula is made of **words that count rows**, and of **KPIs**, with `+ - * /` and brackets between them:
  `total(revenue, status = 'done') / headcount`. Outside of a word `revenue` is the KPI, inside it is the column.
- A word names what it counts, then, after a comma, the **condition** of which rows:
  `share(is_rework, status = 'done')`. Which table it counts is told by its columns. Where two tables have them, say
  which: `count_distinct(orders.client)`, `count(reviews)`.
- Conditions compare with `=` `<>` `<` `<=` `>` `>=`, hold lists, `status in ('done', 'no_show')`, and are joined with
  `and`, `or`, `not`; `x is null` is an empty cell. Texts stand in single quotes, names of several words in double ones.
- Columns, KPIs, words and values may be named as the screens name them, in English and in Russian:
  `доля(Выручка > 5000, Статус = 'Выполнен')` is `share(revenue > 5000, status = 'done')`.

## What holds for every value

- **An empty cell is unknown.** Its row leaves numerator and denominator alike: of a share, the rows where the condition
  is known are 100 %; a `ratio` adds up only rows where both columns are filled in.
- **A division by nothing has no value**, never infinity. A total is 0 where a loaded period has no rows, and has no
  value where rows are there but none tells the column.
- Formulas are computed at each level: the value of a team, a month or the whole business comes from its own rows, and
  is never the average of others.
- Answers of staff stay anonymous: over `surveys` a word must hold the condition `audience = 'client'`; of staff answers
  take the built-in KPIs (`enps`, `engagement`), which hide what fewer than five people said.

## Limits

No text of a formula ever becomes SQL: names become columns of the schema, texts and numbers become parameters. A
formula has at most {limits.MAX_LENGTH:,} characters, {limits.MAX_NODES} parts and {limits.MAX_WORDS} words that count
(those of its KPIs included), and a query with it is stopped after {limits.SECONDS:g} seconds: that KPI then says so,
the others are shown.

## On the command line

```
python -m kpi kpi check "share(revenue > 5000, status = 'done')"    # how it is read, and what it gives by month
python -m kpi kpi add "Large jobs" "share(revenue > 5000, status = 'done')" --area finance --better higher --good-low 30
python -m kpi kpi list                                             # `history ID` tells every version
python -m kpi kpi change own_large_jobs --formula "share(revenue > 7000, status = 'done')"
python -m kpi kpi remove own_large_jobs                           # `restore VERSION` brings it back
```

Each answers with figures for programs with `--json`; `value` and `catalogue` know the KPI from then on.
"""


def page() -> str:
    """The page's text."""
    what = known(tables(), catalogue())
    return "\n".join([HEAD, *_words(), *_examples(what), *_tables(what)])


def _words() -> Iterator[str]:
    for title, words in (
        ("Words that count rows", COUNTING), ("Words about one row", OF_A_ROW),
        ("Words between KPIs", (*BETWEEN, PERIOD_WORD)),
    ):  # fmt: skip
        yield f"## {title}\n\n| word | in Russian | what it does | for instance |\n|---|---|---|---|"
        yield from map(_word, words)
        yield ""


def _word(one: Word) -> str:
    return f"| `{one.name}` | `{one.russian}` | {one.meaning} | `{one.example}` |"


def _examples(what: Known) -> Iterator[str]:
    yield "## Examples\n\n| | formula | in Russian |\n|---|---|---|"
    for title, formula in EXAMPLES:
        yield f"| {title} | `{formula}` | `{spoken(bind(formula, what), what, language('ru'))}` |"
    yield ""


def _tables(what: Known) -> Iterator[str]:
    yield "## Tables and their columns\n"
    for table in what.tables.values():
        yield f"### {table.title} · `{table.name}`\n\n| column | what it is | kind | values |\n|---|---|---|---|"
        yield from _columns(table)
        yield ""


def _columns(table: Table) -> Iterable[str]:
    for told in table.told.values():
        values = ", ".join(f"`{value}`" for value in told.words if value not in ("true", "false"))
        meaning = f"{told.title}. {told.meaning}" if told.meaning else told.title
        yield f"| `{told.name}` | {meaning} | {NAMES[told.kind]} | {values} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
