"""What a person must decide about a table, as lines to read and as a mapping to edit."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from data.ingest.column_map import Mapping
from data.ingest.mapping import write_mapping
from data.ingest.pipeline import Proposal
from data.schema.loader import fact
from kpi.language import Language

_ANY_FACT = "orders"
LONGEST = 200
"""Bytes of a file's name that its mapping is named by."""


def lines(proposal: Proposal, words: Language) -> Iterator[str]:
    """The candidates with their confidence, then the questions."""
    where = f"{proposal.file} · {proposal.sheet}" if proposal.sheet else proposal.file
    for name, confidence in proposal.candidates:
        yield words.t("{where}: {fact}, {share} sure", where=where, fact=name, share=f"{confidence:.0%}")
    if not proposal.candidates:
        yield words.t("{where}: no column of any known table was recognised", where=where)
    for question in proposal.questions:
        yield f"{where}: {words.render(question)}"


def write(folder: Path, path: Path, proposals: Sequence[Proposal], words: Language) -> Path:
    """A mapping TOML with what was guessed, the questions and the unused columns as comments; its path."""
    text = write_mapping(_started(proposal) for proposal in proposals)
    comments = [f"# {line}" for proposal in proposals for line in _comments(proposal, words)]
    target = _free(folder, path.stem)
    target.write_text("\n".join([*comments, text]), encoding="utf-8")
    return target


def _started(proposal: Proposal) -> Mapping:
    """The guess, or an empty mapping to the likeliest fact."""
    if proposal.mapping is not None:
        return proposal.mapping
    return Mapping(proposal.candidates[0][0] if proposal.candidates else _ANY_FACT, (), sheet=proposal.sheet)


def _comments(proposal: Proposal, words: Language) -> Iterator[str]:
    yield from lines(proposal, words)
    started = _started(proposal)
    used = {column.source for column in started.columns}
    free = [header for header in proposal.header if header not in used]
    if free:
        yield words.t("Columns of the file that are not used yet: {columns}", columns=_listed(free))
    targets = [column.name for column in fact(started.fact).columns if column.name not in started.targets]
    yield words.t("Columns of {fact} that can be filled: {columns}", fact=started.fact, columns=_listed(targets))
    yield ""


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"«{' '.join(text.split())}»" for text in texts)


def _free(folder: Path, stem: str) -> Path:
    """A name in the folder that nobody has yet, and that is not too long for a name."""
    stem = stem.encode()[:LONGEST].decode("utf-8", "ignore")
    names = (f"{stem}.mapping{number}.toml" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(folder / name for name in names if not (folder / name).exists())
