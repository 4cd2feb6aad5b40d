"""Marketing: do the advertisements bring contacts, and at what price?"""

from pages._ui import area

area.show("marketing")
