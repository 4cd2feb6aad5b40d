"""The moments of orders as a process log: a case is an order, its activities are what its columns tell.

Invariant: an order is one case however many lines it has; a moment later than the data go has not happened and is none.
Work from start to finish is one execution with its working time.
"""

from collections.abc import Sequence
from dataclasses import replace

from data.access.source import Where, quoted, select
from data.expression import Params
from data.message import say
from data.model import Source
from data.store.entries import ProcessSettings
from data.store.executions import PLACE
from kpi.language import LANGUAGES, Language, language

MOMENTS = {
    "created_at": say("Request"), "responded_at": say("First answer"), "scheduled_at": say("Appointment"),
    "started_at": say("Start of work"), "finished_at": say("End of work"), "paid_at": say("Payment"),
}  # fmt: skip
"""Column of orders → what happens then, in the order in which it does within one moment."""
WORK = say("Work")
"""From start to end, where an order tells both."""
_NUMBER = "'#' || _import || '-' || _line"
"""SQL of the case of an order without a number of its own."""
LASTS = ("finished_at", "paid_at")
"""Columns of which the last of an order's lines counts."""


def order_events(source: Source, people: Sequence[str], where: Where, params: Params, words: Language) -> str:
    """SELECT of the events, with the columns of the fact `events`; `people`: dimensions they carry."""
    told = [name for name in MOMENTS if name in source.relation.own]
    own = [name for name in ("order_id",) if name in source.relation.own]
    kept = [*PLACE, *people, *own]
    rows = select(source, ["_key", *kept, *told], params, where=where)
    if source.relation.has_lines:
        rows = f"select {', '.join(_of_lines(name, told) for name in (*kept, *told))} from ({rows}) group by _key"
    number = f"coalesce({', '.join([*own, _NUMBER])})"
    steps = ", ".join(_step(name, place, told, params, words) for place, name in enumerate(told, 1))
    until = source.relation.data_until
    happened = f'step."at" < {params.place(until)}::date + 1' if until else 'step."at" is not null'
    shared = "".join(f", {quoted(name)}" for name in people)
    return f"""
      select case_id, _source{shared}, step.activity, step."at", step.started_at, 0 as _import, step.place as _line
      from (select {number} as case_id, _source{shared}, unnest([{steps}]) as step from ({rows})) where {happened}"""


def _of_lines(name: str, told: Sequence[str]) -> str:
    """SQL of a column over the lines of an order: it begins with the first of them and ends with the last."""
    function = "any_value" if name not in told else "max" if name in LASTS else "min"
    return f"{function}({quoted(name)}) as {quoted(name)}"


def _step(name: str, place: int, told: Sequence[str], params: Params, words: Language) -> str:
    """SQL of one moment as a row of the log."""
    activity, at, started = params.place(words.render(MOMENTS[name])), name, "null::timestamp"
    if name == "finished_at" and "started_at" in told:
        work = params.place(words.render(WORK))
        activity, started = f"case when started_at is null then {activity} else {work} end", "started_at"
    if name == "started_at" and "finished_at" in told:
        at = "case when finished_at is null then started_at end"
    return f"{{'activity': {activity}, 'at': {at}, 'started_at': {started}, 'place': {place}}}"


def in_words_of(settings: ProcessSettings, words: Language) -> ProcessSettings:
    """What was said about the moments of orders in any language, in this one."""
    known = {
        language(code).render(told): words.render(told) for told in (*MOMENTS.values(), WORK) for code in LANGUAGES
    }
    return replace(
        settings,
        superfluous=tuple(known.get(name, name) for name in settings.superfluous),
        reference=tuple(known.get(name, name) for name in settings.reference),
    )
