"""From claims to witnesses: which reports stand behind a feature, and how many of them are independent."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urldefrag

from geo.model import Citation, Claim


def independent_origins(claims: Iterable[Claim]) -> frozenset[str]:
    """Collect the origins behind claims: the report each one relays, else the article itself.

    Articles that relay one report are one witness, however many they are.

    Parameters
    ----------
    claims
        Claims of one feature, or of any set that is weighed together.
    """
    return frozenset(claim.origin or claim.citation.id for claim in claims)


def deep_link(url: str, citation: Citation) -> str:
    """Make the address that opens a source's page at the cited passage.

    Parameters
    ----------
    url
        Address of the source's page.
    citation
        Whose first and last words become the text fragment.

    References
    ----------
    WICG, URL Fragment Text Directives (text fragments): ``#:~:text=start,end``; a comma, ampersand or hyphen
    within the words is percent-encoded.
    """
    start, end = (quote(words, safe="").replace("-", "%2D") for words in (citation.start, citation.end))
    return f"{urldefrag(url).url}#:~:text={start},{end}"
