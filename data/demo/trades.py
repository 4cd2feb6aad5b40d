"""The three branches of one owner: what they sell, when they are open, how they work.

Invariant: only constants; every number a story needs is named here or in `stories`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Service:
    """Something a branch sells."""

    name: str
    """As the owner writes it."""
    category: str
    """The group it belongs to."""
    price: int
    """Roubles at the middle of the two years."""
    hours: float
    """Planned duration."""
    weight: float
    """How often it is chosen, relative to the branch's others."""


@dataclass(frozen=True, eq=False)
class Branch:
    """A branch and the way it works."""

    name: str
    """As the owner writes it; the branch dimension."""
    trade: str
    """barber, repair or cleaning."""
    opens: int
    """Hour of the first appointment."""
    closes: int
    """Hour after which nothing is begun."""
    services: tuple[Service, ...]
    """What it sells."""
    addons: tuple[tuple[str, int], ...]
    """What is sold on top, with its price in roubles."""
    fill: float
    """Share of the working day that is booked on an ordinary day."""
    gap_hours: float
    """Usual time between two jobs (travel, tidying)."""
    new_clients: float
    """Share of orders by new clients once the pool is filled."""
    returns_after: int
    """Usual days until a client comes again."""
    material_share: float
    """Materials as a share of revenue."""
    labour_share: float
    """What the person gets, as a share of revenue."""
    rework_share: float
    """Share of jobs that were rework, outside the stories."""
    avito_share: float
    """Share of orders that came from Avito."""
    booked_days: int
    """Orders are mostly made at most so many days before."""


BARBER = Branch(
    "Барбершоп «Усы»", "barber", 10, 20,
    (
        Service("Мужская стрижка", "Стрижки", 1500, 1.0, 46), Service("Стрижка и борода", "Стрижки", 2200, 1.5, 26),
        Service("Моделирование бороды", "Борода", 1000, 0.5, 14), Service("Детская стрижка", "Стрижки", 1200, 0.75, 9),
        Service("Камуфляж седины", "Уход", 1300, 0.75, 5),
    ),
    (("Уход за бородой", 400), ("Воск для укладки", 650), ("Чистка лица", 500), ("Шампунь", 700)),
    0.7, 0.1, 0.17, 27, 0.05, 0.42, 0.012, 0.2, 6,
)  # fmt: skip
REPAIR = Branch(
    "Ремонт техники", "repair", 9, 18,
    (
        Service("Ремонт стиральной машины", "Крупная техника", 3600, 2.0, 34),
        Service("Ремонт холодильника", "Крупная техника", 4300, 2.5, 22),
        Service("Ремонт посудомоечной машины", "Крупная техника", 3800, 2.0, 16),
        Service("Ремонт кофемашины", "Мелкая техника", 3200, 1.5, 12),
        Service("Диагностика", "Выезд", 900, 1.0, 16),
    ),
    (("Чистка фильтров", 700), ("Продление гарантии", 1200), ("Шланг с аквастопом", 950)),
    0.62, 0.9, 0.78, 190, 0.27, 0.36, 0.04, 0.52, 3,
)  # fmt: skip
CLEANING = Branch(
    "Клининг «Чисто»", "cleaning", 9, 18,
    (
        Service("Поддерживающая уборка", "Квартиры", 3400, 2.5, 40),
        Service("Генеральная уборка", "Квартиры", 6900, 4.5, 20),
        Service("Уборка после ремонта", "Квартиры", 8800, 5.5, 10), Service("Мытьё окон", "Окна", 2600, 2.0, 18),
        Service("Химчистка дивана", "Химчистка", 3100, 2.0, 12),
    ),
    (("Мытьё холодильника", 500), ("Глажка", 600), ("Мытьё балкона", 900)),
    0.74, 0.7, 0.36, 20, 0.07, 0.45, 0.02, 0.4, 9,
)  # fmt: skip
BRANCHES = (BARBER, REPAIR, CLEANING)
"""In the order the owner opened them."""

ACCOUNTS = {"Авито Центр": ("Москва",), "Авито Область": ("Химки", "Мытищи")}
"""The owner's Avito accounts and the cities each advertises in."""
ACCOUNT_WEIGHTS = {"Авито Центр": 0.63, "Авито Область": 0.37}
"""Shares of the orders from Avito."""
