import { HqnasError } from '../../../core/index.js';

/** A piece of OpenQASM. */
export interface QasmToken {
  readonly type: 'name' | 'number' | 'string' | 'symbol' | 'comment' | 'end';
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const patterns: readonly (readonly [QasmToken['type'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /\/\/[^\n]*|\/\*[^]*?\*\//y],
  ['string', /"[^"\n]*"/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[A-Za-z_π][A-Za-z0-9_]*/y],
  ['symbol', /->|[;,()[\]{}=+\-*/@]/y],
];

/** Splits OpenQASM into tokens; the last one is the end. @throws HqnasError `invalid-qasm` */
export function qasmTokens(text: string): readonly QasmToken[] {
  const tokens: QasmToken[] = [];
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length;) {
    const place = { line, column: at - lineStart + 1 };
    let found: QasmToken | undefined;
    for (const [type, pattern] of patterns) {
      pattern.lastIndex = at;
      const match = pattern.exec(text)?.[0];
      if (match === undefined) continue;
      if (type !== 'space') tokens.push((found = { type, text: match, ...place }));
      for (let k = 0; k < match.length; k++) {
        if (match[k] !== '\n') continue;
        line++;
        lineStart = at + k + 1;
      }
      at += match.length;
      found ??= { type: 'comment', text: '', ...place };
      break;
    }
    if (found === undefined) throw qasmError({ type: 'symbol', text: text[at]!, ...place }, 'this is not OpenQASM');
  }
  tokens.push({ type: 'end', text: '', line, column: text.length - lineStart + 1 });
  return tokens;
}

/** An error at a token. */
export function qasmError(
  { text, line, column }: QasmToken,
  what: string,
  expected?: string,
  remedy?: string,
): HqnasError {
  return new HqnasError({
    code: 'invalid-qasm',
    where: `line ${line}, column ${column}`,
    what,
    expected,
    got: text === '' ? 'the end' : JSON.stringify(text),
    remedy,
  });
}
