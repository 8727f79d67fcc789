import { expect, test } from 'vitest'
import { clientAddress, clientNetwork, isPrivate } from './index.ts'

const proxy = '10.0.0.7'

test('the last entry that our own proxy wrote counts, and only behind one', () => {
  const table: [Parameters<typeof clientAddress>[0], string][] = [
    [{ connection: '203.0.113.9', forwardedFor: undefined, behindProxy: false }, '203.0.113.9'],
    [{ connection: '::ffff:203.0.113.9', forwardedFor: undefined, behindProxy: false }, '203.0.113.9'],
    [{ connection: proxy, forwardedFor: '198.51.100.4', behindProxy: true }, '198.51.100.4'],
    [{ connection: proxy, forwardedFor: '127.0.0.1, 198.51.100.4', behindProxy: true }, '198.51.100.4'],
    [{ connection: proxy, forwardedFor: '2001:db8::1', behindProxy: true }, '2001:db8::1'],
    [{ connection: proxy, forwardedFor: 'unknown', behindProxy: true }, proxy],
    [{ connection: proxy, forwardedFor: '198.51.100.4', behindProxy: false }, proxy],
    [{ connection: '203.0.113.9', forwardedFor: '198.51.100.4', behindProxy: true }, '203.0.113.9'],
    [{ connection: undefined, forwardedFor: undefined, behindProxy: true }, 'unknown'],
  ]
  expect(table.map(([request]) => clientAddress(request))).toEqual(table.map(([, address]) => address))
})

test('over IPv6 a client is its whole network, however its addresses are written; over IPv4 its address', () => {
  const table = [
    ['203.0.113.9', '203.0.113.9'],
    ['unknown', 'unknown'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:a:b:c:d', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:7::1', '2001:db8:0:7::/64'],
    ['::9', '0:0:0:0::/64'],
    ['no:address', 'no:address'],
  ] as const
  expect(table.map(([address]) => clientNetwork(address))).toEqual(table.map(([, network]) => network))
})

test('private networks are told from the rest', () => {
  const inside = [
    '127.0.0.1',
    '::1',
    '10.1.2.3',
    '192.168.0.4',
    '172.16.0.1',
    '172.31.9.9',
    'fd00::1',
    'fe80::1',
  ]
  const outside = ['203.0.113.9', '172.32.0.1', '11.0.0.1', '2001:db8::1', 'unknown']
  expect(inside.filter((address) => !isPrivate(address))).toEqual([])
  expect(outside.filter(isPrivate)).toEqual([])
})
