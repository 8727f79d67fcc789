/**
 * Every stable code with which the server can answer has its words in both languages. The codes are listed nowhere:
 * they are read from the types of what goes out by one of the doors below, so that a code which is computed counts
 * like one that is written out, and one of which no more is known than that it is a string is itself a failure.
 *
 * Reasons of the outbox are a list with a check of its own (check-reasons.ts).
 *
 * A sentence ends like one and does not shout; a problem also says what to do, so it has two clauses at least.
 */
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

type Words = {
  readonly file: string
  readonly before: string
  readonly say: 'phrase' | 'sentence' | 'problem'
}
type Door = Words & {
  /** A function or class, and which of its arguments is the code. */
  readonly call?: readonly [name: string, argument: number]
  /** The type of an object, its property that is the code, and what another property must be for it to count. */
  readonly object?: readonly [
    type: string,
    property: string,
    only?: readonly [property: string, value: string],
  ]
  /** A type that is a list of codes. */
  readonly union?: string
}

const problems = { file: 'problems', before: '', say: 'problem' } as const
const field = { file: 'problems', before: 'field_', say: 'sentence' } as const
const doors: readonly Door[] = [
  { call: ['problem', 1], ...problems },
  { call: ['ProblemError', 1], ...problems },
  { call: ['brokenField', 1], ...field },
  { object: ['BrokenField', 'code'], ...field },
  { object: ['ConnectOutcome', 'detail'], file: 'settings', before: 'outcome.why.', say: 'problem' },
  { object: ['Broken', 'reason'], file: 'parts', before: 'why.', say: 'sentence' },
  {
    object: ['ProviderFailure', 'why', ['kind', 'unauthorised']],
    file: 'parts',
    before: 'why.',
    say: 'sentence',
  },
  { union: 'AppVerdict', file: 'server', before: 'app.verdict.', say: 'sentence' },
  { union: 'AddressVerdict', file: 'server', before: 'address.verdict.', say: 'sentence' },
  { union: 'MailVerdict', file: 'server', before: 'mail.verdict.', say: 'problem' },
  { union: 'Health', file: 'parts', before: 'health.', say: 'phrase' },
  { union: 'SubmissionState', file: 'parts', before: 'state.', say: 'phrase' },
  { union: 'MailKind', file: 'parts', before: 'kind.', say: 'phrase' },
  { union: 'LeftOutReason', file: 'campaigns', before: 'plan.leftOutWhy.', say: 'phrase' },
]

/** Codes that pass through a second time; where they began they were counted. */
const handedOn = new Set([
  'server/src/http-kit/problem.ts code',
  'server/src/mailboxes/break-grant.ts reason',
  'server/src/mailboxes/tokens.ts why',
])

const root = fileURLToPath(new URL('../', import.meta.url))
const failures: string[] = []
const codes = new Map<string, Words & { readonly where: string }>()
const unused = new Set(handedOn)
const unopened = new Set(doors)

const program = openProgram()
const checker = program.getTypeChecker()
for (const source of program.getSourceFiles()) if (isOurs(source.fileName)) visit(source)
for (const language of ['en', 'de']) {
  for (const [key, words] of codes) await checkWords(language, key, words)
}
failures.push(...[...unused].map((one) => `${one} is handed on nowhere any more`))
failures.push(...[...unopened].map((door) => `nothing goes out by ${JSON.stringify(door)}`))
for (const failure of failures) process.stdout.write(`${failure}\n`)
process.stdout.write(`${codes.size} codes with words in both languages\n`)
if (failures.length > 0) process.exitCode = 1

function openProgram(): ts.Program {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: object
  }
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: ['server/src'] }, ts.sys, root)
  return ts.createProgram(parsed.fileNames, parsed.options)
}

function isOurs(file: string): boolean {
  if (!file.startsWith(`${root}server/src/`) || /\/(testing|tools)\/|\/src\/config[.]ts$/.test(file))
    return false
  return !/[.](test|contract|fixture)[.]ts$/.test(file)
}

