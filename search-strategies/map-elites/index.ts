import { definePlugin } from '../../core/index.js';
import { mapElites } from './map-elites.js';

export { mapElites };

export default definePlugin({ name: 'map-elites', version: '1', strategies: [mapElites] });
