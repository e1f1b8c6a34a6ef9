"""One answer, many readers: text, JSON, CSV and Markdown."""
