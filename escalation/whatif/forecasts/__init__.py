"""Weeks to come, drawn as paths from the regions' past."""
