"""The network: MiniLM with casing and quotation state, a tagger under a CRF, and a pointer.

Linear-chain CRF after Lafferty et al. 2001; pointing after Vinyals et al. 2015. Training sums over
target *marginals*, so that hard labels (one-hot) and a teacher's (soft) take the same way.
"""

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

LABELS = 7  # outside; begin and inside of source, cue, content
CASINGS, QUOTED = 9, 5
_POINTER = 96
_NEVER = -1e4


class Network(nn.Module):
    """Scores of each word's labels, and where each word points."""

    forbidden: Tensor

    def __init__(self, base: Path, attention: str = "sdpa") -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation=attention
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

    def forward(
        self, pieces: Tensor, casing: Tensor, quoted: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """Label scores, queries and keys of every piece; `mask` is 0 on padding."""
        embedded = (
            self.encoder.embeddings.word_embeddings(pieces)
            + self.casing(casing)
            + self.quoted(quoted)
        )
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        hidden = self.drop(hidden)
        return self.tag(hidden), self.query(hidden), self.key(hidden)

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
        moves, total = self.moves(), self.starts() + scores[:, 0]
        for step in range(1, scores.shape[1]):
            through = torch.logsumexp(total[:, :, None] + moves, 1) + scores[:, step]
            total = torch.where(mask[:, step, None] > 0, through, total)
        expected = (
            (scores * unary * mask[:, :, None]).sum()
            + (pairs * self.transitions).sum()
            + (unary[:, 0] * self.first).sum()
        )
        return torch.logsumexp(total, 1).sum() - expected

    def pointing(self, queries: Tensor, keys: Tensor) -> Tensor:
        """How much queries point at keys: queries x d, queries x words x d to queries x words."""
        return torch.einsum("nd,nwd->nw", queries, keys) / math.sqrt(_POINTER)
