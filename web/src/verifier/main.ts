/**
 * The page that verifies downloaded access logs without Kontor: one file, opened from disk, that asks nobody. Takes
 * files by choice or by drop, judges each by the code that the server's own command uses, and compares downloads of one
 * mailbox with one another, because only an earlier one shows that the whole was not written anew.
 */
import { judgeExport } from '@kontor/api/ledger/export'
import { words as german } from '../locales/de/verifier.ts'
import { words as english } from '../locales/en/verifier.ts'
import '../ui/tokens.css'
import { comparisons } from './compare.ts'
import { element, sheet } from './sheet.ts'
import type { Judged } from './result.ts'
import { result } from './result.ts'
import { sha256 } from './sha256.ts'
import './verifier.css'

const all = { de: german, en: english }
let language: 'de' | 'en' = navigator.language.startsWith('de') ? 'de' : 'en'
let judged: readonly Judged[] = []

const dark = matchMedia('(prefers-color-scheme: dark)')
const dress = (): void => {
  document.documentElement.dataset['mantineColorScheme'] = dark.matches ? 'dark' : 'light'
}
dark.addEventListener('change', dress)
dress()
document.addEventListener('dragover', (event) => {
  event.preventDefault()
  over(true)
})
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) over(false)
})
document.addEventListener('drop', (event) => {
  event.preventDefault()
  over(false)
  void verify([...(event.dataTransfer?.files ?? [])])
})
show()

function show(): void {
  const words = all[language]
  document.documentElement.lang = language
  document.title = words.title
  const turn = (): void => {
    language = language === 'de' ? 'en' : 'de'
    show()
    document.querySelector<HTMLElement>('.language')?.focus()
  }
  const results = element('section', { id: 'results', 'aria-label': words.results, 'aria-live': 'polite' })
  results.append(...shown())
  document.body.replaceChildren(
    sheet(words, {
      turn,
      choose: (files) => void verify(files),
      results,
      other: language === 'de' ? 'en' : 'de',
    }),
  )
}

function shown(): HTMLElement[] {
  const parts = { words: all[language], language }
  return [...judged.map((one) => result(parts, one)), ...comparisons(parts, judged)]
}

async function verify(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  const results = document.querySelector('#results')
  results?.replaceChildren(element('p', { class: 'lead' }, all[language].working))
  // the sentence stands before a long log keeps the page busy
  await new Promise((resolve) => setTimeout(resolve, 50))
  judged = await Promise.all(files.map(judge))
  results?.replaceChildren(...shown())
  results?.querySelector('h2')?.focus()
}

async function judge(file: File): Promise<Judged> {
  try {
    return { name: file.name, verdict: judgeExport(await file.text(), sha256) }
  } catch {
    return { name: file.name, verdict: undefined }
  }
}

function over(is: boolean): void {
  const place = document.querySelector<HTMLElement>('.place')
  const sentence = place?.querySelector('p')
  if (place === null || sentence === null || sentence === undefined) return
  const { dropNow, drop } = all[language]
  place.toggleAttribute('data-over', is)
  sentence.textContent = is ? dropNow : drop
}
