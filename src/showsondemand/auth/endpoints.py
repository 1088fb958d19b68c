"""HTTP of signing in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status
from fastapi.security import OAuth2PasswordRequestForm
from pydantic import TypeAdapter, ValidationError

from showsondemand.auth import service, setup
from showsondemand.auth.cookies import (
    cookie_name,
    drop_refresh_cookie,
    refuse_foreign_origin,
    set_refresh_cookie,
)
from showsondemand.auth.errors import (
    ForeignOrigin,
    RefreshRefused,
    SetupRefused,
    TooManySignIns,
    TooManyTries,
    WeakPassword,
    WrongCredentials,
)
from showsondemand.auth.lifetimes import lives_of
from showsondemand.auth.refresh_tokens import current_refresh_token
from showsondemand.auth.schemas import (
    Credentials,
    FirstAdmin,
    NewAccount,
    OAuth2Token,
    SetupState,
    SignedInAnswer,
)
from showsondemand.auth.sessions import Device
from showsondemand.dependencies import (
    WRITES_TO_PEOPLE,
    AddressDep,
    CallerDep,
    NobodySignedIn,
    ReadSessionDep,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problem_response, problems
from showsondemand.tokens import Claims
from showsondemand.users.errors import EmailTaken
from showsondemand.users.service import detail_of, has_admin
from showsondemand.wiring import Wiring

router = APIRouter(prefix="/auth", tags=["auth"])
_credentials = TypeAdapter(Credentials)


async def _device(request: Request, address: AddressDep) -> Device:
    return Device(name=request.headers.get("user-agent", ""), address=address)


DeviceDep = Annotated[Device, Depends(_device)]


@router.post(
    "/register",
    status_code=status.HTTP_201_CREATED,
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(EmailTaken, WeakPassword, TooManyTries, TooManySignIns),
)
async def register(
    account: NewAccount, device: DeviceDep, wiring: WiringDep, response: Response
) -> SignedInAnswer:
    """Make a viewer's account and sign it in: the answer's token, and a refresh cookie."""
    signed_in = await service.register(wiring, account, device)
    return _answer(response, wiring, signed_in)


@router.get("/setup")
async def read_setup(session: ReadSessionDep, response: Response) -> SetupState:
    """Whether the first administrator is still to be made."""
    response.headers["Cache-Control"] = "no-store"
    return SetupState(needed=not await has_admin(session))


@router.post(
    "/setup",
    status_code=status.HTTP_201_CREATED,
    responses=problems(SetupRefused, EmailTaken, WeakPassword, TooManyTries, TooManySignIns),
)
async def set_up(
    first: FirstAdmin, device: DeviceDep, wiring: WiringDep, response: Response
) -> SignedInAnswer:
    """Make the first administrator, by the code of the link that the first start shows in the log."""
    account = NewAccount(email=first.email, password=first.password, name=first.name)
    return _answer(response, wiring, await setup.set_up(wiring, first.code, account, device))


@router.post(
    "/login",
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(WrongCredentials, TooManyTries, TooManySignIns),
)
async def log_in(
    given: Credentials, device: DeviceDep, wiring: WiringDep, response: Response
) -> SignedInAnswer:
    """Sign in: an access token in the answer, and a refresh cookie."""
    signed_in = await service.sign_in(wiring, given, device)
    return _answer(response, wiring, signed_in)


@router.post(
    "/token",
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(WrongCredentials, TooManyTries, TooManySignIns),
)
async def log_in_by_form(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    device: DeviceDep,
    wiring: WiringDep,
    response: Response,
) -> OAuth2Token:
    """The OAuth2 password form (RFC 6749, 4.3): what the Authorize button and generated clients use."""
    try:
        given = _credentials.validate_python({"email": form.username, "password": form.password})
    except ValidationError as error:
        raise WrongCredentials from error
    signed_in = await service.sign_in(wiring, given, device)
    response.headers["Cache-Control"] = "no-store"
    return OAuth2Token(access_token=_access_token(wiring, signed_in), expires_in=_access_seconds(signed_in))


@router.post(
    "/refresh",
    responses={
        **problems(RefreshRefused, ForeignOrigin),
        204: {"description": "No cookie: nobody was signed in"},
    },
    response_model=SignedInAnswer,
)
async def refresh(
    request: Request, session: SessionDep, wiring: WiringDep, response: Response, _address: AddressDep
) -> SignedInAnswer | Response:
    """Renew the access token by the refresh cookie, which is renewed too."""
    refuse_foreign_origin(request)
    cookie = request.cookies.get(cookie_name(wiring.settings))
    if cookie is None:
        return Response(status_code=status.HTTP_204_NO_CONTENT)
    signed_in = await service.renew(session, wiring.keys, cookie)
    if signed_in is None:
        refused = problem_response(RefreshRefused(), request.scope["path"])
        drop_refresh_cookie(refused, wiring.settings)
        return refused
    return _answer(response, wiring, signed_in)


@router.get("/logout", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NobodySignedIn))
async def log_out(session: SessionDep, caller: CallerDep, wiring: WiringDep) -> Response:
    """End this session at once, here and on every replica."""
    await service.sign_out(session, caller)
    response = Response(
        status_code=status.HTTP_204_NO_CONTENT, headers={"Clear-Site-Data": '"cache", "storage"'}
    )
    drop_refresh_cookie(response, wiring.settings)
    return response


def _answer(response: Response, wiring: Wiring, signed_in: service.SignedIn) -> SignedInAnswer:
    token = current_refresh_token(wiring.keys, signed_in.session)
    set_refresh_cookie(response, wiring.settings, token, lives_of(signed_in.role).idle)
    response.headers["Cache-Control"] = "no-store"
    return SignedInAnswer(
        user=detail_of(signed_in.user, signed_in.role),
        access_token=_access_token(wiring, signed_in),
        expires_in=_access_seconds(signed_in),
    )


def _access_token(wiring: Wiring, signed_in: service.SignedIn) -> str:
    claims = Claims(user_id=signed_in.user.id, session_id=signed_in.session.id)
    return wiring.access_tokens.issue(claims, life=lives_of(signed_in.role).access)


def _access_seconds(signed_in: service.SignedIn) -> int:
    return int(lives_of(signed_in.role).access.total_seconds())
