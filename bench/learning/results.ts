import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LearningTask } from './tasks.js';
import { settingsOf, type Learned } from './train-seed.js';

/** Finished trainings, one line of JSON each: what an interrupted run goes on from. */
export class Results {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Those of a task with its settings as they are now, by seed. */
  of(task: LearningTask): ReadonlyMap<number, Learned> {
    const settings = settingsOf(task);
    const learned = this.#read().filter((result) => result.task === task.name && result.settings === settings);
    return new Map(learned.map((result) => [result.seed, result]));
  }

  append(result: Learned): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
  }

  #read(): Learned[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, 'utf8').split('\n');
    // Written by `append`.
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Learned);
  }
}
