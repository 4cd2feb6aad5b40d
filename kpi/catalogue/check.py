"""What must hold of the catalogue's entries, each alone and all together."""

from collections.abc import Mapping
from typing import get_args

from data.errors import ExpressionError, UserError, did_you_mean
from data.message import say
from kpi import formula
from kpi.catalogue.collection import Catalogue, drivers_of, parts_of
from kpi.model import Area, Better, Bounds, Kpi, Unit, Window


class CatalogueError(UserError):
    """An entry of the catalogue is wrong."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(say("{where}: {problem}.", where=where, problem=problem.rstrip(".")))


def check_entry(kpi: Kpi, where: str) -> None:
    """`CatalogueError` unless the entry makes sense by itself."""
    _one_of("area", kpi.area, get_args(Area), where)
    _one_of("unit", kpi.unit, get_args(Unit), where)
    _one_of("better", kpi.better, get_args(Better), where)
    _one_of("window", kpi.window, get_args(Window), where)
    needed = ("title",) if kpi.internal else ("title", "question", "advice", "source")
    missing = [key for key in needed if not getattr(kpi, key)]
    if missing:
        raise CatalogueError(where, f"lacks {', '.join(missing)}")
    if (kpi.kind == "value") > (kpi.relation is not None):
        raise CatalogueError(where, "a value needs a relation")
    if kpi.kind == "formula" and kpi.relation is not None:
        raise CatalogueError(where, "a formula has no relation: its parts have")
    _check_definition(kpi, where)
    for bounds in (kpi.target, kpi.target_solo):
        if bounds is not None:
            _check_bounds(kpi, bounds, where)


def _one_of(key: str, value: str, known: tuple[str, ...], where: str) -> None:
    if value not in known:
        raise CatalogueError(where, f"{key} «{value}» is none of {', '.join(known)}")


def _check_definition(kpi: Kpi, where: str) -> None:
    if kpi.is_of_judgements:
        return
    try:
        formula.parsed(kpi.definition)
        formula.parsed(kpi.drivers or "0")
    except ExpressionError as problem:
        raise CatalogueError(where, str(problem)) from problem


def _check_bounds(kpi: Kpi, bounds: Bounds, where: str) -> None:
    low, high = bounds.good_low is not None, bounds.good_high is not None
    if (low, high) != {"higher": (True, False), "lower": (False, True), "band": (True, True)}[kpi.better]:
        raise CatalogueError(where, f"a target of a KPI that is better {kpi.better} cannot have these sides")
    order = [bounds.ok_low, bounds.good_low, bounds.good_high, bounds.ok_high]
    given = [value for value in order if value is not None]
    if given != sorted(given):
        raise CatalogueError(where, "the target's thresholds are not in order: ok_low, good_low, good_high, ok_high")
    if not kpi.target_source:
        raise CatalogueError(where, "a default target needs its target_source")


def check_all(catalogue: Catalogue, places: Mapping[str, str]) -> None:
    """`CatalogueError` unless every part of a formula, and every driver, exists and no KPI is a part of itself."""
    for kpi in catalogue:
        for part in (*parts_of(kpi), *drivers_of(kpi)):
            if part not in catalogue:
                near = did_you_mean(part, catalogue.kpis) or ""
                raise CatalogueError(places[kpi.id], f"the formula names «{part}», which is no KPI. {near}".strip())
        for counter in kpi.counter:
            if counter.kpi == kpi.id or counter.kpi not in catalogue or catalogue.kpis[counter.kpi].internal:
                raise CatalogueError(places[kpi.id], f"the counter names «{counter.kpi}», which cannot be watched")
    for kpi in catalogue:
        _check_circle(catalogue, kpi.id, (), places)


def _check_circle(catalogue: Catalogue, kpi: str, path: tuple[str, ...], places: Mapping[str, str]) -> None:
    if kpi in path:
        raise CatalogueError(places[kpi], f"is a part of itself: {' → '.join((*path[path.index(kpi) :], kpi))}")
    for part in catalogue.parts(kpi):
        _check_circle(catalogue, part, (*path, kpi), places)
