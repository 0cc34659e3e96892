/**
 * Angle embedding by RX, strongly entangling layers, expectation of Z on every wire, in plain TypeScript: a state vector
 * in float64, gate by gate, gradients of weights and inputs by the adjoint method (Jones and Gacon 2020, arXiv 2009.02823)
 * with one pass per rotation. Wire 0 is the most significant bit.
 */
export class PlainCircuit {
  readonly wires: number;
  readonly layers: number;
  /** [layer][wire][phi, theta, omega]; call `prepare` after changing them. */
  readonly weights: Float64Array;
  readonly weightGradients: Float64Array;
  readonly #psi: Float64Array;
  readonly #lambda: Float64Array;
  /** Rotation matrices, 8 numbers each: real and imaginary part of u00, u01, u10, u11. */
  readonly #rotations: Float64Array;
  /** Derivatives of each rotation by its three angles. */
  readonly #derivatives: Float64Array;
  /** Cosine and sine of half the angle of each wire's embedding. */
  readonly #embedding: Float64Array;
  readonly #matrix = new Float64Array(8);
  readonly #derivative = new Float64Array(8);
  /** Sums of conj(lambda_a) psi_b over all pairs of a wire. */
  readonly #overlaps = new Float64Array(8);

  constructor(wires: number, layers: number) {
    this.wires = wires;
    this.layers = layers;
    const count = layers * wires;
    this.weights = new Float64Array(count * 3);
    this.weightGradients = new Float64Array(count * 3);
    this.#psi = new Float64Array(2 << wires);
    this.#lambda = new Float64Array(2 << wires);
    this.#embedding = new Float64Array(2 * wires);
    this.#rotations = new Float64Array(count * 8);
    this.#derivatives = new Float64Array(count * 24);
  }

