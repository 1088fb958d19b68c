"""HTTP of the public keys that verify access tokens, so that another service can."""

from fastapi import APIRouter, Response

from showsondemand.api_model import ApiModel
from showsondemand.dependencies import WiringDep

router = APIRouter(tags=["auth"])
# While a new key takes over, both are in the set; this is how long others may go on without the new one.
_CACHING = "public, max-age=300"


class PublicKey(ApiModel):
    """A JSON Web Key (RFC 7517) of the curve P-256."""

    kty: str
    crv: str
    x: str
    y: str
    use: str
    alg: str
    kid: str


class KeySet(ApiModel):
    keys: list[PublicKey]


@router.get("/.well-known/jwks.json")
async def read_key_set(wiring: WiringDep, response: Response) -> KeySet:
    """The public keys of access tokens; empty where they are signed with a shared secret (`TOKEN_ALGORITHM=HS256`)."""
    response.headers["Cache-Control"] = _CACHING
    return KeySet(keys=[PublicKey(**key) for key in wiring.access_tokens.public_keys])
