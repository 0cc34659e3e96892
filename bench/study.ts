import { createRng, type Genome } from '../core/index.js';
import { studySpace } from '../plugins/paper/index.js';
import { quantile } from '../core/statistics.js';
import { significant, type Row } from './report.js';
import { createTrainings, kinds, type Trained } from './trainings.js';

/** Evaluations of the published search. */
const PUBLISHED = 1064;
const CORES = 2;

/** Random networks as the study draws them, each trained and scored as there: where the time goes. */
export async function study(candidates = 10): Promise<Row[]> {
  const train = createTrainings({ preset: 'paper', score: { policy: 'stochastic', episodes: 10 } });
  const results: { readonly qubits: number; readonly trained: Trained }[] = [];
  for (let index = 0; index < candidates; index++) {
    const genome = draw(index);
    const qubits = Math.max(0, ...genome.layers.map(({ qubits: count }) => (typeof count === 'number' ? count : 0)));
    results.push({ qubits, trained: await train(genome, index) });
  }
  const work = `study's generator, ${candidates} random networks, 51,200 steps each`;
  const rows = [
    ['all', () => true],
    ['classical', (qubits: number) => qubits === 0],
    ['with circuits of up to 9 qubits', (qubits: number) => qubits > 0 && qubits < 10],
    ['with a circuit of 10 qubits', (qubits: number) => qubits === 10],
  ] as const;
  const mean = results.reduce((sum, { trained }) => sum + trained.seconds, 0) / candidates;
  return [
    ...rows.flatMap(([who, matches]) => {
      const chosen = results.filter(({ qubits }) => matches(qubits));
      return chosen.length === 0
        ? []
        : [
            rowOf(
              work,
              `${who} (${chosen.length})`,
              chosen.map(({ trained }) => trained),
            ),
          ];
    }),
    {
      work: `${PUBLISHED} such networks on ${CORES} cores`,
      who: 'from the mean of the sample',
      median: (mean * PUBLISHED) / CORES / 60,
      unit: 'min',
      note: 'random networks; those of an evolution are other ones',
      target: { text: '<= 10 min', met: (mean * PUBLISHED) / CORES / 60 <= 10 },
    },
  ];
}

function draw(index: number): Genome {
  const rng = createRng(7).fork('candidate', index);
  return studySpace.random({ rng, kinds, limits: studySpace.limits, task: { observationRows: 4, policyRows: 2 } });
}

function rowOf(work: string, who: string, results: readonly Trained[]): Row {
  const seconds = results.map((result) => result.seconds);
  const total = seconds.reduce((sum, value) => sum + value, 0);
  const share = (phase: string) => {
    const spent = results.reduce((sum, { phases }) => sum + (phases[phase] ?? 0), 0);
    return `${phase} ${significant((100 * spent) / total)} %`;
  };
  return {
    work,
    who,
    median: quantile(seconds, 0.5),
    unit: 's',
    spread: [quantile(seconds, 0), quantile(seconds, 1)],
    note: `mean ${significant(total / results.length)} s: ${['compile', 'collect', 'update', 'score'].map(share).join(', ')}`,
  };
}
