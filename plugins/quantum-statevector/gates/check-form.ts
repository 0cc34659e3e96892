import { HqnasError } from '../../../core/index.js';
import { adjoint, identity, multiply } from './complex-matrix.js';
import { angleCount, type Gate, type GateForm, type MatrixRows } from './gate-form.js';
import { definitionOf } from './gates.js';

/** Checks a gate of a sequence on its wires. */
type CheckGate = (
  circuit: { readonly wires: number; readonly inputs: number; readonly weights: number },
  gate: Gate,
  where: string,
) => void;

/** Angles at which a gate must be unitary. */
const probes = [0, 0.7, -1.9];

const checked = new WeakSet<GateForm>();

/**
 * Checks a gate's own definition: its matrices fit its wires, and it is unitary.
 * @throws HqnasError `invalid-circuit`
 */
export function checkForm(form: GateForm, where: string, checkGate: CheckGate): void {
  if (checked.has(form)) return;
  if (!Number.isInteger(form.wires) || form.wires < 1 || form.wires > 8) {
    fail(`${where}.wires`, 'a gate acts on 1 to 8 wires', String(form.wires));
  }
  if (form.form === 'sequence') {
    form.gates.forEach((gate, index) => {
      checkGate({ wires: form.wires, inputs: form.angles, weights: 0 }, gate, `${where}.gates[${index}]`);
    });
  } else if (form.form === 'matrix') {
    checkSize(form.matrix, form.wires, `${where}.matrix`);
  } else {
    if (!Number.isFinite(form.frequency)) fail(`${where}.frequency`, 'this is not a number', String(form.frequency));
    for (const name of ['constant', 'cosine', 'sine'] as const) checkSize(form[name], form.wires, `${where}.${name}`);
  }
  checkUnitary(form, where);
  checked.add(form);
}

function checkSize(matrix: MatrixRows, wires: number, where: string): void {
  const size = 2 ** wires;
  if (matrix.length !== size || matrix.some((row) => row.length !== size)) {
    fail(where, `a matrix on ${wires} wire(s) has ${size} rows of ${size} entries`, `${matrix.length} rows`);
  }
}

function checkUnitary(form: GateForm, where: string): void {
  const wires = Array.from({ length: form.wires }, (_, wire) => wire);
  const definition = definitionOf({ gate: 'gate', wires, angles: [], definition: form });
  for (const probe of probes) {
    const matrix = definition.matrix(Array.from({ length: angleCount(form) }, (_, k) => probe * (k + 1)));
    const product = multiply(matrix, adjoint(matrix));
    const one = identity(matrix.size);
    const off = product.re.reduce(
      (top, value, k) => Math.max(top, Math.abs(value - one.re[k]!), Math.abs(product.im[k]!)),
      0,
    );
    if (!(off <= 1e-9)) fail(where, 'the matrix is not unitary: it would change the length of states', `${off} off`);
  }
}

function fail(where: string, what: string, got: string): never {
  throw new HqnasError({ code: 'invalid-circuit', where, what, got });
}
