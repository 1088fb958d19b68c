"""Accounts as JSON, and the names and addresses they may have."""

from typing import Annotated
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from showsondemand.api_model import ApiModel, Line, Time
from showsondemand.shows.schemas import ShowDetail
from showsondemand.tokens import Role

LONGEST_EMAIL_CHARACTERS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
LONGEST_NAME_CHARACTERS = 100


# Names that no public mail server has, but that a studio's own network or a trial may use.
_PRIVATE_ENDINGS = (".local", ".localhost", ".test", "@localhost")
_STAND_IN = ".internal"  # a private ending that the library lets pass


def _email(value: str) -> str:
    """An address in its normal form. One inside a company's own network (``mia@studio.local``) is fine."""
    is_private = value.casefold().endswith(_PRIVATE_ENDINGS)
    try:
        normal = validate_email(
            value + _STAND_IN if is_private else value, check_deliverability=False, globally_deliverable=False
        ).normalized
    except EmailNotValidError:
        raise PydanticCustomError("no_email", "must be an e-mail address") from None
    return normal.removesuffix(_STAND_IN) if is_private else normal


Email = Annotated[Line, StringConstraints(max_length=LONGEST_EMAIL_CHARACTERS), AfterValidator(_email)]
PersonName = Annotated[Line, StringConstraints(max_length=LONGEST_NAME_CHARACTERS)]


class UserDetail(ApiModel):
    id: UUID
    email: str
    name: str
    role: Role
    email_verified: bool = Field(description="Whether a link sent to the address has been opened.")
    suspended: bool = Field(description="Whether an administrator has closed the account for the time being.")
    created_at: Time
    updated_at: Time


class UserPage(ApiModel):
    items: list[UserDetail]
    next_cursor: str | None


class NewProgress(ApiModel):
    position_seconds: Annotated[float, Field(ge=0, le=7 * 24 * 3600)]


class ProgressDetail(ApiModel):
    show_id: UUID
    position_seconds: float
    finished: bool
    updated_at: Time


class WatchedShow(ProgressDetail):
    """The show itself comes along: a row of pictures needs no call for each."""

    show: ShowDetail


class WatchedPage(ApiModel):
    items: list[WatchedShow]
    next_cursor: str | None


class ListedShow(ApiModel):
    show: ShowDetail
    added_at: Time


class ListedPage(ApiModel):
    items: list[ListedShow]
    next_cursor: str | None
