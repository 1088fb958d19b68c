"""The addresses of signing in and of accounts, as one router."""

from fastapi import APIRouter

from showsondemand.auth import account_endpoints, endpoints, session_endpoints

router = APIRouter()
for part in (endpoints, session_endpoints, account_endpoints):
    router.include_router(part.router)
