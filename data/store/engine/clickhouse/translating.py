"""DuckDB's SQL → ClickHouse's, over the tree that sqlglot reads (pure).

Invariant: what is not known to mean the same in both is not translated (`Unanswered`): every kind of node is either
named in `kept.py` or made by a rule of `rules.py`. Values and tables stay places, so one text serves every version of
the data and all values.
"""

from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp

from data.store.engine.clickhouse.kept import require_kept
from data.store.engine.clickhouse.rules import RULES, Context
from data.store.engine.contract import Unanswered


@dataclass(frozen=True)
class Translated:
    """A statement in ClickHouse's words."""

    sql: str
    """Its text: `{name: Type}` stands for a value, `{t_relation: Identifier}` for a table."""
    tables: tuple[str, ...]
    """The tables it reads."""
    columns: frozenset[str]
    """Names of everything it reads or calls something."""
    as_text: frozenset[str]
    """Columns of which it wants the text."""


def table_place(table: str) -> str:
    """Name of the place that a table's name stands in."""
    return f"t_{table}"


@lru_cache(maxsize=512)
def translated(sql: str, kinds: tuple[tuple[str, str], ...]) -> Translated:
    """The statement in ClickHouse's words; `kinds`: types of its places."""
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.ParseError as error:
        raise Unanswered("a text that cannot be read") from error
    nodes = [node for node in tree.walk(bfs=True) if isinstance(node, exp.Expression)]
    require_kept(nodes)
    context = Context(dict(kinds), frozenset(node.alias for node in nodes if isinstance(node, exp.CTE)))
    columns = frozenset(node.name for node in nodes if isinstance(node, exp.Column))
    tree = _rewritten(nodes, context)
    return Translated(
        tree.sql(dialect="clickhouse"), tuple(sorted(context.tables)), columns, frozenset(context.as_text)
    )


def _rewritten(nodes: list[exp.Expression], context: Context) -> exp.Expression:
    """The first node, with every one by its rule, the innermost first."""
    made = nodes[0]
    for node in reversed(nodes):
        rule = RULES.get(type(node))
        made = rule(node, context) if rule is not None else node
        if made is not node:
            node.replace(made)
    return made
