import { expect, test } from 'vitest'
import { frameDocument, framePolicy } from './frame.ts'

test('a mail in its own layout can request nothing', () => {
  expect(framePolicy('blocked')).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
})

test('remote images load only when asked for, and only over TLS', () => {
  expect(framePolicy('loaded')).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data: https:")
})

test('the policy stands before the first byte of the mail', () => {
  const page = frameDocument('<p>Hello</p>', 'blocked')
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<p>Hello</p>'))
  expect(page.startsWith('<!doctype html><html><head><meta charset="utf-8"><meta http-equiv')).toBe(true)
})
