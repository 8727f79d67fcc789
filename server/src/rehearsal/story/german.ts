/** The story in German. */
import type { Origin, Story } from './story.ts'

const metAtTheFair: Origin = {
  tags: ['Messe'],
  basis: 'existing_relation',
  basisSource: 'Auf der Messe im Oktober kennengelernt, Visitenkarte',
}

export const german: Story = {
  second: 'kooperationen',
  third: 'presse',
  signature: 'Kooperationen und Partnerschaften',
  running: {
    name: 'Herbstlicht',
    brief: {
      headline: 'Eine Wolljacke, ein Weg, ein Abend',
      body: 'Unsere neue Jacke ist aus Wolle von Schafen, deren Weide man besuchen kann. Nimm sie mit auf einen Weg, den du ohnehin gehst, und zeig, was der Abend mit dem Licht macht.\n\nKein Skript, keine Pflichtsätze. Sag nur, woher die Jacke kommt, und dass du dafür bezahlt wirst.',
      deliverables: [
        '1 Reel, 20 bis 40 Sekunden',
        '3 Storys vom selben Tag',
        'Nutzung durch uns: 3 Monate, ohne Anzeigen',
      ],
      dates: 'In den nächsten vier Wochen, an einem Tag deiner Wahl',
      compensation: '450 € und die Jacke',
    },
  },
  draft: {
    name: 'Frühstück im Frühling',
    brief: {
      headline: 'Der erste Morgen auf dem Balkon',
      body: 'Noch in Arbeit: Decke, Brett, Kanne. Was fehlt, ist der Satz, der alles zusammenhält.',
      deliverables: ['2 Storys', '1 Rezept'],
      dates: 'März',
      compensation: '',
    },
  },
  message: {
    subject: 'Unser Atelierabend',
    body: 'Hallo {{ name }},\n\nam letzten Donnerstag des Monats stehen bei uns die Türen offen: Wir zeigen, woran wir für den Winter arbeiten, und es gibt Suppe. Magst du kommen?\n\nSag einfach kurz Bescheid, dann steht ein Teller mehr auf dem Tisch.',
  },
  origins: {
    first: metAtTheFair,
    quiet: metAtTheFair,
    second: {
      tags: ['Kooperationen'],
      basis: 'asked_us',
      basisSource: 'Formular „Mit uns arbeiten“ auf unserer Seite',
    },
    message: {
      tags: ['Atelierfreunde'],
      basis: 'agreed',
      basisSource: 'Gästeliste des letzten Atelierabends',
    },
    later: { tags: [], basis: 'none', basisSource: '' },
  },
  answer:
    'Danke für die Frage! Eine Woche später ist kein Problem, Hauptsache, es ist noch hell, wenn du losgehst. Das Produkt behältst du selbstverständlich.',
  note: 'Bis 600 € können wir mitgehen, darüber bitte erst fragen. Wichtig ist, dass Anzeigen ausgenommen bleiben.',
}
