"""Operations: does the work flow, on time and without idle hands?"""

from pages._ui import area

area.show("operations")
