import { readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/wasm-typescript';

/**
 * Module hooks (node:module, `register`) that let Node import TypeScript files, from Node 20 on: types are removed, enums
 * and namespaces translated. Everything else about a module stays Node's business, so a plugin shares the one copy of
 * this package.
 */
export const load: LoadHook = async (url, context, nextLoad) => {
  if (!/\.[cm]?ts$/.test(new URL(url).pathname)) return nextLoad(url, context);
  const filename = fileURLToPath(url);
  const text = await readFile(filename, 'utf8');
  try {
    const { code } = transformSync(text, { filename, mode: 'transform', module: true, sourceMap: false });
    return { format: 'module', source: code, shortCircuit: true };
  } catch (error) {
    // The translator throws plain objects and texts; only errors cross threads with their message.
    const { message, startLine, startColumn } = Object(error) as {
      message?: string;
      startLine?: number;
      startColumn?: number;
    };
    throw new SyntaxError(`${message ?? String(error)} (${filename}:${startLine ?? 1}:${startColumn ?? 1})`, {
      cause: error,
    });
  }
};

/** TypeScript's own convention: "./name.js" also means "./name.ts". */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.[cm]?js$/.test(specifier)) throw error;
    return nextResolve(specifier.replace(/js$/, 'ts'), context);
  }
};
