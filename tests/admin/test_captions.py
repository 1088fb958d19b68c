"""Captions that editors send: read in any shape and charset, and never passed on as they came."""

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from people import People, Person
from showsondemand.admin.caption_text import MOST_CUES, NotCaptions, cleaned_captions
from studio import Json, Studio

SUBRIP = "1\r\n00:00:01,000 --> 00:00:02,500\r\nGood evening.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nWho?\r\n"


def cue(text: str) -> bytes:
    return f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n".encode()


def text_of(text: str) -> str:
    """What becomes of the text of one cue."""
    return cleaned_captions(cue(text)).split("\n", 3)[3].strip()


def send(
    client: TestClient, show: Json, person: Person, body: bytes, language: str = "en", **more: str
) -> Response:
    return client.put(
        f"/shows/{show['id']}/captions/{language}", content=body, headers=person.headers, params=more
    )


def test_subrip_becomes_webvtt() -> None:
    assert cleaned_captions(SUBRIP.encode()) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nGood evening.\n\n00:00:03.000 --> 00:00:04.000\nWho?\n"
    )


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Grüße, 東京, привет"),
        ("utf-8-sig", "Grüße"),
        ("utf-16", "Grüße, 東京"),
        ("utf-32", "Grüße"),
        ("cp1252", "Übermäßig große Bäume blühen, während Zoë überall Brötchen für Émile verkauft."),
        ("cp1251", "Съешь же ещё этих мягких французских булок, да выпей чаю."),
        ("shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"),
    ],
)
def test_the_charset_is_told_from_the_file(charset: str, text: str) -> None:
    body = f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode(charset)

    assert text in cleaned_captions(body)


@pytest.mark.parametrize(
    ("language", "charset", "text"),
    [
        ("ru", "koi8_r", "Привет, как дела?"),
        ("uk", "cp1251", "Доброго ранку, як справи?"),
        ("el-GR", "cp1253", "Καλημέρα, τι κάνεις; Άντε!"),
        ("el", "iso8859_7", "Καλημέρα, τι κάνεις; Άντε!"),
        ("cs", "iso8859_2", "Dobrý den, jak se máš?"),
        ("CS", "cp1250", "Dobrý den, jak se máš?"),
        ("pl", "cp1250", "Są tu dzieci."),
        ("pl", "iso8859_2", "Zażółć gęślą jaźń."),
        ("tr", "cp1254", "Çok güzel şey, iğne değil."),
        ("he", "cp1255", "בוקר טוב, מה שלומך?"),
        ("ar", "cp1256", "صباح الخير كيف حالك"),
        ("th", "cp874", "สวัสดีตอนเช้า"),
        ("fr", "cp1252", "Bonjour, comment ça va ? Une très belle œuvre."),
        ("ja", "euc_jp", "おはようございます"),
        ("ko", "cp949", "안녕하세요"),
        ("fr", "shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"),
    ],
)
def test_a_short_file_is_read_as_files_of_its_language_are_written(
    language: str, charset: str, text: str
) -> None:
    body = f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode(charset)

    assert text in cleaned_captions(body, None, language)


def test_the_charset_that_the_sender_names_is_believed_where_the_file_does_not_say() -> None:
    body = "1\n00:00:01,000 --> 00:00:02,000\nŁódź\n".encode("iso-8859-2")

    assert "Łódź" in cleaned_captions(body, "iso-8859-2")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>Hello", "Hello"),
        ("<v Anna>Hello</v>", "Hello"),
        ("<c.red><i>Hello</i></c>", "<i>Hello</i>"),
        ("<i>Hello", "<i>Hello</i>"),
        ("Hello</b>", "Hello"),
        ("<b><i>Hello</b></i>", "<b><i>Hello</i></b>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        (r"{\an8}{\c&H00FF00&}Up", "Up"),
        ("<00:01.500>Hello", "Hello"),
        ("Hel\x00lo\x1b", "Hello"),
        ("<<b>script>x", "&lt;<b>script&gt;x</b>"),
    ],
)
def test_only_italics_bold_and_underline_get_through(sent: str, kept: str) -> None:
    assert text_of(sent) == kept


def test_styles_regions_and_notes_do_not_get_through() -> None:
    body = (
        b"WEBVTT\n\nSTYLE\n::cue { background: url(http://evil) }\n\nREGION\nid:a\n\nNOTE x\n\n"
        + cue("Hello")[8:]
    )

    assert cleaned_captions(body) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n"


