import { expect, test } from 'vitest'
import { internetPlaces, isInside } from './places.ts'

const places = internetPlaces('shut')

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.20.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  'fe80::1',
  'fd00::1',
  '::ffff:10.0.0.1',
])('%s is inside and never reached', (address) => expect(isInside(address)).toBe(true))

test.each(['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1'])('%s is outside', (address) =>
  expect(isInside(address)).toBe(false),
)

test('a server inside is refused by its address, whatever it is called', async () => {
  expect(await places.reach({ host: '127.0.0.1', port: 465, security: 'tls' }, 'smtp')).toEqual({
    ok: false,
    verdict: 'host_inside',
    detail: '',
  })
})

test.each([
  ['10.1.2.3', true],
  ['172.20.0.1', true],
  ['192.168.1.1', true],
  ['fd00::1', true],
  ['::ffff:10.0.0.1', true],
  ['127.0.0.1', false],
  ['::1', false],
  ['0.0.0.0', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['fe80::1', false],
])('where an operator lets private networks in, %s is reached: %s', async (host, reached) => {
  const open = internetPlaces('open')
  expect((await open.reach({ host, port: 993, security: 'tls' }, 'imap')).ok).toBe(reached)
  expect((await places.reach({ host, port: 993, security: 'tls' }, 'imap')).ok).toBe(false)
})

test('a port that is none of mail is not knocked at', async () => {
  const verdict = async (port: number, speaks: 'smtp' | 'imap') => {
    const reached = await places.reach({ host: '93.184.216.34', port, security: 'tls' }, speaks)
    return reached.ok ? 'reached' : reached.verdict
  }
  expect([await verdict(22, 'smtp'), await verdict(5432, 'imap'), await verdict(993, 'imap')]).toEqual([
    'port_refused',
    'port_refused',
    'reached',
  ])
})

test('the servers of a large provider are known without asking anybody', async () => {
  expect(await places.serversFor('mia@GMX.de')).toMatchObject({
    smtp: { host: 'mail.gmx.net' },
    imap: { port: 993 },
  })
  expect(await places.filesSent({ host: 'smtp.gmail.com', port: 465, security: 'tls' })).toBe(true)
  expect(await places.filesSent({ host: 'mail.unknown.example', port: 465, security: 'tls' })).toBe(false)
})

const record = (name: string, port: number, priority = 0, weight = 0) => ({ name, port, priority, weight })

/** A zone that announces these services for `brand.example`, and a name server that knows nothing else. */
const zone = (services: Readonly<Record<string, readonly ReturnType<typeof record>[]>>) =>
  internetPlaces('shut', async (name) => {
    const records = services[name.replace('._tcp.brand.example', '')]
    if (records === undefined) throw new Error('ENOTFOUND')
    return records
  })

test.each([
  [
    'with TLS from the first byte before STARTTLS',
    {
      _submissions: [record('smtp.brand.example', 465)],
      _submission: [record('old.brand.example', 587)],
      _imaps: [record('imap.brand.example', 993)],
    },
    [
      { host: 'smtp.brand.example', port: 465, security: 'tls' },
      { host: 'imap.brand.example', port: 993, security: 'tls' },
    ],
  ],
  [
    'with STARTTLS where the service with TLS is announced as none',
    {
      _submissions: [record('.', 0)],
      _submission: [record('smtp.brand.example', 587)],
      _imaps: [record('', 0)],
      _imap: [record('imap.brand.example', 143)],
    },
    [
      { host: 'smtp.brand.example', port: 587, security: 'starttls' },
      { host: 'imap.brand.example', port: 143, security: 'starttls' },
    ],
  ],
  [
    'the least priority first, and of the same the greatest weight',
    {
      _submissions: [
        record('last.brand.example', 465, 20, 9),
        record('second.brand.example', 465, 10, 1),
        record('first.brand.example', 465, 10, 5),
      ],
      _imaps: [record('imap.brand.example', 993)],
    },
    [
      { host: 'first.brand.example', port: 465, security: 'tls' },
      { host: 'imap.brand.example', port: 993, security: 'tls' },
    ],
  ],
] as const)('servers that a domain announces are found, %s', async (_how, services, [smtp, imap]) => {
  expect(await zone(services).serversFor('mia@Brand.example')).toEqual({ smtp, imap })
})

test('of a domain that announces nothing, or half of it, nothing is guessed: its servers are typed by hand', async () => {
  const half = { _submissions: [record('smtp.brand.example', 465)] }
  expect([
    await zone({}).serversFor('mia@brand.example'),
    await zone(half).serversFor('mia@brand.example'),
  ]).toEqual([undefined, undefined])
})
