"""The report of a what-if: one page that needs nothing else, the numbers as tables, and a manifest of all of it."""
