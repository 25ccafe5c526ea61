/** Who may import whom: arrows point down only (docs/architecture.md). */
const PURE = '^lib/(outcomes|callbacks|script|campaign|phone-number|reports|base-import|stop-list)/'
const TESTS = '\\.(test|spec)\\.tsx?$'

module.exports = {
  forbidden: [
    {
      name: 'nobody-imports-entrypoints',
      comment:
        'Entry points wire, register and mount; they hold nothing that another file could need.',
      severity: 'error',
      from: { pathNot: '^entrypoints/' },
      to: { path: '^entrypoints/' },
    },
    {
      name: 'lib-is-below',
      comment: 'lib/ knows neither the programs that use it nor their tests.',
      severity: 'error',
      from: { path: '^lib/', pathNot: TESTS },
      to: { path: '^(relay|test|demo|scripts|components|entrypoints)/' },
    },
    {
      name: 'pure-lib-stays-pure',
      comment:
        'Rules, callbacks, script, campaign, numbers and reports: no browser, no clock, no I/O.',
      severity: 'error',
      from: { path: PURE, pathNot: `${TESTS}|^lib/outcomes/command/` },
      to: {
        pathNot: [
          PURE,
          '^lib/contracts/',
          'node_modules/(zod|microdiff|date-fns|@date-fns/tz|libphonenumber-js|papaparse|@types/papaparse)/',
        ],
      },
    },
    {
      name: 'contracts-know-only-zod',
      severity: 'error',
      from: { path: '^lib/contracts/', pathNot: TESTS },
      to: { pathNot: ['^lib/contracts/', 'node_modules/zod/'] },
    },
    {
      name: 'outbox-knows-effects-not-bitrix24',
      severity: 'error',
      from: { path: '^lib/outbox/', pathNot: TESTS },
      to: { path: '^lib/(bitrix24|softphone|extension)/' },
    },
    {
      name: 'bitrix24-knows-no-dexie',
      severity: 'error',
      from: { path: '^lib/bitrix24/', pathNot: TESTS },
      to: { path: ['^lib/(outbox|softphone|extension)/', 'node_modules/dexie/'] },
    },
    {
      name: 'components-are-views',
      comment: 'Props in, callbacks out: no Dexie, no sip.js, no messages, no browser API.',
      severity: 'error',
      from: { path: '^components/', pathNot: TESTS },
      to: {
        path: [
          '^lib/(outbox|bitrix24|softphone|extension)/',
          'node_modules/(dexie|sip\\.js|wxt|@webext-core)/',
        ],
      },
    },
    {
      name: 'relay-imports-pure-lib-only',
      severity: 'error',
      from: { path: '^relay/', pathNot: TESTS },
      to: {
        path: [
          '^(components|entrypoints|test|demo|scripts)/',
          '^lib/(outbox|softphone|extension|locales)/',
        ],
      },
    },
    {
      name: 'no-react-in-content-scripts',
      severity: 'error',
      comment:
        'They run in every frame of the portal; types of contracts may come along, code may not.',
      from: { path: '^(entrypoints/(card|portal-page)\\.content|lib/bitrix24/page)/' },
      to: {
        path: 'node_modules/(react|react-dom|zod|dexie|i18next)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.wxt|\\.output' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}
