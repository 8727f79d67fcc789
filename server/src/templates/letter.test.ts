import { expect, test } from 'vitest'
import { defaultText } from './default-texts.ts'
import { inkOn, writeLetter } from './letter.ts'
import { mergeProblems } from './merge.ts'
import { knownVariables } from './variables.ts'

const values = {
  name: 'Mia',
  campaign: 'Summer <b>',
  brand: 'Nord & Co',
  brief_link: 'https://k.example/b/w.t',
  sender: 'Anna',
}

test('a letter has a subject, a text and HTML with a button where the link stands alone', () => {
  const text = {
    subject: '{{ campaign }} for {{ name }}',
    body: 'Hi {{ name }},\n\n{{ brief_link }}\n\nBye\n{{ brand }}',
  }
  expect(writeLetter(text, values, { button: 'View the brief', colour: '#2A3FC4' })).toEqual({
    ok: true,
    letter: {
      subject: 'Summer <b> for Mia',
      text: 'Hi Mia,\n\nhttps://k.example/b/w.t\n\nBye\nNord & Co\n',
      html:
        '<div style="font-size:16px;line-height:26px;max-width:640px">' +
        '<p style="margin:0 0 16px">Hi Mia,</p>' +
        '<p style="margin:24px 0"><a href="https://k.example/b/w.t" style="display:inline-block;padding:12px 20px;' +
        'background:#2A3FC4;color:#FFFFFF;border-radius:6px;text-decoration:none;font-weight:600">View the brief</a></p>' +
        '<p style="margin:0 0 16px">Bye<br>Nord &amp; Co</p></div>',
    },
  })
})

test('an invitation without the link gets it at its end', () => {
  const written = writeLetter({ subject: 'S', body: 'Hi' }, values, {
    button: 'Go',
    needsBrief: true,
    colour: '#2A3FC4',
  })
  expect(written.ok && written.letter.text).toBe('Hi\n\nhttps://k.example/b/w.t\n')
})

test('a person whose name is markup or a link gets it as text', () => {
  const name = '<img src=x onerror=alert(1)> https://evil.example'
  const written = writeLetter(
    { subject: 'S', body: 'Hi {{ name }}' },
    { ...values, name },
    { colour: '#2A3FC4' },
  )
  expect(written.ok && written.letter.html).toBe(
    '<div style="font-size:16px;line-height:26px;max-width:640px"><p style="margin:0 0 16px">' +
      'Hi &lt;img src=x onerror=alert(1)&gt; https://evil.example</p></div>',
  )
})

test.each([
  [
    'See https://a.example/x?y=1&z=2.',
    'See <a href="https://a.example/x?y=1&amp;z=2">https://a.example/x?y=1&amp;z=2</a>.',
  ],
  ['"https://a.example"', '&quot;<a href="https://a.example">https://a.example</a>&quot;'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
  ['here: {{ brief_link }}.', 'here: <a href="https://k.example/b/w.t">https://k.example/b/w.t</a>.'],
])('the text %j is written as %j', (body, html) => {
  const written = writeLetter({ subject: 'S', body }, values, { colour: '#2A3FC4' })
  expect(written.ok && written.letter.html).toBe(
    `<div style="font-size:16px;line-height:26px;max-width:640px"><p style="margin:0 0 16px">${html}</p></div>`,
  )
})

test('a missing variable anywhere is named', () => {
  const text = { subject: '{{ handle }}', body: '{{ name }} {{ sender }}' }
  expect(writeLetter(text, { name: 'Mia' }, { colour: '#2A3FC4' })).toMatchObject({
    ok: false,
    missing: ['handle', 'sender'],
    gapped: { subject: '{{ handle }}', text: 'Mia {{ sender }}\n' },
  })
})

test('the way to say no stands under the letter', () => {
  const footer = { text: 'Not for you?', url: 'https://k.example/u/w.t' }
  const written = writeLetter({ subject: 'S', body: 'Hi' }, values, { colour: '#2A3FC4', footer })
  expect(written.ok && written.letter.text).toBe('Hi\n\nNot for you?\nhttps://k.example/u/w.t\n')
  expect(written.ok && written.letter.html).toContain(
    '<a href="https://k.example/u/w.t" style="color:#5B6066">Not for you?</a>',
  )
})

test.each([
  ['#2A3FC4', '#FFFFFF'],
  ['#FFE000', '#000000'],
  ['#ffffff', '#000000'],
  ['#000000', '#FFFFFF'],
])('on %s the label is %s', (colour, ink) => {
  expect(inkOn(colour)).toBe(ink)
})

const kinds = ['invitation', 'approval', 'rejection'] as const
test.each(
  kinds.flatMap((kind) => [
    [kind, 'en', 'du'] as const,
    [kind, 'de', 'du'] as const,
    [kind, 'de', 'sie'] as const,
  ]),
)(
  'our %s in %s (%s) uses known variables only and addresses the person in one way',
  (kind, language, formality) => {
    const { subject, body } = defaultText(kind, language, formality)
    const known = knownVariables([])
    expect([...mergeProblems(subject, known), ...mergeProblems(body, known)]).toEqual([])
    expect(writeLetter({ subject, body }, values, { colour: '#2A3FC4' }).ok).toBe(true)
    const wrong =
      language === 'en'
        ? /\b(du|Sie)\b/
        : formality === 'du'
          ? /\b(Sie|Ihnen|Ihre?)\b/
          : /\b(du|dich|dir|deine?)\b/i
    expect(`${subject} ${body}`).not.toMatch(wrong)
  },
)
