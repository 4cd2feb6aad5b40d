"""From a dropped file to loaded rows: choose, see and correct the reading, load, read the report, take it back."""
