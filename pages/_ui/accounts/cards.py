"""Cards of the comparison: all together in large, the members below, who is dearer marked.

Invariant: a mark stands only where the difference is beyond chance, with its word in the tooltip.
"""

from kpi.accounts import PERIODS, RATES, STEP, Comparison, Member, words
from kpi.accounts.overlap import Overlap
from pages._ui.accounts import asked
from pages._ui.markup import Html, link, quiet, tag
from pages._ui.session import View

CARDS = (
    "cost_per_contact", "cost_per_done_order", "cost_per_new_client", "contacts", "spend", "spend_share",
    "return_per_rouble",
)  # fmt: skip
"""Figures on cards, as far as they are known."""
MOST = 4
"""Members named on a card."""


def grid(view: View, found: Comparison, shared: Overlap | None) -> Html:
    """The cards."""
    known = [name for name in CARDS if _value(found.total, name) is not None]
    cards = [_card(view, found, name) for name in known]
    return tag("div", *cards, *_clients(view, shared), css="cards mine members")


def _card(view: View, found: Comparison, name: str) -> Html:
    language, unit = view.language, (RATES[name] if name in RATES else STEP[name]).unit
    title = _title(view, found, name)
    total = _value(found.total, name)
    named = [one for one in found.members if one.member is not None]
    ranked = named[::-1] if found.asked.by in PERIODS else named
    lines = [_line(view, found, one, name, unit) for one in ranked[:MOST]] if len(found.members) > 1 else []
    more = max(len(named) - MOST, 0)
    told = [quiet(language.tn("and {n} more in the table", "and {n} more in the table", more))] if more else []
    return tag(
        "article",
        tag("p", title, css="name"),
        tag("p", language.value(total, unit), css="value", title=language.value(total, unit, exact=True)),
        tag("div", *lines, css="lines"),
        *told,
        css="card",
    )


def _title(view: View, found: Comparison, name: str) -> str:
    t = view.language.t
    contacts = {"daily": t("Contacts, sums of daily uniques"), "period": t("Contacts, uniques of the period")}
    return {
        "cost_per_contact": t("Cost of a contact"), "cost_per_done_order": t("Cost of a done order"),
        "cost_per_new_client": t("Cost of a new client"),
        "contacts": contacts.get(found.total.kind or "", t("Contacts")),
    }.get(name) or t((RATES[name] if name in RATES else STEP[name]).title.text)  # fmt: skip


def _line(view: View, found: Comparison, one: Member, name: str, unit: str) -> Html:
    told = one.differences.get(name)
    mark = {"worse": "▲", "better": "●"}.get(told.verdict, "") if told else ""
    css = {"worse": "missed", "better": "good"}.get(told.verdict, "") if told else ""
    hint = words.verdict_text(RATES[name], told, view.language) if name in RATES else ""
    sign = [tag("span", mark, css=f"mark {css}", role="img", aria_label=hint)] if mark else []
    value = view.language.value(_value(one, name), unit)
    return tag("p", tag("span", words.name(found, one, view.language)), tag("b", *sign, value), title=hint)


def _value(one: Member, name: str) -> float | None:
    return one.rate(name) if name in RATES else one.counts[name]


def _clients(view: View, shared: Overlap | None) -> list[Html]:
    """Clients of several accounts, where they can be told."""
    if shared is None:
        return []
    t, language = view.language.t, view.language
    cost = [] if shared.cost is None else [
        tag("p", tag("span", t("second contacts, a month")), tag("b", "≈ ", language.value(shared.cost, "money")))
    ]  # fmt: skip
    return [
        tag(
            "article",
            tag("p", t("Clients of several accounts"), css="name"),
            tag("p", language.value(100 * shared.share, "percent"), css="value"),
            tag(
                "div",
                tag("p", tag("span", t("clients")), tag("b", language.number(shared.several))),
                *cost,
                css="lines",
            ),
            quiet(link(asked.where(tab="clients"), t("Who takes from whom"))),
            css="card",
        )
    ]
