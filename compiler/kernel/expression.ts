/** Machine types: 32-bit integers and floats, and 128-bit vectors by how their lanes are read. */
export type ValueType = 'i32' | 'f32' | 'f64' | 'f32x4' | 'f64x2' | 'i32x4' | 'i64x2';
export type VectorType = 'f32x4' | 'f64x2' | 'i32x4' | 'i64x2';
export type FloatVector = 'f32x4' | 'f64x2';

/**
 * A value to be computed. Expressions are trees: one that is used twice is computed twice, so bind it with `fn.let`
 * first. Both backends and the text dump walk the same tree.
 */
export type Expression<T extends ValueType = ValueType> =
  | { readonly op: 'constant'; readonly type: T; readonly value: number }
  | { readonly op: 'get'; readonly type: T; readonly local: number }
  | { readonly op: 'unary'; readonly type: T; readonly name: UnaryName; readonly a: Expression }
  | {
      readonly op: 'binary';
      readonly type: T;
      readonly name: BinaryName;
      readonly a: Expression;
      readonly b: Expression;
    }
  /** a where the mask's bits are 1, b elsewhere. */
  | {
      readonly op: 'select';
      readonly type: T;
      readonly a: Expression;
      readonly b: Expression;
      readonly mask: Expression;
    }
  /** 32-bit lanes taken from a (0-3) and b (4-7); with f64x2, 64-bit lanes from a (0-1) and b (2-3). */
  | {
      readonly op: 'shuffle';
      readonly type: T;
      readonly a: Expression;
      readonly b: Expression;
      readonly lanes: readonly number[];
    }
  | { readonly op: 'lane'; readonly type: T; readonly a: Expression; readonly lane: number }
  | { readonly op: 'splat'; readonly type: T; readonly a: Expression }
  /** The same bits under another lane type. */
  | { readonly op: 'reinterpret'; readonly type: T; readonly a: Expression }
  /** `splat` loads one element into every lane. */
  | {
      readonly op: 'load';
      readonly type: T;
      readonly address: Expression<'i32'>;
      readonly offset: number;
      readonly splat: boolean;
    }
  /** a * b + c, or c - a * b when negated; two roundings unless the function is relaxed. */
  | {
      readonly op: 'multiply-add';
      readonly type: T;
      readonly a: Expression;
      readonly b: Expression;
      readonly c: Expression;
      readonly negated: boolean;
    };

export type UnaryName =
  | 'abs'
  | 'negate'
  | 'sqrt'
  | 'to-float'
  | 'is-zero'
  /** f64x2 rounded to the first two lanes of f32x4, zeros behind. */
  | 'demote'
  /** The first two lanes of f32x4 as f64x2. */
  | 'promote';
export type BinaryName =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  /** b < a ? b : a and a < b ? b : a: with x as the first operand NaN passes through. */
  | 'pmin'
  | 'pmax'
  | 'and'
  | 'or'
  | 'xor'
  | 'and-not'
  | 'shift-left'
  | 'shift-right'
  | 'shift-right-unsigned'
  /** Comparisons of vectors give masks; of i32, 0 or 1 (unsigned). */
  | 'less'
  | 'less-equal'
  | 'greater'
  | 'greater-equal'
  | 'equal';

export type Statement =
  | { readonly op: 'set'; readonly local: number; readonly value: Expression }
  | { readonly op: 'store'; readonly address: Expression<'i32'>; readonly offset: number; readonly value: Expression }
  /** do { body; local += step } while (local < end), unsigned; runs at least once: `guarded` loops test first. */
  | {
      readonly op: 'loop';
      readonly local: number;
      readonly start: Expression<'i32'>;
      readonly end: Expression<'i32'>;
      readonly step: number;
      readonly guarded: boolean;
      readonly body: readonly Statement[];
    }
  | {
      readonly op: 'if';
      readonly condition: Expression<'i32'>;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  /** Calls another function of the same module by name. */
  | { readonly op: 'call'; readonly callee: string; readonly arguments: readonly Expression[] }
  | { readonly op: 'comment'; readonly text: string };

/** A finished function: what the backends translate. */
export interface KernelFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  /** Value returned, or undefined. */
  readonly result: Expression | undefined;
  /** Types of all locals, parameters first. */
  readonly locals: readonly ValueType[];
  readonly body: readonly Statement[];
  readonly relaxed: boolean;
}
