import { factorsOf, type Angle } from '../angle.js';
import type { Gate } from '../circuit.js';
import { readoutsOf, type Measurement } from '../measurement.js';

/** What is drawn on one wire of a gate: a dot for a control, a cross for an exchange, else a box with text. */
export type Mark = Sign | { readonly kind: 'box'; readonly text: string };

/** A mark without text. */
export interface Sign {
  readonly kind: 'control' | 'cross';
}

const control: Mark = { kind: 'control' };
const cross: Mark = { kind: 'cross' };
const box = (text: string): Mark => ({ kind: 'box', text });

/** Controls of gates whose last wire shows another gate, or nothing but a dot. */
const controlled: Readonly<Record<string, readonly [controls: number, target: string | undefined]>> = {
  CNOT: [1, 'X'],
  CY: [1, 'Y'],
  CZ: [1, undefined],
  CH: [1, 'H'],
  CRX: [1, 'RX'],
  CRY: [1, 'RY'],
  CRZ: [1, 'RZ'],
  CRot: [1, 'Rot'],
  ControlledPhaseShift: [1, 'PhaseShift'],
  Toffoli: [2, 'X'],
  CCZ: [2, undefined],
};

/** One mark per wire of a gate, in its order. */
export function marksOf(item: Gate): readonly Mark[] {
  if (item.definition === undefined) {
    if (item.gate === 'SWAP') return [cross, cross];
    if (item.gate === 'CSWAP') return [control, cross, cross];
    const known = Object.hasOwn(controlled, item.gate) ? controlled[item.gate] : undefined;
    if (known !== undefined) {
      const [controls, target] = known;
      const dots = Array<Mark>(controls).fill(control);
      return [...dots, target === undefined ? control : box(`${target}${angleList(item)}`)];
    }
  }
  const text = `${item.gate}${angleList(item)}`;
  // Angles stand once; which wire comes first counts for gates of several wires.
  return item.wires.map((_, k) => box(item.wires.length === 1 ? text : k === 0 ? text : item.gate));
}

function angleList({ angles }: Gate): string {
  return angles.length === 0 ? '' : `(${angles.map(angleText).join(', ')})`;
}

/** `x0`, `w3`, `0.5`, `π/2`, `2 w0 x1`, `-x0`. */
export function angleText(angle: Angle): string {
  const [factor, variables] = factorsOf(angle);
  const names = variables.map(({ source, index }) => `${source === 'input' ? 'x' : 'w'}${index}`);
  if (names.length === 0) return shortNumber(factor);
  if (factor === -1) return `-${names.join(' ')}`;
  return [...(factor === 1 ? [] : [shortNumber(factor)]), ...names].join(' ');
}

/** Parts of pi by name; else three digits, or two places where that is more. */
function shortNumber(value: number): string {
  for (const divisor of [1, 2, 3, 4, 6, 8]) {
    const times = Math.round((value / Math.PI) * divisor);
    if (times === 0 || Math.abs(times) > 16 || Math.abs((times * Math.PI) / divisor - value) > 1e-14) continue;
    const sign = times < 0 ? '-' : '';
    return `${sign}${Math.abs(times) === 1 ? '' : Math.abs(times)}π${divisor === 1 ? '' : `/${divisor}`}`;
  }
  return String(Number(Math.abs(value) < 100 ? value.toPrecision(3) : value.toFixed(2)));
}

/**
 * What is read on each wire; empty where nothing is. Probabilities of wires that are not listed in their order have numbers: P1 is the most
 * significant bit of the row.
 */
export function readingOf(measurement: Measurement, wires: number): readonly string[] {
  const readings = Array.from({ length: wires }, (): string[] => []);
  const products = readoutsOf(measurement).filter(({ kind }) => kind === 'expectation-product').length;
  let number = 0;
  for (const { kind, wires: listed } of readoutsOf(measurement)) {
    if (kind === 'expectation-product') number++;
    const text = {
      'expectation-x': '<X>',
      'expectation-y': '<Y>',
      'expectation-z': '<Z>',
      'expectation-product': products > 1 ? `<Z..Z>${number}` : '<Z..Z>',
      probabilities: 'P',
    }[kind];
    const isTurned = kind === 'probabilities' && listed.some((wire, k) => k > 0 && wire < listed[k - 1]!);
    listed.forEach((wire, k) => readings[wire]!.push(isTurned ? `${text}${k + 1}` : text));
  }
  return readings.map((texts) => texts.join(' '));
}

/** What stands before each wire. */
export function startsOf(
  initial: { readonly kind: string; readonly bits?: readonly number[] } | undefined,
  wires: number,
): readonly string[] {
  return Array.from({ length: wires }, (_, wire) => {
    if (initial?.kind === 'amplitude') return 'x';
    return initial?.bits?.[wire] === 1 ? '|1>' : '';
  });
}
