import { refuse, type Place, type Refusal } from '../../core/index.js';
import { allWires } from './circuit.js';
import { expectationZ, measurementRows, probabilities, type Measurement } from './measurement.js';

/** What the layer measures, where the place leaves a choice; see {@link planReadout}. */
export interface ReadoutChoice {
  readonly observable: 'automatic' | 'expectation' | 'probabilities';
  readonly measurement: 'automatic' | 'full' | 'partial';
}

/** What is measured in a place. */
export interface ReadoutPlan {
  readonly ok: true;
  readonly measurement: Measurement;
  /** Rows that come out. Fewer than the measurement gives: row k is then the mean of the measured rows k, k + rows, k + 2 rows ... */
  readonly rows: number;
}

const automatic: ReadoutChoice = { observable: 'automatic', measurement: 'automatic' };

/**
 * What is measured in a place.
 *
 * - automatic: a head gets <Z> of as many first qubits as it has numbers; a layer that demands 2^qubits rows, or takes any, gets
 *   all probabilities; one that demands m <= qubits rows gets <Z> of the first m qubits
 * - observable `expectation` or `probabilities`: only that, also where any number of rows will do
 * - measurement `full`: every qubit is measured. Where m < qubits rows are needed, row k is the mean of <Z> over the qubits k, k + m,
 *   k + 2 m ...; where only probabilities of some qubits would fit, the layer is refused
 * - measurement `partial`: where any number of rows will do, the first half of the qubits (rounded up) is measured
 */
export function planReadout(qubits: number, place: Place, choice: ReadoutChoice = automatic): ReadoutPlan | Refusal {
  const { rows, role } = place;
  const { observable, measurement } = choice;
  if (rows === undefined && role === 'hidden') {
    const listed = allWires(measurement === 'partial' ? Math.ceil(qubits / 2) : qubits);
    return plan(observable === 'expectation' ? expectationZ(listed) : probabilities(listed));
  }
  const wanted = rows ?? qubits;
  if (takesProbabilities(qubits, wanted, role, choice)) return plan(probabilities(allWires(Math.log2(wanted))));
  if (observable === 'probabilities' || wanted > qubits) return refusal(qubits, wanted, role, choice);
  if (measurement === 'full') return { ok: true, measurement: expectationZ(allWires(qubits)), rows: wanted };
  return plan(expectationZ(allWires(wanted)));
}

/** Whether the rows that are needed can and should be probabilities. */
function takesProbabilities(
  qubits: number,
  wanted: number,
  role: Place['role'],
  { observable, measurement }: ReadoutChoice,
): boolean {
  const listed = Math.log2(wanted);
  if (observable === 'expectation' || !Number.isInteger(listed) || listed < 1 || listed > qubits) return false;
  if (observable === 'probabilities') return measurement !== 'full' || listed === qubits;
  return role === 'hidden' && listed === qubits;
}

function plan(measurement: Measurement): ReadoutPlan {
  return { ok: true, measurement, rows: measurementRows(measurement) };
}

function refusal(qubits: number, wanted: number, role: Place['role'], choice: ReadoutChoice): Refusal {
  const { observable, measurement } = choice;
  if (observable !== 'automatic') {
    const what = observable === 'expectation' ? `up to ${qubits} expectation values` : 'probabilities';
    const how = measurement === 'full' ? ' of all of its qubits' : '';
    return refuse(`a circuit of ${qubits} qubits that gives ${what}${how} cannot give the ${wanted} rows needed next`);
  }
  if (role === 'hidden') {
    return refuse(
      `a circuit of ${qubits} qubits gives ${2 ** qubits} probabilities or up to ${qubits} expectation values, and the next layer needs ${wanted} rows`,
    );
  }
  return refuse(`the ${role} head needs ${wanted} numbers, and a circuit of ${qubits} qubits gives at most ${qubits}`);
}

/** The measurement of {@link planReadout} alone, with the automatic choice. */
export function readout(qubits: number, place: Place): Measurement | Refusal {
  const planned = planReadout(qubits, place);
  return planned.ok ? planned.measurement : planned;
}
