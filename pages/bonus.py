"""Bonuses: who gets what for a month and why, approval, and another scheme tried out on a year."""

from data.errors import UserError
from kpi.bonus.privacy import may_manage
from pages._ui import errors, frame
from pages._ui.bonus import approval, asked, people, person, scheme, simulator
from pages._ui.session import View


def bonus(view: View) -> None:
    """The month and its people; one person's sheet where the address names them; for the owner the rest."""
    whole = may_manage(view.reader.scope)
    if not asked.titles(view):
        scheme.first(view, whole)
        return
    asked.row(view)
    try:
        answer = asked.answer(view)
    except UserError as error:
        errors.show(view.language, error)
        if whole and asked.stands(view):
            scheme.show(view)
        return
    frame.headline(people.sentence(view, answer))
    people.status(view, answer)
    person.show(view, answer)
    people.show(view, answer)
    if whole:
        approval.show(view, answer)
    if whole and asked.stands(view):
        simulator.show(view)
        scheme.show(view)


frame.show(bonus)
