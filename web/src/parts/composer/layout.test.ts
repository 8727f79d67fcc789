import { expect, test } from 'vitest'
import type { LaidOut } from './layout.ts'
import { layoutOf, safeLink } from './layout.ts'

function el(nodeName: string, ...children: (LaidOut | string)[]): LaidOut {
  return {
    nodeName,
    nodeValue: null,
    childNodes: children.map((child) =>
      typeof child === 'string' ? { nodeName: '#text', nodeValue: child, childNodes: [] } : child,
    ),
  }
}
const link = (href: string, words: string): LaidOut => ({ ...el('A', words), getAttribute: () => href })
const styled = (style: LaidOut['style'], words: string): LaidOut => ({
  ...el('SPAN', words),
  ...(style ? { style } : {}),
})

test.each([
  ['lines of a bare editor', el('DIV', 'one', el('BR'), 'two'), '<p>one<br>two</p>'],
  ['blocks', el('DIV', el('DIV', 'one'), el('P', 'two')), '<p>one</p><p>two</p>'],
  [
    'an empty line between',
    el('DIV', el('P', 'one'), el('P', el('BR')), el('P', 'two')),
    '<p>one</p><p><br></p><p>two</p>',
  ],
  ['empty lines at the end', el('DIV', el('P', 'one'), el('P', el('BR')), el('P')), '<p>one</p>'],
  ['nothing', el('DIV', el('P', el('BR'))), ''],
  [
    'bold and italic in both spellings',
    el('DIV', el('P', el('B', 'a'), el('EM', 'b'), el('STRONG', el('I', 'c')))),
    '<p><strong>a</strong><em>b</em><strong><em>c</em></strong></p>',
  ],
  [
    'bold as a style',
    el('DIV', styled({ fontWeight: '700', fontStyle: '' }, 'a')),
    '<p><strong>a</strong></p>',
  ],
  [
    'a wrapper that undoes its own bold',
    el('DIV', { ...el('B', 'a'), style: { fontWeight: 'normal', fontStyle: '' } }),
    '<p>a</p>',
  ],
  [
    'lists',
    el('DIV', el('UL', el('LI', 'a'), el('LI', el('P', 'b'), el('P', 'c')))),
    '<ul><li>a</li><li>b<br>c</li></ul>',
  ],
  [
    'a list in a list',
    el('DIV', el('OL', el('LI', 'a', el('UL', el('LI', 'b'))))),
    '<ol><li>a<ul><li>b</li></ul></li></ol>',
  ],
  [
    'words around a list',
    el('DIV', 'x', el('UL', el('LI', 'a')), 'y'),
    '<p>x</p><ul><li>a</li></ul><p>y</p>',
  ],
  [
    'a link',
    el('DIV', link('https://a.example/?x=1&y', 'here')),
    '<p><a href="https://a.example/?x=1&amp;y">here</a></p>',
  ],
  ['a link that would run', el('DIV', link('javascript:alert(1)', 'here')), '<p>here</p>'],
  [
    'scripts and styles of a pasted page',
    el('DIV', el('STYLE', 'p{}'), el('P', 'a', el('SCRIPT', 'alert(1)'))),
    '<p>a</p>',
  ],
  ['signs of markup as words', el('DIV', '<b>&'), '<p>&lt;b&gt;&amp;</p>'],
])('%s', (_what, root, html) => {
  expect(layoutOf(root)).toBe(html)
})

test('addresses as people type them', () => {
  expect(
    [
      'kontor.example',
      'https://a.example/b',
      'mia@a.example',
      'javascript:alert(1)',
      'just words',
      'a.b c',
    ].map(safeLink),
  ).toEqual([
    'https://kontor.example',
    'https://a.example/b',
    'mailto:mia@a.example',
    undefined,
    undefined,
    undefined,
  ])
})
