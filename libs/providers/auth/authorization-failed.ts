/** The token endpoint of a cloud did not give an access token. Nothing of the secret, nor of its answer's text, is in it. */
export class AuthorizationFailed extends Error {
  override readonly name = 'AuthorizationFailed';

  /** `refused`: the secret is at fault; `failed`: the endpoint is. */
  constructor(
    readonly reason: 'refused' | 'failed',
    /** HTTP status of the token endpoint. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
