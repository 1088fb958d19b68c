"""HTTP of what only somebody who reads an account's mail can do."""

from typing import Annotated

from fastapi import APIRouter, status
from pydantic import Field, StringConstraints

from showsondemand.api_model import ApiModel, Line
from showsondemand.auth import recovery
from showsondemand.auth.errors import LinkRefused, TooManySignIns, TooManyTries, WeakPassword
from showsondemand.auth.schemas import GivenPassword
from showsondemand.dependencies import (
    WRITES_TO_PEOPLE,
    AddressDep,
    CallerDep,
    NobodySignedIn,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.users.schemas import Email

router = APIRouter(prefix="/auth", tags=["auth"])
_LONGEST_TOKEN_CHARACTERS = 200

MailedToken = Annotated[Line, StringConstraints(min_length=1, max_length=_LONGEST_TOKEN_CHARACTERS)]


class ForgottenPassword(ApiModel):
    email: Email


class NewPassword(ApiModel):
    token: MailedToken
    password: GivenPassword


class MailedProof(ApiModel):
    token: MailedToken


class PasswordLink(ApiModel):
    """What a page has to say to whoever chooses a password by a mailed link."""

    least_characters: Annotated[int, Field(description="As many the password must have: more for staff.")]


@router.post(
    "/password/forgot",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(TooManyTries),
)
async def forget_password(given: ForgottenPassword, address: AddressDep, wiring: WiringDep) -> None:
    """Have a link for a new password mailed. The answer is the same whether or not there is such an account."""
    await recovery.forget_password(wiring, given.email, address=address)


@router.post("/password/link", responses=problems(LinkRefused))
async def read_password_link(
    given: MailedProof, _address: AddressDep, session: SessionDep, wiring: WiringDep
) -> PasswordLink:
    """What a password chosen by this mailed link must be like. The link stays good."""
    return PasswordLink(
        least_characters=await recovery.password_length_behind(session, wiring.keys, given.token)
    )


@router.post(
    "/password/reset",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(LinkRefused, WeakPassword, TooManySignIns),
)
async def reset_password(given: NewPassword, _address: AddressDep, wiring: WiringDep) -> None:
    """Choose a new password by a mailed link, which works once. All sessions end."""
    await recovery.reset_password(wiring, given.token, given.password)


@router.post("/email/verify", status_code=status.HTTP_204_NO_CONTENT, responses=problems(LinkRefused))
async def verify_email(
    given: MailedProof, _address: AddressDep, session: SessionDep, wiring: WiringDep
) -> None:
    """Confirm an e-mail address by a mailed link."""
    await recovery.verify_email(session, wiring.keys, given.token)


@router.post(
    "/email/verification",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(NobodySignedIn, TooManyTries),
)
async def ask_for_verification(caller: CallerDep, address: AddressDep, wiring: WiringDep) -> None:
    """Have another link to confirm one's address with mailed."""
    await recovery.ask_for_verification(wiring, caller, address=address)
