"""
One quantum layer (RX angle embedding, strongly entangling layers, <Z> of every wire) forward and backward with gradients
of weights and inputs: CPU microseconds per sample in batches of 64.
"""

import math
from importlib.metadata import version

from timing import emit, microseconds, missing

BATCH = 64
CASES = [(2, 1), (4, 2), (6, 3), (10, 2)]

try:
    import pennylane
    import torch
except ImportError as error:
    missing(str(error), "pip install torch pennylane pennylane-lightning")

torch.set_num_threads(1)


def pennylane_layer(device_name, method, wires, layers):
    device = pennylane.device(device_name, wires=wires)

    @pennylane.qnode(device, interface="torch", diff_method=method)
    def circuit(inputs, weights):
        pennylane.AngleEmbedding(inputs, wires=range(wires), rotation="X")
        pennylane.StronglyEntanglingLayers(weights, wires=range(wires))
        return [pennylane.expval(pennylane.PauliZ(wire)) for wire in range(wires)]

    inputs = torch.rand(BATCH, wires, dtype=torch.float64, requires_grad=True)
    weights = (torch.rand(layers, wires, 3, dtype=torch.float64) * 2 * math.pi).requires_grad_()

    def run_batch():
        torch.stack(circuit(inputs, weights)).sum().backward()

    def run_one_by_one():
        for sample in inputs[:8]:
            torch.stack(circuit(sample, weights)).sum().backward()

    return (run_batch, BATCH) if method == "backprop" else (run_one_by_one, 8)


def measure(who, device_name, method):
    for wires, layers in CASES:
        run, samples = pennylane_layer(device_name, method, wires, layers)
        emit(f"quantum {wires} {layers}", who, microseconds(run) / samples, "us")


measure(f"PennyLane {pennylane.__version__}, default.qubit, backprop, batch 64", "default.qubit", "backprop")
try:
    import pennylane_lightning  # noqa: F401
except ImportError as error:
    missing(str(error), "pip install pennylane-lightning")
measure(f"PennyLane Lightning {version('pennylane_lightning')}, adjoint, sample by sample", "lightning.qubit", "adjoint")
