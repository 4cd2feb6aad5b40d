"""Alerts: what somebody has to know while they are away, and when they are told.

Invariant: everything that is found is found through the Reader of whom it is for, so nobody is told of rows they may
not see; one thing is one alert from when it is found until it is over.
"""

from kpi.alerts.finding import found
from kpi.alerts.inquiry import Inquiry, inquiry
from kpi.alerts.model import Alert, Key, Place, Said
from kpi.alerts.rights import rights

__all__ = ["Alert", "Inquiry", "Key", "Place", "Said", "found", "inquiry", "rights"]
