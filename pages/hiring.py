"""Hiring: are places filled fast, with people who stay?"""

from pages._ui import area

area.show("hiring")
