import { expect, test } from 'vitest'
import { type MessageId, newMessageId, newToken, parseMessageIds } from './message-id.ts'
import { referencesFor } from './references.ts'

const id = (left: string): MessageId => newMessageId(left, 'd.example')
const ids = (...lefts: string[]): MessageId[] => lefts.map(id)
const token = newToken('Zk3TqPw8', 'brand.example')
const numbered = (from: number, to: number): MessageId[] =>
  Array.from({ length: to - from + 1 }, (_, at) => id(`n${from + at}`))

test('a first message carries the token alone', () => {
  expect(referencesFor({ parentReferences: [], parentInReplyTo: [], token })).toEqual([token])
})

test('without parent and token there is nothing to refer to', () => {
  expect(referencesFor({ parentReferences: [], parentInReplyTo: [] })).toEqual([])
})

test('an answer refers to what its parent referred to, and to the parent', () => {
  expect(
    referencesFor({ parentReferences: ids('a', 'b'), parentInReplyTo: ids('b'), parentId: id('c') }),
  ).toEqual(ids('a', 'b', 'c'))
})

test('a parent without References lends its In-Reply-To', () => {
  expect(referencesFor({ parentReferences: [], parentInReplyTo: ids('a'), parentId: id('b') })).toEqual(
    ids('a', 'b'),
  )
})

test('an In-Reply-To of several ids is no ancestry', () => {
  expect(referencesFor({ parentReferences: [], parentInReplyTo: ids('a', 'b'), parentId: id('c') })).toEqual(
    ids('c'),
  )
})

test('a parent without Message-ID still lends its ancestors', () => {
  expect(referencesFor({ parentReferences: ids('a'), parentInReplyTo: [] })).toEqual(ids('a'))
})

test('the token stands first and once, wherever the parent had it', () => {
  const parentReferences = [...ids('a'), token, ...ids('b')]
  expect(referencesFor({ parentReferences, parentInReplyTo: [], parentId: id('c'), token })).toEqual([
    token,
    ...ids('a', 'b', 'c'),
  ])
})

test('a token that came back in another case is not repeated', () => {
  const parentReferences = parseMessageIds('<s.Zk3TqPw8@BRAND.example>')
  expect(referencesFor({ parentReferences, parentInReplyTo: [], parentId: id('c'), token })).toEqual([
    token,
    id('c'),
  ])
})

test('a repeated ancestor keeps its last place', () => {
  expect(
    referencesFor({ parentReferences: ids('a', 'b', 'a'), parentInReplyTo: [], parentId: id('b') }),
  ).toEqual(ids('a', 'b'))
})

test('a long chain loses its middle', () => {
  const references = referencesFor({
    parentReferences: numbered(1, 40),
    parentInReplyTo: [],
    parentId: id('n41'),
    token,
  })
  expect(references).toEqual([token, id('n1'), ...numbered(22, 41)])
})

test('a chain of 21 is kept whole', () => {
  expect(
    referencesFor({ parentReferences: numbered(1, 20), parentInReplyTo: [], parentId: id('n21') }),
  ).toEqual(numbered(1, 21))
})
