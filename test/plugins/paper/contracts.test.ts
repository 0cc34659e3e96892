import { it } from '@jest/globals';
import { Registry } from '../../../core/registry.js';
import classical from '../../../plugins/classical/index.js';
import paper from '../../../plugins/paper/index.js';
import quantum from '../../../plugins/quantum-statevector/index.js';
import { constraintContract } from '../../contracts/constraint.js';
import { mutationContract } from '../../contracts/mutation.js';
import { searchSpaceContract } from '../../contracts/search-space.js';
import type { SpaceContext } from '../../contracts/space-context.js';

const kinds = new Registry('layer', [...classical.layers!, ...quantum.layers!]);
const contexts = paper.searchSpaces!.map((space): SpaceContext => ({
  space,
  kinds,
  mutations: new Registry('mutation', paper.mutations!),
  constraints: new Registry('constraint', paper.constraints!),
}));

for (const context of contexts) for (const { name, run } of searchSpaceContract(context)) it(name, run);
for (const mutation of paper.mutations!)
  for (const { name, run } of mutationContract(mutation, contexts[0]!)) it(name, run);
for (const constraint of paper.constraints!)
  for (const { name, run } of constraintContract(constraint, contexts[0]!)) it(name, run);
