import { definePlugin } from '../../core/index.js';
import { surrogate } from './surrogate.js';

export { surrogate };

export default definePlugin({ name: 'surrogate', version: '1', strategies: [surrogate] });
