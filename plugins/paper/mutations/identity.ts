import { defineMutation } from '../../../core/index.js';

/** The parent again. Whether it is trained anew or keeps its score is up to the experiment's `duplicates`. */
export const identity = defineMutation({
  id: 'paper/identity',
  summary: 'changes nothing; the experiment decides whether the score is taken over',
  mutate: ({ layers }) => ({ layers: [...layers] }),
});
