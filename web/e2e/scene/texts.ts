/** What the brand of the scene writes: two campaigns that run, one that is being prepared, one that is over. */
export const briefs = {
  huts: {
    name: 'Hüttentage im Mai',
    brief: {
      headline: 'Drei Tage auf dem Grat',
      body: 'Wir gehen von Hütte zu Hütte und packen nur ein, was wir wirklich brauchen. Du zeigst, wie sich das anfühlt: der frühe Start, der lange Abstieg, die Suppe am Abend.\n\nVon uns bekommst du\n\n- ein Paar Stiefel aus der neuen Reihe\n- eine Jacke, die den Regen draußen lässt\n- zwei Nächte auf der Hütte',
      deliverables: ['2 Reels zu je 30 Sekunden', '1 Story vom Gipfel', 'Rechte an 10 Bildern für ein Jahr'],
      dates: '4. bis 6. Mai, Abgabe bis 20. Mai',
      compensation: '900 Euro und die Ausrüstung',
    },
  },
  winter: {
    name: 'Winter light',
    brief: {
      headline: 'One evening, one lamp, no filter',
      body: 'The days are short and the good hour is over by four. Show us what you do with it: a walk, a bivouac, a cup of tea on the pass.\n\nWe send you the headlamp two weeks before. Keep it, whatever you decide to say about it.',
      deliverables: ['1 reel of at least 20 seconds', '3 stills in full size'],
      dates: 'Shoot between 1 and 20 December',
      compensation: '600 euros and the headlamp',
    },
  },
  boots: {
    name: 'Stiefel im Alltag',
    brief: {
      headline: 'Auch der Weg zur Arbeit ist ein Weg',
      body: 'Vier Wochen, ein Paar Stiefel, dein gewöhnlicher Tag.',
      deliverables: ['4 Stories, eine je Woche'],
      dates: 'Januar',
      compensation: '400 Euro',
    },
  },
  autumn: {
    name: 'Autumn catalogue',
    brief: {
      headline: 'Leaves, fog and a dry tent',
      body: 'Six pictures for the printed catalogue.',
      deliverables: ['6 stills'],
      dates: 'September',
      compensation: '1,200 euros',
    },
  },
} as const

export const answers = [
  'The fee is for everything, travel included. Would the first week of May suit you?',
  'Gern, zwei Nächte auf der Hütte sind drin. Ich schicke dir morgen den Ablauf.',
] as const
export const note = 'War letztes Jahr schon dabei, die Bilder liefen gut. Bitte freundlich.'
export const letter = {
  subject: 'Your talk on the glacier film',
  text: 'I sat in the third row last night and keep thinking about the part with the rope.\n\nWe are planning something for next winter and I would love to hear what you think of it. Do you have half an hour next week?',
} as const

/** What follows an invitation that nobody answers. */
export const followUps = [
  {
    afterDays: 4,
    texts: {
      de: {
        body: 'Hallo {{ name }},\n\nhast du das Briefing schon gesehen? Bis Freitag halten wir dir einen Platz frei.',
      },
      en: { body: 'Hi {{ name }},\n\nhave you seen the brief yet? We keep a place for you until Friday.' },
    },
  },
  {
    afterDays: 7,
    texts: {
      de: {
        body: 'Hallo {{ name }},\n\ndas ist unsere letzte Nachricht dazu. Vielleicht beim nächsten Mal?',
      },
      en: { body: 'Hi {{ name }},\n\nthis is our last note about it. Maybe next time?' },
    },
  },
] as const
