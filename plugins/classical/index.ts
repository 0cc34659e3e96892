import { definePlugin } from '../../core/index.js';
import { dense } from './dense.js';
import { layerNorm } from './layer-norm.js';
import { mlp } from './mlp.js';
import { addLayer } from './mutations/add-layer.js';
import { changeActivation } from './mutations/change-activation.js';
import { removeLayer } from './mutations/remove-layer.js';
import { resizeLayer } from './mutations/resize-layer.js';

export { dense, layerNorm, mlp };

export default definePlugin({
  name: 'classical',
  version: '1',
  layers: [dense, layerNorm],
  mutations: [addLayer, removeLayer, resizeLayer, changeActivation],
  searchSpaces: [mlp],
});
