"""The words of mails in each language, plain and as HTML."""

from dataclasses import dataclass

from showsondemand.auth.mail_models import LetterKind
from showsondemand.mail_page import SERVICE, button, mail_page, paragraphs
from showsondemand.reader_language import InEachLanguage, Language


@dataclass(frozen=True)
class Letter:
    """A mail's subject and its words in both forms."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Words:
    """What a letter says before and after its button, and on it; an empty line between paragraphs."""

    subject: str
    before: str
    button: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Greeting:
    """How a letter begins: to whoever has a name, and to whoever has none."""

    to_somebody: str
    to_anybody: str


_GREETINGS = InEachLanguage(
    en=_Greeting("Hello {name},", "Hello,"),
    # With a comma the first sentence would have to go on with a small letter.
    de=_Greeting("Hallo {name}!", "Hallo!"),
)

# Where the button leads to; a letter without a place has none.
_PATHS = {
    LetterKind.VERIFY_EMAIL: "/verify",
    LetterKind.RESET_PASSWORD: "/reset",
    LetterKind.INVITATION: "/invitation",
    LetterKind.PASSWORD_CHANGED: "/forgot",
    LetterKind.GUESSED_AT: "/forgot",
}

_WORDS = {
    LetterKind.VERIFY_EMAIL: InEachLanguage(
        en=_Words(
            "Confirm your e-mail address",
            "Please confirm that this address is yours. The link works for 24 hours.",
            "Confirm this address",
            "If you did not make an account here, you need not do anything.",
        ),
        de=_Words(
            "Bestätige deine E-Mail-Adresse",
            "Bitte bestätige, dass diese Adresse dir gehört. Der Link gilt 24 Stunden.",
            "Adresse bestätigen",
            "Wenn du hier kein Konto angelegt hast, brauchst du nichts zu tun.",
        ),
    ),
    LetterKind.RESET_PASSWORD: InEachLanguage(
        en=_Words(
            "Choose a new password",
            "Somebody asked for a new password for your account. The link works once, for 30 minutes.",
            "Choose a new password",
            "If that was not you, you need not do anything: your password stays as it is.",
        ),
        de=_Words(
            "Wähle ein neues Passwort",
            "Jemand hat ein neues Passwort für dein Konto angefordert. "
            "Der Link gilt 30 Minuten und nur einmal.",
            "Neues Passwort wählen",
            "Wenn du das nicht warst, brauchst du nichts zu tun: Dein Passwort bleibt, wie es ist.",
        ),
    ),
    LetterKind.INVITATION: InEachLanguage(
        en=_Words(
            "You are invited",
            "An account was made for you. Choose a password to sign in with: "
            "the link works once, for 72 hours.",
            "Choose a password",
            "If you know nothing of it, you need not do anything: "
            "nobody signs in before you have chosen one.",
        ),
        de=_Words(
            "Du bist eingeladen",
            "Für dich wurde ein Konto angelegt. Wähle ein Passwort, mit dem du dich anmeldest: "
            "Der Link gilt 72 Stunden und nur einmal.",
            "Passwort wählen",
            "Wenn du nichts davon weißt, brauchst du nichts zu tun: "
            "Niemand kann sich anmelden, bevor du ein Passwort gewählt hast.",
        ),
    ),
    LetterKind.PASSWORD_CHANGED: InEachLanguage(
        en=_Words(
            "Your password was changed",
            "The password of your account was changed just now, and your other devices were signed out.\n\n"
            "If that was not you, choose a new one at once:",
            "Choose a new password",
        ),
        de=_Words(
            "Dein Passwort wurde geändert",
            "Das Passwort deines Kontos wurde gerade geändert, "
            "und deine anderen Geräte wurden abgemeldet.\n\n"
            "Wenn du das nicht warst, wähle sofort ein neues:",
            "Neues Passwort wählen",
        ),
    ),
    LetterKind.EMAIL_CHANGED: InEachLanguage(
        en=_Words(
            "Your e-mail address was changed",
            "Your account has another e-mail address from now on; this one does not sign in any more.\n\n"
            "If that was not you, tell whoever runs this service.",
        ),
        de=_Words(
            "Deine E-Mail-Adresse wurde geändert",
            "Dein Konto hat ab jetzt eine andere Adresse; mit dieser meldest du dich nicht mehr an.\n\n"
            "Wenn du das nicht warst, wende dich an die Betreiber dieses Dienstes.",
        ),
    ),
    LetterKind.GUESSED_AT: InEachLanguage(
        en=_Words(
            "Somebody tries to sign in as you",
            "Wrong passwords were tried for your account ten times within a quarter of an hour. "
            "None was right.\n\n"
            "If that was you and you have forgotten your password, choose a new one:",
            "Choose a new password",
        ),
        de=_Words(
            "Jemand versucht, sich mit deinem Konto anzumelden",
            "Innerhalb einer Viertelstunde wurden zehn falsche Passwörter für dein Konto probiert. "
            "Keines war richtig.\n\n"
            "Wenn du das warst und dein Passwort vergessen hast, wähle ein neues:",
            "Neues Passwort wählen",
        ),
    ),
}


def write_letter(
    kind: LetterKind, language: Language, *, base_url: str, name: str, token: str | None
) -> Letter:
    """The letter to somebody called ``name`` (may be empty); links begin with ``base_url`` and carry ``token``."""
    words, begun = _WORDS[kind].said_in(language), _GREETINGS.said_in(language)
    path = _PATHS.get(kind)
    link = base_url + path + (f"?token={token}" if token else "") if path else None
    greeting = begun.to_somebody.format(name=name) if name else begun.to_anybody
    return Letter(
        subject=f"{words.subject} · {SERVICE}",
        text=_plain(greeting, words, link, base_url),
        html=_html(language, greeting, words, link, base_url),
    )


def _plain(greeting: str, words: _Words, link: str | None, base_url: str) -> str:
    parts = [greeting, words.before, link, words.after, f"-- \n{SERVICE}\n{base_url}"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(language: Language, greeting: str, words: _Words, link: str | None, base_url: str) -> str:
    way_on = button(language, words.button, link) if link else ""
    before, after = paragraphs(words.before), paragraphs(words.after)
    return mail_page(language, words.subject, paragraphs(greeting), before, way_on, after, base_url=base_url)
