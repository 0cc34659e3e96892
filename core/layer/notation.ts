/**
 * How a gene is written in DNA: a symbol, then one token per field, as in `C 37 T` or `Q 4 F 2`. Hyperparameters
 * without a field take their domain's default; a gene that differs there is written in the general form [id {...}].
 */
export interface Notation {
  /** Upper-case word that starts the layer. */
  readonly symbol: string;
  readonly fields: readonly NotationField[];
}

/** One hyperparameter in the notation of a layer. */
export interface NotationField {
  readonly hyper: string;
  /** Token of each value; without it the value is a whole number and is written as such. */
  readonly letters?: Readonly<Record<string, string>>;
  /** The token is left out when the layer is the last one and has this value. */
  readonly omittedAtEnd?: string;
}
