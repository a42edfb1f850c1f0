"""The article in a web page: what comes in, as what, who wrote it, and what stays out."""

from collections.abc import Callable
from typing import Any

import pytest

from pullquote.article import Article, Unreadable
from pullquote.article.html import from_document, from_html
from tests.article.pages import FIRST, LAST, NOTICES, POSTS, SECOND, SET_APART, THIRD, Page


def read(page: bytes | str, charset: str = "") -> Article:
    return from_html(page.encode() if isinstance(page, str) else page, charset, "", "page.html")


def named(pages: tuple[Page, ...]) -> Callable[[Any], Any]:
    return pytest.mark.parametrize("page", pages, ids=[one.name for one in pages])


@named(POSTS + SET_APART + NOTICES)
def test_a_page_gives_what_is_the_article_and_nothing_else(page: Page) -> None:
    article = read(page.html)
    lines = article.text.split("\n")
    for words in (FIRST, SECOND, THIRD, LAST, *page.has):
        assert words in lines
    for words in page.has_not:
        assert words not in article.text
    assert [(part.kind, part.by) for part in article.parts] == [*page.parts]
    for part, words in zip(article.parts, page.has, strict=False):
        assert article.text[slice(*part.span)] == words
    assert (article.byline, article.published) == ("", "")
    assert article.title == "Council votes to close the harbour"


# --- live blogs

ENTRIES = (("10:00", "Vote is over", FIRST), ("11:00", "Mayor speaks", SECOND))
ENTRIES += (("12:00", "Union to sue", THIRD), ("13:00", "Prices rise", LAST))
LIVE = {
    "by class": "<article class='liveblog-post'><time datetime='2026-03-03T{0}:00Z'>{0}</time>"
    "<h2>{1}</h2><p>{2}</p></article>",
    "the Guardian's": "<article id='block-65f0a1b2c3d4' class='dcr-1'><header><a href='#'><time "
    "datetime='2026-03-03T{0}:00Z'>{0}</time></a><h2>{1}</h2></header><p>{2}</p></article>",
    "the BBC's": "<li class='lx-stream__post-container'><article class='lx-stream-post'><header>"
    "<h3>{1}</h3><time datetime='2026-03-03T{0}:00Z'>{0}</time></header><p>{2}</p></article></li>",
    "typed for machines": "<div itemprop='liveBlogUpdate' itemscope itemtype="
    "'https://schema.org/BlogPosting'><span class='time'>{0}</span><h3>{1}</h3><p>{2}</p></div>",
    "alike in what is called live": "<div class='c-9'><time datetime='2026-03-03T{0}:00Z'>{0}</time>"
    "<h3>{1}</h3><p>{2}</p></div>",
}


@pytest.mark.parametrize("entry", LIVE.values(), ids=LIVE)
def test_all_entries_of_a_live_blog_come_in_with_their_times_and_headings(entry: str) -> None:
    entries = "".join(entry.format(*one) for one in ENTRIES)
    article = read(
        "<html><head><title>Harbour vote</title></head><body><main><h1>Harbour vote: live updates"
        f"</h1><div class='live-feed'>{entries}</div></main></body></html>"
    )
    lines = article.text.split("\n")
    for time, heading, words in ENTRIES:
        assert {time, heading, words} <= {*lines}
        assert lines.index(time) < lines.index(words)
    headings = [article.text[slice(*span)] for span in article.headings]
    assert headings == [heading for _, heading, _ in ENTRIES]
    times = [part for part in article.parts if part.kind == "entry"]
    assert [article.text[slice(*part.span)] for part in times] == [one[0] for one in ENTRIES]
    if "datetime" in entry:
        assert times[0].label == "2026-03-03T10:00:00Z"


def test_related_stories_with_times_are_no_live_blog() -> None:
    story = "<div class='card'><time>10:00</time><h3>Ten things</h3><p>{}</p></div>"
    behind = "".join(
        story.format(f"Number {n} is about a boat that came too late.") for n in range(4)
    )
    article = read(Page("", behind=f"<section class='related'>{behind}</section>").html)
    assert not article.parts
    assert "came too late" not in article.text


