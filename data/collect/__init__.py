"""Collection: data that come by themselves, from folders, addresses, mailboxes and services."""
