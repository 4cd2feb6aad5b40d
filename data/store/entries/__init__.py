"""What people entered: targets, goals, key KPIs, mappings, merges, marks, settings of the process and others.

Invariant: lies in SQLite, apart from DuckDB: it cannot be derived again, and no analytic query reaches it.
"""

from pathlib import Path

import pandas as pd

from data.store.clock import Clock
from data.store.entries.alerts import Alerts
from data.store.entries.api_tokens import ApiToken, ApiTokens, Card, NewToken
from data.store.entries.audits import Audits, SavedAudit
from data.store.entries.bonus_snapshots import BonusSnapshots, Correction, Snapshot
from data.store.entries.collect import Arrivals, Connections, PushTokens, Runs, Standings
from data.store.entries.comments import Comment, Comments
from data.store.entries.custom_kpis import CustomKpi, CustomKpis
from data.store.entries.database import of_business
from data.store.entries.delivery import (
    Addressee,
    Addressees,
    Audience,
    ChannelEntry,
    Channels,
    Clockwork,
    Codes,
    Deliveries,
    Delivery,
    NewDelivery,
    NewSchedule,
    Rhythm,
    Schedule,
    Schedules,
    Wanted,
)
from data.store.entries.experiment_design import Design, Guard
from data.store.entries.experiments import Experiment, Experiments
from data.store.entries.goals import Goal, Goals, KeyKpi
from data.store.entries.links import Link, Links, NewLink
from data.store.entries.mappings import Mappings
from data.store.entries.marks import Mark, Marks
from data.store.entries.merges import Merge, Merges
from data.store.entries.process import ProcessEntries, ProcessSettings, ProcessVersion, WorkingHours
from data.store.entries.saved_views import SavedView, SavedViews
from data.store.entries.schemes import Schemes, SchemeText
from data.store.entries.secrets import KEY_FILE, KnownSecret, Secrets
from data.store.entries.settings import Settings
from data.store.entries.surveys import Surveys
from data.store.entries.target_log import NewTarget, Number, Step, TargetRow
from data.store.entries.targets import Targets
from data.store.entries.views import Views
from data.store.gate import Gate
from data.store.identifiers import quoted

__all__ = [
    "Addressee",
    "ApiToken",
    "Audience",
    "Card",
    "ChannelEntry",
    "Comment",
    "Correction",
    "CustomKpi",
    "Delivery",
    "Design",
    "Entries",
    "Experiment",
    "Goal",
    "Guard",
    "KeyKpi",
    "KnownSecret",
    "Link",
    "Mark",
    "Merge",
    "NewDelivery",
    "NewLink",
    "NewSchedule",
    "NewTarget",
    "NewToken",
    "Number",
    "ProcessSettings",
    "ProcessVersion",
    "Rhythm",
    "SavedAudit",
    "SavedView",
    "Schedule",
    "SchemeText",
    "Snapshot",
    "Step",
    "TargetRow",
    "Wanted",
    "WorkingHours",
]


class Entries:
    """Everything entered in one workspace."""

    def __init__(self, path: Path, clock: Clock, gate: Gate | None = None) -> None:
        self._database = of_business(path, gate)
        self._targets = Targets(self._database, clock)
        self._goals = Goals(self._database, clock)
        self.merges = Merges(self._database, clock)
        """People under several spellings."""
        self.marks = Marks(self._database, clock)
        """What happened on a day."""
        self.mappings = Mappings(self._database, clock)
        """How tables with known headers are read."""
        self.custom_kpis = CustomKpis(self._database, clock)
        """KPIs people defined."""
        self.settings = Settings(self._database)
        """Choices of the workspace."""
        self.secrets = Secrets(self._database, clock, path.with_name(KEY_FILE))
        """Passwords, keys and tokens of services."""
        self.views = Views(self._database, clock)
        """Which KPIs were looked at when."""
        self.saved_views = SavedViews(self._database, clock)
        """Views of the screens under a name."""
        self.audits = Audits(self._database, clock)
        """Audits that were kept."""
        self.comments = Comments(self._database, clock)
        """What people say about KPIs."""
        self.surveys = Surveys(self._database, clock, path.with_name("surveys.key"))
        """Surveys of one's own and what was answered."""
        self.schemes = Schemes(self._database, clock)
        """Bonus schemes."""
        self.bonus_snapshots = BonusSnapshots(self._database, clock)
        """Approved bonuses."""
        self.process = ProcessEntries(self._database, clock)
        """What is superfluous, what an hour costs, when work is done."""
        self.experiments = Experiments(self._database, clock)
        """The journal of experiments."""
        self.alerts = Alerts(self._database, clock)
        """What people are told of while they are away."""
        self._open_sharing(clock)
        self._open_collection(clock)
        self._open_delivery(clock)
        self._open_targets()

    def _open_collection(self, clock: Clock) -> None:
        """What comes in by itself."""
        self.connections = Connections(self._database, clock)
        """Sources that are asked by themselves."""
        self.standings = Standings(self._database)
        """Where each of them stands."""
        self.runs = Runs(self._database)
        """How their runs went."""
        self.arrivals = Arrivals(self._database, clock)
        """Files that came by themselves."""
        self.push_tokens = PushTokens(self._database, clock)
        """Who may send rows."""

    def _open_sharing(self, clock: Clock) -> None:
        """By what others see a part."""
        self.links = Links(self._database, clock)
        """Links that were given out."""
        self.api_tokens = ApiTokens(self._database, clock)
        """Tokens by which programs read figures."""

    def _open_delivery(self, clock: Clock) -> None:
        """What goes out by itself."""
        self.channels = Channels(self._database, clock)
        """By which something may go out."""
        self.addressees = Addressees(self._database, clock)
        """Who gets something without an account here."""
        self.deliveries = Deliveries(self._database, clock)
        """What went out, or is to."""
        self.codes = Codes(self._database)
        """By which somebody tells a bot who they are."""
        self.schedules = Schedules(self._database)
        """Which reports go out when."""
        self.clockwork = Clockwork(self._database, clock)
        """What of the clockwork fails."""

    def _open_targets(self) -> None:
        """What is done with targets, goals and key KPIs is asked of the entries themselves."""
        self.set_target = self._targets.set_target
        self.remove_target = self._targets.remove_target
        self.targets = self._targets.targets
        self.change_targets = self._targets.change_targets
        self.undo_targets = self._targets.undo_targets
        self.forget_targets = self._targets.forget_targets
        self.keep_numbers = self._targets.keep_numbers
        self.target_changes = self._targets.target_changes
        self.target_steps = self._targets.target_steps
        self.goals = self._goals.goals
        self.add_goal = self._goals.add_goal
        self.change_goal = self._goals.change_goal
        self.delete_goal = self._goals.delete_goal
        self.key_kpis = self._goals.key_kpis
        self.choose_key_kpis = self._goals.choose_key_kpis

    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return self._database.tables()

    def table(self, name: str) -> pd.DataFrame:
        """A table as it is kept, by its first column: in what order its rows were entered is not told."""
        rows = self._database.rows(f"select * from {quoted(name)} order by 1")
        return pd.DataFrame(rows, columns=self._database.columns(name))

    def snapshot(self, copy: Path) -> None:
        """All of it as of one moment, as a new SQLite file."""
        self._database.snapshot(copy)

    def erase(self) -> None:
        """As if nothing had ever been entered."""
        self._database.erase()
        self.views.forget()
        self.surveys.forget()

    @property
    def version(self) -> int:
        """How often something was entered; part of cache keys."""
        return self._database.version

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
