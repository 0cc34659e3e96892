import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../core/errors.js';
import { cleanArtifacts, type ArtifactsHealth } from '../../core/node/artifact-care.js';
import { examineLedger, recoverLedger } from '../../core/node/ledger-repair.js';
import { packageVersion } from '../../core/node/package-version.js';
import { supportsSimd } from '../../core/node/supports-simd.js';
import { checkPlugins } from '../../core/plugin/check-plugins.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { builtInPlugins } from '../built-in-plugins.js';
import { defineCommand, ledgerOption } from '../command.js';
import { examinePython } from '../examine-python.js';

interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** A missing optional part is no fault. */
  readonly optional?: boolean;
}

export const doctor = defineCommand({
  options: (yargs) =>
    ledgerOption(yargs)
      .option('recover', { type: 'string', describe: 'save what is whole of a damaged ledger into this new file' })
      .option('clean', {
        type: 'boolean',
        default: false,
        describe: 'delete artifacts that are damaged or belong to nothing; only while no search runs',
      })
      .option('python', {
        type: 'string',
        default: 'python3',
        requiresArg: true,
        describe: 'the Python that gymnasium-bridge is to use: name or path',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one line of JSON' }),
  async run({ ledger, recover, clean, python, json }, { terminal, folder }) {
    if (recover !== undefined) {
      const saved = await recoverLedger(path.resolve(folder, ledger), path.resolve(folder, recover));
      terminal.result(
        json
          ? JSON.stringify(saved)
          : saved
              .map(({ id, entries, complete }) => `${id}: ${entries} entries${complete ? '' : ', the rest is damaged'}`)
              .join('\n') || 'nothing was whole',
      );
      return saved.every(({ complete }) => complete) ? 0 : 1;
    }
    const findings: Finding[] = [
      nodeFinding(),
      { ok: true, what: `hqnas ${packageVersion()}, ${availableParallelism()} cores` },
      simdFinding(),
      ...(await ledgerFindings(path.resolve(folder, ledger), clean)),
      pluginFinding(),
      tensorflowFinding(),
      planckFinding(),
      examinePython(python),
    ];
    const healthy = findings.every(({ ok, optional }) => ok || optional === true);
    if (json) terminal.result(JSON.stringify({ healthy, findings }));
    else {
      const mark = ({ ok, optional }: Finding): string => (ok ? 'ok     ' : optional === true ? 'absent ' : 'FAULT  ');
      terminal.result(findings.map((finding) => mark(finding) + finding.what).join('\n'));
    }
    return healthy ? 0 : 1;
  },
});

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { ok, what: `Node ${process.versions.node}${ok ? '' : ': 20.19 or newer is needed'}` };
}

function simdFinding(): Finding {
  return supportsSimd()
    ? { ok: true, what: 'WebAssembly with SIMD' }
    : { ok: false, what: 'WebAssembly without SIMD: networks cannot be compiled; use a newer Node or another machine' };
}

async function ledgerFindings(file: string, clean: boolean): Promise<Finding[]> {
  try {
    if (!existsSync(file)) {
      const above = nearestFolder(path.dirname(file));
      accessSync(above, constants.W_OK);
      return [{ ok: true, what: `ledger ${file} will be made by the first run` }];
    }
    const { experiments, entries, problems, artifacts } = await examineLedger(file);
    const beside = artifactFindings(artifacts, clean && problems.length === 0);
    const what = `ledger ${file}: ${experiments} experiment${experiments === 1 ? '' : 's'}, ${entries} entries`;
    if (problems.length === 0) return [{ ok: true, what: `${what}, all as they were written` }, ...beside];
    const list = problems.map((problem) => `\n         ${problem}`).join('');
    const remedy = '\n         hqnas doctor --recover NEW_FILE saves what is whole';
    return [{ ok: false, what: `${what}; it is damaged:${list}${remedy}` }, ...beside];
  } catch (error) {
    return [{ ok: false, what: `ledger ${file}: ${messageOf(error)}` }];
  }
}

/** Nothing is said where there are no artifacts. */
function artifactFindings(health: ArtifactsHealth, clean: boolean): Finding[] {
  const { files, bytes, damaged, orphaned } = health;
  if (files === 0) return [];
  const what = `artifacts: ${files} files, ${(bytes / 1e6).toFixed(1)} MB`;
  if (clean) return [{ ok: true, what: `${what}; deleted ${cleanArtifacts(health)} that were damaged or of no use` }];
  const list = damaged.map((file) => `\n         damaged: ${file}`).join('');
  const useless = orphaned.length === 0 ? '' : `, ${orphaned.length} of them named by no entry`;
  const remedy = damaged.length + orphaned.length === 0 ? '' : '\n         hqnas doctor --clean deletes them';
  return [{ ok: damaged.length === 0, what: `${what}${useless}${list}${remedy}` }];
}

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(path.dirname(folder));
}

function pluginFinding(): Finding {
  try {
    checkPlugins(builtInPlugins);
    createContainer(builtInPlugins).get(REGISTRIES);
    return { ok: true, what: `${builtInPlugins.length} plugins: ${builtInPlugins.map(({ name }) => name).join(', ')}` };
  } catch (error) {
    return { ok: false, what: `plugins: ${messageOf(error)}` };
  }
}

/** Packages of TensorFlow.js, fastest first, and what each needs. */
const tensorflowPackages = [
  ['@tensorflow/tfjs-node', 'native; its install downloads a library, which fails behind a closed network'],
  ['@tensorflow/tfjs-backend-wasm', 'WebAssembly; works everywhere, beside @tensorflow/tfjs'],
  ['@tensorflow/tfjs', 'plain JavaScript; needed by the WebAssembly backend'],
] as const;

function tensorflowFinding(): Finding {
  const { resolve } = createRequire(import.meta.url);
  const installed = tensorflowPackages.filter(([name]) => {
    try {
      resolve(name);
      return true;
    } catch {
      return false;
    }
  });
  const absent = tensorflowPackages.filter((row) => !installed.includes(row));
  const howTo = absent.map(([name, what]) => `\n         npm install ${name}  (${what})`).join('');
  if (installed.length > 0) {
    const names = installed.map(([name]) => name).join(', ');
    return { ok: true, what: `TensorFlow.js: ${names}${absent.length === 0 ? '' : `; not installed:${howTo}`}` };
  }
  return { ok: false, optional: true, what: `TensorFlow.js, only for layers written with its ops; to add it:${howTo}` };
}

function planckFinding(): Finding {
  try {
    createRequire(import.meta.url).resolve('planck');
    return { ok: true, what: 'planck, for lunar-lander and bipedal-walker' };
  } catch {
    const what = 'planck, only for lunar-lander and bipedal-walker; to add it:\n         npm install planck@1.5.0';
    return { ok: false, optional: true, what };
  }
}
