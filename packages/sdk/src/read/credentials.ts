/** Who asks, by name. */
export interface User {
  readonly username: string
  readonly password: string
}

/** Who asks: a user and a password, or a token. */
export type Credentials = User | { readonly token: string }

/** Returns the value of the `Authorization` header for a user. */
export const basic = ({ username, password }: User): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
