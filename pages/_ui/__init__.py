"""What the screens share: entry script, frame, filters, cards, upload and editing forms."""
