"""How fresh the data is, in one quiet line."""

from pages._ui import frame
from pages._ui.session import View
from pages._ui.titles import fact_title


def show(view: View) -> None:
    """«Orders until 22 Nov · Reviews until 20 Nov · …», the stalest last."""
    known = [r for r in view.reader.relations().values() if r.data_until and r.live_filter]
    t = view.language.t
    parts = [
        t("{fact} until {day}", fact=fact_title(view, r.name), day=r.data_until)
        for r in sorted(known, key=lambda r: r.data_until or view.today, reverse=True)
        if r.data_until
    ]
    upcoming = sum(r.upcoming for r in known)
    if upcoming:
        parts.append(view.language.tn("{n} upcoming row is left out", "{n} upcoming rows are left out", upcoming))
    frame.section(view.language.t("How fresh the data is"))
    frame.quiet(" · ".join(parts))
