"""What a person said of a KPI → its definition, with the parts it takes.

Invariant: a formula over one table is one value; else each word of counting becomes a part of its own and the formula
is arithmetic of these and of KPIs, as in the catalogue.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from data.errors import UserError, did_you_mean
from data.expression import Binary, Call, Name, Node, Unary, nodes_of, parse, written
from data.message import Verbatim, say
from data.model import DIMENSIONS
from data.store.entries import CustomKpi
from kpi.catalogue import Catalogue
from kpi.catalogue.collection import parts_of
from kpi.custom import limits
from kpi.custom.binding import Counted, Known, bind, relations_of
from kpi.custom.inference import is_additive
from kpi.custom.private import check_private
from kpi.model import Better, Bounds, Kpi, Unit

PREFIX = "own_"
"""Begins every id of a custom KPI, and no other's."""
MAX_TITLE, MAX_QUESTION = 80, 300
"""Longest title and question, in characters."""
_SIDES = {"higher": ("good_low", "ok_low"), "lower": ("good_high", "ok_high"), "band": ("good_low", "good_high")}


@dataclass(frozen=True)
class Made:
    """The definition of a custom KPI."""

    kpi: Kpi
    """The KPI."""
    parts: tuple[Kpi, ...]
    """Values only it is made of; internal."""
    tree: Node
    """Its formula, each word with the table it counts."""
    size: limits.Size
    """How large it is with every KPI in it written out."""


def made(said: CustomKpi, what: Known, sizes: Mapping[str, limits.Size]) -> Made:
    """The definition. `UserError` says what is wrong with what was said; `sizes`: of the other custom KPIs."""
    check_said(said)
    tree = bind(said.formula, what)
    check_private(tree)
    whole = _size(tree, what.catalogue, sizes)
    limits.check_size(whole)
    split = _Split(said, what)
    plain = _is_one_value(tree)
    definition = tree if plain else split.arithmetic(tree)
    kpi = Kpi(
        id=said.kpi,
        title=Verbatim(said.title),
        question=Verbatim(said.question),
        advice="",
        area=said.area,  # type: ignore[arg-type]  # checked above
        unit=said.unit,  # type: ignore[arg-type]
        better=said.better,  # type: ignore[arg-type]
        definition=written(definition),
        kind="value" if plain else "formula",
        relation=next(iter(relations_of(tree))) if plain else None,
        target=_bounds(said),
        min_rows=said.min_rows,
        additive=is_additive(tree, what.catalogue.get),
        slice_by=said.slice_by,
        written=said.formula,
        seconds=limits.SECONDS,
    )
    return Made(kpi, tuple(split.parts.values()), tree, whole)


def _is_one_value(tree: Node) -> bool:
    """Whether a formula is made of the rows of one table alone."""
    named = any(isinstance(part, Name) for part in _between(tree))
    return not named and len(relations_of(tree)) == 1 and not any(_is_between(part) for part in _between(tree))


def _between(node: Node) -> list[Node]:
    """What stands outside of words of counting, and these."""
    inner = () if isinstance(node, Counted) else _children(node)
    return [node, *(part for child in inner for part in _between(child))]


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
    return ()


def _is_between(node: Node) -> bool:
    return isinstance(node, Call) and not isinstance(node, Counted)


@dataclass
class _Split:
    """Takes the words of counting out of a formula, each to be a part."""

    said: CustomKpi
    what: Known
    parts: dict[tuple[str, str], Kpi] = field(default_factory=dict)
    """(relation, definition) → the part."""

    def arithmetic(self, node: Node) -> Node:
        """The formula with the parts' ids where they stood."""
        match node:
            case _ if _is_one_value(node):
                return Name(self._part(node))
            case Unary(operator, operand):
                return Unary(operator, self.arithmetic(operand))
            case Binary(operator, left, right):
                return Binary(operator, self.arithmetic(left), self.arithmetic(right))
            case Call(function, arguments):
                return Call(function, tuple(map(self.arithmetic, arguments)))
        return node

    def _part(self, node: Node) -> str:
        text, relation = written(node), next(iter(relations_of(node)))
        if (relation, text) not in self.parts:
            self.parts[relation, text] = Kpi(
                id=f"{self.said.kpi}__{len(self.parts) + 1}",
                title=Verbatim(text),
                question="",
                advice="",
                area=self.said.area,  # type: ignore[arg-type]
                unit=self.said.unit,  # type: ignore[arg-type]
                better="band",
                definition=text,
                kind="value",
                relation=relation,
                additive=is_additive(node, self.what.catalogue.get),
                internal=True,
                seconds=limits.SECONDS,
            )
        return self.parts[relation, text].id


def _size(tree: Node, catalogue: Catalogue, sizes: Mapping[str, limits.Size]) -> limits.Size:
    named = [part.name for part in _between(tree) if isinstance(part, Name) and part.name in catalogue]
    words = sum(isinstance(part, Counted) for part in _between(tree))
    return limits.size(tree, [sizes.get(name) or _built_in(name, catalogue) for name in named], words)


def _built_in(name: str, catalogue: Catalogue) -> limits.Size:
    kpi = catalogue.get(name)
    if kpi.kind != "formula":
        return limits.Size(sum(1 for _ in nodes_of(parse(kpi.definition))), 10, 1)
    parts = [_built_in(part, catalogue) for part in parts_of(kpi)]
    own = sum(1 for _ in nodes_of(parse(kpi.definition)))
    return limits.Size(
        own + sum(p.nodes for p in parts), own + max(p.height for p in parts), sum(p.words for p in parts)
    )


def _bounds(said: CustomKpi) -> Bounds | None:
    sides = (said.good_low, said.good_high, said.ok_low, said.ok_high)
    return Bounds(*sides) if any(side is not None for side in sides) else None


def check_said(said: CustomKpi) -> None:
    """`UserError` unless everything but the formula makes sense."""
    if not said.title.strip():
        raise UserError(say("A KPI needs a name."))
    for text, most in ((said.title, MAX_TITLE), (said.question, MAX_QUESTION)):
        if len(text) > most:
            raise UserError(say("«{text}…» is longer than {most} characters.", text=text[:40], most=most))
        if re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text):
            raise UserError(say("The name holds an invisible sign."))
    _one_of(say("Area"), said.area, ("quality", "operations", "finance", "team", "marketing", "hiring"))
    _one_of(say("Unit"), said.unit, get_args(Unit))
    _one_of(say("Direction"), said.better, get_args(Better))
    for name in said.slice_by:
        _one_of(say("Dimension"), name, (*DIMENSIONS, "weekday"))
    if not 0 <= said.min_rows <= 1_000_000:
        raise UserError(say("The least number of rows is 0 or more."))
    _check_sides(said)


def _one_of(what: object, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UserError(
            say("{what}: there is no «{value}».", what=what, value=value[:60]),
            hint=did_you_mean(value, known) or say("Choose one of: {known}.", known=", ".join(known)),
        )


def _check_sides(said: CustomKpi) -> None:
    given = {name for name in ("good_low", "good_high", "ok_low", "ok_high") if getattr(said, name) is not None}
    if not given:
        return
    if not given <= set(_SIDES[said.better]) or (said.better == "band" and len(given) < 2):
        raise UserError(say("The target does not fit the direction: ↑ has a lower side, ↓ an upper one, a band both."))
    if said.better != "band" and _SIDES[said.better][0] not in given:
        raise UserError(say("What is acceptable needs a target beside it."))
    order = [getattr(said, name) for name in ("ok_low", "good_low", "good_high", "ok_high") if name in given]
    if order != sorted(order):
        raise UserError(say("The sides of the target are not in order."))
