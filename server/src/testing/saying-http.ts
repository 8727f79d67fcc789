/** An outside world that says what a test tells it to, one answer after the other; every request is kept. */
import type { HttpAnswer, HttpClient, HttpRequest } from '../platform/http-client/index.ts'
import { HttpError } from '../platform/http-client/index.ts'

export type Said =
  | {
      readonly status: number
      readonly bytes: Uint8Array
      readonly gzip?: boolean
      readonly headers?: Readonly<Record<string, string>>
    }
  | HttpError

export interface SayingHttp {
  readonly http: HttpClient
  readonly asked: readonly HttpRequest[]
}

export function sayingHttp(...answers: readonly Said[]): SayingHttp {
  const asked: HttpRequest[] = []
  const left = [...answers]
  const http = {
    request: async (request: HttpRequest): Promise<HttpAnswer> => {
      asked.push(request)
      const said = left.shift()
      if (said === undefined) throw new Error('asked once too often')
      if (said instanceof HttpError) throw said
      const text = () => Buffer.from(said.bytes).toString()
      const headers = new Headers({
        ...said.headers,
        ...(said.gzip === true ? { 'content-encoding': 'gzip' } : {}),
      })
      return {
        status: said.status,
        headers,
        bytes: said.bytes,
        text,
        json: () => JSON.parse(text()) as unknown,
      }
    },
  }
  return { http, asked }
}

/** A JSON answer. */
export function saidJson(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Said {
  return { status, bytes: Buffer.from(JSON.stringify(body)), headers }
}
