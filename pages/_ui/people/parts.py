"""Pieces of HTML that the pages of people share."""

from collections.abc import Mapping, Sequence
from datetime import date

from kpi.compile.windows import step
from pages._ui import address, navigation
from pages._ui.markup import Html, link, tag
from pages._ui.people import asking
from pages._ui.session import View

PAGE = "people"


def where(**parts: str | None) -> str:
    """The address of this page with these parts and the language, and no others."""
    told: Mapping[str, Sequence[str]] = {name: [value] for name, value in parts.items() if value}
    return navigation.href(PAGE, {**told, **address.language()})


def month_code(first: date) -> str:
    """A month in the address."""
    return f"{first:%Y-%m}"


def months(view: View, chosen: date, **parts: str | None) -> Html:
    """The month with the one before and after, as links."""
    first, last = asking.months(view)
    before, after = step(chosen, "month", -1), step(chosen, "month", 1)
    name = view.language.period(chosen, "month")
    return tag(
        "nav",
        *_step(view, "‹", before, before >= first, parts),
        tag("b", name[:1].upper() + name[1:]),
        *_step(view, "›", after, after <= last, parts),
        css="months", aria_label=view.language.t("Month"),
    )  # fmt: skip


def _step(view: View, sign: str, to: date, there: bool, parts: Mapping[str, str | None]) -> list[Html]:
    label = view.language.period(to, "month")
    if not there:
        return [tag("span", sign, css="off")]
    return [link(where(month=month_code(to), **parts), sign, aria_label=label, title=label)]


def bar(name: str | Html, share: float, told: str, note: str = "") -> Html:
    """One line of shares: a name, a bar, the figure with a quiet note under the name."""
    width = f"width: {min(max(share, 0.0), 100.0):.1f}%"
    rail = tag("span", tag("span", css="bar", style=width), css="rail")
    return tag("div", tag("span", name, *([tag("small", note)] if note else [])), rail, tag("span", told, css="num"))


def bars(lines: Sequence[Html]) -> Html:
    """Lines of shares under each other."""
    return tag("div", *lines, css="usable shares")


def figures(head: Sequence[str], rows: Sequence[Sequence[str]], texts: frozenset[int] = frozenset()) -> Html:
    """A table whose figures stand to the right; the columns in `texts` are words, which wrap. On a phone each row is a
    block of its own, every cell with its name."""
    names = [tag("th", cell, css="text" if place in texts else "") for place, cell in enumerate(head)]
    lines = [
        tag(
            "tr",
            tag("th", row[0]),
            *(_cell(head[place], row[place], is_text=place in texts) for place in range(1, len(row))),
        )
        for row in rows
    ]
    table = tag("table", tag("thead", tag("tr", *names)), tag("tbody", *lines), css="grid figures stack")
    return tag("div", table, css="scroll")


def _cell(name: str, cell: str, *, is_text: bool) -> Html:
    return tag("td", cell, css="wrap text" if is_text else "", data_label=name)


def block(*pieces: Html) -> Html:
    """What belongs together, with air around it."""
    return tag("section", *pieces, css="block")
