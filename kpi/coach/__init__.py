"""The coach for the set of key KPIs: what is missing, what is too much, what can be gamed, what says nothing."""

from kpi.coach.advice import Action, Advice, Known, advise
from kpi.coach.gather import gather
from kpi.coach.moved import has_moved
from kpi.coach.templates import Template, templates
from kpi.coach.unlocks import Unlock, unlocks

__all__ = ["Action", "Advice", "Known", "Template", "Unlock", "advise", "gather", "has_moved", "templates", "unlocks"]
