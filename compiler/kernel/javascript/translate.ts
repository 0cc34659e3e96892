import type { BinaryName, Expression, KernelFunction, Statement, ValueType } from '../expression.js';
import type { KernelModule } from '../kernel-module.js';
import { comparison, floatBinary, integerBinary, longBinary, partsOf, prelude } from './lanes.js';

const comparisons: ReadonlySet<BinaryName> = new Set(['less', 'less-equal', 'greater', 'greater-equal', 'equal']);

/**
 * The module as the body of a JavaScript function of `buffer` that returns an object of its exports. It computes the
 * same bits as the WebAssembly encoding of a module without relaxed functions: rounding the float64 result of + - * /
 * and sqrt to float32 equals the float32 operation (Figueroa 1995, "When is double rounding innocuous?"). Only the
 * sign and payload of NaN are left open.
 */
export function translateModule({ functions, exports }: KernelModule): string {
  const indices = new Map(functions.map(({ name }, index) => [name, index]));
  const texts = functions.map((kernel, index) => new FunctionTranslator(kernel, indices).translate(index));
  return `'use strict';${prelude}${texts.join('\n')}\nreturn {${exports.map((name) => `${JSON.stringify(name)}: f${indices.get(name)}`).join(', ')}};`;
}

class FunctionTranslator {
  readonly #kernel: KernelFunction;
  readonly #indices: ReadonlyMap<string, number>;
  readonly #lines: string[] = [];
  #temporaries = 0;

  constructor(kernel: KernelFunction, indices: ReadonlyMap<string, number>) {
    this.#kernel = kernel;
    this.#indices = indices;
  }

  translate(index: number): string {
    const { name, parameters, locals, body, result } = this.#kernel;
    const given = parameters.map((_, local) => `l${local}`).join(', ');
    const declared = locals.flatMap((type, local) =>
      local < parameters.length ? [] : names(type, local).map((one) => `${one} = 0`),
    );
    if (declared.length > 0) this.#lines.push(`let ${declared.join(', ')};`);
    for (const [local, type] of parameters.entries())
      if (type === 'f32') this.#lines.push(`l${local} = fr(l${local});`);
    for (const statement of body) this.#statement(statement);
    if (result !== undefined) this.#lines.push(`return ${this.#parts(result)[0]!};`);
    return `function f${index}(${given}) { // ${name.replaceAll(/[^ -~]/g, '?')}\n${this.#lines.join('\n')}\n}`;
  }

