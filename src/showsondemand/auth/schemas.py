"""Signing in as JSON."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from showsondemand.api_model import ApiModel, Line, Time
from showsondemand.auth.password_rules import MOST_CHARACTERS
from showsondemand.users.schemas import Email, PersonName, UserDetail


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("must not hold a NUL character")
    return value


# What is longer than any password can be is refused before it costs a hash.
GivenPassword = Annotated[
    str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS * 2), AfterValidator(_without_nul)
]


class NewAccount(ApiModel):
    email: Email
    password: GivenPassword
    name: PersonName = ""


class AccountForSomebody(ApiModel):
    """An account that an administrator makes for somebody else."""

    email: Email
    password: GivenPassword | None = Field(
        None, description="Left out, they are sent a link by which they choose one, within 72 hours."
    )
    name: PersonName = ""


class AccountReplacement(ApiModel):
    """An account as it should be from now on; without a password it keeps the one it has."""

    email: Email
    name: PersonName
    password: GivenPassword | None = None
    current_password: GivenPassword | None = Field(
        None, description="Needed for one's own new e-mail address or password."
    )


class FirstAdmin(NewAccount):
    code: Annotated[Line, StringConstraints(min_length=1, max_length=200)] = Field(
        description="From the link in the log."
    )


class SetupState(ApiModel):
    needed: bool = Field(description="There is no administrator yet: the link in the log makes one.")


class Credentials(ApiModel):
    email: Email
    password: GivenPassword


class SignedInAnswer(ApiModel):
    user: UserDetail
    access_token: str = Field(description="Send it as `Authorization: Bearer ...`.")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a scheme's name
    expires_in: int = Field(description="Seconds until the access token expires.")


class PersonalExport(ApiModel):
    """Everything that is held about somebody, each kind under its name."""

    exported_at: Time
    data: dict[str, Any]


class SessionDetail(ApiModel):
    """One sign-in on one device."""

    id: UUID
    device: str = Field(description="What the browser or program calls itself.")
    address: str
    current: bool = Field(description="Whether it is the one that asks.")
    created_at: Time
    last_seen_at: Time
    expires_at: Time


class SessionPage(ApiModel):
    items: list[SessionDetail]
    next_cursor: str | None


class OAuth2Token(ApiModel):
    """RFC 6749, 5.1: the one answer here with underscores in its names."""

    access_token: Annotated[str, Field(alias="access_token")]
    token_type: Annotated[Literal["bearer"], Field(alias="token_type")] = "bearer"  # noqa: S105 - a scheme's name
    expires_in: Annotated[int, Field(alias="expires_in")]
