"""A web page on its way to an article: what it shows, which of it is the article, who says so.

`markup` makes of the page what a browser shows; `posts` writes out the posts of others in it;
`notices` takes out what is no article's (consent, offers, comments); `blocks` cuts it into lines;
`choosing` says which lines are the article, `live` those of a live blog, `structured` what the page
tells machines, `about` who wrote it and when.
"""
