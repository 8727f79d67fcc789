/** The page around the results: what it is, the place for files, and what the proof proves and what it does not. */
import type { words as english } from '../locales/en/verifier.ts'
import type { SameWords } from '../client/same-words.ts'

export type Words = SameWords<typeof english>

export interface Acts {
  readonly turn: () => void
  readonly choose: (files: readonly File[]) => void
  readonly results: HTMLElement
  /** The language that the page may turn to. */
  readonly other: 'de' | 'en'
}

export function element(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** A text with its placeholders filled. */
export function filled(text: string, count: string): string {
  return text.replace('{{count}}', count)
}

export function sheet(words: Words, { turn, choose, results, other }: Acts): HTMLElement {
  const language = element('button', { class: 'language', type: 'button', lang: other }, words.other)
  language.addEventListener('click', turn)
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = '.jsonl,application/jsonl,text/plain'
  input.addEventListener('change', () => {
    choose([...(input.files ?? [])])
    input.value = ''
  })
  const list = (texts: Readonly<Record<string, string>>): HTMLElement =>
    element('ul', {}, ...Object.values(texts).map((text) => element('li', {}, text)))
  return element(
    'main',
    { class: 'sheet' },
    element('div', { class: 'head' }, element('span', { class: 'brand' }, 'Kontor'), language),
    element('h1', {}, words.title),
    element('p', { class: 'lead' }, words.lead),
    element(
      'div',
      { class: 'place' },
      element('label', { class: 'choose' }, words.choose, input),
      element('p', {}, words.drop),
    ),
    results,
    element(
      'section',
      { class: 'words' },
      element('h2', {}, words.proves),
      list(words.provesList),
      element('h2', {}, words.not),
      list(words.notList),
    ),
    element('footer', {}, words.foot),
  )
}
