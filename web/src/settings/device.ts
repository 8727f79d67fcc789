/**
 * A browser's name for itself (RFC 9110 §10.1.5) as people say it: "Firefox · Windows". Pure. Browsers claim to be one
 * another, so the most particular name is looked for first; what is not known stays undefined rather than guessed.
 */
const browsers: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
]
const systems: readonly (readonly [name: string, mark: RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

/** Undefined when neither browser nor system is known. */
export function deviceName(userAgent: string): string | undefined {
  const named = (known: typeof browsers) => known.find(([, mark]) => mark.test(userAgent))?.[0]
  const words = [named(browsers), named(systems)].filter((word) => word !== undefined)
  return words.length === 0 ? undefined : words.join(' · ')
}
