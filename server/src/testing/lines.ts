/** For tests of attending: a mail server whose connections a test sees, tells over and breaks. */
import type { Attendance, Outcome, ProviderFailure } from '../mailboxes/provider.ts'
import type { OpenedMailbox } from '../receiving/parts.ts'

export interface Lines {
  readonly attend: NonNullable<OpenedMailbox['attend']>
  /** Connections that were asked for, and that are open now. */
  readonly asked: number
  readonly open: number
  /** Something came: every open connection tells. */
  tell(): void
  /** Every open connection ends. */
  cut(failure?: ProviderFailure): void
  /** What is answered instead of connecting, until told otherwise. */
  answer: Outcome<undefined> | undefined
  /** Resolves when there are so many open connections. */
  opened(count: number): Promise<void>
}

interface Line {
  readonly moved: () => void
  readonly end: (failure: ProviderFailure) => void
}

export function createLines(): Lines {
  const open = new Set<Line>()
  const watchers = new Set<() => void>()
  let asked = 0
  const changed = () => {
    for (const watcher of watchers) watcher()
  }
  const lines: Lines = {
    answer: undefined,
    get asked() {
      return asked
    },
    get open() {
      return open.size
    },
    attend(moved): Promise<Outcome<Attendance | undefined>> {
      asked += 1
      if (lines.answer !== undefined) return Promise.resolve(lines.answer)
      const { promise: over, resolve: end } = Promise.withResolvers<ProviderFailure>()
      const line = { moved, end }
      open.add(line)
      changed()
      const close = () => {
        open.delete(line)
        changed()
        return Promise.resolve()
      }
      return Promise.resolve({ ok: true, value: { over, [Symbol.asyncDispose]: close } })
    },
    tell() {
      for (const { moved } of open) moved()
    },
    cut(failure = { kind: 'transient', diagnostic: 'cut' }) {
      for (const { end } of open) end(failure)
    },
    opened(count) {
      return new Promise((resolve) => {
        const look = () => {
          if (open.size !== count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      })
    },
  }
  return lines
}
