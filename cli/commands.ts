import type { Command } from './command.js';

/** A command as the help lists it. What it needs is loaded once it is called. */
export interface ListedCommand {
  /** As in yargs: `run <config>`. */
  readonly usage: string;
  readonly summary: string;
  load(): Promise<Command<unknown>>;
}

/** In the order of the help. */
export const commands: readonly ListedCommand[] = [
  {
    usage: 'run <config>',
    summary: 'search for good networks, as a config file says',
    load: async () => (await import('./commands/run.js')).run,
  },
  {
    usage: 'resume <id>',
    summary: 'go on with an experiment that was interrupted',
    load: async () => (await import('./commands/resume.js')).resume,
  },
  {
    usage: 'train [config]',
    summary: 'train one network and score it; nothing is recorded',
    load: async () => (await import('./commands/train.js')).train,
  },
  {
    usage: 'evaluate <model>',
    summary: 'play held-out episodes with a network that hqnas train --save wrote',
    load: async () => (await import('./commands/evaluate.js')).evaluate,
  },
  {
    usage: 'compare <configs..>',
    summary: 'run configs over the same seeds and compare them, with intervals',
    load: async () => (await import('./commands/compare.js')).compare,
  },
  {
    usage: 'list',
    summary: 'list the experiments of a ledger, oldest first',
    load: async () => (await import('./commands/list.js')).list,
  },
  {
    usage: 'show <id> [candidate]',
    summary: 'show an experiment, or one of its candidates',
    load: async () => (await import('./commands/show.js')).show,
  },
  {
    usage: 'report <id>',
    summary: 'print the report of an experiment and write it as HTML',
    load: async () => (await import('./commands/report.js')).report,
  },
  {
    usage: 'export <id>',
    summary: 'print the history of an experiment',
    load: async () => (await import('./commands/export.js')).exportCommand,
  },
  {
    usage: 'import <file>',
    summary: 'take the history of an exported experiment into a ledger',
    load: async () => (await import('./commands/import.js')).importCommand,
  },
  {
    usage: 'circuit <what>',
    summary: 'analyse, draw, export or run quantum circuits: those of a network, or one in a file',
    load: async () => (await import('./commands/circuit.js')).circuit,
  },
  {
    usage: 'validate <config>',
    summary: 'check a config file and print it with every default filled in',
    load: async () => (await import('./commands/validate.js')).validate,
  },
  {
    usage: 'plugins [config]',
    summary: 'list everything that is registered, with the plugins of a config where one is given',
    load: async () => (await import('./commands/plugins.js')).plugins,
  },
  {
    usage: 'schema [config]',
    summary: 'print the JSON schema of config files, for editors',
    load: async () => (await import('./commands/schema.js')).schema,
  },
  {
    usage: 'check-env <environment>',
    summary: 'examine an environment, or all environments of a plugin, and list what is wrong',
    load: async () => (await import('./commands/check-env.js')).checkEnv,
  },
  {
    usage: 'serve-env <environment>',
    summary: 'step an environment for another program, by messages on standard input and output',
    load: async () => (await import('./commands/serve-env.js')).serveEnv,
  },
  {
    usage: 'doctor',
    summary: 'check that everything hqnas needs is there',
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
];
