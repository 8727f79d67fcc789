/** The body of an answer that was compressed on the way (RFC 9110 §8.4.1.3), within the same bound as a plain one. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { HttpAnswer } from '../../platform/http-client/index.ts'

const unzip = promisify(gunzip)
const mostBytes = 64 * 1024 * 1024

/** The answer with its body as the provider meant it. @throws when the body is not what its header says. */
export async function uncompressed(answer: HttpAnswer): Promise<HttpAnswer> {
  if (answer.headers.get('content-encoding')?.toLowerCase() !== 'gzip') return answer
  const bytes = await unzip(answer.bytes, { maxOutputLength: mostBytes })
  return {
    status: answer.status,
    headers: answer.headers,
    bytes,
    text: () => bytes.toString('utf8'),
    json: () => JSON.parse(bytes.toString('utf8')) as unknown,
  }
}