function visit(node: ts.Node): void {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) visitCall(node)
  else if (ts.isObjectLiteralExpression(node)) visitObject(node)
  else if (ts.isTypeAliasDeclaration(node)) visitAlias(node)
  ts.forEachChild(node, visit)
}

function visitCall(node: ts.CallExpression | ts.NewExpression): void {
  for (const door of doors) {
    if (door.call === undefined || door.call[0] !== node.expression.getText()) continue
    const given = node.arguments?.[door.call[1]]
    if (given !== undefined) collect(door, given, checker.getTypeAtLocation(given))
  }
}

function visitObject(node: ts.ObjectLiteralExpression): void {
  const wanted = checker.getContextualType(node)
  if (wanted === undefined) return
  const names = new Set(namesOf(wanted))
  for (const door of doors) {
    if (door.object === undefined || !names.has(door.object[0])) continue
    const [, property, only] = door.object
    if (only !== undefined && !literalsOf(typeOf(node, only[0])).includes(only[1])) continue
    const written = node.properties.find((one) => one.name?.getText() === property)
    if (written !== undefined) collect(door, written, typeOf(node, property))
  }
}

function visitAlias(node: ts.TypeAliasDeclaration): void {
  for (const door of doors) {
    if (door.union === node.name.text) collect(door, node.name, checker.getTypeAtLocation(node.name))
  }
}

/** The type of what is written at a property, not widened to what the object's type would also take. */
function typeOf(node: ts.ObjectLiteralExpression, property: string): ts.Type | undefined {
  const written = node.properties.find((one) => one.name?.getText() === property)
  if (written === undefined) return undefined
  if (ts.isPropertyAssignment(written)) return checker.getTypeAtLocation(written.initializer)
  if (!ts.isShorthandPropertyAssignment(written)) return undefined
  const symbol = checker.getShorthandAssignmentValueSymbol(written)
  return symbol === undefined ? undefined : checker.getTypeOfSymbolAtLocation(symbol, written.name)
}

function namesOf(type: ts.Type): string[] {
  const own = [type.aliasSymbol?.name, type.getSymbol()?.name].filter((name) => name !== undefined)
  return type.isUnion() ? own.concat(type.types.flatMap(namesOf)) : own
}

function collect(door: Door, node: ts.Node, type: ts.Type | undefined): void {
  const source = node.getSourceFile()
  const file = source.fileName.slice(root.length)
  if (handedOn.has(`${file} ${node.getText()}`)) return void unused.delete(`${file} ${node.getText()}`)
  unopened.delete(door)
  const where = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
  const found = literalsOf(type)
  if (found.length === 0)
    failures.push(`${where}: ${node.getText()} may be any text; narrow its type to the codes that it can be`)
  for (const code of found) codes.set(`${door.file} ${door.before}${code}`, { ...door, where })
}

function literalsOf(type: ts.Type | undefined): string[] {
  if (type?.isUnion() === true) return type.types.flatMap(literalsOf)
  return type?.isStringLiteral() === true ? [type.value] : []
}

async function checkWords(
  language: string,
  key: string,
  { say, where }: Words & { where: string },
): Promise<void> {
  const text = await wordsAt(language, key)
  if (text === undefined) return void failures.push(`${where}: no words in ${language} for ${key}`)
  const wrong = [
    ...(/!|successful|erfolgreich|Oops|Hoppla/.test(text) ? ['shouts'] : []),
    ...(say !== 'phrase' && !/([.?…]|\}\})$/.test(text) ? ['is no sentence'] : []),
    ...(say === 'problem' && !/[.;:,] \S/.test(text) ? ['does not say what to do'] : []),
  ]
  failures.push(...wrong.map((what) => `${key} ${what} in ${language}: ${text}`))
}

async function wordsAt(language: string, key: string): Promise<string | undefined> {
  const [file = '', path = ''] = key.split(' ')
  const { words } = (await import(`${root}web/src/locales/${language}/${file}.ts`)) as { words: unknown }
  const found = path
    .split('.')
    .reduce((at, name) => (at as Record<string, unknown> | undefined)?.[name], words)
  return typeof found === 'string' ? found : undefined
}
