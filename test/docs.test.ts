import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../cli/built-in-plugins.js';
import { isHqnasError } from '../core/errors.js';
import { parseConfig } from '../core/experiment/config/parse-config.js';
import { resolveConfig } from '../core/experiment/config/resolve-config.js';
import type { Plugin } from '../core/plugin/define-plugin.js';
import { createContainer } from '../core/wiring/create-container.js';
import { REGISTRIES } from '../core/wiring/tokens.js';
import { layerKindContract, pluginContract } from './contracts/index.js';
import { checkTypes } from './docs/check-types.js';
import { proseOf, readPages, readSources, root, type Block, type Page } from './docs/markdown.js';

/** Made of the stage at which a candidate failed. */
const stageCodes = ['express', 'compile', 'train', 'score'].map((stage) => `${stage}-threw`);

const pages = readPages();
const blocksOf = (language: string): readonly Block[] =>
  pages.flatMap(({ blocks }) => blocks.filter((block) => block.language === language));
const exampleFiles = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.join(root, 'examples', file));

async function importPlugin(file: string): Promise<Plugin> {
  const module: { readonly default: Plugin } = await import(file);
  return module.default;
}

describe('docs/errors.md', () => {
  const sources = readSources(['core', 'compiler', 'plugins', 'environments', 'search-strategies', 'cli']);
  const thrown = new Set(sources.flatMap(({ text }) => codesIn(text)));
  const page = pages.find(({ file }) => file === path.join('docs', 'errors.md'))!;
  const rows = [...page.text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code!);

  it('has one row for every code of the sources, and no other', () => {
    expect(thrown.size).toBeGreaterThan(60);
    expect([...rows].sort()).toEqual([...thrown].sort());
  });

  it('is where every code that another page names stands', () => {
    const named = pages.flatMap(({ file, code }) =>
      code.filter((span) => thrown.has(span) || looksLikeCode(span)).map((span) => `${file}: ${span}`),
    );
    expect(named.filter((name) => !rows.includes(name.slice(name.lastIndexOf(' ') + 1)))).toEqual([]);
  });

  it('would notice a code of any form', () => {
    const planted = "code: 'one-code', ... coded(\n 'two-code', ... `${stage}-threw` ... : 'x-failed' ... [bad-thing]";
    expect(codesIn(planted)).toEqual(['one-code', 'two-code', 'x-failed', 'bad-thing', ...stageCodes]);
  });
});

it('TypeScript of every page type-checks', () => {
  const blocks = blocksOf('ts').filter(({ mark }) => mark !== 'fragment');
  expect(blocks.length).toBeGreaterThan(8);
  expect(checkTypes(blocks)).toEqual([]);
});

it('the type check would notice a mistake', () => {
  const block = { name: 'planted', language: 'ts', mark: '', text: "import { defineMutatoin } from 'hqnas';" };
  expect(checkTypes([block])).toEqual([expect.stringContaining('defineMutatoin')]);
});

