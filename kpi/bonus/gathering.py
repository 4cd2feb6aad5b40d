"""From a workspace to the inputs of a scheme's months.

Invariant: the number of questions does not grow with the people or the months: the values, the posts and the hours are
each asked for once.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from data.access.reader import Reader
from kpi.bonus.inputs import GateInput, KpiInput, MonthInput, PersonInput, Result, Side, Step, TimeShare, Why
from kpi.bonus.levels import InForce, curve_of
from kpi.bonus.money import CENTI, HUNDRED, ZERO, of_float, percent_of, rounded
from kpi.bonus.running import growth
from kpi.bonus.scheme import Gate, Levels, Measure, Over, Scheme
from kpi.bonus.staff import Hours, Post, hours, in_month, posts, time_share
from kpi.bonus.values import Value, Values, ask, unit_of
from kpi.catalogue import Catalogue
from kpi.compile.windows import month_end, step
from kpi.model import Bounds, Kpi
from kpi.targets import TargetBook

NOT_ASKED = Side(None, 0, None, "not_asked")


@dataclass(frozen=True)
class Gathered:
    """What was asked, for any scheme with these KPIs and groups."""

    catalogue: Catalogue
    """The definitions."""
    values: Values
    """Every value."""
    posts: tuple[Post, ...]
    """Every post."""
    hours: Hours
    """Hours by person and month."""
    months: tuple[date, ...]
    """First days, ascending."""
    today: date
    """The clock's day."""
    sides: dict[Hashable, Side] = field(default_factory=dict, compare=False, repr=False)
    """What was made before: a branch's value is that of all who are in it, another scheme's often the same."""
    at_work: dict[date, Mapping[str, tuple[Post, TimeShare]]] = field(default_factory=dict, compare=False, repr=False)
    """Month → who was in which post."""

    def in_posts(self, first: date) -> Mapping[str, tuple[Post, TimeShare]]:
        """Who was in which post in a month, looked up once."""
        if first not in self.at_work:
            self.at_work[first] = in_month(self.posts, first)
        return self.at_work[first]

    def month(self, scheme: Scheme, first: date) -> MonthInput:
        """The inputs of a scheme in one of the months."""
        return _Month(self, scheme, first).input()

    def without_post(self, first: date) -> tuple[str, ...]:
        """People with results in a month who are in no post of the staff list then."""
        if not self.posts:
            return ()
        known = self.in_posts(first)
        return tuple(sorted(name for name in self.values.members(first) if name not in known))


def gather(
    reader: Reader,
    catalogue: Catalogue,
    book: TargetBook,
    schemes: Sequence[Scheme],
    months: tuple[date, date],
    today: date,
) -> Gathered:
    """Ask for everything the schemes need in the months from the first to the last."""
    kpis = tuple(dict.fromkeys(kpi for scheme in schemes for kpi in scheme.kpis))
    groups = [over for scheme in schemes for over in _groups(scheme)]
    ahead = growth(reader, catalogue, book, schemes, months[1], today)
    values = ask(reader, catalogue, book, kpis, groups, months, today, ahead)
    count = (months[1].year - months[0].year) * 12 + months[1].month - months[0].month + 1
    firsts = tuple(step(months[0], "month", n) for n in range(count))
    return Gathered(catalogue, values, posts(reader), hours(reader, months[0], month_end(months[1])), firsts, today)


def _groups(scheme: Scheme) -> Iterator[Over]:
    if any(scheme.share_of(measure) for measure in scheme.measures):
        yield scheme.team_by
    yield from (gate.over for gate in scheme.gates)
    if scheme.fund.kind == "share":
        yield scheme.fund.over


