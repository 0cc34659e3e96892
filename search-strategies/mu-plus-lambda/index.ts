import { definePlugin } from '../../core/index.js';
import { muPlusLambda } from './mu-plus-lambda.js';

export { muPlusLambda };

export default definePlugin({ name: 'mu-plus-lambda', version: '1', strategies: [muPlusLambda] });
