"""The policy: a document, read from one YAML file, with a place for every element."""
