/**
 * The shape of a document for print: plain words in blocks, without places and without fonts. Who wants a PDF says
 * what is to be read; how it is set is decided here alone, so that all documents of the house look alike.
 */

/** A piece of a sentence. `to` is `#section` inside the document or an address outside. */
export type Inline = string | { readonly strong: string } | { readonly link: string; readonly to: string }
export type Text = string | readonly Inline[]

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list' | 'steps'; readonly entries: readonly Text[] }
  | {
      readonly kind: 'table'
      readonly caption: string
      /** The first column names the row; without a head the table is a list of facts. */
      readonly head: readonly string[]
      readonly rows: readonly (readonly Text[])[]
    }
  | { readonly kind: 'statement'; readonly text: Text }

export type Section = { readonly id: string; readonly title: string; readonly blocks: readonly Block[] }
export type Paper = {
  readonly title: string
  readonly lead: string
  readonly language: 'en' | 'de'
  /** When it was written; also the date in the file. */
  readonly written: Temporal.Instant
  /** Under the title: where and when it comes from. */
  readonly note: string
  /** Over the list of sections and over its figures; a paper without it has no such list. */
  readonly contents?: { readonly title: string; readonly page: string }
  readonly pageLine: (page: number, pages: number) => string
  readonly sections: readonly Section[]
}

/** A text as its pieces, always. */
export function inlines(text: Text): readonly Inline[] {
  return typeof text === 'string' ? [text] : text
}
