/** Time comes in as an argument: nothing in a result may depend on it. */
export interface Clock {
  /** Now, ISO 8601 in UTC. */
  now(): string;
  /** Seconds since some fixed moment, never running backwards. */
  seconds(): number;
}

/** Makes experiment ids: unique, and in the order of time for equal names. */
export interface IdSource {
  next(name: string): string;
}