class _Month:
    """One scheme in one month."""

    def __init__(self, gathered: Gathered, scheme: Scheme, first: date) -> None:
        self.all, self.scheme, self.first, self.last = gathered, scheme, first, month_end(first)
        self.values = gathered.values
        self.gates: dict[tuple[int, str], GateInput] = {}
        self.rules = {m.kpi: repr(replace(m, weight=ZERO, team_share=None)) for m in scheme.measures}

    def input(self) -> MonthInput:
        people = [self._person(post, time) for post, time in self._posts().values() if _is_in(self.scheme, post)]
        result = self._result(people)
        return MonthInput(
            self.first, min(self.values.until, self.last), self.last >= self.all.today, self.values.data_version,
            self._pool(result), result, tuple(sorted(people, key=lambda person: person.name)),
        )  # fmt: skip

    def _posts(self) -> Mapping[str, tuple[Post, TimeShare]]:
        if self.all.posts:
            return self.all.in_posts(self.first)
        days = (self.last - self.first).days + 1
        nobody = Post("", "", "", "", None, self.first, self.last)
        return {m: (replace(nobody, name=m), TimeShare(days, days)) for m in self.values.members(self.first)}

    def _person(self, post: Post, time: TimeShare) -> PersonInput:
        worked = self.all.hours.get((post.name, self.first))
        time = replace(time, worked=worked[0], planned=worked[1]) if worked else time
        share = time_share(time, self.scheme.pro_rata)
        base = self._base(post)
        return PersonInput(
            post.name, post.role, post.branch, post.team, self._fund(post, base), time, share,
            tuple(self._kpi(measure, post, share) for measure in self.scheme.measures),
            tuple(self._seen(place, _member(post, gate.over)) for place, gate in enumerate(self.scheme.gates)),
            base,
        )  # fmt: skip

    def _fund(self, post: Post, base: Result | None) -> Decimal | None:
        fund = self.scheme.fund
        if fund.kind == "person":
            return fund.amount
        if fund.kind == "own_share":
            return share_of(base, fund.percent)
        return post.fund

    def _base(self, post: Post) -> Result | None:
        """The own result a fund is a share of."""
        fund = self.scheme.fund
        if fund.kind != "own_share":
            return None
        kpi, value = self.all.catalogue.get(fund.kpi), self._value("employee", fund.kpi, post.name)
        return Result(kpi.id, kpi.title, value.counted(kpi) if value else None)

    def _result(self, people: list[PersonInput]) -> Result | None:
        fund = self.scheme.fund
        if fund.kind != "share":
            return None
        kpi = self.all.catalogue.get(fund.kpi)
        members = sorted({_member(person, fund.over) for person in people})
        found = [self._value(fund.over, fund.kpi, member) for member in members]
        known = [counted for value in found if value and (counted := value.counted(kpi)) is not None]
        return Result(kpi.id, kpi.title, sum(known, ZERO) if known else None)

    def _pool(self, result: Result | None) -> Decimal | None:
        fund = self.scheme.fund
        return fund.amount if fund.kind == "pool" else share_of(result, fund.percent)

    def _kpi(self, measure: Measure, post: Post, share: Decimal) -> KpiInput:
        kpi = self.all.catalogue.get(measure.kpi)
        common, over = self.scheme.share_of(measure), self.scheme.team_by
        personal = team = NOT_ASKED
        if common < HUNDRED:
            personal = self._known(measure, kpi, "employee", post.name, InForce(measure.levels, Bounds(), share))
        if common > 0:
            levels = measure.team_levels or (Levels() if kpi.additive else measure.levels)
            team = self._known(measure, kpi, over, _member(post, over), InForce(levels, Bounds()))
        return KpiInput(kpi.id, kpi.title, kpi.unit, personal, team)

    def _known(self, measure: Measure, kpi: Kpi, over: str, member: str, force: InForce) -> Side:
        key = (self.first, over, member, force.scale, self.rules[measure.kpi])
        found = self.all.sides.get(key)
        if found is None:
            found = self.all.sides[key] = self._side(measure, kpi, over, member, force)
        return found

    def _side(self, measure: Measure, kpi: Kpi, over: str, member: str, force: InForce) -> Side:
        if (over, kpi.id) in self.values.unavailable:
            return Side(None, 0, None, "unavailable")
        if over not in ("company", "employee") and not member:
            return Side(None, 0, None, "no_team")
        value = self._value(over, kpi.id, member)
        counted = value.counted(kpi) if value else None
        if value is None or counted is None:
            return Side(None, 0, None, "no_value")
        curve = curve_of(measure, kpi, replace(force, bounds=value.bounds), unit_of(kpi))
        is_thin = value.is_thin and self.last < self.all.today  # a running month still gets its rows
        why: Why = "too_few" if is_thin else "" if curve else "no_target"
        spread, kind = _step(kpi, value)
        own = force.levels.target is not None
        return Side(counted, value.rows, curve, why, self._quality(measure, over, member), spread, kind, own)

    def _quality(self, measure: Measure, over: str, member: str) -> Decimal | None:
        if measure.brake is None:
            return None
        value = self._value(over, measure.brake.kpi, member)
        if value is None or value.is_thin:
            return None
        return value.counted(self.all.catalogue.get(measure.brake.kpi))

    def _seen(self, place: int, of: str) -> GateInput:
        if (place, of) not in self.gates:
            self.gates[place, of] = self._gate(self.scheme.gates[place], of)
        return self.gates[place, of]

    def _gate(self, gate: Gate, of: str) -> GateInput:
        kpi = self.all.catalogue.get(gate.kpi)
        value = self._value(gate.over, gate.kpi, of)
        counted = value.counted(kpi) if value else None
        target = gate.target if gate.target is not None else _goal(kpi, value)
        return GateInput(
            kpi.id, kpi.title, kpi.unit, counted, target, _reached(kpi, counted, target), of, kpi.better == "lower"
        )

    def _value(self, over: str, kpi: str, member: str) -> Value | None:
        return self.values.of(over, self.all.catalogue.get(kpi), "" if over == "company" else member, self.first)


def share_of(result: Result | None, percent: Decimal) -> Decimal | None:
    """Per cent of a result, in kopecks, never below 0; None: it is not known."""
    if result is None or result.value is None:
        return None
    return max(ZERO, rounded(percent_of(result.value, percent)))


def _is_in(scheme: Scheme, post: Post) -> bool:
    told = {"role": post.role, "branch": post.branch, "team": post.team, "employee": post.name}
    return all(told[name] in members for name, members in scheme.who.items())


def _member(person: Post | PersonInput, over: Over) -> str:
    return {"company": "", "branch": person.branch, "team": person.team, "role": person.role}[over]


def _goal(kpi: Kpi, value: Value | None) -> Decimal | None:
    """The target in force of the month, the lower end of a band."""
    if value is None:
        return None
    side = value.bounds.good_high if kpi.better == "lower" else value.bounds.good_low
    return None if side is None else of_float(side)


def _reached(kpi: Kpi, value: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Per cent of the target that are reached; None: not known."""
    if value is None or target is None:
        return None
    if kpi.better == "lower":
        return rounded(HUNDRED * target / value, CENTI) if value > 0 else HUNDRED
    return rounded(HUNDRED * value / target, CENTI) if target > 0 else None


def _step(kpi: Kpi, value: Value) -> tuple[Decimal, Step]:
    """How much one more row moves a value."""
    if kpi.additive and kpi.unit == "count":
        return Decimal(1), "one"
    if not value.rows:
        return ZERO, "percent"
    if value.is_share:
        return of_float(100 / value.rows), "one_of"
    return (of_float(value.value / value.rows), "one_average") if kpi.additive else (ZERO, "percent")
