/**
 * What the browser's own editing does for us. `execCommand` is marked deprecated and has no successor that keeps the
 * browser's undo stack, its input methods and its spelling marks; every browser has it, and it is used here alone.
 */

export type EditCommand =
  | 'bold'
  | 'italic'
  | 'insertUnorderedList'
  | 'insertOrderedList'
  | 'createLink'
  | 'unlink'
  | 'insertHTML'
  | 'insertText'
  | 'defaultParagraphSeparator'

/** Acts on the selection. */
export function edit(command: EditCommand, value?: string): void {
  // oxlint-disable-next-line typescript/no-deprecated -- see the reason above
  document.execCommand(command, false, value)
}

/** Whether the selection stands in bold, italic or a list. */
export function isOn(command: EditCommand): boolean {
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- see the reason above
    return document.queryCommandState(command)
  } catch {
    return false
  }
}

/** The link in which the selection stands. */
export function linkAtSelection(): HTMLAnchorElement | null {
  const node = getSelection()?.anchorNode
  const element = node instanceof Element ? node : node?.parentElement
  return element?.closest('a') ?? null
}
