"""What a view is compared with: the choice and the values."""
