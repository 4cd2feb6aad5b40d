"""What a KPI is made of, and what each part did to its change: a driver tree.

A formula's parts are the KPIs it names; a KPI that is counted of rows may name others it is the product of (`drivers`
in the catalogue: gross profit = jobs × ticket × margin). Where rows lack a cell that only some parts need, the product
misses the value by a factor; that factor is a part of its own.

Invariant: the effects of all parts add up to the change, bit for bit; a part's is the sum of its own parts'.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.access.reader import Reader
from data.expression import Binary, Call, Name, Node, children
from data.model import Relation
from kpi.catalogue import Catalogue
from kpi.compile import Resolution, resolve
from kpi.evaluate import aggregates
from kpi.formula import computed, parsed, replaced
from kpi.model import Kpi
from kpi.why.asking import Question
from kpi.why.exact import adding_up
from kpi.why.model import Driver
from kpi.why.shapley import MOST, shapley

LEVELS = 2
"""How deep a tree goes."""
NOTHING = 1e-9
"""A factor this near to 1 is rounding."""


@dataclass(frozen=True)
class Tree:
    """A KPI's definition by its parts."""

    name: str
    """KPI id, or that of a product with ` coverage` after it."""
    kpi: Kpi | None
    """The KPI; None: the coverage."""
    node: Node | None = None
    """Arithmetic over the parts' names; None: a leaf."""
    parts: tuple["Tree", ...] = ()
    """The parts, in the order they are written."""

    @property
    def leaves(self) -> tuple["Tree", ...]:
        """What it is finally made of."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)

    def value(self, known: Mapping[str, float]) -> float:
        """Its value where the leaves have these."""
        if self.node is None:
            return known[self.name]
        own = {part.name: np.float64(part.value(known)) for part in self.parts}
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(computed(self.node, own.__getitem__))  # type: ignore[arg-type]  # arrays of no dimensions


def tree(kpi: Kpi, catalogue: Catalogue, relations: Mapping[str, Relation]) -> Tree:
    """What the KPI is made of; a leaf where it is made of rows alone, or of what means nothing to people."""
    text = kpi.drivers or (kpi.definition if kpi.kind == "formula" else "")
    found = _tree(kpi, text, catalogue, relations, LEVELS)
    names = [leaf.name for leaf in found.leaves]
    return found if len(set(names)) == len(names) else _tree(kpi, text, catalogue, relations, 1)


def _tree(kpi: Kpi, text: str, catalogue: Catalogue, relations: Mapping[str, Relation], depth: int) -> Tree:
    """So many levels; a part is opened only where it declares what it is the product of."""
    if not text or not depth:
        return Tree(kpi.id, kpi)
    node = _chosen(parsed(text), resolve(kpi, catalogue, relations).chosen)
    names = list(dict.fromkeys(_names(node)))
    if len(names) < 2 or any(not _is_known(name, catalogue, relations) for name in names):
        return Tree(kpi.id, kpi)
    own = map(catalogue.get, names)
    parts = tuple(_tree(part, part.drivers, catalogue, relations, depth - 1) for part in own)
    if not kpi.drivers:
        return Tree(kpi.id, kpi, node, parts)
    coverage = Tree(f"{kpi.id} coverage", None)
    return Tree(kpi.id, kpi, Binary("*", node, Name(coverage.name)), (*parts, coverage))


def _is_known(name: str, catalogue: Catalogue, relations: Mapping[str, Relation]) -> bool:
    return name in catalogue and not resolve(catalogue.get(name), catalogue, relations).missing


def _chosen(node: Node, chosen: frozenset[str]) -> Node:
    def call(part: Call) -> Node:
        names = [argument for argument in part.arguments if isinstance(argument, Name)]
        return next((name for name in names if name.name in chosen), names[0])

    return replaced(node, Name, call)


def _names(node: Node) -> list[str]:
    own = [node.name] if isinstance(node, Name) else []
    return own + [name for child in children(node) for name in _names(child)]


def drivers(asked: Question, catalogue: Catalogue, before: float, change: float, step: float) -> tuple[Driver, ...]:
    """What each part did; empty where there are none, or they cannot be told apart."""
    relations = asked.reader.relations()
    root = tree(asked.resolution.kpi, catalogue, relations)
    if not root.parts or len(root.leaves) > MOST:
        return ()
    known = _values(asked, [resolve(kpi, catalogue, relations) for kpi in _all_of(root)], asked.reader)
    for values, value in zip(known, (before, before + change), strict=True):
        _cover(root, values, value)
        if not math.isclose(root.value(values), value, rel_tol=NOTHING, abs_tol=step):
            return ()
    return _told(root, known, change, step)


def _all_of(node: Tree) -> list[Kpi]:
    own = [node.kpi] if node.kpi else []
    return list(dict.fromkeys(own + [kpi for part in node.parts for kpi in _all_of(part)]))


def _values(asked: Question, resolutions: Sequence[Resolution], reader: Reader) -> tuple[dict[str, float], ...]:
    """KPI id → value, before and after."""
    plan, spots = asked.plan(None, (), tuple(resolutions))
    found = aggregates(plan, reader).columns
    ids, trees = [r.kpi.id for r in resolutions], plan.values()
    with np.errstate(divide="ignore", invalid="ignore"):
        columns: list[dict[str, Any]] = [{name: c[spot][:1] for name, c in found.items()} for spot in spots]
        return tuple(
            {id_: float(np.ravel(computed(node, at.__getitem__))[0]) for id_, node in zip(ids, trees, strict=True)}
            for at in columns
        )


def _cover(node: Tree, values: dict[str, float], value: float) -> None:
    """Notes by what factor each product misses its value."""
    for part in node.parts:
        if part.kpi is None:
            product = node.value({**values, part.name: 1.0})
            missed = value / product if product else 1.0
            values[part.name] = 1.0 if abs(missed - 1) < NOTHING else missed
        elif part.parts:
            _cover(part, values, values[part.name])


def _told(root: Tree, known: Sequence[Mapping[str, float]], change: float, step: float) -> tuple[Driver, ...]:
    names = [leaf.name for leaf in root.leaves]

    def value(numbers: Sequence[float]) -> float:
        return root.value(dict(zip(names, numbers, strict=True)))

    found = shapley(value, *([values[name] for name in names] for values in known))
    if any(map(math.isnan, found)):
        return ()
    effects = dict(zip(names, adding_up(found, change, step), strict=True))
    return _drivers(root, known, effects)


def _drivers(node: Tree, known: Sequence[Mapping[str, float]], effects: Mapping[str, float]) -> tuple[Driver, ...]:
    """The parts; a coverage that did nothing is not told."""
    found = []
    for part in node.parts:
        parts = _drivers(part, known, effects)
        effect = sum(inner.effect for inner in parts) if parts else effects[part.name]
        if part.kpi is not None or effect:
            found.append(Driver(part.kpi, known[0][part.name], known[1][part.name], effect, parts))
    return tuple(found)
