"""TOML → Catalogue. An entry that is wrong stops the start, naming its file and itself.

Keys of an entry: title, question, advice, unit, better, exactly one of value (with relation; time and window where
the business date is not meant), formula (KPI ids) or stage (a pure function, with a
relation if it is one of rows); target (good_low, good_high, ok_low, ok_high, or
complement_of), target_solo, target_source; min_rows, warmup_days, additive, slice_by, source, internal, note, drivers;
counter: a list of { kpi, why }, what shows that this one was gamed. The area is the file's name, except in parts.toml,
where each entry names it.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from data.errors import did_you_mean
from kpi.catalogue.check import CatalogueError, check_all, check_entry
from kpi.catalogue.collection import Catalogue
from kpi.model import Area, Bounds, Counter, Kpi

FOLDER = Path(__file__).parent
"""Where the catalogue's files lie."""
FILES = ("quality", "operations", "process", "finance", "team", "marketing", "hiring", "parts")
"""The files, in the order of their areas."""
KINDS = ("value", "formula", "stage")
"""The three ways to define a KPI."""
KEYS: Mapping[str, type] = {
    "title": str, "question": str, "advice": str, "area": str, "unit": str, "better": str, "value": str,
    "formula": str, "stage": str, "relation": str, "time": str, "window": str, "target": dict, "target_solo": dict,
    "target_source": str, "min_rows": int, "warmup_days": int, "additive": bool, "slice_by": list, "source": str,
    "internal": bool, "note": str, "counter": list, "drivers": str,
}  # fmt: skip
"""Key of an entry → type of its value."""
_BOUNDS = ("good_low", "good_high", "ok_low", "ok_high")
_PLAIN = (
    "title", "question", "advice", "unit", "better", "relation", "time", "window", "target_source", "min_rows",
    "warmup_days", "additive", "source", "internal", "note", "drivers",
)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the program; read once."""
    return load(FOLDER / f"{name}.toml" for name in FILES)


def load(files: Iterable[Path]) -> Catalogue:
    """The catalogue of these files; `CatalogueError` names the file and the entry that is wrong."""
    kpis: dict[str, Kpi] = {}
    complements: dict[str, str] = {}
    places: dict[str, str] = {}
    for file in files:
        for name, entry in _entries(file):
            where = f"{file.name} [{name}]"
            if name in kpis:
                raise CatalogueError(where, f"stands in {places[name]} already")
            kpis[name], places[name] = _kpi(name, entry, where, file.stem), where
            if "complement_of" in entry.get("target", {}):
                complements[name] = entry["target"]["complement_of"]
    kpis |= {name: _complement(kpis, name, other, places[name]) for name, other in complements.items()}
    found = Catalogue(kpis)
    check_all(found, places)
    return found


def _entries(file: Path) -> Iterable[tuple[str, dict[str, Any]]]:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise CatalogueError(file.name, str(problem)) from problem
    for name, entry in table.items():
        if not isinstance(entry, dict):
            raise CatalogueError(file.name, f"«{name}» stands outside of any entry")
        yield name, entry


def _kpi(name: str, entry: dict[str, Any], where: str, stem: str) -> Kpi:
    _check_keys(entry, where)
    kinds = [kind for kind in KINDS if kind in entry]
    if len(kinds) != 1:
        raise CatalogueError(where, f"needs exactly one of {', '.join(KINDS)}; it has {', '.join(kinds) or 'none'}")
    plain = {key: entry[key] for key in _PLAIN if key in entry}
    kpi = Kpi(
        id=name,
        **{"title": "", "question": "", "advice": "", "unit": "", "better": ""} | plain,
        area=entry.get("area") or (stem if stem in get_args(Area) else ""),  # type: ignore[arg-type]
        definition=entry[kinds[0]],
        kind=kinds[0],  # type: ignore[arg-type]
        target=_bounds(entry.get("target"), where),
        target_solo=_bounds(entry.get("target_solo"), where),
        slice_by=tuple(entry.get("slice_by", ())),
        counter=tuple(Counter(one["kpi"], one["why"]) for one in entry.get("counter", ())),
    )
    check_entry(kpi, where)
    return kpi


def _check_keys(entry: Mapping[str, Any], where: str) -> None:
    for key, value in entry.items():
        if key not in KEYS:
            raise CatalogueError(where, f"has an unknown key «{key}». {did_you_mean(key, KEYS) or ''}".strip())
        if not isinstance(value, KEYS[key]) or (KEYS[key] is int and isinstance(value, bool)):
            raise CatalogueError(where, f"«{key}» must be of type {KEYS[key].__name__}")


def _bounds(target: Mapping[str, Any] | None, where: str) -> Bounds | None:
    if target is None or "complement_of" in target:
        return None
    unknown = [key for key in target if key not in _BOUNDS]
    if unknown or not target:
        raise CatalogueError(where, f"the target knows {', '.join(_BOUNDS)} and complement_of, not {unknown}")
    return Bounds(**{key: float(value) for key, value in target.items()})


def _complement(kpis: Mapping[str, Kpi], name: str, other: str, where: str) -> Kpi:
    """The KPI with the target that is 100 % less another's."""
    base = kpis.get(other)
    if base is None or base.target is None or {base.unit, kpis[name].unit} != {"percent"}:
        raise CatalogueError(where, f"complement_of names «{other}», which is no percentage with a target")
    values = {**vars(kpis[name]), "target": complement(base.target), "target_source": base.target_source}
    return Kpi(**values)


def complement(bounds: Bounds) -> Bounds:
    """The bounds of 100 − x where x has these."""

    def mirror(value: float | None) -> float | None:
        return None if value is None else 100 - value

    return Bounds(mirror(bounds.good_high), mirror(bounds.good_low), mirror(bounds.ok_high), mirror(bounds.ok_low))
