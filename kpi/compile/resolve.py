"""What a KPI is made of here: its parts, and the columns that are loaded or missing.

Invariant: `first_known` is settled once, by what is loaded, before anything is compiled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.access.source import dimension
from data.expression import Binary, Call, Constant, Name, Node, children
from data.model import Relation
from data.schema.loader import facts
from data.store.case_figures import OPTIONAL as OF_CASES
from data.store.derived.hires import SCALED
from kpi.catalogue import Catalogue
from kpi.formula import SURVIVAL, columns_needed, parsed
from kpi.model import Kpi

DERIVED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "visits": (("orders", "client"), ("orders", "status")),
    "staff_posts": (("staff", "employee"),),
    "staff_days": (("staff", "employee"),),
    "shift_days": (("shifts", "employee"), ("shifts", "date")),
    "ad_days": (("ads", "ad_id"),),
    "ad_costs": (("ads", "spend"),),
    "cases": (("events", "case_id"), ("events", "activity"), ("events", "at")),
    "hires": (("applicants", "applied_at"),),
    "places": (("vacancies", "opened_at"), ("applicants", "accepted_at")),
}
"""Derived relation → the columns it is made of."""
_RATED = ("hired_on", "left_on", *(f"{score}{part}" for score in SCALED for part in ("", "_min", "_max")))
_JOINED: Mapping[str, tuple[str, ...]] = {"hires": ("applicants", "vacancies"), "places": ("vacancies", "applicants")}
"""Relation of several facts joined → these, so that a column of it is one of theirs."""
_MADE_OF: Mapping[str, tuple[str, ...]] = {"quality": _RATED}
"""Column of a derived relation → the columns of its facts that would fill it."""


@dataclass(frozen=True)
class Resolution:
    """A KPI as it can be computed from what is loaded."""

    kpi: Kpi
    """The KPI."""
    tree: Node
    """Its definition."""
    leaves: tuple[Kpi, ...]
    """The values it is computed from, in the order they are written; itself, if it is a value."""
    stages: frozenset[str]
    """Pure functions it needs. One with leaves is counted as a value is, and estimated from its rows afterwards."""
    chosen: frozenset[str]
    """Ids that stand where the definition says `first_known`."""
    columns: frozenset[tuple[str, str]]
    """(relation, column) it reads."""
    missing: frozenset[tuple[str, str]]
    """(fact, column) that would have to be loaded first; empty: computable."""
    formulas: tuple["Resolution", ...] = ()
    """Parts that are formulas themselves."""

    @property
    def relations(self) -> tuple[str, ...]:
        """Relations it reads."""
        return tuple(dict.fromkeys(leaf.relation for leaf in self.leaves if leaf.relation))

    @property
    def base(self) -> str:
        """Id of the leaf whose rows are the count behind the value: the denominator of a division, else the first."""
        return _base(self.tree, self) if self.kpi.kind == "formula" else self.kpi.id


def resolve(kpi: Kpi, catalogue: Catalogue, relations: Mapping[str, Relation]) -> Resolution:
    """What the KPI is made of, given what is loaded."""
    if kpi.is_of_judgements:
        return Resolution(kpi, Constant(0), (), frozenset({kpi.definition}), frozenset(), frozenset(), frozenset())
    tree = parsed(kpi.definition)
    if kpi.kind == "value":
        return _value(kpi, tree, relations)
    if kpi.kind == "stage":
        return replace(_value(replace(kpi, kind="value"), tree, relations), stages=frozenset({SURVIVAL}))
    return _formula(kpi, tree, catalogue, relations)


def _value(kpi: Kpi, tree: Node, relations: Mapping[str, Relation]) -> Resolution:
    name = kpi.relation or ""
    relation = relations.get(name)
    if relation is None or relation.rows + relation.upcoming == 0:
        absent = relations.get(DERIVED[name][0][0]) if name in DERIVED else None
        held = absent.columns if absent and absent.rows else frozenset[str]()
        wanted = DERIVED.get(name) or tuple((name, c) for c in sorted(columns_needed(tree, _nothing)[1]) or ["date"])
        if name in _JOINED:
            needed = sorted(columns_needed(tree, _nothing)[1])
            wanted += tuple(told for column in needed for told in _wanted(name, column, relations) if _is_told(told))
        missing = frozenset((fact, c) for fact, c in wanted if c not in held) or frozenset(wanted)
        return Resolution(kpi, tree, (kpi,), frozenset(), frozenset(), frozenset(), missing)
    used, lacking = columns_needed(tree, relation.tells)
    if kpi.time and kpi.time not in relation.columns and name not in DERIVED:
        lacking |= {kpi.time}
    return Resolution(
        kpi,
        tree,
        (kpi,),
        frozenset(),
        frozenset(),
        frozenset((name, column) for column in used),
        frozenset(wanted for column in lacking for wanted in _wanted(name, column, relations)),
    )


def _wanted(relation: str, column: str, relations: Mapping[str, Relation]) -> tuple[tuple[str, str], ...]:
    """(fact, column) that would fill a column of a relation: of one that is joined, of the fact whose schema has it."""
    first = DERIVED[relation][0][0] if relation in DERIVED else relation
    if relation not in _JOINED:
        return ((first, OF_CASES.get(column, column) if relation == "cases" else column),)
    schemas = {fact: {known.name for known in facts()[fact].columns} for fact in _JOINED[relation]}
    of_facts = [
        (fact, name)
        for name in _MADE_OF.get(column, (column,))
        if (fact := next((fact for fact, names in schemas.items() if name in names), None)) is not None
    ]
    held = {fact: relations[fact].own if fact in relations else frozenset[str]() for fact in schemas}
    return tuple((fact, name) for fact, name in of_facts if name not in held[fact]) or ((first, column),)


def _is_told(wanted: tuple[str, str]) -> bool:
    fact, column = wanted
    return any(known.name == column for known in facts()[fact].columns)


def _nothing(_: str) -> bool:
    return False


def _formula(kpi: Kpi, tree: Node, catalogue: Catalogue, relations: Mapping[str, Relation]) -> Resolution:
    found: list[Resolution] = []
    chosen: set[str] = set()

    def visit(node: Node) -> None:
        if isinstance(node, Call) and node.function == "first_known":
            options = [
                resolve(catalogue.get(a.name), catalogue, relations) for a in node.arguments if isinstance(a, Name)
            ]
            taken = next((option for option in options if not option.missing), options[0])
            chosen.add(taken.kpi.id)
            found.append(taken)
            return
        if isinstance(node, Name) and node.name != "period_days":
            found.append(resolve(catalogue.get(node.name), catalogue, relations))
        for child in children(node):
            visit(child)

    visit(tree)
    return Resolution(
        kpi,
        tree,
        tuple(dict.fromkeys(leaf for part in found for leaf in part.leaves)),
        frozenset().union(*(part.stages for part in found)),
        frozenset(chosen).union(*(part.chosen for part in found)),
        frozenset().union(*(part.columns for part in found)),
        frozenset().union(*(part.missing for part in found)),
        tuple(part for part in found if part.kpi.kind == "formula"),
    )


def _base(tree: Node, resolution: Resolution) -> str:
    ids = [leaf.id for leaf in resolution.leaves]
    node = tree
    while isinstance(node, Binary) and node.operator in ("*", "/"):
        constant_left = isinstance(node.left, Constant)
        if node.operator == "/" and not isinstance(node.right, Constant) and not _is_days(node.right):
            node = node.right
            break
        node = node.right if constant_left else node.left
    names = [n for n in _names(node) if n in ids]
    return names[0] if names else ids[0]


def _is_days(node: Node) -> bool:
    return isinstance(node, Name) and node.name == "period_days"


def _names(node: Node) -> list[str]:
    own = [node.name] if isinstance(node, Name) else []
    return own + [name for child in children(node) for name in _names(child)]


def not_by(resolution: Resolution, name: str, relations: Mapping[str, Relation]) -> str | None:
    """The first relation of the KPI that does not carry a dimension; None: it can be sliced by it."""
    return next((r for r in resolution.relations if r in relations and dimension(relations[r], name) is None), None)
