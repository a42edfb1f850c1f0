"""The labels of spaCy's English pipelines that the rules ask for, by what they mean.

Dependencies follow ClearNLP, tags the Penn Treebank, entities OntoNotes 5
(https://spacy.io/models/en has the lists).
"""

# dependencies: who does something, and to whom it is done
SUBJECT, PASSIVE_SUBJECT = "nsubj", "nsubjpass"
SUBJECTS = frozenset({SUBJECT, PASSIVE_SUBJECT})
WITH_CLAUSES = SUBJECTS | {"csubj"}  # "that it came back was a threat"
ANY_SUBJECT = WITH_CLAUSES | {"expl"}  # "there was"
AGENT = "agent"  # the "by" of a passive
OBJECT = "dobj"
OBJECT_OF_PREPOSITION = "pobj"
UNDERGOERS = frozenset({OBJECT, PASSIVE_SUBJECT})  # whom or what a verb is done to
COMPLEMENTS = frozenset({OBJECT, "attr", "prt", "acomp"})  # what a verb needs beside its subject
# where a country does something or has it done to it
ACTING = SUBJECTS | {AGENT, OBJECT, "dative", "nmod", "ROOT", "appos"}

ADJECTIVE, ATTRIBUTE, NAMING = "acomp", "attr", "oprd"  # "is late", "is a lie", "called it a lie"

# dependencies: clauses
INFINITIVE = "xcomp"  # "threatened to"
CLAUSE = "ccomp"  # "warned that it would"
CLAUSES = frozenset({CLAUSE, INFINITIVE})
CLAUSES_OF_NOUNS = frozenset({"acl", CLAUSE})  # "fears that it would"
RELATIVE_CLAUSE = "relcl"
OF_NOUNS = frozenset({"acl", RELATIVE_CLAUSE})  # a verb that describes a noun
OF_IT = OF_NOUNS | {"prep"}  # what says something of a noun
ADVERBIAL_CLAUSE = "advcl"  # "if they come"
SUBORDINATOR = "mark"

# dependencies: small words, and what is joined
PREPOSITION = "prep"
PREPOSITIONS = frozenset({PREPOSITION, AGENT})
AUXILIARY, PASSIVE_AUXILIARY = "aux", "auxpass"
AUXILIARIES = frozenset({AUXILIARY, PASSIVE_AUXILIARY})
NEGATION = "neg"
PASSIVES = frozenset({PASSIVE_AUXILIARY, PASSIVE_SUBJECT})
RECEIVER = "dative"
RECEIVERS = frozenset({OBJECT, RECEIVER})  # "told the hunters"
POSSESSOR = "poss"
CONJUNCT, COMPOUND = "conj", "compound"
JOINED = frozenset({CONJUNCT, COMPOUND})
DETERMINERS = frozenset({"det", "nummod", POSSESSOR})  # what makes a plural somebody in particular
SHARE_SUBJECTS = frozenset({CONJUNCT, ADVERBIAL_CLAUSE, INFINITIVE})  # "met and issued a letter"
ADDRESSEES = frozenset({OBJECT, "dative", OBJECT_OF_PREPOSITION, PASSIVE_SUBJECT})  # "asked him"
LOOSE_CLAUSES = frozenset({ADVERBIAL_CLAUSE, CONJUNCT, "parataxis"})  # what only adds to a clause

NO_PART = LOOSE_CLAUSES | {"cc", "punct", "meta"}  # of the clause that they stand under
HELD = frozenset({CLAUSE, INFINITIVE, "acl"})  # clauses that make one with the word above them

# parts of speech and tags
VERB, NOUN, NAME, PRONOUN = "VERB", "NOUN", "PROPN", "PRON"
NOUNS = frozenset({NOUN, NAME})
VERBS = frozenset({VERB, "AUX"})
ADVERB = "ADV"
NO_NOUNS = frozenset({"ADJ", "VERB", "AUX", "SCONJ", "DET", "ADP", "CCONJ", "PART"})
NAMERS = frozenset({NAME, PRONOUN})
CONJUNCTIONS = frozenset({"CCONJ", "SCONJ"})
MODAL = "MD"
INFINITIVAL = "TO"
PAST, PRESENT_PARTICIPLE = "VBD", "VBG"
PASTS = frozenset({PAST, "VBN"})
TELLING = frozenset({PAST, "VBP", "VBZ"})  # finite, and no modal
FINITE = TELLING | {MODAL}
SINGULAR = "NN"
SINGULARS = frozenset({SINGULAR, "NNP"})
PLURALS = frozenset({"NNS", "NNPS"})
POSSESSIVE = "POS"  # "'s"
OWNERS = frozenset({POSSESSIVE, "PRP$"})  # "’s", "their"
COMPARATIVES = frozenset({"JJR", "JJS", "RBR", "RBS"})

# entities
PERSON, ORGANISATION, STATE, PEOPLE = "PERSON", "ORG", "GPE", "NORP"  # a state, or a town in it
WHO = frozenset({PERSON, ORGANISATION, STATE, PEOPLE})
PLACES = frozenset({STATE, "LOC", PEOPLE})
AMOUNTS = frozenset({"CARDINAL", "MONEY", "PERCENT", "QUANTITY"})
TIMES = frozenset({"DATE", "TIME"})
NAMED = WHO | {"LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}  # no dates, no numbers

# the words of names and phrases
APPOSITION = "appos"
ATTRIBUTES = frozenset({COMPOUND, "amod", "nmod"})
BEFORE_NOUNS = ATTRIBUTES | {POSSESSOR, "case"}
PHRASE_ENDERS = frozenset({RELATIVE_CLAUSE, APPOSITION, "cc", CONJUNCT, SUBJECT, AUXILIARY})
DESCRIBES = frozenset({PREPOSITION, "acl"})  # "the letter of May", "the letter signed by her"
SAYS_MORE = PREPOSITIONS | {RELATIVE_CLAUSE, APPOSITION, "acl"}  # behind a noun
CLAUSE_OPENERS = frozenset({"WP", "WDT", "VBD", "VBZ", "VBP"})
WHERE = "WRB"  # "where", "when"
FUNCTION_WORDS = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "ADV"})
