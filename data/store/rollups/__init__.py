"""Rollups: tables of what is counted ahead, made anew month by month where rows changed."""

from data.store.rollups.at_hand import Rollups
from data.store.rollups.reading import holds
from data.store.rollups.rolling import forget

__all__ = ["Rollups", "forget", "holds"]
