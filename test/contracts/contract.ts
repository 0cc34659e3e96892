/**
 * One named property of a registered thing. `run` throws when it does not hold; any test runner can call it:
 *
 *   for (const { name, run } of environmentContract(kind)) test(name, run);
 */
export interface Check {
  readonly name: string;
  readonly run: () => void | Promise<void>;
}
