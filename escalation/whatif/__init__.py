"""What if: other thresholds, other data, other delays, the months to come, for many regions and scenarios at once."""