# --- what a page says of its article

BY_AND_WHEN = {
    "JSON-LD": (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": '
        '"NewsArticle", "author": [{"@type": "Person", "name": "Sam Roe"}, {"name": "Åsa Östlund"}], '
        '"datePublished": "2026-03-03T23:10:00+01:00"}]}</script>',
        "",
        ("Sam Roe; Åsa Östlund", "2026-03-03"),
    ),
    "meta": (
        '<meta name="author" content="By Sam Roe and Åsa Östlund">'
        '<meta property="article:published_time" content="2026-03-03T10:00:00Z">',
        "",
        ("Sam Roe; Åsa Östlund", "2026-03-03"),
    ),
    "elements": (
        "",
        '<div class="byline">By <a rel="author" href="/roe">Sam Roe</a>, political editor</div>'
        '<time datetime="2026-03-03T10:00:00Z">3 March</time>',
        ("Sam Roe", "2026-03-03"),
    ),
    "a name that ends in “by”": (
        "",
        '<div class="byline">By <a rel="author" href="/wax">Ruby Wax</a></div>',
        ("Ruby Wax", ""),
    ),
    "a date in words": (
        "",
        '<p class="article-byline">Words by Sam Roe</p><p class="published">Published 3 March 2026</p>',
        ("Sam Roe", "2026-03-03"),
    ),
    "only when it was changed": (
        '<meta property="article:modified_time" content="2026-03-04">',
        '<time class="updated" datetime="2026-03-04">Updated 4 March</time>',
        ("", ""),
    ),
    "the site as its author": (
        '<meta property="og:site_name" content="The Example"><meta name="author" content="The Example">',
        "",
        ("", ""),
    ),
    "an address as its author": (
        '<meta property="article:author" content="https://facebook.com/example">',
        "",
        ("", ""),
    ),
    "broken JSON-LD": (
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": </script>',
        "",
        ("", ""),
    ),
}


@pytest.mark.parametrize(("head", "top", "said"), BY_AND_WHEN.values(), ids=BY_AND_WHEN)
def test_who_wrote_it_and_when_is_what_the_page_says_of_its_article(
    head: str, top: str, said: tuple[str, str]
) -> None:
    page = Page("", head=head).html.decode().replace("</h1>", f"</h1>{top}")
    article = read(page)
    assert (article.byline, article.published) == said


def test_a_question_in_bold_is_a_line_and_its_answer_the_next() -> None:
    stay = "I was tired, and nobody had asked me to leave. It was a long year for all of us."
    leave = "Nobody asked me, and I would not have gone. <b>Would you?</b> I was very tired."
    page = (
        f"<p><strong>Why did you <i>stay</i>?</strong> {stay}</p>"
        f"<p><b>Is it late?</b></p><p>{leave}</p><p><b>It is late.</b> So I went to bed.</p>"
    )
    lines = read(f"<html><body><article>{page}</article></body></html>").text.split("\n")
    assert [line for line in lines if line] == [
        "Why did you stay?",
        stay,
        "Is it late?",
        leave.replace("<b>", "").replace("</b>", ""),
        "It is late. So I went to bed.",
    ]


def test_a_standfirst_is_one() -> None:
    top = "</h1><p class='article__standfirst'>The mayor says that nobody uses it any more.</p>"
    article = read(Page("").html.decode().replace("</h1>", top))
    (part,) = article.parts
    assert part.kind == "standfirst"
    assert article.text[slice(*part.span)] == "The mayor says that nobody uses it any more."
    assert article.text.startswith("The mayor says")


