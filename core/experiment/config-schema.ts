import { z } from 'zod';

const id = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const option = z.union([scalar, z.array(z.string())]);
const component = z.union([id, z.object({ use: id.optional(), preset: z.string().optional() }).catchall(option)]);
const used = z.union([id, z.object({ use: id }).catchall(option)]);
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
});

/** The shape of a config file, before ids and options are looked up. */
export const configSchema = z.strictObject({
  name: z.string().min(1).max(60).optional().describe('name of the experiment; default: name of the file'),
  preset: z.enum(['paper', 'corrected']).optional().describe('values to start from; those in the file win'),
  plugins: z.array(z.string().min(1)).optional().describe('paths relative to this file, or package names'),
  environment: component.optional().describe('task to learn'),
  searchSpace: searchSpace.optional().describe('which networks may be proposed'),
  strategy: strategy.optional().describe('how the search goes about it'),
  trainer: component.optional().describe('how the weights of one network are trained'),
  evaluation: z
    .strictObject({
      scores: z.array(score).min(1).max(8).optional().describe('how a trained network is scored'),
      objective: id.optional().describe('metric that the search improves'),
      duplicates: z.enum(['reuse', 're-evaluate']).optional().describe('what to do with a network seen before'),
    })
    .optional(),
  budget: z
    .strictObject({ candidates: z.int().min(1).max(10_000_000).optional().describe('candidates in total') })
    .optional(),
  seed: z.int().min(0).optional().describe('default 1'),
  fast: z.boolean().optional().describe('relaxed SIMD: faster, last bits depend on the machine; default false'),
  workers: z.int().min(0).max(1024).optional().describe('threads; 0 = none; default: cores, at most lookahead'),
  lookahead: z
    .int()
    .min(0)
    .max(1024)
    .optional()
    .describe('candidates that may be proposed before a result is known; changes results; default 8'),
});

export type ConfigShape = z.infer<typeof configSchema>;