  #statement(statement: Statement): void {
    switch (statement.op) {
      case 'set': {
        const targets = names(this.#kernel.locals[statement.local]!, statement.local);
        const values = this.#parts(statement.value);
        this.#lines.push(targets.map((target, i) => `${target} = ${values[i]!};`).join(' '));
        return;
      }
      case 'store': {
        const { type } = statement.value;
        const at = this.#index(statement.address, statement.offset, type);
        const values = this.#parts(statement.value);
        this.#lines.push(values.map((value, i) => `${arrayOf(type)}[${at} + ${i}] = ${value};`).join(' '));
        return;
      }
      case 'loop': {
        const { local, start, end, step, guarded, body } = statement;
        this.#lines.push(`l${local} = ${this.#parts(start)[0]!};`);
        if (guarded) this.#lines.push(`if (l${local} >>> 0 < ${this.#parts(end)[0]!} >>> 0)`);
        this.#lines.push('for (;;) {');
        for (const inner of body) this.#statement(inner);
        this.#lines.push(
          `l${local} = l${local} + ${step} | 0;`,
          `if (l${local} >>> 0 >= ${this.#parts(end)[0]!} >>> 0) break;`,
          '}',
        );
        return;
      }
      case 'if':
        this.#lines.push(`if (${this.#parts(statement.condition)[0]!} !== 0) {`);
        for (const inner of statement.then) this.#statement(inner);
        this.#lines.push('} else {');
        for (const inner of statement.otherwise) this.#statement(inner);
        this.#lines.push('}');
        return;
      case 'call':
        this.#lines.push(
          `f${this.#indices.get(statement.callee)}(${statement.arguments.map((one) => this.#parts(one)[0]!).join(', ')});`,
        );
        return;
      case 'comment':
        return;
    }
  }

  /** Names or literals of the numbers that make up the value. */
  #parts(e: Expression): readonly string[] {
    switch (e.op) {
      case 'get':
        return names(e.type, e.local);
      case 'constant':
        return constantParts(e.type, e.value);
      case 'load': {
        const at = this.#index(e.address, e.offset, e.type);
        const elements = e.splat ? (e.type === 'i64x2' ? 2 : 1) : partsOf[e.type];
        const loaded = this.#keep(Array.from({ length: elements }, (_, i) => `${arrayOf(e.type)}[${at} + ${i}]`));
        return Array.from({ length: partsOf[e.type] }, (_, i) => loaded[i % elements]!);
      }
      case 'unary':
        return this.#unary(e);
      case 'binary':
        return this.#binary(e);
      case 'multiply-add': {
        const product: Expression = { op: 'binary', type: e.type, name: 'multiply', a: e.a, b: e.b };
        return this.#binary({ op: 'binary', type: e.type, name: e.negated ? 'subtract' : 'add', a: e.c, b: product });
      }
      case 'select':
        return this.#select(e);
      case 'shuffle': {
        const both = [...this.#parts(e.a), ...this.#parts(e.b)];
        if (e.type !== 'i64x2') return this.#keep(e.lanes.map((lane) => both[lane]!));
        return this.#keep(e.lanes.flatMap((lane) => [both[2 * lane]!, both[2 * lane + 1]!]));
      }
      case 'lane':
        return [this.#parts(e.a)[e.lane]!];
      case 'splat': {
        const [one] = this.#parts(e.a);
        return Array.from({ length: partsOf[e.type] }, () => one!);
      }
      case 'reinterpret':
        return this.#keep(reinterpretParts(e.a.type, e.type, this.#parts(e.a)));
    }
  }

  #unary({ type, name, a }: Expression & { readonly op: 'unary' }): readonly string[] {
    const single = type === 'f32' || type === 'f32x4';
    if (name === 'promote') return this.#parts(a).slice(0, 2);
    if (name === 'demote') return this.#keep([...this.#parts(a).map((x) => `fr(${x})`), '0', '0']);
    return this.#keep(
      this.#parts(a).map((x) => {
        if (name === 'is-zero') return `${x}===0?1:0`;
        if (name === 'to-float') return `fr(${x})`;
        if (name === 'sqrt') return single ? `fr(Math.sqrt(${x}))` : `Math.sqrt(${x})`;
        if (name === 'negate') return type === 'i32x4' ? `-${x}|0` : `-${x}`;
        return type === 'i32x4' ? `Math.abs(${x})|0` : `Math.abs(${x})`;
      }),
    );
  }

  #binary(e: Expression & { readonly op: 'binary' }): readonly string[] {
    const { type, name } = e;
    // A mask on a float vector: no need to look at the bits.
    if (name === 'and' && e.b.op === 'reinterpret' && (type === 'f32x4' || type === 'f64x2') && e.b.a.type !== type) {
      const [values, masks] = [this.#parts(e.a), this.#parts(e.b.a)];
      if (type === 'f32x4') return this.#keep(values.map((value, i) => `keep(${masks[i]!},${value})`));
      return this.#keep(values.map((value, i) => `keepDouble(${masks[2 * i]!},${masks[2 * i + 1]!},${value})`));
    }
    const [a, b] = [this.#parts(e.a), this.#parts(e.b)];
    if (comparisons.has(name)) return this.#comparison(e, a, b);
    const made = a.flatMap((x, i) => {
      const y = b[i] ?? b[0]!;
      if (type === 'i64x2') {
        if (i % 2 === 1) return [];
        const shift = e.b.type === 'i32' ? Number(y) : 0;
        return longBinary(name, [x, a[i + 1]!], [y, b[i + 1] ?? '0'], shift) ?? [undefined];
      }
      if (type === 'i32' || type === 'i32x4') return [integerBinary(name, x, y)];
      return [floatBinary(name, type === 'f64' || type === 'f64x2', x, y)];
    });
    return this.#keep(made.map((text) => this.#need(text, e)));
  }

  #comparison(
    e: Expression & { readonly op: 'binary' },
    a: readonly string[],
    b: readonly string[],
  ): readonly string[] {
    const from = e.a.type;
    if (from === 'i64x2')
      throw new TypeError(`${this.#kernel.name}: 64-bit integer lanes cannot be compared in JavaScript`);
    const vector = partsOf[from] > 1;
    const made = a.map((x, i) => `${comparison(e.name, x, b[i]!, from === 'i32')}?${vector ? -1 : 1}:0`);
    const kept = this.#keep(made);
    return from === 'f64x2' ? kept.flatMap((mask) => [mask, mask]) : kept;
  }

  #select(e: Expression & { readonly op: 'select' }): readonly string[] {
    const [a, b, mask] = [this.#parts(e.a), this.#parts(e.b), this.#parts(e.mask)];
    return this.#keep(
      a.map((x, i) => {
        const y = b[i]!;
        if (e.type === 'f32x4') return `pick(${mask[i]!},${x},${y})`;
        if (e.type === 'f64x2') return `pickDouble(${mask[2 * i]!},${mask[2 * i + 1]!},${x},${y})`;
        if (partsOf[e.type] > 1) return `${mask[i]!}&${x}|~${mask[i]!}&${y}`;
        return `${mask[0]!}!==0?${x}:${y}`;
      }),
    );
  }

  #index(address: Expression<'i32'>, offset: number, type: ValueType): string {
    const shift = arrayOf(type) === 'D' ? 3 : 2;
    if (address.op === 'constant') return String((address.value + offset) >>> shift);
    return this.#keep([`${this.#parts(address)[0]!}+${offset}>>>${shift}`])[0]!;
  }

  #keep(texts: readonly string[]): readonly string[] {
    const kept = texts.map(() => `t${this.#temporaries++}`);
    this.#lines.push(`const ${kept.map((name, i) => `${name} = ${texts[i]!}`).join(', ')};`);
    return kept;
  }

  #need(text: string | undefined, e: Expression & { readonly op: 'binary' }): string {
    if (text !== undefined) return text;
    throw new TypeError(`${this.#kernel.name}: no translation for ${e.name} of ${e.type}`);
  }
}

