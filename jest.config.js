export default {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/property-seed.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^hqnas$': '<rootDir>/core/index.ts',
    '^hqnas/compiler$': '<rootDir>/compiler/index.ts',
    '^hqnas/quantum$': '<rootDir>/plugins/quantum-statevector/index.ts',
    '^hqnas/tfjs$': '<rootDir>/plugins/tfjs/index.ts',
    '^hqnas/testing$': '<rootDir>/test/contracts/index.ts',
  },
  coverageProvider: 'v8',
  collectCoverageFrom: ['{core,compiler,plugins,environments,search-strategies,cli}/**/*.ts', '!**/*.d.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', keepClassNames: true, parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
