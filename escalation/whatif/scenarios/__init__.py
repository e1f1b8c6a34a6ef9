"""What a scenario changes: the policy, the data, who adopts what and when, and what an instrument does."""
