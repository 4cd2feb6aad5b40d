"""What a browser works out for each mark of a chart, kept short: Vega's expressions are read there by an interpreter.

Invariant: the same tooltips and the same words for readers of screens as Vega-Lite would make, from texts that were
written before; a mark is told from the others of its layer by its place among them, so that new data move the marks
that are there instead of making them anew.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

LINES = ("line", "area", "trail")
"""Marks that are one drawing for many rows."""


def shortened(spec: dict[str, Any]) -> dict[str, Any]:
    """The same chart with a short expression for each tooltip; what is in it is said to readers of screens too."""
    return _each(spec, _told)


def keyed(spec: dict[str, Any], key: str) -> dict[str, Any]:
    """The same chart, whose marks are told apart by a field."""
    return _each(spec, lambda part: _keyed(part, key))


def _each(spec: dict[str, Any], change: Any) -> dict[str, Any]:
    """The chart with each of its single layers changed."""
    if "layer" in spec:
        return {**spec, "layer": [_each(part, change) for part in spec["layer"]]}
    changed: dict[str, Any] = change(spec) if "encoding" in spec else spec
    return changed


def _told(part: dict[str, Any]) -> dict[str, Any]:
    listed = part["encoding"].get("tooltip")
    if not isinstance(listed, list):
        return part
    known: dict[str, Mapping[str, str]] = {}
    for tip in listed:
        known.setdefault(tip["title"], tip)  # of two of one title Vega-Lite tells the first
    tips = list(known.values())
    encoding = {**part["encoding"], "tooltip": _expression(_object(tips))}
    if part["mark"].get("aria"):
        encoding["description"] = _expression(_sentence(tips))
    return {**part, "encoding": encoding}


def _keyed(part: dict[str, Any], key: str) -> dict[str, Any]:
    if part["mark"]["type"] in LINES or not _is_of_one_kind(part):
        return part
    return {**part, "encoding": {**part["encoding"], "key": {"field": key}}}


def _is_of_one_kind(part: Mapping[str, Any]) -> bool:
    """Whether the layer shows marks of one kind only; of several, two would have the same place."""
    tests = [str(step.get("filter", "")) for step in part.get("transform", ())]
    return len(tests) == 1 and "||" not in tests[0]


def _expression(text: str) -> dict[str, Any]:
    return {"value": {"expr": text}}


def _object(tips: Sequence[Mapping[str, str]]) -> str:
    return (
        "{" + ", ".join(f"{json.dumps(tip['title'], ensure_ascii=False)}: datum.{tip['field']}" for tip in tips) + "}"
    )


def _sentence(tips: Sequence[Mapping[str, str]]) -> str:
    """«October 2026; Value: 5 %; Target: …»."""
    parts: list[str] = []
    for tip in tips:
        title = tip["title"].strip()
        before = "; " if parts else ""
        said = json.dumps(f"{before}{title}: " if title else before, ensure_ascii=False)
        parts.append(f"{said} + datum.{tip['field']}")
    return " + ".join(parts)
