"""The screens: one file a screen, top to bottom; with `app.py` the only place that imports streamlit."""
