"""Words that deny what follows them."""

from __future__ import annotations

import re

DENIED = re.compile(
    r"\b(?:tidak|bukan|tanpa|belum)(?: (?:dikenai|dikenakan|dapat|akan|boleh|perlu|memuat|mengatur|mengandung"
    r"|menetapkan|merupakan|menjadi|menimbulkan|disertai|diancam|bersifat|berupa|sebagai|ada|adanya|suatu|sebuah|atau|dan"
    r"|kewajiban|larangan|sanksi|denda|pidana|administratif))* ?$",
    re.IGNORECASE,
)
"""What stands before a word that is denied: `tidak dikenai sanksi atau`, but not `yang tidak divaksinasi`."""
