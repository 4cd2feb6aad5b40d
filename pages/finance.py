"""Finance: does the work pay?"""

from pages._ui import area

area.show("finance")
