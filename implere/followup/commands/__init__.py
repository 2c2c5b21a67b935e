"""Every change to what follows a decision."""
