"""What a report says in words, in one language.

Invariant: every form takes its sentences from here, so that a letter, a paper and a slide say the same.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from kpi.compile.windows import step
from kpi.figures import headline as said
from kpi.figures import phrases
from kpi.figures.headline import capital
from kpi.language import Language
from kpi.model import Bounds, Kpi
from kpi.report.model import Change, Line, Remark, Report
from kpi.watch import Signal
from kpi.watch import words as watching
from kpi.why.telling import dimension_title, member_title, told

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_LONGEST = 80
"""Letters of a file's name that come of names."""


def period(report: Report, words: Language) -> str:
    """«октябрь 2026», «26 окт. – 1 нояб. 2026»."""
    edition = report.edition
    if edition.grain == "month":
        return words.period(edition.first, "month")
    return words.span(edition.first, edition.last)


def subject(report: Report, words: Language) -> str:
    """Whom it is about: «Бригада 1 (команда)», a person's name, the business's name, or «весь бизнес»."""
    about = report.subject
    if about.dimension is None:
        return report.business or words.t("Whole business")
    if about.is_person:
        return about.member
    return f"{about.member} ({dimension_title(about.dimension, words).lower()})"


def title(report: Report, words: Language) -> str:
    """«Отчёт за октябрь 2026: Бригада 1 (команда)»."""
    return words.t("Report for {period}: {subject}", period=period(report, words), subject=subject(report, words))


def headline(report: Report, words: Language) -> str:
    """The sentence that could be read aloud."""
    name = f"{report.subject.member}, {period(report, words)}" if report.subject.dimension else period(report, words)
    return said.sentence(words, name, report.lines, lambda line: line.moved)


def incomplete(report: Report, words: Language) -> str:
    """That the period is not over in the data; empty where it is."""
    if report.edition.complete or report.data_until is None:
        return ""
    until = words.day(max(line.now for line in report.lines if line.now), year=True)
    return words.t("The period is not over: data until {day}.", day=until)


def before(report: Report, words: Language) -> str:
    """The head of the column of changes."""
    return capital(phrases.previous_name(words, report.edition.grain))


@dataclass(frozen=True)
class Heads:
    """What the columns of the scorecard are called."""

    kpi: str
    """Names."""
    value: str
    """Values."""
    status: str
    """Marks and words."""
    target: str
    """Targets."""
    previous: str
    """Changes against the period before."""
    year: str
    """Changes against a year ago."""
    course: str
    """The last periods."""


def heads(report: Report, words: Language) -> Heads:
    """The heads of the scorecard."""
    t = words.t
    year = capital(phrases.last_year_name(words))
    course = t("13 months") if report.edition.grain == "month" else t("13 weeks")
    return Heads(t("KPI"), t("Value"), t("Status"), t("Target"), before(report, words), year, course)


def about(report: Report, words: Language) -> str:
    """What it is, and what it is narrowed to."""
    kind = words.t("Monthly report") if report.edition.grain == "month" else words.t("Weekly report")
    return " · ".join([kind, *filters(report, words)])


def calm(report: Report, words: Language) -> str:
    """That nothing moved, where that can be told; empty where something did."""
    if report.changes or not any(line.moved is False for line in report.lines):
        return ""
    return words.t("Nothing moved more than it does by itself.")


def advice(report: Report, words: Language) -> list[tuple[str, str]]:
    """(KPI, what helps) for each that missed its target."""
    missed = [line.kpi for line in report.lines if line.status == "missed" and line.kpi.advice]
    return [(name(kpi, words), words.catalogue(kpi.advice)) for kpi in missed]


def targets_ahead(report: Report, words: Language) -> list[tuple[str, str]]:
    """(KPI, target of the next period)."""
    told = [(name(line.kpi, words), coming(line, words)) for line in report.lines]
    return [(kpi, target) for kpi, target in told if target]


def next_title(report: Report, words: Language) -> str:
    """«Цели на ноябрь 2026»."""
    first = step(report.edition.first, report.edition.grain, 1)
    if report.edition.grain == "month":
        return words.t("Targets for {period}", period=words.period(first, "month"))
    return words.t("Targets for {period}", period=words.span(first, step(first, "week", 1) - timedelta(days=1)))


def status(line: Line, words: Language) -> str:
    """Mark and word: colour is never alone."""
    shown = line.status if line.value is not None else "no_target"
    return f"{words.mark(shown)} {status_word(line, words)}"


def status_word(line: Line, words: Language) -> str:
    """The word alone, where the mark is drawn."""
    return phrases.status_text(words, line)


def value(line: Line, words: Language) -> str:
    """The value as a card writes it."""
    return words.value(line.value, line.kpi.unit)


def exact(line: Line, words: Language) -> str:
    """The value with all figures that matter."""
    return words.value(line.value, line.kpi.unit, exact=True)


