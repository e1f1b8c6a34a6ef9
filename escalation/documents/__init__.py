"""The papers: drafts for a person to consider, with every figure traceable; nothing here looks decided."""
