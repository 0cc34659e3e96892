import { createRows, type Rows } from '../../rows.js';
import { autoresetModes } from '../autoreset.js';
import { liftKind, makeVectorEnvironment } from '../make-environment.js';
import { rowsOf } from '../space.js';
import { createStepBuffers, type StepBuffers, type VectorEnvironment } from '../vector-environment.js';
import {
  compare,
  expectCode,
  make,
  numbers,
  play,
  randomActions,
  type Probe,
  type Subject,
  type Trace,
} from './probe.js';

export const vectors: readonly Probe[] = [
  {
    id: 'vector/scalar',
    statement: 'a vector of one equals the environment itself',
    run(subject, report) {
      const vector = makeVectorEnvironment(subject.kind, 1, subject.settings);
      compare(
        play(make(subject), subject.seed, subject.steps),
        playVector(vector, subject),
        'vector of one and environment differ',
        report,
      );
    },
  },
  {
    id: 'vector/lifted',
    statement: 'the batch form equals lifted environments with the same seeds',
    run(subject, report) {
      if (subject.kind.makeVector === undefined) return;
      for (const settings of [subject.settings, { ...subject.settings, maxEpisodeSteps: 7 }]) {
        const lifted = playVector(liftKind(subject.kind, 3, settings), subject);
        const native = playVector(makeVectorEnvironment(subject.kind, 3, settings), subject);
        compare(lifted, native, 'batch form and lifted environments differ', report);
      }
    },
  },
  {
    id: 'vector/autoreset',
    statement: 'the batch form resets as lifted environments do, in every mode that it has',
    run(subject, report) {
      if (subject.kind.makeVector === undefined) return;
      for (const autoreset of autoresetModes) {
        const settings = { ...subject.settings, maxEpisodeSteps: 5, autoreset };
        const lifted = playVector(liftKind(subject.kind, 3, settings), subject);
        const native = playVector(makeVectorEnvironment(subject.kind, 3, settings), subject);
        compare(lifted, native, `batch form and lifted environments differ with autoreset ${autoreset}`, report);
      }
    },
  },
  {
    id: 'vector/stride',
    statement: 'rows of any stride are filled, and columns beyond the environments are left alone',
    run(subject, report) {
      const vector = makeVectorEnvironment(subject.kind, 2, subject.settings);
      const buffers = createBuffers(vector, 8);
      buffers.observations.data.fill(77);
      vector.reset(buffers.observations, [subject.seed, subject.seed + 1]);
      const { data, stride, rows } = buffers.observations;
      for (let row = 0; row < rows; row++) {
        for (let column = 2; column < stride; column++) {
          if (data[row * stride + column] !== 77)
            report('error', 'a column beyond the environments was written', { row, column });
        }
      }
      const expected = make(subject).reset({ seed: subject.seed + 1 }).observation;
      const column = Array.from({ length: rows }, (_, row) => data[row * stride + 1]!);
      compare([...numbers(expected)], column, 'the second column is not the second environment', report);
    },
  },
  {
    id: 'vector/invalid-action',
    statement: 'what is not a discrete action is refused in a vector too',
    run(subject, report) {
      const vector = makeVectorEnvironment(subject.kind, 2, subject.settings);
      if (vector.actionSpace.kind !== 'discrete') return;
      const buffers = createBuffers(vector, 8);
      vector.reset(buffers.observations, [0, 1]);
      const actions = createRows(1, 8);
      actions.data.fill(vector.actionSpace.start + vector.actionSpace.n);
      expectCode('invalid-action', () => vector.step(actions, buffers), 'vector step', report);
    },
  },
];

function createBuffers(vector: VectorEnvironment, stride: number): StepBuffers {
  return createStepBuffers(rowsOf(vector.observationSpace), stride);
}

/** As `play`, for all environments of a vector: lane i has seed + i; with one lane the trace equals that of `play`. */
function playVector(vector: VectorEnvironment, { seed, steps }: Subject): Trace {
  const { count, actionSpace } = vector;
  const sameStep = (vector.autoreset ?? 'same-step') === 'same-step';
  const buffers = createBuffers(vector, count);
  const actions = createRows(rowsOf(actionSpace), count);
  const nextAction = randomActions(actionSpace, seed + 1);
  const trace: number[] = [];
  vector.reset(
    buffers.observations,
    Array.from({ length: count }, (_, lane) => seed + lane),
  );
  for (let lane = 0; lane < count; lane++) trace.push(...column(buffers.observations, lane));
  for (let i = 0; i < steps; i++) {
    for (let lane = 0; lane < count; lane++) {
      let row = 0;
      for (const value of numbers(nextAction())) actions.data[row++ * count + lane] = value;
    }
    vector.step(actions, buffers);
    const mask = new Uint8Array(count);
    for (let lane = 0; lane < count; lane++) {
      const done = buffers.terminated[lane] === 1 || buffers.truncated[lane] === 1;
      mask[lane] = done ? 1 : 0;
      trace.push(...column(done && sameStep ? buffers.finalObservations : buffers.observations, lane));
      trace.push(buffers.rewards[lane]!, buffers.terminated[lane]!, buffers.truncated[lane]!);
      if (done && sameStep) trace.push(...column(buffers.observations, lane));
    }
    if (vector.autoreset === 'disabled' && mask.includes(1)) vector.reset(buffers.observations, undefined, mask);
  }
  return trace;
}

function column({ data, stride, rows }: Rows, lane: number): number[] {
  return Array.from({ length: rows }, (_, row) => data[row * stride + lane]!);
}
