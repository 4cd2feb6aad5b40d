"""What the two Avito accounts give: the statistics workbook of a month, one an account, and the list of paid calls.

Invariant: the workbook's headers are those of the cabinet, no-break spaces included, and it names no period: that
stands only in the file name. The list of calls counts `price` in kopecks and `price_rub` in roubles.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from data.demo.ads import ADS, days_of
from data.demo.sheets.model import Cell, File, Sheet, TextFile, Workbook, as_found

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
"""The month of the statistics."""
HEADER = (
    "Номер объявления", "Регион размещения", "Город", "Адрес", "Категория", "Подкатегория", "Параметр",
    "Название объявления", "Цена", "Дата первой публикации", "Дата снятия с публикации", "Дней на Авито", "Показы",
    "Конверсия из показов в просмотры", "Просмотры", "Средняя цена просмотра", "Конверсия из просмотров в контакты",
    "Контакты", "Написали в чат", "Посмотрели телефон", "Посмотрели телефон и написали в чат",
    "Откликнулись на скидку в чате", "Средняя цена контакта", "Добавили в избранное", "Расходы на объявления",
    "Списано бонусов на объявления", "Расходы на размещение и целевые действия", "Расходы на продвижение",
    "Остальные расходы", "Заказано товаров",
)  # fmt: skip
"""The cabinet's headers, here with plain spaces."""
_CALLS = (
    "account_id", "id", "buyer_phone", "seller_phone", "virtual_phone", "create_time", "start_time", "date", "duration",
    "waiting_duration", "price", "price_rub", "status_id", "status", "item_id", "group_title", "is_arbitrage_available",
    "record_url",
)  # fmt: skip
_STATUS = {
    "target": ("0", "целевой"),
    "moderation": ("1", "на модерации"),
    "not_target": ("3", "нецелевой после модерации"),
}
_NUMBERS = [
    "impressions",
    "views",
    "contacts",
    "chats",
    "phone_views",
    "favorites",
    "orders",
    "spend",
    "promotion_spend",
]
_BY_ID = {ad.ad_id: ad for ad in ADS}


def avito_files(ads: pd.DataFrame, calls: pd.DataFrame) -> tuple[File, ...]:
    """A workbook an account, and the calls of the same month."""
    statistics = [
        Workbook(f"{account} Статистика_с_{FIRST}_по_{LAST}.xlsx", (_statistics(frame),))
        for account, frame in days_of(ads, FIRST, LAST)
    ]
    days = calls["at"].dt.date
    listed = calls[(days >= FIRST) & (days <= LAST)]
    table = Sheet("calls", _CALLS, tuple(_call(row) for row in listed.to_dict("records")))
    return (
        *statistics,
        TextFile(f"avito_calls_{FIRST}_{LAST}.csv", table, times="%Y-%m-%dT%H:%M:%S+03:00", quote_all=True),
    )


def _statistics(frame: pd.DataFrame) -> Sheet:
    totals = frame.groupby("ad_id", sort=False)[[*_NUMBERS, "bonus_spend"]].sum()
    header = tuple(text.replace(" ", "\u00a0") for text in HEADER)
    return Sheet("Sheet1", header, tuple(_advertisement(str(ad_id), row) for ad_id, row in totals.iterrows()))


def _advertisement(ad_id: str, total: "pd.Series[float]") -> tuple[Cell, ...]:
    ad = _BY_ID[ad_id]
    count = {name: int(value) for name, value in total.items()}
    placement = count["spend"] - count["promotion_spend"]
    return (
        ad_id, "Москва и Московская область", ad.city, f"{ad.city}, центр", "Предложение услуг", ad.category, None,
        ad.title, ad.price.replace(" ", "\u00a0"), "2024-09-02", None, 759, count["impressions"],
        _ratio(count["views"], count["impressions"]), count["views"], _ratio(count["spend"], count["views"], 2),
        _ratio(count["contacts"], count["views"]), count["contacts"], count["chats"], count["phone_views"], 0, 0,
        _ratio(count["spend"], count["contacts"], 2), count["favorites"], count["spend"], count["bonus_spend"],
        placement, count["promotion_spend"], 0, count["orders"],
    )  # fmt: skip


def _ratio(part: int, whole: int, digits: int = 4) -> float:
    return round(part / whole, digits) if whole else 0.0


def _call(row: dict[object, object] | dict[str, object]) -> tuple[Cell, ...]:
    cell = {str(name): as_found(value) for name, value in row.items()}
    number, status = _STATUS[str(cell["target"])]
    price = int(str(cell["price"]))
    return tuple(
        _listed(
            account_id=cell["account"], id=cell["call_id"], create_time=cell["at"], start_time=cell["at"],
            date=str(cell["at"])[:10], duration=cell["talk_seconds"], waiting_duration=cell["wait_seconds"],
            price=price * 100, price_rub=price, status_id=number, status=status, group_title=cell["service"],
            is_arbitrage_available="false",
        )
    )  # fmt: skip


def _listed(**known: Cell) -> Iterator[Cell]:
    names: Sequence[str] = _CALLS
    return (known.get(name) for name in names)
