"""The networks: MiniLM with casing and quotation state, and heads for what is learned from it.

For attributions a tagger under a linear-chain CRF (Lafferty et al. 2001) and a pointer (Vinyals et
al. 2015). Training sums over target *marginals*, so that hard labels (one-hot) and a teacher's
(soft) take the same way. For actors, coreference between words (Dobrovolskii 2021): of each word
whether a mention has it as its head, and of what type; and a score for pairs of heads.
"""

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from pullquote.analysis.coreference.heads import TYPES
from pullquote.analysis.coreference.pairs import SIZES

LABELS = 7  # outside; begin and inside of source, cue, content
CASINGS, QUOTED = 9, 5
SCORER = ("mine", "theirs", "both", "features", "score")  # what pairs.Scorer runs
_POINTER = 96
_MENTION = 192  # the width of a mention's vectors
_PAIR = 128
_NEVER = -1e4


def log_partition(starts: Tensor, steps: Tensor) -> Tensor:
    """The logarithm of the sum over all ways through a chain, for each chain of a batch.

    The steps are multiplied in pairs: a chain takes as many rounds as its length has binary digits.

    Args:
        starts: The scores of the first labels, batch x labels.
        steps: Those of each label after each other one, batch x steps x labels x labels.

    Returns:
        One number a chain.
    """
    while steps.shape[1] > 1:
        pairs = steps.shape[1] // 2
        first, second = steps[:, 0 : 2 * pairs : 2], steps[:, 1 : 2 * pairs : 2]
        joined = torch.logsumexp(first[..., :, :, None] + second[..., None, :, :], -2)
        steps = torch.cat([joined, steps[:, 2 * pairs :]], 1)
    if steps.shape[1]:
        starts = torch.logsumexp(starts[:, :, None] + steps[:, 0], 1)
    return torch.logsumexp(starts, 1)


