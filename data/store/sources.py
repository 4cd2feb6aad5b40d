"""Which source a table is a version of.

Invariant: two branches' order 1 stay two orders and a newer version of a sheet stays one: where that cannot be told
from the rows themselves, `SourceQuestion` asks before anything is published. An explicit source is never questioned.
"""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from data.errors import UserError
from data.ingest.staged import Staged
from data.message import say
from data.model import Fact, Finding
from data.store.fact_tables import table_of
from data.store.identifiers import listed
from data.store.keys import kept, key_rule, labelled
from data.store.labels import default_label, stem

MOST_DIFFER = 0.05
"""Share of a file's keys that may collide with other content before somebody is asked."""


class SourceQuestion(UserError):
    """The file's keys exist already with other content: a newer version of that source, or another branch?"""

    def __init__(self, file: str, other: str, suggested: str, differ: int, keys: int) -> None:
        super().__init__(
            say("{differ} of {keys} keys in {file} are already loaded with other content.", file=file, differ=differ,
                keys=keys),
            say("They belong to the source «{other}».", other=other),
            say(
                "If this is a newer version of it, choose the source «{other}»; if it is another branch or account, "
                "choose a new one, such as «{suggested}», or name its branch or account.",
                other=other, suggested=suggested,
            ),
        )  # fmt: skip
        self.other = other
        """The source it would be a newer version of."""
        self.suggested = suggested
        """A new label, if it is another branch."""


@dataclass(frozen=True)
class Known:
    """A source that has rows in the fact."""

    label: str
    """Its label."""
    stems: frozenset[str]
    """What its files were called, digits kept."""
    columns: frozenset[str]
    """Columns of the fact they filled."""


@dataclass(frozen=True)
class Collision:
    """Keys of a table that exist under a source."""

    known: Known
    """The source."""
    equal: int
    """Those whose rows are equal."""
    differ: int
    """Those whose rows are not."""


@dataclass(frozen=True)
class Resolved:
    """The label a table got."""

    label: str
    """Precedes the keys of its rows without account and branch."""
    findings: tuple[Finding, ...] = ()
    """Says so when the label is another source's."""


def resolve(cursor: duckdb.DuckDBPyConnection, staged: Staged, file: str, sheet: str | None) -> Resolved:
    """The label of a table nobody named. `SourceQuestion` where the rows leave it open."""
    label, own_stem = default_label(file, sheet), stem(file)
    known = known_sources(cursor, staged.fact)
    if not known:
        return Resolved(label)
    keys, has_key = _count_keys(cursor, staged)
    if keys == 0:
        return Resolved(label)
    met = [found for source in known if (found := _collide(cursor, staged, source)).equal + found.differ > 0]
    version_of = _version_of(met, keys, has_key, label)
    if version_of is not None:
        return Resolved(label) if version_of == label else Resolved(version_of, (_adopted(version_of, keys),))
    for found in sorted(met, key=lambda found: -found.differ):
        same_source = found.known.label == label and own_stem in found.known.stems
        if found.differ > MOST_DIFFER * keys and not same_source:
            raise SourceQuestion(file, found.known.label, _fresh(own_stem or label, known), found.differ, keys)
    return Resolved(label)


def known_sources(cursor: duckdb.DuckDBPyConnection, fact: Fact) -> list[Known]:
    """Sources of the imports of the fact that are not undone."""
    rows = cursor.execute(
        """select p.source, list(distinct p.stem), list(distinct c.name) from import_parts p
        join imports i using (import), unnest(cast(p.columns as varchar[])) c(name)
        where p.fact = ? and i.undone_at is null group by p.source order by max(p.import) desc""",
        [fact.name],
    ).fetchall()
    return [Known(label, frozenset(stems), frozenset(columns)) for label, stems, columns in rows]


def _version_of(met: list[Collision], keys: int, has_key: bool, label: str) -> str | None:
    """The source most of whose colliding rows are equal; without a key, only if that is most of the file."""
    alike = [found for found in met if found.equal > found.differ and (has_key or 2 * found.equal > keys)]
    best = max(alike, key=lambda found: (found.equal, found.known.label == label), default=None)
    return best.known.label if best else None


def _count_keys(cursor: duckdb.DuckDBPyConnection, staged: Staged) -> tuple[int, bool]:
    """Distinct keys among the rows that a label precedes, and whether they carry one."""
    rule = key_rule(staged.fact, staged.key, staged.columns, staged.extras.values())
    key = rule.key if rule.possible else rule.cells
    row = cursor.execute(
        f"select count(distinct {key}) from {staged.table} where {labelled(staged.columns)}", _label(key, "")
    ).fetchone()
    return (int(row[0]) if row else 0), rule.possible


def _collide(cursor: duckdb.DuckDBPyConnection, staged: Staged, known: Known) -> Collision:
    """Count the keys that exist under a source, by whether the columns both have hold the same."""
    rule = key_rule(staged.fact, staged.key, staged.columns, staged.extras.values())
    key = f"case when {rule.identified} then {rule.key} else {rule.cells} end" if rule.possible else rule.cells
    both = sorted(known.columns & set(staged.columns))
    row = cursor.execute(
        f"""with mine as (select {kept(key)} as _key, sum({_bag(both)}) as bag from {staged.table}
            where {labelled(staged.columns)} group by 1),
        theirs as (select _key, sum({_bag(both)}) as bag from {table_of(staged.fact)}
            where _live and _source = $source and _key in (select _key from mine) group by 1)
        select count(*) filter (mine.bag = theirs.bag), count(*) filter (mine.bag <> theirs.bag)
        from mine join theirs using (_key)""",
        {"source": known.label, **_label(key, known.label)},
    ).fetchone()
    equal, differ = row or (0, 0)
    return Collision(known, int(equal), int(differ))


def _bag(columns: Collection[str]) -> str:
    return f"cast(hash({listed(columns)}) as hugeint)" if columns else "0"


def _label(sql: str, label: str) -> dict[str, str]:
    return {"label": label} if "$label" in sql else {}


def _fresh(wanted: str, known: list[Known]) -> str:
    """A label no source has."""
    taken = {source.label for source in known}
    numbered = (wanted if n == 1 else f"{wanted} {n}" for n in range(1, len(taken) + 3))
    return next(label for label in numbered if label not in taken)


def _adopted(label: str, keys: int) -> Finding:
    return Finding(
        "publish", "info", None, "newer_version", keys, (),
        say("Most rows are already loaded from the source «{label}»: taken as a newer version of it.", label=label),
    )  # fmt: skip
