"""Data health: can what is loaded be relied on."""
