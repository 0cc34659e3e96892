import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** A fenced block of a page. */
export interface Block {
  /** "docs/errors.md:12": the page and the line of the fence. */
  readonly name: string;
  readonly language: string;
  /** What follows the language, such as "fragment". */
  readonly mark: string;
  readonly text: string;
}

/** A page, relative to the root. */
export interface Page {
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Everything in code: blocks, and what stands between backticks. */
  readonly code: readonly string[];
}

/** All pages of the project. */
export function readPages(): readonly Page[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !/(^|[/\\])(node_modules|dist|coverage|\.[a-z]+)[/\\]/.test(file))
    .sort()
    .map(readPage);
}

function readPage(file: string): Page {
  const text = readFileSync(path.join(root, file), 'utf8');
  const fences = [...text.matchAll(/^```(\w*)[ ]?([^\n`]*)\n([^]*?)^```$/gm)];
  const blocks = fences.map(([, language, mark, body], i): Block => {
    const line = text.slice(0, fences[i]!.index).split('\n').length;
    return { name: `${file}:${line}`, language: language!, mark: mark!.trim(), text: body! };
  });
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);
  return { file, text, blocks, code: [...blocks.map((block) => block.text), ...spans] };
}

/** Lines of a page outside its blocks. */
export function proseOf({ text }: Page): string {
  return text.replaceAll(/^```[^]*?^```$/gm, '');
}

/** TypeScript sources below folders of the root, with their text. */
export function readSources(folders: readonly string[]): readonly { readonly file: string; readonly text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({
        file: path.join(folder, file),
        text: readFileSync(path.join(root, folder, file), 'utf8'),
      })),
  );
}
