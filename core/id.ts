import { HqnasError } from './errors.js';

/** Name of a registered thing: the plugin's name, a slash, the thing's own name; lower case, digits and hyphens. */
export type Id = `${string}/${string}`;

const pattern = /^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*$/;

/** Whether a text has the form `plugin/name`. */
export function isId(text: string): text is Id {
  return pattern.test(text);
}

/**
 * Checks an id.
 * @throws HqnasError `invalid-id`
 */
export function parseId(text: string, where?: string): Id {
  if (isId(text)) return text;
  throw new HqnasError({
    code: 'invalid-id',
    what: 'this is not an id',
    where,
    expected: 'plugin/name in lower case, digits and hyphens',
    got: JSON.stringify(text),
  });
}

/** The plugin's part of an id. */
export function pluginOf(id: Id): string {
  return id.slice(0, id.indexOf('/'));
}
