"""Links inside the page, and how a survey's days are said."""

from data.store.entries.surveys import Survey
from pages._ui import address, navigation
from pages._ui.markup import Html, link
from pages._ui.session import View

PAGE = "surveys"


def to_list(view: View) -> Html:
    """Back to all surveys."""
    return link(where(), "← ", view.language.t("All surveys"), css="back")


def where(**parts: str) -> str:
    """The address of a survey (`survey`) or of a new one (`new`)."""
    return navigation.href(PAGE, address.link(**parts))


def days(view: View, survey: Survey) -> str:
    """«running until 12 Nov 2026», «ended on 5 Nov 2026»."""
    t, last = view.language.t, survey.last_day
    if survey.is_over(view.today):
        return t("ended on {day}", day=last) if last else t("ended")
    return t("running until {day}", day=last) if last else t("running until you close it")


def audience(view: View, survey: Survey) -> str:
    """Whom it asks."""
    return view.language.t("staff") if survey.audience == "staff" else view.language.t("clients")
