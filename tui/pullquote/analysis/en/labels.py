"""The labels of spaCy's English pipelines that the rules ask for, by what they mean.

Dependencies follow ClearNLP, tags the Penn Treebank, entities OntoNotes 5
(https://spacy.io/models/en has the lists).
"""

# dependencies
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
WITH_CLAUSES = SUBJECTS | {"csubj"}  # "that it came back was a threat"
ANY_SUBJECT = WITH_CLAUSES | {"expl"}  # "there was"
OBJECT = "dobj"
OBJECT_OF_PREPOSITION = "pobj"
UNDERGOERS = frozenset({OBJECT, "nsubjpass"})  # whom or what a verb is done to
CLAUSES = frozenset({"ccomp", "xcomp"})  # "warned that it would", "threatened to"
CLAUSES_OF_NOUNS = frozenset({"acl", "ccomp"})  # "fears that it would"
OF_NOUNS = frozenset({"acl", "relcl"})  # a verb that describes a noun
JOINED = frozenset({"conj", "compound"})
PREPOSITION = "prep"
PREPOSITIONS = frozenset({"prep", "agent"})
SUBORDINATOR = "mark"
AUXILIARY = "aux"
AUXILIARIES = frozenset({"aux", "auxpass"})
NEGATION = "neg"
POSSESSOR = "poss"

# parts of speech and tags
VERB, NOUN, NAME, PRONOUN = "VERB", "NOUN", "PROPN", "PRON"
NOUNS = frozenset({NOUN, NAME})
VERBS = frozenset({VERB, "AUX"})
MODAL = "MD"
FINITE = frozenset({"VBD", "VBP", "VBZ", MODAL})

PAST, PRESENT_PARTICIPLE = "VBD", "VBG"
COMPARATIVES = frozenset({"JJR", "JJS", "RBR", "RBS"})

# entities
AMOUNTS = frozenset({"CARDINAL", "MONEY", "PERCENT", "QUANTITY"})
TIMES = frozenset({"DATE", "TIME"})
WHO = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PLACES = frozenset({"GPE", "LOC", "NORP"})

# the words of names and phrases
PLURALS = frozenset({"NNS", "NNPS"})
APPOSITION = "appos"
ATTRIBUTES = frozenset({"compound", "amod", "nmod"})
BEFORE_NOUNS = ATTRIBUTES | {"poss", "case"}
PHRASE_ENDERS = frozenset({"relcl", "appos", "cc", "conj", "nsubj", "aux"})
CLAUSE_OPENERS = frozenset({"WP", "WDT", "VBD", "VBZ", "VBP"})
FUNCTION_WORDS = frozenset({"ADP", "DET", "CCONJ", "ADV"})
# where a country does something or has it done to it
ACTING = SUBJECTS | {"agent", "dobj", "dative", "nmod", "ROOT", "appos"}
