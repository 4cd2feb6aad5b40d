"""From a file to typed rows: read, headers, mapping, clean, check; every step says what it saw and did."""
