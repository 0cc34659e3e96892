/**
 * What piscina loads in a thread. It loads by `require`, and a thread of Node 20 that is ended while it requires an ES module
 * takes the whole process along (an assertion in ModuleWrap::CreateRequiredModuleFacade); `import` ends well.
 */
module.exports = async (task: unknown): Promise<unknown> => {
  const { answer } = await import('./thread-shell.js');
  return answer(task as Parameters<typeof answer>[0]); // what the thread backend hands to piscina
};
