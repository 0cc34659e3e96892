export interface DnaPart {
  readonly change: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** What one DNA has that another has not, token by token (longest common subsequence); neighbours of one kind are joined. */
export function diffDna(before: string, after: string): readonly DnaPart[] {
  const a = before.split(' ');
  const b = after.split(' ');
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const parts: { change: DnaPart['change']; text: string }[] = [];
  const push = (change: DnaPart['change'], token: string): void => {
    const last = parts.at(-1);
    if (last?.change === change) last.text += ` ${token}`;
    else parts.push({ change, text: token });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push('same', a[i]!);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) push('removed', a[i++]!);
    else push('added', b[j++]!);
  }
  return parts;
}
