"""Whether two spellings may be one person's name (pure).

Invariant: only ever a suspicion with its reason; nothing is merged by it. «Иванов» and «Иванова» are two people, and an
initial stands for a name only where some other word of the two is equal.
"""

import re
import unicodedata
from collections import Counter
from typing import Literal

Reason = Literal["spelling", "order", "initials", "part"]
"""spelling: the same words but for case, points, ё, look-alike letters · order: the same words in another order
· initials: a word of one is the initial of a word of the other · part: one has more words."""

STRENGTH: dict[Reason, int] = {"spelling": 3, "order": 2, "initials": 1, "part": 0}
"""How much each reason says."""

_LOOK_ALIKES = str.maketrans("aceopxykmthbAECOPXYKMTHB", "асеорхукмтнвАЕСОРХУКМТНВ")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORTEST = 3
"""Letters of a word that two names must share to be suspected at all."""


def words(name: str) -> tuple[str, ...]:
    """The words of a name, small letters, ё as е; Latin letters that look Cyrillic are so among Cyrillic ones."""
    text = unicodedata.normalize("NFKC", name)
    text = text.translate(_LOOK_ALIKES) if _CYRILLIC.search(text) else text
    return tuple(_WORD.findall(text.casefold().replace("ё", "е")))


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> Reason | None:
    """Why two names (as `words`) may be one; None: nothing says so."""
    if not one or not other:
        return None
    if one == other:
        return "spelling"
    if Counter(one) == Counter(other):
        return "order"
    short, long = sorted((one, other), key=lambda name: (len(name), sum(map(len, name))))
    equal = sum((Counter(short) & Counter(long)).values())
    if not any(len(word) >= _SHORTEST for word in (Counter(short) & Counter(long))):
        return None
    if equal == len(short):
        return "part"
    return "initials" if _initials_fit(Counter(short) - Counter(long), Counter(long) - Counter(short)) else None


def _initials_fit(rest: Counter[str], others: Counter[str]) -> bool:
    """Each word left over on the shorter side is, or has, the initial of another one left over on the longer."""
    free = sorted(others.elements(), key=len)
    for word in sorted(rest.elements(), key=len, reverse=True):
        partner = next((other for other in free if _one_is_initial(word, other)), None)
        if partner is None:
            return False
        free.remove(partner)
    return True


def _one_is_initial(word: str, other: str) -> bool:
    return 1 in (len(word), len(other)) and word[0] == other[0]
