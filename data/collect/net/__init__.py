"""Going out to other servers, and to none that an address should not lead to."""