def test_what_a_page_tells_machines_is_read_where_it_shows_less() -> None:
    body = "\\n\\n".join([FIRST, SECOND.replace('"', '\\"'), THIRD, LAST])
    script = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}'
    )
    page = f"<html><head><title>T</title>{script}</script></head><body><article><p>{FIRST}</p>"
    article = read(f"{page}</article></body></html>")
    assert article.text.split("\n") == [FIRST, SECOND, THIRD, LAST]


def test_a_page_laid_out_by_tables_is_read_by_paragraphs() -> None:
    cells = "".join(f"<tr><td><p>{one}</p></td></tr>" for one in (FIRST, SECOND, THIRD, LAST))
    page = (
        f"<html><body><table><tr><td>Home</td><td><table>{cells}</table></td></tr></table></body>"
    )
    lines = read(f"{page}</html>").text.split("\n")
    assert [line for line in lines if line != "Home"] == [FIRST, SECOND, THIRD, LAST]


# --- pages of nothing else

REFUSED = {
    "a script": (
        "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "only with JavaScript",
    ),
    "a script in words": (
        "<main><h1>example.org</h1><p>JavaScript is disabled in your browser. Please "
        "turn it on and load the page once more to go on.</p></main>",
        "only with JavaScript",
    ),
    "cookies": (
        "<main><p>Please enable cookies in your browser to continue to the site of the "
        "Example, and load this page again.</p></main>",
        "asks for cookies",
    ),
    "consent": (
        "<div id='onetrust-consent-sdk'><p>We use cookies.</p></div><div id='app'></div>",
        "asks for cookies",
    ),
    "a subscription": (
        "<main><h1>Council votes</h1><div class='paywall'><p>Subscribe now to continue "
        "reading. Already a subscriber? Sign in.</p></div></main>",
        "subscribers only",
    ),
    "a captcha": (
        "<main><h1>Just a moment…</h1><p>Verify you are human by completing the action "
        "below, so that we can show you the page.</p></main>",
        "whether you are human",
    ),
}


