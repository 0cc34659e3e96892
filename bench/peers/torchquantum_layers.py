"""The layer of quantum_layers.py in TorchQuantum: CPU microseconds per sample in batches of 64."""

import math

from timing import emit, microseconds, missing

BATCH = 64
CASES = [(2, 3), (4, 2), (6, 3), (8, 3), (10, 1), (10, 3)]

try:
    import torch
    import torchquantum
    from torchquantum.functional import cnot, rot, rx
except Exception as error:  # its own imports fail in several ways beside newer packages
    missing(f"torchquantum ({error})", "pip install torchquantum in an environment of its own")

torch.set_num_threads(1)
measure = torchquantum.MeasureAll(torchquantum.PauliZ)

for wires, layers in CASES:
    inputs = torch.rand(BATCH, wires, requires_grad=True)
    weights = (torch.rand(layers, wires, 3) * 2 * math.pi).requires_grad_()

    def run():
        device = torchquantum.QuantumDevice(n_wires=wires, bsz=BATCH)
        for wire in range(wires):
            rx(device, wires=wire, params=inputs[:, wire])
        for layer in range(layers):
            for wire in range(wires):
                rot(device, wires=wire, params=weights[layer, wire].expand(BATCH, 3))
            reach = layer % (wires - 1) + 1
            for wire in range(wires):
                cnot(device, wires=[wire, (wire + reach) % wires])
        measure(device).sum().backward()

    version = getattr(torchquantum, "__version__", "")
    emit(f"quantum {wires} {layers}", f"TorchQuantum {version}, complex64, batch 64", microseconds(run) / BATCH, "us")
