/** The influencers of the walk, all of them people of the practice world, and the texts of its campaign. */
import type { Practice } from '../practice.ts'
import type { Language } from '../words.ts'

const domain = 'people.practice.example'

export const cast = {
  /** Writes back with a question. */
  mia: { name: 'Mia Rossi', address: `mia.rossi@${domain}`, temperament: 'asks' },
  /** Apply on their own. */
  felix: { name: 'Felix Brandt', address: `felix.brandt@${domain}`, temperament: 'applies' },
  emre: { name: 'Emre Jansen', address: `emre.jansen@${domain}`, temperament: 'applies' },
  /** Wait until the test moves them in a browser. */
  elif: { name: 'Elif Lindner', address: `elif.lindner@${domain}`, temperament: 'silent' },
  priya: { name: 'Priya Diallo', address: `priya.diallo@${domain}`, temperament: 'silent' },
} as const
export const everybody = Object.values(cast)

/** People speak the language of the walk and act within seconds of being written to. */
export async function wakePeople(practice: Practice, language: Language): Promise<void> {
  await practice.post('/people', { list: everybody.map((person) => ({ ...person, language })) })
  await practice.post('/people/act', { on: true, pace: { minMs: 2000, maxMs: 4000 } })
}

export const campaign = {
  en: {
    name: 'Trail week',
    headline: 'Three days on the ridge',
    body: 'We pack light and walk from hut to hut.\n\n- one pair of boots\n- one weatherproof jacket',
    deliverables: '2 reels, 30 seconds each\n1 story on the summit',
    dates: '4 to 6 May',
    compensation: '900 euros and the equipment',
  },
  de: {
    name: 'Hüttentage',
    headline: 'Drei Tage auf dem Grat',
    body: 'Wir packen leicht und gehen von Hütte zu Hütte.\n\n- ein Paar Stiefel\n- eine wetterfeste Jacke',
    deliverables: '2 Reels zu je 30 Sekunden\n1 Story auf dem Gipfel',
    dates: '4. bis 6. Mai',
    compensation: '900 Euro und die Ausrüstung',
  },
} as const satisfies Record<Language, unknown>