describe('complete plugins in pages', () => {
  const plugins = blocksOf('ts').filter(({ text }) => text.includes('export default definePlugin'));
  const files = exampleFiles.map((file) => readFileSync(file, 'utf8'));
  const own = plugins.filter(({ text }) => !files.includes(text));

  it('are those of the examples', () => {
    expect(plugins.length - own.length).toBeGreaterThanOrEqual(4);
  });

  it.each(own.map((block) => [block.name, block] as const))('or run: %s', async (_name, { text }) => {
    mkdirSync(path.join(root, '.hqnas'), { recursive: true });
    const folder = mkdtempSync(path.join(root, '.hqnas', 'docs-'));
    try {
      writeFileSync(path.join(folder, 'plugin.ts'), text);
      const plugin = await importPlugin(path.join(folder, 'plugin.ts'));
      // TensorFlow.js computes in float32, which differences in float64 cannot check.
      const layers = text.includes("from 'hqnas/tfjs'") ? [] : (plugin.layers ?? []);
      const checks = [...pluginContract(plugin), ...layers.flatMap((kind) => layerKindContract(kind))];
      for (const { run } of checks) await run();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('configs in pages', () => {
  const configs = blocksOf('yaml').filter(({ mark }) => mark !== 'fragment');

  it.each(configs.map((block) => [block.name, block] as const))('%s is valid', async (name, { text }) => {
    // README.md and docs/ show whole configs; the page of a plugin shows the lines that are its own.
    const whole = /^(README|docs\b)/.test(name);
    await expect(resolve(whole ? text : completed(text), name)).resolves.toBe('valid');
  });

  it('a mistake would be noticed', async () => {
    await expect(resolve('presett: paper', 'planted')).resolves.toContain('unknown-key');
  });
});

function completed(text: string): string {
  return [
    ...(/^preset:/m.test(text) ? [] : ['preset: corrected']),
    ...(/^budget:/m.test(text) ? [] : ['budget: { candidates: 1 }']),
    text,
  ].join('\n');
}

/** Looks up everything in a config; plugins are taken from the examples by the name of their file. */
async function resolve(text: string, name: string): Promise<string> {
  try {
    const draft = parseConfig(text, name);
    const files = (draft.values.plugins ?? []).map((wanted) => {
      const file = exampleFiles.find((example) => path.basename(example) === path.basename(wanted));
      if (file === undefined) throw new Error(`no example has the plugin ${wanted}`);
      return file;
    });
    const added = await Promise.all(files.map(importPlugin));
    const registries = createContainer([...builtInPlugins, ...added]).get(REGISTRIES);
    resolveConfig(
      draft,
      registries,
      added.map((plugin) => plugin.name),
    );
    return 'valid';
  } catch (error) {
    if (isHqnasError(error)) return error.message;
    throw error;
  }
}

describe('commands in pages', () => {
  const sources = readSources(['cli']);
  const textOf = (file: string): string => sources.find((source) => source.file === file)?.text ?? '';
  // A command's usage stands in the list, beside the file that has its options.
  const listed = /usage: '([a-z-]+)[^']*',[^}]*?import\('\.\/(commands\/[a-z-]+)\.js'\)/g;
  const known = new Map(
    [...textOf('cli/commands.ts').matchAll(listed)].map(([, command, file]) => [
      command!,
      optionsIn(textOf(`cli/${file!}.ts`)),
    ]),
  );
  const shared = new Set(['help', 'version', 'ledger']);

  it.each(pages.map((page) => [page.file, page] as const))('%s: exist, with their options', (_file, page) => {
    expect(known.size).toBeGreaterThan(8);
    const unknown = commandLines(page).filter(([, command, rest]) => {
      const options = [...rest!.matchAll(/--([a-z-]+)/g)].map(([, option]) => option!);
      const own = known.get(command!);
      return own === undefined || options.some((option) => !shared.has(option) && !own.includes(option));
    });
    expect(unknown.map(([line]) => line)).toEqual([]);
  });
});

describe('links in pages', () => {
  it.each(pages.map((page) => [page.file, page] as const))('%s: lead somewhere', (_file, page) => {
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    expect(links.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target))).toEqual([]);
  });

  it('a dead one would be noticed', () => {
    const page = pages.find(({ file }) => file === 'README.md')!;
    expect(leadsSomewhere(page, 'docs/no-such-page.md')).toBe(false);
    expect(leadsSomewhere(page, 'docs/errors.md#no-such-heading')).toBe(false);
    expect(leadsSomewhere(page, 'docs/errors.md#failed-candidates')).toBe(true);
  });
});

function leadsSomewhere(page: Page, target: string): boolean {
  const [place, anchor] = target.split('#') as [string, string | undefined];
  const file = place === '' ? page.file : path.normalize(path.join(path.dirname(page.file), place));
  if (!existsSync(path.join(root, file))) return false;
  if (anchor === undefined) return true;
  const headings = pages.find((other) => other.file === file)?.text.match(/^#+ .*$/gm) ?? [];
  return headings.map(slugOf).includes(anchor);
}

/** The anchor that GitHub gives a heading. */
function slugOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function commandLines({ code }: Page): readonly RegExpMatchArray[] {
  return code.flatMap((text) => [...text.matchAll(/(?:^|npx |\$ )hqnas ([a-z][a-z-]*)([^\n#]*)/gm)]);
}

function optionsIn(text: string): readonly string[] {
  return [...text.matchAll(/option\(\s*'([a-z-]+)'/g)].map(([, option]) => option!);
}

/** Codes that a source throws or records. */
function codesIn(text: string): readonly string[] {
  const forms = [
    /\bcode: '([a-z-]+)'/g,
    /\bcoded\(\s*'([a-z-]+)'/g,
    /: '([a-z]+-failed)'/g,
    /\[([a-z]+-[a-z]+)\]/g, // written into a message by hand
  ];
  const codes = forms.flatMap((form) => [...text.matchAll(form)].map(([, code]) => code!));
  return [...codes.filter((code) => code !== 'a-z'), ...(text.includes('`${stage}-threw`') ? stageCodes : [])];
}

/** Words that could only be meant as a code. */
function looksLikeCode(span: string): boolean {
  return /^(unknown|invalid|missing|duplicate|impossible|ledger|plugin|mutation)-[a-z-]+$/.test(span);
}
