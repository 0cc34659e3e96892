/** Compiles the TypeScript sources into dist/ and makes the command ready for `npx hqnas` in this folder. */
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
chmodSync('dist/cli/main.js', 0o755);
if (process.platform !== 'win32') {
  // Without a link of its own npx would install the folder elsewhere at its first call, and build it once more.
  const link = 'node_modules/.bin/hqnas';
  rmSync(link, { force: true });
  symlinkSync('../../dist/cli/main.js', link);
}
