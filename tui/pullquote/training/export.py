"""From the trained network to the files that the analysis runs.

These are one ONNX in eight bits, the CRF's moves, and the arrays of the scorer of pairs.
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pullquote.training.network import CASINGS, QUOTED, SCORER, JointNetwork, Network

# small, and the first to suffer: they stay in full precision
_HEADS = ("/tag/", "/query/", "/key/", "/mention/", "/anaphor/", "/antecedent/")
_INPUTS = ["ids", "ca", "qu"]
_OUTPUTS = ["em", "q", "k", "types", "ana", "ant"]  # the first three of attributions


def export(network: Network, folder: Path, quantised: bool = True) -> Path:
    """Writes `attribution.int8.onnx` (or `attribution.onnx`) and `attribution_meta.npz`.

    Of a network that knows actors also `actors.npz`, in 16 bits (or in 32).
    """
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(network, JointNetwork):
        _write_scorer(network, folder / "actors.npz", np.float16 if quantised else np.float32)
    moves, starts = network.moves().detach().numpy(), network.starts().detach().numpy()
    np.savez(folder / "attribution_meta.npz", trans=moves, start=starts)
    if not quantised:
        return _written(network, folder / "attribution.onnx")
    with tempfile.TemporaryDirectory() as work:
        return _quantised(
            _written(network, Path(work) / "full.onnx"), folder / "attribution.int8.onnx"
        )


def _write_scorer(network: JointNetwork, path: Path, precision: type[np.floating[Any]]) -> None:
    arrays: dict[str, Any] = {
        name: value.numpy().astype(precision)
        for name, value in network.state_dict().items()
        if name.split(".")[0] in SCORER
    }
    np.savez(path, **arrays)


def _written(network: Network, path: Path) -> Path:
    example = (
        torch.randint(1000, 2000, (1, 17)),
        torch.randint(0, CASINGS, (1, 17)),
        torch.randint(0, QUOTED, (1, 17)),
    )
    outputs = _OUTPUTS if isinstance(network, JointNetwork) else _OUTPUTS[:3]
    torch.onnx.export(
        network.eval(),
        example,
        str(path),
        input_names=_INPUTS,
        output_names=outputs,
        dynamic_axes={name: {1: "pieces"} for name in [*_INPUTS, *outputs]},
        opset_version=17,
        dynamo=False,
    )
    return path


def _quantised(full: Path, path: Path) -> Path:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    nodes = onnx.load(str(full)).graph.node
    heads = [
        node.name
        for node in nodes
        if node.op_type in ("MatMul", "Gemm") and node.name.startswith(_HEADS)
    ]
    # A reduced range keeps sums within 16 bits on processors without VNNI, where full-range
    # products overflow.
    quantize_dynamic(
        str(full),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=heads,
        extra_options={"MatMulConstBOnly": True},
    )
    return path
