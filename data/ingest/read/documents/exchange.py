"""Bank statements in the text format «1CClientBankExchange»: money that went out, money that came in, own transfers.

Invariant: every document of the file is in one of the tables or counted in a note with its line; the direction is told
by the statement's own account, never by the sign of an amount; its own totals are held against its documents.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from data.ingest.read.documents.found import Found, Header, Note, NotOfThisKind

FIRST_LINE = "1CClientBankExchange"
KIND, DAY, PARTNER, FROM, TO = "Документ", "Дата операции", "Контрагент", "Списано со счёта", "Поступило на счёт"
"""Columns made from others: the kind of document, the day the money moved, the other side, the own account."""
PAID, RECEIVED, UNKNOWN = "Списания", "Поступления", "Документы без направления"
"""Names of the tables."""
_CODECS = {"utf-8": "UTF-8", "cp1251": "Windows-1251", "cp866": "CP866", "koi8-r": "KOI8-R"}
_DECLARED = {"windows": "cp1251", "dos": "cp866", "utf-8": "utf-8", "utf8": "utf-8"}
_KEYS = ("ВерсияФормата", "СекцияДокумент", "КонецДокумента")

Document = dict[str, str]


@dataclass
class Statement:
    """A file taken apart."""

    documents: list[tuple[int, Document]] = field(default_factory=list)
    """Line of each document, and its fields."""
    own: dict[str, None] = field(default_factory=dict)
    """The accounts it is a statement of."""
    paid: Decimal | None = None
    """«ВсегоСписано» of its sections."""
    received: Decimal | None = None
    """«ВсегоПоступило» of its sections."""
    notes: list[Note] = field(default_factory=list)
    """What was seen."""


def exchange_tables(path: Path) -> list[Found]:
    """Money out, then money in (offered), then documents whose direction nothing tells (offered)."""
    text, notes = _decoded(path.read_bytes())
    statement = taken_apart(text)
    sorted_ = _sorted(statement)
    notes += [*statement.notes, *_apart(sorted_), *_totals(statement, sorted_)]
    tables = [
        _table(PAID, sorted_["out"], FROM, offered=False),
        _table(RECEIVED, sorted_["in"], TO, offered=True),
        _table(UNKNOWN, sorted_["unknown"], "", offered=True),
    ]
    found = [table for table in tables if table.rows]
    if not found:
        raise NotOfThisKind("no payment in it")
    first = found[0]
    return [Found(first.name, first.header, first.rows, tuple(notes), first.offered), *found[1:]]


def _decoded(data: bytes) -> tuple[str, list[Note]]:
    """The text by its own key words: the encoding a file declares is often not the one it is written in."""
    wide = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None
    for codec in [wide] if wide else list(_CODECS):
        text = data.decode(str(codec), "replace").removeprefix("\ufeff")
        if any(key in text for key in _KEYS):
            break
    else:
        raise NotOfThisKind("none of its key words")
    declared = next((line.partition("=")[2] for line in text.splitlines() if line.startswith("Кодировка=")), "")
    notes = []
    if not wide and _DECLARED.get(declared.strip().casefold(), codec) != codec:
        notes.append(Note("encoding_differs", 1, (), declared.strip(), _CODECS[str(codec)]))
    if damaged := text.count("\ufffd"):
        notes.append(Note("damaged_characters", damaged))
    return text, notes


def taken_apart(text: str) -> Statement:
    """Documents, own accounts and totals of a statement; a line that is no field goes on with the one before it."""
    statement = Statement()
    document: Document | None = None
    last, ended, torn = "", False, 0
    for number, line in enumerate(text.splitlines(), start=1):
        key, assigned, value = (part.strip() for part in line.partition("="))
        if key == "СекцияДокумент":
            torn += document is not None
            document, last = {KIND: value}, KIND
            statement.documents.append((number, document))
        elif key.startswith("Конец") and not assigned:
            ended = ended or key in ("КонецФайла", "КонецВыписки")
            document = None if key == "КонецДокумента" else document
        elif document is None:
            _head(statement, key, value)
        elif key:
            last = key if assigned else last
            document[last] = " ".join(filter(None, (document.get(last), value if assigned else key)))
    statement.notes += _structure(ended and document is None, torn)
    return statement


def _head(statement: Statement, key: str, value: str) -> None:
    if key == "РасчСчет" and value:
        statement.own[value] = None
    elif key == "ВсегоСписано" and (amount := amount_of(value)) is not None:
        statement.paid = (statement.paid or Decimal()) + amount
    elif key == "ВсегоПоступило" and (amount := amount_of(value)) is not None:
        statement.received = (statement.received or Decimal()) + amount


def _structure(ended: bool, torn: int) -> Iterator[Note]:
    if not ended:
        yield Note("broken_off", 1)
    if torn:
        yield Note("torn_documents", torn)


def _sides(document: Document) -> tuple[str, str]:
    """Account of who pays and of who is paid."""
    payer = document.get("ПлательщикСчет") or document.get("ПлательщикРасчСчет") or ""
    return payer, document.get("ПолучательСчет") or document.get("ПолучательРасчСчет") or ""


def _own_accounts(statement: Statement) -> set[str]:
    """Those the statement names; without one, the single account that is a side of every document."""
    if statement.own:
        return set(statement.own)
    sides = [set(_sides(document)) - {""} for _, document in statement.documents]
    common = set.intersection(*sides) if len(sides) > 1 else set()
    return common if len(common) == 1 else set()


def _sorted(statement: Statement) -> dict[str, list[tuple[int, Document]]]:
    own = _own_accounts(statement)
    found: dict[str, list[tuple[int, Document]]] = {"out": [], "in": [], "own": [], "unknown": []}
    for line, document in statement.documents:
        payer, payee = _sides(document)
        day_out, day_in = document.get("ДатаСписано"), document.get("ДатаПоступило")
        if payer in own and payee in own:
            way = "own"
        elif payer in own or payee in own:
            way = "out" if payer in own else "in"
        else:
            way = "unknown" if bool(day_out) == bool(day_in) else "out" if day_out else "in"
        found[way].append((line, document))
    return found


def _table(name: str, documents: Sequence[tuple[int, Document]], own: str, *, offered: bool) -> Found:
    header, rows = Header(), []
    for line, document in documents:
        row = dict(document) | _made(document, own)
        header.see(row)
        rows.append((line, row))
    return Found(name, header.texts, rows, (), offered)


def _made(document: Document, own: str) -> Document:
    """The columns that differ by direction under one name each."""
    payer, payee = _sides(document)
    side = "Плательщик" if own == TO else "Получатель"
    moved = document.get("ДатаПоступило" if own == TO else "ДатаСписано") or document.get("Дата") or ""
    partner = document.get(f"{side}1") or document.get(side) or ""
    made = {DAY: moved, PARTNER: partner}
    return made | ({own: payee if own == TO else payer} if own else {})


def amount_of(text: str | None) -> Decimal | None:
    """«1234.56» or «1 234,56»; None where it is no amount."""
    try:
        return Decimal("".join((text or "").split()).replace(",", "."))
    except InvalidOperation:
        return None


def _total(documents: Sequence[tuple[int, Document]]) -> Decimal:
    return sum((amount_of(document.get("Сумма")) or Decimal() for _, document in documents), Decimal())


def _apart(sorted_: dict[str, list[tuple[int, Document]]]) -> Iterator[Note]:
    """What is not among the money paid."""
    for way, rule in (("own", "own_transfers"), ("in", "received_apart"), ("unknown", "unknown_apart")):
        documents = sorted_[way]
        if documents and (way == "own" or sorted_["out"]):
            lines = tuple(str(line) for line, _ in documents[:5])
            yield Note(rule, len(documents), lines, f"{_total(documents):.2f}", RECEIVED if way == "in" else UNKNOWN)


def _totals(statement: Statement, sorted_: dict[str, list[tuple[int, Document]]]) -> Iterator[Note]:
    """The totals of the statement are those of its documents, or it is said."""
    for said, way, rule in (
        (statement.paid, "out", "paid_differs"), (statement.received, "in", "received_differs"),
    ):  # fmt: skip
        added = _total(sorted_[way]) + _total(sorted_["own"])
        if said is not None and said != added and not sorted_["unknown"]:
            yield Note(rule, 1, (), f"{said:.2f}", f"{added:.2f}")
