"""Pages as publishers write them, one row a kind: what stands in the page, and what comes of it."""

from typing import NamedTuple

FIRST = (
    "The council voted on Monday night to close the old harbour, after a debate of five hours in "
    "which every member spoke at least once."
)
SECOND = (
    "“We could not go on paying for a harbour that nobody uses,” said Anna Petrov, the mayor, when "
    "she came out of the hall at midnight."
)
THIRD = (
    "The union of dock workers said that it would go to court, and that it expected to win, as it "
    "had in two cases before."
)
LAST = (
    "Prices of fish have risen by a third since the spring, according to the chamber of commerce, "
    "which wants the harbour to stay open."
)


class Page(NamedTuple):
    """What stands between the first paragraphs of an article and the last, and around it."""

    name: str
    inside: str = ""
    has: tuple[str, ...] = ()  # lines of the text
    has_not: tuple[str, ...] = ()  # words
    parts: tuple[tuple[str, str], ...] = ()  # kind and by
    before: str = ""
    behind: str = ""
    head: str = ""

    @property
    def html(self) -> bytes:
        """The whole page."""
        words = f"<p>{FIRST}</p><p>{SECOND}</p>{self.inside}<p>{THIRD}</p><p>{LAST}</p>"
        return (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
            f"<title>Council votes to close the harbour</title>{self.head}</head><body>{self.before}"
            f"<article><h1>Council votes to close the harbour</h1>{words}</article>{self.behind}"
            "</body></html>"
        ).encode()


