import type { BinaryName, Expression, KernelFunction, Statement, ValueType } from '../expression.js';
import { ByteWriter } from './byte-writer.js';
import * as opcodes from './opcodes.js';

const { code } = opcodes;
const comparisons: ReadonlySet<BinaryName> = new Set(['less', 'less-equal', 'greater', 'greater-equal', 'equal']);

/**
 * Encodes function bodies. Vector constants other than zero are read from locals that are set once at the function's
 * start: some engines would otherwise build them anew in every trip of a loop.
 */
export class FunctionEncoder {
  readonly #indexOf: (callee: string) => number;
  readonly #body = new ByteWriter();
  #kernel: KernelFunction | undefined;
  #pool = new Map<string, { readonly local: number; readonly type: ValueType; readonly value: number }>();

  /** `indexOf` gives the module's index of a function that is called. */
  constructor(indexOf: (callee: string) => number) {
    this.#indexOf = indexOf;
  }

  /** Appends size, locals and code of `kernel` to the code section. */
  encode(kernel: KernelFunction, out: ByteWriter): void {
    this.#kernel = kernel;
    this.#pool = new Map();
    this.#body.clear();
    for (const statement of kernel.body) this.#statement(statement);
    if (kernel.result !== undefined) this.#expression(kernel.result);
    this.#body.byte(code.end);
    const instructions = this.#body.bytes.slice();
    this.#body.clear();
    this.#locals(kernel);
    for (const { local, type, value } of this.#pool.values()) {
      this.#vectorConstant(type, value);
      this.#body.byte(code.localSet);
      this.#body.unsigned(local);
    }
    out.unsigned(this.#body.length + instructions.length);
    out.append(this.#body.bytes);
    out.append(instructions);
  }

  #locals({ locals, parameters }: KernelFunction): void {
    const groups: { count: number; readonly type: number }[] = [];
    const add = (type: number): void => {
      const last = groups.at(-1);
      if (last?.type === type) last.count++;
      else groups.push({ count: 1, type });
    };
    for (let i = parameters.length; i < locals.length; i++) add(opcodes.valueTypeCode[locals[i]!]);
    for (let i = 0; i < this.#pool.size; i++) add(opcodes.valueTypeCode.f32x4);
    this.#body.unsigned(groups.length);
    for (const { count, type } of groups) {
      this.#body.unsigned(count);
      this.#body.byte(type);
    }
  }

  #statement(statement: Statement): void {
    const out = this.#body;
    switch (statement.op) {
      case 'set':
        this.#expression(statement.value);
        out.byte(code.localSet);
        out.unsigned(statement.local);
        return;
      case 'store': {
        const { type } = statement.value;
        this.#expression(statement.address);
        this.#expression(statement.value);
        const scalar = opcodes.scalarStoreCode[type];
        if (scalar === undefined) this.#simd(code.vectorStore);
        else out.byte(scalar);
        this.#memoryArgument(type, statement.offset);
        return;
      }
      case 'loop':
        this.#loop(statement);
        return;
      case 'if':
        this.#expression(statement.condition);
        out.byte(code.if);
        out.byte(code.void);
        for (const inner of statement.then) this.#statement(inner);
        if (statement.otherwise.length > 0) {
          out.byte(code.else);
          for (const inner of statement.otherwise) this.#statement(inner);
        }
        out.byte(code.end);
        return;
      case 'call':
        for (const argument of statement.arguments) this.#expression(argument);
        out.byte(code.call);
        out.unsigned(this.#indexOf(statement.callee));
        return;
      case 'comment':
        return;
    }
  }

  #loop({ local, start, end, step, guarded, body }: Statement & { readonly op: 'loop' }): void {
    const out = this.#body;
    this.#expression(start);
    out.byte(code.localSet);
    out.unsigned(local);
    if (guarded) {
      out.byte(code.localGet);
      out.unsigned(local);
      this.#expression(end);
      out.byte(opcodes.comparisonCode.i32.less!);
      out.byte(code.if);
      out.byte(code.void);
    }
    out.byte(code.loop);
    out.byte(code.void);
    for (const statement of body) this.#statement(statement);
    out.byte(code.localGet);
    out.unsigned(local);
    out.byte(code.i32Constant);
    out.signed(step);
    out.byte(opcodes.binaryCode.i32.add!);
    out.byte(code.localTee);
    out.unsigned(local);
    this.#expression(end);
    out.byte(opcodes.comparisonCode.i32.less!);
    out.byte(code.branchIf);
    out.unsigned(0);
    out.byte(code.end);
    if (guarded) out.byte(code.end);
  }

  #expression(e: Expression): void {
    const out = this.#body;
    switch (e.op) {
      case 'get':
        out.byte(code.localGet);
        out.unsigned(e.local);
        return;
      case 'constant':
        this.#constant(e.type, e.value);
        return;
      case 'load': {
        this.#expression(e.address);
        const scalar = opcodes.scalarLoadCode[e.type];
        if (e.splat) this.#simd(this.#need(opcodes.splatLoadCode[e.type], e));
        else if (scalar === undefined) this.#simd(code.vectorLoad);
        else out.byte(scalar);
        this.#memoryArgument(e.type, e.offset);
        return;
      }
      case 'unary':
        this.#expression(e.a);
        this.#operation(e.type, this.#need(opcodes.unaryCode[e.type][e.name], e));
        return;
      case 'binary': {
        this.#expression(e.a);
        this.#expression(e.b);
        const codes = comparisons.has(e.name) ? opcodes.comparisonCode[e.a.type] : opcodes.binaryCode[e.type];
        this.#operation(comparisons.has(e.name) ? e.a.type : e.type, this.#need(codes[e.name], e));
        return;
      }
      case 'multiply-add':
        this.#multiplyAdd(e);
        return;
      case 'select':
        this.#expression(e.a);
        this.#expression(e.b);
        this.#expression(e.mask);
        if (isVector(e.type)) this.#simd(code.bitSelect);
        else out.byte(code.select);
        return;
      case 'shuffle':
        this.#expression(e.a);
        this.#expression(e.b);
        this.#shuffle(e.type, e.lanes);
        return;
      case 'lane':
        this.#expression(e.a);
        this.#simd(this.#need(opcodes.laneCode[e.a.type], e));
        out.byte(e.lane);
        return;
      case 'splat':
        this.#expression(e.a);
        this.#simd(this.#need(opcodes.splatCode[e.type], e));
        return;
      case 'reinterpret':
        this.#expression(e.a);
        if (e.type === 'i32' && e.a.type === 'f32') out.byte(code.i32ReinterpretF32);
        if (e.type === 'f32' && e.a.type === 'i32') out.byte(code.f32ReinterpretI32);
        return;
    }
  }

