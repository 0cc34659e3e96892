"""
One quantum layer (RX angle embedding, strongly entangling layers, <Z> of every wire) forward and backward with gradients
of weights and inputs: CPU microseconds per sample in batches of 64. What is not installed is named, and the rest still runs.
"""

import math
from importlib.metadata import version

from timing import emit, lacks, microseconds, missing

BATCH = 64
CASES = [(2, 3), (4, 2), (6, 3), (8, 3), (10, 1), (10, 3)]

try:
    import pennylane
except ImportError as error:
    missing(str(error), "pip install pennylane")


def layer(device, wires, interface, method):
    @pennylane.qnode(device, interface=interface, diff_method=method)
    def circuit(inputs, weights):
        pennylane.AngleEmbedding(inputs, wires=range(wires), rotation="X")
        pennylane.StronglyEntanglingLayers(weights, wires=range(wires))
        return [pennylane.expval(pennylane.PauliZ(wire)) for wire in range(wires)]

    return circuit


def in_torch(device_name, method, wires, layers):
    """A run and its number of samples; adjoint takes no batches."""
    circuit = layer(pennylane.device(device_name, wires=wires), wires, "torch", method)
    inputs = torch.rand(BATCH, wires, dtype=torch.float64, requires_grad=True)
    weights = (torch.rand(layers, wires, 3, dtype=torch.float64) * 2 * math.pi).requires_grad_()

    def run_batch():
        torch.stack(circuit(inputs, weights)).sum().backward()

    def run_one_by_one():
        for sample in inputs[:8]:
            torch.stack(circuit(sample, weights)).sum().backward()

    return (run_batch, BATCH) if method == "backprop" else (run_one_by_one, 8)


def in_jax(wires, layers):
    circuit = layer(pennylane.device("default.qubit", wires=wires), wires, "jax", "backprop")

    def loss(inputs, weights):
        return jax.vmap(lambda sample: jax.numpy.stack(circuit(sample, weights)))(inputs).sum()

    step = jax.jit(jax.value_and_grad(loss, argnums=(0, 1)))
    inputs = jax.random.uniform(jax.random.PRNGKey(0), (BATCH, wires))
    weights = jax.random.uniform(jax.random.PRNGKey(1), (layers, wires, 3), maxval=2 * math.pi)
    return (lambda: jax.block_until_ready(step(inputs, weights))), BATCH


def measure(who, prepare, cases=CASES):
    for wires, layers in cases:
        run, samples = prepare(wires, layers)
        emit(f"quantum {wires} {layers}", who, microseconds(run) / samples, "us")


try:
    import torch

    torch.set_num_threads(1)
except ImportError as error:
    torch = None
    lacks(str(error), "pip install torch")

if torch is not None:
    measure(
        f"PennyLane {pennylane.__version__}, default.qubit, backprop, batch 64",
        lambda wires, layers: in_torch("default.qubit", "backprop", wires, layers),
    )
    try:
        import pennylane_lightning  # noqa: F401

        measure(
            f"PennyLane Lightning {version('pennylane_lightning')}, adjoint, sample by sample",
            lambda wires, layers: in_torch("lightning.qubit", "adjoint", wires, layers),
        )
    except ImportError as error:
        lacks(str(error), "pip install pennylane-lightning")

try:
    import jax

    # Compiling takes a minute and more for wide and deep circuits; that time is not counted.
    measure(
        f"PennyLane {pennylane.__version__}, jax {jax.__version__}, jit, float32, batch 64",
        in_jax,
        [case for case in CASES if case[0] <= 6],
    )
except ImportError as error:
    lacks(str(error), "pip install jax")
