"""A paper as a neutral tree, read from what a template gives, and written as HTML, Markdown, DOCX or PDF."""

FORMS = ("html", "md", "docx", "pdf")
"""The forms in which papers are written: endings of their files."""
