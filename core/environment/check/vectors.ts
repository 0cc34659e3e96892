import { createRows } from '../../rows.js';
import { autoresetModes } from '../autoreset.js';
import { liftKind, makeVectorEnvironment } from '../make-environment.js';
import { createBuffers, playVector } from './play-vector.js';
import { compare, expectCode, make, numbers, play, type Probe } from './probe.js';

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
