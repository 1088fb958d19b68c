"""Signing in as JSON."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from showsondemand.api_model import ApiModel
from showsondemand.auth.password_rules import MOST_CHARACTERS
from showsondemand.users.schemas import Email, PersonName, UserDetail

# What is longer than any password can be is refused before it costs a hash.
GivenPassword = Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS * 2)]


class NewAccount(ApiModel):
    email: Email
    password: GivenPassword
    name: PersonName = ""


class Credentials(ApiModel):
    email: Email
    password: GivenPassword


class SignedInAnswer(ApiModel):
    user: UserDetail
    access_token: str = Field(description="Send it as `Authorization: Bearer ...`.")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a scheme's name
    expires_in: int = Field(description="Seconds until the access token expires.")


class OAuth2Token(ApiModel):
    """RFC 6749, 5.1: the one answer here with underscores in its names."""

    access_token: Annotated[str, Field(alias="access_token")]
    token_type: Annotated[Literal["bearer"], Field(alias="token_type")] = "bearer"  # noqa: S105 - a scheme's name
    expires_in: Annotated[int, Field(alias="expires_in")]
