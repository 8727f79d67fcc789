/**
 * Brings a file up in parts, so that progress is known, a lost part is sent again and nothing is ever whole in a
 * request. The server says how large a part is.
 */
import { Done } from '@kontor/api/common'
import { Upload } from '@kontor/api/inbox'
import { after } from '../../client/clock.ts'
import { api, ProblemError } from '../../client/http.ts'

const mostTries = 3

/** The finished upload. Throws ProblemError, or the signal's reason when it was called off. */
export async function bringUp(
  path: (rest: string) => string,
  file: File,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: (share: number) => void },
): Promise<Upload> {
  const begun = await api.post(path('/uploads'), Upload, {
    filename: file.name,
    contentType: file.type || 'application/octet-stream',
    size: file.size,
  })
  for (let n = 0; n * begun.partBytes < file.size; n += 1) {
    const part = file.slice(n * begun.partBytes, (n + 1) * begun.partBytes)
    await bringPart(path(`/uploads/${begun.id}/parts/${n}`), part, signal)
    progress(Math.min(1, ((n + 1) * begun.partBytes) / file.size))
  }
  signal.throwIfAborted()
  return await api.post(path(`/uploads/${begun.id}/finish`), Upload)
}

export async function forgetUpload(path: (rest: string) => string, id: string): Promise<void> {
  await api.remove(path(`/uploads/${id}`), Done).catch(() => undefined)
}

async function bringPart(path: string, part: Blob, signal: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted()
    try {
      await api.putBytes(path, Done, part, signal)
      return
    } catch (error) {
      const worth = error instanceof ProblemError && (error.status === 0 || error.status >= 502)
      if (!worth || tries === mostTries) throw error
      await new Promise<void>((resolve) => after(500 * tries, resolve))
    }
  }
}
