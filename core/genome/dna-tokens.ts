import { dnaError } from './dna-error.js';

/** A piece of DNA: a word such as `C`, `37` or `T`, or a whole layer in brackets. */
export type DnaToken =
  | { readonly type: 'word'; readonly text: string; readonly at: number }
  | {
      readonly type: 'bracket';
      readonly text: string;
      readonly at: number;
      readonly id: string;
      /** Offset of the id in the text. */
      readonly idAt: number;
      /** Hyperparameters as written; undefined when there are none. */
      readonly json: string | undefined;
      readonly jsonAt: number;
    };

/**
 * Splits DNA at white space and brackets.
 * @throws HqnasError `invalid-dna`
 */
export function tokenizeDna(text: string): readonly DnaToken[] {
  const tokens: DnaToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
    } else if (text[at] === '[') {
      const token = readBracket(text, at);
      tokens.push(token);
      at += token.text.length;
    } else {
      const word = /^[^\s[\]]+/.exec(text.slice(at))?.[0];
      if (word === undefined) {
        throw dnaError(text, {
          at,
          length: 1,
          what: 'a bracket is closed that was not opened',
          expected: 'a layer',
          got: '"]"',
        });
      }
      tokens.push({ type: 'word', text: word, at });
      at += word.length;
    }
  }
  return tokens;
}

function readBracket(text: string, start: number): DnaToken & { type: 'bracket' } {
  const end = closingBracket(text, start);
  if (end === undefined) {
    throw dnaError(text, {
      at: start,
      length: 1,
      what: 'this bracket is never closed',
      expected: '[plugin/layer {"name": value}]',
      got: JSON.stringify(text.slice(start, start + 30)),
    });
  }
  const inside = text.slice(start + 1, end);
  const brace = inside.indexOf('{');
  const head = brace < 0 ? inside : inside.slice(0, brace);
  const id = head.trim();
  const json = brace < 0 ? undefined : inside.slice(brace).trimEnd();
  return {
    type: 'bracket',
    text: text.slice(start, end + 1),
    at: start,
    id,
    idAt: start + 1 + (head.length - head.trimStart().length),
    json,
    jsonAt: start + 1 + Math.max(0, brace),
  };
}

/** Offset of the bracket that closes the one at `start`; brackets inside JSON strings do not count. */
function closingBracket(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[') depth++;
    else if (character === ']' && --depth === 0) return at;
  }
  return undefined;
}
