"""One result, many readers: text, JSON, CSV and Markdown."""
