"""Bringing in the list that already exists: plain functions from a file's bytes to a preview. No database."""
