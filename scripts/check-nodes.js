/**
 * Trains one hybrid network on Node 20, 22 and 24 (npm's `node` package brings them) and compares the SHA-256 of all
 * parameters: results must not depend on the JavaScript engine.
 */
import { spawnSync } from 'node:child_process';

const train = ['dist/cli/main.js', 'train', '--dna', 'C 12 R C 4 T Q 4 F 2 C 6 T C 1', '--steps', '8192', '--json'];
const golden = process.argv[2];
const hashes = ['20', '22', '24'].map((version) => {
  const { stdout, stderr } = spawnSync('npx', ['--yes', '--package', `node@${version}`, 'node', ...train], {
    encoding: 'utf8',
  });
  const lines = stdout.trim().split('\n');
  if (!lines.at(-1)?.startsWith('{')) throw new Error(`node ${version}: ${stderr}`);
  const { parametersHash, score } = JSON.parse(lines.at(-1));
  console.log(`node ${version}  ${parametersHash}  score ${score}`);
  return parametersHash;
});
if (new Set(hashes).size !== 1) {
  console.error('the engines disagree');
  process.exit(1);
}
if (golden !== undefined && hashes[0] !== golden) {
  console.error(`expected ${golden}`);
  process.exit(1);
}
