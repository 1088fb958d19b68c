"""In which charset a caption file is written: few say so, and a short one can be read in many."""

import codecs

import charset_normalizer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("cp1251", "koi8_u")
_CENTRAL = ("iso8859_2", "cp1250")
# What files of a language were written in before UTF-8, by its tag without script and region. Where one is as likely
# as the other the first counts: of ISO and Windows the one whose special letters the language has.
_OF_LANGUAGES = {
    **dict.fromkeys(("be", "bg", "mk", "ru", "uk"), _CYRILLIC),
    **dict.fromkeys(("cs", "hr", "hu", "ro", "sk", "sl"), _CENTRAL),
    **dict.fromkeys(("da", "de", "es", "fi", "fr", "it", "nb", "nl", "no", "pt", "sv"), ("cp1252",)),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257",)),
    "el": ("cp1253", "iso8859_7"),
    "he": ("cp1255",),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "pl": ("cp1250", "iso8859_2"),
    "th": ("cp874",),
    "tr": ("cp1254",),
}
# Of ISO, whose letters mostly lie where Windows has them too, or signs that stand in no sentence.
_STANDARD = "iso"


def text_in(body: bytes, charset: str | None, language: str | None) -> str | None:
    """``body`` as text, by the first of these that fits.

    A byte order mark, UTF-8, what the sender says, what files of the language come in, what it looks like; ``None``
    where it looks like nothing.
    """
    marked = next((name for bom, name in _BOMS if body.startswith(bom)), None)
    for name in (marked, "utf-8", charset, _charset_of(body, language)):
        try:
            if name is not None:
                return body.decode(name)
        except (UnicodeError, LookupError):
            continue
    best = charset_normalizer.from_bytes(body).best()
    return None if best is None else str(best)


def _charset_of(body: bytes, language: str | None) -> str | None:
    """The likeliest of the charsets that files of the language come in."""
    names = [name for name in _OF_LANGUAGES.get(_without_region(language), ()) if _fits(body, name)]
    if len(names) < 2:  # noqa: PLR2004 - nothing to choose
        return next(iter(names), None)
    if any(name.startswith(_STANDARD) for name in names):
        return min(names, key=lambda name: _signs(body.decode(name)))
    best = charset_normalizer.from_bytes(body, cp_isolation=names, enable_fallback=False).best()
    return names[0] if best is None else best.encoding


def _signs(text: str) -> int:
    """How much of it is neither ASCII nor a letter."""
    return sum(not letter.isascii() and not letter.isalpha() for letter in text)


def _without_region(language: str | None) -> str:
    return (language or "").partition("-")[0].lower()


def _fits(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except UnicodeError:
        return False
    return True
