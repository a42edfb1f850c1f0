"""Laws that an article refers to, and messages of a news agency, in pullquote."""