@pytest.mark.parametrize(("body", "said"), REFUSED.values(), ids=REFUSED)
def test_a_page_that_only_asks_for_something_is_refused_as_that(body: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as error:
        read(f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>")
    assert "open it in a browser" in str(error.value)


# --- encodings


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_labels_mean_what_they_mean_in_browsers(label: str) -> None:
    page = Page(
        "", "<p>“It cost €40,000 — all of it,” said Zoë Bräuer of the café’s owners.</p>"
    ).html
    page = page.decode().replace('charset="utf-8"', f'charset="{label}"').encode("cp1252")
    assert "“It cost €40,000 — all of it,” said Zoë Bräuer" in read(page).text


def test_the_server_knows_better_than_the_page() -> None:
    page = Page("", "<p>« Il a coûté trop cher », a dit le maire de la ville à la sortie.</p>").html
    page = page.replace(b'charset="utf-8"', b'charset="koi8-r"')
    assert "coûté" in read(page, "utf-8").text


# --- documents, and pages that mean harm


def test_a_document_comes_in_whole() -> None:
    article = from_document(
        "<h1>Report</h1><p>Short.</p><ul><li>one</li></ul><h2>End</h2>", "a.docx"
    )
    assert article.text == "Report\nShort.\none\nEnd"
    assert article.title == "Report"
    assert [article.text[slice(*span)] for span in article.headings] == ["Report", "End"]


HOSTILE = {
    "deep": "<div>" * 5_000 + f"<p>{FIRST}</p>",
    "quotations in one another": "<blockquote>" * 3_000 + f"<p>{FIRST}</p>",
    "lists in one another": "<ul><li>" * 3_000 + f"<p>{FIRST}</p>",
    "tables in one another": "<table><tr><td>" * 1_500 + f"<p>{FIRST}</p>",
    "marks side by side": f"<p>{FIRST}</p>" * 3 + "<p>" + "<q>a</q>" * 20_000,
    "data in one another": '<script type="application/ld+json">' + "[" * 90_000 + "</script>",
    "no end": "<p>He said so on Monday, and it was so. " * 3_000,
    "attributes of ours": f'<p data-pullquote-kind="nothing" data-pullquote-by="X">{FIRST}</p>' * 4,
    "many notices": "<div class='cookie-banner'>" * 3_000 + f"<p>{FIRST}</p>",
    "controls": f"<p>{FIRST}\x1b[2J\x00\x85</p>" * 3,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_page_that_means_harm_is_read_or_refused_in_one_line(body: str) -> None:
    page = f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"
    try:
        article = read(page)
    except Unreadable as refused:
        article = Article(text=str(refused))
    assert not set(article.text) & set("\x1b\x00\x85")
    assert all(part.by != "X" for part in article.parts)


def test_a_paragraph_of_very_many_quotations_is_whole() -> None:
    words = " ".join("<q>I went there</q>, <em>he</em> said." for _ in range(5_000))
    page = f"<body><article><h1>Head</h1><p>{words}</p></article></body>"
    assert read(page).text.count("“I went there”, he said.") == 5_000


@pytest.mark.parametrize("around", ["article", "main", "section"])
def test_a_page_may_leave_out_the_tags_of_head_and_body(around: str) -> None:
    inner = f"<{around}><h1>Harbour to close</h1><p>{FIRST}</p><p>{SECOND}</p></{around}>"
    short = read(f"<!doctype html><title>Harbour to close</title>{inner}")
    whole = f"<html><head><title>Harbour to close</title></head><body>{inner}</body></html>"
    assert short == read(whole)
    assert FIRST in short.text


@pytest.mark.parametrize(
    "line",
    [
        "The gov\u00adern\u00adment of Ma\u00adri\u00adna Ko\u00adva\u00adlenko fell at last, she said.",
        "آنها می\u200cخواهند که بندر قدیمی شهر را ببندند، شهردار دوشنبه گفت.",
        "A zero\u200bwidth space and a word\u2060joiner stand in this sentence, she said.",
        "The oﬃce ﬁled its ﬁrst plans for the harbour in the spring, she said.",
    ],
)
def test_a_line_with_what_is_unseen_in_its_words_is_not_lost(line: str) -> None:
    paragraphs = "".join(f"<p>{one}</p>" for one in (FIRST, SECOND, THIRD, line))
    page = f"<html><body><article><h1>Talks</h1>{paragraphs}</article></body></html>"
    assert read(page, "utf-8").text.split("\n")[-1] == line


def test_a_page_of_very_many_elements_ends_with_its_article_or_says_why() -> None:
    words = f"<h1>The port</h1><p>{'The port of Ashton closes on Friday, the mayor said. ' * 9}</p>"
    empty = "<div><span></span> </div>" * 12_000
    found = from_html(f"<html><body>{empty}{words}{empty}</body>".encode(), "utf-8", "", "p")
    assert found.text.startswith("The port of Ashton closes")
    inside = words.replace("port of", "po<span></span>rt<span> </span>of")
    page = f"<html><body>{empty}{inside}{'<span></span>' * 50_000}</body>"
    assert from_html(page.encode(), "utf-8", "", "p").text == found.text
    many = "<b>x</b>" * 260_000
    with pytest.raises(Unreadable, match="p: more than 250,000 elements, too many for an article"):
        from_html(f"<html><body>{words}{many}</body>".encode(), "utf-8", "", "p")


def test_who_is_quoted_below_a_picture_of_a_gallery_is_read() -> None:
    shown = "".join(
        f"<figure><img src=a><figcaption>{one}</figcaption></figure>"
        for one in ("Kim Park on the quay: “It is a disgrace.”", "Read more in our “Port and town”")
    )
    words = f"<h1>The port</h1><p>{'The port of Ashton closes on Friday, the mayor said. ' * 9}</p>"
    page = f"<html><body><article>{words}<div class=gallery>{shown}</div></article></body>"
    article = from_html(page.encode(), "utf-8", "", "p")
    assert article.text.split("\n")[1:] == ["Kim Park on the quay: “It is a disgrace.”"]
