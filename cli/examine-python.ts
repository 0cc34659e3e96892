import { spawnSync } from 'node:child_process';

/** What doctor says of a Python installation; lacking one is no fault. */
export interface PythonFinding {
  readonly ok: boolean;
  readonly optional: true;
  readonly what: string;
}

const use = 'only for gymnasium-bridge';
const script = 'import gymnasium, numpy, sys; print(gymnasium.__version__, numpy.__version__, sys.version.split()[0])';

/**
 * Starts a Python and asks it for gymnasium.
 * @param seconds to wait for it: the first import of a cold machine takes a while
 */
export function examinePython(python: string, seconds = 20): PythonFinding {
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', script], {
    encoding: 'utf8',
    timeout: 1000 * seconds,
    killSignal: 'SIGKILL',
  });
  const absent = (what: string, remedy: string): PythonFinding => ({
    ok: false,
    optional: true,
    what: `${what}, ${use}; ${remedy}`,
  });
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT')
    return absent(`${python} did not answer within ${seconds} seconds`, 'try again, or name another with --python');
  if (error !== undefined) return absent(`no ${python}`, 'install Python 3, or name one with --python');
  const [gymnasium, numpy, version] = stdout.trim().split(/\s+/);
  if (status === 0 && version !== undefined) {
    const what = `${python} ${version} with gymnasium ${gymnasium}, numpy ${numpy}, for gymnasium-bridge`;
    return { ok: true, optional: true, what };
  }
  const missing = /No module named '([\w.]+)'/.exec(stderr)?.[1];
  if (missing !== undefined)
    return absent(`${python} without ${missing}`, `to add it:\n         ${python} -m pip install gymnasium numpy`);
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return absent(
    `${python} that does not import gymnasium${last === '' ? '' : ` (${last})`}`,
    'mend it, or name another with --python',
  );
}
