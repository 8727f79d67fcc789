import { expect, test } from 'vitest'
import { declineEvidence } from './decline.ts'

test.each([
  ['No, thanks.', 'No, thanks.'],
  ['No thank you!', 'No thank you!'],
  ['Hi Anna, no thanks.', 'Hi Anna, no thanks.'],
  [
    'Hi Anna,\n\nthank you for thinking of me. I’m not interested at the moment.\n\nMia',
    "I'm not interested at the moment.",
  ],
  ['Thanks for reaching out. I have to pass this time.', 'I have to pass this time.'],
  ["I'll have to politely decline, sorry.", "I'll have to politely decline, sorry."],
  ['I would like to decline.', 'I would like to decline.'],
  ["We're going to pass on this.", "We're going to pass on this."],
  ['I cannot take part.', 'I cannot take part.'],
  ['Unfortunately I will not be able to participate.', 'Unfortunately I will not be able to participate.'],
  ['This is not the right fit for me.', 'This is not the right fit for me.'],
  ['Please take me off your list.', 'Please take me off your list.'],
  ['Nein, danke.', 'Nein, danke.'],
  ['Nein danke', 'Nein danke'],
  ['Hallo Anna,\n\nnein, vielen Dank. LG Mia', 'nein, vielen Dank.'],
  ['Ich habe leider kein Interesse.', 'Ich habe leider kein Interesse.'],
  ['Kein Interesse', 'Kein Interesse'],
  ['Daran bin ich nicht interessiert.', 'Daran bin ich nicht interessiert.'],
  ['Danke für die Anfrage! Ich muss leider absagen.', 'Ich muss leider absagen.'],
  ['Ich sage diesmal ab.', 'Ich sage diesmal ab.'],
  ['Ich lehne das Angebot dankend ab.', 'Ich lehne das Angebot dankend ab.'],
  ['Leider kann ich im Mai nicht teilnehmen.', 'Leider kann ich im Mai nicht teilnehmen.'],
  ['Das passt leider nicht zu mir.', 'Das passt leider nicht zu mir.'],
  ['Ich bin diesmal nicht dabei.', 'Ich bin diesmal nicht dabei.'],
  ['Da bin ich leider raus.', 'Da bin ich leider raus.'],
])('%j is a no', (text, evidence) => {
  expect(declineEvidence(text)).toBe(evidence)
})

test.each([
  'Yes, gladly!',
  'No problem, I will send it tomorrow.',
  'No worries, thank you.',
  'No thanks to the rain we shot it indoors.',
  "I can't wait to join!",
  "I can't join in May, but June works.",
  'I cannot take part on Monday. How about Tuesday?',
  'Are you not interested any more?',
  "If you're not interested, just tell me.",
  'I will pass it on to my manager.',
  'I will pass the brief along.',
  'Is this a good fit for you?',
  'We decided on the second draft.',
  'Ja, sehr gern.',
  'Nein, das ist kein Problem, danke.',
  'Ich kann am Montag nicht teilnehmen, aber am Dienstag.',
  'Kannst du im Mai nicht mitmachen?',
  'Falls kein Interesse besteht, sag kurz Bescheid.',
  'Ich habe großes Interesse!',
  'Ich sage am Montag Bescheid.',
  'Sag Bescheid, ob das passt.',
  'Das Datum passt mir nicht, vielleicht eine Woche später?',
  'Ich nehme das Paket dann am Freitag ab, sage aber vorher Bescheid.',
  '',
])('%j is not', (text) => {
  expect(declineEvidence(text)).toBeUndefined()
})

test('a very long text is read in bounded time', () => {
  expect(declineEvidence('ich sage '.repeat(200_000))).toBeUndefined()
})
