import type { Angle } from '../angle.js';
import { checkGate } from '../check-circuit.js';
import { HqnasError } from '../../../core/index.js';
import { checkForm } from './check-form.js';
import type { Gate, GateForm, MatrixRows } from './gate-form.js';
import { gateNames } from './gates.js';
import { controlled, fixed, rotationAbout, sequence } from './make-forms.js';

/** Puts a gate of your own on wires. */
export type GateMaker = (wires: readonly number[], ...angles: readonly Angle[]) => Gate;

/** What your gate does; see {@link defineGate}. */
export type GateRecipe =
  | { readonly matrix: MatrixRows }
  | { readonly generator: MatrixRows }
  | {
      readonly wires: number;
      readonly angles: number;
      readonly gates: (...angles: readonly Angle[]) => readonly Gate[];
    }
  | { readonly form: GateForm };

/**
 * Makes a gate of your own, in one of these ways:
 *
 * - `matrix`: a fixed unitary matrix
 * - `generator`: the rotation exp(-i t G / 2) by a Hermitian matrix G that is its own inverse
 * - `gates`: known gates one after another, on wires 0 .. wires - 1
 * - `form`: any {@link GateForm}
 *
 * The gate carries its definition, so that circuits stay JSON and need no table; gradients follow from it.
 * @throws HqnasError `invalid-circuit` for a taken name, or when the gate is not unitary
 */
export function defineGate(name: string, recipe: GateRecipe): GateMaker {
  if (gateNames.includes(name)) {
    throw new HqnasError({ code: 'invalid-circuit', where: name, what: 'there is a gate of this name already' });
  }
  const definition = formOf(recipe);
  checkForm(definition, name, checkGate);
  return (wires, ...angles) => ({ gate: name, wires, angles, definition });
}

/**
 * The gate with one more wire, the first: it acts where that wire is 1.
 * @throws HqnasError `invalid-circuit` for a sequence of gates
 */
export function controlledGate(name: string, maker: GateMaker): GateMaker {
  const { definition } = maker([]);
  if (definition === undefined) throw new RangeError('a gate of your own carries its definition');
  if (definition.form === 'sequence') {
    throw new HqnasError({
      code: 'invalid-circuit',
      where: name,
      what: 'a sequence of gates has no controlled form of its own',
      remedy: 'Control its gates one by one.',
    });
  }
  return defineGate(name, { form: controlled(definition) });
}

function formOf(recipe: GateRecipe): GateForm {
  if ('form' in recipe) return recipe.form;
  if ('matrix' in recipe) return fixed(recipe.matrix);
  if ('generator' in recipe) return rotationAbout(recipe.generator);
  return sequence(recipe.wires, recipe.angles, recipe.gates);
}
