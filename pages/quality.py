"""Quality: is the work done right, and do clients say so?"""

from pages._ui import area

area.show("quality")
