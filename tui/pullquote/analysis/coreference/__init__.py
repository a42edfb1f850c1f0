"""Who is meant, learned: which words mention somebody, and which mentions are of one actor.

Word-level coreference (Dobrovolskii 2021): the encoder says of each word whether it is the head of
a mention, and of what type; a small network scores each mention's antecedents; the mentions of one
actor are a cluster. Names are joined by rules beside it (analysis/actors/), and `join.py` brings
both together. All offsets are half-open, in code points.
"""
