"""Which network addresses are nobody's inside: the ones that a stranger may have us connect to."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Blocks that Python counts as global or leaves open, and that still lead inside or to what a cloud tells its own
# machines: NAT64, 6to4, Teredo and the IPv4-compatible block carry an IPv4 address of the sender's choice.
_REFUSED = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "fec0::/10",
    )
)


def is_public(address: str) -> bool:
    """Whether ``address``, as a resolver writes it, may be connected to."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return False
    return parsed.is_global and not parsed.is_multicast and not _is_refused(parsed)


def _is_refused(address: IPv4Address | IPv6Address) -> bool:
    return any(address in block for block in _REFUSED if block.version == address.version)
