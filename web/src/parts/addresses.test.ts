import { expect, test } from 'vitest'
import { withAddresses } from './addresses.ts'

test('a long address is shown by its host and the begin of its path, and the text around it stays', () => {
  const address = `https://kontor.example/b/${'t'.repeat(60)}`
  expect(withAddresses(`Here:\n${address}\nBye`)).toEqual([
    { text: 'Here:\n' },
    { text: 'https://kontor.example/b/ttttttttt…', address },
    { text: '\nBye' },
  ])
})

test('a host is never cut, however long it is', () => {
  const address = `https://${'h'.repeat(70)}`
  expect(withAddresses(address)).toEqual([{ text: address, address }])
})

test('the full stop and the bracket behind an address belong to the sentence', () => {
  expect(withAddresses('(See https://reel.example/9?a=b.) Bye')).toEqual([
    { text: '(See ' },
    { text: 'https://reel.example/9?a=b', address: 'https://reel.example/9?a=b' },
    { text: '.) Bye' },
  ])
})

test('nothing but http and https is an address', () => {
  for (const text of ['javascript:alert(1)', 'www.example.com', 'ftp://a.example/b'])
    expect(withAddresses(text)).toEqual([{ text }])
})
