/** How a paper looks: measures in points on A4, colours and styles. The gutter at the left holds figures, as on screen. */
import type { Face } from './fonts.ts'

export type Style = {
  readonly face: 'sans' | 'sans-strong' | 'serif'
  readonly size: number
  /** From one line to the next. */
  readonly leading: number
  readonly colour: string
  /** In a list of nothing but links, none needs to be shown as one. */
  readonly links?: 'quiet'
}

export const colours = { ink: '#1B1D1F', grey: '#5B6066', hairline: '#D9D5CC', accent: '#2A3FC4' } as const
export const page = { width: 595.28, height: 841.89, top: 64, bottom: 776, left: 56, foot: 802 } as const
/** Where figures end and where text begins and ends. */
export const column = { figures: 92, left: 108, right: 531 } as const

export const styles = {
  mark: { face: 'sans-strong', size: 10, leading: 14, colour: colours.grey },
  title: { face: 'sans-strong', size: 21, leading: 27, colour: colours.ink },
  lead: { face: 'serif', size: 12, leading: 19, colour: colours.ink },
  note: { face: 'sans', size: 9, leading: 13, colour: colours.grey },
  section: { face: 'sans-strong', size: 13, leading: 18, colour: colours.ink },
  heading: { face: 'sans-strong', size: 10.5, leading: 16, colour: colours.ink },
  text: { face: 'serif', size: 10.2, leading: 15.5, colour: colours.ink },
  entry: { face: 'sans', size: 10.5, leading: 16, colour: colours.ink, links: 'quiet' },
  figure: { face: 'sans', size: 10, leading: 16, colour: colours.grey },
  cell: { face: 'sans', size: 9, leading: 13, colour: colours.ink },
  head: { face: 'sans-strong', size: 9, leading: 13, colour: colours.ink },
  statement: { face: 'sans', size: 9.5, leading: 14, colour: colours.grey },
} as const satisfies Record<string, Style>

/** The face of a piece in a style: strong words keep the family. */
export function faceOf(style: Style, strong: boolean): Face {
  if (!strong || style.face === 'sans-strong') return style.face
  return style.face === 'serif' ? 'serif-strong' : 'sans-strong'
}
