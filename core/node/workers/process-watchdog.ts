import { workerData } from 'node:worker_threads';

/** The signal with which a worker process ends itself when it needs too much memory; Node gives it no other meaning. */
const outOfMemory = 'SIGUSR2';

/**
 * A thread of a worker process that ends it when its parent is gone (a killed search leaves no processes behind) or when
 * it takes more memory than it may, typed arrays and WebAssembly included.
 */
function watch({ parent, memory }: { readonly parent: number; readonly memory: number }): void {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    if (process.memoryUsage.rss() > memory * 2 ** 20) process.kill(process.pid, outOfMemory);
  }, 100);
}

watch(workerData as Parameters<typeof watch>[0]); // what process-shell.ts gives
