import type { Expression, KernelFunction, Statement } from './expression.js';

/** A kernel as text for readers: one line per statement, loops and conditions indented. */
export function formatKernel({ name, parameters, locals, body, result }: KernelFunction): string {
  const lines = [
    `${name}(${parameters.map((type, local) => `v${local}: ${type}`).join(', ')})  ${locals.length} locals`,
  ];
  for (const statement of body) write(statement, '  ', lines);
  if (result !== undefined) lines.push(`  return ${text(result)}`);
  return lines.join('\n');
}

function write(statement: Statement, indent: string, lines: string[]): void {
  const deeper = `${indent}  `;
  switch (statement.op) {
    case 'set':
      lines.push(`${indent}v${statement.local} = ${text(statement.value)}`);
      return;
    case 'store':
      lines.push(
        `${indent}${place(statement.address, statement.offset)}: ${statement.value.type} = ${text(statement.value)}`,
      );
      return;
    case 'loop': {
      const { local, start, end, step, guarded, body } = statement;
      lines.push(
        `${indent}for v${local} = ${text(start)} to ${text(end)} step ${step}${guarded ? ' (may be empty)' : ''}`,
      );
      for (const inner of body) write(inner, deeper, lines);
      return;
    }
    case 'if':
      lines.push(`${indent}if ${text(statement.condition)}`);
      for (const inner of statement.then) write(inner, deeper, lines);
      if (statement.otherwise.length > 0) lines.push(`${indent}else`);
      for (const inner of statement.otherwise) write(inner, deeper, lines);
      return;
    case 'call':
      lines.push(`${indent}call ${statement.callee}(${statement.arguments.map(text).join(', ')})`);
      return;
    case 'comment':
      lines.push(`${indent}# ${statement.text}`);
      return;
  }
}

const infix: Readonly<Record<string, string>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  and: '&',
  or: '|',
  xor: '^',
  less: '<',
  'less-equal': '<=',
  greater: '>',
  'greater-equal': '>=',
  equal: '==',
  'shift-left': '<<',
  'shift-right': '>>',
  'shift-right-unsigned': '>>>',
};

function text(e: Expression): string {
  switch (e.op) {
    case 'get':
      return `v${e.local}`;
    case 'constant':
      return String(e.value);
    case 'load':
      return `${place(e.address, e.offset)}:${e.type}${e.splat ? ' splat' : ''}`;
    case 'unary':
      return `${e.name}(${text(e.a)})`;
    case 'binary': {
      const operator = infix[e.name];
      return operator === undefined
        ? `${e.name}(${text(e.a)}, ${text(e.b)})`
        : `(${text(e.a)} ${operator} ${text(e.b)})`;
    }
    case 'multiply-add':
      return `(${text(e.c)} ${e.negated ? '-' : '+'} ${text(e.a)} * ${text(e.b)})`;
    case 'select':
      return `(${text(e.mask)} ? ${text(e.a)} : ${text(e.b)})`;
    case 'shuffle':
      return `shuffle(${text(e.a)}, ${text(e.b)}, ${e.lanes.join(' ')})`;
    case 'lane':
      return `${text(e.a)}.${e.lane}`;
    case 'splat':
      return `splat(${text(e.a)})`;
    case 'reinterpret':
      return `${e.type}(${text(e.a)})`;
  }
}

function place(address: Expression, offset: number): string {
  return address.op === 'constant' ? `[${address.value + offset}]` : `[${text(address)} + ${offset}]`;
}
