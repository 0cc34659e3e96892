import { z } from 'zod';

const id = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const option = z.union([scalar, z.array(z.string())]);
const component = z.union([id, z.object({ use: id.optional(), preset: z.string().optional() }).catchall(option)]);
const used = z.union([id, z.object({ use: id }).catchall(option)]);
const environment = z.union([
  id,
  z
    .object({
      use: id.optional(),
      with: z.array(used).optional().describe('wrappers, the nearest to the environment first'),
    })
    .catchall(option),
]);
const strategy = z.union([
  id,
  z
    .object({
      use: id.optional(),
      with: z.array(used).optional().describe('middleware, the nearest to the strategy first'),
    })
    .catchall(option),
]);
const range = z.tuple([z.int(), z.int()]);
const weights = z.union([z.array(id).min(1), z.record(z.string(), z.number().nonnegative())]);

const searchSpace = z.union([
  id,
  z.strictObject({
    use: id.optional(),
    limits: z.record(z.string(), range).optional().describe('narrower ranges by name: layers: [3, 6]'),
    mutations: weights.optional().describe('mutations to draw: a list, or weights by id'),
    constraints: z.array(used).optional().describe('rules beside those of the search space'),
  }),
]);

const score = z.strictObject({
  policy: z.enum(['greedy', 'stochastic']).describe('take the most probable action, or sample it'),
  episodes: z.int().min(1).max(10_000).describe('held-out episodes'),
  under: used.optional().describe('conditions that training did not have, such as quantum/noise'),
});

const finalists = z.strictObject({
  top: z.int().min(1).max(1000).optional().describe('networks; default 5'),
  repeats: z.int().min(1).max(1000).optional().describe('trainings of each; default 5'),
  episodes: z.int().min(1).max(10_000).optional().describe('held-out episodes per score and training; default 100'),
});

const workers = z.union([
  z.int().min(0).max(1024),
  z.strictObject({
    count: z.int().min(0).max(1024).optional().describe('how many; 0 = none; default: cores, at most lookahead'),
    kind: z.enum(['threads', 'processes']).optional().describe('default threads; processes survive native crashes'),
    timeout: z.number().positive().max(10_000_000).optional().describe('seconds per attempt; default 3600'),
    memory: z.int().min(64).max(10_000_000).optional().describe('MB per worker; default: 80 % of the machine, shared'),
    retries: z.int().min(0).max(1000).optional().describe('attempts more when a worker is lost; default 1'),
    onInterrupt: z.enum(['finish', 'abandon']).optional().describe('what happens to work in flight; default finish'),
  }),
]);

/** The shape of a config file, before ids and options are looked up. */
export const configSchema = z.strictObject({
  name: z.string().min(1).max(60).optional().describe('name of the experiment; default: name of the file'),
  preset: z.enum(['paper', 'corrected']).optional().describe('values to start from; those in the file win'),
  plugins: z.array(z.string().min(1)).optional().describe('paths relative to this file, or package names'),
  environment: environment.optional().describe('task to learn'),
  searchSpace: searchSpace.optional().describe('which networks may be proposed'),
  strategy: strategy.optional().describe('how the search goes about it'),
  trainer: component.optional().describe('how the weights of one network are trained'),
  evaluation: z
    .strictObject({
      scores: z.array(score).min(1).max(8).optional().describe('how a trained network is scored'),
      objective: id.optional().describe('metric that the search improves'),
      objectives: z.array(id).min(1).max(8).optional().describe('several of them; the search ranks by the first'),
      measures: z.array(used).max(32).optional().describe('training-free measures that every candidate has'),
      duplicates: z
        .enum(['reuse', 're-evaluate', 'reject'])
        .optional()
        .describe('a network seen before: take its score over, train it again, or ask for another'),
      repeats: z.int().min(1).max(1000).optional().describe('trainings per candidate; default 1'),
      rank: z.enum(['mean', 'lower-bound']).optional().describe('what networks rank by; default mean'),
      finalists: z
        .union([z.literal(false), finalists])
        .optional()
        .describe('train the best again on seeds of their own; false = no'),
    })
    .optional(),
  budget: z
    .strictObject({ candidates: z.int().min(1).max(10_000_000).optional().describe('candidates in total') })
    .optional(),
  stopWhen: z
    .strictObject({
      score: z.number().optional().describe('a candidate is at least as good'),
      noImprovement: z.int().min(1).optional().describe('so many candidates in a row are no better than the best'),
      minutes: z.number().positive().optional().describe('of search, over all runs'),
    })
    .optional()
    .describe('ends the search before its budget is used up'),
  seed: z.int().min(0).optional().describe('default 1'),
  fast: z.boolean().optional().describe('relaxed SIMD: faster, last bits depend on the machine; default false'),
  workers: workers.optional().describe('how many train at a time, or { count, kind, timeout, memory, retries }'),
  lookahead: z
    .int()
    .min(0)
    .max(1024)
    .optional()
    .describe('candidates that may be proposed before a result is known; changes results; default 8'),
});

export type ConfigShape = z.infer<typeof configSchema>;
