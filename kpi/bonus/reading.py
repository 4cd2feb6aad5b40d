"""A scheme from TOML text.

Invariant: what is wrong is told in one sentence with its place in the text; an unknown word never passes silently.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from data.errors import UserError, did_you_mean
from data.message import Message, say
from kpi.bonus.money import HUNDRED, ZERO
from kpi.bonus.scheme import (
    Brake,
    Fund,
    FundKind,
    Gate,
    Level,
    Levels,
    Measure,
    Over,
    ProRata,
    Scheme,
    Unearned,
    Unmeasured,
)
from kpi.catalogue import Catalogue

WHO = ("role", "branch", "team", "employee")
_TOP = (
    "title", "who", "team_by", "team_share", "pro_rata", "unmeasured", "round_to", "fund", "gate", "kpi",
)  # fmt: skip
_KPI = ("kpi", "weight", "threshold", "target", "cap", "pays", "curve", "team_share", "team", "brake", "stretch")
_UNITS = tuple(map(Decimal, ("0.01", "1", "10", "100")))


def scheme_of(text: str, id_: str, catalogue: Catalogue) -> Scheme:
    """The scheme that the text says. `UserError` tells what is wrong with it."""
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UserError(say("The scheme is not TOML."), Message(str(error))) from None
    top = _Table(table, "scheme", _TOP)
    fund = _fund(_Table(top.table("fund"), "fund", ("from", "amount", "percent", "kpi", "over", "unearned")))
    made = Scheme(
        id_,
        str(table.get("title") or id_),
        fund,
        tuple(_measure(_Table(row, f"kpi {n}", _KPI), catalogue) for n, row in enumerate(top.rows("kpi"), 1)),
        _who(top),
        top.choice("team_by", get_args(Over), "team"),
        top.percent("team_share", ZERO),
        tuple(_gate(_Table(row, f"gate {n}", _GATE)) for n, row in enumerate(top.rows("gate"), 1)),
        top.choice("pro_rata", get_args(ProRata), "hours"),
        top.choice("unmeasured", get_args(Unmeasured), "spread"),
        top.number("round_to", Decimal(1)),
    )
    return _checked(made, catalogue)


_GATE = ("kpi", "over", "at_least", "otherwise", "target")


def _checked(scheme: Scheme, catalogue: Catalogue) -> Scheme:
    for kpi in scheme.kpis:
        catalogue.get(kpi)
    if not scheme.measures:
        raise UserError(say("A scheme needs at least one KPI."))
    repeated = [m.kpi for m in scheme.measures if [o.kpi for o in scheme.measures].count(m.kpi) > 1]
    if repeated:
        raise UserError(say("«{name}» is in the scheme twice.", name=repeated[0]))
    total = sum((m.weight for m in scheme.measures), ZERO)
    if total != HUNDRED:
        raise UserError(say("The weights make {total} %, not 100 %.", total=float(total)))
    if scheme.fund.kpi and not (
        catalogue.get(scheme.fund.kpi).additive and catalogue.get(scheme.fund.kpi).unit == "money"
    ):
        raise UserError(say("A fund can be a share of a sum of money only, such as revenue."))
    if scheme.round_to not in _UNITS:
        raise UserError(say("round_to is 0.01, 1, 10 or 100 roubles."))
    return scheme


def _who(top: "_Table") -> Mapping[str, tuple[str, ...]]:
    who = top.table("who", needed=False)
    wrong = [name for name in who if name not in WHO]
    if wrong:
        raise _unknown(wrong[0], "who", WHO)
    listed = {name: [members] if isinstance(members, str) else list(members) for name, members in who.items()}
    return {name: tuple(map(str, listed[name])) for name in sorted(listed)}


def _fund(table: "_Table") -> Fund:
    kind = table.choice("from", get_args(FundKind), "staff")
    fund = Fund(
        kind,
        table.number("amount", ZERO),
        table.number("percent", ZERO),
        table.text("kpi") if kind in ("share", "own_share") else "",
        table.choice("over", get_args(Over), "company"),
        table.choice("unearned", get_args(Unearned), "keep"),
    )
    if kind in ("person", "pool") and fund.amount <= 0:
        raise UserError(say("The fund needs an amount above 0."))
    if kind in ("share", "own_share") and not 0 < fund.percent <= HUNDRED:
        raise UserError(say("The fund needs per cent of the result, above 0 and at most 100."))
    return fund


def _measure(table: "_Table", catalogue: Catalogue) -> Measure:
    kpi = catalogue.get(table.text("kpi"))
    pays = _Table(table.table("pays", needed=False), f"{kpi.id}.pays", ("threshold", "cap"))
    team = table.table("team", needed=False)
    made = Measure(
        kpi.id,
        table.number("weight", ZERO),
        _levels(table),
        _levels(_Table(team, f"{kpi.id}.team", ("threshold", "target", "cap"))) if team else None,
        pays.percent("threshold", Decimal(50)),
        pays.number("cap", Decimal(150)),
        table.choice("curve", ("linear", "steps"), "linear") == "steps",
        table.percent("team_share", ZERO) if table.has("team_share") else None,
        _brake(table, kpi.id),
        table.number("stretch", HUNDRED),
    )
    if not 0 < made.weight <= HUNDRED:
        raise UserError(say("The weight of «{name}» is not between 0 and 100.", name=kpi.id))
    if not 0 < made.stretch <= 1000:
        raise UserError(say("«{name}»: stretch is above 0 and at most 1000 %.", name=kpi.id))
    if not HUNDRED <= made.pays_cap <= 1000:
        raise UserError(say("«{name}»: the cap pays from 100 to 1000 %.", name=kpi.id))
    for levels in (made.levels, made.team_levels or Levels()):
        _in_order(levels, kpi.id, kpi.better)
    return made


def _levels(table: "_Table") -> Levels:
    return Levels(*(table.level(name) for name in ("threshold", "target", "cap")))


def _in_order(levels: Levels, name: str, better: str) -> None:
    """Threshold, target and cap, as far as they are said in one unit, lie one after the other."""
    if levels.target and levels.target.of_target:
        raise UserError(say("«{name}»: the target is a number, not per cent of itself.", name=name))
    sign = -1 if better == "lower" else 1
    for of_target in (False, True):
        said = [x for x in (levels.threshold, levels.target, levels.cap) if x and x.of_target == of_target]
        numbers = [sign * level.number for level in said]
        if numbers != sorted(numbers):
            raise UserError(say("«{name}»: threshold, target and cap are not in order.", name=name))


def _brake(table: "_Table", kpi: str) -> Brake | None:
    row = table.table("brake", needed=False)
    if not row:
        return None
    brake = _Table(row, f"{kpi}.brake", ("kpi", "from", "to", "least"))
    made = Brake(brake.text("kpi"), brake.number("from"), brake.number("to"), brake.percent("least", ZERO))
    if made.begins == made.ends:
        raise UserError(say("The brake of «{name}» begins where it ends.", name=kpi))
    return made


def _gate(table: "_Table") -> Gate:
    return Gate(
        table.text("kpi"),
        table.choice("over", get_args(Over), "company"),
        table.number("at_least"),
        table.percent("otherwise", ZERO),
        table.number("target") if table.has("target") else None,
    )


class _Table:
    """A table of the text, with its place for what is said of it."""

    def __init__(self, row: Any, place: str, known: tuple[str, ...]) -> None:
        if not isinstance(row, Mapping):
            raise UserError(say("«{place}» is not a table.", place=place))
        self._row, self._place = row, place
        wrong = [name for name in row if name not in known]
        if wrong:
            raise _unknown(wrong[0], place, known)

    def has(self, name: str) -> bool:
        return name in self._row

    def table(self, name: str, *, needed: bool = True) -> Mapping[str, Any]:
        if needed and name not in self._row:
            raise UserError(say("«{place}» lacks «{name}».", place=self._place, name=name))
        row = self._row.get(name, {})
        if not isinstance(row, Mapping):
            raise UserError(say("«{place}» is not a table.", place=name))
        return row

    def rows(self, name: str) -> list[Any]:
        rows = self._row.get(name, [])
        if not isinstance(rows, list):
            raise UserError(say("Write [[{name}]], a table for each.", name=name))
        return rows

    def text(self, name: str) -> str:
        if not isinstance(self._row.get(name), str):
            raise UserError(say("«{place}» lacks «{name}».", place=self._place, name=name))
        return str(self._row[name])

    def choice(self, name: str, known: tuple[str, ...], default: str) -> Any:
        value = self._row.get(name, default)
        if value not in known:
            raise _unknown(str(value), f"{self._place}.{name}", known)
        return value

    def number(self, name: str, default: Decimal | None = None) -> Decimal:
        value = self._row.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise UserError(say("«{place}.{name}» is not a number.", place=self._place, name=name))
        number = Decimal(value)
        if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
            raise UserError(say("«{place}.{name}» is not a number.", place=self._place, name=name))
        return number

    def percent(self, name: str, default: Decimal) -> Decimal:
        number = self.number(name, default)
        if not 0 <= number <= HUNDRED:
            raise UserError(say("«{place}.{name}» is not between 0 and 100.", place=self._place, name=name))
        return number

    def level(self, name: str) -> Level | None:
        """A number of the KPI's unit, or «80%» of its target."""
        value = self._row.get(name)
        if value is None or not isinstance(value, str):
            return None if value is None else Level(self.number(name))
        text = value.strip()
        try:
            number = Decimal(text.removesuffix("%").strip())
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            raise UserError(say("«{place}.{name}» is not a number.", place=self._place, name=name))
        return Level(number, of_target=text.endswith("%"))


def _unknown(name: str, place: str, known: tuple[str, ...]) -> UserError:
    detail = say("Known there: {known}.", known=", ".join(known))
    return UserError(
        say("«{place}» does not know «{name}».", place=place, name=name), detail, did_you_mean(name, known)
    )