  /** Computes the matrices of the rotations; once per minibatch. */
  prepare(): void {
    const { weights } = this;
    for (let gate = 0; gate * 3 < weights.length; gate++) {
      const [phi, theta, omega] = [weights[gate * 3]!, weights[gate * 3 + 1]!, weights[gate * 3 + 2]!];
      const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
      const [sum, difference] = [(phi + omega) / 2, (phi - omega) / 2];
      const [cs, ss, cd, sd] = [Math.cos(sum), Math.sin(sum), Math.cos(difference), Math.sin(difference)];
      // RZ(omega) RY(theta) RZ(phi)
      this.#rotations.set([cs * c, -ss * c, -cd * s, -sd * s, cd * s, -sd * s, cs * c, ss * c], gate * 8);
      this.#derivatives.set(
        [
          ...[-ss * c, -cs * c, sd * s, -cd * s, -sd * s, -cd * s, -ss * c, cs * c],
          ...[-cs * s, ss * s, -cd * c, -sd * c, cd * c, -sd * c, -cs * s, -ss * s],
          ...[-ss * c, -cs * c, -sd * s, cd * s, sd * s, cd * s, -ss * c, cs * c],
        ].map((value) => value / 2),
        gate * 24,
      );
    }
  }

  /** z[q] = <Z_q> for the angles x of one sample. */
  forward(x: Float64Array, z: Float64Array, offset: number): void {
    const { wires, layers } = this;
    const psi = this.#psi;
    psi.fill(0);
    psi[0] = 1;
    for (let wire = 0; wire < wires; wire++) {
      this.#embedding[2 * wire] = Math.cos(x[offset + wire]! / 2);
      this.#embedding[2 * wire + 1] = Math.sin(x[offset + wire]! / 2);
      this.#writeEmbedding(wire);
      applyMatrix(psi, 1 << (wires - 1 - wire), this.#matrix, 0);
    }
    for (let layer = 0; layer < layers; layer++) {
      for (let wire = 0; wire < wires; wire++) {
        applyMatrix(psi, 1 << (wires - 1 - wire), this.#rotations, (layer * wires + wire) * 8);
      }
      const range = wires > 1 ? (layer % (wires - 1)) + 1 : 0;
      for (let wire = 0; range > 0 && wire < wires; wire++) {
        controlledNot(psi, 1 << (wires - 1 - wire), 1 << (wires - 1 - ((wire + range) % wires)));
      }
    }
    for (let wire = 0; wire < wires; wire++) {
      const mask = 1 << (wires - 1 - wire);
      let sum = 0;
      for (let p = 0; p < psi.length; p += 2) {
        const probability = psi[p]! * psi[p]! + psi[p + 1]! * psi[p + 1]!;
        sum += ((p >> 1) & mask) === 0 ? probability : -probability;
      }
      z[offset + wire] = sum;
    }
  }

  /** After `forward` of the same sample: writes dx and adds to the gradients of the weights. */
  backward(dz: Float64Array, dx: Float64Array, offset: number): void {
    const { wires, layers, weightGradients } = this;
    const psi = this.#psi;
    const lambda = this.#lambda;
    const overlaps = this.#overlaps;
    for (let p = 0; p < psi.length; p += 2) {
      let factor = 0;
      for (let wire = 0; wire < wires; wire++) {
        factor += ((p >> (wires - wire)) & 1) === 0 ? dz[offset + wire]! : -dz[offset + wire]!;
      }
      lambda[p] = factor * psi[p]!;
      lambda[p + 1] = factor * psi[p + 1]!;
    }
    for (let layer = layers - 1; layer >= 0; layer--) {
      const range = wires > 1 ? (layer % (wires - 1)) + 1 : 0;
      for (let wire = wires - 1; range > 0 && wire >= 0; wire--) {
        const control = 1 << (wires - 1 - wire);
        const target = 1 << (wires - 1 - ((wire + range) % wires));
        controlledNot(psi, control, target);
        controlledNot(lambda, control, target);
      }
      for (let wire = wires - 1; wire >= 0; wire--) {
        const gate = layer * wires + wire;
        undoMatrix(psi, lambda, 1 << (wires - 1 - wire), this.#rotations, gate * 8, overlaps);
        for (let angle = 0; angle < 3; angle++) {
          weightGradients[gate * 3 + angle]! += contract(overlaps, this.#derivatives, gate * 24 + angle * 8);
        }
      }
    }
    for (let wire = wires - 1; wire >= 0; wire--) {
      this.#writeEmbedding(wire);
      undoMatrix(psi, lambda, 1 << (wires - 1 - wire), this.#matrix, 0, overlaps);
      dx[offset + wire] = contract(overlaps, this.#derivative, 0);
    }
  }

  /** RX of a wire's angle and its derivative. */
  #writeEmbedding(wire: number): void {
    const c = this.#embedding[2 * wire]!;
    const s = this.#embedding[2 * wire + 1]!;
    const matrix = this.#matrix;
    const derivative = this.#derivative;
    matrix[0] = matrix[6] = c;
    matrix[3] = matrix[5] = -s;
    derivative[0] = derivative[6] = -s / 2;
    derivative[3] = derivative[5] = -c / 2;
  }
}

/** Multiplies the pairs of amplitudes that differ in one bit by a matrix. Amplitudes are (real, imaginary) in turn. */
function applyMatrix(state: Float64Array, bit: number, matrices: Float64Array, at: number): void {
  const r00 = matrices[at]!;
  const i00 = matrices[at + 1]!;
  const r01 = matrices[at + 2]!;
  const i01 = matrices[at + 3]!;
  const r10 = matrices[at + 4]!;
  const i10 = matrices[at + 5]!;
  const r11 = matrices[at + 6]!;
  const i11 = matrices[at + 7]!;
  const step = 2 * bit;
  for (let block = 0; block < state.length; block += 2 * step) {
    for (let p = block; p < block + step; p += 2) {
      const q = p + step;
      const ar = state[p]!;
      const ai = state[p + 1]!;
      const br = state[q]!;
      const bi = state[q + 1]!;
      state[p] = r00 * ar - i00 * ai + r01 * br - i01 * bi;
      state[p + 1] = r00 * ai + i00 * ar + r01 * bi + i01 * br;
      state[q] = r10 * ar - i10 * ai + r11 * br - i11 * bi;
      state[q + 1] = r10 * ai + i10 * ar + r11 * bi + i11 * br;
    }
  }
}

/** Applies the inverse of a unitary matrix to both states and sums conj(lambda_a) psi_b, psi taken after, lambda before. */
function undoMatrix(
  psi: Float64Array,
  lambda: Float64Array,
  bit: number,
  matrices: Float64Array,
  at: number,
  overlaps: Float64Array,
): void {
  const r00 = matrices[at]!;
  const i00 = matrices[at + 1]!;
  const r01 = matrices[at + 2]!;
  const i01 = matrices[at + 3]!;
  const r10 = matrices[at + 4]!;
  const i10 = matrices[at + 5]!;
  const r11 = matrices[at + 6]!;
  const i11 = matrices[at + 7]!;
  const step = 2 * bit;
  let o0 = 0;
  let o1 = 0;
  let o2 = 0;
  let o3 = 0;
  let o4 = 0;
  let o5 = 0;
  let o6 = 0;
  let o7 = 0;
  for (let block = 0; block < psi.length; block += 2 * step) {
    for (let p = block; p < block + step; p += 2) {
      const q = p + step;
      const ar = psi[p]!;
      const ai = psi[p + 1]!;
      const br = psi[q]!;
      const bi = psi[q + 1]!;
      const cr = r00 * ar + i00 * ai + r10 * br + i10 * bi;
      const ci = r00 * ai - i00 * ar + r10 * bi - i10 * br;
      const dr = r01 * ar + i01 * ai + r11 * br + i11 * bi;
      const di = r01 * ai - i01 * ar + r11 * bi - i11 * br;
      psi[p] = cr;
      psi[p + 1] = ci;
      psi[q] = dr;
      psi[q + 1] = di;
      const er = lambda[p]!;
      const ei = lambda[p + 1]!;
      const fr = lambda[q]!;
      const fi = lambda[q + 1]!;
      o0 += er * cr + ei * ci;
      o1 += er * ci - ei * cr;
      o2 += er * dr + ei * di;
      o3 += er * di - ei * dr;
      o4 += fr * cr + fi * ci;
      o5 += fr * ci - fi * cr;
      o6 += fr * dr + fi * di;
      o7 += fr * di - fi * dr;
      lambda[p] = r00 * er + i00 * ei + r10 * fr + i10 * fi;
      lambda[p + 1] = r00 * ei - i00 * er + r10 * fi - i10 * fr;
      lambda[q] = r01 * er + i01 * ei + r11 * fr + i11 * fi;
      lambda[q + 1] = r01 * ei - i01 * er + r11 * fi - i11 * fr;
    }
  }
  overlaps[0] = o0;
  overlaps[1] = o1;
  overlaps[2] = o2;
  overlaps[3] = o3;
  overlaps[4] = o4;
  overlaps[5] = o5;
  overlaps[6] = o6;
  overlaps[7] = o7;
}

/** 2 Re sum over a, b of overlap_ab derivative_ab */
function contract(overlaps: Float64Array, derivatives: Float64Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < 8; i += 2)
    sum += overlaps[i]! * derivatives[at + i]! - overlaps[i + 1]! * derivatives[at + i + 1]!;
  return 2 * sum;
}

function controlledNot(state: Float64Array, control: number, target: number): void {
  for (let p = 0; p < state.length >> 1; p++) {
    if ((p & control) === 0 || (p & target) !== 0) continue;
    const low = 2 * p;
    const high = 2 * (p | target);
    const real = state[low]!;
    const imaginary = state[low + 1]!;
    state[low] = state[high]!;
    state[low + 1] = state[high + 1]!;
    state[high] = real;
    state[high + 1] = imaginary;
  }
}
