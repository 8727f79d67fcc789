// The architecture, as a table. A folder may import itself and the folders listed for it, type imports included.
// Read upwards: from what knows nothing to what knows everything. `npm run check` runs it, and
// scripts/check-architecture.ts proves with one forbidden import per rule that each of them bites.
const S = '^server/src'
const domains =
  'team|installation|contacts|mailboxes|templates|correspondence|sending|receiving|campaigns|inbox|notices|integrations|privacy|results|help|rehearsal'
const every = domains.split('|')
const may = {
  mail: [],
  platform: [],
  'http-kit': ['team', 'platform'],
  team: ['platform'],
  installation: ['team', 'platform'],
  contacts: ['team', 'mail', 'platform'],
  mailboxes: ['team', 'mail', 'platform'],
  templates: ['team', 'mail', 'platform'],
  correspondence: ['mailboxes', 'contacts', 'team', 'mail', 'platform'],
  sending: ['correspondence', 'templates', 'mailboxes', 'contacts', 'team', 'mail', 'platform'],
  receiving: ['correspondence', 'templates', 'mailboxes', 'contacts', 'team', 'mail', 'platform'],
  campaigns: ['sending', 'correspondence', 'templates', 'mailboxes', 'contacts', 'team', 'mail', 'platform'],
  inbox: ['sending', 'correspondence', 'templates', 'mailboxes', 'contacts', 'team', 'mail', 'platform'],
  notices: [...every, 'mail', 'platform'],
  integrations: [...every, 'mail', 'platform'],
  privacy: [...every, 'mail', 'platform'],
  results: ['team', 'platform'],
  help: ['platform'],
  rehearsal: ['team', 'platform'],
  providers: ['mailboxes', 'mail', 'platform'],
  http: [...every, 'http-kit', 'mail', 'platform'],
  worker: [...every, 'platform'],
}
const tests = '([.]test|[.]contract|[.]fixture)[.]tsx?$'
const testing = `${S}/testing/`
const forTests = `${tests}|${testing}`
const system =
  '^(node:)?(fs|fs/promises|net|tls|dgram|http|https|http2|child_process|worker_threads|cluster|sqlite)$'

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

// Nobody but routes.ts may know http-kit and the contract; nobody but the tests may know testing/.
const layer = ([folder, others]) =>
  error(
    `layer-${folder}`,
    `${folder} may import: ${['itself', ...others].join(', ')}`,
    { path: `${S}/${folder}/`, pathNot: tests },
    {
      path: `${S}/([^/]+)/`,
      pathNot: [
        `${S}/(${[folder, ...others].join('|')})/`,
        ...(every.includes(folder) ? [`${S}/http-kit/`] : []),
      ],
    },
  )

