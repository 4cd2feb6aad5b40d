"""Another process on the same lake, which does as it is told: `publish PATH`, `undo N` and `look 0`, a line each.

Says «open», each stage of what it does, and «done» with the rows that count then.
"""

import sys
from pathlib import Path

from data.message import Message
from data.store.store import Store
from tests.unit.store.files import clock, mapping


def tell(*words: object) -> None:
    """One line, whole and at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def stage(what: Message, _share: float, _until: float = 0.0, /) -> None:
    """A stage of an import, by its first word."""
    tell("stage", str(what).split()[0])


def rows(store: Store) -> int:
    """How many orders count."""
    return store.relations()["orders"].rows


def main(workspace: Path) -> None:
    """Open the lake, do what is asked, close it."""
    with Store.open(workspace, clock) as store:
        tell("open", rows(store))
        for line in sys.stdin:
            what, name = line.split(maxsplit=1)
            if what == "publish":
                path = Path(name.strip())
                with path.open(encoding="utf-8") as file:
                    header = file.readline().strip()
                store.publish(path, [mapping("orders", header)], progress=stage)
            elif what == "undo":
                store.undo(int(name))
            tell("done", rows(store))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
