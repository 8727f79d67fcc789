/**
 * One mail on its way in a worker. The world does one thing at a time: it starts a flight and goes on when the flight
 * rests, because it is over or because it waits for something that comes later (the provider's answer, a frozen
 * process). A flight that is dead never goes on.
 */
export class Flight {
  dead = false
  #rest = Promise.withResolvers<void>()

  /** Resolves when the flight rests for the first time; rejects with our own faults. */
  start(run: () => Promise<void>): Promise<void> {
    const rest = this.#rest.promise
    run().then(
      () => this.#rest.resolve(),
      (error: unknown) => this.#rest.reject(error instanceof Error ? error : new Error(String(error))),
    )
    return rest
  }

  /** The flight rests here until somebody resumes it; resuming resolves when it rests again. */
  park<T>(): { readonly held: Promise<T>; resume(value: T): Promise<void> } {
    const { promise: held, resolve } = Promise.withResolvers<T>()
    this.#rest.resolve()
    return {
      held,
      resume: (value) => {
        this.#rest = Promise.withResolvers<void>()
        resolve(value)
        return this.#rest.promise
      },
    }
  }
}