function names(type: ValueType, local: number): readonly string[] {
  const parts = partsOf[type];
  return parts === 1 ? [`l${local}`] : Array.from({ length: parts }, (_, part) => `l${local}_${part}`);
}

function arrayOf(type: ValueType): 'F' | 'I' | 'D' {
  if (type === 'f64' || type === 'f64x2') return 'D';
  return type === 'f32' || type === 'f32x4' ? 'F' : 'I';
}

function constantParts(type: ValueType, value: number): readonly string[] {
  const parts = partsOf[type];
  if (type === 'i64x2')
    return [
      `(${value | 0})`,
      `(${Math.floor(value / 0x1_0000_0000) | 0})`,
      `(${value | 0})`,
      `(${Math.floor(value / 0x1_0000_0000) | 0})`,
    ];
  const number =
    type === 'i32' || type === 'i32x4' ? value | 0 : type === 'f32' || type === 'f32x4' ? Math.fround(value) : value;
  const text = Object.is(number, -0) ? '(-0)' : number < 0 ? `(${number})` : String(number);
  return Array.from({ length: parts }, () => text);
}

function reinterpretParts(from: ValueType, to: ValueType, parts: readonly string[]): readonly string[] {
  const bits =
    from === 'f32x4' || from === 'f32'
      ? parts.map((x) => `bits(${x})`)
      : from === 'f64x2'
        ? parts.flatMap((x) => [`low(${x})`, `high(${x})`])
        : parts;
  if (to === 'f32x4' || to === 'f32') return bits.map((x) => `single(${x})`);
  if (to === 'f64x2') return [`double(${bits[0]!},${bits[1]!})`, `double(${bits[2]!},${bits[3]!})`];
  return bits;
}
