"""Recognises wide tables: surveys with one column a question, checklists with one column a point.

Invariant: only columns whose header means nothing to any fact are ever unpivoted, and only two or more of one kind.
"""

from collections.abc import Sequence
from dataclasses import replace

from data.ingest.clean import words
from data.ingest.clean.derived import AUDIENCES, SCALES
from data.ingest.column_map import Mapping, Unpivot
from data.ingest.headers import Candidate, SourceColumn, candidates, known_header
from data.message import Message, say
from data.model import Column
from data.schema.loader import fact as fact_named
from data.schema.names import normalise_word

LEAST_COLUMNS = 2
_ALL = 0.999


def wide_candidate(columns: tuple[SourceColumn, ...], hints: Sequence[str], fact: str | None) -> Candidate | None:
    """The table as a wide survey or checklist, if it is one. `hints`: texts that may name the survey."""
    questions = tuple(c for c in columns if not known_header(c.header) and _is_scored(c))
    points = tuple(c for c in columns if not known_header(c.header) and _is_pass_or_fail(c))
    if fact in (None, "checks") and len(points) >= LEAST_COLUMNS and len(points) >= len(questions):
        return _candidate("checks", columns, points, "standard", "passed", {})
    if fact in (None, "surveys") and len(questions) >= LEAST_COLUMNS:
        return _candidate("surveys", columns, questions, "question", "score", survey_constants(hints))
    return None


def survey_constants(hints: Sequence[str]) -> dict[str, str]:
    """Survey, audience and scale, as far as the names of file, sheet and columns say."""
    kind = next((kind for hint in hints if (kind := _kind(hint))), None)
    if kind is None:
        return {}
    known = {"survey": kind}
    if kind in SCALES:
        known["audience"] = AUDIENCES[kind]
        known |= {"scale_min": str(SCALES[kind][0]), "scale_max": str(SCALES[kind][1])}
    return known


def scale_question(mapping: Mapping) -> Message | None:
    """What must be asked where neither columns nor constants give the scale."""
    given = mapping.targets | (set(mapping.unpivot.constants) if mapping.unpivot else set())
    if mapping.fact != "surveys" or {"scale_min", "scale_max"} <= given:
        return None
    if mapping.target("survey") is not None:
        return None
    return say("Which survey is it, and from which lowest to which highest score can one answer?")


def _candidate(
    fact: str,
    columns: tuple[SourceColumn, ...],
    wide: tuple[SourceColumn, ...],
    name_to: str,
    value_to: str,
    constants: dict[str, str],
) -> Candidate:
    places = {column.place for column in wide}
    others = tuple(column for column in columns if column.place not in places)
    base = candidates(others, fact)[0].mapping
    made = {name_to, value_to, *constants}
    entries = tuple(entry for entry in base.columns if entry.target not in made)
    unpivot = Unpivot(tuple(column.header for column in wide), name_to, value_to, constants)
    mapping = replace(base, columns=entries, unpivot=unpivot)
    named = sum(bool(column.header) for column in columns)
    explained = (len(wide) + len(entries)) / max(named, 1)
    dated = bool(mapping.targets & set(fact_named(fact).time))
    return Candidate(mapping, round(min(1.0, explained) * (1.0 if dated else 0.5), 4), dated)


def _is_scored(column: SourceColumn) -> bool:
    return column.shape.filled > 0 and column.shape.small >= _ALL


def _is_pass_or_fail(column: SourceColumn) -> bool:
    passed = next(c for c in fact_named("checks").columns if c.name == "passed")
    said = _meanings(passed)
    return bool(column.cells) and all(normalise_word(cell) in said for cell in column.cells)


def _meanings(column: Column) -> dict[str, str]:
    return words.meanings(column, {})


def _kind(hint: str) -> str | None:
    """The kind of survey a text names, the longest name first («employee nps» before «nps»)."""
    text = f" {' '.join(normalise_word(hint).replace('_', ' ').replace('-', ' ').split())} "
    survey = next(c for c in fact_named("surveys").columns if c.name == "survey")
    names = sorted(_meanings(survey).items(), key=lambda item: -len(item[0]))
    return next((kind for name, kind in names if f" {name.replace('-', ' ')} " in text), None)
