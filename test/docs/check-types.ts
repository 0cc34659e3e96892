import path from 'node:path';
import ts from 'typescript';
import { root, type Block } from './markdown.js';

/** Type-checks blocks as modules of the project, all at once and in memory. @returns "page:line: message" per mistake */
export function checkTypes(blocks: readonly Block[]): readonly string[] {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ['core/index.ts'] }, ts.sys, root);
  const virtual = new Map(
    blocks.map((block, i) => [
      path.join(root, 'docs', `block-${i}.ts`),
      { block, text: `${block.text}\nexport {};\n` },
    ]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => virtual.has(path.normalize(file)) || fileExists.call(host, file);
  host.readFile = (file) => virtual.get(path.normalize(file))?.text ?? readFile.call(host, file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = virtual.get(path.normalize(file))?.text;
    return text === undefined
      ? getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, text, languageVersion);
  };
  const program = ts.createProgram([...virtual.keys()], options, host);
  return [...virtual].flatMap(([file, { block }]) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const { line } = source.getLineAndCharacterOfPosition(start);
        return `${block.name} (line ${line + 1} of the block): ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      },
    );
  });
}
