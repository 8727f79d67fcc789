/** English words around the help article; its own texts are in the contract, shared with the PDF. */
export const words = {
  title: 'Help',
  contents: 'On this page',
} as const
