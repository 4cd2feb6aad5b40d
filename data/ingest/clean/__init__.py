"""From cells to typed values: every reading is settled by the whole column and counts what it could not read."""
