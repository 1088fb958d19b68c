"""Whether a bucket lets pages send the parts of films to it: the rules that browsers hold to, read as S3 reads them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any


def cors_fault(rules: Iterable[Mapping[str, Any]], origin: str) -> str | None:
    """What keeps pages of ``origin`` from sending parts and learning their tags; ``None`` when nothing does.

    S3 answers by the first rule that fits: one that comes earlier and says too little counts.
    """
    for rule in rules:
        methods, origins = rule.get("AllowedMethods", ()), rule.get("AllowedOrigins", ())
        if "PUT" not in methods or not any(_fits(pattern, origin) for pattern in origins):
            continue
        headers = rule.get("AllowedHeaders", ())
        if not any(_fits(pattern.lower(), "content-type") for pattern in headers):
            return "its rule for PUT does not allow the header Content-Type"
        if not any(header.lower() == "etag" for header in rule.get("ExposeHeaders", ())):
            return "its rule for PUT does not expose the header ETag"
        return None
    return f"no rule lets pages of {origin} PUT"


def _fits(pattern: str, value: str) -> bool:
    """``*`` stands for anything, once in a pattern."""
    before, star, after = pattern.partition("*")
    if not star:
        return pattern == value
    return re.fullmatch(re.escape(before) + ".*" + re.escape(after), value) is not None
