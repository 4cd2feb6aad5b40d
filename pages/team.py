"""Team: do people stay, learn and improve things?"""

from pages._ui import area

area.show("team")
