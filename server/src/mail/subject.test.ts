import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baseSubject, marksAnswer, replySubject } from './subject.ts'

test.each([
  ['Herbstkampagne', 'Herbstkampagne', 'Re: Herbstkampagne'],
  ['Re: Herbstkampagne', 'Herbstkampagne', 'Re: Herbstkampagne'],
  ['RE: re: AW: Herbstkampagne', 'Herbstkampagne', 'Re: Herbstkampagne'],
  ['Antw: Antwort: Angebot', 'Angebot', 'Re: Angebot'],
  ['Re[2]: Angebot', 'Angebot', 'Re: Angebot'],
  ['Re (3): Angebot', 'Angebot', 'Re: Angebot'],
  ['SV: Tilbud', 'Tilbud', 'Re: Tilbud'],
  ['Odp: Oferta', 'Oferta', 'Re: Oferta'],
  ['回复：报价', '报价', 'Re: 报价'],
  ['WG: Angebot', 'Angebot', 'Re: WG: Angebot'],
  ['Re: Fwd: Angebot', 'Angebot', 'Re: Fwd: Angebot'],
  ['  Re:   zwei\r\n Zeilen ', 'zwei Zeilen', 'Re: zwei Zeilen'],
  ['Reise: nach Rom', 'Reise: nach Rom', 'Re: Reise: nach Rom'],
  ['Regarding: you', 'Regarding: you', 'Re: Regarding: you'],
  ['', '', 'Re:'],
  ['Re:', '', 'Re:'],
])('%j is about %j and is answered by %j', (subject, about, answer) => {
  expect([baseSubject(subject), replySubject(subject)]).toEqual([about, answer])
})

test('a translated mark of answer counts', () => {
  expect(['AW: x', 'Re: x', 'WG: x', 'x', 'Review: x'].map(marksAnswer)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('answering an answer does not pile up marks', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (subject) => {
      expect(replySubject(replySubject(subject))).toBe(replySubject(subject))
    }),
  )
})
