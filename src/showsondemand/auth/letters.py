"""The words of mails, plain and as HTML."""

from dataclasses import dataclass
from html import escape

from showsondemand.auth.mail_models import LetterKind

_SERVICE = "Shows on Demand"


@dataclass(frozen=True)
class Letter:
    """A mail's subject and its words in both forms."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Words:
    subject: str
    paragraphs: tuple[str, ...]
    path: str | None = None
    button: str = ""


_WORDS = {
    LetterKind.VERIFY_EMAIL: _Words(
        "Confirm your e-mail address",
        (
            "Please confirm that this address is yours. The link works for 24 hours.",
            "If you did not make an account here, you need not do anything.",
        ),
        "/verify",
        "Confirm this address",
    ),
    LetterKind.RESET_PASSWORD: _Words(
        "Choose a new password",
        (
            "Somebody asked for a new password for your account. The link works once, for 30 minutes.",
            "If that was not you, you need not do anything: your password stays as it is.",
        ),
        "/reset",
        "Choose a new password",
    ),
    LetterKind.INVITATION: _Words(
        "You are invited",
        (
            "An account was made for you. Choose a password to sign in with: the link works once, for 72 hours.",
            "If you know nothing of it, you need not do anything: nobody signs in before you have chosen one.",
        ),
        "/invitation",
        "Choose a password",
    ),
    LetterKind.PASSWORD_CHANGED: _Words(
        "Your password was changed",
        (
            "The password of your account was changed just now, and your other devices were signed out.",
            "If that was not you, choose a new one at once:",
        ),
        "/forgot",
        "Choose a new password",
    ),
    LetterKind.EMAIL_CHANGED: _Words(
        "Your e-mail address was changed",
        (
            "Your account has another e-mail address from now on; this one does not sign in any more.",
            "If that was not you, tell whoever runs this service.",
        ),
    ),
    LetterKind.GUESSED_AT: _Words(
        "Somebody tries to sign in as you",
        (
            "Wrong passwords were tried for your account ten times within a quarter of an hour. None was right.",
            "If that was you and you have forgotten your password, choose a new one:",
        ),
        "/forgot",
        "Choose a new password",
    ),
}


def write_letter(kind: LetterKind, *, base_url: str, name: str, token: str | None) -> Letter:
    """The letter to somebody called ``name`` (may be empty); links begin with ``base_url`` and carry ``token``."""
    words = _WORDS[kind]
    link = None
    if words.path is not None:
        link = base_url + words.path + (f"?token={token}" if token else "")
    greeting = f"Hello {name}," if name else "Hello,"
    return Letter(
        subject=f"{words.subject} · {_SERVICE}",
        text=_plain(greeting, words, link, base_url),
        html=_html(greeting, words, link, base_url),
    )


def _plain(greeting: str, words: _Words, link: str | None, base_url: str) -> str:
    first, *rest = words.paragraphs
    parts = [greeting, first, *([link] if link else []), *rest, f"-- \n{_SERVICE}\n{base_url}"]
    return "\n\n".join(parts) + "\n"


def _html(greeting: str, words: _Words, link: str | None, base_url: str) -> str:
    first, *rest = (f"<p>{escape(paragraph)}</p>" for paragraph in words.paragraphs)
    button = (
        f'<p><a href="{escape(link)}" style="display:inline-block;padding:12px 20px;border-radius:6px;'
        f'background:#1d4ed8;color:#ffffff;text-decoration:none">{escape(words.button)}</a></p>'
        f'<p style="font-size:13px;color:#4b5563">Or open {escape(link)}</p>'
        if link
        else ""
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(words.subject)}</title></head>'
        '<body style="margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.5;color:#111827">'
        f'<div style="max-width:560px;margin:0 auto"><p>{escape(greeting)}</p>{first}{button}{"".join(rest)}'
        f'<p style="font-size:13px;color:#4b5563">{_SERVICE} · {escape(base_url)}</p></div></body></html>'
    )
