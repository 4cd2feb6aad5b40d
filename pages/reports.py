"""Reports: the week's or month's figures of the business, a part of it or one person, as they are read and sent."""

from pages._ui import frame
from pages._ui.reports import choice, naming, preview, taking
from pages._ui.session import View


def reports(view: View) -> None:
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


frame.show(reports)
