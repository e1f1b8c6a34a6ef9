"""Drafts for other programs: Akoma Ntoso, and records for catalogues of law."""

EXPORTS = ("akn", "jdih")
"""What a draft of a legal form is written as besides a paper."""