class Network(nn.Module):
    """Scores of each word's labels, and where each word points."""

    forbidden: Tensor

    def __init__(self, base: Path, attention: str = "sdpa", dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            base,
            add_pooling_layer=False,
            attn_implementation=attention,
            attention_probs_dropout_prob=dropout,
        )
        width = self.encoder.config.hidden_size
        self.casing = nn.Embedding(CASINGS, width)
        self.quoted = nn.Embedding(QUOTED, width)
        for added in (self.casing, self.quoted):
            nn.init.normal_(added.weight, std=0.02)
        self.drop = nn.Dropout(0.1)
        self.tag = nn.Linear(width, LABELS)
        self.query = nn.Linear(width, _POINTER)
        self.key = nn.Linear(width, _POINTER)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.first = nn.Parameter(torch.zeros(LABELS))
        forbidden = torch.zeros(LABELS, LABELS)
        for inside in (2, 4, 6):
            for before in range(LABELS):
                if before not in (inside, inside - 1):
                    forbidden[before, inside] = _NEVER
        self.register_buffer("forbidden", forbidden, persistent=False)

    def hidden(
        self, pieces: Tensor, casing: Tensor, quoted: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """The encoder's vector of every piece; `mask` is 0 on padding."""
        embedded = (
            self.encoder.embeddings.word_embeddings(pieces)
            + self.casing(casing)
            + self.quoted(quoted)
        )
        return self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def attribution(self, vectors: Tensor) -> tuple[Tensor, ...]:
        """Label scores, queries and keys of the encoder's vectors."""
        return self.tag(vectors), self.query(vectors), self.key(vectors)

    def forward(
        self, pieces: Tensor, casing: Tensor, quoted: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """Label scores, queries and keys of every piece; `mask` is 0 on padding."""
        return self.attribution(self.drop(self.hidden(pieces, casing, quoted, mask)))

    def mixed_precision(self) -> torch.autocast:
        """Products in bfloat16 inside this context, where the processor does not emulate them.

        A GPU has products to spare, and takes longer to halve the numbers than to multiply them.
        """
        kind = self.tag.weight.device.type
        is_fast = kind == "cpu" and "AVX512" in torch.backends.cpu.get_cpu_capability()
        return torch.autocast(kind, dtype=torch.bfloat16, enabled=is_fast)

    def moves(self) -> Tensor:
        """The CRF's transitions, with the forbidden ones out of reach."""
        return self.transitions + self.forbidden

    def starts(self) -> Tensor:
        """The CRF's scores of a first label; a span cannot go on where nothing was."""
        return self.first + self.forbidden[0]

    def tagging_loss(self, scores: Tensor, unary: Tensor, pairs: Tensor, mask: Tensor) -> Tensor:
        """The cross-entropy of the CRF against target marginals, summed over the words.

        `scores` and `unary` are batch x words x labels; `pairs` is batch x labels x labels, the
        expected counts of each move; `mask` is batch x words.
        """
        stays = torch.full((LABELS, LABELS), _NEVER).fill_diagonal_(0)
        steps = self.moves() + scores[:, 1:, None, :]
        steps = torch.where(mask[:, 1:, None, None] > 0, steps, stays)
        total = log_partition(self.starts() + scores[:, 0], steps)
        expected = (
            (scores * unary * mask[:, :, None]).sum()
            + (pairs * self.transitions).sum()
            + (unary[:, 0] * self.first).sum()
        )
        return total.sum() - expected

    def pointing(self, queries: Tensor, keys: Tensor) -> Tensor:
        """How much queries point at keys: queries x d, queries x words x d to queries x words."""
        return torch.einsum("nd,nwd->nw", queries, keys) / math.sqrt(_POINTER)


class JointNetwork(Network):
    """The network with heads for actors: for mentions, and for pairs of them.

    Its attention is written out, as ONNX needs it, and drops nothing: so it learns as well in two
    thirds of the time.
    """

    def __init__(self, base: Path) -> None:
        super().__init__(base, attention="eager", dropout=0.0)
        width = self.encoder.config.hidden_size
        self.mention = nn.Sequential(
            nn.Linear(width, _MENTION), nn.GELU(), nn.Dropout(0.1), nn.Linear(_MENTION, len(TYPES))
        )
        self.anaphor, self.antecedent = nn.Linear(width, _MENTION), nn.Linear(width, _MENTION)
        self.mine = nn.Linear(_MENTION, _PAIR)
        self.theirs = nn.Linear(_MENTION, _PAIR, bias=False)
        self.both = nn.Linear(_MENTION, _PAIR, bias=False)
        tables = [nn.Embedding(size, _PAIR) for size in SIZES]
        for table in tables:
            nn.init.normal_(table.weight, std=0.1)
        self.features = nn.ModuleList(tables)
        self.score = nn.Linear(_PAIR, 1)

    def forward(
        self, pieces: Tensor, casing: Tensor, quoted: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """As before; and each piece's types, its vector as anaphor, and as antecedent."""
        hidden = self.hidden(pieces, casing, quoted, mask)
        of_actors = self.mention(hidden), self.anaphor(hidden), self.antecedent(hidden)
        return *self.attribution(hidden), *of_actors

    def pair_scores(
        self, heads: Tensor, later: Tensor, earlier: Tensor, features: Tensor
    ) -> Tensor:
        """How well each earlier mention serves the later one; "no antecedent" scores 0.

        `heads` are the encoder's vectors of the mentions' heads; the others as in `Pairs`.
        """
        gelu = nn.functional.gelu
        mine, theirs = (
            self.drop(gelu(self.anaphor(heads))),
            self.drop(gelu(self.antecedent(heads))),
        )
        hidden = self.mine(mine)[later] + self.theirs(theirs)[earlier]
        hidden = hidden + self.both(mine[later] * theirs[earlier])
        for table, column in zip(self.features, features.T, strict=True):
            hidden = hidden + table(column)
        return self.score(self.drop(gelu(hidden)))[:, 0]
