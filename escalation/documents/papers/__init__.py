"""The papers that put a recommendation to the authority that decides: drafts, and never decisions."""
