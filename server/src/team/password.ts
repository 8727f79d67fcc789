/** Owns the making of password hashes: better-auth's scrypt, which its sign-in verifies. About 90 ms each, on purpose. */

export async function hashPassword(password: string): Promise<string> {
  const library = await import('better-auth/crypto')
  return library.hashPassword(password)
}
