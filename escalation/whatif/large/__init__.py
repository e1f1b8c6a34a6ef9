"""Large runs: cut into chunks that may be kept, resumed, shared out among machines, and added up in any order."""
