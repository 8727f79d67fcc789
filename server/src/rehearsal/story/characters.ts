/** The influencers of the story. Names that nobody else in the practice world has. */
import type { Character } from './story.ts'

export const characters: readonly Character[] = [
  { name: 'Frieda Albers', topic: 'outdoors', temperament: 'applies', wave: 'first', decision: 'approved' },
  { name: 'Jannik Osei', topic: 'climbs', temperament: 'applies', wave: 'first', decision: 'approved' },
  {
    name: 'Ottilie Kramer',
    topic: 'rides',
    temperament: 'applies-and-asks',
    wave: 'first',
    decision: 'approved',
  },
  { name: 'Dario Bianchi', topic: 'cooks', temperament: 'applies', wave: 'first', decision: 'rejected' },
  { name: 'Svea Lundqvist', topic: 'home', temperament: 'applies', wave: 'first', abroad: true },
  { name: 'Thilo Reimann', topic: 'runs', temperament: 'applies', wave: 'first' },
  { name: 'Mina Çelik', topic: 'style', temperament: 'asks', wave: 'first' },
  { name: 'Korbinian Huber', topic: 'garden', temperament: 'asks', wave: 'first' },
  { name: 'Rosalie Dupont', topic: 'travels', temperament: 'negotiates', wave: 'first' },
  { name: 'Lasse Nygaard', topic: 'rides', temperament: 'manager', wave: 'first', abroad: true },
  { name: 'Hanna Brückner', topic: 'reads', temperament: 'declines', wave: 'first' },
  { name: 'Pavel Horák', topic: 'climbs', temperament: 'declines-in-words', wave: 'first' },
  { name: 'Leni Oberhofer', topic: 'bakes', temperament: 'away', wave: 'quiet' },
  { name: 'Titus Engelhardt', topic: 'plants', temperament: 'gone', wave: 'quiet' },
  { name: 'Ines Carvalho', topic: 'travels', temperament: 'full', wave: 'quiet', abroad: true },
  { name: 'Bosse Friedrichs', topic: 'runs', temperament: 'silent', wave: 'quiet' },
  { name: 'Amara Nwosu', topic: 'style', temperament: 'applies', wave: 'second' },
  { name: 'Kilian Seidel', topic: 'outdoors', temperament: 'asks', wave: 'second' },
  { name: 'Luzie Hagedorn', topic: 'bakes', temperament: 'applies', wave: 'second' },
  { name: 'Mads Thorsen', topic: 'climbs', temperament: 'late', wave: 'second', abroad: true },
  { name: 'Fatou Sarr', topic: 'home', temperament: 'applies', wave: 'second' },
  { name: 'Ruben Vollmer', topic: 'reads', temperament: 'silent', wave: 'second' },
  { name: 'Carlotta Weiss', topic: 'garden', temperament: 'negotiates', wave: 'second' },
  { name: 'Ansgar Pohl', topic: 'rides', temperament: 'declines', wave: 'second' },
  { name: 'Yara Haddadi', topic: 'cooks', temperament: 'applies', wave: 'second' },
  { name: 'Magnus Eklund', topic: 'runs', temperament: 'applies-and-asks', wave: 'second', abroad: true },
  { name: 'Selma Arslan', topic: 'plants', temperament: 'asks', wave: 'second' },
  { name: 'Konrad Feldmann', topic: 'outdoors', temperament: 'away', wave: 'second' },
  { name: 'Tilda Quast', topic: 'style', temperament: 'applies', wave: 'second' },
  { name: 'Emil Brandstätter', topic: 'bakes', temperament: 'silent', wave: 'second' },
  { name: 'Nora Winkelmann', topic: 'travels', temperament: 'asks', wave: 'message' },
  { name: 'Aurel Popescu', topic: 'climbs', temperament: 'applies', wave: 'message' },
  { name: 'Gesa Harms', topic: 'garden', temperament: 'silent', wave: 'message' },
  { name: 'Marlon Achterberg', topic: 'cooks', temperament: 'asks', wave: 'message', abroad: true },
  { name: 'Viola Stern', topic: 'reads', temperament: 'applies', wave: 'later' },
  { name: 'Jorin Ahrens', topic: 'home', temperament: 'asks', wave: 'later' },
  { name: 'Zsófia Kertész', topic: 'bakes', temperament: 'applies', wave: 'later' },
  { name: 'Bennet Kühn', topic: 'runs', temperament: 'negotiates', wave: 'later' },
  { name: 'Milena Jovanović', topic: 'style', temperament: 'applies', wave: 'later' },
  { name: 'Ole Petersdorf', topic: 'rides', temperament: 'declines', wave: 'later' },
  { name: 'Rike Sommerfeld', topic: 'plants', temperament: 'asks', wave: 'later' },
  { name: 'Caspar Lindholm', topic: 'outdoors', temperament: 'applies', wave: 'later', abroad: true },
]

/** Letters of an address: plain ones, dots for the gaps. */
export function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '')
    .trim()
    .replaceAll(/ +/g, '.')
}

export function addressOf({ name }: Pick<Character, 'name'>): string {
  return `${plain(name)}@people.practice.example`
}

export function handleOf({ name, topic }: Pick<Character, 'name' | 'topic'>): string {
  return `@${plain(name).split('.')[0]}.${topic}`
}
