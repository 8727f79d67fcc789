/** What channels are about, by the second half of a handle, and where people live. */

const NICHES: Readonly<Record<string, readonly [string, string]>> = {
  draussen: ['days outdoors with children', 'Tage draußen mit Kindern'],
  kocht: ['cooking for two on a small stove', 'Kochen für zwei auf kleinem Herd'],
  runs: ['slow running', 'langsames Laufen'],
  reads: ['novels from small publishers', 'Romane aus kleinen Verlagen'],
  bakt: ['sourdough and everything after it', 'Sauerteig und alles danach'],
  travels: ['travelling by night train', 'Reisen mit dem Nachtzug'],
  garten: ['balcony vegetables', 'Gemüse auf dem Balkon'],
  rides: ['long rides on old bicycles', 'lange Touren auf alten Rädern'],
  home: ['mending instead of buying', 'Reparieren statt Kaufen'],
  style: ['clothes worn for years', 'Kleidung, die Jahre hält'],
  climbs: ['climbing after work', 'Klettern nach Feierabend'],
  plants: ['plants that survive me', 'Pflanzen, die mich überleben'],
}

export const CITIES = [
  'Leipzig',
  'Hamburg',
  'Graz',
  'Basel',
  'Rotterdam',
  'Bristol',
  'Aarhus',
  'Freiburg',
  'Linz',
  'Kassel',
] as const

export function nicheOf(handle: string, language: string): string {
  const [english, german] = NICHES[handle.split('.').at(-1) ?? ''] ?? [
    'small good things',
    'kleine gute Dinge',
  ]
  return language === 'de' ? german : english
}
