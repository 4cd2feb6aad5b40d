"""The answer in plain words.

Invariant: a change that is none is said first to be none; a member is named only where it stands out beyond chance;
names of members and KPIs stand as they are, so that no language has to inflect them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.schema.loader import facts
from kpi.language import Language
from kpi.why.explain import is_quiet, is_thin
from kpi.why.model import Breakdown, Contribution, Driver, Why

WORTH = 0.25
"""Least a member stands out by, to be named for a change."""
ERRORS = 2.0
"""Standard errors an effect must exceed to be named where there is no change."""
SMALL = 0.02
"""A driver that did less than this part of the largest is not worth a word."""
WHOLE = 1.02
"""A part larger than this of the change was partly undone by others."""


@dataclass(frozen=True)
class Told:
    """What is said, in the language."""

    headline: str
    """By how much it changed, and where."""
    notes: tuple[str, ...]
    """How, what it is made of, and what to be careful about; a sentence each."""


def told(why: Why, language: Language) -> Told:
    """The answer as sentences."""
    if why.silent is not None:
        return Told(f"{language.catalogue(why.kpi.title)}: {language.render(why.silent)}", ())
    words = _Words(why, language)
    notes = [words.how(), words.made_of(), *words.cautions()]
    return Told(words.headline(), tuple(note for note in notes if note))


def reason(why: Why, language: Language) -> str:
    """By how much it changed from the days before, and where, without its name and value; empty: it did not."""
    return _Words(why, language).reason() if why.silent is None and why.change else ""


def amount(value: float, unit: str, language: Language) -> str:
    """A difference, signed: «+0,9 п.п.», and 0 where nothing of it is left after rounding."""
    text = language.difference(value, 0.0, unit)
    return "0" if text == language.t("no change") else text


def dimension_title(name: str, language: Language) -> str:
    """A dimension as people call it."""
    if name == "weekday":
        return language.t("Weekday")
    titles = (column.title for fact in facts().values() for column in fact.columns if column.name == name)
    title = next(titles, None)
    return language.catalogue(title) if title else name


def member_title(name: str, member: str | None, language: Language) -> str:
    """A member as people read it."""
    return language.weekday(member) if name == "weekday" and member and member.isdigit() else language.member(member)


def place(name: str, member: str | None, language: Language) -> str:
    """«Ремонт кондиционеров (услуга)»; the dimension only where the member does not say it itself."""
    title, shown = dimension_title(name, language), member_title(name, member, language)
    if name == "weekday" or shown.casefold().startswith(title.casefold()):
        return shown
    return f"{shown} ({title.lower()})"


def named(why: Why) -> tuple[Contribution, ...]:
    """The members of the best breakdown that are the answer: those that stand out, at most two."""
    if not why.breakdowns:
        return ()
    if why.breakdowns[0].is_mix:
        return (shifted(why.breakdowns[0]),) if why.breakdowns[0].score >= WORTH else ()
    members = [c for c in why.breakdowns[0].contributions if c.part == "member"]
    if is_quiet(why):
        return tuple(c for c in members if abs(c.effect) > ERRORS * c.chance)[:2]
    causes = (c for c in members if c.stands_out >= WORTH and c.effect * why.change > 0)
    standing = sorted(causes, key=lambda c: -c.stands_out)
    return tuple(standing[: 1 if why.breakdowns[0].method == "leave_one_out" else 2])


def shifted(told_: Breakdown) -> Contribution:
    """The member whose share did most of the mix."""
    members = [c for c in told_.contributions if c.part == "member"]
    return max(members, key=lambda c: c.mix if told_.mix > 0 else -c.mix)


class _Words:
    """Sentences about one answer."""

    def __init__(self, why: Why, language: Language) -> None:
        self.why, self.language = why, language
        self.best: Breakdown | None = why.breakdowns[0] if why.breakdowns else None
        self.named = named(why)

    def headline(self) -> str:
        """«Переделки: рост на 1,2 п.п., до 4,8 %; из них 0,9 п.п. — Ремонт кондиционеров (услуга), Бригада Б.»"""
        t, unit = self.language.t, self.why.kpi.unit
        title, value = self.language.catalogue(self.why.kpi.title), self.language.value(self.why.after, unit)
        size = amount(abs(self.why.change), unit, self.language).lstrip("+")
        if self.why.change == 0:
            return t("{title}: {value}, no change.", title=title, value=value)
        if self.why.change > 0:
            moved = t("{title}: up by {change}, to {value}", title=title, change=size, value=value)
        else:
            moved = t("{title}: down by {change}, to {value}", title=title, change=size, value=value)
        if is_quiet(self.why):
            inside = self._inside()
            return moved + t(" — within what it does by itself: no real change.") + (f" {inside}" if inside else "")
        cause = self._cause()
        return _ended(f"{moved}; {cause}" if cause else moved)

    def reason(self) -> str:
        """«На 1,2 п.п. больше, чем до этого; из них 0,9 п.п. — Бригада Б. Бригада Б: с 3,1 % до 4,8 %.»"""
        size = amount(abs(self.why.change), self.why.kpi.unit, self.language).lstrip("+")
        t = self.language.t
        more = t("{change} more than in the same time before", change=size)
        less = t("{change} less than in the same time before", change=size)
        cause = self._cause()
        moved = more if self.why.change > 0 else less
        return " ".join(part for part in (_ended(f"{moved}; {cause}" if cause else moved), self.how()) if part)

    def _inside(self) -> str:
        if not self.named or self.best is None:
            return ""
        if self.best.is_mix:
            return _ended(_capital(self._mixed(self.best)))
        parts = ", ".join(self._moved(c) for c in self.named)
        return _ended(self.language.t("What moved inside it: {parts}", parts=parts))

    def _moved(self, c: Contribution) -> str:
        assert self.best is not None
        where = place(self.best.dimension, c.member, self.language)
        return f"{where} {amount(c.effect, self.why.kpi.unit, self.language)}"

    def _cause(self) -> str:
        t = self.language.t
        if not self.named or self.best is None:
            return t("no one stands out: it is spread over many") if self.best else ""
        if self.best.is_mix:
            return self._mixed(self.best)
        where, effect = self._where(), self._effect()
        part = effect / self.why.change
        size = amount(effect, self.why.kpi.unit, self.language)
        if self.best.method == "leave_one_out":
            without = amount(self.why.change - effect, self.why.kpi.unit, self.language)
            return t("{place} moved it most: without it the change would be {change}", place=where, change=without)
        if 0 < part <= WHOLE:
            return t("{effect} of it is {place}", effect=_bare(size), place=where)
        others = amount(self.why.change - effect, self.why.kpi.unit, self.language)
        return t("{place} alone did {effect}, all others {others}", place=where, effect=size, others=others)

    def _mixed(self, best: Breakdown) -> str:
        share = [
            self.language.value(100 * w, "percent") for w in (self.named[0].weight_before, self.named[0].weight_after)
        ]
        t, unit = self.language.t, self.why.kpi.unit
        size, where = amount(best.mix, unit, self.language), place(best.dimension, self.named[0].member, self.language)
        if abs(best.mix) > WHOLE * abs(self.why.change):
            others = amount(self.why.change - best.mix, unit, self.language)
            return t(
                "a different mix alone did {effect}, all else {others}; most of all {place}: {before} of the whole "
                "before, {after} now",
                effect=size, others=others, place=where, before=share[0], after=share[1],
            )  # fmt: skip
        return t(
            "{effect} of it is a different mix, most of all {place}: {before} of the whole before, {after} now",
            effect=_bare(size), place=where, before=share[0], after=share[1],
        )  # fmt: skip

    def _where(self) -> str:
        """The narrowest place that is the answer."""
        pair = self.why.pair
        if pair is not None:
            return ", ".join(place(*where, self.language) for where in (pair.first, pair.second))
        assert self.best is not None
        return self.language.list(place(self.best.dimension, c.member, self.language) for c in self.named)

    def _effect(self) -> float:
        pair = self.why.pair
        return pair.contribution.effect if pair is not None else sum(c.effect for c in self.named)

    def how(self) -> str:
        """What the first of them did: its own value or its share changed, it came or went."""
        if not self.named or self.best is None or self.best.method == "leave_one_out" or self.best.is_mix:
            return self._level()
        pair = self.why.pair
        c = pair.contribution if pair is not None and not is_quiet(self.why) else self.named[0]
        name, member = pair.second if pair is not None and c is pair.contribution else (self.best.dimension, c.member)
        return self._did(c, _capital(member_title(name, member, self.language)))

    def _level(self) -> str:
        """Of a shifted mix: how far the member lies from the whole."""
        if self.best is None or not self.best.is_mix or not self.named:
            return ""
        c = self.named[0]
        own = c.after if c.weight_after else c.before
        return self.language.t(
            "{member}: {value}; the whole: {whole}.",
            member=_capital(member_title(self.best.dimension, c.member, self.language)),
            value=self.language.value(own, self.why.kpi.unit),
            whole=self.language.value(self.why.before, self.why.kpi.unit),
        )  # fmt: skip

    def _did(self, c: Contribution, who: str) -> str:
        t, unit = self.language.t, self.why.kpi.unit
        before, after = (self.language.value(value, unit) for value in (c.before, c.after))
        if c.weight_before == 0:
            return t("{member} was not there before.", member=who)
        if c.weight_after == 0:
            return t("{member} is not there any more.", member=who)
        if self.best is not None and self.best.method == "ratio" and abs(c.mix) > abs(c.rate):
            shares = [self.language.value(100 * share, "percent") for share in (c.weight_before, c.weight_after)]
            return t(
                "{member}: its share in the whole went from {before} to {after}, its own value is {value}.",
                member=who, before=shares[0], after=shares[1], value=after,
            )  # fmt: skip
        return _ended(t("{member}: from {before} to {after}", member=who, before=before, after=after))

    def made_of(self) -> str:
        """«Складывается из: Выполненные заказы +0,2 млн ₽, Средний чек −0,1 млн ₽.»"""
        if not self.why.drivers or self.why.change == 0:
            return ""
        shown = sorted(self.why.drivers, key=lambda d: -abs(d.effect))
        told_ = [d for d in shown if abs(d.effect) > SMALL * abs(shown[0].effect)]
        parts = [f"{driver_title(d, self.language)} {self._signed(d)}" for d in told_]
        return _ended(self.language.t("It is made of: {parts}", parts=", ".join(parts))) if parts else ""

    def _signed(self, driver: Driver) -> str:
        return amount(driver.effect, self.why.kpi.unit, self.language)

    def cautions(self) -> Sequence[str]:
        """What to be careful about."""
        t, found = self.language.t, list[str]()
        if self.why.is_real is None:
            found.append(t("The history is too short to say whether this is more than chance."))
        if is_thin(self.why):
            found.append(self.language.tn(
                "Only {n} row is behind one of the values: take it with care.",
                "Only {n} rows are behind one of the values: take it with care.", min(self.why.rows),
            ))  # fmt: skip
        if self.best is not None and self.best.method == "leave_one_out":
            found.append(t("A median cannot be divided among members: each is shown by what the change "
                           "would be without it."))  # fmt: skip
        return found


def part_title(told_: Breakdown, c: Contribution, language: Language) -> str:
    """A member, or what is none, as people read it."""
    if c.part == "overlap":
        return language.t("counted by several at once")
    return language.t("cannot be divided") if c.part == "joint" else member_title(told_.dimension, c.member, language)


def driver_title(driver: Driver, language: Language) -> str:
    """A part as people call it."""
    return language.catalogue(driver.kpi.title) if driver.kpi else language.t("Rows without all cells")


def _bare(text: str) -> str:
    return text.lstrip("+−")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
