"""The meaning: what a policy recommends for a region and a week, explained; nothing here decides."""
