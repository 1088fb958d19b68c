"""Hosts as browsers see them: what is one origin, and what one site that shares cookies."""

from urllib.parse import urlsplit

_LEAST_LABELS = 2  # a domain of one label, such as org, belongs to everybody


def common_domain(host: str, other: str) -> str | None:
    """The parent domain that cookies for both hosts are set on; ``None`` where they are one host.

    Raises ``ValueError`` where they have none in common: browsers would send no cookie from one to the other.
    """
    if host == other:
        return None
    shared = []
    for one, two in zip(reversed(host.split(".")), reversed(other.split(".")), strict=False):
        if one != two:
            break
        shared.append(one)
    is_address = other.replace(".", "").isdecimal()
    if len(shared) < _LEAST_LABELS or is_address:
        raise ValueError("no domain in common")
    return ".".join(reversed(shared))


def origin_of(url: str) -> str:
    """Scheme, host and port; the port only where it is not the scheme's own."""
    parts = urlsplit(url)
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{parts.hostname}" + (
        f":{parts.port}" if parts.port not in (None, standard) else ""
    )
