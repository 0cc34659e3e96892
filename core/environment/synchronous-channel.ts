/** One message of a child process: a kind from 0 to 255, and bytes. */
export interface ChannelMessage {
  readonly kind: number;
  readonly payload: Uint8Array;
}

/**
 * Questions to a child process that are waited for: environments answer at once, and so must what stands in for them.
 */
export interface SynchronousChannel {
  /**
   * @throws HqnasError `bridge-timeout` when no answer comes in time, `bridge-crashed` when the process ended,
   * `bridge-malformed` when the answer is no message. The channel is closed then.
   */
  request(message: ChannelMessage, timeoutSeconds: number): ChannelMessage;
  /** Ends the process. May be called twice. */
  close(): void;
}

/** Starts a child process. @param command program and arguments */
export type OpenChannel = (command: readonly string[]) => SynchronousChannel;
