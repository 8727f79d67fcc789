/**
 * The shape of the help article. Its texts live once, in `en` and `de`: the page shows them, and
 * the server sets the same ones as a PDF. Plain values without markup, so that each side draws them in its own way.
 */

/** A piece of a sentence. `to` is `#section` inside the article or an address outside. */
export type Inline = string | { readonly strong: string } | { readonly link: string; readonly to: string }
export type Text = string | readonly Inline[]

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list' | 'steps'; readonly entries: readonly Text[] }
  | {
      readonly kind: 'table'
      /** What the table shows, for readers that cannot see it. */
      readonly caption: string
      /** The first column names the row. */
      readonly head: readonly string[]
      readonly rows: readonly (readonly Text[])[]
    }
  /** Words that are not ours to change, set apart. */
  | { readonly kind: 'statement'; readonly text: Text }

/** In the order of the article; each is an address within the help page. */
export const sectionIds = [
  'setup',
  'sent',
  'levels',
  'access',
  'limits',
  'order',
  'uncaptured',
  'disconnect',
  'pdf',
  'more',
] as const
export type SectionId = (typeof sectionIds)[number]

export interface Section {
  readonly id: SectionId
  readonly title: string
  readonly blocks: readonly Block[]
}

export interface Article {
  /** Of the document; the page has its own heading. */
  readonly title: string
  readonly lead: string
  /** Day of the last change of the texts, ISO 8601. */
  readonly revised: string
  readonly revisedLine: string
  readonly contents: { readonly title: string; readonly page: string }
  /** "Page 2 of 6". */
  readonly pageLine: string
  /** Whom else people may ask, where the server has such contacts. */
  readonly contacts: { readonly chat: string; readonly community: string; readonly admin: string }
  readonly sections: readonly Section[]
}
