"""The bonuses of a workspace, for whoever asks.

Invariant: they are computed over everybody, for a team's value and a pool are everybody's, and every answer passes
`privacy.seen_by` on its way out. An approved month is read from its snapshot and never computed again.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from data.access.reader import Reader
from data.errors import UnknownName, UserError
from data.message import say
from data.model import OWNER, Scope
from data.store.entries import Correction, SchemeText, Snapshot
from data.store.store import Store
from kpi.bonus.codec import from_json, to_json
from kpi.bonus.gathering import Gathered, gather
from kpi.bonus.money import KOPECK
from kpi.bonus.privacy import check_open, seen_by
from kpi.bonus.reading import scheme_of
from kpi.bonus.reckoning import reckon
from kpi.bonus.scheme import Scheme
from kpi.bonus.slip import Sheet
from kpi.catalogue import Catalogue
from kpi.compile.windows import month_end, step
from kpi.targets import TargetBook

LATE = timedelta(days=7)
"""Days at the end of a month that may have no rows before somebody is told to load the rest."""


@dataclass(frozen=True)
class Approved:
    """That a month was approved."""

    id: int
    """Number of the approval."""
    at: datetime
    """When."""
    data_version: int
    """Version of the data."""
    version: int
    """Version of the scheme."""
    sha256: str
    """Hash of the content."""
    is_intact: bool
    """The content still has its hash."""
    corrections: tuple[Correction, ...]
    """What was corrected since, of people who may be seen."""

    def corrected(self, name: str) -> Decimal:
        """Roubles added to somebody's bonus since."""
        return sum((c.kopecks * KOPECK for c in self.corrections if c.employee == name), Decimal(0))


@dataclass(frozen=True)
class Answer:
    """A month of a scheme."""

    scheme: Scheme
    """The rules it was computed by."""
    sheet: Sheet
    """The bonuses."""
    approved: Approved | None
    """Of an approved month; None: a preview."""
    left_out: tuple[str, ...] = ()
    """People with results who are in no post, told to the owner only."""

    def payable(self, name: str) -> Decimal:
        """What somebody gets, corrections included."""
        slip = self.sheet.of(name)
        return (slip.total if slip else Decimal(0)) + (self.approved.corrected(name) if self.approved else 0)

    @property
    def total(self) -> Decimal:
        """What all who are seen get together."""
        return sum((self.payable(slip.person.name) for slip in self.sheet.slips), Decimal(0))


