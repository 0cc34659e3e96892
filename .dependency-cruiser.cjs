/** Who may import whom: DESIGN in ARCHITECTURE.md, section "The floor plan". `test/architecture.test.ts` plants violations of each rule. */
const floor = 'core/(id|errors|json|random|math|domain|registry|rows|statistics)\\.ts$';
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(core|compiler|plugins|environments|search-strategies|cli|dashboard|test)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('floor', `^${floor}`, [`^${floor}`], 'The floor imports only itself.'),
    only('compiler', '^compiler/', ['^compiler/', `^${floor}`], 'The compiler knows no plugin, search or training.'),
    only('environment', '^core/environment/', ['^core/environment/', `^${floor}`]),
    only('layer', '^core/layer/', ['^core/layer/', '^compiler/', `^${floor}`]),
    only('genome', '^core/genome/', ['^core/(genome|layer|environment)/', `^${floor}`]),
    only('model', '^core/model/', ['^core/(model|genome|layer|environment)/', '^compiler/', `^${floor}`]),
    only('search', '^core/search/', ['^core/(search|training|genome|model|layer|environment)/', `^${floor}`]),
    only('training', '^core/training/', [
      '^core/(training|genome|model|layer|environment)/',
      '^compiler/',
      `^${floor}`,
    ]),
    only('plugin', '^core/plugin/', ['^core/(plugin|search|training|genome|model|layer|environment)/', `^${floor}`]),
    only('experiment', '^core/experiment/', [
      '^core/(experiment|plugin|search|training|genome|model|layer|environment)/',
      '^compiler/',
      `^${floor}`,
    ]),
    only('wiring', '^core/wiring/', ['^core/(?!node/|index)', '^compiler/']),
    only('node', '^core/node/', ['^core/(?!index)', '^compiler/']),
    only(
      'plugin-folders',
      '^(plugins|environments|search-strategies)/([^/]+)/',
      ['^core/index\\.ts$', '^compiler/index\\.ts$', '^$1/$2/', '^plugins/[^/]+/index\\.ts$'],
      'A plugin imports the two public indexes, its own folder, and the public index of plugins that it requires.',
    ),
    only('cli', '^cli/', [
      '^cli/',
      '^core/',
      '^compiler/index\\.ts$',
      '^(plugins|environments|search-strategies)/[^/]+/index\\.ts$',
    ]),
    {
      name: 'inversify-in-wiring',
      severity: 'error',
      from: { pathNot: '^(core/wiring/|test/)' },
      to: { path: '^(inversify|reflect-metadata)|node_modules/(inversify|reflect-metadata|@inversifyjs)/' },
    },
    {
      name: 'node-in-node',
      severity: 'error',
      from: { path: '^(core|compiler|plugins|environments|search-strategies)/', pathNot: '^core/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'barrel-inside-core',
      severity: 'error',
      from: { path: '^core/', pathNot: '^core/index\\.ts$' },
      to: { path: '^core/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
