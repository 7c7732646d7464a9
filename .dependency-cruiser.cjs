// Who may import whom: the one table. docs/architecture.md is checked against it.

const FOLDERS = require('./borders.json');

const quoted = (path) => path.replace(/[.]/g, '\\$&');
const PURE = '^(node:)?$';

/** One rule a folder: from it, nothing but itself, what the table names, and its packages. */
const rules = Object.entries(FOLDERS).flatMap(([folder, { folders, packages }]) => [
  {
    name: `${folder}: folders`,
    severity: 'error',
    comment: `${folder} may import ${folders.join(', ') || 'no other folder'}`,
    from: { path: `^${quoted(folder)}/`, pathNot: '\\.test\\.tsx?$|/testing/' },
    to: {
      path: '^(src|server|content|e2e|bench)/',
      pathNot: [folder, ...folders].map((allowed) => `^${quoted(allowed)}(/|$)`),
    },
  },
  {
    name: `${folder}: packages`,
    severity: 'error',
    comment: `${folder} may use ${packages.join(', ') || 'the language only'}`,
    from: { path: `^${quoted(folder)}/`, pathNot: '\\.test\\.tsx?$|/testing/' },
    to: packages.includes('*')
      ? { path: PURE }
      : {
          dependencyTypes: [
            'npm',
            'npm-dev',
            'npm-optional',
            'npm-peer',
            'core',
            'npm-no-pkg',
            'unknown',
          ],
          pathNot: ['virtual:', ...packages].map((name) =>
            name === 'virtual:'
              ? '^virtual:'
              : name === 'node'
                ? '^(node:|[a-z_]+$|fs/|timers/|stream/)'
                : `node_modules/${quoted(name)}(/|$)`,
          ),
        },
  },
]);

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'demos never import each other',
      severity: 'error',
      from: { path: '^src/demos/([^/]+)/' },
      to: { path: '^src/demos/[^/]+/', pathNot: '^src/demos/($1|testing)/' },
    },
    ...rules,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'browser', 'default'],
      exportsFields: ['exports'],
    },
  },
};
