import { definePlugin } from '../../core/index.js';
import * as mutations from './mutations/index.js';
import { rules } from './rules.js';
import { balancedSpace, studySpace } from './search-spaces.js';

export { balancedSpace, mutations, rules, studySpace };

export default definePlugin({
  name: 'paper',
  version: '1',
  requires: ['classical', 'quantum-statevector'],
  mutations: Object.values(mutations),
  constraints: [rules],
  searchSpaces: [studySpace, balancedSpace],
});
