"""Everybody's bonus of the month."""

from decimal import Decimal

import streamlit as st

from kpi.bonus import Answer, Slip
from kpi.bonus import words as told
from kpi.bonus.explained import status as told_status
from kpi.bonus.money import CENTI, rounded
from pages._ui import address, frame, markup, navigation
from pages._ui.bonus import asked
from pages._ui.markup import Html, joined, tag
from pages._ui.session import View


def sentence(view: View, answer: Answer) -> str:
    """«Barbers, September 2026: 77 783 ₽ for 5 people.»"""
    words, slips = view.language, answer.sheet.slips
    if not slips:
        return words.t("Nobody is in this scheme in {month}.", month=words.period(answer.sheet.month, "month"))
    return words.tn(
        "{scheme}, {month}: {total} for {n} person.", "{scheme}, {month}: {total} for {n} people.", len(slips),
        scheme=answer.scheme.title, month=words.period(answer.sheet.month, "month"),
        total=told.money(words, answer.total),
    )  # fmt: skip


def status(view: View, answer: Answer) -> None:
    """Preview or approved, and who is left out."""
    parts = [told_status(answer, view.language)]
    if answer.left_out:
        parts.append(
            view.language.t("In no post of the staff list, and so without a bonus: {names}", names=answer.left_out)
        )
    frame.quiet(" ".join(parts))


def show(view: View, answer: Answer) -> None:
    """One line a person, and the line of all."""
    words, slips = view.language, answer.sheet.slips
    if len(slips) < 1 + (asked.slip(answer) is not None):
        return  # nobody, or one person whose sheet says it all
    most = max([*(answer.payable(slip.person.name) for slip in slips), Decimal(1)])
    names = _names(view)
    lines = [_line(view, answer, slip, most) for slip in slips]
    if len(slips) > 1:
        total = tag("td", tag("b", told.money(words, answer.total)), data_label=names[1])
        lines.append(tag("tr", tag("th", words.t("all")), total, tag("td", colspan="5"), css="total"))
    head = tag("thead", tag("tr", *(tag("th", name) for name in names)))
    st.html(tag("div", tag("table", head, tag("tbody", *lines), css="grid stack"), css="scroll"))


def _names(view: View) -> tuple[str, ...]:
    t = view.language.t
    return t("Who"), t("To be paid"), t("Own"), t("Common"), t("Fund"), t("Time worked"), t("Earned")


def _line(view: View, answer: Answer, slip: Slip, most: Decimal) -> Html:
    words, person = view.language, slip.person
    where = navigation.href("bonus", address.here(person=person.name))
    name = markup.link(where, person.name, on=asked.slip(answer) == slip)
    paid = answer.payable(person.name)
    bar = tag("span", tag("span", css="bar", style=f"width:{max(0, 100 * paid / most):.1f}%"), css="rail")
    gate = "" if slip.gate == 100 else " · " + words.t("gate {left}", left=told.percent(words, slip.gate))
    score = rounded(slip.score, CENTI)
    cells = [
        joined([tag("b", told.money(words, paid)), bar]),
        told.money(words, slip.personal), told.money(words, slip.team), told.money(words, slip.fund),
        told.percent(words, person.share), told.percent(words, score) + gate,
    ]  # fmt: skip
    named = zip(_names(view)[1:], cells, ("paid", "", "", "", "", ""), strict=True)
    return tag("tr", tag("th", name), *(tag("td", cell, css=css, data_label=label) for label, cell, css in named))
