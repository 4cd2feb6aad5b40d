"""The report itself: the choices, the files, as its readers see it."""

from pages._ui import frame
from pages._ui.reports import choice, naming, preview, taking
from pages._ui.session import View


def show(view: View) -> None:
    """The choices, the files, the report."""
    last = choice.newest(view)
    if last is None:
        frame.quiet(view.language.t("Nothing is loaded yet."))
        return
    choice.row(view, last)
    report = choice.made(view, choice.subject(view), choice.edition(last))
    taking.show(view, report)
    preview.show(view, report)
    naming.show(view)
