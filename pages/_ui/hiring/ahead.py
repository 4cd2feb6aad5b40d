"""When the open vacancies will be closed: each as a span of days, and all together in a sentence.

Invariant: a span holds what happens in eight of ten courses; what cannot be told says why.
"""

from datetime import date, timedelta

from kpi.hiring import words as said
from kpi.hiring.forecasting import HORIZON, Foretold, Outlook
from pages._ui.hiring.asked import Asked
from pages._ui.markup import Html, quiet, section, tag

MOST = 15


def show(asked: Asked) -> list[Html]:
    """The sentence and the spans."""
    t, words = asked.view.language.t, asked.view.language
    told: Outlook = asked.kept("outlook", lambda: asked.asking.outlook)
    if not told.vacancies:
        return []
    last = _last(asked, told)
    lines = [_line(asked, one, last) for one in told.vacancies[:MOST]]
    note = t(
        "Reckoned from the applicants each has now, how many apply, and how many go on how fast. Bar: eight of ten "
        "courses; line: the middle one. Assumed: the search goes on as before."
    )
    more = []
    if len(told.vacancies) > MOST:
        more = [quiet(words.tn("and {n} more", "and {n} more", len(told.vacancies) - MOST))]
    return [
        section(t("When open vacancies will be closed"), t("all that are open, whenever opened")),
        tag("p", said.outlook(told, words), css="lead"),
        tag("div", *lines, css="usable shares ahead"), *more, quiet(note),
    ]  # fmt: skip


def _last(asked: Asked, told: Outlook) -> date:
    """The right end of the spans."""
    ends = [one.day.high or asked.asking.last_day + timedelta(days=HORIZON) for one in told.vacancies if one.day]
    return max(ends, default=asked.asking.last_day + timedelta(days=30))


def _line(asked: Asked, one: Foretold, last: date) -> Html:
    words = asked.view.language
    left = words.tn("{n} place left", "{n} places left", one.left)
    open_ = words.tn("open for {n} day", "open for {n} days", one.days_open) if one.days_open is not None else ""
    waiting = sum(n for _, n in one.waiting)
    people = words.tn("{n} on the way", "{n} on the way", waiting) if waiting else words.t("nobody on the way")
    name = " · ".join(filter(None, (one.title, one.vacancy_id))) or words.t("Vacancy")
    note = " · ".join(filter(None, (one.recruiter, left, open_, people)))
    titled = tag("span", name, tag("small", note))
    if one.day is None:
        reason = words.render(one.why_not) if one.why_not else "—"
        return tag("div", titled, tag("span", css="rail"), tag("span", reason, css="num"))
    return tag("div", titled, _rail(asked, one, last), tag("span", said.spread(one.day, words), css="num"))


def _rail(asked: Asked, one: Foretold, last: date) -> Html:
    first = asked.asking.last_day
    whole = max((last - first).days, 1)

    def place(day: date | None) -> float:
        return min(max(100 * ((day or last) - first).days / whole, 0.0), 100.0)

    assert one.day is not None
    low, middle, high = (place(day) for day in (one.day.low, one.day.median, one.day.high))
    bar = tag("span", css="bar", style=f"left: {low:.1f}%; width: {max(high - low, 1.0):.1f}%")
    return tag("span", bar, tag("span", css="tick", style=f"left: {middle:.1f}%"), css="rail")
