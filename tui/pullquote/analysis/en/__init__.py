"""What is English in the analysis: word lists (TOML) and the parser's labels (labels.py).

Another language needs lists of the same names, a pipeline whose labels labels.py maps, a model of
attributions, and examples for the rows of the tables. What is English and not here, and why:

- The examples of the tables' rows (warnings/, actors/groups.py, names.py, stances.py, claims.py)
  stand with the rules that they are tests of.
- That names begin with a capital, organisations have initials and shouted names are speakers of a
  transcript (candidates.py, drafts.py, attributions.py) is how names are written, not words.
- That a possessive ends in ’s (drafts.py, warnings/attributed.py) and an adverb in -ly
  (attributions.py) are forms of words, which a list cannot hold.
- "the Kremlin": the article is part of an actor's name as it is shown (actors/organisations.py).
- That a name is a given name and a surname in this order (drafts.py, actors/people.py), and that a
  role stands before it or behind a comma (actors/roles.py).
- The quotation marks are those of every house style, English or not (quotations.py).
- The census of given names and the countries come from packages (lexicon.py).
"""
