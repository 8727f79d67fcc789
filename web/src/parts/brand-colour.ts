/**
 * The brand's colour on the creator's page. A brand may choose any colour; the words on it must stay readable
 * (WCAG 2.2 §1.4.3, contrast of at least 4.5 to 1).
 */

const fallback = '#2A3FC4'
const enough = 4.5

interface Rgb {
  readonly red: number
  readonly green: number
  readonly blue: number
}

function parsed(hex: string): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!match) return undefined
  const [red, green, blue] = [match[1], match[2], match[3]].map((part) => Number.parseInt(part ?? '0', 16))
  return { red: red ?? 0, green: green ?? 0, blue: blue ?? 0 }
}

/** Relative luminance as WCAG 2.2 defines it, from 0 (black) to 1 (white). */
function luminance(colour: Rgb): number {
  const [red, green, blue] = [colour.red, colour.green, colour.blue].map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** Contrast ratio between two colours, from 1 to 21; an unreadable colour counts as the fallback. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [one, other]
    .map((hex) => luminance(parsed(hex) ?? { red: 42, green: 63, blue: 196 }))
    .toSorted((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

export interface BrandLook {
  readonly fill: string
  /** Ink for words on the fill. */
  readonly onFill: string
  /** The brand's colour where it is readable as words on paper, otherwise plain ink. */
  readonly words: string
}

/** How a brand's colour may be used on a page whose paper has the given colour. */
export function brandLook(colour: string, paper: string, ink: string): BrandLook {
  const fill = parsed(colour) ? colour : fallback
  const plain = contrast(fill, '#FFFFFF') >= contrast(fill, '#1B1D1F') ? '#FFFFFF' : '#1B1D1F'
  // on colours in the middle only black stays readable: whatever is below 4.5 with white is above it with black
  const onFill = contrast(fill, plain) >= enough ? plain : '#000000'
  return { fill, onFill, words: contrast(fill, paper) >= enough ? fill : ink }
}
