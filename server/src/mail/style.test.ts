import { expect, test } from 'vitest'
import { safeStyle } from './style.ts'

test.each([
  ['what is listed stays, in its order', 'color: red;margin:0 auto; COLOR:blue', 'color:red'],
  ['importance stays', 'font-weight:bold !important', 'font-weight:bold !important'],
  ['what loads is gone', 'background:url(https://x.example/a.png);color:url(x)', ''],
  ['what leaves its place is gone', 'position:fixed;top:0;float:left;color:#333', 'color:#333'],
  [
    'what comes after the attribute has closed its rule is not looked at',
    'color:red} a {color:blue',
    'color:red',
  ],
  ['rules within and comments are gone', 'color:red;a{color:blue};/*x*/width:10px', 'color:red;width:10px'],
  ['an escaped name is not the name', 'c\\6flor:red', ''],
  ['what nobody can read is gone', 'color:red;"', ''],
  ['nothing is nothing', '', ''],
] as const)('%s', (_what, style, safe) => {
  // and the same again, once it is known
  expect([safeStyle(style), safeStyle(style)]).toEqual([safe, safe])
})

test('a thousand different styles are each read as if they were the first', () => {
  const widths = Array.from({ length: 1000 }, (_, n) => `width:${n}px;position:absolute`)
  expect(widths.map(safeStyle)).toEqual(widths.map((_, n) => `width:${n}px`))
  expect(safeStyle(widths[0] ?? '')).toBe('width:0px')
})
