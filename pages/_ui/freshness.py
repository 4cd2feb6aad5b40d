"""How fresh the data is, in one quiet line."""

from datetime import date

from pages._ui import frame
from pages._ui.session import View
from pages._ui.titles import fact_title


def show(view: View) -> None:
    """«Orders, reviews until 22 Nov · Expenses until 20 Nov · …», the stalest last."""
    known = [r for r in view.reader.relations().values() if r.data_until and r.live_filter]
    days = sorted({r.data_until for r in known if r.data_until}, reverse=True)
    parts = [_until(view, day, [r.name for r in known if r.data_until == day]) for day in days]
    upcoming = sum(r.upcoming for r in known)
    if upcoming:
        parts.append(view.language.tn("{n} upcoming row is left out", "{n} upcoming rows are left out", upcoming))
    frame.section(view.language.t("How fresh the data is"))
    frame.quiet(" · ".join(parts))


def _until(view: View, day: date, facts: list[str]) -> str:
    names = view.language.list(fact_title(view, name) for name in facts)
    return view.language.t("{fact} until {day}", fact=names, day=day)
