"""What a person does to a workspace, what it must hold afterwards, and how a process that can be killed does it.

Invariant: `after` is told from the deed alone; nothing of the program is asked.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from data.store.store import Store
from data.store.taking.export import export
from data.store.watched import Progress
from tests.sturdy.images import MAPPING

PERSON, SPELLINGS = "Ann Lee", ("A. Lee", "Anne Lee")
Deed = tuple[str, str]
"""What is done, and to what: a file, the file of an import, a spelling, a zip."""


@dataclass(frozen=True)
class Holds:
    """What a workspace holds."""

    batches: frozenset[int] = frozenset()
    """Files that are loaded."""
    merged: frozenset[str] = frozenset()
    """Spellings that are read as the person."""

    def after(self, deed: Deed) -> "Holds":
        """What it holds once the deed is done."""
        what, name = deed
        match what:
            case "import":
                return replace(self, batches=self.batches | {number_of(name)})
            case "undo":
                return replace(self, batches=self.batches - {number_of(name)})
            case "merge":
                return replace(self, merged=self.merged | {name})
            case "part":
                return replace(self, merged=self.merged - {name})
            case "erase":
                return Holds()
        return self


STAGES: Mapping[str, tuple[str, ...]] = {
    "import": ("import", "Copying", "Reading", "Cleaning", "Publishing", "Counting", "Saving"),
    "undo": ("undo",),
    "merge": ("merge",),
    "part": ("part",),
    "rebuild": ("rebuild", "Import"),
    "export": ("export", "Copying"),
    "erase": ("erase",),
}
"""Deed → what its process tells on the way; each is a moment to kill it after."""


def states(before: Holds, deeds: Iterable[Deed]) -> list[Holds]:
    """What is held before, and after each deed."""
    return list(accumulate(deeds, Holds.after, initial=before))


def chosen(chance: random.Random, before: Holds, files: Sequence[Path], zips: Path) -> list[Deed]:
    """One to four deeds that can be done one after the other."""
    deeds: list[Deed] = []
    for _ in range(chance.randrange(1, 5)):
        held = states(before, deeds)[-1]
        deeds.append(chance.choice(possible(held, files, zips / f"{chance.randrange(1 << 40)}.zip")))
    return deeds


def possible(held: Holds, files: Sequence[Path], target: Path) -> list[Deed]:
    """What may be done now; imports stand several times, because most of what is done is importing."""
    missing = [file for file in files if number_of(file.name) not in held.batches]
    there = [file for file in files if number_of(file.name) in held.batches]
    loads: list[Deed] = [("import", str(file)) for file in missing[:1]] * 6
    undone: list[Deed] = [("undo", file.name) for file in there[:1]] * 2
    people: list[Deed] = [("part" if name in held.merged else "merge", name) for name in SPELLINGS]
    rest: list[Deed] = [
        ("rebuild", ""),
        ("rebuild", ""),
        ("export", str(target)),
        ("export", str(target)),
        ("erase", ""),
    ]
    return [*loads, *undone, *people, *(rest if there else [])]


def number_of(name: str) -> int:
    """The number of a file."""
    return int(Path(name).stem.removeprefix("batch"))


def do(store: Store, deed: Deed, told: Progress) -> None:
    """One deed, by the program."""
    what, name = deed
    deeds: Mapping[str, Callable[[], object]] = {
        "import": lambda: store.publish(Path(name), [MAPPING], progress=told),
        "undo": lambda: store.undo(
            next(one.import_id for one in store.imports() if one.file == name and not one.undone)
        ),
        "merge": lambda: store.merge_people(PERSON, [name]),
        "part": lambda: store.undo_merge(_standing(store, name)),
        "rebuild": lambda: store.rebuild(told),
        "export": lambda: export(store, Path(name), progress=told),
        "erase": store.erase,
    }
    deeds[what]()


def _standing(store: Store, spelling: str) -> int:
    merges = store.entries.merges.all()
    return next(one.id for one in merges if one.undone_at is None and one.spellings == (spelling,))
