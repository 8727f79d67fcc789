/**
 * One connection of a client that speaks in lines (SMTP, IMAP): lines and counted bytes in, text out. Everything is
 * held as latin1, so that eight-bit bytes survive. Refuses lines and waiting input without end.
 */
import type { Socket } from 'node:net'

const LONGEST_LINE = 1_048_576

export class Wire {
  readonly #socket: Socket
  #held: Buffer = Buffer.alloc(0)
  #ended = false
  #wake: (() => void) | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
      this.#wake?.()
    })
    const end = (): void => {
      this.#ended = true
      this.#wake?.()
    }
    socket.on('error', () => socket.destroy())
    socket.on('end', end)
    socket.on('close', end)
  }

  /** The next line without its end; undefined when the client is gone. */
  async line(): Promise<string | undefined> {
    const end = await this.#until(() => {
      const at = this.#held.indexOf('\r\n')
      return at === -1 && this.#held.length > LONGEST_LINE ? this.#held.length : at
    })
    if (end === undefined) return undefined
    const line = this.#held.subarray(0, end).toString('latin1')
    this.#held = this.#held.subarray(end + 2)
    return line
  }

  /** Exactly so many bytes; undefined when the client is gone before. */
  async bytes(count: number): Promise<Buffer | undefined> {
    if ((await this.#until(() => (this.#held.length >= count ? count : -1))) === undefined) return undefined
    const bytes = Buffer.from(this.#held.subarray(0, count))
    this.#held = this.#held.subarray(count)
    return bytes
  }

  say(line: string): void {
    this.write(`${line}\r\n`)
  }

  write(content: string | Buffer): void {
    if (!this.#socket.destroyed)
      this.#socket.write(typeof content === 'string' ? Buffer.from(content, 'latin1') : content)
  }

  close(): void {
    this.#socket.end()
  }

  /** Breaks off without a word. */
  cut(): void {
    this.#socket.destroy()
  }

  async #until(found: () => number): Promise<number | undefined> {
    for (;;) {
      const at = found()
      if (at >= 0) return at
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }
}
