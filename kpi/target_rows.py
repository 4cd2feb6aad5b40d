"""Targets as people entered them, as the evaluator judges by them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from data.store.entries import Number, TargetRow
from data.store.entries.merges import as_read
from data.store.store import Store
from kpi.model import Grain, Target
from kpi.targets import TargetBook


def target_book(store: Store) -> TargetBook:
    """Every target that was set, before those of the catalogue; a person's under the name they are known by."""
    names = store.entries.merges.names()
    rows = (_by_name(as_target(row), names) for row in store.entries.target_changes())
    return TargetBook(tuple(rows), version=store.entries.version, began=began(store))


def began(store: Store) -> date | None:
    """The day of the first import: before it nobody could see a judgement."""
    days = [entry.at.date() for entry in store.imports()]
    return min(days) if days else None


def _by_name(target: Target, names: Mapping[str, str]) -> Target:
    if target.scope is None or target.scope[0] != "employee":
        return target
    return replace(target, scope=("employee", as_read(names, target.scope[1])))


def as_target(row: TargetRow) -> Target:
    """One target that was set."""
    own = Target(
        *row.sides, row.kpi, row.valid_from, row.valid_to, row.scope, row.source, row.kind,
        cast("Grain | None", row.grain), row.entered, row.undone,
    )  # fmt: skip
    return replace(own, numbers=tuple(_number(own, number) for number in row.numbers))


def _number(rule: Target, number: Number) -> Target:
    """What a rule came to in one period, known from the day it was computed."""
    return Target(
        *number.sides, rule.kpi, number.first, number.last, rule.scope, rule.source, "plan", rule.grain,
        number.resolved_at.date(),
    )  # fmt: skip