def test_a_cue_keeps_its_place_and_loses_settings_that_nobody_knows() -> None:
    body = b"WEBVTT\n\n00:01.000 --> 00:02.000 line:10% align:start evil:1 region:a\nHello\n"

    assert "00:00:01.000 --> 00:00:02.000 line:10% align:start\n" in cleaned_captions(body)


def test_cues_come_in_order_and_those_that_show_nothing_are_left_out() -> None:
    body = (
        b"WEBVTT\n\n00:05.000 --> 00:06.000\nsecond\n\n00:01.000 --> 00:02.000\nfirst\n\n"
        b"00:03.000 --> 00:03.000\nno time\n\n00:07.000 --> 00:08.000\n<i></i>\n"
    )

    assert [line for line in cleaned_captions(body).split("\n") if line.isalpha()] == [
        "WEBVTT",
        "first",
        "second",
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"\x00" * 1000, b"#EXTM3U\n", b"WEBVTT\n", b"\x89PNG\r\n\x1a\n" + bytes(range(256))],
)
def test_what_is_no_caption_file_is_refused(body: bytes) -> None:
    with pytest.raises(NotCaptions):
        cleaned_captions(body)


def test_more_cues_than_a_film_can_have_are_refused() -> None:
    body = b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * (MOST_CUES + 1)

    with pytest.raises(NotCaptions):
        cleaned_captions(body)


def test_the_language_that_captions_are_sent_for_tells_their_charset(
    client: TestClient, studio: Studio
) -> None:
    show = studio.available()

    send(client, show, studio.editor, SUBRIP.replace("Who?", "Привет").encode("koi8_r"), "ru")

    playback = client.post(f"/shows/{show['id']}/playback", headers=studio.editor.headers).json()
    assert "Привет" in client.get(playback["captions"][0]["url"]).text


def test_captions_play_with_a_grant_and_not_without(
    client: TestClient, studio: Studio, people: People
) -> None:
    show = studio.available()

    changed = send(client, show, studio.editor, SUBRIP.encode(), label="English")

    caption = changed.json()["captions"][0]
    viewer = people.viewer()
    playback = client.post(f"/shows/{show['id']}/playback", headers=viewer.headers).json()
    served = client.get(playback["captions"][0]["url"])
    assert (caption["language"], caption["label"]) == ("en", "English")
    assert served.text.startswith("WEBVTT\n\n00:00:01.000")
    assert served.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert client.get(caption["url"]).status_code == 401
    assert changed.headers["ETag"] == f'"{changed.json()["version"]}"'


def test_captions_of_a_language_replace_the_older_ones(client: TestClient, studio: Studio) -> None:
    show = studio.draft()
    send(client, show, studio.editor, SUBRIP.encode(), "pt-BR")
    send(client, show, studio.editor, SUBRIP.encode(), "de")

    again = send(client, show, studio.editor, cue("new"), "pt-br").json()

    assert [caption["language"] for caption in again["captions"]] == ["de", "pt-br"]


def test_captions_can_be_taken_away(client: TestClient, studio: Studio) -> None:
    show = studio.draft()
    send(client, show, studio.editor, SUBRIP.encode())
    address = f"/shows/{show['id']}/captions/en"

    first = client.delete(address, headers=studio.editor.headers)
    second = client.delete(address, headers=studio.editor.headers)

    assert (first.status_code, second.status_code) == (204, 404)
    assert studio.read(show)["captions"] == []


def test_captions_of_a_show_that_was_changed_meanwhile_are_refused(
    client: TestClient, studio: Studio
) -> None:
    show = studio.draft()

    answer = client.put(
        f"/shows/{show['id']}/captions/en",
        content=SUBRIP.encode(),
        headers={**studio.editor.headers, "If-Match": '"99"'},
    )

    assert answer.status_code == 412


@pytest.mark.parametrize(
    "language", ["e", "english-please-with-a-very-long-tag-indeed", "..", "en%2F..", "en%00"]
)
def test_a_language_that_is_none_is_refused(client: TestClient, studio: Studio, language: str) -> None:
    show = studio.draft()

    assert send(client, show, studio.editor, SUBRIP.encode(), language).status_code in {404, 405, 422}


def test_a_caption_file_may_have_two_mebibytes(client: TestClient, studio: Studio) -> None:
    show = studio.draft()
    most = 2 * 1024 * 1024

    fits = send(client, show, studio.editor, SUBRIP.encode().ljust(most))
    too_large = send(client, show, studio.editor, SUBRIP.encode().ljust(most + 1))

    assert (fits.status_code, too_large.status_code) == (200, 413)