class Bonuses:
    """The schemes of a workspace and what they pay."""

    def __init__(self, store: Store, catalogue: Catalogue, book: TargetBook, scope: Scope = OWNER) -> None:
        self._store, self._catalogue, self._book, self._scope = store, catalogue, book, scope

    def check_open(self) -> None:
        """`NotAllowed` where not everybody's bonuses may be seen."""
        check_open(self._scope)

    def texts(self) -> tuple[SchemeText, ...]:
        """The schemes as they are written."""
        return self._store.entries.schemes.all()

    def scheme(self, name: str | None) -> tuple[Scheme, int]:
        """A scheme by its name, or the first, with its version. `UnknownName` if there is none."""
        found = [one for one in self.texts() if name in (None, one.scheme)]
        if not found:
            if name is None:
                raise UnknownName(say("There is no bonus scheme yet."), hint=say("Write one as TOML and enter it."))
            raise UnknownName(say("There is no bonus scheme called «{name}».", name=name))
        return scheme_of(found[0].text, found[0].scheme, self._catalogue), found[0].version

    def titles(self) -> dict[str, str]:
        """Name → title of the schemes that stand, then of those taken away that have approved months."""
        found = {one.scheme: self._title(one) for one in self.texts()}
        for kept in self._store.entries.bonus_snapshots.all():
            found.setdefault(kept.scheme, str(kept.content["rules"]["title"]))
        return found

    def _title(self, text: SchemeText) -> str:
        """Its title; of one that makes no sense any more, for a KPI of it was removed, its name."""
        try:
            return scheme_of(text.text, text.scheme, self._catalogue).title
        except UserError:
            return text.scheme

    def approved_months(self, name: str) -> tuple[date, ...]:
        """Months of a scheme that were approved, the latest first."""
        return tuple(kept.month for kept in self._store.entries.bonus_snapshots.all() if kept.scheme == name)

    def gathered(self, schemes: tuple[Scheme, ...], first: date, last: date) -> Gathered:
        """Everything the schemes need in some months. For this package: what it holds passes no scope."""
        today = self._store.clock().date()
        return gather(Reader(self._store), self._catalogue, self._book, schemes, (first, last), today)

    def month(self, name: str | None, month: date) -> Answer:
        """A month of a scheme: approved, or as it would be now."""
        kept = self._kept(name, month)
        if kept is not None:
            return self._from_snapshot(kept)
        scheme, _ = self.scheme(name)
        known = self.gathered((scheme,), month, month)
        whole = self._scope == OWNER
        sheet = reckon(scheme, known.month(scheme, month))
        return Answer(scheme, seen_by(self._scope, sheet), None, known.without_post(month) if whole else ())

    def approve(self, name: str | None, month: date) -> int:
        """Keep a month for good; the approval's number. `UserError` where it is not over or not loaded."""
        self.check_open()
        scheme, version = self.scheme(name)
        last = month_end(month)
        if last >= self._store.clock().date():
            raise UserError(say("The month is not over yet."), hint=say("Until then this is a preview."))
        known = self.gathered((scheme,), month, month)
        if known.values.latest < last - LATE:
            raise UserError(
                say("The data end on {day}.", day=known.values.latest), hint=say("Load the rest of the month first.")
            )
        sheet = reckon(scheme, known.month(scheme, month))
        if not sheet.slips:
            raise UserError(say("Nobody is in this scheme in that month."))
        text = self._store.entries.schemes.version(version).text
        content = {"scheme": scheme.id, "text": text, "rules": to_json(scheme), "sheet": to_json(sheet)}
        return self._store.entries.bonus_snapshots.approve(
            scheme.id, version, month, known.values.data_version, content
        )

    def correct(self, name: str | None, month: date, employee: str, amount: Decimal, reason: str) -> int:
        """Add to, or take from, somebody's approved bonus; the correction's number."""
        self.check_open()
        kept = self._kept(name, month)
        if kept is None:
            raise UserError(say("This month is not approved: there is nothing to correct."))
        if from_json(Sheet, kept.content["sheet"]).of(employee) is None:
            raise UnknownName(say("«{name}» has no bonus in this month.", name=employee))
        kopecks = amount / KOPECK
        if kopecks != kopecks.to_integral_value():
            raise UserError(say("A correction is in roubles and kopecks."))
        return self._store.entries.bonus_snapshots.correct(kept.id, employee, int(kopecks), reason)

    def over(self, count: int) -> tuple[date, ...]:
        """The latest months with data that are over, ascending."""
        today = self._store.clock().date()
        return tuple(sorted(month for month in self.months(count + 1) if month_end(month) < today))[-count:]

    def months(self, count: int = 24) -> tuple[date, ...]:
        """Months with data, the latest first."""
        relations = [r for r in self._store.relations().values() if r.rows and r.name != "staff"]
        until = max((r.data_until for r in relations if r.data_until), default=self._store.clock().date())
        since = min((r.first_day for r in relations if r.first_day), default=until)
        latest = until.replace(day=1)
        found = (step(latest, "month", -n) for n in range(count))
        return tuple(month for month in found if month >= since.replace(day=1))

    def _kept(self, name: str | None, month: date) -> Snapshot | None:
        wanted = name or next((one.scheme for one in self.texts()), None)
        return self._store.entries.bonus_snapshots.of(wanted, month) if wanted else None

    def _from_snapshot(self, kept: Snapshot) -> Answer:
        scheme = from_json(Scheme, kept.content["rules"])
        sheet = seen_by(self._scope, from_json(Sheet, kept.content["sheet"]))
        names = {slip.person.name for slip in sheet.slips}
        found = self._store.entries.bonus_snapshots.corrections(kept.id)
        approved = Approved(
            kept.id, kept.approved_at, kept.data_version, kept.version, kept.sha256, kept.is_intact,
            tuple(c for c in found if c.employee in names),
        )  # fmt: skip
        return Answer(scheme, sheet, approved)
