"""What can go wrong in signing in."""

from showsondemand.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)


class WrongCredentials(Unauthenticated):
    title = "The e-mail address or the password is wrong"


class RefreshRefused(Unauthenticated):
    title = "The session cannot be renewed: sign in again"


class ForeignOrigin(Forbidden):
    title = "Only pages of this service may do that"


class WeakPassword(Invalid):
    title = "The password is too easy to guess"


class TooManyTries(TooManyRequests):
    title = "That was tried too often: wait a while"


class CurrentPasswordNeeded(Forbidden):
    title = "The current password is needed for that"


class SessionNotFound(NotFound):
    title = "There is no such session"


class ApiKeyNotFound(NotFound):
    title = "There is no such key"


class LinkRefused(Invalid):
    title = "The link has expired, or was used before"


class SetupRefused(Forbidden):
    title = "The set-up link has expired, or there is an administrator already"


class TooManySignIns(Unavailable):
    title = "Too many people are signing in at this moment"


class AccountSuspended(Conflict):
    title = "The account is suspended"
