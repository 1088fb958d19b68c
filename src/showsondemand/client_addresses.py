"""Where a request really came from, and what counts as one address."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

_LONGEST_ADDRESS_CHARACTERS = 45
_IPV6_PREFIX = 64


def client_address(peer: str, forwarded_for: str, trusted_proxies: Iterable[str]) -> str:
    """The address that a request really came from.

    ``X-Forwarded-For`` counts only behind a trusted proxy (an address or network), read from its right end:
    the first entry that is not itself a trusted proxy. Anything else there was written by a stranger.
    """
    networks = _networks(tuple(trusted_proxies))
    address = peer
    for hop in reversed([part.strip() for part in forwarded_for.split(",")]):
        if not _is_in(address, networks) or not _is_address(hop):
            break
        address = hop
    return address[:_LONGEST_ADDRESS_CHARACTERS]


@lru_cache(maxsize=8)
def _networks(proxies: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(proxy, strict=False) for proxy in proxies]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_in(address: str, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def network_of(address: str) -> str:
    """What counts as one address: an IPv6 customer has a /64, and could take another address for each guess."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, _IPV6_PREFIX), strict=False)) if parsed.version == 6 else address  # noqa: PLR2004
