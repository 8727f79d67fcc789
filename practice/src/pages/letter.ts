/** What a letter shows beside its text: the pictures inside it and the files with it. */
import { headerValue } from '../mime/headers.ts'
import type { Part } from '../mime/parts.ts'

/** Every part that has a name. */
export function filesIn(root: Part): readonly Part[] {
  return [...(root.filename === '' ? [] : [root]), ...root.parts.flatMap(filesIn)]
}

/** Puts the pictures that the HTML refers to by Content-ID (RFC 2392) into it. */
export function withPictures(html: string | undefined, root: Part): string | undefined {
  return html?.replaceAll(/cid:([^"'\s>]+)/g, (reference, id: string) => {
    const part = filesIn(root).find((file) => headerValue(file.headers, 'content-id')?.includes(id) === true)
    return part === undefined ? reference : `data:${part.mimeType};base64,${part.content.toString('base64')}`
  })
}
