"""What a draft repeals, and what it says of its entry into force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.documents.drafting.citations import Citation, numbered
from escalation.documents.drafting.model import Draft, Item

REPEALS = re.compile(r"\bdicabut\b")
_NORM = re.compile(r"\b(?:peraturan|ketentuan|keputusan|instruksi)\b", re.IGNORECASE)
_LICENCE = re.compile(r"\b(?:izin|lisensi)\b", re.IGNORECASE)


def repealing(draft: Draft) -> Iterator[Item]:
    """Give each part of the body that repeals norms, with what stands below it; revoking a licence is no repeal."""
    for article in draft.articles:
        for part in article.parts:
            text = " ".join(one.text for one in part.all())
            if REPEALS.search(text) and _NORM.search(text) and not _LICENCE.search(text):
                yield part


def repealed(draft: Draft) -> Iterator[tuple[Item, Citation]]:
    """Give each norm that a draft repeals, with the part that names it."""
    for part in repealing(draft):
        for one in part.all():
            yield from ((one, cited) for _, cited in numbered(one.text))