  #multiplyAdd(e: Expression & { readonly op: 'multiply-add' }): void {
    const codes = e.negated ? opcodes.relaxedNegativeMultiplyAdd : opcodes.relaxedMultiplyAdd;
    const relaxed = this.#kernel!.relaxed ? codes[e.type] : undefined;
    if (relaxed !== undefined) {
      this.#expression(e.a);
      this.#expression(e.b);
      this.#expression(e.c);
      this.#simd(relaxed);
      return;
    }
    const codesOfType = opcodes.binaryCode[e.type];
    this.#expression(e.c);
    this.#expression(e.a);
    this.#expression(e.b);
    this.#operation(e.type, this.#need(codesOfType.multiply, e));
    this.#operation(e.type, this.#need(e.negated ? codesOfType.subtract : codesOfType.add, e));
  }

  #constant(type: ValueType, value: number): void {
    const out = this.#body;
    if (type === 'i32') {
      out.byte(code.i32Constant);
      out.signed(value);
    } else if (type === 'f32') {
      out.byte(code.f32Constant);
      out.float32(value);
    } else if (type === 'f64') {
      out.byte(code.f64Constant);
      out.float64(value);
    } else if (Object.is(value, 0)) {
      this.#vectorConstant(type, 0);
    } else {
      const key = `${type} ${Object.is(value, -0) ? '-0' : value}`;
      let pooled = this.#pool.get(key);
      if (pooled === undefined) {
        pooled = { local: this.#kernel!.locals.length + this.#pool.size, type, value };
        this.#pool.set(key, pooled);
      }
      out.byte(code.localGet);
      out.unsigned(pooled.local);
    }
  }

  #vectorConstant(type: ValueType, value: number): void {
    const out = this.#body;
    this.#simd(code.vectorConstant);
    for (let i = 0; i < 4; i++) {
      if (type === 'f32x4') out.float32(value);
      else if (type === 'i32x4') out.int32(value);
      else if (type === 'i64x2') out.int32(i % 2 === 0 ? value : Math.floor(value / 0x1_0000_0000));
      else if (i % 2 === 0) out.float64(value);
    }
  }

  #shuffle(type: ValueType, lanes: readonly number[]): void {
    this.#simd(code.shuffle);
    const width = type === 'f32x4' || type === 'i32x4' ? 4 : 8;
    for (const lane of lanes) for (let byte = 0; byte < width; byte++) this.#body.byte(lane * width + byte);
  }

  /** The alignment is a promise that may be broken without harm; the element's own is always kept. */
  #memoryArgument(type: ValueType, offset: number): void {
    this.#body.byte(type === 'f64' || type === 'f64x2' || type === 'i64x2' ? 3 : 2);
    this.#body.unsigned(offset);
  }

  #operation(type: ValueType, operation: number): void {
    if (isVector(type)) this.#simd(operation);
    else this.#body.byte(operation);
  }

  #simd(operation: number): void {
    this.#body.byte(code.simd);
    this.#body.unsigned(operation);
  }

  #need(operation: number | undefined, e: Expression): number {
    if (operation !== undefined) return operation;
    throw new TypeError(
      `${this.#kernel!.name}: no instruction for ${e.op}${'name' in e ? ` ${e.name}` : ''} of ${e.type}`,
    );
  }
}

function isVector(type: ValueType): boolean {
  return type.length > 3;
}
