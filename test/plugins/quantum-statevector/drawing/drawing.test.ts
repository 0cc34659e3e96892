import { describe, expect, it } from '@jest/globals';
import {
  allWires,
  constant,
  gate,
  input,
  product,
  weight,
  type Circuit,
} from '../../../../plugins/quantum-statevector/circuit.js';
import { drawSvg } from '../../../../plugins/quantum-statevector/drawing/draw-svg.js';
import { drawText } from '../../../../plugins/quantum-statevector/drawing/draw-text.js';
import { gates, type GateName } from '../../../../plugins/quantum-statevector/gates/gates.js';
import { basisState } from '../../../../plugins/quantum-statevector/initial-state.js';
import {
  expectationX,
  expectationZ,
  mixture,
  probabilities,
} from '../../../../plugins/quantum-statevector/measurement.js';
import { layeredCircuit } from '../random-circuit.js';

const circuit: Circuit = {
  wires: 3,
  inputs: 2,
  weights: 1,
  initial: basisState([0, 1, 0]),
  gates: [
    gate('RX', [0], product(2, weight(0), input(1))),
    gate('CNOT', [0, 2]),
    gate('H', [1]),
    gate('CRZ', [2, 1], constant(0.123456)),
    gate('SWAP', [0, 1]),
    gate('IsingXX', [1, 2], input(0)),
  ],
  measurement: mixture([expectationX([0]), probabilities([0, 2])]),
};

describe('drawing as text', () => {
  it('shows wires, gates, connections and what is read', () => {
    expect(drawText(circuit).split('\n')).toEqual([
      '0:    ─RX(2 w0 x1)──●────────────────╳────────────── <X> P',
      '                    │                │',
      '1: |1>──────────────┼──H──RZ(0.123)──╳──IsingXX(x0)─',
      '                    │     │             │',
      '2:    ──────────────X─────●─────────────IsingXX───── P',
    ]);
  });

  it('writes angles short: parts of pi by name, signs without a 1, large numbers in full', () => {
    const angles = [
      ...[constant(Math.PI), constant(-Math.PI / 2), constant((3 * Math.PI) / 4), constant(3.14), constant(1234.5678)],
      ...[constant(0), product(-1, weight(0)), product(Math.PI, input(0)), product(-0.5, weight(0)), constant(1e-9)],
    ];
    const row = drawText(
      {
        ...circuit,
        wires: 1,
        initial: basisState([0]),
        measurement: expectationZ([0]),
        gates: angles.map((angle) => gate('RX', [0], angle)),
      },
      { width: 1000 },
    );
    expect([...row.matchAll(/\(([^)]*)\)/g)].map(([, angle]) => angle)).toEqual([
      'π',
      '-π/2',
      '3π/4',
      '3.14',
      '1234.57',
      '0',
      '-w0',
      'π x0',
      '-0.5 w0',
      '1e-9',
    ]);
  });

  it('numbers probabilities whose wires are listed in another order', () => {
    const turned = drawText({ ...circuit, measurement: probabilities([2, 0]) }).split('\n');
    expect([turned[0], turned[4]].map((line) => line!.slice(line!.lastIndexOf(' ')))).toEqual([' P2', ' P1']);
  });

  it('shows the wire of a circuit without gates', () => {
    expect(drawText({ wires: 1, inputs: 0, weights: 0, gates: [], measurement: probabilities([0]) })).toBe('0: ── P');
  });

  it('breaks long circuits into rows', () => {
    const long = layeredCircuit({ wires: 2, layers: 6, name: 'strong-CNOT' });
    const lines = drawText(long, { width: 60 }).split('\n');
    expect(lines.filter((line) => line.startsWith('0: ')).length).toBe(3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(64);
    expect(lines.filter((line) => line.endsWith('<Z>'))).toHaveLength(2);
  });
});

describe('drawing as SVG', () => {
  it('has a mark for every wire of every gate, and every tag is closed', () => {
    const svg = drawSvg(circuit);
    const count = (tag: string): number => svg.split(`<${tag} `).length - 1;
    expect([svg.split('<g>').length - 1, count('rect'), count('circle'), count('path')]).toEqual([6, 6, 2, 2]);
    expect(svg).toMatch(/^<svg [^>]*width="[\d.]+"/);
    expect(svg.split(/<(?!\/|[!])/).length - 1).toBe(svg.split('</').length - 1 + svg.split('/>').length - 1);
    expect(drawSvg(circuit)).toContain('&lt;X&gt; P');
  });

  it('starts wires behind their names and first states', () => {
    const wide: Circuit = {
      wires: 11,
      inputs: 0,
      weights: 0,
      initial: basisState(Array<number>(11).fill(1)),
      gates: [],
      measurement: expectationZ([0]),
    };
    const [, starts] = /<line x1="([\d.]+)"/.exec(drawSvg(wide)) ?? [];
    expect(Number(starts)).toBeGreaterThan(4 + '10 |1>'.length * 7.2);
  });

  it('draws every gate', () => {
    for (const name of Object.keys(gates) as GateName[]) {
      const { wires, angles } = gates[name];
      const one = gate(name, allWires(wires), ...Array.from({ length: angles }, (_, k) => weight(k)));
      const drawn: Circuit = { wires, inputs: 0, weights: angles, gates: [one], measurement: expectationZ([0]) };
      expect(drawText(drawn).split('\n')).toHaveLength(2 * wires - 1);
      expect(drawSvg(drawn)).toContain('</svg>');
    }
  });
});
