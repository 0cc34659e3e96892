/** Compiles the TypeScript sources into dist/ and marks the command as executable. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';

// The first `npx hqnas` in a clone installs the folder into npm's cache, which would build it once more.
if (process.env['npm_command'] === 'exec' && existsSync('dist/cli/main.js')) process.exit();
rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
chmodSync('dist/cli/main.js', 0o755);