POSTS = (
    Page(
        "X",
        '<blockquote class="twitter-tweet" data-dnt="true"><p lang="en" dir="ltr">Nobody from my '
        'office took part.<br><br>Period. <a href="https://t.co/x">pic.twitter.com/x</a></p>&mdash; '
        'Dana Reyes (@danareyes) <a href="https://twitter.com/danareyes/status/1">March 3, 2026</a>'
        '</blockquote><script async src="https://platform.twitter.com/widgets.js"></script>',
        has=(
            "“Nobody from my office took part. Period.” — Dana Reyes (@danareyes), March 3, 2026",
        ),
        parts=(("quoted", "Dana Reyes (@danareyes)"),),
    ),
    Page(
        "X in a figure of the Guardian's",
        '<figure class="element element-tweet" data-canonical-url="x"><blockquote class="nojs-tweet">'
        '<p lang="en">I have nothing to add.</p>— Kim Park (@kimpark) <a href="x">3 March 2026</a>'
        "</blockquote></figure>",
        has=("“I have nothing to add.” — Kim Park (@kimpark), 3 March 2026",),
        parts=(("quoted", "Kim Park (@kimpark)"),),
    ),
    Page(
        "Substack",
        '<div class="twitter-embed" data-attrs="{}" data-component-name="Twitter2ToDOM"><div '
        'class="pencraft tweet"><div class="header"><div class="tweet-author"><span class='
        '"tweet-author-name">Dana Reyes </span><span class="tweet-author-handle">@danareyes</span>'
        '</div></div><div class="tweet-text">Nobody took part. <span class="tweet-fake-link">@council'
        '</span> knows.</div><div class="tweet-footer"><p class="tweet-date">10:00 AM ∙ Mar 3, 2026'
        '</p><div class="tweet-ufi"><span class="likes">99 Likes</span></div></div></div></div>',
        has=("“Nobody took part. @council knows.” — Dana Reyes (@danareyes), Mar 3, 2026",),
        has_not=("99 Likes",),
        parts=(("quoted", "Dana Reyes (@danareyes)"),),
    ),
    Page(
        "Bluesky",
        '<blockquote class="bluesky-embed" data-bluesky-uri="at://x" data-bluesky-cid="b"><p '
        'lang="en">The vote was a farce, and everybody knew it.<br><br><a href="x">[image or embed]'
        '</a></p>&mdash; Tom Hollis (<a href="x">@tomhollis.bsky.social</a>) <a href="x">March 3, '
        "2026 at 10:12 AM</a></blockquote>",
        has=(
            "“The vote was a farce, and everybody knew it.” — Tom Hollis (@tomhollis.bsky.social), "
            "March 3, 2026",
        ),
        parts=(("quoted", "Tom Hollis (@tomhollis.bsky.social)"),),
    ),
    Page(
        "Mastodon, which has no words without its script",
        '<blockquote class="mastodon-embed" data-embed-url="x"> <a href="x"> <svg></svg> <div>Post by '
        "@anna@mastodon.social</div> <div>View on Mastodon</div> </a> </blockquote>",
        has_not=("View on Mastodon",),
    ),
    Page(
        "Mastodon as a site writes it",
        '<div class="mastodon-post"><div class="post-author"><span class="display-name">Irene Falk'
        '</span><span class="handle">@irene@mastodon.social</span></div><p>I saw it with my own eyes.'
        '</p><time datetime="2026-03-03T10:00:00Z">3 Mar</time></div>',
        has=("“I saw it with my own eyes.” — Irene Falk (@irene@mastodon.social), 3 Mar",),
        parts=(("quoted", "Irene Falk (@irene@mastodon.social)"),),
    ),
    Page(
        "Instagram",
        '<blockquote class="instagram-media" data-instgrm-captioned><div><a href="x"><div>View this '
        'post on Instagram</div></a><p><a href="x">The last boat of the day, and the last one ever.'
        '</a></p><p><a href="x">A post shared by Piet Vos (@pietvos)</a> on <time datetime='
        '"2026-03-03T18:09:11+00:00">Mar 3, 2026</time></p></div></blockquote>',
        has=(
            "“The last boat of the day, and the last one ever.” — Piet Vos (@pietvos), Mar 3, 2026",
        ),
        has_not=("View this post",),
        parts=(("quoted", "Piet Vos (@pietvos)"),),
    ),
    Page(
        "TikTok",
        '<blockquote class="tiktok-embed" cite="x" data-video-id="1"><section><a title="@irenefalk" '
        'href="x">@irenefalk</a> I saw it with my own eyes <a title="♬ original sound" href="x">♬ '
        "original sound - Irene</a></section></blockquote>",
        has=("“I saw it with my own eyes” — @irenefalk",),
        parts=(("quoted", "@irenefalk"),),
    ),
    Page(
        "Facebook",
        '<div class="fb-post" data-href="x"><blockquote cite="x" class="fb-xfbml-parse-ignore"><p>We '
        'will keep the ferry running until June.</p>Posted by <a href="x">Harbour Ferry Company</a> '
        'on&nbsp;<a href="x">Tuesday, March 3, 2026</a></blockquote></div>',
        has=(
            "“We will keep the ferry running until June.” — Harbour Ferry Company, Tuesday, March "
            "3, 2026",
        ),
        parts=(("quoted", "Harbour Ferry Company"),),
    ),
)
SET_APART = (
    Page(
        "a block quotation of two paragraphs with its source",
        "<blockquote><p>The quays belong to the town.</p><p>The town belongs to us.</p><footer>— The "
        "old charter</footer></blockquote>",
        has=("“The quays belong to the town.", "“The town belongs to us.” — The old charter"),
        parts=(("quoted", "The old charter"), ("quoted", "The old charter")),
    ),
    Page(
        "a pull quote of WordPress",
        '<figure class="wp-block-pullquote"><blockquote><p>It was never about the money at all.</p>'
        "<cite>Anna Petrov, mayor</cite></blockquote></figure>",
        has=("“It was never about the money at all.” — Anna Petrov, mayor",),
        parts=(("quoted", "Anna Petrov, mayor"),),
    ),
    Page(
        "a pull quote with its marks and a caption",
        '<figure class="pull-quote"><blockquote>“It was never about the money.”</blockquote>'
        "<figcaption>Anna Petrov</figcaption></figure>",
        has=("“It was never about the money.” — Anna Petrov",),
        parts=(("quoted", "Anna Petrov"),),
    ),
    Page(
        "a pull quote that repeats the article",
        '<aside class="pullquote"><p>We could not go on paying for a harbour that nobody uses</p>'
        "</aside>",
        has_not=("nobody uses”\n", "“We could not go on paying for a harbour that nobody uses”"),
    ),
    Page(
        "a story of WordPress that is embedded",
        '<blockquote class="wp-embedded-content"><a href="x">The harbour in pictures</a></blockquote>',
        has_not=("“The harbour in pictures",),
    ),
    Page(
        "quotation marks of q, single inside double",
        "<p>He said <q>they told me <q>no</q> twice, and then they told me a third time</q>.</p>",
        has=("He said “they told me ‘no’ twice, and then they told me a third time”.",),
    ),
    Page(
        "captions",
        '<figure><img src="a.jpg" alt="“Alt”"><figcaption>“I am sad,” says Piet Vos, 61, beside his '
        "boat. Photo: S. Roe</figcaption></figure>",
        has=("“I am sad,” says Piet Vos, 61, beside his boat. Photo: S. Roe",),
        has_not=("Alt",),
        parts=(("caption", ""),),
    ),
    Page(
        "a caption by class",
        '<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">Piet Vos beside the boat '
        "that he has had for forty years.</p></div>",
        has=("Piet Vos beside the boat that he has had for forty years.",),
        parts=(("caption", ""),),
    ),
    Page(
        "details, questions and answers",
        "<details><summary>Read the full statement</summary><p>“The harbour has no future.”</p>"
        "</details><dl><dt>Why did you close it?</dt><dd>“Because nobody paid.”</dd></dl>",
        has=(
            "Read the full statement",
            "“The harbour has no future.”",
            "Why did you close it?",
            "“Because nobody paid.”",
        ),
    ),
    Page(
        "deleted words and joiners",
        "<p>The vote was <del>11</del><ins>12</ins> to 9, and the family 👨\u200d👩\u200d👧 that "
        "lives above the quay was there to see it.</p>",
        has=(
            "The vote was 12 to 9, and the family 👨\u200d👩\u200d👧 that lives above the quay was "
            "there to see it.",
        ),
    ),
    Page(
        "a paragraph for who has no script",
        "<noscript><p>“I have nothing to add to what I said in the hall on Monday,” said Kim Park."
        '</p></noscript><noscript><img src="x.gif">Please enable JavaScript.</noscript>',
        has=("“I have nothing to add to what I said in the hall on Monday,” said Kim Park.",),
        has_not=("enable JavaScript",),
    ),
    Page(
        "sentences for who has no script",
        "<noscript><p>“We will not go,” said Kim Park.</p></noscript>"
        "<p><noscript>“I have nothing to add to what I said,” said Ann Cole.</noscript></p>"
        "<noscript><div>“It is over for the quays,” she said.</div></noscript>"
        '<noscript>Please enable JavaScript to view the <a href="/c">comments.</a></noscript>'
        '<noscript><p><a href="/d">View the discussion thread.</a></p></noscript>'
        "<noscript><p>You need to turn on JavaScript to see what was said here.</p></noscript>",
        has=(
            "“We will not go,” said Kim Park.",
            "“I have nothing to add to what I said,” said Ann Cole.",
            "“It is over for the quays,” she said.",
        ),
        has_not=("JavaScript", "discussion thread"),
    ),
    Page(
        "a table of figures",
        "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>2024</td><td>31</td></tr></table>",
        has=("Year | Boats", "2024 | 31"),
    ),
)
NOTICES = (
    Page(
        "OneTrust",
        before='<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" role="dialog"><p>We use '
        "cookies. “Your privacy matters,” said nobody.</p></div></div>",
        has_not=("Your privacy matters",),
    ),
    Page(
        "Quantcast",
        behind='<div class="qc-cmp2-container"><h2>We value your privacy</h2><p>We and our 842 partners '
        "store and access information on a device, such as cookies.</p></div>",
        has_not=("842 partners",),
    ),
    Page(
        "Sourcepoint",
        before='<div id="sp_message_container_1"><p>We and our partners use your data to show you '
        "personalised ads on this and other sites that you may visit.</p></div>",
        has_not=("personalised ads",),
    ),
    Page(
        "a consent box by its words alone",
        before="<div class='css-1x2'><div><p>We and our 842 partners store and access information on "
        "your device. You can accept all cookies or manage your choices at any time.</p></div></div>",
        has_not=("842 partners",),
    ),
    Page(
        "Piano",
        '<div class="tp-container-inner"><p>Subscribe now to keep reading. Already a subscriber? Sign '
        "in. Unlimited access for 1 euro in the first month.</p></div>",
        has_not=("Subscribe now",),
    ),
    Page(
        "an offer by its words alone",
        "<div class='x-9'><h3>Keep reading for 1 euro</h3><p>Become a subscriber today. Cancel any "
        "time.</p></div>",
        has_not=("Cancel any time", "Keep reading"),
    ),
    Page(
        "the paid part of an article is no offer",
        '<div class="paywall"><p>“It was the worst night of my life,” said Tom Ashby, who has worked on '
        "the quays for thirty years and lost his job.</p></div>",
        has=(
            "“It was the worst night of my life,” said Tom Ashby, who has worked on the quays for "
            "thirty years and lost his job.",
        ),
    ),
    Page(
        "comments",
        behind='<section id="comments"><div class="comment"><span class="author">Grumpy Reader</span>'
        '<time datetime="2026-05-05">May 5, 2026</time><p>This is what comes of voting for them, year '
        "after year after year.</p></div></section>",
        has_not=("Grumpy", "voting for them"),
    ),
    Page(
        "Disqus, a newsletter and links to share",
        '<div class="Newsletter-signup"><h3>The Morning</h3><p>Get the news of the day in your inbox.'
        "</p></div>",
        behind='<div id="disqus_thread"><p>What a shame that nobody thought of the boats when it came '
        'to the vote.</p></div><div class="share-buttons">Share on Facebook</div>',
        has_not=("The Morning", "What a shame", "Share on"),
    ),
    Page(
        "links to other stories",
        "<p><strong>READ MORE</strong></p><ul><li><a href='x'>Harbour of old in pictures and words</a>"
        "</li><li><a href='y'>Ten things to know about the quays today</a></li></ul>",
        has_not=("READ MORE", "in pictures", "Ten things"),
    ),
)
