import { expect, test } from 'vitest'
import { INTENTS } from './intents.ts'
import { type Writer, mannerOf, textFor } from './texts.ts'

const writers: readonly Writer[] = ['en', 'de'].flatMap((language) =>
  Array.from({ length: 60 }, (_, index) => ({
    key: `writer-${index}@people.practice.example`,
    name: index % 2 === 0 ? 'Mia Rossi' : 'Łukasz Novak',
    handle: index % 3 === 0 ? '@mia.kocht' : '@lukasz.other',
    language,
  })),
)
const everything = INTENTS.flatMap((intent) =>
  writers.map((writer) => ({ intent, writer, text: textFor(intent, writer, 'Anna Keller', 'seed') })),
)

test('no text leaves a gap to fill, a doubled space or an empty greeting', () => {
  expect(
    everything.filter(({ text }) => /[{}]|\S {2,}\S|^[ \t]|[ \t][,!]/m.test(text)).map(({ text }) => text),
  ).toEqual([])
})

test('everybody writes the same again for the same seed, and not all write alike', () => {
  const once = writers.map((writer) => textFor('question', writer, 'Anna Keller', 'seed'))
  const again = writers.map((writer) => textFor('question', writer, 'Anna Keller', 'seed'))
  expect(once).toEqual(again)
  expect(new Set(once).size).toBeGreaterThan(20)
})

test('who greets formally says Sie in German, in every letter', () => {
  const formal = everything.filter(
    ({ writer, intent }) =>
      writer.language === 'de' &&
      mannerOf(writer) === 'formal' &&
      !['apply', 'away', 'manager'].includes(intent),
  )
  expect(formal.length).toBeGreaterThan(20)
  expect(
    formal.filter(({ text }) =>
      /\b(?:du|dir|dich|dein\w*|euch|ihr)\b/i.test(text.replaceAll(/\bIh\w+/g, '')),
    ),
  ).toEqual([])
})

test('a sentence after a comma goes on in lower case in German and begins anew in English', () => {
  const brisk = writers.filter((writer) => mannerOf(writer) === 'brisk')
  const opening = (writer: Writer) =>
    textFor('answer', writer, 'Anna Keller', 'seed').split('\n\n')[1]?.[0] ?? ''
  const [german, english] = ['de', 'en'].map((language) =>
    brisk.filter((writer) => writer.language === language).map(opening),
  )
  expect(german?.every((letter) => letter === letter.toLowerCase())).toBe(true)
  expect(english?.every((letter) => letter === letter.toUpperCase())).toBe(true)
})

test('somebody without a name is greeted without one', () => {
  const greetings = new Set(writers.map((writer) => textFor('answer', writer, '', 'seed').split('\n')[0]))
  expect(greetings).toEqual(new Set(['Guten Tag,', 'Hallo,', 'Hello,']))
})

test('who turns down says so in words that a reader finds', () => {
  const declines = everything.filter(({ intent }) => intent === 'decline')
  const said =
    /no, thanks|not interested|have to pass|nein, danke|kein Interesse|muss leider absagen|muss ich absagen/i
  expect(declines.filter(({ text }) => !said.test(text)).map(({ text }) => text)).toEqual([])
})
