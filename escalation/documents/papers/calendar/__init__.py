"""The checklist and calendar of the way to adoption: steps, limits and days, as a paper, a calendar and a picture."""
