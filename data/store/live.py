"""Which rows count.

Invariant: `_live` is a pure function of the rows of all imports that are not undone. Of the imports that carry a key
one wins: the highest version where all of them have one, else the latest; all its rows of that key live. An import that
replaced its source's period stands before everything older in that period.
"""

import duckdb

from data.model import Fact
from data.store.fact_tables import table_of
from data.store.keys import KEY


def settle(cursor: duckdb.DuckDBPyConnection, fact: Fact, keys: str) -> None:
    """Set `_live` for the keys in the table `keys` (column `_key`)."""
    _stand(cursor, fact, keys)
    cursor.execute(f"create or replace temp table _floor (_key {KEY}, floor INTEGER)")
    _choose(cursor)
    if _replacements(cursor, fact):
        while _raise_floor(cursor):
            _choose(cursor)
    table = table_of(fact)
    cursor.execute(
        f"""update {table} set _live = not {table}._live from _standing s
        left join _winner w on w._key = s._key and w.winner = s._import
        where {table}._import = s._import and {table}._key = s._key and {table}._day is not distinct from s._day
          and {table}._source = s.source
          and {table}._live is distinct from (w._key is not null and s.replaced = 0)"""
    )
    for name in ("_standing", "_winner", "_floor"):
        cursor.execute(f"drop table {name}")


def _replacements(cursor: duckdb.DuckDBPyConnection, fact: Fact) -> bool:
    row = cursor.execute(
        "select count(*) from import_parts where fact = ? and replaces_from is not null", [fact.name]
    ).fetchone()
    return bool(row and row[0])


def _stand(cursor: duckdb.DuckDBPyConnection, fact: Fact, keys: str) -> None:
    """Per key, import, day and source: its version, and the latest import that replaced that period (else 0)."""
    cursor.execute(
        f"""create or replace temp table _standing as
        select f._key, f._import, f._day, f._source as source, max(f._version) as version, 0 as replaced
        from {table_of(fact)} f semi join {keys} k on f._key = k._key group by all"""
    )
    cursor.execute(
        """update _standing set replaced = r.by from (
          select s._import, s._day, s.source, max(p.import) as by
          from (select distinct _import, _day, source from _standing) s
          join import_parts p on p.fact = $fact and p.import > s._import and p.source = s.source
            and s._day between p.replaces_from and p.replaces_to
          join imports i on i.import = p.import and i.undone_at is null group by all) r
        where _standing._import = r._import and _standing._day = r._day and _standing.source = r.source""",
        {"fact": fact.name},
    )


def _choose(cursor: duckdb.DuckDBPyConnection) -> None:
    """The winning import of each key, among those not older than the key's floor."""
    cursor.execute(
        """create or replace temp table _winner as
        select s._key, case when bool_and(s.version is not null)
          then max({'v': s.version, 'i': s._import}).i else max(s._import) end as winner
        from _standing s left join _floor f on f._key = s._key
        where s._import >= coalesce(f.floor, 0) group by s._key"""
    )


def _raise_floor(cursor: duckdb.DuckDBPyConnection) -> int:
    """Where the winner lost its period, only imports since then may win; how many keys that moved."""
    cursor.execute(
        """create or replace temp table _raised as
        select w._key, max(s.replaced) as floor from _winner w
        join _standing s on s._key = w._key and s._import = w.winner
        group by w._key having min(s.replaced) > 0"""
    )
    cursor.execute("delete from _floor where _key in (select _key from _raised)")
    cursor.execute("insert into _floor select * from _raised")
    row = cursor.execute("select count(*) from _raised").fetchone()
    cursor.execute("drop table _raised")
    return int(row[0]) if row else 0
