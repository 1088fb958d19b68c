"""A mail as HTML: words, and perhaps a button. Mail programs read no style sheets, so each part has its own."""

from html import escape

from showsondemand.reader_language import InEachLanguage, Language

SERVICE = "Shows on Demand"
_SMALL = "font-size:13px;color:#4b5563"
_OR_OPEN = InEachLanguage(en="Or open {link}", de="Oder hier: {link}")


def mail_page(language: Language, title: str, *parts: str, base_url: str) -> str:
    """The whole of it. ``parts`` are HTML, as ``paragraphs`` and ``button`` make them."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title></head>"
        '<body style="margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.5;color:#111827">'
        f'<div style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">{"".join(parts)}'
        f'<p style="{_SMALL}">{SERVICE} · {escape(base_url)}</p></div></body></html>'
    )


def paragraphs(said: str) -> str:
    """What is between empty lines."""
    return "".join(f"<p>{escape(each)}</p>" for each in said.split("\n\n") if each)


def button(language: Language, label: str, link: str) -> str:
    """A way on, with its address for whoever sees no buttons."""
    return (
        f'<p><a href="{escape(link)}" style="display:inline-block;padding:12px 20px;border-radius:6px;'
        f'background:#1d4ed8;color:#ffffff;text-decoration:none">{escape(label)}</a></p>'
        f'<p style="{_SMALL}">{escape(_OR_OPEN.said_in(language).format(link=link))}</p>'
    )
