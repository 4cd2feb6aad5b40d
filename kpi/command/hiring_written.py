"""What `hiring` prints for people: tables of the funnel, times, recruiters, money and what is to come."""

from kpi.command.answer import as_table
from kpi.hiring import words as said
from kpi.hiring.asking import Asking
from kpi.hiring.funnel import funnel
from kpi.hiring.money import costs
from kpi.hiring.notes import notes
from kpi.hiring.recruiters import recruiters
from kpi.hiring.staying import staying
from kpi.hiring.waits import FROM, difference, waits
from kpi.language import Language


def written(asking: Asking, by: str, words: Language) -> str:
    """All of it, one table after another."""
    parts = [_funnel(asking, words), _times(asking, by, words)]
    if "employee" in asking.dimensions:
        parts.append(_recruiters(asking, words))
    parts += [_staying(asking, by, words), _costs(asking, by, words), _outlook(asking, words)]
    told = [words.render(note) for note in notes(asking, waits(asking)[0])]
    return "\n\n".join(part for part in (*parts, "\n".join(told)) if part)


def _name(member: str | None, is_total: bool, words: Language) -> str:
    return words.t("All") if is_total else member or words.t("not filled in")


def _funnel(asking: Asking, words: Language) -> str:
    t, (whole, *_) = words.t, funnel(asking)
    rows = [
        (
            words.render(said.STAGES[step.stage]), words.number(step.reached), words.value(step.share, "percent"),
            words.value(step.of_all, "percent"), words.value(step.days, "days"), words.number(step.waiting),
        )
        for step in whole.steps
    ]  # fmt: skip
    head = (t("Stage"), t("Applicants"), t("Of the stage before"), t("Of all"), t("Median days"), t("Waiting here"))
    return as_table(head, rows, frozenset(range(1, 6))) if rows else ""


def _times(asking: Asking, by: str, words: Language) -> str:
    t, tables = words.t, []
    starts = {"opened": t("Time to fill, from opening"), "published": t("Time to fill, from publication")}
    for start in FROM:
        rows = [
            (
                _name(one.member, one.is_total, words), words.number(one.curve.size), words.number(one.filled),
                words.number(one.curve.size - one.filled), words.value(one.median, "days"),
                said.between(*one.interval, words) if one.interval[0] == one.interval[0] else "—",
                words.value(one.filled_median, "days"),
            )
            for one in waits(asking, start, by)
            if one.curve.size
        ]  # fmt: skip
        if not rows:
            continue
        head = (starts[start], t("Places"), t("Filled"), t("Not filled"), t("Half filled in"), t("95 %"),
                t("Median of filled"))  # fmt: skip
        tables.append(as_table(head, rows, frozenset(range(1, 7))))
    p = difference(asking, "opened", by).p
    if p == p:
        tables.append(said.log_rank(p, words))
    return "\n\n".join(tables)


def _recruiters(asking: Asking, words: Language) -> str:
    t = words.t
    rows = [
        (
            _name(one.member, one.is_total, words), said.interval(one.speed, "days", words),
            said.interval(one.stay, "percent", words), said.interval(one.quality, "percent", words),
            words.number(one.hires), words.render(said.VERDICTS[one.verdict]) if one.verdict else "",
        )
        for one in recruiters(asking)
    ]  # fmt: skip
    head = (t("Recruiter"), t("Half filled in"), t("Stay 90 days"), t("Quality"), t("Hires"), t("In short"))
    return as_table(head, rows, frozenset({1, 2, 3, 4}))


def _staying(asking: Asking, by: str, words: Language) -> str:
    t = words.t
    rows = [
        (
            _name(one.member, one.is_total, words), words.value(one.share, "percent"), words.number(one.stayed),
            words.number(one.old), words.number(one.young),
        )
        for one in staying(asking, by)
    ]  # fmt: skip
    head = (t("Stay 90 days"), t("Share"), t("Stayed"), t("Hired 90 days ago"), t("Not old enough"))
    return as_table(head, rows, frozenset(range(1, 5))) if rows else ""


def _costs(asking: Asking, by: str, words: Language) -> str:
    t = words.t
    if by not in asking.reader.relations()["hires"].columns:
        return ""
    rows = [
        (
            _name(one.member, one.is_total, words), words.number(one.applications),
            words.value(one.per_response, "money"), words.number(one.hires), words.value(one.per_hire, "money"),
        )
        for one in costs(asking, by)
    ]  # fmt: skip
    head = (t("Cost"), t("Applications"), t("Of one application"), t("Hires"), t("Of one hire"))
    return as_table(head, rows, frozenset(range(1, 5))) if rows else ""


def _outlook(asking: Asking, words: Language) -> str:
    t, told = words.t, asking.outlook
    rows = [
        (
            one.vacancy_id or "—", one.title or "—", one.recruiter or "—", words.number(one.left),
            said.spread(one.day, words) if one.why_not is None else words.render(one.why_not),
        )
        for one in told.vacancies
    ]  # fmt: skip
    head = (t("Vacancy"), t("Title"), t("Recruiter"), t("Places left"), t("Will be filled (8 in 10)"))
    table = as_table(head, rows, frozenset({3})) if rows else ""
    return "\n\n".join(part for part in (said.outlook(told, words), table) if part)
