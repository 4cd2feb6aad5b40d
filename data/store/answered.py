"""Answers given to our own surveys, as rows of the fact `surveys`.

Invariant: the rows of import 0 mirror the answers people gave and nothing else, so DuckDB can be lost. Answers of staff
come all at once, when their survey is over, on its last day and without a name or a word; never where fewer than five
people answered, and by group only where each group and all others together have five.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import duckdb
import pyarrow as pa

from data.schema.loader import fact as fact_named
from data.store.entries.surveys import Answer, Survey, Surveys
from data.store.fact_tables import add_columns
from data.store.form_rows import COLUMNS, FACT, FORMS, OF_GROUPS, TABLE
from data.store.identifiers import listed
from data.store.keys import kept
from data.store.refresh import bump, refresh
from data.store.transaction import transaction

_KEY = kept("md5_number('form' || chr(31) || response_id || chr(31) || question)")
_KIND = {"score": pa.float64(), "scale_min": pa.float64(), "scale_max": pa.float64(), "answered_at": pa.timestamp("us")}
Row = dict[str, Any]


def catch_up(cursor: duckdb.DuckDBPyConnection, surveys: Surveys, today: date) -> None:
    """Bring the rows up to the answers; nothing to do where they are."""
    told = [surveys.answers.told(survey.id) for survey in surveys.all()]
    wanted = {answer.id: (one.survey, answer) for one in told for answer in one.answers}
    present = {
        str(row[0])
        for row in cursor.execute(f"select distinct response_id from {TABLE} where _import = {FORMS}").fetchall()
    }
    new = [row for id_, (survey, answer) in wanted.items() if id_ not in present for row in _rows(survey, answer)]
    gone = sorted(present - set(wanted))
    if new or gone:
        with transaction(cursor):
            _change(cursor, new, gone)
            refresh(cursor, [FACT], today)
            bump(cursor)


def source_of(survey: Survey) -> str:
    """The label of a survey's rows."""
    return f"survey {survey.id}"


def _change(cursor: duckdb.DuckDBPyConnection, new: list[Row], gone: list[str]) -> None:
    columns = [name for name in COLUMNS if any(row[name] is not None for row in new)]
    add_columns(cursor, fact_named(FACT), columns, ())
    if gone:
        cursor.execute(f"delete from {TABLE} where _import = {FORMS} and response_id in (select unnest(?))", [gone])
    if not new:
        return
    table = pa.table(
        {name: pa.array([row[name] for row in new], _KIND.get(name, pa.string())) for name in ["label", *columns]}
    )
    cursor.register("_answers", table)
    try:
        cursor.execute(
            f"""insert into {TABLE} by name
            select {FORMS}::integer as _import, 0::bigint as _line, true as _live, label as _source,
              {_KEY} as _key,
              cast(answered_at as date) as _day, {listed(columns)} from _answers"""
        )
    finally:
        cursor.unregister("_answers")


def _rows(survey: Survey, answer: Answer) -> Iterator[Row]:
    """A row a question; the words stand at the first."""
    day = answer.day or survey.last_day
    group = {name: answer.group[1] if answer.group and answer.group[0] == name else None for name in OF_GROUPS}
    for place, (question, score) in enumerate(zip(survey.questions, answer.scores, strict=True)):
        yield {
            "label": source_of(survey), "response_id": answer.id,
            "answered_at": datetime.combine(day, time()) if day else None,
            "survey": survey.kind, "audience": survey.audience, "question": question.text, "score": float(score),
            "scale_min": float(question.low), "scale_max": float(question.high),
            "comment": answer.comment if place == 0 else None, **group,
        }  # fmt: skip
