"""What every run of training shares: rates that rise and fall, and a state kept beside it.

A run that was stopped goes on where its state was kept last.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from pullquote.training.network import Network

_KEEP = 200  # steps between two saves of the state


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long a run learns, and how fast."""

    seed: int
    steps: int
    rate: float  # of the encoder
    head_rate: float
    warm: int  # steps in which the rates rise


class Run:
    """A network that learns, with its optimiser and its state; `done` are the steps that it did.

    `frozen` are those of the encoder's embeddings that stay as they are.
    """

    def __init__(
        self, network: Network, schedule: Schedule, state: Path, frozen: tuple[str, ...]
    ) -> None:
        for name in frozen:
            network.encoder.embeddings.get_submodule(name).requires_grad_(False)
        named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
        body = [p for name, p in named if name.startswith("encoder")]
        heads = [p for name, p in named if not name.startswith("encoder")]
        self.network = network
        self._schedule = schedule
        self._state = state
        self._learning = [*body, *heads]
        self._optimiser = torch.optim.AdamW(
            [
                {"params": body, "lr": schedule.rate, "weight_decay": 0.01},
                {"params": heads, "lr": schedule.head_rate, "weight_decay": 0},
            ],
            fused=True,
        )
        self._seconds = 0.0
        self.done = self._restore()
        self._began = time.monotonic()

    def begin(self, step: int) -> None:
        """Make ready for the losses of a step; the first is 1."""
        schedule = self._schedule
        torch.manual_seed(schedule.seed * 1_000_003 + step)  # dropout repeats, stopped or not
        share = min(1, step / schedule.warm) * (1 - (step - 1) / schedule.steps)
        rates = (schedule.rate, schedule.head_rate)
        for group, rate in zip(self._optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share
        self._optimiser.zero_grad(set_to_none=True)

    def end(self, step: int) -> None:
        """Learn from the gradients, and keep the state now and then."""
        nn.utils.clip_grad_norm_(self._learning, 1.0)
        self._optimiser.step()
        if step % _KEEP == 0 or step == self._schedule.steps:
            self._keep(step)

    def _keep(self, step: int) -> None:
        part = self._state.with_suffix(".part")
        kept = {
            "network": self.network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "step": step,
            "seconds": self._seconds + time.monotonic() - self._began,
        }
        torch.save(kept, part)
        part.replace(self._state)

    def _restore(self) -> int:
        """The steps done by the kept state, which is put back; 0 where there is none."""
        if not self._state.exists():
            return 0
        kept = torch.load(self._state, map_location=torch.get_default_device(), weights_only=True)
        self.network.load_state_dict(kept["network"])
        self._optimiser.load_state_dict(kept["optimiser"])
        self._seconds = float(kept["seconds"])
        return int(kept["step"])


def seconds(state: Path) -> float:
    """How long the run of a kept state has learned, all starts together."""
    return float(torch.load(state, map_location="cpu", weights_only=True)["seconds"])
