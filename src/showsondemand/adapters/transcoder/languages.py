"""Language codes as films carry them (ISO 639-2, either flavour) made into BCP 47 tags and names for menus.

A three-letter code that is not in the table is a valid BCP 47 tag by itself and is kept.
"""

UNDETERMINED = "und"
# What menus call captions of an untold language that frames carry.
CLOSED_CAPTIONS_LABEL = "CC"
_LETTERS_OF_A_LONG_CODE = 3

# BCP 47 tag: (ISO 639-2 codes, the language's own name), the languages of most subtitles and dubs first.
_LANGUAGES: dict[str, tuple[tuple[str, ...], str]] = {
    "en": (("eng",), "English"),
    "es": (("spa",), "Español"),
    "fr": (("fra", "fre"), "Français"),
    "de": (("deu", "ger"), "Deutsch"),
    "it": (("ita",), "Italiano"),
    "pt": (("por",), "Português"),
    "ru": (("rus",), "Русский"),
    "ja": (("jpn",), "日本語"),
    "ko": (("kor",), "한국어"),
    "zh": (("zho", "chi"), "中文"),
    "ar": (("ara",), "العربية"),
    "hi": (("hin",), "हिन्दी"),
    "bn": (("ben",), "বাংলা"),
    "ur": (("urd",), "اردو"),
    "fa": (("fas", "per"), "فارسی"),
    "he": (("heb",), "עברית"),
    "tr": (("tur",), "Türkçe"),
    "pl": (("pol",), "Polski"),
    "uk": (("ukr",), "Українська"),
    "cs": (("ces", "cze"), "Čeština"),
    "sk": (("slk", "slo"), "Slovenčina"),
    "sl": (("slv",), "Slovenščina"),
    "hr": (("hrv",), "Hrvatski"),
    "sr": (("srp",), "Српски"),
    "bs": (("bos",), "Bosanski"),
    "mk": (("mkd", "mac"), "Македонски"),
    "sq": (("sqi", "alb"), "Shqip"),
    "bg": (("bul",), "Български"),
    "ro": (("ron", "rum"), "Română"),
    "hu": (("hun",), "Magyar"),
    "el": (("ell", "gre"), "Ελληνικά"),
    "nl": (("nld", "dut"), "Nederlands"),
    "sv": (("swe",), "Svenska"),
    "no": (("nor",), "Norsk"),
    "nb": (("nob",), "Norsk bokmål"),
    "nn": (("nno",), "Norsk nynorsk"),
    "da": (("dan",), "Dansk"),
    "fi": (("fin",), "Suomi"),
    "is": (("isl", "ice"), "Íslenska"),
    "et": (("est",), "Eesti"),
    "lv": (("lav",), "Latviešu"),
    "lt": (("lit",), "Lietuvių"),
    "ca": (("cat",), "Català"),
    "eu": (("eus", "baq"), "Euskara"),
    "gl": (("glg",), "Galego"),
    "cy": (("cym", "wel"), "Cymraeg"),
    "ga": (("gle",), "Gaeilge"),
    "id": (("ind",), "Bahasa Indonesia"),
    "ms": (("msa", "may"), "Bahasa Melayu"),
    "tl": (("tgl",), "Tagalog"),
    "th": (("tha",), "ไทย"),
    "vi": (("vie",), "Tiếng Việt"),
    "ta": (("tam",), "தமிழ்"),
    "te": (("tel",), "తెలుగు"),
    "ml": (("mal",), "മലയാളം"),
    "kn": (("kan",), "ಕನ್ನಡ"),
    "mr": (("mar",), "मराठी"),
    "gu": (("guj",), "ગુજરાતી"),
    "pa": (("pan",), "ਪੰਜਾਬੀ"),
    "ka": (("kat", "geo"), "ქართული"),
    "hy": (("hye", "arm"), "Հայերեն"),
    "kk": (("kaz",), "Қазақша"),
    "sw": (("swa",), "Kiswahili"),
    "af": (("afr",), "Afrikaans"),
}
_TAG_OF_CODE = {code: tag for tag, (codes, _) in _LANGUAGES.items() for code in codes}


def bcp47(code: str | None) -> str:
    """The tag for what a file says its language is; ``und`` where it says nothing that can be one.

    Region and script that the file names (``pt-BR``) are kept.
    """
    primary, *rest = (code or "").strip().replace("_", "-").split("-")
    primary = primary.lower()
    tag = _TAG_OF_CODE.get(primary, primary)
    wellformed = tag.isascii() and tag.isalpha() and len(tag) in {2, _LETTERS_OF_A_LONG_CODE}
    if not wellformed or tag in {UNDETERMINED, "mis", "mul", "zxx"}:
        return UNDETERMINED
    subtags = [part for part in rest if part.isascii() and part.isalnum() and len(part) in range(2, 9)]
    return "-".join([tag, *subtags])


def language_name(tag: str) -> str:
    """What the language calls itself; the tag where the table does not know it, empty for ``und``."""
    if tag == UNDETERMINED:
        return ""
    known = _LANGUAGES.get(tag.split("-", maxsplit=1)[0])
    return known[1] if known else tag
