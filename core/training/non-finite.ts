/**
 * Where the first NaN or infinity of a value lies, such as "curve[3].figures.loss"; undefined where there is none. JSON has
 * no such numbers: they could be neither stored nor sent.
 */
export function nonFiniteIn(value: unknown, path = ''): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  const isList = Array.isArray(value);
  for (const [name, member] of Object.entries(value)) {
    if (typeof member !== 'number' && typeof member !== 'object') continue;
    const found = nonFiniteIn(member, isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
