/** Contract suites for anybody's test runner: what a plugin's parts promise. */
export * from './condition.js';
export * from './constraint.js';
export * from './contract.js';
export * from './environment.js';
export * from './evaluator.js';
export * from './layer-kind.js';
export * from './ledger.js';
export * from './measure.js';
export * from './metric.js';
export * from './middleware.js';
export * from './mutation.js';
export * from './plugin.js';
export * from './search-space.js';
export * from './space-context.js';
export * from './strategy.js';
export * from './told.js';
export * from './trainer.js';
