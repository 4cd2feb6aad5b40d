"""Bonuses: schemes, what they pay whom and why, what another scheme would have paid."""

from kpi.bonus.asking import Answer, Approved, Bonuses
from kpi.bonus.reading import scheme_of
from kpi.bonus.reckoning import reckon
from kpi.bonus.scheme import Scheme
from kpi.bonus.slip import Part, Pay, Sheet, Slip

__all__ = ["Answer", "Approved", "Bonuses", "Part", "Pay", "Scheme", "Sheet", "Slip", "reckon", "scheme_of"]
