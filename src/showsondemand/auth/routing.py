"""The addresses of signing in and of accounts, as one router."""

from fastapi import APIRouter

from showsondemand.auth import (
    account_endpoints,
    api_key_endpoints,
    endpoints,
    key_set_endpoints,
    recovery_endpoints,
    session_endpoints,
    user_session_endpoints,
)

router = APIRouter()
for part in (
    endpoints,
    session_endpoints,
    recovery_endpoints,
    api_key_endpoints,
    key_set_endpoints,
    account_endpoints,
    user_session_endpoints,
):
    router.include_router(part.router)