def name(kpi: Kpi, words: Language) -> str:
    """What a KPI is called."""
    return words.catalogue(kpi.title)


def target(line: Line, words: Language) -> str:
    """«at most 5 %»; «—» where there is none."""
    return phrases.target_text(words, line) or "—"


def goal(line: Line, words: Language) -> str:
    """«target at most 5 %», «plan for November 2026: …», whose it is; empty where there is none."""
    return " · ".join(part for part in (phrases.goal_text(words, line), aim(line, words)) if part)


def compared(line: Line, words: Language) -> list[str]:
    """«−8.5 % vs the month before», «+6.4 % vs a year ago», where they exist."""
    grain = "week" if (line.last - line.first).days < 7 else "month"
    return [f"{change} {what}" for change, what in phrases.changes(words, line, grain)]


def coming(line: Line, words: Language) -> str:
    """The target of the next period; empty where there is none."""
    return bounds(line.kpi, line.coming, words)


def bounds(kpi: Kpi, given: Bounds, words: Language) -> str:
    """A target in words; empty where there is none."""
    return phrases.bounds_text(words, kpi, given.good_low, given.good_high)


def aim(line: Line, words: Language) -> str:
    """Of a person: whose target it is; empty where it is nobody's own."""
    return {
        "employee": words.t("own target"), "team": words.t("target of the team"),
        "role": words.t("target of the role"), "branch": words.t("target of the branch"),
    }.get(line.aim or "", "")  # fmt: skip


def delta(line: Line, words: Language) -> str:
    """The change against the period before; «—» where there is nothing to compare with."""
    return words.delta(line.value, line.previous, line.kpi.unit)


def yearly(line: Line, words: Language) -> str:
    """The change against a year ago."""
    return words.delta(line.value, line.last_year, line.kpi.unit)


def behind(line: Line, words: Language) -> str:
    """«from 812 rows · data until 5 Oct»."""
    return phrases.behind(words, line)


def change(one: Change, words: Language) -> tuple[str, ...]:
    """What changed and why, in sentences."""
    answer = told(one.why, words)
    return (answer.headline, *answer.notes)


def signal(one: Signal, words: Language) -> tuple[str, str]:
    """(what and whose, what was seen)."""
    others = watching.also(one, words)
    seen = f"{watching.told(one, words)} — {watching.verdict(one, words)}{f' ({others})' if others else ''}"
    return f"{name(one.kpi, words)} · {watching.where(one, words)}", capital(seen)


def remark(one: Remark, words: Language) -> tuple[str, str]:
    """(about what and by whom, what was said)."""
    about = [name(one.kpi, words)]
    if one.scope is not None:
        about.append(member_title(*one.scope, words))
    return " · ".join([*about, *([one.author] if one.author else [])]), one.text


def notes(report: Report, words: Language) -> tuple[str, ...]:
    """What the reader must know: of single KPIs, and what could not be computed; each once."""
    found = [f"{name(line.kpi, words)}: {words.render(note)}" for line in report.lines for note in line.notes]
    found += [f"{name(kpi, words)}: {words.render(why)}" for kpi, why in report.left_out]
    return tuple(dict.fromkeys(found))


def filters(report: Report, words: Language) -> tuple[str, ...]:
    """What the figures are narrowed to, each part as a phrase; of the whole business it says so."""
    parts = [_filter(dimension, members, words) for dimension, members in report.filters]
    since, until = report.days
    if since is not None:
        parts.append(words.t("days from {day}", day=words.day(since, year=True)))
    if until is not None:
        parts.append(words.t("days until {day}", day=words.day(until, year=True)))
    if report.money != "shown":
        parts.append(words.t("amounts rounded") if report.money == "rounded" else words.t("without amounts"))
    return tuple(parts) or (words.t("Whole business"),)


def _filter(dimension: str, members: tuple[str, ...], words: Language) -> str:
    names = words.list(member_title(dimension, member, words) for member in members)
    return f"{dimension_title(dimension, words)}: {names}"


def made(report: Report, words: Language) -> str:
    """When it was made, and until when its data go."""
    day = words.day(report.made_at, year=True)
    moment = f"{day} {report.made_at:%H:%M}"
    if report.data_until is None:
        return words.t("Made on {moment}", moment=moment)
    until = words.day(report.data_until, year=True)
    return words.t("Made on {moment}; data until {day}", moment=moment, day=until)


def file_name(report: Report, words: Language, suffix: str) -> str:
    """A file's name: the period, then whom it is about; legal on every system."""
    edition = report.edition
    when = f"{edition.first:%Y-%m}" if edition.grain == "month" else f"{edition.first:%Y-%m-%d}"
    about = report.subject.member or report.business
    named = " ".join(_UNSAFE.sub(" ", about).split()).strip(" .")[:_LONGEST].rstrip(" .")
    return " ".join(part for part in (words.t("Report"), when, named) if part) + f".{suffix}"
