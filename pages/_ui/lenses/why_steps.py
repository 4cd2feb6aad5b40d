"""One way of telling a change, as steps of a waterfall and as a table.

Invariant: the steps are the breakdown's own contributions, the small ones together; they add up to the change.
"""

from collections.abc import Sequence

from kpi import charts
from kpi.charts import Drawn, Ends, Step
from kpi.model import Bounds
from kpi.why import Breakdown, Contribution, Driver, Why
from kpi.why.telling import ERRORS, amount, dimension_title, driver_title, part_title
from pages._ui.markup import Html, tag
from pages._ui.session import View

BARS = 7
"""Members with a bar of their own."""
ROWS = 30
"""Members of the table."""


def drawn(view: View, why: Why, way: str) -> Drawn:
    """The waterfall of a dimension, or of what the KPI is made of."""
    told = _breakdown(why, way)
    steps = _members(view, why, told) if told else _drivers(view, why)
    names = [view.language.span(days.since, days.until) for days in why.days]
    ends = Ends(why.before, why.after, (names[0], names[1]), _bounds(view, why))
    title = view.language.catalogue(why.kpi.title)
    by = dimension_title(way, view.language).lower() if told else view.language.t("what it is made of")
    heading = view.language.t("{kpi}, what changed: {by}", kpi=title, by=by)
    return charts.waterfall(steps, ends, why.kpi, heading, view.language, view.theme, _note(view, told))


def _breakdown(why: Why, way: str) -> Breakdown | None:
    return next((told for told in why.breakdowns if told.dimension == way), None)


def _bounds(view: View, why: Why) -> Bounds:
    """The target in force at the end; of a sum's none, which is per month."""
    members = {name: (found[0] if len(found) == 1 else None) for name, found in why.asked.where}
    target = None if why.kpi.additive else view.targets.target(why.kpi, why.days[1].until, members)
    return target or Bounds()


def _note(view: View, told: Breakdown | None) -> str:
    if told is None:
        return ""
    if told.method == "leave_one_out":
        return view.language.t("what the change would lose without each")
    return view.language.t("grey: no more than chance")


def _members(view: View, why: Why, told: Breakdown) -> list[Step]:
    members = [c for c in told.contributions if c.part == "member"]
    rests = [c for c in told.contributions if c.part != "member"]
    few = members if len(members) <= BARS + 1 else members[:BARS]
    steps = [_step(view, why, told, c) for c in few]
    others = members[len(few) :]
    if others:
        effect = sum(c.effect for c in others)
        name = view.language.tn("{n} other", "{n} others", len(others))
        steps.append(Step(name, effect, amount(effect, why.kpi.unit, view.language), is_chance=True))
    return steps + [_step(view, why, told, c) for c in rests]


def _step(view: View, why: Why, told: Breakdown, c: Contribution) -> Step:
    is_member = c.part == "member"
    return Step(
        part_title(told, c, view.language),
        c.effect,
        amount(c.effect, why.kpi.unit, view.language),
        _went(view, why, c) if is_member else "",
        _shares(view, c) if told.method == "ratio" and is_member else "",
        is_chance=not is_member or abs(c.effect) <= ERRORS * c.chance,
        member=(c.member,) if is_member else None,
    )


def _went(view: View, why: Why, c: Contribution) -> str:
    write, unit = view.language.value, why.kpi.unit
    return f"{write(c.before, unit, exact=True)} → {write(c.after, unit, exact=True)}"


def _shares(view: View, c: Contribution) -> str:
    before, after = (view.language.value(100 * share, "percent") for share in (c.weight_before, c.weight_after))
    return view.language.t("share in the whole {before} → {after}", before=before, after=after)


def _drivers(view: View, why: Why) -> list[Step]:
    return [_driver(view, why, leaf) for driver in why.drivers for leaf in _leaves(driver)]


def _leaves(driver: Driver) -> list[Driver]:
    return [leaf for part in driver.parts for leaf in _leaves(part)] if driver.parts else [driver]


def _driver(view: View, why: Why, driver: Driver) -> Step:
    language = view.language
    unit = driver.kpi.unit if driver.kpi else "count"
    went = f"{language.value(driver.before, unit, exact=True)} → {language.value(driver.after, unit, exact=True)}"
    return Step(driver_title(driver, language), driver.effect, amount(driver.effect, why.kpi.unit, language), went)


def table(view: View, why: Why, way: str) -> Html:
    """Every member, or part, with its figures."""
    told = _breakdown(why, way)
    return _of_members(view, why, told) if told else _of_drivers(view, why)


def _of_members(view: View, why: Why, told: Breakdown) -> Html:
    t, write, unit = view.language.t, view.language.value, why.kpi.unit
    is_ratio = told.method == "ratio"
    head = [dimension_title(told.dimension, view.language), t("Effect")]
    head += [t("of it: own value"), t("of it: share in the whole")] if is_ratio else []
    head += [t("Before"), t("After"), *([t("Share in the whole")] if is_ratio else [])]
    rows = []
    for c in told.contributions[:ROWS]:
        cells = [part_title(told, c, view.language), amount(c.effect, unit, view.language)]
        cells += [amount(part, unit, view.language) for part in (c.rate, c.mix)] if is_ratio else []
        cells += [write(c.before, unit), write(c.after, unit)]
        cells += [f"{write(100 * c.weight_before, 'percent')} → {write(100 * c.weight_after, 'percent')}"] * is_ratio
        rows.append(cells)
    return _table(rows, _sum(view, why, len(head)), head)


def _sum(view: View, why: Why, width: int) -> Sequence[str]:
    """The last row: all of it."""
    ends = [view.language.value(value, why.kpi.unit) for value in (why.before, why.after)]
    row = [view.language.t("all"), amount(why.change, why.kpi.unit, view.language)]
    row += [""] * (2 if width > 4 else 0) + ends
    return row + [""] * (width - len(row))


def _of_drivers(view: View, why: Why) -> Html:
    t = view.language.t
    rows = [row for driver in why.drivers for row in _driver_rows(view, why, driver, 0)]
    head = (t("Made of"), t("Effect"), t("Before"), t("After"))
    return _table(rows, _sum(view, why, len(head)), head)


def _table(rows: Sequence[Sequence[str]], whole: Sequence[str], head: Sequence[str]) -> Html:
    """Figures to the right; the last row is the whole."""
    lines = [tag("tr", tag("th", row[0]), *(tag("td", cell) for cell in row[1:])) for row in rows]
    last = tag("tr", tag("th", whole[0]), *(tag("td", cell) for cell in whole[1:]), css="total")
    heading = tag("thead", tag("tr", *(tag("th", cell) for cell in head)))
    return tag("div", tag("table", heading, tag("tbody", *lines, last), css="grid"), css="scroll")


def _driver_rows(view: View, why: Why, driver: Driver, depth: int) -> list[list[str]]:
    """A part, and below it, further in, what it is made of itself."""
    unit = driver.kpi.unit if driver.kpi else "count"
    own = [
        "\u2003" * depth + driver_title(driver, view.language), amount(driver.effect, why.kpi.unit, view.language),
        view.language.value(driver.before, unit), view.language.value(driver.after, unit),
    ]  # fmt: skip
    return [own, *(row for part in driver.parts for row in _driver_rows(view, why, part, depth + 1))]