module.exports = {
  forbidden: [
    error('no-cycles', 'A cycle is one module in several files. Type imports count.', {}, { circular: true }),
    ...Object.entries(may).map(layer),
    error(
      'domains-through-the-front-door',
      'Another domain is its index.ts; the port, routes and jobs are its other doors.',
      { path: `${S}/([^/]+)/`, pathNot: forTests },
      {
        path: `${S}/(${domains})/`,
        pathNot: [`${S}/$1/`, '/(index|provider|consent|provider[.]contract|routes|jobs)[.]ts$'],
      },
    ),
    error(
      'routes-only-from-http',
      'What speaks HTTP is mounted by the server and by nobody else.',
      { path: '^server/', pathNot: `${S}/(http/|compose[.]ts)|/routes[^/]*[.]ts$|${forTests}` },
      { path: `${S}/(${domains})/routes[^/]*[.]ts$` },
    ),
    error(
      'jobs-only-from-worker',
      'Background work is mounted by the worker and by nobody else.',
      { path: '^server/', pathNot: `${S}/(worker/|compose[.]ts|wiring[.]ts)|${forTests}` },
      { path: `${S}/(${domains})/jobs[.]ts$` },
    ),
    error(
      'http-kit-only-for-routes',
      'A domain that knows HTTP outside its routes.ts cannot be used by a job.',
      { path: `${S}/(${domains})/`, pathNot: `/routes[^/]*[.]ts$|${tests}` },
      { path: `${S}/http-kit/` },
    ),
    error(
      'providers-know-only-the-port',
      'An adapter is a translation: it sees the two ports of mailboxes and the mail library.',
      { path: `${S}/providers/`, pathNot: tests },
      { path: `${S}/(${domains})/`, pathNot: '/mailboxes/(provider|consent)[.]ts$' },
    ),
    error(
      'providers-are-strangers',
      'What two adapters need is in providers/shared.',
      { path: `${S}/providers/([^/]+)/` },
      { path: `${S}/providers/`, pathNot: [`${S}/providers/$1/`, `${S}/providers/shared/`] },
    ),
    error(
      'only-compose-knows-adapters',
      'No domain can do something for one provider only.',
      { path: '^server/src', pathNot: `${S}/(compose[.]ts|endpoints[.]ts|providers/)|${forTests}` },
      { path: `${S}/providers/` },
    ),
    error(
      'tests-use-the-fake',
      'Domain tests run on the in-memory provider, which passes the same suite; what is asked of foreign mail is asked of real adapters.',
      { path: forTests, pathNot: `${S}/(providers|testing/world)|^server/privacy-run/` },
      { path: `${S}/providers/` },
    ),
    error(
      'nobody-imports-the-top',
      'The files beside the folders (main, compose, wiring, config) know the parts; the parts do not know them. Tools are programs like main.',
      { path: `${S}/.+/`, pathNot: [testing, `${S}/tools/`] },
      { path: `${S}/[^/]+[.]ts$` },
    ),
    error(
      'sql-lives-in-stores',
      'Every statement of a domain is in its store.ts or store-*.ts.',
      { path: `${S}/(${domains})/`, pathNot: `/store[^/]*[.]ts$|${tests}` },
      { path: '^(node_modules/)?(kysely|pg|postgres)' },
    ),
    error(
      'mail-does-no-io',
      'The mail library is pure: bytes in, meaning out.',
      { path: `${S}/mail/`, pathNot: tests },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|util|crypto|stream)$' },
    ),
    error(
      'machines-only-in-platform',
      'Files, sockets, processes and threads are reached through platform and the adapters.',
      {
        path: '^server/src',
        pathNot: `${S}/(platform|providers|tools|http)/|${S}/[^/]+[.]ts$|${forTests}`,
      },
      { dependencyTypes: ['core'], path: system },
    ),
    error(
      'contract-only-at-the-edge',
      'The HTTP contract is known where HTTP is spoken; the seal of the access log wherever it is written or verified.',
      { path: '^server/src', pathNot: `${S}/(http|http-kit)/|/routes[^/]*[.]ts$|${forTests}` },
      { path: '^api/', pathNot: '^api/src/ledger/' },
    ),
    error(
      'contract-is-a-leaf',
      'The contract imports nothing of ours.',
      { path: '^api/' },
      { path: '^(server|web|practice)/' },
    ),
    error(
      'web-sees-only-the-contract',
      'The page talks over the wire.',
      { path: '^web/' },
      { path: '^(server|practice)/' },
    ),
    error(
      'web-features-are-strangers',
      'Features share parts, ui and client, never each other.',
      { path: '^web/src/([^/]+)/', pathNot: '^web/src/(app|testing)/' },
      { path: '^web/src/', pathNot: '^web/src/($1|ui|parts|client|locales)/' },
    ),
    error(
      'web-ui-knows-no-product',
      'ui is shapes without words; client is the wire.',
      { path: '^web/src/(ui|client)/', pathNot: tests },
      { path: '^web/src/', pathNot: '^web/src/(ui|client|locales)/' },
    ),
    error(
      'practice-is-outside',
      'The practice world is on the other side of the wire.',
      { path: '^practice/' },
      { path: '^(server|web|api)/' },
    ),
    error(
      'server-never-sees-practice',
      'No code path may depend on the practice world.',
      { path: '^server/src', pathNot: forTests },
      { path: '^practice/' },
    ),
    error(
      'simulation-drives-sending',
      'The simulation moves sending from inside, as its tests do, and knows no other domain.',
      { path: '^server/simulation/' },
      { path: `${S}/`, pathNot: `${S}/(sending|platform|testing)/|${S}/mailboxes/provider[.]ts$` },
    ),
    error(
      'nobody-knows-the-simulation',
      'The product has no switch for it.',
      { path: '^(api|practice|web|server/src|server/story)/' },
      { path: '^server/simulation/' },
    ),
    error(
      'bench-stands-apart',
      'Benchmarks use what everybody can use.',
      { path: '^(api|server|web|practice)/' },
      { path: '^bench/' },
    ),
    error(
      'source-never-imports-tests',
      'What runs in production does not know that it is tested.',
      { path: '^(api|server|web|practice)/', pathNot: `${forTests}|/testing/|/e2e/|/story/|/simulation/` },
      { path: `${tests}|/testing/` },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/dist|data)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
