"""Real faults on real processes: `make faults`."""
