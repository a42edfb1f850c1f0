"""Every form of feed gives the same items."""

import pytest

from pullquote.feeds import NotAFeed
from pullquote.feeds.addresses import addresses_in
from pullquote.feeds.parsing import parsed

AT = "https://example.org/feeds/all"
_RSS = "<title>Café &amp;amp; bar</title><link>/a/1</link><description>It opened.</description>"
_DC = "<dc:creator>Ann Lee</dc:creator><dc:date>2026-03-02T10:00:00+01:00</dc:date>"
_NS = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
_OLD = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    '"http://my.netscape.com/publish/formats/rss-0.91.dtd">'
)
FORMS = {
    "rss 0.91": f"{_OLD}<rss version='0.91' {_NS}><channel><title>T</title><item>{_RSS}{_DC}</item></channel></rss>",
    "rss 1.0": f"<rdf:RDF {_RDF} {_NS}><channel><title>T</title></channel><item rdf:about='x'>{_RSS}{_DC}</item></rdf:RDF>",
    "rss 2.0": f"<rss version='2.0' {_NS}><channel><title>T</title><item>{_RSS}{_DC}</item></channel></rss>",
    "atom": (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://example.org/'><title>T</title><entry>"
        "<title type='html'>Café &amp;amp; &lt;b&gt;bar&lt;/b&gt;</title><link href='/a/1'/>"
        "<author><name>Ann Lee</name></author><published>2026-03-02T10:00:00+01:00</published>"
        "<content type='html'>It opened.</content></entry></feed>"
    ),
    "json": (
        '{"version": "https://jsonfeed.org/version/1", "title": "T", "items": [3, {"id": 7, "url": "/a/1", '
        '"title": "Café & bar", "content_html": "It opened.", "author": {"name": "Ann Lee"}, '
        '"date_published": "2026-03-02T10:00:00+01:00"}]}'
    ),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize("form", FORMS)
def test_what_a_feed_says_of_an_article(form: str, encoding: str) -> None:
    data = FORMS[form].encode(encoding)
    found = parsed(data, encoding if encoding == "latin-1" else "", AT, AT)
    (item,) = found.items
    assert found.title == "T"
    assert (item.title, item.byline, item.address) == (
        "Café & bar",
        "Ann Lee",
        "https://example.org/a/1",
    )
    assert (item.dated, item.content) == ("2026-03-02T09:00:00+00:00", "It opened.")


def test_what_is_on_no_page_and_has_no_name_is_told_by_its_words() -> None:
    data = b"<rss version='2.0'><channel><item><title>A</title><link>javascript:x</link></item></channel></rss>"
    (item,) = parsed(data, "", AT, AT).items
    assert (item.address, item.names) == ("", ("A\n", ""))


@pytest.mark.parametrize("text", ["", "{}", "<html><p>no</p></html>", "/etc/passwd", "\n" * 99_999])
def test_what_is_no_feed_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(NotAFeed) as refused:
        parsed(text.encode(), "", AT, AT)
    assert len(str(refused.value).splitlines()) == 1


def test_what_only_begins_like_an_address_is_none() -> None:
    found, wrong = addresses_in(["http://[x https://example.org/a"])
    assert found == ("https://example.org/a",)
    assert wrong == ("http://[x",)
