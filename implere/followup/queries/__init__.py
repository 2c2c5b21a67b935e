"""What the pages of following up read."""
