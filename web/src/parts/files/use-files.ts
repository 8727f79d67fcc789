/** Files of a mail: those that are here, and those on their way up with their progress and their trouble. */
import { useRef, useState } from 'react'
import { freshKey } from '../../client/clock.ts'
import { useHere } from '../../client/session.ts'
import type { LetterFile } from './letter-file.ts'
import { bringUp, forgetUpload } from './upload.ts'

export interface Coming {
  readonly key: string
  readonly filename: string
  readonly size: number
  readonly share: number
  readonly error?: unknown
  readonly stop: () => void
}

export interface Files {
  readonly coming: readonly Coming[]
  readonly add: (files: Iterable<File>) => void
  readonly drop: (uploadId: string) => void
}

/** `change` is given what the files become, so that two uploads that end together do not lose each other. */
export function useFiles(
  change: (next: (files: readonly LetterFile[]) => readonly LetterFile[]) => void,
): Files {
  const here = useHere()
  const [coming, setComing] = useState<readonly Coming[]>([])
  const latest = useRef(change)
  latest.current = change

  function put(key: string, next: Partial<Coming>): void {
    setComing((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one)))
  }
  function forget(key: string): void {
    setComing((all) => all.filter((one) => one.key !== key))
  }
  async function bring(file: File): Promise<void> {
    const key = freshKey()
    const control = new AbortController()
    const stop = (): void => {
      control.abort()
      forget(key)
    }
    setComing((all) => [...all, { key, filename: file.name, size: file.size, share: 0, stop }])
    try {
      const upload = await bringUp(here.path, file, {
        signal: control.signal,
        progress: (share) => put(key, { share }),
      })
      forget(key)
      const { id: uploadId, filename, size, linkOnly } = upload
      latest.current((files) => [
        ...files,
        { uploadId, filename, size, asLink: false, ...(linkOnly ? { linkOnly } : {}) },
      ])
    } catch (error) {
      if (!control.signal.aborted) put(key, { error })
    }
  }
  return {
    coming,
    add: (files) => {
      for (const file of files) if (file.size > 0) void bring(file)
    },
    drop: (uploadId) => {
      latest.current((files) => files.filter((file) => file.uploadId !== uploadId))
      void forgetUpload(here.path, uploadId)
    },
  }
}
